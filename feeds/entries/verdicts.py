"""What became of an entry: the same, corrected, enriched; and what a new one begins as.

Rules
- A published moment moves only if its date is corrected, or if the clock of its day becomes known,
  from a list too; the day of a known clock corrects nothing. A list corrects no date, and the clock
  of an article counts more than that of a list.
  ``updated`` moves when words of the title or the text changed, or a text arrived for a headline,
  and is never before ``published``.
- What another page gave (a list the date, a list or an older feed the link) stays until a page
  says otherwise; evidence says which.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from feeds.entries import clocks, identity
from feeds.entries.cuts import begins
from feeds.entries.paid import is_reworded, paid_text
from feeds.model import Entry, EntryId, Story
from feeds.text import dates, markup

LISTED = "the link of a line in a list"
"""The rule of evidence for a URL that a list gave."""
IMPORTED = "imported/"
"""Where evidence is for what came with a feed that was taken over."""
_FROM_ELSEWHERE = (
    "url", "language", "authors", "author_urls", "categories", "tags", "image", "enclosures",
    "translations",
)  # fmt: skip


_UTC = ZoneInfo("UTC")


class Moments(NamedTuple):
    """When a story is placed; all aware and in UTC, None for unknown. ``zone``: the newsroom's."""

    now: datetime
    published: datetime | None
    captured: datetime | None
    rank: int
    zone: ZoneInfo = _UTC


class Same(NamedTuple):
    """Known, and nothing that readers see has changed; ``entry`` has the newest evidence."""

    entry: Entry
    why: str


class Corrected(NamedTuple):
    """Known; ``entry`` is what it is from now on. ``reworded``: its words say something else."""

    entry: Entry
    why: str
    reworded: bool = False


class Enriched(NamedTuple):
    """Known in part: a headline that gets its article, or an article its date or its link."""

    entry: Entry
    why: str


class New(NamedTuple):
    """Not known: to be minted an id, and entered."""

    why: str


Verdict = Same | Corrected | Enriched | New


def enter(story: Story, entry_id: EntryId, moments: Moments) -> Entry:
    """The entry of a story that is new."""
    placed = moments.published or moments.captured or moments.now
    stated_update = dates.stated_moment(story.updated, moments.zone) if story.updated else placed
    entry = Entry(
        id=entry_id,
        kind=story.kind,
        title=story.title,
        entered=moments.now,
        updated=max(placed, stated_update) if stated_update <= moments.now else placed,
        stated=story.published,
        published=moments.published,
        captured=moments.captured if story.kind == "article" else None,
        rank=moments.rank,
        withdrawn=story.status == "retracted",
    )
    return understood(story, entry)


def compare(story: Story, entry: Entry, moments: Moments, why: str) -> Verdict:
    """``entry`` as ``story`` has it now, and what that changes."""
    if entry.is_erased:
        return Same(entry, f"{why}: it was erased")
    if story.status == "retracted" or (entry.withdrawn and story.kind == "headline"):
        gone = msgspec.structs.replace(entry, withdrawn=True)
        return Same(entry, why) if gone == entry else Corrected(gone, f"{why}: it is retracted")
    candidate = msgspec.structs.replace(understood(story, entry), withdrawn=False)
    if _is_whole_elsewhere(story, entry):
        evidence = {**candidate.evidence, "title": entry.evidence["title"]}
        candidate = msgspec.structs.replace(candidate, title=entry.title, evidence=evidence)
    if redated(story, entry, moments):
        candidate = msgspec.structs.replace(
            candidate,
            stated=story.published,
            published=moments.published,
            updated=max(entry.updated, moments.published or entry.updated),
        )
    source = entry.evidence.get("title")
    is_imported = source is not None and source.file.startswith(IMPORTED)
    is_other = identity.content_hash(candidate) != identity.content_hash(entry)
    if is_other or is_reworded(entry.paid, candidate.paid):
        if is_imported:  # its subscribers had it, in the words of the feed
            return Corrected(candidate, f"{why}: it came with a feed, and has its page now")
        candidate = msgspec.structs.replace(candidate, updated=max(moments.now, entry.updated))
        if entry.kind == "headline" and story.kind == "article":
            return Enriched(candidate, f"{why}: its text arrived")
        return Corrected(candidate, f"{why}: its words changed", reworded=True)
    if msgspec.structs.replace(candidate, evidence=entry.evidence) == entry:
        return Same(candidate, why)
    return Corrected(candidate, f"{why}: its looks or its date changed")


def _is_whole_elsewhere(story: Story, entry: Entry) -> bool:
    """Whether something else than the page of ``story`` has the whole of its headline."""
    own, known = story.evidence.get("title"), entry.evidence.get("title")
    if own is None or known is None or own.file == known.file:
        return False
    return begins(story.title, entry.title)


def redated(story: Story, entry: Entry, moments: Moments) -> bool:
    """Whether ``story`` states another date than ``entry`` has, or the clock of its day."""
    stated, known = story.published, entry.stated
    if stated is None or stated == known:
        return False
    if story.kind == "headline":
        return clocks.brings_clock(known, stated, moments.zone)
    if entry.kind == "headline" and not clocks.same_day(known, stated, moments.zone):
        return False
    if known is None:
        return True
    if clocks.is_clock(stated):
        return not clocks.repeats(known, stated, moments.zone)
    return stated.day not in {known.day, day_of(entry.published, moments)}


def understood(story: Story, entry: Entry) -> Entry:
    """``entry`` with all that the page of ``story`` says outright, its moments as they were."""
    # who hasn't paid gets what was written as a summary, and no word of the text
    is_paid = story.access == "paid"
    text = paid_text(story)
    made = msgspec.structs.replace(
        entry,
        kind="article" if entry.kind == "article" else story.kind,
        title=story.title,
        authors=story.authors,
        summary=story.summary or ("" if is_paid else markup.summary(story.paragraphs)),
        content="" if is_paid else _content(story),
        url=story.url,
        language=story.language,
        categories=story.categories,
        tags=story.tags,
        image=story.image,
        enclosures=() if is_paid else story.enclosures,
        author_urls=story.author_urls,
        translations=story.translations,
        access=story.access,
        paid=text.fingerprint if text else "",
        rights=story.rights,
    )
    evidence = dict(story.evidence)
    kept = {}
    for field in _FROM_ELSEWHERE:
        source = entry.evidence.get(field)
        lasts = source and (source.rule == LISTED or source.file.startswith(IMPORTED))
        if is_paid and field == "enclosures":
            continue
        if source and lasts and getattr(entry, field) and not getattr(made, field):
            kept[field] = getattr(entry, field)
            evidence[field] = source
    if story.published is None and entry.stated and "published" in entry.evidence:
        evidence["published"] = entry.evidence["published"]
    return msgspec.structs.replace(made, evidence=evidence, **kept)


def _content(story: Story) -> str:
    return story.content or markup.from_paragraphs(story.paragraphs)


def reads_as(story: Story, entry: Entry) -> bool:
    """Whether ``story`` says what ``entry`` does, word for word."""
    return identity.substance(understood(story, entry)) == identity.substance(entry)


def day_of(moment: datetime | None, moments: Moments) -> date | None:
    """The day of ``moment`` where the newsroom is."""
    return moment.astimezone(moments.zone).date() if moment else None
