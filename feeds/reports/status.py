"""How a newsroom is doing: the last runs, what is held or unreadable, the newest story."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from feeds.ledger import entries, lock, outbox, readings, revisions, shown
from feeds.ledger import holds as held_stories
from feeds.ledger.connect import open_to_read
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom
from feeds.normalise import statements
from feeds.reports import pages
from feeds.text import dates

_REVISIONS = 5


def collect_status(newsroom: Newsroom, now: datetime) -> dict[str, Any]:
    """The facts as of ``now``, ready for JSON. Raises ConfigError or LedgerError."""
    site = newsroom.site()
    outside = newsroom.outside(site)
    run = lock.last_run(newsroom.database)
    found: dict[str, Any] = {
        "title": site.title,
        "source": str(newsroom.root),
        "ledger": str(newsroom.database),
        "last_run": (
            {"finished": run.finished, "exit_code": run.exit_code, "said": run.said}
            if run
            else None
        ),
        "revisions": [],
        "entries": 0,
        "newest": None,
        "failed": [],
        "held": [],
        "doubtful": [],
        "vanished": [],
        "next_release": None,
        "older": 0,
        "pings": [],
        "hubs_given_up": [],
    }
    ledger = open_to_read(newsroom.database)
    if ledger is None:
        return found
    with ledger.read() as connection:
        found["entries"] = entries.count(connection)
        found["revisions"] = [
            {
                "number": revision.number,
                "committed": revision.committed,
                "entered": revision.entered,
                "corrected": revision.corrected,
                "documents": revision.documents,
            }
            for revision in revisions.latest(connection, _REVISIONS)
        ]
        zone = dates.zone(site.timezone)
        newest = next(shown.newest(connection), None)
        if newest:
            moment = newest.published and newest.published.astimezone(zone)
            found["newest"] = {"title": newest.title, "moment": moment, "id": newest.id}
        found["failed"] = _lines(pages.failed(connection))
        held = held_stories.everywhere(connection)
        found["held"] = _lines([*map(pages.held, held), *pages.objections(connection)])
        due = min((story.until for story in held if story.until), default=None)
        found["next_release"] = due.astimezone(zone) if due else None
        today = now.astimezone(zone).date()
        paths: set[str] = set()
        for reading in readings.present(connection):
            whole = statements.with_statements(reading, outside.of(reading.page))
            found["doubtful"] += _lines(pages.doubtful(whole, today))
            paths.add(reading.page)
        found["doubtful"] += _lines([*outside.notices, *outside.idle(paths)])
        found["older"] = readings.count_older(connection)
        found["pings"] = [ping._asdict() for ping in outbox.pending(connection)]
        found["hubs_given_up"] = _lines(outbox.given_up(connection).values())
        found["vanished"] = _lines(pages.vanished(connection, zone))
    return found


def _lines(problems: Iterable[Problem]) -> list[str]:
    return [str(problem) for problem in problems]


def needs_attention(found: dict[str, Any]) -> bool:
    """Whether an editor or operator has something to do."""
    run = found["last_run"]
    failed = run and run["exit_code"] > 1
    return bool(found["failed"] or found["held"] or found["hubs_given_up"] or failed)


def status_text(found: dict[str, Any], now: datetime) -> str:
    """The facts for a terminal."""
    lines = [f"{found['title']}: {found['entries']} entries in {found['ledger']}"]
    run = found["last_run"]
    if run is None:
        lines.append("last run    none yet: run 'feeds publish'")
    else:
        said = run["said"].replace("\n", f"\n{' ' * 12}")
        lines.append(f"last run    {_ago(run['finished'], now)}: {said}")
    lines += [
        f"revision    {revision['number']}, {_ago(revision['committed'], now)}: "
        f"{revision['entered']} new, {revision['corrected']} corrected"
        for revision in found["revisions"]
    ]
    if found["newest"]:
        moment = found["newest"]["moment"]
        day = f"{moment:%Y-%m-%d}" if moment else "undated"
        lines.append(f"newest      {day}: {found['newest']['title']}")
    if found["next_release"]:
        when = found["next_release"].strftime("%Y-%m-%d %H:%M %Z")
        lines.append(f"next        {when}: a held story is due")
    for name in ("failed", "held", "doubtful", "vanished"):
        lines += [f"{name:<11} {line}" for line in found[name]]
    lines += [f"given up    {line}" for line in found["hubs_given_up"]]
    hubs = dict.fromkeys(ping["hub"] for ping in found["pings"])
    lines += [f"waiting     {_waiting(hub, found['pings'], now)}" for hub in hubs]
    if found["older"]:
        lines.append(
            f"older       {_pages(found['older'])} read by another version of the program; "
            "'feeds publish --reread --preview' shows what this one would change"
        )
    if not any(found[name] for name in ("failed", "held", "doubtful", "vanished")):
        lines.append("all pages are read; nothing is held")
    return "\n".join(lines)


def _waiting(hub: str, pings: list[dict[str, Any]], now: datetime) -> str:
    """What a hub was not told yet, and why."""
    waiting = [ping for ping in pings if ping["hub"] == hub]
    topics = f"{len(waiting)} {'document' if len(waiting) == 1 else 'documents'}"
    since = _ago(min(ping["since"] for ping in waiting), now)
    due = dates.rfc3339(min(ping["due"] for ping in waiting))
    failure = max(waiting, key=lambda ping: ping["attempts"])["failure"]
    tried = f"; at the last attempt: {failure}" if failure else ""
    return f"{hub} is to be told of {topics}, changed {since}; due {due}{tried}"


def _pages(count: int) -> str:
    return "1 page was" if count == 1 else f"{count} pages were"


def _ago(moment: datetime, now: datetime) -> str:
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60} h ago"
    return f"{minutes // 1440} days ago"
