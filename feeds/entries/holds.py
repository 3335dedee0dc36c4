"""Whether a story may be published now.

What can't be undone is not risked: a story without headline, with characters that could not be
decoded in it, or dated in the future is held, and says so; and so is all that its editor keeps
back. Pure: the time is an argument.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from feeds.model import Reading, StatedDate, Story
from feeds.model.problem import Problem
from feeds.text import dates

EXPIRED = "expired"
"""The problem of a story whose time has ended: readers may have had it, and are to have it no
more."""


class Held(NamedTuple):
    """Not published: which problem it is, why, and what to do.

    ``until`` is the moment (UTC) from which the story may be tried again.
    """

    code: str
    why: str
    remedy: str
    until: datetime | None = None


def is_meant(code: str, *, is_out: bool) -> bool:
    """Whether a story that is held for the problem ``code`` waits because its editor wants it to.

    ``is_out``: an earlier version of it is published, and stays so. Who writes ``draft`` over that
    may want it back, which a draft doesn't do.
    """
    return code in {"embargo", EXPIRED} or (code == "draft" and not is_out)


def why_held(story: Story, undated: str, now: datetime, zone: ZoneInfo) -> Held | None:
    """Why ``story`` must not be published now; None if it may.

    ``undated`` is the configuration's word on articles without a date, ``zone`` the
    newsroom's.
    """
    if story.kind == "article" and (kept := kept_back(story, now, zone)):
        return kept
    if story.status == "retracted":
        return None
    if not story.title:
        why = story.evidence["title"].rule
        return Held(
            "no-headline",
            f"it has no headline: {why}",
            "write the headline on the first line (HTML: h1; Markdown: '# '; Word: style Title), "
            "or its title into pages.csv",
        )
    if "\ufffd" in story.title:
        return Held(
            "undecoded-headline",
            "its headline has characters that could not be read",
            "save the page as UTF-8",
        )
    is_told = bool(story.paragraphs) or (story.access == "paid" and bool(story.summary))
    if story.kind == "article" and not is_told:
        return Held("no-text", "it has a headline and no text", "save the page again with its text")
    if story.published and _is_future(story.published, now, zone):
        return Held(
            "future",
            f"its date {story.published.iso} is in the future",
            "correct the date, or wait: it is published when that day comes",
            _begins(story.published, zone),
        )
    if story.kind == "article" and story.published is None and undated == "hold":
        return Held(
            "undated",
            'its date is unknown, and site.toml says undated = "hold"',
            "state the date on the page",
        )
    return None


def kept_back(story: Story, now: datetime, zone: ZoneInfo) -> Held | None:
    """Why its editor keeps an article from readers for now; None if it isn't so.

    The list beside it waits too: it may name what nobody is to know yet.
    """
    if bar := story.bar:
        place = f" ({bar.file}:{bar.line})" if bar.file else f" (line {bar.line})"
        return Held(bar.code, bar.what + place, bar.remedy)
    if story.status == "draft":
        why = f"its status is draft{_elsewhere(story, 'status')}"
        return Held("draft", why, "write status: published when it may go out")
    if story.expiry and is_over(story.expiry, now, zone):
        source = story.evidence.get("expiry")
        place = f" (line {source.line})" if source else ""
        return Held(
            EXPIRED,
            f"its time ended {story.expiry.iso}{_elsewhere(story, 'expiry') or place}",
            "move that date if readers may have it again",
        )
    if story.embargo and (until := dates.stated_moment(story.embargo, zone)) > now:
        return Held(
            "embargo",
            f"it waits until {dates.with_zone(until, zone)}, when its embargo ends"
            f"{_elsewhere(story, 'embargo')}",
            "you need do nothing: the first publish after that lets it out; or move the embargo",
            until,
        )
    if (waiting := story.waiting) and dates.stated_moment(waiting.until, zone) > now:
        problem = waiting.problem
        return Held(problem.code, f"{problem.what} (line {problem.line})", problem.remedy)
    return None


def _elsewhere(story: Story, field: str) -> str:
    """Where the ``field`` is stated, if that is another file than the one with the headline."""
    source, page = story.evidence.get(field), story.evidence["title"].file
    return f" ({source.file}:{source.line})" if source and source.file != page else ""


def is_over(expiry: StatedDate, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the time of a story with this ``expiry`` has ended by ``now``."""
    return expires(expiry, zone) <= now


def expires(expiry: StatedDate, zone: ZoneInfo) -> datetime:
    """The moment (UTC) from which a story is not to be read any more; of a day its beginning."""
    return _begins(expiry, zone)


def is_secret(story: Story, now: datetime, zone: ZoneInfo) -> bool:
    """Whether ``story`` has words that readers must not see, or not without paying."""
    kept = kept_back(story, now, zone)
    return story.access == "paid" or (kept is not None and kept.code != EXPIRED)


def _begins(stated: StatedDate, zone: ZoneInfo) -> datetime:
    """The moment from which a stated day or moment is not in the future."""
    if stated.precision == "day":
        return dates.day_bounds(stated.day, zone)[0]
    return dates.stated_moment(stated, zone)


def released(moment: datetime | None, story: Story, zone: ZoneInfo) -> datetime | None:
    """When ``story`` is published, given the ``moment`` that its date makes: after its embargo."""
    if moment is None or story.embargo is None:
        return moment
    return max(moment, dates.stated_moment(story.embargo, zone))


def future_capture(reading: Reading, today: date) -> Problem | None:
    """That the capture date of ``reading`` is after ``today``; None if it isn't."""
    if reading.captured is None or reading.captured.day <= today:
        return None
    if reading.fetched and date.fromisoformat(reading.fetched.local[: len("2026-01-09")]) <= today:
        return None
    return Problem(
        "captured-future",
        f"the capture date {reading.captured.iso} is in the future and not used",
        reading.captured_evidence.line if reading.captured_evidence else 0,
        "correct it",
        file=reading.page,
    )


def begins(story: Story, zone: ZoneInfo) -> datetime | None:
    """The moment from which ``story`` is neither in the future nor kept back; None if it isn't."""
    known = [_begins(story.published, zone)] if story.published else []
    known += [dates.stated_moment(story.embargo, zone)] if story.embargo else []
    return max(known, default=None)


def _is_future(stated: StatedDate, now: datetime, zone: ZoneInfo) -> bool:
    return _begins(stated, zone) > now
