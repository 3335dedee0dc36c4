"""Where a page says that the same story is told in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from lxml.html import HtmlElement

from feeds.model import Url
from feeds.text import languages, urls

_MOST = 50
_SCRIPT = 4  # letters have its names


def other_languages(found: Mapping[str, Url], own: str | None) -> dict[str, Url]:
    """What of ``found`` is in another language than ``own``; editions for countries are in none."""
    return {
        language: url for language, url in found.items() if not own or _bare(language) != _bare(own)
    }


def _bare(language: str) -> tuple[str, ...]:
    """Language and script, without country."""
    parts = language.split("-")
    return (parts[0], *(part for part in parts[1:2] if len(part) == _SCRIPT))


def find_translations(root: HtmlElement, base: str, own: set[str]) -> dict[str, Url]:
    """The addresses of translations by language (``hreflang``); the first of a language counts.

    ``own`` are the addresses of the page itself. A site's home is no translation of a story.
    """
    known = {urls.canonical(address) for address in own}
    found: dict[str, Url] = {}
    for link in islice(root.iter("link", "a"), 20_000):
        stated = link.get("hreflang")
        if not stated or "alternate" not in (link.get("rel") or "").lower().split():
            continue
        if "html" not in (link.get("type") or "html") or link.get("media"):
            continue
        language = languages.known_language(stated)
        url = urls.from_page(base, link.get("href") or "")
        if language and url and not urls.is_site(url) and urls.canonical(url) not in known:
            found.setdefault(language, url)
        if len(found) >= _MOST:
            break
    return found
