"""The recordings that a page states for machines: JSON-LD, ``og:video`` and ``og:audio``."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from feeds.model import Enclosure
from feeds.normalise.html import dom
from feeds.normalise.html.claims import jsonld
from feeds.normalise.html.claims.files import LONGEST_TITLE, MOST_LOOKED_AT, File, file_url
from feeds.normalise.html.claims.jsonld import Node, Script
from feeds.text import characters, media, urls

_PARTS = ("video", "audio", "associatedMedia", "encoding", "sharedContent")


def of_jsonld(found: jsonld.JsonLd, base: str, own: set[str]) -> Iterator[File]:
    """The files of the article's node, and of nodes that are at no other page's address."""
    article = found.article or {}
    for key in _PARTS:
        value = article.get(key)
        for node in (value if isinstance(value, list) else [value])[:MOST_LOOKED_AT]:
            if isinstance(node, dict):
                whole = found.names.get(str(node.get("@id")), node)
                yield from _recording({**whole, **node}, found.script, base)
    for node, script in found.media[:MOST_LOOKED_AT]:
        if _is_own(node, base, own):
            yield from _recording(node, script, base)


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

    url = file_url(address, base)
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
            characters.cleaned(said("name", "headline"))[:LONGEST_TITLE],
            media.pixels(jsonld.number(node.get("width"))),
            media.pixels(jsonld.number(node.get("height"))),
            urls.from_page(base, said("thumbnailUrl", "thumbnail")),
        )
    yield File(address, made, line, rule)


def of_meta(root: HtmlElement, base: str) -> Iterator[File]:
    """The files of ``og:video`` and ``og:audio``: behind each address stands what it is."""
    groups: list[tuple[str, int, dict[str, str]]] = []
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or "").strip().lower()
        medium, _, part = name.removeprefix("og:").partition(":")
        content = (element.get("content") or "").strip()
        if not name.startswith(("og:video", "og:audio")) or not content:
            continue
        if len(groups) >= MOST_LOOKED_AT:
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
        url = file_url(said.get("url", ""), base)
        kind = media.sound_or_video(url, said.get("type", ""), "") if url else ""
        if url and kind:  # anything else is a player's page
            made = Enclosure(
                url,
                kind,
                duration=media.seconds(said.get("duration", "")),
                title=characters.cleaned(said.get("title", ""))[:LONGEST_TITLE],
                width=media.pixels(said.get("width", "")),
                height=media.pixels(said.get("height", "")),
            )
            yield File(url, made, line, f"meta og:{medium}")


def _is_same(one: str, other: str) -> bool:
    """Whether two addresses differ in their scheme at most."""
    return one.removeprefix("https:").removeprefix("http:") == other.removeprefix(
        "https:"
    ).removeprefix("http:")
