"""What a story is to the ledger: new, the same, corrected or enriched.

Rules
- Pure: what the ledger knows and the time are arguments, and every verdict says why.
- A URL and a page's path alone recognise nothing: a file that is saved over with another story
  every day holds a new story every day. They count only with a near-equal headline of the same
  day, or with half of the paragraphs.
- Under one link, of one day, a headline is that of the article in other words; no text is there
  to tell. A headline that was cut short is the whole one, also without a link (``cuts``).
- A headline that is distinctive joins the one article, or the one day, that can be meant. Where
  two can be, there are two entries: a wrong merge destroys a story, a missed one does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from feeds.entries import clocks, erasure, identity
from feeds.entries.cuts import are_apart, begins
from feeds.entries.similarity import alike, near_equal, nearly_same, same_language, share_half
from feeds.entries.verdicts import (
    IMPORTED,
    Enriched,
    Moments,
    New,
    Same,
    Verdict,
    compare,
    day_of,
    redated,
    understood,
)
from feeds.model import Entry, StatedDate, Story
from feeds.text import markup, urls
from feeds.text.ellipses import is_cut
from feeds.text.words import words

_APART = "the text of a story that is kept apart from the one of this headline"
_ABOUT = timedelta(days=1)


class Known(NamedTuple):
    """The entries that could be a story, each by the name that led to it.

    ``page``: the article of its page so far; ``url``: of its URL, and ``linked`` too, if no other
    story has that; ``headline``: of its headline and day, or opening; ``headed``: all of the same
    distinctive headline, whatever their day; ``replaced``: what stood in its place when a list was
    last seen; ``cut``: the one of its day of whose headline its own is the beginning, cut short, or
    the other way round; ``apart``: what somebody said is another story than one of these.
    """

    page: Entry | None = None
    url: Entry | None = None
    linked: Entry | None = None
    headline: Entry | None = None
    headed: Sequence[Entry] = ()
    replaced: Entry | None = None
    cut: Entry | None = None
    apart: Sequence[Entry] = ()


def recognise(story: Story, known: Known, moments: Moments, *, alone: bool = True) -> Verdict:
    """What ``story`` is, given what the ledger knows.

    ``alone`` says that no other page that is there holds the same article.
    """
    if story.kind == "headline":
        return _headline(story, known, moments)
    for name, entry, why in accepted(story, known, moments.zone):
        if name != "headline" or entry.kind == "headline":
            return compare(story, entry, moments, why)
        if alone:
            return compare(story, entry, moments, "the same article on a page of another name")
        return Same(entry, "the same article is known from another page")
    if joined := _joined(story, known, moments):
        return joined
    if known.page is not None or known.url is not None:
        return New("the page now holds another story")
    return New("never seen before")


class Accepted(NamedTuple):
    """An entry that a story may be, and the name in ``Known`` that led to it."""

    name: str
    entry: Entry
    why: str


def accepted(story: Story, known: Known, zone: ZoneInfo) -> list[Accepted]:
    """The entries that an article's own names lead to and that it may be, strongest first.

    If they are more than one, its names fight, and only the first counts.
    """
    found: list[Accepted] = []
    # what is taken back needs no words
    is_retracted = story.status == "retracted"
    if known.url is not None and (is_retracted or is_still(story, known.url, zone)):
        found.append(Accepted("url", known.url, "the URL of a story that is known"))
    elif known.linked is not None and is_reworded(story, known.linked, zone):
        found.append(Accepted("url", known.linked, "the link of a headline of its day"))
    if known.page is not None and (is_retracted or is_still(story, known.page, zone)):
        found.append(Accepted("page", known.page, "the same page again"))
    found += [Accepted("apart", entry, _APART) for entry in _apart_by_text(story, known)]
    if known.headline is not None and _same_story(story, known.headline):
        found.append(Accepted("headline", known.headline, "the text of a headline that is known"))
    if known.cut is not None and known.cut.kind == "headline":
        found.append(Accepted("cut", known.cut, "the text of a headline that was cut short"))
    return found


def _apart_by_text(story: Story, known: Known) -> list[Entry]:
    """Of what is kept apart from the candidates, what has the text of ``story``, as they don't."""
    found = (known.url, known.linked, known.headline, known.cut, *known.headed)
    candidates = [one for one in found if one]
    apart = [one for one in known.apart if not one.hidden and one.content]
    if not apart or any(_halves(story, one) for one in candidates if one not in apart):
        return []
    return [one for one in apart if _halves(story, one)]


