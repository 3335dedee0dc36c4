"""What stands in a list of other stories: headlines, their dates, and what is neither.

Rules
- A headline without a full date is listed without one; a date without a headline is dropped.
- A list of bare clocks counts its days from the day on which the page was saved; one in
  groups by hours ago from the article's own. Its newest story comes first.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from feeds.model import Dropped, Evidence, StatedDate, Story, Url
from feeds.model.problem import Problem
from feeds.normalise import rules, words
from feeds.normalise.latest import days, items, others
from feeds.normalise.rows import Dates, Row
from feeds.text import urls
from feeds.text.dates import resolve

_HEADING = "heading of the list"
_SOURCE = re.compile(r"\s#\s?\S[^#]{0,40}$")


def read_list(
    rows: list[Row], known: Dates, path: str, own: StatedDate | None = None
) -> tuple[list[Story], list[Dropped], list[Problem]]:
    """The stories in ``rows``, all of which belong to the list or come after it.

    ``own`` is the article's own date, from which a list in groups ("an hour ago", "3 hours
    ago") counts the days of its clocks.
    """
    dropped: list[Dropped] = []
    findings: list[Problem] = []
    stories: list[Story] = []
    lists = _lists_in(rows)
    if len(lists) > 1 and any(map(_is_dated, lists)):
        undated = [row for some in lists if not _is_dated(some) for row in some]
        rule = "list without dates"
        dropped += [
            Dropped(row.number, row.shown, _HEADING if row.heading == row.text else rule)
            for row in undated
        ]
        lists = [some for some in lists if _is_dated(some)]
    clocks = _Clocks(known.captured or (own if any(map(_is_grouped, rows)) else None))
    missing: list[Story] = []
    for some in lists:
        read = _List(known, clocks, path, dropped, findings, missing)
        stories += read.stories(some)
    # else it is no dated list, and nothing of it is missing
    if missing and any(story.published for story in stories):
        findings.append(_without_dates(missing))
    return stories, dropped, findings


def _lists_in(rows: list[Row]) -> list[list[Row]]:
    """``rows`` divided at the headings of lists."""
    starts = [index for index, row in enumerate(rows) if row.heading and row.heading == row.text]
    bounds = [0, *[index for index in starts if index], len(rows)]
    return [rows[start:end] for start, end in pairwise(bounds) if start < end]


def _is_dated(rows: list[Row]) -> bool:
    return any(row.stamp is not None for row in rows)


def _is_grouped(row: Row) -> bool:
    """Whether the row heads stories by how long ago they are."""
    return row.is_date and row.stamp is not None and row.stamp.ago is not None


class _List(NamedTuple):
    """What reads a single list: its rows to stories, what is left out, what is wrong.

    ``missing`` are the stories to which a day could be given.
    """

    known: Dates
    clocks: _Clocks
    path: str
    dropped: list[Dropped]
    findings: list[Problem]
    missing: list[Story]

    def stories(self, rows: list[Row]) -> list[Story]:
        """The stories in ``rows``, a list of its own."""
        dropped = self.dropped
        found = items.collect_items(days.with_days(rows, dropped), dropped)
        if not any(item.stamp for item in found) and "" in [row.text for row in rows]:
            dropped += [Dropped(item.row.number, item.text, "teaser") for item in found]
            return []
        texts = [item.text for item in found if item.stamp is None]
        if texts and not any(map(str.isalpha, "".join(texts))):
            dropped += [Dropped(item.row.number, item.text, "numbers of a table") for item in found]
            return []
        found = others.without_shared(found, dropped)
        dates_first = items.dates_come_first(found)
        found = items.unranked(others.without_others(found, dates_first, dropped))
        sourced = len([item for item in found if "#" in item.text]) > 1
        pairs = items.pair_items(found, dates_first, dropped)
        told = [self._story(item, when, dates_first, sourced) for item, when in pairs]
        return [story for story in told if story is not None]

    def _story(
        self, told: items.Item, when: items.Item | None, dates_first: bool, sourced: bool
    ) -> Story | None:
        row = told.row
        title = words.without_sections(told.text)
        title = _SOURCE.sub("", title) if sourced else title
        stated = _date(when, self.known, self.clocks)
        if isinstance(stated, resolve.Impossible) and when:
            self.dropped.append(Dropped(row.number, told.text, rules.IMPOSSIBLE_ITEM))
            self.dropped.append(Dropped(when.row.number, when.row.text, rules.IMPOSSIBLE_DATE))
            what = f"'{stated.text}' is no day of the calendar; '{short(title)}' is left out"
            code, line, remedy = "list-impossible-date", when.row.number, "correct the date"
            self.findings.append(
                Problem(code, what, line, remedy, weight="loss", value=stated.text)
            )
            return None
        evidence = {"title": Evidence(self.path, row.number, "headline in the list")}
        if isinstance(stated, StatedDate) and when:
            side = "above" if dates_first else "below"
            where = "beside" if when.row.number == row.number else side
            line = when.row.number
            evidence["published"] = Evidence(self.path, line, f"date {where} the headline")
        else:
            stated = None
            why = f"'{when.row.text}' names no full day" if when else "it has no date"
            evidence["published"] = Evidence(self.path, row.number, why, is_known=False)
        story = Story(
            kind="headline",
            title=title,
            line=row.number,
            published=stated,
            url=_address(row.url) if row.url else None,
            evidence=evidence,
        )
        if stated is None and not _is_long_ago(when):
            self.missing.append(story)
        return story


def _is_long_ago(when: items.Item | None) -> bool:
    """Whether a date says how many weeks, months or years ago it was: nobody adds the day."""
    return bool(when and when.stamp and when.stamp.ago and when.stamp.ago[1] == "coarse")


def _address(written: str) -> Url | None:
    """The headline's own link, if it leads anywhere."""
    try:
        return urls.checked(written)
    except ValueError:
        return None


def _without_dates(undated: list[Story]) -> Problem:
    """The finding for headlines that are no entries, since the list names days for others only."""
    others = f", and {len(undated) - 1} more" if len(undated) > 1 else ""
    return Problem(
        "list-undated",
        f"'{short(undated[0].title)}' in the list has no full date and is left out{others}",
        undated[0].line,
        "write the date on the line below it",
        weight="loss",
    )


class _Clocks:
    """The day that a list of bare clocks, newest first, has come to."""

    def __init__(self, captured: StatedDate | None) -> None:
        self.captured = captured
        self.day: date | None = None
        self.last = ""

    def date(self, clock: str) -> StatedDate | None:
        """The date of the next ``clock``; one that is later than the last is of the day before."""
        clock = clock.zfill(5)[:5]
        if self.captured is None:
            return None
        if self.day is None:
            self.day = self.captured.day
        if self.last and clock > self.last:
            self.day -= timedelta(days=1)
        self.last = clock
        return StatedDate(f"{self.day.isoformat()}T{clock}", "minute")


def _date(
    when: items.Item | None, known: Dates, clocks: _Clocks
) -> StatedDate | resolve.Impossible | None:
    if when is None or when.stamp is None:
        return None
    if when.stamp.shape == "clock":
        return clocks.date(when.stamp.clock)
    return resolve.stated_date(when.stamp, known.settled, known.captured)


def short(text: str) -> str:
    """``text`` cut to what fits in a message."""
    return text if len(text) <= 60 else text[:59] + "…"
