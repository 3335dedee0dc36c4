"""A feed that somebody else made, read so that its subscribers see no story twice.

Rules
- An item's guid is kept to the letter: it is what feed readers know the item by. An item without
  one is known by its link, as in feed readers; neither is ever made up.
- Nothing unknown becomes "now": a date that can't be read is none, and its editor is told.
- Nothing is fetched and nothing expanded: bytes are all that is looked at.
- One bad item stops no other.
- An export of a content management system is no feed: of that, only what was published is read.
"""

from __future__ import annotations

import html
import re

from feeds.model.errors import FeedImportError
from feeds.model.problem import Problem
from feeds.readers import decoding, filetypes
from feeds.readers.feed.items import NAME_A_FEED, Imported, imported_items
from feeds.text import characters, urls

__all__ = ["Imported", "parse_feed"]

_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:rss|rdf|feed)(?=[\s>/])", re.IGNORECASE)
_SEARCHED = 65_536
"""How far down the root of a feed is looked for: comments and style sheets may be above it."""
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_LINK = re.compile(r"<link\s[^>]{0,2000}>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_ADDRESS = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)


def parse_feed(data: bytes, address: str, file: str) -> tuple[list[Imported], list[Problem]]:
    """The items of the RSS, Atom or JSON Feed document ``data``, in its order, and what is odd.

    ``address`` is the URL that the feed had, or has, empty if it isn't known: relative links
    are seen from there. ``file`` is what errors and findings call the feed. Raises
    FeedImportError for what is no feed.
    """
    from feeds.readers.feed import exports  # late: most feeds are none
    from feeds.readers.feed.left_out import left_out_told

    if export := exports.export_of(data, file, address):
        taken = list(export.items())
        told = (*left_out_told(export.left_out), *export.odd, *export.doubts)
        return taken, [one.at(file) for one in told]
    encoding, text, doubt = decoding.decoded(data, decoding.declaration(data))
    text = characters.allowed(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise FeedImportError("the feed is empty", file=file, remedy="fetch or save it again")
    odd = (
        [Problem("encoding-doubtful", doubt, remedy=f"see whether {encoding.upper()} is right")]
        if doubt
        else []
    )
    root = _ROOT.search(text, 0, _SEARCHED)
    if text.lstrip()[:1] == "{":
        from feeds.readers.feed import jsonfeed  # late, like its sister: one of the two is needed

        feed = jsonfeed.parse_json_feed(text, file)
    elif root and not _HTML.search(text, 0, root.start()):
        from feeds.readers.feed import xmlfeed

        # what is above the root may hold traps, and nothing that is needed but line numbers
        feed = xmlfeed.parse_xml_feed(
            "\n" * text.count("\n", 0, root.start()) + text[root.start() :], file
        )
    else:
        raise _no_feed(data, text, address, file)
    entries, findings = imported_items(feed, urls.absolute(address, feed.base) or address)
    return entries, [finding.at(file) for finding in (*odd, *feed.odd, *findings)]


def _no_feed(data: bytes, text: str, address: str, file: str) -> FeedImportError:
    """What ``data`` is instead of a feed, and where the feed may be found."""
    remedy = NAME_A_FEED
    kind = filetypes.kind_of(data)
    if kind is not None:
        if kind.is_archive:
            remedy = "unpack it, and import each export that is in it"
        return FeedImportError(f"this is no feed but {kind.what}", file=file, remedy=remedy)
    if not _HTML.search(text, 0, _SEARCHED):
        what = "this is no feed: neither RSS nor Atom nor JSON Feed"
        return FeedImportError(what, file=file, remedy=remedy)
    for link in _LINK.findall(text[:_SEARCHED]):
        href = _ADDRESS.search(link)
        if href and _FEED_TYPE.search(link):
            found = html.unescape(href[1] or href[2] or href[3] or "")
            remedy = f"the page says that its feed is {urls.absolute(address, found) or found}"
            break
    return FeedImportError("this is a web page and no feed", file=file, remedy=remedy)
