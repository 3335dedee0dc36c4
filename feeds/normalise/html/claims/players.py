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
from feeds.text import characters, media, urls

PLAYERS = ("audio", "video", "amp-audio", "amp-video")
"""The elements that are players."""
_SOURCES = ("src", "data-src")
_PLAYER = re.compile("<(?:audio|video)", re.IGNORECASE)
_LONGEST_FRAGMENT = 20_000
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
    medium = str(element.tag).removeprefix("amp-")
    sources = [(element, element.get("type") or "")]
    sources += [(source, source.get("type") or "") for source in element.iter("source")]
    missing = ""
    for source, kind in sorted(sources[:MOST_LOOKED_AT], key=_is_rare):
        address = next(
            (found for name in _SOURCES if (found := (source.get(name) or "").strip())), ""
        )
        if not address or address.startswith("#"):
            continue
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


def _is_rare(source: tuple[HtmlElement, str]) -> bool:
    """Whether programs that read feeds may be unable to play the source."""
    element, kind = source
    said = f"{kind} {element.get('src') or ''}".lower()
    return any(form in said for form in _RARE)


def _of_player(element: HtmlElement, url: Url, kind: str, base: str) -> Enclosure:
    return Enclosure(
        url,
        kind,
        title=_title(element),
        thumbnail=urls.from_page(base, element.get("poster") or ""),
    )


def _title(element: HtmlElement) -> str:
    """What a player calls its recording, or the caption of the figure in which it stands."""
    for name in ("title", "aria-label", "data-title"):
        if words := characters.cleaned(element.get(name) or ""):
            return words[:LONGEST_TITLE]
    figure = next((outer for outer in element.iterancestors() if outer.tag == "figure"), None)
    caption = next(figure.iter("figcaption"), None) if figure is not None else None
    words = dom.line_in(caption) if caption is not None else ""
    return words if len(words) <= LONGEST_TITLE else ""
