"""Feeds of corrections are filled: what decisions gave a notice of, as far as it is in force."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from feeds.ledger import decisions, members, shown
from feeds.model import Document, EntryId
from feeds.model.problem import Problem
from feeds.newsroom.site import Feed, Site
from feeds.publish.feed_updates import FeedUpdates
from feeds.publish.rendering import Unrenderable, UnrenderableError, render_feed
from feeds.publish.run import Run
from feeds.syndication import corrections
from feeds.syndication.corrections import Noticed
from feeds.syndication.view import FOR_READERS

if TYPE_CHECKING:
    from sqlalchemy import Connection


def render(
    run: Run, site: Site, feed: Feed, held: Collection[EntryId], updates: FeedUpdates
) -> list[Document]:
    """The documents of ``feed``, which is one of corrections, without what is ``held``.

    Its members are the stories that were corrected and are there. Raises UnrenderableError.
    """
    noticed = sorted(_noticed(run.connection, held), key=lambda one: one.last, reverse=True)
    noticed = noticed[: feed.limit]
    there = [one.story for one in noticed if not one.story.hidden]
    members.replace(run.connection, feed.name, there)
    made = corrections.entries_of(site, noticed)
    updated = updates.of_feed(run, feed, made, [])
    try:
        return render_feed(site, feed, made, [], 0, updated, FOR_READERS)
    except UnrenderableError as error:  # no entry of the ledger can be held for it
        found: list[Problem] = [*error.found.feeds.values(), *error.found.entries.values()]
        raise UnrenderableError(Unrenderable({}, {feed.first_name: found[0]})) from error


def _noticed(connection: Connection, held: Collection[EntryId]) -> list[Noticed]:
    given = [
        record
        for record in decisions.by_key(connection).values()
        if record.entry and record.decision.notice
    ]
    states = shown.by_ids(connection, {record.entry for record in given if record.entry})
    found = []
    for name, state in states.items():
        if name in held or not state.notice or state.entry.hidden == "merged":
            continue
        action = "retract" if state.entry.hidden else "correct"
        moments = [
            one.decided for one in given if one.entry == name and one.decision.action == action
        ]
        if moments:
            found.append(Noticed(state.entry, state.notice, min(moments), max(moments)))
    return found
