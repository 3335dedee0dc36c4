"""The mark: how far the ledger had come, kept outside of its folder, among the pages.

What lies beside the ledger is lost with it when a disk isn't mounted or a folder is moved, and a
newsroom that lost its ledger must not be taken for one that never had any. So each publish notes
the ledger's own id, its epoch and its highest revision in the newsroom's folder, once that revision
is committed. A run that was killed in between leaves a ledger that is ahead of its mark, which is
no fault; one that is behind it is an older copy.

Nothing here needs SQLAlchemy: a run with nothing new looks at the mark and opens no ledger.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from feeds.model.errors import LedgerError, PageError
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom, folder, space
from feeds.newsroom.database import Address, Place, called
from feeds.newsroom.whole import PUBLIC, write_whole

FILE = ".feeds-ledger.json"
"""Its name in the newsroom's folder: hidden, and so no page."""
_COPY = "go back to a copy made with 'feeds backup': feeds restore-ledger FILE"
_MISSING = (
    f"bring it back, if its folder was moved or its disk isn't mounted; or {_COPY}; "
    "or have it made anew from the pages, as in a copy of a newsroom: feeds publish --rebuild"
)
_OTHER = (
    "put the newest one there is in its place; "
    f"or {_COPY}; or go on with this one: feeds publish --rebuild"
)


_MOST = 2**53
"""More than any newsroom publishes, and far from where SQLite's numbers end."""
_Count = Annotated[int, msgspec.Meta(ge=0, le=_MOST)]


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """The ledger's own id, empty in one that never got one, its epoch, its highest revision.

    ``nonce`` is a word that the revision has for itself where publishers on several machines reach
    the ledger, and ``pending`` that of the one which was about to be committed when this was noted.
    ``address`` is how a database was reached by who published last, without a password: it is
    called by its own name alone, which names no server.
    """

    ledger: str
    epoch: _Count
    revision: _Count
    nonce: str = ""
    pending: str = ""
    address: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """By which it is told what is older: what came in a later epoch is newer."""
        return self.epoch, self.revision


