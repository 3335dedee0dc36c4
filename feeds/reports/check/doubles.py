"""What may be one story: entries that are alike, share an address, or lead to each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from feeds.entries import identity, recognise
from feeds.entries.identity import url_names
from feeds.entries.similarity import same_language
from feeds.ledger import aliases, briefs, decisions, integrity, readings
from feeds.ledger import holds as held_stories
from feeds.ledger.engines import restore_in
from feeds.model import Entry, EntryId, Reading, Story
from feeds.model.names import Alias
from feeds.model.problem import Problem
from feeds.model.watching import Watch
from feeds.newsroom.site import Site
from feeds.reports import lookalikes
from feeds.reports.lookalikes import Brief, Pair
from feeds.reports.problems import Found
from feeds.text import dates, urls

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOST_AT_ADDRESS = 20


class Survey(NamedTuple):
    """What one look at the entries brings: of those shown, what is needed to compare them.

    ``addressed`` has what is at each URL; not ``is_whole``: only the newest were looked at, and
    others that have their headline or address.
    """

    briefs: list[Brief]
    addressed: dict[str, list[Brief]]
    damaged: list[Problem]
    is_whole: bool


def survey(connection: Connection, site: Site, most: int | None) -> Survey:
    """Looks once at the ``most`` newest entries, or at every one."""
    start = briefs.boundary(connection, most) if most is not None else 0
    found = Survey([], {}, [], not start)
    for brief in briefs.repeating(connection, start):
        _add(found, brief, site)
    for name, entry, problem in integrity.each_entry(connection, start):
        if entry is None:
            what = f"this entry is damaged: {problem}"
            remedy = restore_in(connection)
            found.damaged.append(Problem("entry-damaged", what, remedy=remedy, file=name))
        elif not entry.hidden:
            _add(found, entry, site)
    return found


def _add(found: Survey, entry: Entry | briefs.Brief, site: Site) -> None:
    day = entry.stated.day if entry.stated else None
    live = entry.standing != "archived"
    brief = Brief(entry.id, entry.hash, entry.title, day, entry.language, live)
    found.briefs.append(brief)
    if entry.url:
        url = urls.canonical(urls.rewritten(entry.url, site.former_urls, site.site_url))
        found.addressed.setdefault(url, []).append(brief)


def shared_urls(connection: Connection, found: Survey) -> Iterator[Found]:
    """Entries that are at the same address: a reader opens one, and finds the other.

    But not those that somebody keeps apart.
    """
    apart = decisions.kept_apart(connection)
    for url, items in found.addressed.items():
        pair = _first_pair(items, apart)
        if pair is not None:
            named = ", ".join(f"{brief.hash} '{brief.title}'" for brief in items[:5])
            what = f"{len(items)} entries are at this address: {named}"
            one, other = (brief.hash for brief in pair)
            remedy = (
                f"if they are one story: feeds merge {one} {other}; "
                "else give each an address of its own: feeds correct ENTRY --url URL, "
                f"or say that it is theirs: feeds keep-apart {one} {other}"
            )
            yield (
                "warning",
                Problem("shared-url", what, remedy=remedy, file=url, entries=(one, other)),
            )


def _first_pair(
    items: Sequence[Brief], apart: Collection[frozenset[EntryId]]
) -> tuple[Brief, Brief] | None:
    """The first two of ``items`` that are not kept apart; of many the first are looked at."""
    pairs = combinations(items[:_MOST_AT_ADDRESS], 2)
    ids = ((pair, frozenset(EntryId(one.id) for one in pair)) for pair in pairs)
    return next((pair for pair, named in ids if named not in apart), None)


def same_stories(connection: Connection, found: Survey, watch: Watch) -> Iterator[list[Found]]:
    """Entries that may be one story, but those of which somebody decided already.

    Then, apart, that there are too many to compare them all.
    """
    decided = decisions.paired(connection)
    pairs, whole = lookalikes.pairs(found.briefs, watch=watch)
    yield [
        ("hint", _same_story(pair))
        for pair in pairs
        if frozenset((pair.keep.id, pair.duplicate.id)) not in decided
    ]
    if not (whole and found.is_whole):
        what = "there are more entries than can be compared; the oldest were not"
        yield [("hint", Problem("too-many-to-compare", what))]


def _same_story(pair: Pair) -> Problem:
    keep, other = (
        f"'{brief.title}' ({brief.day or 'undated'})" for brief in (pair.keep, pair.duplicate)
    )
    names = (pair.keep.hash, pair.duplicate.hash)
    return Problem(
        "same-story",
        f"are these one story ({pair.why})? {keep} and {other}",
        remedy=f"feeds merge {' '.join(names)}; if not: feeds keep-apart {' '.join(names)}",
        file=" and ".join(names),
        entries=names,
    )


def fights(connection: Connection, site: Site, read: Iterable[Reading]) -> Iterator[Found]:
    """Articles whose names (path, address, headline) lead to different entries."""
    waiting = set(readings.pending(connection))
    held = {(story.path, story.line) for story in held_stories.everywhere(connection)}
    decided = [
        (reading.page, reading.article, _names(site, reading.page, reading.article))
        for reading in read
        if reading.article
        and reading.page not in waiting
        and (reading.page, reading.article.line) not in held
    ]
    everything = {name for _, _, named in decided for kind in named.values() for name in kind}
    ids = aliases.ids_named(connection, everything)
    apart = decisions.kept_apart(connection)
    for page, article, named in decided:
        names = [name for kind in named.values() for name in kind]
        if len({ids[name] for name in names if name in ids}) > 1:
            found = aliases.entries_named(connection, names)
            leading = _unless_apart(_leading(article, named, found), apart)
            yield from _fight(page, article, leading, dates.zone(site.timezone))


def _names(site: Site, path: str, article: Story) -> dict[str, tuple[Alias, ...]]:
    """What an article is called, by kind."""
    url = article.url
    is_home = url is not None and urls.is_home(url, site.site_url, site.former_urls)
    return {
        "path": (identity.page_alias(path),),
        "address": url_names(site, url) if url and not is_home else (),
        "headline": (
            identity.story_alias(article),
            identity.story_alias(article, article.language or site.language),
        ),
    }


def _leading(
    article: Story, named: Mapping[str, tuple[Alias, ...]], found: Mapping[Alias, Entry]
) -> dict[str, Entry]:
    """The entry that each kind of name leads to, of those that readers are shown."""
    leading: dict[str, Entry] = {}
    for kind, names in named.items():
        for name in names:
            entry = found.get(name)
            if entry and not entry.hidden and same_language(entry.language, article.language):
                leading.setdefault(kind, entry)
    return leading


def _unless_apart(
    leading: dict[str, Entry], apart: Collection[frozenset[EntryId]]
) -> dict[str, Entry]:
    """``leading`` without what somebody keeps apart from the first of them."""
    first = next(iter(leading.values()), None)
    return {
        kind: entry
        for kind, entry in leading.items()
        if first and frozenset((first.id, entry.id)) not in apart
    }


def _fight(
    page: str, article: Story, leading: Mapping[str, Entry], zone: ZoneInfo
) -> Iterator[Found]:
    first_kind = next(iter(leading), "")
    for kind, entry in leading.items():
        first = leading[first_kind]
        if entry.id == first.id:
            continue
        what = (
            f"the {first_kind} of '{article.title}' leads to {first.hash}, "
            f"its {kind} to {entry.hash} '{entry.title}'"
        )
        # what entered first has the id that readers have known for longer
        older, newer = sorted((first, entry), key=lambda one: (one.entered, one.id))
        named: tuple[str, ...] = (older.hash, newer.hash)
        remedy = (
            f"if they are one story: feeds merge {' '.join(named)}; "
            f"if they are two: feeds keep-apart {' '.join(named)}"
        )
        if kind == "address" and not recognise.is_still(article, entry, zone):
            named, remedy = (), "give each story an address of its own, or none"
        problem = Problem("names-lead-apart", what, remedy=remedy, entries=named)
        yield "warning", problem.at(page, article.line)
