"""The ledger: what was published under which id, for ever. Alone imports SQLAlchemy.

``connect`` opens it, ``lock`` lets one publisher in, ``backup`` copies it; the other modules are
functions over an open connection, one module for what one table holds. They store and find, and
have no rules: what is to be stored was decided before.
"""

__all__ = [
    "archives",
    "audience",
    "backup",
    "browsing",
    "connect",
    "decisions",
    "entries",
    "history",
    "holds",
    "inspecting",
    "latest",
    "lock",
    "members",
    "outbox",
    "readings",
    "revisions",
]
