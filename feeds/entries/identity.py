"""What an entry is called, and by what it is recognised again.

Rules
- An id is a tag URI (RFC 4151). Its last part is cut from a hash, in base32, of the day
  and the headline that a story first came with; once stored it is looked up, never made
  again. Nobody can read the headline off it: one day it may have to be withdrawn.
- An alias is a kind and a value by which the ledger recognises an entry. Fingerprints
  look at words alone: case, quotes, dashes and blanks are typography. Neither a URL nor a
  headline can be read off one.
- A headline of a few words ("Press review") stands above many stories; only one that is
  distinctive is looked for under other days.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from feeds.model import Entry, EntryId, Reading, Story, Url
from feeds.model.names import Alias, Fingerprints
from feeds.newsroom.site import Site
from feeds.text import markup, urls
from feeds.text.patterns import compile_late
from feeds.text.words import words

_HASH_CHARACTERS = 12
_FINGERPRINT_CHARACTERS = 26  # 130 bits: no two texts ever have the same
_ENOUGH_WORDS = 5
_FIRST_WORDS = 4  # of five, the last may be cut within
BEGINNING = "~"
"""How a fingerprint of a headline's first words begins, in a trace."""
_KEPT = 1 << 13  # a headline is seen again and again, in the lists of many pages
_FEW_KEPT = 1 << 8
# written without blanks between words: two letters count as a word
_UNSPACED = compile_late("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

VERSION = "1"
"""Raised when ``title_key`` or ``content_hash`` would be another for the same text.

The next publish then makes these anew; aliases can't be, so ``words`` must go on giving what it
gives.
"""


def mint(authority: str, story: Story, attempt: int = 1) -> EntryId:
    """The id of ``story``; ``attempt`` counts up while the ledger has another of that id.

    An id that its page claims is taken as it is, at the first attempt.
    """
    if story.id and attempt == 1:
        return EntryId(story.id)
    day = story.published.day if story.published else None
    return mint_for(authority, day, story.title, attempt)


@lru_cache(_KEPT)
def mint_for(authority: str, day: date | None, title: str, attempt: int = 1) -> EntryId:
    """The id of what came first on ``day`` (None: unknown) under the headline ``title``."""
    first = day.isoformat() if day else "undated"
    specific = _digest(first, title, *([str(attempt)] if attempt > 1 else []))
    return EntryId(f"tag:{authority}:{specific[:_HASH_CHARACTERS]}")


def page_alias(path: str) -> Alias:
    """The article of the page at ``path`` (relative to the newsroom's folder)."""
    return Alias("page", path)


def explicit_alias(story: Story) -> Alias:
    """The id that a page claims for its article."""
    return Alias("explicit", story.id)


@lru_cache(_KEPT)
def url_alias(url: str) -> Alias:
    """A story's own address, without what is no part of it (scheme, tracking parameters …)."""
    return Alias("url", _fingerprint(urls.canonical(url)))


@lru_cache(_KEPT)
def headline_alias(title: str, day: date, language: str = "") -> Alias:
    """A headline of a day; ``language`` tells it from the same words in another one."""
    told = [language] if language else []
    return Alias("headline", _fingerprint(day.isoformat(), words(title) or title, *told))


def story_alias(story: Story, language: str = "") -> Alias:
    """By what a story is known wherever it is seen again.

    A dated story by its headline and day, an undated article by its headline and first
    paragraph. ``language`` tells it from one of the same words in another language.
    """
    if story.published:
        return headline_alias(story.title, story.published.day, language)
    return _opening_alias(story.title, story.paragraphs[0] if story.paragraphs else "", language)


@lru_cache(_FEW_KEPT)
def _opening_alias(title: str, first: str, language: str) -> Alias:
    told = [language] if language else []
    return Alias("opening", _fingerprint(words(title) or title, words(first) or first, *told))


def distinctive(title: str) -> bool:
    """Whether a headline says so much that no second story has it: five words or more."""
    told = words(title)
    return len(told.split()) + len(_UNSPACED.findall(told)) // 2 >= _ENOUGH_WORDS


@lru_cache(_KEPT)
def title_key(title: str) -> str:
    """A fingerprint of a headline that is distinctive; empty for others."""
    return _fingerprint(words(title)) if distinctive(title) else ""


def title_keys(titles: Iterable[str]) -> set[str]:
    """The fingerprints of those of ``titles`` that are distinctive."""
    return {key for title in titles if (key := title_key(title))}


def substance(entry: Entry) -> tuple[str, str]:
    """What readers see of ``entry``: the words of its headline, and those of its text."""
    return words(entry.title), words(markup.plain(entry.content) or entry.summary)


def content_hash(entry: Entry) -> str:
    """A fingerprint of the substance of ``entry``, with its version."""
    return f"{VERSION}:{_fingerprint(*substance(entry))}"


def fingerprints(entry: Entry) -> Fingerprints | None:
    """What ``entry`` is looked for by; None for an erased one, which keeps what it had."""
    if entry.hidden == "erased":
        return None
    return Fingerprints(title_key(entry.title), content_hash(entry))


def trace(entry: Entry) -> tuple[str, ...]:
    """What is kept of an entry that is erased: fingerprints of its headline and paragraphs.

    And of how a headline begins that is distinctive.
    """
    begun = (beginning(entry.title),) if distinctive(entry.title) else ()
    return (*traced(entry.title, markup.blocks(entry.content)), *begun)


def beginning(title: str) -> str:
    """A fingerprint of the first words of a headline, unlike those of ``traced``."""
    told = words(title)
    is_spaced = not _UNSPACED.search(told)
    first = " ".join(told.split()[:_FIRST_WORDS]) if is_spaced else told[: 2 * _FIRST_WORDS]
    return f"{BEGINNING}{_digest(first)[:16]}"


def traced(title: str, paragraphs: Iterable[str]) -> list[str]:
    """The fingerprints of a headline and of paragraphs, in their order."""
    return [_digest(words(text))[:16] for text in (title, *paragraphs)]


def _fingerprint(*parts: str) -> str:
    return _digest(*parts)[:_FINGERPRINT_CHARACTERS]


def _digest(*parts: str) -> str:
    data = "\n".join(parts).encode("utf-8", "surrogatepass")
    return base64.b32encode(hashlib.sha256(data).digest()).decode().lower().rstrip("=")


def url_names(site: Site, url: str) -> tuple[Alias, ...]:
    """The names that ``url`` has now, and had where the site was before; the present one first."""
    below = url.removeprefix(site.site_url)
    former = (
        [f"{prefix.rstrip('/')}/{below}" for prefix in site.former_urls] if below != url else []
    )
    return tuple(dict.fromkeys(url_alias(item) for item in (url, *former)))


def is_unaddressed(reading: Reading) -> bool:
    """Whether an HTML page, which is read somewhere, doesn't say where; text has no such place."""
    article = reading.article
    is_html = reading.page.lower().endswith((".html", ".htm"))
    return is_html and article is not None and not article.url


def story_url(site: Site, url: Url) -> Url | None:
    """``url`` where the site is now; None for a home page, which is no story's address."""
    if urls.is_home(url, site.site_url, site.former_urls):
        return None
    return urls.rewritten(url, site.former_urls, site.site_url)
