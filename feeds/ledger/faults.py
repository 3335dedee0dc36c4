"""What may be wrong with a ledger, by code, and what to do about it; each engine has the words.

Rules
- A copy is to be gone back to only where the ledger itself is damaged.
"""

from __future__ import annotations

from collections.abc import Set

from feeds.model.errors import LedgerError
from feeds.newsroom.database import Place

DAMAGED = "ledger-damaged"
"""The code of a ledger that can't be read."""
UNFINISHED = "ledger-unfinished"
"""The code of one in which a write was begun and not ended: who may write to it takes that back."""
REFUSED = "ledger-refused"
"""The code of one that did not do what it was asked, for no fault of its own that is known."""
AWAY = "ledger-away"
"""The code of one whose server can't be reached, or says nothing."""
UNREADABLE = {DAMAGED, REFUSED}
"""The codes of a ledger of which nothing can be made as it is."""
VERSION_TABLE = "alembic_version"
"""The table that says at which schema a ledger is, in those of many programs."""
COPYING = "copying"
"""The table that says that a ledger is being copied, and is none yet."""
_LASTING = {"readings", "revisions", "aliases"}
"""Tables that a ledger has had at each schema; one that is damaged may lack some."""


def is_foreign(tables: Set[str]) -> bool:
    """Whether a database with these ``tables`` is another program's."""
    is_one = VERSION_TABLE in tables and not _LASTING.isdisjoint(tables)
    return bool(tables) and not is_one and COPYING not in tables


def foreign(place: Place) -> LedgerError:
    """That the database at ``place`` is another program's."""
    return LedgerError(
        "this is a database, but no ledger of newsroom-feeds",
        file=str(place),
        remedy="name another ledger with --database",
        code="ledger-foreign",
    )


def unusable(restore: str) -> str:
    """What to do about one that can't be used at all; ``restore`` says what brings it back."""
    return f"{restore}; or name another ledger with --database"
