"""What is wrong with pages, as the last publish found them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from feeds.entries import holds
from feeds.ledger import aliases, entries, integrity, readings, shown
from feeds.ledger import holds as held_stories
from feeds.ledger.connect import Ledger
from feeds.ledger.holds import HeldStory
from feeds.model import Entry, Reading
from feeds.newsroom import CONFIGURATION, folder
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.site import Site
from feeds.normalise import statements
from feeds.reports.check.remarks import MOST, Remark, Severity, capped, of_line
from feeds.text import dates

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ELSEWHERE = {"", CONFIGURATION, folder.TABLE, folder.DECISIONS}
_WEIGHED: dict[str, Severity] = {"doubt": "hint", "loss": "warning"}


def readable(ledger: Ledger, outside: Outside) -> tuple[list[Reading], list[Remark]]:
    """The readings of all pages that are there, as they are published, and those damaged."""
    found, said = [], []
    with ledger.read() as connection:
        for written in integrity.each_reading(connection):
            if written.reading is None:
                remedy = "'feeds publish --reread' reads the page again"
                what = f"what was read of it is damaged: {written.problem}"
                said.append(Remark("pages", "error", written.path, what, remedy))
            else:
                whole = statements.with_statements(written.reading, outside.of(written.path))
                found.append(_slim(whole))
    return found, capped(said)


def _slim(reading: Reading) -> Reading:
    """``reading`` without what nothing here looks at: all of them are in memory at once."""
    article = reading.article and msgspec.structs.replace(reading.article, content="")
    return msgspec.structs.replace(reading, article=article, latest=(), dropped=(), statements=())


def failed(ledger: Ledger) -> list[Remark]:
    """Pages that can't be read."""
    with ledger.read() as connection:
        said = readings.failures(connection)
    return capped(of_line("pages", "error", line, path) for path, line in said.items())


def held(ledger: Ledger, site: Site, read: Iterable[Reading], now: datetime) -> list[Remark]:
    """Stories that are kept out; one that its editor keeps back on purpose is but a hint."""
    zone = dates.zone(site.timezone)
    meant = {
        (reading.page, reading.article.line)
        for reading in read
        if reading.article
        and reading.article.bar is None
        and holds.kept_back(reading.article, now, zone)
    }
    with ledger.read() as connection:
        found = held_stories.everywhere(connection)
    undated = [story for story in found if story.why.startswith("its date is unknown")]
    others = [story for story in found if story not in undated]
    said = [_held(story, (story.path, story.line) in meant) for story in others]
    # whoever asks for them to be held wants to see each
    return [*capped(said), *(_held(story, False) for story in undated)]


def objections(ledger: Ledger) -> list[Remark]:
    """Stories that the gate keeps out of every document."""
    with ledger.read() as connection:
        return capped(
            Remark(
                "pages",
                "warning",
                place_of(connection, entry),
                f"'{entry.title}' is held: {why}",
                "mend the page; all else is published",
            )
            for entry, why in shown.objections(connection)
        )


def _held(story: HeldStory, is_meant: bool) -> Remark:
    what = f"'{story.title}' is held: {story.why}" if story.title else f"held: {story.why}"
    place = f"{story.path}:{story.line}" if story.line else story.path
    return Remark("pages", "hint" if is_meant else "warning", place, what, story.remedy)


def doubtful(read: Iterable[Reading], site: Site, now: datetime) -> list[Remark]:
    """What the normaliser is not sure of, or had to leave out."""
    today = now.astimezone(dates.zone(site.timezone)).date()
    said: dict[Severity, list[Remark]] = {"warning": [], "hint": []}
    for reading in read:
        for doubt in reading.findings:
            if severity := _WEIGHED.get(doubt.weight):
                file = doubt.file or reading.page
                place = f"{file}:{doubt.line}" if doubt.line else file
                said[severity].append(Remark("pages", severity, place, doubt.what, doubt.remedy))
        if line := holds.future_capture(reading, reading.page, today):
            said["warning"].append(of_line("pages", "warning", line))
    return [*capped(said["warning"]), *capped(said["hint"])]


def vanished(ledger: Ledger, site: Site) -> list[Remark]:
    """Articles that are published, and whose pages are gone."""
    zone = dates.zone(site.timezone)
    with ledger.read() as connection:
        found = entries.without_page(connection)
    return capped(
        Remark(
            "pages",
            "warning",
            item.path,
            f"gone since {item.since.astimezone(zone):%Y-%m-%d %H:%M}; "
            f"'{item.title}' stays published",
            "put the page back if it was moved by mistake; "
            f"to take the story back: feeds retract {item.hash}",
        )
        for item in found
    )


def place_of(connection: Connection, entry: Entry) -> str:
    """The page of ``entry``, with the line of its headline if that stands there.

    What somebody wrote elsewhere (a row, a decision) is no place to write front matter.
    """
    source = entry.evidence.get("title")
    if source and source.file not in _ELSEWHERE:
        return f"{source.file}:{source.line}" if source.line else source.file
    return next(iter(aliases.pages_of(connection, entry.id)), entry.hash)


def undated(ledger: Ledger, shown: Iterable[Entry], site: Site) -> list[Remark]:
    """Articles that are published without a date."""
    remedy = "state the date on the page, or: feeds correct {} --published DATE"
    with ledger.read() as connection:
        said = [
            Remark(
                "pages",
                "hint",
                place_of(connection, entry),
                f"nobody knows when '{entry.title}' was published",
                remedy.format(entry.hash),
            )
            for entry in shown
            if entry.kind == "article" and entry.published is None
        ]
    return capped(said, len(said) if site.undated == "hold" else MOST)


def older(ledger: Ledger) -> list[Remark]:
    """How many pages another version of the program read."""
    with ledger.read() as connection:
        count = readings.count_older(connection)
    if not count:
        return []
    told = "1 page was" if count == 1 else f"{count} pages were"
    remedy = "'feeds publish --reread --preview' shows what this one would change"
    what = f"{told} read by another version of the program"
    return [Remark("pages", "hint", "", what, remedy)]
