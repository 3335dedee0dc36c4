"""What a page of the site leads to: stories, sections, feeds, its next page, its other languages.

Rules
- A story is what looks like one: a dated headline of a list, else a link whose address and words
  are like a headline's. Dated ones come first, in the page's order.
- A section is where the site's navigation leads on the site, or what has stories below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlsplit

from feeds.capture.discovery.candidates import Candidate
from feeds.capture.discovery.heads import Head, colour_of, feeds_in, heads_of
from feeds.model import Page, Story
from feeds.model.errors import CaptureError
from feeds.normalise.links import Link, page_links
from feeds.readers import decoding
from feeds.text import characters, urls

MOST_BYTES = 16 * 1024 * 1024
_MOST_STORIES = 2000
_MOST_SECTIONS = 100
_MOST_LANGUAGES = 100
_FEW_WORDS = 4
_NUMBERED = re.compile(r"\d{4,}|/(?:19|20)\d\d/\d\d?/")
_WORDED = re.compile(r"(?:[^\W_]+[-_]){3,}[^\W_]+")
_NEXT = re.compile(
    r"\W*(?:next|older|nächste|ältere|suivant|siguiente|далее|следующ|növbəti|sonrakı)|[»›→]\Z",
    re.IGNORECASE,
)
_LONGEST_NEXT = 30


class Links(NamedTuple):
    """Where a page leads; what it doesn't say is empty. All addresses are absolute.

    ``next`` is the next page of a list; ``canonical`` is the address that the page calls its own;
    ``languages`` are tags and addresses of the page in other languages; ``colour`` is #rrggbb;
    ``called`` are the words that lead to each of the sections.
    """

    stories: tuple[Candidate, ...] = ()
    sections: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    next: str = ""
    canonical: str = ""
    languages: tuple[tuple[str, str], ...] = ()
    colour: str = ""
    called: Mapping[str, str] = MappingProxyType({})


def read_links(data: bytes, charset: str, address: str) -> Links:
    """Where the HTML in ``data`` leads, which came from ``address``; ``charset`` may be empty.

    Raises FeedsError for what is no page of HTML.
    """
    if len(data) > MOST_BYTES:
        raise CaptureError(f"the page has more than {MOST_BYTES:,} bytes", file=address)
    text = decoding.decoded(data, charset or decoding.declaration(data)).text
    if "<" not in text:
        raise CaptureError("this is no page of HTML", file=address)
    markup = characters.with_blanks(characters.allowed(text))
    page = Page(address, "utf-8", (), form="html", markup=markup)
    found = page_links(page, address)
    heads = list(heads_of(found.root, found.base))
    sections = dict(islice(_sections(found.links, found.base), _MOST_SECTIONS))
    return Links(
        tuple(_stories(found.links, found.dated, address)),
        tuple(sections),
        feeds_in(heads),
        _next(found.links, heads, address),
        next((one.address for one in heads if "canonical" in one.relations), ""),
        tuple((one.language, one.address) for one in heads if one.is_translation)[:_MOST_LANGUAGES],
        colour_of(found.root),
        sections,
    )


def _stories(links: Iterable[Link], dated: Iterable[Story], address: str) -> Iterator[Candidate]:
    known: dict[str, Candidate] = {}
    for story in dated:
        if story.url:
            one = Candidate(story.url, "", story.published, story.title, address)
            known.setdefault(urls.canonical(story.url), one)
    for link in links:
        if link.is_story and _is_like_a_story(link):
            one = Candidate(link.address.partition("#")[0], "", None, link.words, address)
            known.setdefault(urls.canonical(link.address), one)
    yield from list(known.values())[:_MOST_STORIES]


def _is_like_a_story(link: Link) -> bool:
    """Whether a link that may lead to a story is like one: by its address, or as a headline is."""
    parts = urlsplit(link.address)
    name = parts.path.rstrip("/").rpartition("/")[2]
    if _WORDED.search(name) or _NUMBERED.search(parts.path) or re.search(r"\d{2,}", parts.query):
        return True
    if link.leads_around:
        return False
    count = len(link.words.split())
    return count >= _FEW_WORDS or (link.is_heading and count > 1)


def _sections(links: Iterable[Link], base: str) -> Iterator[tuple[str, str]]:
    known = {urls.canonical(urls.origin(base))}
    for link in links:
        key = urls.canonical(link.address)
        if link.leads_around and key not in known and not _is_like_a_story(link):
            known.add(key)
            yield link.address.partition("#")[0], link.words


def _next(links: Iterable[Link], heads: Iterable[Head], own: str) -> str:
    """The next page of a list: by its relation, else what is called "next" or "older"."""
    for one in heads:
        if "next" in one.relations:
            return one.address
    for link in links:
        found = link.address.partition("#")[0]
        is_called_next = len(link.words) <= _LONGEST_NEXT and _NEXT.match(link.words)
        if (link.is_next or is_called_next) and found != own:
            return found
    return ""
