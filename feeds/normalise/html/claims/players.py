"""What the players of a page play, in the form that most programs can play."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from feeds.model import Enclosure, Url
from feeds.normalise.html import dom
from feeds.normalise.html.claims.files import LONGEST_TITLE, MOST_LOOKED_AT, File, file_url
from feeds.normalise.words import names
from feeds.text import characters, media, urls

PLAYERS = ("audio", "video", "amp-audio", "amp-video")
"""The elements that are players."""
_SOURCES = ("src", "data-src")
_PLAYER = re.compile("<(?:audio|video)", re.IGNORECASE)
_LONGEST_FRAGMENT = 20_000
_LEVELS, _LONGEST_CARD, _MOST_IN_CARD = 4, 400, 60
_NO_CARDS = frozenset(("article", "body", "html", "main", "td"))
_OF_PAGES = ("h1", "h2", "header", "time")
_LINES = frozenset(("a", "b", "div", "p", "span", "strong"))
_RARE = ("webm", "ogg", "ogv", "opus", ".oga")


def in_fragment(markup: str, base: str, line: int) -> list[File]:
    """The recordings of the players in ``markup``, which begins on ``line``."""
    if not _PLAYER.search(markup):
        return []
    try:
        tree = fragment_fromstring(markup[:_LONGEST_FRAGMENT], create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return []
    players = islice(tree.iter(*PLAYERS), MOST_LOOKED_AT)
    found = (file for element in players for file in played(element, base))
    return [file._replace(line=line + max(file.line - 1, 0)) for file in found]


def played(element: HtmlElement, base: str) -> Iterator[File]:
    """The recording of a player: of its sources that are files the first that most can play."""
    medium = medium_of(element)
    missing = ""
    for address, kind in _sources(element):
        url = file_url(address, base)
        if url and (known := media.sound_or_video(url, kind, medium)):
            yield File(
                url,
                _of_player(element, url, known, base),
                dom.line_of(element),
                f"{medium} of the page",
            )
            return
        missing = missing or address
    if missing:
        yield File(missing, None, dom.line_of(element), f"{medium} of the page")


def medium_of(element: HtmlElement) -> str:
    """``audio`` or ``video``, whichever the player is for."""
    return str(element.tag).removeprefix("amp-")


def address_of(element: HtmlElement) -> str:
    """The address of the same recording, as the page writes it; empty if the player has none."""
    sources = _sources(element)
    for address, kind in sources:
        url = urls.from_page(urls.UNPLACED, address)
        if url and media.sound_or_video(url, kind, medium_of(element)):
            return address
    return sources[0][0] if sources else ""


def _sources(element: HtmlElement) -> list[tuple[str, str]]:
    """The addresses of a player and their types, first those that most programs can play."""
    found: list[tuple[str, str]] = []
    for source in islice((element, *element.iter("source")), MOST_LOOKED_AT):
        addresses = ((source.get(name) or "").strip() for name in _SOURCES)
        address = next(filter(None, addresses), "")
        if address and not address.startswith("#"):
            found.append((address, source.get("type") or ""))
    return sorted(found, key=_is_rare)


def _is_rare(source: tuple[str, str]) -> bool:
    """Whether programs that read feeds may be unable to play the source."""
    address, kind = source
    said = f"{kind} {address}".lower()
    return any(form in said for form in _RARE)


def _of_player(element: HtmlElement, url: Url, kind: str, base: str) -> Enclosure:
    return Enclosure(
        url,
        kind,
        title=_title(element),
        thumbnail=urls.from_page(base, element.get("poster") or ""),
    )


def _title(element: HtmlElement) -> str:
    """What a player calls its recording, or what stands beside it does."""
    for name in ("title", "aria-label", "data-title"):
        words = characters.cleaned(element.get(name) or "")
        if words and not names.NO_TITLE.fullmatch(words):
            return words[:LONGEST_TITLE]
    beside = title_beside(element)
    return dom.line_in(beside) if beside is not None else ""


def title_beside(element: HtmlElement) -> HtmlElement | None:
    """The caption of the figure in which a player stands, or the title in its card.

    A card holds one player, and no more words than those for that; no headline of a page.
    """
    figure = next(element.iterancestors("figure"), None)
    caption = next(figure.iter("figcaption"), None) if figure is not None else None
    if caption is not None and 0 < len(dom.line_in(caption)) <= LONGEST_TITLE:
        return caption
    for card in islice(element.iterancestors(), _LEVELS):
        if card.tag in _NO_CARDS or dom.is_longer(card, _LONGEST_CARD):
            return None
        is_shared = len(list(islice(card.iter(*PLAYERS), 2))) > 1
        if is_shared or next(card.iter(*_OF_PAGES), None) is not None:
            return None
        for inner in islice(card.iter(), _MOST_IN_CARD):
            is_title = inner.tag in dom.HEADINGS or (
                inner.tag in _LINES and dom.is_called(inner, names.HEADLINE)
            )
            if is_title and 0 < len(dom.line_in(inner)) <= LONGEST_TITLE:
                return inner
    return None
