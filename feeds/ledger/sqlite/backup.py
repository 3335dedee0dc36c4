"""Copying a ledger while others read and write it, through SQLite's own backup."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from feeds.ledger.faults import DAMAGED
from feeds.ledger.sqlite import access, files
from feeds.ledger.sqlite.faults import explained
from feeds.ledger.sqlite.lasting import LastingConnection
from feeds.ledger.sqlite.words import RESTORE
from feeds.model.errors import LedgerError
from feeds.newsroom import space
from feeds.newsroom.files import other_kind
from feeds.newsroom.whole import PRIVATE, replacing

PATIENCE_SECONDS = 5.0
"""How long another program that writes to the ledger is waited for."""


def copy(ledger: Path, target: Path) -> int:
    """Copies ``ledger`` to ``target``, whole or not at all; returns the copy's size in bytes.

    An earlier copy at ``target`` is replaced; any other file is not. Raises LedgerError, and
    DiskFullError before anything is written if there is no room for a copy.
    """
    if not files.exists(ledger):
        raise LedgerError(
            "there is no ledger yet", file=str(ledger), remedy="'feeds publish' makes it"
        )
    if not is_ledger(ledger):
        raise LedgerError("this is no ledger of newsroom-feeds", file=str(ledger))
    try:
        _refuse_others(ledger, target)
        size = files.size(ledger)
        space.require(target, size, "the copy")
        with (
            space.explained(target, size, "the copy"),
            replacing(target, PRIVATE, PRIVATE) as partial,
        ):
            _copy(ledger, partial)
            return partial.stat().st_size
    except OSError as error:
        raise LedgerError(
            f"can't write the copy: {error.strerror}",
            file=str(target),
            remedy="name a file in a folder that exists, and can be written",
        ) from error


def _copy(ledger: Path, partial: Path) -> None:
    try:
        with (
            explained(partial),
            closing(sqlite3.connect(f"file:{quote(str(ledger))}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(partial)) as made,
            explained(partial),
        ):
            with explained(ledger):  # or it would be the copy of which it is said
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
            (verdict,) = made.execute("PRAGMA integrity_check").fetchone()
    except LedgerError as error:
        if error.problem.code != DAMAGED:
            raise
        verdict = error.problem.what  # the copy is new: what is wrong with it came from there
    finally:
        files.drop_companions(partial)
    if verdict != "ok":
        what = f"the ledger is damaged: {verdict}"
        raise LedgerError(what, file=str(ledger), remedy=RESTORE, code=DAMAGED)


def _refuse_others(ledger: Path, target: Path) -> None:
    """Raises LedgerError if ``target`` can't be a copy, or is there and is none.

    OSError if nobody knows.
    """
    if access.is_own_name(target, ledger):
        raise LedgerError(access.OWN_NAME, file=str(target), remedy="name another file")
    try:
        kind = other_kind(target.stat().st_mode)
    except FileNotFoundError:
        return
    remedy = "name another file"
    if target.samefile(ledger):
        raise LedgerError("this is the ledger itself", file=str(target), remedy=remedy)
    if target.with_name(f"{target.name}.lock").exists():
        raise LedgerError("this is another newsroom's ledger", file=str(target), remedy=remedy)
    if kind or not is_ledger(target):  # a pipe that SQLite opened would have it wait
        what = f"there is {kind or 'something else'} of this name, which stays as it is"
        raise LedgerError(what, file=str(target), remedy=remedy)


def overwrite(source: Path, ledger: Path) -> None:
    """Has ``ledger`` hold what the ledger in ``source`` holds, of which nobody ever sees a half.

    It is one transaction, the file stays the same file: whoever has it open goes on with what is
    new, and a kill leaves the one or the other. ``source`` is nobody else's. Raises LedgerError.
    """
    present_uri = f"file:{quote(str(ledger))}?mode=rw"
    with (
        explained(ledger),
        closing(sqlite3.connect(source, isolation_level=None)) as made,
        closing(
            sqlite3.connect(
                present_uri,
                uri=True,
                isolation_level=None,
                timeout=PATIENCE_SECONDS,
                factory=LastingConnection,
            )
        ) as present,
        explained(ledger),
    ):
        sizes = [one.execute("PRAGMA page_size").fetchone()[0] for one in (made, present)]
        if sizes[0] != sizes[1]:  # SQLite can't change that in a file that is in use
            made.execute("PRAGMA journal_mode=DELETE")
            made.execute(f"PRAGMA page_size={sizes[1]}")
            made.execute("VACUUM")
        present.execute("BEGIN IMMEDIATE")  # says so while another program is writing
        present.execute("ROLLBACK")
        made.backup(present)


def is_ledger(path: Path) -> bool:
    """Whether ``path`` is a database with a ledger's tables in it."""
    try:
        files.exists(path)  # raises for what SQLite would wait for
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
            names = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    except (sqlite3.Error, LedgerError):
        return False
    return {"alembic_version", "entries", "revisions"} <= names
