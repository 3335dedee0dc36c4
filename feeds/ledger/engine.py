"""What an engine does for the ledger that it keeps in a way of its own: SQLite, or PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from feeds.newsroom.database import Place

if TYPE_CHECKING:
    import sqlalchemy as sa

    from feeds.ledger.sqlite.access import Loose


class Watch(Protocol):
    """Tells whether anything was committed to a ledger; may be asked by many threads."""

    def mark(self) -> object:
        """Differs from the mark before if anything was committed since that readers may see.

        Raises OSError or LedgerError where that can't be known.
        """

    def require(self) -> None:
        """Raises LedgerError, at once, where it is known that the ledger can't be asked."""

    def noted(self) -> bytes:
        """The note of the last run; empty if there is none. Raises LedgerError."""

    def close(self) -> None:
        """Lets go of the ledger, until the next question."""


class ReadingNotes(Protocol):
    """Where it is noted which pages are being read, so that a killed run's successor knows."""

    def found(self) -> bytes:
        """What the run before left there; empty if nothing."""

    def open(self) -> None:
        """Begins to note. That it can't be changes nothing."""

    def put(self, data: bytes) -> None:
        """Has ``data`` there, at once."""

    def close(self) -> None:
        """Leaves nothing there."""


class Engine(Protocol):
    """What is done in another way by each engine, for the ledger at one place.

    Methods raise LedgerError and its kind, DiskFullError, or what they say.
    """

    def exists(self) -> bool:
        """Whether there may be a ledger, and opening it waits for nobody."""

    def make_room(self) -> None:
        """Makes what the ledger is to lie in, if that is not there. Raises OSError."""

    def hold(self) -> AbstractContextManager[Callable[[bytes], None]]:
        """The publisher's lock, with what replaces the note of the last run by another."""

    def hold_command(self) -> AbstractContextManager[int]:
        """The lock of whoever runs the command after a revision, with a descriptor of it."""

    def is_held(self) -> bool:
        """Whether a publisher is at work, as far as that can be seen."""

    def is_used(self) -> bool:
        """Whether a publisher ever had the lock."""

    def noted(self) -> bytes:
        """The note of the last run; empty if there is none."""

    @property
    def notes_place(self) -> str:
        """Where that note is, for people."""

    def signature(self) -> str:
        """Changes whenever somebody wrote to the ledger; empty if none is to be seen."""

    def changed(self) -> float:
        """When the ledger was last written to, in seconds since the epoch; 0 if unknown."""

    def watch(self) -> Watch:
        """What tells whether anything was committed."""

    def reading_notes(self) -> ReadingNotes:
        """Where it is noted which pages are being read."""

    def size(self) -> int:
        """How much is written of the ledger, in bytes; 0 where that isn't this machine's."""

    def require_space(self, needed: int, what: str) -> None:
        """Raises DiskFullError unless there is room for ``needed`` bytes more, as far as known."""

    def loose(self) -> list[Loose]:
        """What of the ledger is open to too many, as files go."""

    def copies(self) -> list[Path]:
        """Files on this machine, besides the ledger itself, that may hold words of it."""

    @property
    def restore(self) -> str:
        """What to do about a ledger that is damaged."""

    def explained(self) -> AbstractContextManager[None]:
        """Turns errors of the database into the reader's."""

    def connected(self, *, read_only: bool, patience: float) -> sa.Engine:
        """What connects to it. A transaction with ``immediate`` keeps other writers out."""

    def written(self, connection: sa.Connection) -> None:
        """Does what is to be done once a transaction was committed."""

    def make(self, prepare: Callable[[Path], None]) -> None:
        """Has a ledger there that ``prepare`` made, if there is none and one must be whole at once.

        The caller holds the lock.
        """

    def ready(self) -> None:
        """Brings the ledger into the form in which it is written to; the caller holds the lock."""

    def keep_before(self, version: str) -> None:
        """Copies the ledger before it is brought to the schema ``version``."""

    def compact(self, connection: sa.Connection) -> None:
        """Leaves no deleted word in what the engine keeps, nor in free pages of it."""

    def file(self) -> Path:
        """The file that the ledger is in. Raises LedgerError where it is in none: what to do."""

    def begin_copy(self) -> Place:
        """Where a copy of another ledger is made, which may be begun already, to take this place.

        The caller holds the lock. Raises LedgerError if there is a ledger.
        """

    def end_copy(self, made: Place) -> None:
        """Has the copy ``made`` there, which is complete, take this place."""

    def backup(self, target: Path) -> int:
        """Copies the ledger to ``target``; returns the copy's size in bytes."""


class Dialect(Protocol):
    """What is asked in another way over an open connection: a module of each engine's room."""

    GO_BACK: str
    """What to do about a ledger in which something is amiss that can be lived with."""
    RESTORE: str
    """What to do about one that is damaged."""

    def index(self, made: sa.Index) -> sa.Index:
        """The index ``made`` as the engine has it."""

    def table_names(self, connection: sa.Connection) -> set[str]:
        """The tables that are there."""

    def renumber(self, connection: sa.Connection) -> None:
        """Has the numbers that rows get go on above those that are there."""

    def faults(self, connection: sa.Connection) -> list[str]:
        """What the engine itself finds wrong with what it keeps; empty if nothing is."""

    def orphans(self, connection: sa.Connection) -> list[tuple[str, str]]:
        """For each row without what it refers to: its table, and that of what it lacks."""

    def is_about_ledger(self, error: BaseException, connection: sa.Connection) -> bool:
        """Whether ``error``, of the database, is no matter of what was to be stored."""
