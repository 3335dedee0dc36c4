"""Sound and video that an HTML page states: players, JSON-LD, ``og:video`` and ``og:audio``.

Rules
- A player counts if it stands with the headline and the text: not in a widget, a menu, or another
  story's teaser. The sources of one player are one recording, in the form that most can play.
- JSON-LD counts if it is the article's own, or stands by itself and is at no other page's
  address: what is nested in a list is somebody else's.
- ``og:video`` and ``og:audio`` often name one recording in several forms: the first counts, and
  only where nothing else on the page is one.
- Files of one address are one enclosure, of which each place may tell something else. A file that
  nobody can fetch, or of which nobody says what it is, is left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from itertools import islice
from typing import NamedTuple

import msgspec
from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from feeds.model import Dropped, Enclosure, Evidence, Url
from feeds.normalise.html import dom
from feeds.normalise.html.body import beside
from feeds.normalise.html.claims import jsonld
from feeds.normalise.html.claims.jsonld import Node, Script
from feeds.text import characters, media, urls

_PLAYERS = ("audio", "video", "amp-audio", "amp-video")
_OTHERS = frozenset(("article", "aside", "nav", "footer", "form"))
_SOURCES = ("src", "data-src")
_PARTS = ("video", "audio", "associatedMedia", "encoding", "sharedContent")
_PLAYER = re.compile("<(?:audio|video)", re.IGNORECASE)
_LONGEST_FRAGMENT = 20_000
_CACHING = re.compile(r"([?&])_=\d+(?:&|$)")
_MOST = 10
"""So many enclosures has an article at most."""
_MOST_LOOKED_AT = 50
_LONGEST_TITLE = 200
_RARE = ("webm", "ogg", "ogv", "opus", ".oga")


class File(NamedTuple):
    """A recording as one place states it, and where; ``kind`` is empty if nobody can fetch it."""

    address: str
    enclosure: Enclosure | None
    line: int
    rule: str


class Player(NamedTuple):
    """A recording that people are shown, and the element in which its player stands."""

    file: File
    around: HtmlElement


class Place(NamedTuple):
    """Where the article is: the smallest element that holds it, and headline and text in it.

    ``others`` are elements in it that are something else, ``around`` those in which text stands.
    """

    scope: HtmlElement
    others: Set[HtmlElement]
    around: Set[HtmlElement]


class Found(NamedTuple):
    """The recordings of a page: of players, wherever these stand, of JSON-LD, of ``meta``."""

    players: tuple[Player, ...] = ()
    stated: tuple[File, ...] = ()
    named: tuple[File, ...] = ()


def find_files(
    root: HtmlElement, found: jsonld.JsonLd, base: str, own: set[str], site: str
) -> Found:
    """All recordings of the page, of which nothing is cut out yet.

    ``own`` are the addresses of the page itself, ``site`` is the name of what it belongs to.
    """
    players = [
        Player(file, around)
        for element in islice(root.iter(*_PLAYERS), _MOST_LOOKED_AT)
        if (around := element.getparent()) is not None
        for file in _played(element, base)
    ]
    stated = (_untitled(file, site) for file in _of_jsonld(found, base, own))
    return Found(
        tuple(players),
        tuple(islice(stated, _MOST_LOOKED_AT)),
        tuple(_of_meta(root, base)),
    )


def in_fragment(markup: str, base: str, line: int) -> list[File]:
    """The recordings of the players in ``markup``, which begins on ``line``."""
    if not _PLAYER.search(markup):
        return []
    try:
        tree = fragment_fromstring(markup[:_LONGEST_FRAGMENT], create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return []
    players = islice(tree.iter(*_PLAYERS), _MOST_LOOKED_AT)
    found = (file for element in players for file in _played(element, base))
    return [file._replace(line=line + max(file.line - 1, 0)) for file in found]


def of_article(found: Found, article: Place) -> list[File]:
    """The recordings of the article, which is still whole in its tree."""
    shown = [player.file for player in found.players if _belongs(player.around, article)]
    files = [*shown, *found.stated]
    known = {file.enclosure.medium for file in files if file.enclosure}
    for file in found.named:
        if file.enclosure and file.enclosure.medium not in known:
            known.add(file.enclosure.medium)
            files.append(file)
    return files


def merged(
    files: Iterable[File], path: str
) -> tuple[tuple[Enclosure, ...], Evidence | None, list[Dropped]]:
    """The enclosures that ``files`` are, the evidence of the first, and what was left out."""
    made: dict[Url, Enclosure] = {}
    evidence: Evidence | None = None
    dropped: dict[str, Dropped] = {}
    for file in files:
        one = file.enclosure
        if one is None:
            said = Dropped(file.line, dom.shortened(file.address), f"no file to play ({file.rule})")
            dropped.setdefault(file.address, said)
        elif one.url in made:
            made[one.url] = _both(made[one.url], one)
        elif len(made) < _MOST:
            made[one.url] = one
            evidence = evidence or Evidence(path, file.line, file.rule)
        else:
            said = Dropped(file.line, dom.shortened(one.url), f"more than {_MOST} enclosures")
            dropped.setdefault(one.url, said)
    return tuple(made.values()), evidence, list(dropped.values())


def _both(first: Enclosure, second: Enclosure) -> Enclosure:
    """``first`` with what only ``second`` tells."""
    told = msgspec.structs.asdict(second)
    missing = {
        name: told[name] for name, value in msgspec.structs.asdict(first).items() if not value
    }
    return msgspec.structs.replace(first, **missing)


def _belongs(around: HtmlElement, article: Place) -> bool:
    """Whether what stands in ``around`` is part of the article."""
    for element in (around, *around.iterancestors()):
        if element is article.scope:
            return True
        if element in article.others:
            return False
        if element not in article.around and (element.tag in _OTHERS or beside.is_beside(element)):
            return False
    return False


def _played(element: HtmlElement, base: str) -> Iterator[File]:
    """The recording of a player: of its sources that are files the first that most can play."""
    medium = str(element.tag).removeprefix("amp-")
    sources = [(element, element.get("type") or "")]
    sources += [(source, source.get("type") or "") for source in element.iter("source")]
    missing = ""
    for source, kind in sorted(sources[:_MOST_LOOKED_AT], key=_is_rare):
        address = next(
            (found for name in _SOURCES if (found := (source.get(name) or "").strip())), ""
        )
        if not address or address.startswith("#"):
            continue
        url = _url(address, base)
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
            return words[:_LONGEST_TITLE]
    figure = next((outer for outer in element.iterancestors() if outer.tag == "figure"), None)
    caption = next(figure.iter("figcaption"), None) if figure is not None else None
    words = dom.line_in(caption) if caption is not None else ""
    return words if len(words) <= _LONGEST_TITLE else ""


def _url(address: str, base: str) -> Url | None:
    url = urls.from_page(base, address)
    # WordPress adds a number to what its players play
    return Url(_CACHING.sub(r"\1", url).rstrip("?&")) if url and "_=" in url else url


def _of_jsonld(found: jsonld.JsonLd, base: str, own: set[str]) -> Iterator[File]:
    article = found.article or {}
    for key in _PARTS:
        value = article.get(key)
        for node in (value if isinstance(value, list) else [value])[:_MOST_LOOKED_AT]:
            if isinstance(node, dict):
                whole = found.names.get(str(node.get("@id")), node)
                yield from _recording({**whole, **node}, found.script, base)
    for node, script in found.media[:_MOST_LOOKED_AT]:
        if _is_own(node, base, own):
            yield from _recording(node, script, base)


def _untitled(file: File, site: str) -> File:
    """``file`` without its title, if that is the name of the site."""
    one = file.enclosure
    if one is None or not one.title or one.title.casefold() != site.casefold():
        return file
    return file._replace(enclosure=msgspec.structs.replace(one, title=""))


def _is_own(node: Node, base: str, own: set[str]) -> bool:
    """Whether a recording that stands by itself is at no other page's address."""
    stated = [
        text
        for key in ("url", "mainEntityOfPage")
        for text in jsonld.strings(node.get(key), "@id")
        if text not in jsonld.strings(node.get("contentUrl"))
    ]
    known = {urls.canonical(address) for address in own}
    places = [urls.from_page(base, text) for text in stated]
    return all(urls.canonical(place) in known for place in places if place)


