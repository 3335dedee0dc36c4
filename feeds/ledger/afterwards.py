"""What the command after a revision is still to be told: one row of the settings, or none.

Rules
- It is written with the revision, and deleted when the command has taken it. A newer revision takes
  the place of an older one that the command was not told of, and has its feeds as well.
- Whoever runs the command has a lock meanwhile, see ``lock``: it is no matter of what is here.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
import sqlalchemy as sa

from feeds.ledger import settings

_KEY = "after"


class Owed(msgspec.Struct, frozen=True):
    """That the command is to be told of ``revision`` of ``epoch``, which changed ``feeds``.

    ``since`` is when the first revision was committed of which it was not told, ``due`` when it is
    to be run. It failed ``failures`` times, the last time as ``failure`` says.
    """

    revision: int
    epoch: int
    feeds: tuple[str, ...]
    since: datetime
    due: datetime
    failures: int = 0
    failure: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """Which revision it is about."""
        return self.epoch, self.revision


def find(connection: sa.Connection) -> Owed | None:
    """What the command is to be told; None if it was told everything."""
    return settings.find_json(connection, _KEY, Owed)


def owe(
    connection: sa.Connection, place: tuple[int, int], feeds: tuple[str, ...], now: datetime
) -> None:
    """Has the command told of a revision, by its epoch and number, that changed ``feeds``."""
    before = find(connection)
    if before:
        feeds = tuple(sorted({*before.feeds, *feeds}))
    epoch, revision = place
    made = Owed(revision, epoch, feeds, before.since if before else now, now)
    settings.put_json(connection, _KEY, made)


def next_due(connection: sa.Connection) -> datetime | None:
    """The moment at which the command is to be run; None if it is not."""
    owed = find(connection)
    return owed.due if owed else None


def told(connection: sa.Connection, owed: Owed, now: datetime) -> bool:
    """Notes that the command was told; returns whether there is more by now, which is due."""
    found = find(connection)
    if found and found.place != owed.place:
        left = msgspec.structs.replace(found, since=now, due=now)
        settings.put_json(connection, _KEY, left)
        return True
    drop(connection)
    return False


def failed(connection: sa.Connection, owed: Owed, due: datetime, failure: str) -> None:
    """Has it tried again when it is ``due``, since it failed."""
    found = find(connection)
    if found:
        failures = owed.failures + 1
        left = msgspec.structs.replace(found, due=due, failures=failures, failure=failure)
        settings.put_json(connection, _KEY, left)


def drop(connection: sa.Connection) -> None:
    """Forgets what there is to tell."""
    settings.drop(connection, _KEY)
