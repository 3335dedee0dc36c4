"""Readings in the ledger: what was made of each version of each page.

An unchanged file is not read again, and a failure is told once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from feeds.ledger import clues, rows
from feeds.ledger.batches import matching
from feeds.ledger.schema import held, readings
from feeds.model import Reading
from feeds.model.problem import Problem
from feeds.model.versions import READER_VERSION
from feeds.newsroom import captured

_EXPIRING = sa.and_(
    readings.c.expires.is_not(None),
    readings.c.failure.is_(None),
    readings.c.missing_since.is_(None),
)


class Known(NamedTuple):
    """What the ledger knows of a file. ``sha256`` is None if it could not be read."""

    signature: str
    sha256: str | None
    missing_since: datetime | None


class Record(NamedTuple):
    """One version of one file: its reading, or why there is none."""

    path: str
    signature: str
    modified: datetime
    sha256: str | None
    reading: Reading | None
    failure: Problem | None


class Pending(NamedTuple):
    """A reading whose stories have yet to be decided."""

    path: str
    modified: datetime
    reading: Reading


def by_path(connection: sa.Connection, paths: Iterable[str] | None = None) -> dict[str, Known]:
    """What is known of the pages at ``paths``, or of every page, by path."""
    columns = readings.c
    query = sa.select(columns.path, columns.signature, columns.sha256, columns.missing_since)
    found = (
        connection.execute(query).all()
        if paths is None
        else matching(connection, query, columns.path, paths)
    )
    return {row.path: Known(row.signature, row.sha256, row.missing_since) for row in found}


def save(
    connection: sa.Connection,
    records: Iterable[Record],
    now: datetime,
    alike: Collection[str] = frozenset(),
) -> None:
    """Stores ``records`` in place of what was known of the same files; others are there from now.

    Those at the paths ``alike`` say what they did before, and stay as they were decided.
    Of a page that can't be read any more, what had words that readers must not see is kept.
    """
    made = list(records)
    query = sa.select(readings.c.path, readings.c.secret)
    found = matching(connection, query, readings.c.path, (record.path for record in made))
    is_secret = {row.path: row.secret for row in found}
    new: list[dict[str, object]] = []
    other: list[dict[str, object]] = []
    same: list[dict[str, object]] = []
    kept: list[dict[str, object]] = []
    for record in made:
        values: dict[str, object] = {
            "signature": record.signature,
            "modified": record.modified,
            "sha256": record.sha256,
            "failure": rows.json(record.failure) if record.failure else None,
            "decided": record.reading is None,
            "told": False,
            "missing_since": None,
        }
        if record.path not in is_secret:
            new.append({**values, **_columns(record.reading), "path": record.path, "returned": now})
        elif record.reading is not None or not is_secret[record.path]:
            changed = {**values, **_columns(record.reading), "_path": record.path}
            if record.path in alike:
                for column in ("decided", "told", "doubts"):
                    del changed[column]
            (same if record.path in alike else other).append(changed)
        else:
            kept.append({**values, "clued": False, "_path": record.path})
    update = sa.update(readings).where(readings.c.path == sa.bindparam("_path"))
    updated = ((update, some) for some in (other, same, kept))
    for statement, some in ((sa.insert(readings), new), *updated):
        if some:
            connection.execute(statement, some)
    refused = [record.path for record in made if record.reading is None]
    if refused:
        release = sa.delete(held).where(held.c.path == sa.bindparam("_path"))
        connection.execute(release, [{"_path": path} for path in refused])


def refuse(connection: sa.Connection, path: str, failure: Problem, *, secret: bool) -> None:
    """Notes that nothing can be made of the reading of ``path``, as was told.

    ``secret`` says that it has, or may have, words that readers must not see.
    """
    connection.execute(sa.delete(held).where(held.c.path == path))
    _put(
        connection,
        path,
        {
            "failure": rows.json(failure),
            "decided": True,
            "told": True,
            "secret": secret,
            "clued": False,
        },
    )


def replace(connection: sa.Connection, path: str, reading: Reading) -> None:
    """Stores what the same bytes of the page are read as now."""
    _put(connection, path, {**_columns(reading), "failure": None})


def _columns(reading: Reading | None) -> dict[str, object]:
    if reading is None:
        return {
            "reader_version": READER_VERSION,
            "captured": "",
            "reading": None,
            "doubts": None,
            "guided": "",
            "clued": False,
        }
    return {
        "doubts": None,  # until the page is settled
        "reader_version": reading.reader_version,
        "captured": reading.captured.iso if reading.captured else "",
        "guided": reading.guided,
        "clued": False,
        "reading": rows.json(reading),
    }


_decoded = msgspec.json.Decoder(Reading).decode


def refuse_again(connection: sa.Connection, path: str) -> None:
    """Notes that this version of the reader can't read the page either."""
    _put(connection, path, {"reader_version": READER_VERSION})


