"""What an article is called, and where it is read: the names by which the ledger may know it.

Rules
- A home page is nobody's address, and no two pages have one.
- Where the address that a captured page names is another's, the one that it came from counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from feeds.entries import identity, recognise
from feeds.entries.identity import url_names
from feeds.model import CAPTURED_FROM, Entry, Evidence, Story
from feeds.model.names import Alias
from feeds.model.problem import Problem
from feeds.newsroom import captured
from feeds.publish.effects import Effects
from feeds.publish.index import Index
from feeds.publish.run import Run
from feeds.publish.verdicts import by_cut_headline, by_headline, linked, local_alias


class Named(NamedTuple):
    """An article as it is decided, and the entries that its names lead to."""

    story: Story
    names: tuple[Alias, ...]
    found: Mapping[Alias, Entry]
    known: recognise.Known


def name_article(run: Run, index: Index, path: str, story: Story) -> Named:
    """What ``story`` is called, and what of these names the ledger knows."""
    story = _linked(run, index, path, story)
    page = identity.page_alias(path)
    links = url_names(run.site, story.url) if story.url else ()
    explicit = [identity.explicit_alias(story)] if story.id else []
    found = index.named([page, *links, *explicit, *_former(run, story)])
    story = _with_own_address(run, index, path, story, found)
    former = _former(run, story)
    links = url_names(run.site, story.url) if story.url else ()
    by_url = next((found[name] for name in links if name in found), None)
    by_former = (found[name] for name in former if name in found)
    before = next(
        (entry for entry in by_former if recognise.is_still(story, entry, run.zone)), None
    )
    former = [name for name in former if name not in found]
    by_url = by_url or before
    plain = identity.story_alias(story)
    found |= index.named([plain])
    name, entry = by_headline(run, index, story, found)
    local = [other] if (other := local_alias(run, story)) else []
    found |= index.named([name, *local])
    known = recognise.Known(
        page=found.get(page),
        url=by_url,
        linked=linked(run, index, story, by_url),
        headline=entry,
        headed=index.headed(story.title),
        cut=by_cut_headline(run, index, story) if by_url is None and entry is None else None,
    )
    candidates = (known.url, known.linked, entry, known.cut, *known.headed)
    known = known._replace(apart=index.kept_apart_from(candidates))
    names = (page, name, *local, *explicit, *links[:1], *former)
    return Named(story, names, found, known)


def _former(run: Run, story: Story) -> list[Alias]:
    """The names of where ``story`` was before."""
    return [name for url in story.former_urls for name in url_names(run.site, url)[:1]]


def _with_own_address(
    run: Run, index: Index, path: str, story: Story, found: Mapping[Alias, Entry]
) -> Story:
    """``story`` without an address that is another page's; ``found`` are the entries that it names.

    What a captured page came from takes the place of such an address, unless that is another's too.
    """
    names = url_names(run.site, story.url) if story.url else ()
    owner = next((found[name] for name in names if name in found), None)
    if owner is None or recognise.is_still(story, owner, run.zone):
        return story
    pages = index.pages_of(owner.id)
    is_own = any(page == path or captured.are_versions(page, path) for page in pages)
    if owner.kind != "article" or not pages or is_own:
        return story
    if captured.is_captured(path) and story.former_urls:
        source = Evidence(path, 0, CAPTURED_FROM)
        evidence = {**story.evidence, "url": source}
        own = msgspec.structs.replace(
            story, url=story.former_urls[-1], former_urls=(), evidence=evidence
        )
        return _with_own_address(run, index, path, own, found)
    told = Problem(
        "url-taken",
        f"'{story.url}' is the address of {pages[0]} already, and not used",
        story.evidence.get("url", story.evidence["title"]).line,
        "give each story an address of its own, or none",
        file=path,
    )
    index.add(Effects(notices=(told,)))
    return msgspec.structs.replace(story, url=None)


def _linked(run: Run, index: Index, path: str, story: Story) -> Story:
    """``story`` with its address where the site is now; a home page is nobody's address."""
    if story.url is None:
        return story
    url = identity.story_url(run.site, story.url)
    if url is None:
        told = Problem(
            "url-is-home",
            f"'{story.url}' is the home page, no story's address, and not used",
            story.evidence.get("url", story.evidence["title"]).line,
            "mend the page's canonical address, or state its url",
            file=path,
        )
        index.add(Effects(notices=(told,)))
    return msgspec.structs.replace(story, url=url)


def tell_of_fights(
    index: Index, path: str, story: Story, accepted: Sequence[recognise.Accepted]
) -> None:
    """Tells of an article whose names lead to different entries, those that are ``accepted``."""
    found = {entry.id: (entry, why) for _, entry, why in reversed(accepted)}
    first, *rest = reversed(found.values()) if found else [None]
    apart = {entry.id for entry in index.kept_apart_from([first[0]])} if first and rest else set()
    rest = [one for one in rest if one and one[0].id not in apart]
    if first and rest:
        told = Problem(
            "names-lead-apart",
            f"its names lead to '{first[0].title}' ({first[1]}), which counts, "
            f"and to '{rest[0][0].title}' ({rest[0][1]})",
            story.line,
            f"if they are one story: feeds merge {first[0].hash} {rest[0][0].hash}; "
            f"if they are two: feeds keep-apart {first[0].hash} {rest[0][0].hash}",
            file=path,
        )
        index.add(Effects(notices=(told,)))