def _recording(node: Node, script: Script, base: str) -> Iterator[File]:
    """The file of a VideoObject, an AudioObject, or of another MediaObject."""
    kinds = jsonld.strings(node.get("@type"))
    medium = next((kind[:5].lower() for kind in kinds if kind in jsonld.MEDIA), "")
    address = next(iter(jsonld.strings(node.get("contentUrl"))), "")
    if not address or "ImageObject" in kinds:
        return

    def said(*keys: str) -> str:
        return next((text for key in keys for text in jsonld.strings(node.get(key), "url")), "")

    url = _url(address, base)
    line = script.line_of("contentUrl", address)
    rule = f"JSON-LD {next(iter(kinds), 'MediaObject')}"
    kind = media.sound_or_video(url, said("encodingFormat", "fileFormat"), medium) if url else ""
    made = None
    if url and kind:
        made = Enclosure(
            url,
            kind,
            media.size_in_bytes(jsonld.number(node.get("contentSize"))),
            media.seconds(said("duration")),
            characters.cleaned(said("name", "headline"))[:_LONGEST_TITLE],
            media.pixels(jsonld.number(node.get("width"))),
            media.pixels(jsonld.number(node.get("height"))),
            urls.from_page(base, said("thumbnailUrl", "thumbnail")),
        )
    yield File(address, made, line, rule)


def _of_meta(root: HtmlElement, base: str) -> Iterator[File]:
    """The files of ``og:video`` and ``og:audio``: behind each address stands what it is."""
    groups: list[tuple[str, int, dict[str, str]]] = []
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or "").strip().lower()
        medium, _, part = name.removeprefix("og:").partition(":")
        content = (element.get("content") or "").strip()
        if not name.startswith(("og:video", "og:audio")) or not content:
            continue
        if len(groups) >= _MOST_LOOKED_AT:
            break
        if medium not in ("audio", "video"):
            continue
        part = {"": "url", "secure_url": "url"}.get(part, part)
        begins = part == "url" and not (
            groups and groups[-1][0] == medium and _is_same(groups[-1][2].get("url", ""), content)
        )
        if begins or not groups or groups[-1][0] != medium:
            groups.append((medium, dom.line_of(element), {}))
        groups[-1][2][part] = content
    for medium, line, said in groups:
        url = _url(said.get("url", ""), base)
        kind = media.sound_or_video(url, said.get("type", ""), "") if url else ""
        if url and kind:  # anything else is a player's page
            made = Enclosure(
                url,
                kind,
                duration=media.seconds(said.get("duration", "")),
                title=characters.cleaned(said.get("title", ""))[:_LONGEST_TITLE],
                width=media.pixels(said.get("width", "")),
                height=media.pixels(said.get("height", "")),
            )
            yield File(url, made, line, f"meta og:{medium}")


def _is_same(one: str, other: str) -> bool:
    """Whether two addresses differ in their scheme at most."""
    return one.removeprefix("https:").removeprefix("http:") == other.removeprefix(
        "https:"
    ).removeprefix("http:")
