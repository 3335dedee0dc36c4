"""A feed as the partner it is made for would judge it: ``feeds check --profile``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, get_args

import msgspec

from feeds.ledger import documents, members, paid, revisions, shown
from feeds.model import Entry
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom
from feeds.newsroom.site import Feed, ProfileName
from feeds.newsroom.site_file import for_partner
from feeds.reports.answers import counted
from feeds.reports.check.partner_rules import faults
from feeds.reports.lookup import open_ledger
from feeds.reports.problems import Found
from feeds.syndication import contents, filters
from feeds.syndication.paid import within

if TYPE_CHECKING:
    from sqlalchemy import Connection

PARTNERS = get_args(ProfileName)
_MOST_LEFT_OUT = 100
_MOST_TOLD = 5
"""So many are named where nobody asked for that partner."""


class Judged(msgspec.Struct, frozen=True):
    """A feed as a partner sees it: how much there is, what is wrong, what it hasn't got and why.

    ``items`` are stories, without those that are ``removals``.
    """

    feed: str
    profile: str
    items: int
    removals: int
    size: int
    wrong: list[str]
    left_out: list[str]


def judge(newsroom: Newsroom, profile: str, now: datetime) -> list[Judged]:
    """The feeds that are made for ``profile``; without any, the first one as if it were.

    Raises FeedsError while nothing is published.
    """
    with open_ledger(newsroom).read() as connection:
        newest = revisions.latest(connection)
        feeds = newest[0].site.feeds if newest else ()
        made = [feed for feed in feeds if feed.profile == profile]
        language = newest[0].site.language if newest else ""
        return [_judged(connection, feed, profile, language, now) for feed in made or feeds[:1]]


def _judged(
    connection: Connection, feed: Feed, profile: str, language: str, now: datetime
) -> Judged:
    stored = documents.find(connection, feed.name, "rss")
    body = stored.document.body if stored else b"<rss><channel/></rss>"
    as_if = for_partner(msgspec.structs.replace(feed, profile=profile), language)
    there = {entry.id for entry in members.of_feed(connection, feed.name)}
    known = there if feed.profile == profile else set()
    newest = list(islice(shown.newest(connection), _MOST_LEFT_OUT))
    left_out = list(_left_out(as_if, _whole(connection, as_if, newest), known, now))
    wrong = list(faults(profile, body, now))
    removals = len(contents.removals(stored.document)) if stored else 0
    stories = body.count(b"<item>") - removals
    return Judged(feed.name, profile, stories, removals, len(body), wrong, left_out)


def kept_from(connection: Connection, now: datetime) -> Iterator[list[Found]]:
    """By partner's feed which of the newest stories its rules, or its filters, keep out of it."""
    published = revisions.latest(connection)
    feeds = [feed for feed in published[0].site.feeds if feed.profile] if published else []
    newest = list(islice(shown.newest(connection), _MOST_LEFT_OUT)) if feeds else []
    for feed in feeds:
        there = {entry.id for entry in members.of_feed(connection, feed.name)}
        whole = _whole(connection, feed, newest)
        if out := list(_left_out(feed, whole, there, now)):
            what = f"{len(out)} of the {len(newest)} newest stories are not in it"
            remedy = f"'feeds check --profile {feed.profile}' names them all"
            told = [what, *(f"not in it: {why}" for why in out[:_MOST_TOLD])]
            problems = [Problem("not-for-partner", text, file=feed.name) for text in told]
            problems[0] = msgspec.structs.replace(problems[0], remedy=remedy)
            yield [("hint", one) for one in problems]


def _whole(connection: Connection, feed: Feed, entries: Iterable[Entry]) -> list[Entry]:
    """``entries`` as ``feed`` has them, which may be with texts that have to be paid for."""
    some = list(entries)
    texts = paid.of_entries(connection, [entry.id for entry in some if entry.paid])
    return [within(feed, entry, texts.get(entry.id)) for entry in some]


def _left_out(
    feed: Feed, entries: Iterable[Entry], there: Collection[str], now: datetime
) -> Iterator[str]:
    """Those of ``entries`` that ``feed`` has not, being none of ``there``, with the reasons."""
    for entry in entries:
        why = "" if entry.id in there else filters.why_not(feed, entry)
        if entry.id not in there and feed.hours:
            is_old = entry.ordered <= now - timedelta(hours=feed.hours)
            why = why or (f"older than {feed.hours // 24} days" if is_old else "")
        if why:
            yield f"'{entry.title}': {why}"


def judged_text(found: list[Judged]) -> str:
    """The same for people."""
    lines = []
    for one in found:
        state = counted(len(one.wrong), "fault") if one.wrong else "as it is asked"
        stories = "1 story" if one.items == 1 else f"{one.items} stories"
        removals = f" and {counted(one.removals, 'removal')}" if one.removals else ""
        size = f"{stories}{removals}, {one.size:,} bytes"
        lines.append(f"{one.feed}.rss for {one.profile}: {size}: {state}")
        lines += [f"  {what}" for what in one.wrong]
        lines += [f"  not in it: {what}" for what in one.left_out]
    return "\n".join(lines)
