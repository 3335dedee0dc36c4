"""A ledger in a file: SQLite in WAL mode, a lock file beside it, and who may read them.

``access`` says who may read it, ``files`` how one file takes another's place, ``lock`` lets one
publisher in, ``watch`` tells when it changed, ``connect`` opens it, ``faults`` has words for
SQLite's errors, ``backup`` copies it. Nothing of SQLAlchemy is needed but by the last three.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.ledger.sqlite import access, files, lock
from feeds.ledger.sqlite.words import RESTORE
from feeds.model.errors import LedgerError

if TYPE_CHECKING:
    import sqlalchemy as sa

    from feeds.ledger.engine import ReadingNotes, Watch
    from feeds.ledger.sqlite.access import Loose
    from feeds.newsroom.database import Place

__all__ = ["SQLite", "access", "backup", "connect", "faults", "files", "lasting", "lock", "watch"]


class SQLite:
    """The engine of a ledger in the file ``path``: see ``engines.Engine`` for what it does."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def exists(self) -> bool:
        return files.exists(self._path)

    def make_room(self) -> None:
        from feeds.newsroom import space  # late: as below

        with space.explained(self._path.parent):
            access.make_folder(self._path.parent)

    def hold(self) -> AbstractContextManager[Callable[[bytes], None]]:
        return lock.hold(self._path)

    def hold_command(self) -> AbstractContextManager[int]:
        return lock.hold_command(self._path)

    def is_held(self) -> bool:
        return lock.is_held(self._path)

    def is_used(self) -> bool:
        return lock.is_used(self._path)

    def noted(self) -> bytes:
        return lock.noted(self._path)

    @property
    def notes_place(self) -> str:
        return str(lock.path_for(self._path))

    def signature(self) -> str:
        return lock.signature(self._path)

    def changed(self) -> float:
        return lock.changed(self._path)

    def watch(self) -> Watch:
        from feeds.ledger.sqlite.watch import FileWatch  # late: only the app watches

        return FileWatch(self._path)

    def reading_notes(self) -> ReadingNotes:
        from feeds.ledger.sqlite.reading_notes import NotesFile  # late: only where pages are read

        return NotesFile(access.beside(self._path, access.READING))

    def size(self) -> int:
        return files.size(self._path)

    def require_space(self, needed: int, what: str) -> None:
        from feeds.newsroom import space  # late: only where something is written

        space.require(self._path, needed, what)

    def loose(self) -> list[Loose]:
        return access.loose(self._path)

    def copies(self) -> list[Path]:
        return access.copies(self._path)

    @property
    def restore(self) -> str:
        return RESTORE

    def explained(self) -> AbstractContextManager[None]:
        from feeds.ledger.sqlite.faults import explained  # late: as all that follows, see above

        return explained(self._path)

    def connected(self, *, read_only: bool, patience: float) -> sa.Engine:
        from feeds.ledger.sqlite import connect

        return connect.connected(self._path, read_only=read_only, patience=patience)

    def written(self, connection: sa.Connection) -> None:
        from feeds.ledger.sqlite import connect

        connect.checkpoint(connection)

    def make(self, prepare: Callable[[Path], None]) -> None:
        from feeds.ledger.sqlite import connect

        connect.make(self._path, prepare)

    def ready(self) -> None:
        from feeds.ledger.sqlite import connect

        connect.enter_wal(self._path)

    def keep_before(self, version: str) -> None:
        from feeds.ledger.sqlite import connect

        connect.keep_before(self._path, version)

    def compact(self, connection: sa.Connection) -> None:
        from feeds.ledger.sqlite import connect

        connect.compact(self._path, connection)

    def file(self) -> Path:
        return self._path

    def begin_copy(self) -> Path:
        if files.exists(self._path) and self._path.stat().st_size:
            raise LedgerError(
                "there is a file of this name",
                file=str(self._path),
                remedy="name one that isn't there yet; nothing was copied",
                code="ledger-taken",
            )
        made = self._path.with_name(f".{self._path.name}.copying")
        access.make_empty(made)
        return made

    def end_copy(self, made: Place) -> None:
        files.take_place(Path(str(made)), self._path)

    def backup(self, target: Path) -> int:
        from feeds.ledger.sqlite import backup

        return backup.copy(self._path, target)
