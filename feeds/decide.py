"""What a story is to the ledger: new, the same, corrected, or held back.

Rules
- Pure: what the ledger holds and the time are arguments, and every verdict says why.
- The page's path alone recognises nothing: a file that is saved over with another story
  every day holds a new story every day. It counts only with the same headline, or with
  half of the paragraphs.
- An id and a kind of "article" are for ever; a published moment is until the page's own
  date is corrected. ``updated`` moves when words of the title or the text changed, or a
  text arrived for a headline, and is never before ``published``.
- What can't be undone is not risked: a story without headline, with characters that
  could not be decoded in it, or dated in the future is held, and says so.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from feeds import dates, markup
from feeds.errors import describe
from feeds.identity import words
from feeds.model import Entry, EntryId, Reading, StatedDate, Story


class Moments(NamedTuple):
    """When a story is placed; all aware and in UTC, None for unknown."""

    now: datetime
    published: datetime | None
    captured: datetime | None
    rank: int


class Held(NamedTuple):
    """Not published. ``until`` is the moment (UTC) from which the story may be tried again."""

    why: str
    remedy: str
    until: datetime | None = None


class Same(NamedTuple):
    """Known, and nothing that readers see has changed; ``entry`` has the newest evidence."""

    entry: Entry
    why: str


class Corrected(NamedTuple):
    """Known; ``entry`` is what it is from now on."""

    entry: Entry
    why: str


class New(NamedTuple):
    """Not known: to be minted an id, and entered."""

    why: str


Verdict = Same | Corrected | New


def hold(story: Story, undated: str, now: datetime, zone: ZoneInfo) -> Held | None:
    """Why ``story`` must not be published now; None if it may.

    ``undated`` is the configuration's word on articles without a date, ``zone`` the
    newsroom's.
    """
    if story.kind == "article" and (kept := _kept_back(story, now, zone)):
        return kept
    if not story.title:
        why = story.evidence["title"].rule.removeprefix("unknown: ")
        return Held(f"it has no headline: {why}", "write the headline on the first line")
    if "\ufffd" in story.title:
        return Held(
            "its headline has characters that could not be read",
            "save the page as UTF-8",
        )
    is_told = story.paragraphs or (story.access == "paid" and story.summary)
    if story.kind == "article" and not is_told:
        return Held("it has a headline and no text", "save the page again with its text")
    if story.published and _is_future(story.published, now, zone):
        return Held(
            f"its date {story.published.iso} is in the future",
            "correct the date, or wait: it is published when that day comes",
            _begins(story.published, zone),
        )
    if story.kind == "article" and story.published is None and undated == "hold":
        return Held(
            'its date is unknown, and site.toml says undated = "hold"',
            "state the date on the page",
        )
    return None


def _kept_back(story: Story, now: datetime, zone: ZoneInfo) -> Held | None:
    """Why its editor keeps an article from readers for now; None if it isn't so."""
    if bar := story.bar:
        place = f" ({bar.file}:{bar.line})" if bar.file else f" (line {bar.line})"
        return Held(bar.what + place, bar.remedy)
    if story.status == "draft":
        return Held("its status is draft", "write status: published when it may go out")
    if story.status == "retracted":
        return Held(
            "its status is retracted", "what was published before stays: it can't be retracted yet"
        )
    if story.embargo and (until := dates.stated_moment(story.embargo, zone)) > now:
        return Held(
            f"its embargo ends on {dates.for_people(story.embargo)}",
            "you need do nothing: the first publish after that lets it out",
            until,
        )
    return None


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


def future_capture(reading: Reading, path: str, today: date) -> str:
    """A line on the capture date of ``reading`` if that is after ``today``; else empty."""
    if reading.captured is None or reading.captured.day <= today:
        return ""
    return describe(
        f"the capture date {reading.captured.iso} is in the future and not used",
        file=path,
        line=reading.captured_evidence.line if reading.captured_evidence else 0,
        remedy="correct it",
    )


def _is_future(stated: StatedDate, now: datetime, zone: ZoneInfo) -> bool:
    return _begins(stated, zone) > now


