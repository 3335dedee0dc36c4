"""A ledger in a database of a PostgreSQL server, which several machines reach.

``plain`` has connections by psycopg alone, with an end to each wait; ``lock`` lets one publisher
in, and has what lies beside a ledger that is a file: the note of the last run; ``watch`` tells when
it changed, ``errors`` has words for what the server says; ``connect`` opens it. SQLAlchemy is
needed by that one, ``faults`` and ``dialect`` alone. psycopg comes with the extra ``postgresql``.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from feeds.ledger.postgresql import lock, words
from feeds.model.errors import LedgerError
from feeds.newsroom.database import Address

if TYPE_CHECKING:
    import sqlalchemy as sa

    from feeds.ledger.engine import ReadingNotes, Watch
    from feeds.ledger.sqlite.access import Loose
    from feeds.newsroom.database import Place

__all__ = [
    "PostgreSQL",
    "connect",
    "dialect",
    "errors",
    "faults",
    "lock",
    "plain",
    "watch",
    "words",
]


class PostgreSQL:
    """The engine of a ledger at an address: see ``engine.Engine`` for what it does."""

    def __init__(self, address: Address) -> None:
        self._address = address

    def exists(self) -> bool:
        return True  # whoever asks the server finds out

    def make_room(self) -> None:
        """Makes nothing: a database is made by whoever runs the server."""

    def hold(self) -> AbstractContextManager[Callable[[bytes], None]]:
        return lock.hold(self._address)

    def hold_command(self) -> AbstractContextManager[int]:
        return lock.hold_command(self._address)

    def is_held(self) -> bool:
        return lock.is_held(self._address)

    def is_used(self) -> bool:
        return lock.is_used(self._address)

    def noted(self) -> bytes:
        return lock.noted(self._address)

    @property
    def notes_place(self) -> str:
        return str(self._address)

    def signature(self) -> str:
        return lock.signature(self._address)

    def changed(self) -> float:
        return lock.changed(self._address)

    def watch(self) -> Watch:
        from feeds.ledger.postgresql.watch import ServerWatch  # late: only the app watches

        return ServerWatch(self._address)

    def reading_notes(self) -> ReadingNotes:
        return lock.NotesRow(self._address)

    def size(self) -> int:
        return 0

    def require_space(self, needed: int, what: str) -> None:
        """Looks nowhere: how full the server's disks are is the server's."""

    def loose(self) -> list[Loose]:
        return []

    def copies(self) -> list[Path]:
        return []

    @property
    def restore(self) -> str:
        return words.RESTORE

    def explained(self) -> AbstractContextManager[None]:
        from feeds.ledger.postgresql.faults import explained  # late: it brings SQLAlchemy

        return explained(self._address)

    def connected(self, *, read_only: bool, patience: float) -> sa.Engine:
        from feeds.ledger.postgresql import connect  # late: as above

        return connect.connected(self._address, read_only=read_only, patience=patience)

    def written(self, connection: sa.Connection) -> None:
        """Does nothing: what is committed is where it belongs."""

    def make(self, prepare: Callable[[Path], None]) -> None:
        """Makes nothing: tables are made in one transaction, where they stay."""

    def ready(self) -> None:
        """Does nothing: it always is."""

    def keep_before(self, version: str) -> None:
        """Keeps nothing: a migration is one transaction, and the server has its backups."""

    def compact(self, connection: sa.Connection) -> None:
        from feeds.ledger.postgresql import connect  # late: as above

        connect.compact(connection)

    def file(self) -> Path:
        raise LedgerError(
            "this ledger is in no file: PostgreSQL has it",
            file=str(self._address),
            remedy=f"{words.RESTORE}; from a file made with 'feeds backup': "
            f"feeds copy-ledger sqlite:///FILE {quote(str(self._address))}, into an empty database",
        )

    def begin_copy(self) -> Address:
        return self._address  # in its own tables, which are no ledger until they have a version

    def end_copy(self, made: Place) -> None:
        """Does nothing: it is there."""

    def backup(self, target: Path) -> int:
        dump = f"pg_dump --format=custom --file={quote(str(target))} {quote(str(self._address))}"
        raise LedgerError(
            "this ledger is in no file: PostgreSQL makes its copies, also while it is written to",
            file=str(self._address),
            remedy=f"run: {dump}",
        )
