"""Feeds for categories, languages, authors that occur: which there are, and what belongs in them.

Rules
- A section's name is ASCII and follows from its category, language or author alone: spellings
  that come to the same name are one section. What has no letter or digit makes none.
- A section that was once made stays, with or without stories; no more than ``MOST`` are made.
  A configured feed of the same name takes its place.
- It shows as many entries, of the same kinds and with as much of their text, as the first feed.
- An entry without a language is in the site's.
- Once sections of a kind are switched off, their names are those of feeds that are gone.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from feeds.model import Entry
from feeds.newsroom.site import Feed, Section, SectionKind, Site
from feeds.text import languages as known_languages

MOST = 200
"""More than a newsroom has categories; whoever has more uses them as keywords."""
_LONGEST = 50
_DIGEST = 8
_APOSTROPHES = re.compile("['`\u00b4\u02b9\u02bb\u02bc\u2018\u2019]")
_OTHERS = re.compile("[^a-z0-9]+")

NARROWING = (
    "exclude_categories", "exclude_authors", "exclude_keywords", "exclude_paths", "access",
    "require", "min_text",
)  # fmt: skip
"""Of the main feed, what keeps stories out of sections as well."""


class Occurring(NamedTuple):
    """That something is in a section, or would be, if ``name`` is empty: none can be made.

    ``is_former``: the section has another spelling of the language, and is not begun any more.
    """

    name: str
    kind: SectionKind
    value: str
    is_former: bool = False


def sections_of(entry: Entry, site: Site) -> list[Feed]:
    """The section feeds of ``site``, as published, that ``entry`` belongs to, or would if shown."""
    found = occurring(entry.categories, entry.authors, entry.language, site.language)
    names = {item.name for item in found}
    return [feed for feed in site.feeds if feed.section and feed.name in names]


def occurring(
    categories: Iterable[str], authors: Iterable[str], language: str | None, default: str
) -> list[Occurring]:
    """The sections of an entry with these; ``default`` is the site's language."""
    tag = language or default
    found = [Occurring(name_of("category", text), "category", text) for text in categories]
    found += [Occurring(name_of("author", text), "author", text) for text in authors]
    today = known_languages.known_language(tag) or tag
    own = Occurring(name_of("language", today), "language", today)
    former = [name_of("language", text) for text in (tag, *known_languages.spellings(today))]
    return [
        *found,
        own,
        *(Occurring(name, "language", tag, True) for name in former if name != own.name),
    ]


@functools.lru_cache(maxsize=4096)
def name_of(kind: SectionKind, value: str) -> str:
    """The name of a section's feed, fit for a URL; empty if nothing of ``value`` is."""
    text = unicodedata.normalize("NFC", value.casefold())
    if not text.isascii():
        import anyascii  # late: most need none of it

        text = anyascii.anyascii(text)
    slug = _OTHERS.sub("-", _APOSTROPHES.sub("", text).lower()).strip("-")
    if len(slug) > _LONGEST:
        digest = hashlib.sha256(slug.encode()).hexdigest()[:_DIGEST]
        slug = f"{slug[: _LONGEST - _DIGEST - 1].rstrip('-')}-{digest}"
    return f"{kind}-{slug}" if slug else ""


def new_section(name: str, kind: SectionKind, value: str) -> Section:
    """A section that was not there before."""
    return Section(name, kind, value, _own_name(value) if kind == "language" else value)


def _own_name(value: str) -> str:
    """What a language is called in itself, as far as that is known."""
    from babel import Locale, UnknownLocaleError  # late: only a new language needs it

    try:
        name = Locale.parse(value, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return value
    return f"{name[0].upper()}{name[1:]}" if name else value


def widened(site: Site, known: Sequence[Section]) -> Site:
    """``site`` with feeds for the sections that are ``known``; those that it has not are gone."""
    own = configured(site)
    taken = {name for feed in own.feeds for name in (feed.name, *feed.former_names)}
    left = [section for section in known if section.name not in taken | set(own.gone)]
    there = [section for section in left if section.kind in site.section_kinds]
    gone = (*own.gone, *(section.name for section in left if section not in there))
    feeds = (*own.feeds, *(_feed(own, section) for section in there))
    return msgspec.structs.replace(own, feeds=feeds, gone=gone)


def configured(site: Site) -> Site:
    """``site`` with the feeds that somebody wrote down alone."""
    feeds = tuple(feed for feed in site.feeds if feed.section is None)
    return msgspec.structs.replace(site, feeds=feeds)


def _feed(site: Site, section: Section) -> Feed:
    """The feed of ``section``, which shows nothing that the main one is not to show."""
    main = site.feeds[0]
    languages: tuple[str, ...] = ()
    if section.kind == "language":
        is_default = known_languages.folded(site.language) == known_languages.folded(section.value)
        languages = (section.value, "") if is_default else (section.value,)
    return Feed(
        name=section.name,
        title=f"{site.title}: {section.label}",
        limit=main.limit,
        content=main.content,
        kinds=main.kinds,
        languages=languages,
        section=section,
        **{name: getattr(main, name) for name in NARROWING},
    )
