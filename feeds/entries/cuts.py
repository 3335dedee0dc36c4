"""Headlines that are visibly cut short, and which whole ones they may be.

Rules
- Only what ends in an ellipsis is the beginning of another, however alike headlines look.
- The same link says that it is so. Without one a cut headline of five words or more is the only
  story of its day that begins so; of two none is taken, whichever of the three came first.
- Of an erased story a fingerprint of its first words stays, so that no cut headline brings it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from feeds.entries import clocks, identity
from feeds.entries.similarity import same_language
from feeds.model import Entry, StatedDate, Story
from feeds.text import urls
from feeds.text.ellipses import stem
from feeds.text.words import words


def begins(cut: str, whole: str) -> bool:
    """Whether ``cut``, a headline that was cut short, is the beginning of ``whole``."""
    beginning, told = words(stem(cut)), words(whole)
    return bool(beginning) and told.startswith(beginning) and told != beginning


def may_be_one(one: str, other: str) -> bool:
    """Whether one of two headlines is the cut beginning of the other, and has words enough."""
    return any(
        begins(cut, whole) and identity.distinctive(stem(cut))
        for cut, whole in ((one, other), (other, one))
    )


def begins_erased(cut: str, gone: Entry) -> bool:
    """Whether ``cut``, a headline that was cut short, may be the beginning of the erased one."""
    beginning = stem(cut)
    return identity.distinctive(beginning) and identity.beginning(beginning) in gone.trace


def only_one(story: Story, entries: Iterable[Entry], zone: ZoneInfo) -> Entry | None:
    """The one of ``entries`` that has the whole headline of ``story``, or its beginning.

    None if there is none, or more than one. What was merged into another is not asked beside that;
    if one is taken back, it is that one: nothing else is lost, and it doesn't come back.
    """
    found = [entry for entry in entries if _is_other_form(story, entry, zone)]
    if gone := [entry for entry in found if entry.hidden in {"retracted", "erased"}]:
        return gone[0]
    found = [entry for entry in found if entry.hidden != "merged"] or found[:1]
    return found[0] if len(found) == 1 else None


def is_contested(
    story: Story, entry: Entry, others: Iterable[Story | Entry], zone: ZoneInfo
) -> bool:
    """Whether the one of ``story`` and ``entry`` that is cut may be one of ``others`` as well."""
    is_less = begins(story.title, entry.title)
    cut, whole = (story, entry.title) if is_less else (entry, story.title)
    return any(
        begins(cut.title, other.title)
        and not _is_same(whole, other.title)
        and clocks.same_day(_stated(cut), _stated(other), zone)
        and not are_apart(cut, other)
        for other in others
    )


def are_apart(one: Story | Entry, other: Story | Entry) -> bool:
    """Whether both have addresses of their own, and different ones."""
    if one.url is None or other.url is None:
        return False
    return urls.canonical(one.url) != urls.canonical(other.url)


def _is_same(one: str, other: str) -> bool:
    return words(one) == words(other) or begins(one, other) or begins(other, one)


def _stated(one: Story | Entry) -> StatedDate | None:
    return one.published if isinstance(one, Story) else one.stated


def _is_other_form(story: Story, entry: Entry, zone: ZoneInfo) -> bool:
    if not clocks.same_day(story.published, entry.stated, zone) or are_apart(story, entry):
        return False
    if entry.is_erased:
        return begins_erased(story.title, entry)
    is_same_language = same_language(story.language, entry.language)
    return is_same_language and may_be_one(story.title, entry.title)