def recognise(
    story: Story,
    by_page: Entry | None,
    by_story: Entry | None,
    moments: Moments,
    *,
    alone: bool = False,
) -> Verdict:
    """What ``story`` is, given the entries that its aliases name.

    ``by_page`` is the entry last made of the same page's article, ``by_story`` the one
    of the same headline and day (or, undated, of the same headline and opening);
    ``alone`` says that no other page there holds the latter.
    """
    if by_page is not None and _same_page_again(story, by_page):
        return _compare(story, by_page, moments, "the same page again")
    if by_story is not None:
        if story.kind == "headline":
            return Same(by_story, "a headline that is known")
        if by_story.kind == "headline":
            return _compare(story, by_story, moments, "the text of a headline that is known")
        if alone:
            return _compare(story, by_story, moments, "the same article on a page of another name")
        return Same(by_story, "the same article is known from another page")
    if by_page is not None:
        return New("the page now holds another story")
    return New("never seen before")


def claimed(story: Story, entry: Entry, moments: Moments) -> Verdict:
    """What ``story`` is, whose page says that it has the id of ``entry``."""
    return _compare(story, entry, moments, "the id that its page claims")


def understood(story: Story, entry: Entry) -> Entry:
    """``entry`` as its page is read now, its moments and its id as they were."""
    return _shown(entry, story)


def enter(story: Story, entry_id: EntryId, moments: Moments) -> Entry:
    """The entry of a story that is new."""
    entry = Entry(
        id=entry_id,
        kind=story.kind,
        title=story.title,
        entered=moments.now,
        updated=moments.published or moments.captured or moments.now,
        stated=story.published,
        published=moments.published,
        captured=moments.captured if story.kind == "article" else None,
        rank=moments.rank,
    )
    return _shown(entry, story)


def _compare(story: Story, entry: Entry, moments: Moments, why: str) -> Verdict:
    candidate = _shown(entry, story)
    if story.published not in {None, entry.stated} and entry.kind == "article":
        candidate = msgspec.structs.replace(
            candidate,
            stated=story.published,
            published=moments.published,
            updated=max(entry.updated, moments.published or entry.updated),
        )
    if _substance(candidate) != _substance(entry):
        later = max(moments.now, entry.updated)
        return Corrected(
            msgspec.structs.replace(candidate, updated=later), f"{why}: its words changed"
        )
    if msgspec.structs.replace(candidate, evidence=entry.evidence) == entry:
        return Same(candidate, why)
    return Corrected(candidate, f"{why}: its looks or its date changed")


def _shown(entry: Entry, story: Story) -> Entry:
    """``entry`` with everything that the page of ``story`` says outright."""
    return msgspec.structs.replace(
        entry,
        kind=story.kind,
        title=story.title,
        authors=story.authors,
        summary=story.summary or markup.summary(story.paragraphs),
        # who hasn't paid gets the summary alone
        content="" if story.access == "paid" else _content(story),
        url=story.url,
        language=story.language,
        categories=story.categories,
        image=story.image,
        evidence=story.evidence,
    )


def _content(story: Story) -> str:
    return story.content or markup.from_paragraphs(story.paragraphs)


def _substance(entry: Entry) -> tuple[str, str]:
    return words(entry.title), words(markup.plain(entry.content) or entry.summary)


def reads_as(story: Story, entry: Entry) -> bool:
    """Whether ``story`` says what ``entry`` does, word for word."""
    return _substance(_shown(entry, story)) == _substance(entry)


def _same_page_again(story: Story, entry: Entry) -> bool:
    before = {words(text) for text in markup.blocks(entry.content)}
    after = {words(text) for text in story.paragraphs}
    shared = before & after
    if words(story.title) == words(entry.title):
        # a column keeps its headline from day to day
        another_day = story.published and entry.stated and story.published.day != entry.stated.day
        if not another_day:
            return True
    if entry.kind == "article" and not entry.content:
        return words(_shown(entry, story).summary) == words(entry.summary)
    return 2 * len(shared) >= max(len(before), len(after), 1)
