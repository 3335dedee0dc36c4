"""The headlines of a page's list become entries, their order kept by their moments.

Rules
- Each line is one entry, whatever the page says of it twice.
- A headline that is not known may be a known one in other words. It is, only if it was replaced in
  place: between the same neighbours, of the same day, with the same digits, near-equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from feeds.entries import clocks, holds, identity, placing, recognise, similarity, verdicts
from feeds.entries.identity import url_names
from feeds.ledger.readings import Pending
from feeds.model import Entry, Evidence, Story
from feeds.model.names import Alias
from feeds.model.problem import Problem
from feeds.publish.effects import Effects
from feeds.publish.index import Index
from feeds.publish.moments import Seen
from feeds.publish.run import Run
from feeds.publish.verdicts import apply, by_cut_headline, by_headline, linked
from feeds.text import dates, urls


def decide_list(
    run: Run, index: Index, pending: Pending, found: list[Story], seen: Seen, *, fresh: bool
) -> None:
    """Enters the headlines in ``found``, newest first, as they were ``seen``.

    ``fresh``: for the first time.
    """
    unique = _unique(run, index, pending.path, found, fresh=fresh)
    named: dict[Alias, Story] = {}
    known: dict[Alias, Entry] = {}
    found_by_name = index.named(map(identity.story_alias, unique))
    for story in unique:
        name, entry = by_headline(run, index, story, found_by_name)
        named[name] = story
        if entry is not None:
            known[name] = entry
    replaced = _replaced(index, named, known)
    placed = _placed(run, seen, named, known | replaced)
    there = {entry.id for entry in known.values()}
    own_links = _own_links(unique)
    shown: list[Entry] = []
    for rank, (name, story) in enumerate(named.items(), start=1):
        now = seen.of_story(story, run.zone)
        when = verdicts.Moments(now, placed.get(name), None, rank, run.zone)
        links = url_names(run.site, story.url) if story.url else ()
        by_url = index.named(links)
        other = next((by_url[link] for link in links if link in by_url), None)
        is_own = links and links[0] in own_links and other and other.id not in there
        candidates = recognise.Known(
            url=other,
            linked=linked(run, index, story, other) if is_own else None,
            headline=known.get(name),
            headed=() if name in known else index.headed(story.title),
            replaced=replaced.get(name),
            cut=by_cut_headline(run, index, story, unique) if name not in known else None,
        )
        verdict = _not_before_embargo(run, index, recognise.recognise(story, candidates, when))
        names = {name: known[name]} if name in known else {}
        # an article's own address is not taken from it by a line that leads there
        own = [link for link in links[:1] if link not in by_url]
        shown.append(apply(run, index, pending.path, story, verdict, when, (name, *own), names))
    index.save_list(pending.path, list(dict.fromkeys(item.id for item in shown)))


def _own_links(stories: Sequence[Story]) -> set[Alias]:
    """The links that one of ``stories`` has alone, and that stand above no other's."""
    shown = Counter(urls.canonical(story.url) for story in stories if story.url)
    above = urls.above(shown)
    return {
        identity.url_alias(url) for url, times in shown.items() if times == 1 and url not in above
    }


def _unique(run: Run, index: Index, path: str, found: list[Story], *, fresh: bool) -> list[Story]:
    """The stories in ``found``, each once, with the addresses that they have now."""
    unique: dict[Alias, Story] = {}
    for story in found:
        first = unique.setdefault(identity.story_alias(story), story)
        if fresh and first.title != story.title:
            told = Problem(
                "list-repeated",
                f"'{story.title}' has the words and the day of line {first.line}, and is left out",
                story.line,
                "if it is another story, write it in other words",
                file=path,
            )
            index.add(Effects(notices=(told,)))
    return [_linked(run, story) for story in unique.values()]


def _linked(run: Run, story: Story) -> Story:
    if story.url is None:
        return story
    url = identity.story_url(run.site, story.url)
    if url is None:
        return msgspec.structs.replace(story, url=None)
    title = story.evidence["title"]
    evidence = {**story.evidence, "url": Evidence(title.file, title.line, verdicts.LISTED)}
    return msgspec.structs.replace(story, url=url, evidence=evidence)


def _replaced(
    index: Index, named: dict[Alias, Story], known: dict[Alias, Entry]
) -> dict[Alias, Entry]:
    """For headlines that are not known, the entries in whose places they stand."""
    names = list(named)
    there = {entry.id for entry in known.values()}
    found: dict[Alias, Entry] = {}
    for number, (name, story) in enumerate(named.items()):
        if name in known or story.published is None:
            continue
        above = known.get(names[number - 1]) if number else None
        below = known.get(names[number + 1]) if number + 1 < len(names) else None
        if (number and above is None) or (number + 1 < len(names) and below is None):
            continue
        stood = [
            entry
            for entry in index.stood_between(
                above.id if above else None, below.id if below else None, story.published.day
            )
            if entry.id not in there and _reworded(story, entry)
        ]
        if len(stood) == 1:
            found[name] = stood[0]
            there.add(stood[0].id)
    return found


def _reworded(story: Story, entry: Entry) -> bool:
    if entry.stated is None or story.published is None:
        return False
    if entry.is_erased:  # its words are not known any more: place and day must do
        return entry.stated.day == story.published.day
    return (
        entry.stated.day == story.published.day
        and (entry.url is None or story.url is None or entry.url == story.url)
        and similarity.same_language(entry.language, story.language)
        and similarity.near_equal(entry.title, story.title)
    )


def _placed(
    run: Run, seen: Seen, named: dict[Alias, Story], known: dict[Alias, Entry]
) -> dict[Alias, datetime]:
    """The moment of each headline, those of one day in the order of the list."""
    days: dict[date, list[Alias]] = {}
    for name, story in named.items():
        if story.published:
            days.setdefault(story.published.day, []).append(name)
    placed: dict[Alias, datetime] = {}
    for day, names in days.items():
        when = [_known_moment(run, named[name], known.get(name)) for name in names]
        now = seen.of_day(day, run.zone)
        made = placing.place(day, when, seen.modified, now, run.zone)
        placed |= zip(names, made, strict=True)
    return placed


def _known_moment(run: Run, story: Story, entry: Entry | None) -> datetime | None:
    stated = story.published
    if entry is not None and not clocks.brings_clock(entry.stated, stated, run.zone):
        return entry.published
    if stated is not None and stated.precision != "day":
        return dates.stated_moment(stated, run.zone)
    return None


def _not_before_embargo(run: Run, index: Index, verdict: verdicts.Verdict) -> verdicts.Verdict:
    """``verdict``; a clock that a list gives an article is not before what its page waited for."""
    if not isinstance(verdict, verdicts.Enriched) or verdict.entry.kind != "article":
        return verdict
    entry, published = verdict.entry, verdict.entry.published
    if published == index.entry(entry.id).published:
        return verdict
    for path in index.pages_of(entry.id):
        reading = index.reading(path)
        article = run.applied(reading).article if reading else None
        published = holds.released(published, article, run.zone) if article else published
    if published is None or published == entry.published:
        return verdict
    later = msgspec.structs.replace(
        entry, published=published, updated=max(entry.updated, published)
    )
    return verdict._replace(entry=later)