def is_still(story: Story, entry: Entry, zone: ZoneInfo) -> bool:
    """Whether ``story``, found under the path or the URL of ``entry``, still is that story.

    ``zone`` is the newsroom's.
    """
    if not same_language(story.language, entry.language):
        return False
    if entry.hidden == "erased" and not entry.trace:
        return True  # it was restored, and its page is read anew
    if entry.hidden == "erased":
        return erasure.is_trace_of(story, entry)
    before = markup.blocks(entry.content)
    halved = share_half(before, story.paragraphs)
    if begins(story.title, entry.title) or begins(entry.title, story.title):
        return (
            halved
            or not (story.published and entry.stated)
            or clocks.same_day(story.published, entry.stated, zone)
        )
    if near_equal(entry.title, story.title):
        if (
            story.published
            and entry.stated
            and not clocks.same_day(story.published, entry.stated, zone)
        ):
            # a column keeps its headline from day to day
            return halved or nearly_same(before, story.paragraphs)
        return halved or identity.distinctive(story.title) or alike(before, story.paragraphs)
    if entry.kind == "article" and not entry.content and entry.summary:
        return words(understood(story, entry).summary) == words(entry.summary)
    return halved


def is_reworded(story: Story, entry: Entry, zone: ZoneInfo) -> bool:
    """Whether ``story``, under the link of ``entry`` alone, is that story in other words.

    Of two articles it is the text that tells (``is_still``). A site's link is no story's, and two
    places on one page are two links.
    """
    if "headline" not in (story.kind, entry.kind) or not story.url or urls.is_site(story.url):
        return False
    if entry.url and urls.place(story.url) != urls.place(entry.url):
        return False
    return same_language(story.language, entry.language) and clocks.same_day(
        story.published, entry.stated, zone
    )


def _same_story(story: Story, entry: Entry) -> bool:
    """Whether an article of the headline and the day of ``entry`` is the same story."""
    if not same_language(story.language, entry.language):
        return False
    if entry.kind == "headline" or entry.hidden:
        return True
    if identity.distinctive(story.title) and not are_apart(story, entry):
        return True
    return alike(markup.blocks(entry.content), story.paragraphs)


def _joined(story: Story, known: Known, moments: Moments) -> Verdict | None:
    """What an article is by its headline alone; None if nothing, or more than one, fits."""
    headed = [entry for entry in known.headed if same_language(story.language, entry.language)]
    if story.published is None:
        day = day_of(moments.captured, moments)
        dated = [entry for entry in headed if entry.stated and not _after(entry.stated, day)]
        if len(dated) == 1 and (dated[0].kind == "headline" or _halves(story, dated[0])):
            return compare(story, dated[0], moments, "the headline of a list, which gives its day")
    loaded = [entry for entry in headed if _is_teaser(story, entry, moments)]
    if len(loaded) == 1:
        return compare(story, loaded[0], moments, "the headline of a feed that was taken over")
    undated = [entry for entry in headed if entry.stated is None and _halves(story, entry)]
    if len(undated) == 1:
        return compare(story, undated[0], moments, "the same headline and half of the text")
    return None


def _is_teaser(story: Story, entry: Entry, moments: Moments) -> bool:
    """Whether ``entry`` came with a feed, about the day of ``story``, and has no page yet."""
    source = entry.evidence.get("title")
    if source is None or not source.file.startswith(IMPORTED) or are_apart(story, entry):
        return False
    day = story.published.day if story.published else day_of(moments.captured, moments)
    known = entry.stated.day if entry.stated else day_of(entry.captured, moments)
    if story.published is None or entry.stated is None or day is None or known is None:
        return True
    return abs(day - known) <= _ABOUT


