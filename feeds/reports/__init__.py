"""What people and programs are told, from what ledger, folder and documents have. Writes nothing.

``status``, ``check``, ``history`` (list and log), ``entry`` (show) and ``reading`` (read) answer a
command each: in goes the newsroom, out comes a struct, which JSON is made of, and which a function
beside it puts into words for people; ``answers`` is what they share. ``saved_page`` opens the file
that somebody wants read, and ``page_lines`` has what its lines are taken for. ``problems`` has what
is wrong with a newsroom, each kind once, by the ledger and ``facts``: a row more there is in
``status``, ``check`` and ``page``, the same for an editor without a shell. ``lookup`` finds the
entry that somebody means, ``lookalikes`` entries that may be one story, ``purge`` where an erased
one's words may still be.
"""

__all__ = [
    "answers",
    "check",
    "entry",
    "entry_text",
    "history",
    "lookup",
    "purge",
    "reading",
    "saved_page",
    "status",
]
