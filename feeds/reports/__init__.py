"""What people are told, from what the ledger, the folder and the documents have. Writes nothing.

``status``, ``check``, ``history``, ``entry`` and ``reading`` answer a command each: the facts as
fields for programs, and as text for people. ``page`` is the same for an editor without a shell;
``lookup`` finds the entry that somebody means; ``purge`` lists where an erased one's words may be.
"""

__all__ = ["answers", "check", "entry", "history", "lookup", "page", "purge", "reading", "status"]