def touch(connection: sa.Connection, path: str, signature: str) -> None:
    """Notes that the file of the same content has a new ``signature``, and is there.

    What is wrong with one that was gone meanwhile is to be told again.
    """
    columns = readings.c
    is_back = sa.and_(columns.failure.is_not(None), columns.missing_since.is_not(None))
    told = sa.case((is_back, sa.false()), else_=columns.told)
    _put(connection, path, {"signature": signature, "missing_since": None, "told": told})


def mark_missing(connection: sa.Connection, paths: Iterable[str], now: datetime) -> None:
    """Notes that the files at ``paths`` are gone."""
    for path in paths:
        _put(connection, path, {"missing_since": now})


def mark_returned(connection: sa.Connection, paths: Iterable[str], now: datetime) -> None:
    """Notes that the files at ``paths`` are there, from ``now`` on: they were gone, it was said."""
    for path in paths:
        _put(connection, path, {"returned": now})


def _put(connection: sa.Connection, path: str, values: dict[str, object]) -> None:
    changed = connection.execute(sa.update(readings).where(readings.c.path == path).values(values))
    if not changed.rowcount:
        connection.execute(sa.insert(readings).values(path=path, **values))


def pending(connection: sa.Connection) -> list[str]:
    """The paths of undecided readings in the order in which they have to be decided.

    A page that is gone by now is left undecided until it comes back.
    """
    columns = readings.c
    return list(
        connection.scalars(
            sa.select(columns.path)
            .where(~columns.decided, columns.missing_since.is_(None))
            .order_by(columns.captured, columns.path)
        )
    )


def missing_since(connection: sa.Connection, path: str) -> datetime | None:
    """Since when the page at ``path`` is gone; None if it is there, or was never read."""
    query = sa.select(readings.c.missing_since).where(readings.c.path == path)
    since: datetime | None = connection.scalar(query)
    return since


def load_pending(connection: sa.Connection, path: str) -> Pending:
    """The stored reading of the page at ``path``."""
    return load_all(connection, [path])[path]


def load_all(connection: sa.Connection, paths: Iterable[str]) -> dict[str, Pending]:
    """The stored readings of the pages at ``paths``, by path."""
    query = sa.select(readings.c.path, readings.c.modified, readings.c.reading)
    return {
        row.path: Pending(row.path, row.modified, _decoded(row.reading))
        for row in matching(connection, query, readings.c.path, paths)
    }


def of_page(connection: sa.Connection, path: str) -> Reading | None:
    """The stored reading of the page at ``path``; None if it has none, or it is refused."""
    columns = readings.c
    query = sa.select(columns.reading).where(columns.path == path, columns.failure.is_(None))
    text = connection.scalar(query)
    return _decoded(text) if text else None


def outside_hashes(connection: sa.Connection) -> dict[str, str]:
    """For each page that is there and was read, what was applied to it from outside, as a hash."""
    columns = readings.c
    found = connection.execute(
        sa.select(columns.path, columns.outside).where(
            columns.reading.is_not(None),
            columns.failure.is_(None),
            columns.missing_since.is_(None),
        )
    )
    return {row.path: row.outside for row in found}


def guided(connection: sa.Connection) -> dict[str, str]:
    """For each page that is there and was read, the digest of the guidance by which it was."""
    columns = readings.c
    found = connection.execute(
        sa.select(columns.path, columns.guided).where(
            columns.reading.is_not(None),
            columns.failure.is_(None),
            columns.missing_since.is_(None),
        )
    )
    return {row.path: row.guided for row in found}


def undecide(connection: sa.Connection, paths: Iterable[str]) -> None:
    """Marks the readings of ``paths`` as to be decided."""
    for path in paths:
        _put(connection, path, {"decided": False})


def expired(connection: sa.Connection, now: datetime) -> list[str]:
    """The paths of pages whose article readers are not to have any more, as of ``now``."""
    query = sa.select(readings.c.path).where(_EXPIRING, readings.c.expires <= now)
    return list(connection.scalars(query.order_by(readings.c.path)))


def next_expiry(connection: sa.Connection) -> datetime | None:
    """The first moment from which readers are not to have an article any more."""
    query = sa.select(sa.func.min(readings.c.expires)).where(_EXPIRING)
    found: datetime | None = connection.scalar(query)
    return found


