"""Lists on pages, and how much of them there is room for.

Pure; room is in bytes of UTF-8.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import TypeVar

from feeds.model import Entry
from feeds.newsroom.site import Feed, SectionKind, Site
from feeds.text import markup
from feeds.web import i18n

_Shown = TypeVar("_Shown")
Days = list[tuple[date | None, list[Entry]]]
"""Stories under their days; None stands for those without a date."""

_AROUND_STORY = 250
_AROUND_FEED = 90
_AROUND_SECTION = 90
"""What a line has besides its words; seldom more."""
_LEAD, _BEGINNING = 140, 4000
"""In characters."""


def fitting(entries: Iterable[Entry], room: int) -> list[Entry]:
    """As many of ``entries`` as there is room for; one at least."""
    sized = [
        (
            _AROUND_STORY
            + _size(entry.title, entry.url or "", lead(entry), *entry.authors)
            + _size(*entry.categories[:1], (entry.image and entry.image.url) or ""),
            entry,
        )
        for entry in entries
    ]
    return _that_fit(sized, room) or [entry for _, entry in sized[:1]]


def lead(entry: Entry) -> str:
    """The first words of ``entry``, of whole words; empty if that says nothing but its headline."""
    words = " ".join(entry.summary.split())
    if words in entry.title:
        return ""
    if len(words) <= _LEAD:
        return words
    beginning = words[: _LEAD + 1].rpartition(" ")[0].rstrip(" ,;:–—-")
    # a full stop before it may be an abbreviation's: it says that there is more in either case
    return f"{beginning} …" if beginning else f"{words[:_LEAD]}…"


def led(days: Days, language: str) -> tuple[Days, str]:
    """``days`` as ``by_day`` has them, led by the story to be shown largest, and its id.

    It is of the first day, has a picture, and is in the site's ``language``; else nothing changes.
    """
    if not days:
        return days, ""
    (day, newest), *others = days
    fitting = (one for one in newest if one.image and one.language in {None, language})
    top = next(fitting, None)
    if top is None:
        return days, ""
    return [(day, [top, *(one for one in newest if one is not top)]), *others], top.id


def standfirst(entry: Entry) -> str:
    """What an editor says of ``entry`` above its text; empty if that is how the text begins."""
    if not entry.content:
        return ""
    words = " ".join(entry.summary.split())
    begins = " ".join(markup.plain(entry.content[:_BEGINNING]).split())
    return "" if words[:_LEAD].rstrip("…") in begins or words in entry.title else words


def wanted(feed: Feed, interface: str) -> list[str]:
    """What alone is in ``feed``, in words; nothing for one that has everything, or a section.

    Languages are called by the names that they have in ``interface``.
    """
    if feed.section:
        return []
    languages = [i18n.language(tag, interface) for tag in feed.languages if tag]
    lists = (feed.categories, languages, feed.authors, feed.keywords)
    return [", ".join(words) for words in lists if words]


def by_day(entries: Sequence[Entry]) -> Days:
    """``entries`` under the days that their pages state; those without a date at the end."""
    dated = sorted((entry for entry in entries if entry.stated), key=_day, reverse=True)
    found: Days = [(day, list(some)) for day, some in groupby(dated, _day)]
    undated = [entry for entry in entries if not entry.stated]
    return [*found, (None, undated)] if undated else found


def title(site: Site, feed: Feed) -> str:
    """The title of ``feed``, with its name behind it if another one of ``site`` has the same."""
    is_other = sum(other.title == feed.title for other in site.feeds) > 1
    return f"{feed.title} ({feed.name})" if is_other else feed.title


def feeds(some: Sequence[Feed], room: int) -> list[Feed]:
    """As many of ``some`` as there is room for by their titles alone."""
    return _that_fit(((_AROUND_FEED + _size(feed.title, feed.name), feed) for feed in some), room)


def sections(
    site: Site, filled: Collection[str], room: int
) -> list[tuple[SectionKind, list[Feed]]]:
    """The sections of ``site`` by their kind and title, as many as fit into ``room`` for each.

    Those that came first are among them, and none but those that are ``filled``.
    """
    kinds: tuple[SectionKind, ...] = ("category", "author", "language")
    found = []
    for kind in kinds:
        of_kind = [
            (_AROUND_SECTION + _size(feed.section.label, feed.name), feed)
            for feed in site.feeds
            if feed.section and feed.section.kind == kind and feed.name in filled
        ]
        if some := _that_fit(of_kind, room):
            found.append((kind, sorted(some, key=lambda feed: feed.title.casefold())))
    return found


def _that_fit(sized: Iterable[tuple[int, _Shown]], room: int) -> list[_Shown]:
    found = []
    for size, shown in sized:
        room -= size
        if room < 0:
            break
        found.append(shown)
    return found


def _size(*words: str) -> int:
    return sum(len(word.encode()) for word in words)


def _day(entry: Entry) -> date:
    return entry.stated.day if entry.stated else date.min
