"""What plays in the HTML of a content management system's export: links, and files to enclose.

Rules
- A player, or a frame with somebody else's page, is a link in the text: feed readers show no
  more of it. Sound and video that can be fetched are enclosed as well.
- A card's buttons, clocks and preview are no text; a bookmark is a link by its title.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from feeds.readers.feed.attached import Attached

_PLAYERS = ("audio", "embed", "iframe", "object", "video")
_FILES = {"audio", "video"}
_MARKS = ("<audio", "<video", "<iframe", "<embed", "<object", "kg-", "wp-block-file")
_FURNITURE = frozenset(
    "kg-audio-player kg-audio-thumbnail kg-bookmark-description kg-bookmark-metadata "
    "kg-bookmark-thumbnail kg-file-card-icon kg-file-card-metadata kg-signup-card "
    "kg-video-overlay kg-video-player-container kg-video-large-play-icon "
    "wp-block-file__button".split()
)
_MOST = 200


def without_players(text: str) -> tuple[str, list[Attached]]:
    """``text`` with links in the place of players, and the files that they play."""
    if not any(mark in text for mark in _MARKS):
        return text, []
    try:
        tree = lxml_html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return text, []
    for element in list(tree.iter("*")):
        if _FURNITURE.intersection(element.get("class", "").split()):
            element.drop_tree()
    files: list[Attached] = []
    for player in list(tree.iter(*_PLAYERS))[:_MOST]:
        files += _replace(player)
    inner = "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in tree.iterchildren()
    )
    return f"{_escaped(tree.text)}{inner}", files


def _replace(player: HtmlElement) -> Iterator[Attached]:
    """Puts a link in the place of ``player``, if it is still there; what it plays."""
    parent = player.getparent()
    if parent is None:
        return
    sources = [player, *player.iter("source")]
    source = next((one for one in sources if _address(one)), player)
    address = _address(source)
    if not address:
        player.drop_tree()
        return
    words = player.get("title", "").strip()
    if player.tag in _FILES:
        kind = source.get("type", "") or player.get("type", "")
        yield Attached(
            address, kind, title=words, medium=player.tag, thumbnail=player.get("poster", ""),
            width=player.get("width", ""), height=player.get("height", ""), is_enclosed=True,
        )  # fmt: skip
        words = words or unquote(basename(urlsplit(address).path))
    link = lxml_html.html_parser.makeelement("a", href=address)
    link.text = words or urlsplit(address).netloc.removeprefix("www.") or address
    link.tail = player.tail
    parent.replace(player, link)


def _address(element: HtmlElement) -> str:
    found = (element.get("src") or element.get("data-src") or element.get("data") or "").strip()
    return f"https:{found}" if found.startswith("//") else found


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