def _halves(story: Story, entry: Entry) -> bool:
    before = markup.blocks(entry.content)
    if entry.standing == "loaded" and alike(before, story.paragraphs):
        return True  # feeds often have no more than the beginning of a text
    return share_half(before, story.paragraphs)


def _headline(story: Story, known: Known, moments: Moments) -> Verdict:
    """What a line of a list is."""
    entry = known.headline
    if entry is not None and entry.hidden == "erased" and not (entry.trace or entry.title):
        return compare(story, entry, moments, "it was restored, and is read anew")
    if entry is not None and same_language(story.language, entry.language):
        return _completed(story, entry, moments, "a headline that is known")
    for name, other, why in (
        ("url", known.url, "the URL of a story that is known"),
        ("linked", known.linked, "the link of a story of its day"),
        ("replaced", known.replaced, "it stands where a headline stood that is now gone"),
        ("cut", known.cut, "a headline of its day, cut short"),
    ):
        if other is None or not same_language(story.language, other.language):
            continue
        if name == "url" and not is_still(story, other, moments.zone):
            continue
        if name == "linked" and not is_reworded(story, other, moments.zone):
            continue
        is_less = is_cut(story.title) and (
            begins(story.title, other.title) or not is_cut(other.title)
        )
        if other.kind == "article" or other.hidden or is_less:
            return _completed(story, other, moments, why)
        return compare(story, other, moments, why)
    headed = [item for item in known.headed if same_language(story.language, item.language)]
    undated = [item for item in headed if item.kind == "article" and item.stated is None]
    if story.published and len(undated) == len(headed) == 1:
        article = undated[0]
        if _may_date(story, article, moments):
            dated = msgspec.structs.replace(
                _dated(article, story, moments), rank=moments.rank, url=article.url or story.url
            )
            return Enriched(dated, "a list has its headline and its day")
    return New("never seen before")


def _completed(story: Story, entry: Entry, moments: Moments, why: str) -> Verdict:
    """``entry``, with the link and the clock that a list gives it if it has none."""
    made = entry
    if story.url is not None and entry.url is None and not entry.hidden:
        evidence = {**entry.evidence, "url": story.evidence["url"]}
        made = msgspec.structs.replace(entry, url=story.url, evidence=evidence)
        why = "a list has its link"
    if entry.kind == "article" and begins(entry.title, story.title):
        evidence = {**made.evidence, "title": story.evidence["title"]}
        updated = max(moments.now, entry.updated)
        made = msgspec.structs.replace(made, title=story.title, updated=updated, evidence=evidence)
        why = "a list has the whole headline"
    if entry.kind == "article" and entry.stated is None and _may_date(story, entry, moments):
        made = msgspec.structs.replace(_dated(made, story, moments), rank=moments.rank)
        why = "a list has its day"
    elif redated(story, entry, moments):
        made = _dated(made, story, moments)
        why = "a list has its clock"
    return Same(entry, why) if made is entry else Enriched(made, why)


def _dated(entry: Entry, story: Story, moments: Moments) -> Entry:
    """``entry`` with the day, or the clock, that a list gives."""
    evidence = {**entry.evidence}
    if "published" in story.evidence:
        evidence["published"] = story.evidence["published"]
    return msgspec.structs.replace(
        entry,
        stated=story.published,
        published=moments.published,
        updated=max(entry.updated, moments.published or entry.updated),
        evidence=evidence,
    )


def _may_date(story: Story, article: Entry, moments: Moments) -> bool:
    """Whether the date of ``story`` may be that of ``article``: not after its page was saved."""
    if story.published is None:
        return False
    return not _after(story.published, day_of(article.captured, moments))


def _after(stated: StatedDate, day: date | None) -> bool:
    return day is not None and stated.day > day
