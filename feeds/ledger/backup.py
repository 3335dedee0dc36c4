"""Copying a ledger while others read and write it, through SQLite's own backup."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from feeds.model.errors import LedgerError
from feeds.newsroom.files import other_kind
from feeds.newsroom.whole import PRIVATE, replacing


def copy(ledger: Path, target: Path) -> int:
    """Copies ``ledger`` to ``target``, whole or not at all; returns the copy's size in bytes.

    An earlier copy at ``target`` is replaced; any other file is not. Raises LedgerError.
    """
    if not ledger.is_file():
        raise LedgerError(
            "there is no ledger yet", file=str(ledger), remedy="'feeds publish' makes it"
        )
    if not _is_ledger(ledger):
        raise LedgerError("this is no ledger of newsroom-feeds", file=str(ledger))
    try:
        _refuse_others(ledger, target)
        source_uri = f"file:{quote(str(ledger))}?mode=ro"
        with (
            replacing(target, PRIVATE, PRIVATE) as partial,
            closing(sqlite3.connect(source_uri, uri=True)) as source,
            closing(sqlite3.connect(partial)) as made,
        ):
            source.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
            (verdict,) = made.execute("PRAGMA integrity_check").fetchone()
            if verdict != "ok":
                raise LedgerError(f"the ledger is damaged: {verdict}", file=str(ledger))
    except (OSError, sqlite3.Error) as error:
        raise LedgerError(
            f"can't write the copy: {getattr(error, 'strerror', None) or error}",
            file=str(target),
            remedy="name a file in a folder that exists, can be written and has room",
        ) from error
    return target.stat().st_size


def _refuse_others(ledger: Path, target: Path) -> None:
    """Raises LedgerError if ``target`` is there, and no earlier copy; OSError if nobody knows."""
    try:
        kind = other_kind(target.stat().st_mode)
    except FileNotFoundError:
        return
    if target.samefile(ledger):
        raise LedgerError("this is the ledger itself", file=str(target))
    if target.with_name(f"{target.name}.lock").exists():
        raise LedgerError(
            "this is another newsroom's ledger", file=str(target), remedy="name another file"
        )
    if kind or not _is_ledger(target):  # a pipe that SQLite opened would have it wait
        raise LedgerError(
            f"there is {kind or 'something else'} of this name, which stays as it is",
            file=str(target),
            remedy="name another file",
        )


def _is_ledger(path: Path) -> bool:
    """Whether ``path`` is a database with a ledger's tables in it."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
            names = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    except sqlite3.Error:
        return False
    return {"alembic_version", "entries", "revisions"} <= names