def count_older(connection: sa.Connection) -> int:
    """How many of the pages that are there were read by another version of the reader."""
    version = readings.c.reader_version
    query = sa.select(sa.func.count()).select_from(readings)
    query = query.where(readings.c.missing_since.is_(None))
    others = (version < READER_VERSION, version > READER_VERSION, version.is_(None))
    return sum(connection.scalar(query.where(other)) or 0 for other in others)  # each by the index


def supersede(connection: sa.Connection, paths: Collection[str]) -> None:
    """Notes that newer versions of the pages at ``paths`` are there: nothing is wrong with these.

    Nothing of them is held, secret or doubtful any more.
    """
    if paths:
        named = [{"_path": path} for path in paths]
        is_one = readings.c.path == sa.bindparam("_path")
        values = {"secret": False, "doubts": "", "unaddressed": False, "clued": False}
        connection.execute(sa.delete(held).where(held.c.path == sa.bindparam("_path")), named)
        connection.execute(sa.update(readings).where(is_one).values(values), named)
        clues.forget(connection, paths)


def rewrite(
    connection: sa.Connection,
    change: Callable[[Reading], Reading],
    paths: Collection[str] | None = None,
) -> None:
    """Stores what ``change`` makes of each reading, or of those at ``paths``."""
    columns = readings.c
    query = sa.select(columns.path, columns.reading).where(columns.reading.is_not(None))
    for row in (
        connection.execute(query).all()
        if paths is None
        else matching(connection, query, columns.path, paths)
    ):
        before = _decoded(row.reading)
        if (after := change(before)) != before:
            clues.forget(connection, [row.path])
            values = {"reading": rows.json(after), "doubts": None}
            _put(connection, row.path, {**values, "clued": False})


def reset(connection: sa.Connection, paths: Iterable[str]) -> None:
    """Makes the next run read the files at ``paths`` as if it had never seen them."""
    for path in paths:
        _put(connection, path, {"signature": "", "sha256": None})


class Untold(NamedTuple):
    """A page of which nobody was told yet: its reading, or why there is none."""

    path: str
    failure: Problem | None
    reading: Reading | None


def untold(connection: sa.Connection) -> Iterator[Untold]:
    """The pages that were read and not yet spoken of, by path.

    They are marked with ``mark_told`` in the transaction that ends a run, so that a run which is
    stopped half-way leaves it to the next one to speak.
    """
    columns = readings.c
    paths = connection.scalars(sa.select(columns.path).where(~columns.told)).all()
    query = sa.select(columns.path, columns.failure, columns.reading).order_by(columns.path)
    for row in matching(connection, query, columns.path, paths):
        yield Untold(
            row.path,
            msgspec.json.decode(row.failure, type=Problem) if row.failure else None,
            _decoded(row.reading) if row.reading and not row.failure else None,
        )


def is_untold(connection: sa.Connection) -> bool:
    """Whether there is any such page."""
    query = sa.select(readings.c.path).where(~readings.c.told).limit(1)
    return connection.scalar(query) is not None


def mark_told(connection: sa.Connection) -> None:
    """Notes that all was told."""
    connection.execute(sa.update(readings).where(~readings.c.told).values(told=True))


def failures(connection: sa.Connection) -> dict[str, Problem]:
    """What is wrong with each file that could not be read and is still there, by path.

    A captured page of which there is a newer version is none of them.
    """
    columns = readings.c
    found = connection.execute(
        sa.select(columns.path, columns.failure)
        .where(columns.failure.is_not(None), columns.missing_since.is_(None))
        .order_by(columns.path)
    )
    return {
        row.path: msgspec.json.decode(row.failure, type=Problem)
        for row in found.all()
        if not _is_superseded(connection, row.path)
    }


def _is_superseded(connection: sa.Connection, path: str) -> bool:
    if not captured.is_captured(path):
        return False
    columns = readings.c
    end = f"{path.rpartition('/')[0]}/9999"
    query = sa.select(columns.path).where(columns.path > path, columns.path < end)
    query = query.where(columns.missing_since.is_(None)).order_by(columns.path.desc()).limit(20)
    return any(captured.are_versions(path, other) for other in connection.scalars(query))


def count_refused(connection: sa.Connection) -> int:
    """How many pages are there of which nothing could be made."""
    columns = readings.c
    query = sa.select(sa.func.count()).where(
        columns.failure.is_not(None), columns.missing_since.is_(None)
    )
    return connection.scalar(query.select_from(readings)) or 0
