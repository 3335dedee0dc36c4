"""What is wrong with pages, as the last publish found them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from feeds.entries import holds
from feeds.ledger import holds as held_stories
from feeds.ledger import integrity, readings
from feeds.ledger.connect import Ledger
from feeds.ledger.holds import HeldStory
from feeds.model import Entry, Reading
from feeds.model.problem import Problem
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.site import Site
from feeds.normalise import statements
from feeds.reports import pages
from feeds.reports.check.remarks import MOST, Remark, capped, remarks
from feeds.text import dates

if TYPE_CHECKING:
    pass


def readable(ledger: Ledger, outside: Outside) -> tuple[list[Reading], list[Remark]]:
    """The readings of all pages that are there, as they are published, and those damaged."""
    found, said = [], []
    with ledger.read() as connection:
        for written in integrity.each_reading(connection):
            if written.reading is None:
                remedy = "'feeds publish --reread' reads the page again"
                what = f"what was read of it is damaged: {written.problem}"
                said.append(
                    Remark(
                        "pages",
                        "error",
                        Problem("reading-damaged", what, remedy=remedy, file=written.path),
                    )
                )
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
        return remarks("pages", "error", pages.failed(connection))


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
    said = [_held(story, (story.path, story.line) in meant) for story in found]
    asked_for = [remark for remark in said if remark.problem.code == "undated"]
    others = [remark for remark in said if remark.problem.code != "undated"]
    # whoever asks for them to be held wants to see each
    return [*capped(others), *asked_for]


def _held(story: HeldStory, is_meant: bool) -> Remark:
    return Remark("pages", "hint" if is_meant else "warning", pages.held(story))


def objections(ledger: Ledger) -> list[Remark]:
    """Stories that the gate keeps out of every document."""
    with ledger.read() as connection:
        return remarks("pages", "warning", pages.objections(connection))


def doubtful(read: Iterable[Reading], site: Site, now: datetime) -> list[Remark]:
    """What the normaliser is not sure of, or had to leave out."""
    today = now.astimezone(dates.zone(site.timezone)).date()
    found = [problem for reading in read for problem in pages.doubtful(reading, today)]
    serious = [one for one in found if one.weight == "loss" or one.code == "captured-future"]
    slight = [one for one in found if one not in serious]
    return [*remarks("pages", "warning", serious), *remarks("pages", "hint", slight)]


def vanished(ledger: Ledger, site: Site) -> list[Remark]:
    """Articles that are published, and whose pages are gone."""
    with ledger.read() as connection:
        return remarks("pages", "warning", pages.vanished(connection, dates.zone(site.timezone)))


def undated(ledger: Ledger, shown: Iterable[Entry], site: Site) -> list[Remark]:
    """Articles that are published without a date."""
    remedy = "state the date on the page, or: feeds correct {} --published DATE"
    with ledger.read() as connection:
        said = [
            Remark(
                "pages",
                "hint",
                Problem(
                    "published-undated",
                    f"nobody knows when '{entry.title}' was published",
                    remedy=remedy.format(entry.hash),
                    entries=(entry.hash,),
                ).at(*pages.place_of(connection, entry)),
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
    return [Remark("pages", "hint", Problem("read-by-another-version", what, remedy=remedy))]
