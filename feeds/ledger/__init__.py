"""The ledger: what was published under which id, for ever. Alone imports SQLAlchemy.

It lies in a file of SQLite's, or in a database of a PostgreSQL server: ``engine`` says what each
does in a way of its own, ``engines`` knows which it is, and the rooms ``sqlite`` and ``postgresql``
do it. ``connect`` opens it, ``loss`` says whether it is the one that was published into, ``lock``
lets one publisher in;
the other modules are functions over an open connection, one module for what one table holds.
Entries have three: in ``entries`` they are as their pages tell them, in ``shown`` as readers are
shown them, with all that was decided, and in ``briefs`` in short. What is doubtful about pages is
in ``doubts``, beside their ``readings``; which of these are ``secrets`` is asked there. They store
and find, and have no rules: what is to be stored was decided before.
"""

from feeds.model.late_imports import import_late

# SQLAlchemy loads these for what nobody asks of it here, and they are a seventh of what it takes
import_late("asyncio", "iscoroutine")
import_late("importlib.metadata")

__all__ = [
    "afterwards",
    "aliases",
    "archives",
    "audience",
    "briefs",
    "carried",
    "changes",
    "clues",
    "connect",
    "copying",
    "decisions",
    "documents",
    "doubts",
    "engines",
    "entries",
    "exports",
    "faults",
    "history",
    "holds",
    "integrity",
    "keys",
    "latest",
    "lock",
    "loss",
    "mark",
    "members",
    "outbox",
    "packing",
    "paid",
    "readings",
    "revisions",
    "savepoints",
    "secrets",
    "settings",
    "shown",
    "sqlite",
    "themes",
]
