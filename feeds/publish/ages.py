"""Feeds of the last hours: which of their entries are too old, and when the next one will be.

Rules
- An entry is as old as the moment that it is sorted by. It leaves at the end of the last hour.
- What leaves so is no loss to the gate, and nobody is told that it is gone: it is only old.
- The moment is kept in the ledger, and due like that of an embargo: no renderer asks a clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from feeds.ledger import members, settings
from feeds.model import Entry
from feeds.newsroom.site import Feed, Site

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SETTING = "feeds age"


def oldest_after(feed: Feed, now: datetime) -> datetime | None:
    """The moment after which the entries of ``feed`` are that it has ``now``; None for any."""
    return now - timedelta(hours=feed.hours) if feed.hours else None


def next_due(connection: Connection) -> datetime | None:
    """When the next entry leaves a feed for its age; None if none ever will."""
    return settings.find_json(connection, _SETTING, datetime)


def note_due(
    connection: Connection,
    site: Site,
    chosen: Mapping[str, Sequence[Entry]],
    others: Sequence[datetime],
) -> None:
    """Stores when the next entry leaves; ``chosen`` are the members of feeds that have others.

    ``others`` are the moments at which something else leaves a feed.
    """
    moments = [
        *others,
        *(
            min(entry.ordered for entry in found) + timedelta(hours=feed.hours)
            for feed in site.feeds
            if feed.hours
            and (found := chosen.get(feed.name, ()) or members.of_feed(connection, feed.name))
        ),
    ]
    due = min(moments, default=None)
    if due != next_due(connection):
        if due is None:
            settings.drop(connection, _SETTING)
        else:
            settings.put_json(connection, _SETTING, due)


def aged(before: Connection, site: Site, now: datetime) -> dict[str, set[str]]:
    """By the names of feeds what they had ``before`` and is too old ``now``: its ids and guids."""
    return {
        feed.name: {
            name
            for entry in members.of_feed(before, feed.name)
            if entry.ordered <= moment
            for name in (entry.id, entry.guid)
            if name
        }
        for feed in site.feeds
        if (moment := oldest_after(feed, now))
    }