class Origin(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a revision began an epoch.

    ``restored``: the ledger went back to the copy in ``file``, whose newest revision was
    ``revision``, of ``committed``. Else it was ``rebuilt``: taken as it was by that time, with that
    newest revision, or made anew from the pages (0).
    """

    how: Literal["restored", "rebuilt"]
    revision: int = 0
    committed: datetime | None = None
    file: str = ""


def known(newsroom: Newsroom) -> Mark | None:
    """The mark of the newsroom's ledger; None if there is none yet.

    Raises LedgerError if it is there and can't be read.
    """
    return _marks(newsroom).get(_name(newsroom))


def others(newsroom: Newsroom, found: Mark) -> list[str]:
    """The places of ledgers into which these pages were published, and of which none is ``found``.

    A copy of it isn't another.
    """
    marks = _marks(newsroom)
    return sorted(
        one.address or name
        for name, one in marks.items()
        if name != _name(newsroom) and one.ledger != found.ledger
    )


def copies(newsroom: Newsroom) -> list[str]:
    """Where else this ledger is, as ``feeds copy-ledger`` made it, one way or the other."""
    ours = known(newsroom)
    return [name for name, one in _others(newsroom) if ours and one.ledger == ours.ledger]


def moved(newsroom: Newsroom, found: Mark | None) -> tuple[str, Mark] | None:
    """The place of a copy of this ledger, which is ``found``, that was published into since.

    None if there is none that came further: until then either may be gone on with. Raises
    LedgerError.
    """
    if found is None or not found.ledger:
        return None
    copies = [one for one in _others(newsroom) if one[1].ledger == found.ledger]
    furthest = max(copies, key=lambda one: one[1].place, default=None)
    return furthest if furthest and furthest[1].place > found.place else None


def elsewhere(newsroom: Newsroom) -> str:
    """Where else these pages were published into, the furthest; empty if nowhere."""
    ours = known(newsroom)
    found = [one for one in _others(newsroom) if one[1].revision]
    best = max(
        found,
        key=lambda one: (bool(ours and one[1].ledger == ours.ledger), one[1].place),
        default=None,
    )
    return best[0] if best else ""


def _others(newsroom: Newsroom) -> list[tuple[str, Mark]]:
    """All further ledgers of these pages, each by what names it to ``--database``."""
    marks = _marks(newsroom)
    root = newsroom.root.resolve()
    return [
        (one.address or (name if "://" in name else f"sqlite:///{(root / name).resolve()}"), one)
        for name, one in marks.items()
        if name != _name(newsroom)
    ]


def announce(newsroom: Newsroom, found: Mark) -> str:
    """Notes that a revision is about to be committed to a ledger that is as far as ``found``.

    Returns the word that the revision is to have. Raises OSError or DiskFullError.
    """
    pending = secrets.token_hex(8)
    before = known(newsroom)
    # what is known stays known, also where the ledger was taken as it is
    keep(newsroom, msgspec.structs.replace(before or found, nonce=found.nonce, pending=pending))
    return pending


def keep(newsroom: Newsroom, mark: Mark) -> None:
    """Notes ``mark`` unless it is known. Raises OSError or DiskFullError if it can't be written."""
    marks = _marks(newsroom)
    if isinstance(newsroom.database, Address):
        mark = msgspec.structs.replace(mark, address=str(newsroom.database))
    if marks.get(_name(newsroom)) == mark:
        return
    file = newsroom.root / FILE
    data = msgspec.json.format(msgspec.json.encode(marks | {_name(newsroom): mark}))
    with space.explained(file):
        write_whole(file, data + b"\n", PUBLIC, PUBLIC)


def loss(
    known: Mark | None, found: Mark | None, place: Place, *, has_published: bool = False
) -> Problem | None:
    """What is wrong with the ledger at ``place``, which is ``found`` to be as far as that.

    ``found`` is None if there is none. ``has_published``: something was published into it by what
    is noted beside it. None if nothing is wrong.
    """
    if known is None or not known.revision:  # the first was only about to be committed
        if has_published and not (found and found.revision):
            return _problem("missing", "what was published is in this ledger no more", place)
        return None
    last = f"revision {known.revision} was published"
    if known.epoch > 1:
        last = f"revision {known.revision} of epoch {known.epoch} was published"
    if found is None or not found.revision:
        return _problem("missing", f"the ledger is gone or emptied, though {last}", place)
    # a copy from before ledgers had ids tells by how far it had come alone
    is_another = found.ledger != known.ledger if found.ledger else found.place > known.place
    if is_another:
        return _problem("another", f"this is another ledger than that of which {last}", place)
    if found.place < known.place:
        what = f"this is an older copy of the ledger, at revision {found.revision}, though {last}"
        return _problem("older", what, place)
    return None


def moved_to(address: str, reached: Mark, place: Place) -> Problem:
    """That the ledger at ``place`` was gone on with at ``address``, which ``reached`` further."""
    what = f"this ledger was moved to {address} (revision {reached.revision})"
    remedy = (
        "name that one with --database or FEEDS_DATABASE; or, if this one is to be the ledger "
        "again: feeds publish --rebuild, and what was published there alone comes from its pages"
    )
    return Problem("ledger-moved", what, remedy=remedy, weight="error", file=str(place))


def stranger(known: Mark | None, found: Mark | None, file: Path) -> Problem | None:
    """That the newest revision of a ledger, which is ``found``, came from other pages than these.

    What these know of it is ``known``, noted in ``file``. None if they know it.
    """
    if found is None or not found.nonce:
        return None
    if known is not None and found.nonce in {known.nonce, known.pending}:
        return None
    what = (
        f"revision {found.revision} was published from another copy of these pages, "
        "of which nothing is noted here"
    )
    remedy = (
        "share one folder among all publishers, or copy it from the one that published last, with "
        f"{FILE}; if these are the pages to go on with: feeds publish --rebuild"
    )
    return Problem("source-another", what, remedy=remedy, weight="error", file=str(file))


def _problem(kind: str, what: str, place: Place) -> Problem:
    remedy = _MISSING if kind == "missing" else _OTHER
    return Problem(f"ledger-{kind}", what, remedy=remedy, weight="error", file=str(place))


def _marks(newsroom: Newsroom) -> dict[str, Mark]:
    found = folder.beside(newsroom.root, FILE)
    if found is None:
        return {}
    try:
        return msgspec.json.decode(folder.read_file(newsroom.root, found), type=dict[str, Mark])
    except PageError as error:
        raise LedgerError(
            f"how far the ledger had come can't be read: {error.problem.what}",
            file=str(newsroom.root / FILE),
            remedy="let the user who runs 'feeds publish' read and write this file",
            code="mark-unreadable",
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LedgerError(
            f"how far the ledger had come can't be understood: {error}",
            file=str(newsroom.root / FILE),
            remedy="see with 'feeds log' that the ledger is the newest there is, and delete this "
            "file: the next 'feeds publish' makes it anew",
            code="mark-unreadable",
        ) from error


def _name(newsroom: Newsroom) -> str:
    """What the ledger is called in the mark: the same after its newsroom was moved as a whole."""
    return called(newsroom.database, newsroom.root)
