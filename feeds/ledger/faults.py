"""What may be wrong with a ledger, by code, and what to do about it; each engine has the words.

Rules
- A copy is to be gone back to only where the ledger itself is damaged.
"""

from __future__ import annotations

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


def restore(go_back: str) -> str:
    """What to do about a ledger that is damaged, which can ``go_back``."""
    return f"{go_back}; without any copy, 'feeds publish --rebuild' makes it anew from the pages"


def unusable(go_back: str) -> str:
    """What to do about one that can't be used at all."""
    return f"{restore(go_back)}; or name another ledger with --database"
