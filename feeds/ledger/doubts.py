"""What is doubtful about pages, as it was when they were decided: it stands beside their readings.

So what is wrong with many pages is told without decoding one of them. Where it is not known, it
has to be found again in the reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from feeds.ledger import rows
from feeds.ledger.schema import EMPTY, readings
from feeds.model import Reading
from feeds.model.problem import Problem

_C = readings.c
_THERE = sa.and_(_C.failure.is_(None), _C.missing_since.is_(None))
_PROBLEMS = msgspec.json.Decoder(tuple[Problem, ...])


class Doubtful(NamedTuple):
    """A page that is there, and what is doubtful about it."""

    path: str
    problems: tuple[Problem, ...]


class Kept(NamedTuple):
    """The columns of a reading that say what is doubtful about it."""

    doubts: str
    unaddressed: bool


NOTHING = Kept("", unaddressed=False)


def kept_of(reading: Reading, *, unaddressed: bool) -> Kept:
    """What is kept of ``reading``, to which all is applied that was stated about its page."""
    return Kept(rows.json(reading.findings) if reading.findings else "", unaddressed)


def note(connection: sa.Connection, path: str, found: Kept) -> None:
    """Stores what was ``found`` beside the reading of the page at ``path``."""
    change = sa.update(readings).where(_C.path == path).values(**found._asdict())
    connection.execute(change)


def each(connection: sa.Connection, most: int) -> Iterator[Doubtful]:
    """The pages that are there and doubtful, as far as that is known.

    By path; if there are more than ``most``, those that were saved last come first.
    """
    doubtful = sa.and_(_C.doubts != EMPTY, _THERE)
    count = connection.scalar(sa.select(sa.func.count()).select_from(readings).where(doubtful)) or 0
    query = sa.select(_C.path, _C.doubts).where(doubtful)
    newest = (
        (str(path), str(text))
        for path, text in connection.execute(query.order_by(_C.modified.desc(), _C.path.desc()))
    )
    for path, text in newest if count > most else sorted(newest):
        yield Doubtful(path, _PROBLEMS.decode(text))


def unknown(connection: sa.Connection) -> list[str]:
    """The paths of the pages that are there, and of which it is not known what is doubtful."""
    query = sa.select(_C.path).where(_C.doubts.is_(None), _THERE)
    return list(connection.scalars(query.order_by(_C.path)))


def unaddressed(connection: sa.Connection) -> Iterator[str]:
    """The paths of the pages that are there, and whose articles lack an address, by path."""
    query = sa.select(_C.path).where(_C.unaddressed, _THERE)
    yield from connection.scalars(query.order_by(_C.path))


def paths(connection: sa.Connection) -> Iterator[str]:
    """The paths of all pages that are there, and of which something could be made."""
    yield from connection.scalars(sa.select(_C.path).where(_THERE).order_by(_C.path))


def newest_paths(connection: sa.Connection, most: int | None) -> list[str]:
    """The paths of the ``most`` pages that were saved last, or of all, the last one first."""
    query = sa.select(_C.path).where(_C.missing_since.is_(None))
    return list(connection.scalars(query.order_by(_C.modified.desc(), _C.path.desc()).limit(most)))


def captured_after(connection: sa.Connection, day: date) -> list[str]:
    """The paths of the pages that are there, and were captured on a later day than ``day``."""
    if day == date.max:
        return []
    later = (day + timedelta(days=1)).isoformat()
    query = sa.select(_C.path).where(_C.captured >= later, _THERE)
    return sorted(connection.scalars(query))
