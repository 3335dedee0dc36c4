"""What is wrong with pages, for whoever asks: ``feeds status``, ``feeds check``, the report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from feeds.entries import holds
from feeds.ledger import aliases, entries, readings, shown
from feeds.ledger.holds import HeldStory
from feeds.model import Entry, Reading
from feeds.model.problem import Problem
from feeds.newsroom import CONFIGURATION, folder

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ELSEWHERE = {"", CONFIGURATION, folder.TABLE, folder.DECISIONS}


def failed(connection: Connection) -> list[Problem]:
    """Why files could not be read that are there."""
    return [why.at(path) for path, why in readings.failures(connection).items()]


def held(story: HeldStory) -> Problem:
    """Why a story is kept out."""
    what = f"'{story.title}' is held: {story.why}" if story.title else f"held: {story.why}"
    return Problem(story.code, what, story.line, story.remedy, weight="hold", file=story.path)


def objections(connection: Connection) -> list[Problem]:
    """Why the gate keeps stories out of every document."""
    return [
        Problem(
            "objection",
            f"'{entry.title}' is held: {why}",
            remedy="mend the page; all else is published",
            weight="hold",
        ).at(*place_of(connection, entry))
        for entry, why in shown.objections(connection)
    ]


def doubtful(reading: Reading, today: date) -> list[Problem]:
    """What the normaliser is not sure of, or had to leave out; ``reading`` has its statements."""
    found = [one.at(reading.page) for one in reading.findings if one.weight != "hold"]
    future = holds.future_capture(reading, today)
    return [*found, future] if future else found


def vanished(connection: Connection, zone: ZoneInfo) -> list[Problem]:
    """The pages that are gone, and whose articles are published."""
    return [
        Problem(
            "page-vanished",
            f"gone since {item.since.astimezone(zone):%Y-%m-%d %H:%M}; "
            f"'{item.title}' stays published",
            remedy="put the page back if it was moved by mistake; "
            f"to take the story back: feeds retract {item.hash}",
            file=item.path,
            entries=(item.hash,),
        )
        for item in entries.without_page(connection)
    ]


def place_of(connection: Connection, entry: Entry) -> tuple[str, int]:
    """The page of ``entry``, with the line of its headline, 0 if that doesn't stand there.

    What somebody wrote elsewhere (a row, a decision) is no place to write front matter.
    """
    source = entry.evidence.get("title")
    if source and source.file not in _ELSEWHERE:
        return source.file, source.line
    return next(iter(aliases.pages_of(connection, entry.id)), entry.hash), 0
