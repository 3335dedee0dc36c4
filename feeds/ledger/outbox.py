"""Pings that hubs have yet to get: written with the revision, deleted when the hub has answered.

Rules
- There is one row for each hub and topic: a newer change takes the place of an older one.
- Whoever sends claims first: claimed rows are due again only after a while, so that nobody else
  sends them, and somebody does if the sender dies. A row that was replaced meanwhile is another
  revision's, and whoever sent the old one leaves it alone.
- Which hubs were given up is a setting, until they answer again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from feeds.ledger import settings
from feeds.ledger.schema import outbox
from feeds.model.problem import Problem

_GIVEN_UP = "hubs given up"


class Ping(NamedTuple):
    """That ``hub`` is to be told of a change of ``topic``, a document's URL.

    ``since`` is when the first change happened of which it was not told, ``due`` when it is to be
    tried again; ``attempts`` counts failures, ``failure`` is the hub's last one.
    """

    hub: str
    topic: str
    revision: int
    since: datetime
    due: datetime
    attempts: int
    failure: str


def replace(connection: sa.Connection, pings: Collection[Ping]) -> None:
    """Has ``pings`` in the place of all that hubs had yet to be told."""
    connection.execute(sa.delete(outbox))
    if pings:
        connection.execute(sa.insert(outbox), [ping._asdict() for ping in pings])


def pending(connection: sa.Connection) -> list[Ping]:
    """All that hubs have yet to be told, by hub; what failed least often first."""
    columns = outbox.c
    query = sa.select(outbox).order_by(columns.hub, columns.attempts, columns.topic)
    return [Ping(*row) for row in connection.execute(query)]


def next_due(connection: sa.Connection) -> datetime | None:
    """The first moment at which a ping is to be sent; None if there is nothing to send."""
    due: datetime | None = connection.scalar(sa.select(sa.func.min(outbox.c.due)))
    return due


def claim(connection: sa.Connection, now: datetime, until: datetime) -> list[Ping]:
    """What is to be sent at ``now``, by the caller alone; ``until`` then it is nobody else's."""
    claimed = [ping for ping in pending(connection) if ping.due <= now]
    connection.execute(sa.update(outbox).where(outbox.c.due <= now).values(due=until))
    return claimed


def mark_delivered(connection: sa.Connection, ping: Ping) -> None:
    """Notes that the hub took ``ping``."""
    drop(connection, [ping])
    known = given_up(connection)
    if known.pop(ping.hub, None):
        set_given_up(connection, known)


def count_failure(connection: sa.Connection, ping: Ping) -> list[Ping]:
    """Counts that the hub did not take ``ping``; returns all that the hub has yet to be told."""
    columns = outbox.c
    connection.execute(sa.update(outbox).where(*_same(ping)).values(attempts=columns.attempts + 1))
    return [one for one in pending(connection) if one.hub == ping.hub]


def postpone(connection: sa.Connection, hub: str, due: datetime, failure: str) -> None:
    """Has all that ``hub`` is to be told wait until ``due``, because of ``failure``."""
    of_hub = sa.update(outbox).where(outbox.c.hub == hub)
    connection.execute(of_hub.values(due=due, failure=failure))


def drop(connection: sa.Connection, pings: Collection[Ping]) -> None:
    """Forgets ``pings``, but for those that were replaced meanwhile."""
    for ping in pings:
        connection.execute(sa.delete(outbox).where(*_same(ping)))


def give_up(connection: sa.Connection, hub: str, problem: Problem) -> bool:
    """Notes that ``hub`` was given up, and why; False if that was known."""
    known = given_up(connection)
    if hub in known:
        return False
    set_given_up(connection, {**known, hub: problem})
    return True


def given_up(connection: sa.Connection) -> dict[str, Problem]:
    """The hubs that were given up and have taken nothing since, and why."""
    return settings.find_json(connection, _GIVEN_UP, dict[str, Problem]) or {}


def set_given_up(connection: sa.Connection, hubs: Mapping[str, Problem]) -> None:
    """Has ``hubs`` in the place of those that were given up."""
    if hubs:
        settings.put_json(connection, _GIVEN_UP, hubs)
    else:
        settings.drop(connection, _GIVEN_UP)


def _same(ping: Ping) -> tuple[sa.ColumnElement[bool], ...]:
    columns = outbox.c
    return (
        columns.hub == ping.hub,
        columns.topic == ping.topic,
        columns.revision == ping.revision,
    )
