"""Sitemaps: of pages, of other sitemaps, of news (sitemaps.org, and Google's for news).

Rules
- 50,000 addresses and 50 MiB is what the protocol allows; what goes beyond is left and told.
- What stands above the root is left out, so that nothing can be declared; no tree is made of it.
- A broken one is read as far as that goes, and told with the line, as long as it names an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, cast

from lxml import etree

from feeds.capture.discovery.candidates import Candidate
from feeds.capture.discovery.feed import read_feed
from feeds.client import coding
from feeds.model.errors import CaptureError
from feeds.model.problem import Problem
from feeds.readers import decoding
from feeds.text import characters, dates, urls

MOST_BYTES = 50 * 1024 * 1024
MOST_ADDRESSES = 50_000
_MOST_ELEMENTS = 4_000_000
_PIECE = 1 << 16
_SEARCHED = 65_536
_LONGEST = 4000
_MOST_ALTERNATES = 200
_GZIP = b"\x1f\x8b"
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(urlset|sitemapindex|rss|rdf|feed)(?=[\s>/])", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_BARE = re.compile(rb"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(?!#?\w{1,12};)", re.DOTALL)
"""An ampersand that is written as such, as in many addresses; or text, where it may be."""
_OTHERS = ("image", "video", "pagemap")
_DATED = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(\d\d)?(?:[-_/.]?(\d\d))?(?!\d)")
_NUMBER = re.compile(r"(\d+)\D*\Z")


class Sitemap(NamedTuple):
    """What a sitemap names: ``pages``, or other ``sitemaps``. ``odd`` is what is wrong with it."""

    pages: tuple[Candidate, ...] = ()
    sitemaps: tuple[Candidate, ...] = ()
    is_news: bool = False
    odd: tuple[Problem, ...] = ()


def read_sitemap(data: bytes, address: str) -> Sitemap:
    """What the sitemap ``data`` names, which came from ``address``; it may be a feed, or text.

    A body that is compressed by itself, as files called ``.xml.gz`` are, is decompressed. Raises
    CaptureError for what is no sitemap.
    """
    data = _whole(data, address)
    if b"\0" in data[:4] or data[:2] in (b"\xfe\xff", b"\xff\xfe"):
        data = decoding.decoded(data).text.encode()
    root = _ROOT.search(data, 0, _SEARCHED)
    if root is None and b"<" not in data[:_SEARCHED]:
        return _read_text(data, address)
    if root is None or _HTML.search(data, 0, root.start()):
        is_page = _HTML.search(data, 0, _SEARCHED) is not None
        what = "a web page" if is_page else "neither a sitemap nor a feed"
        raise CaptureError(
            f"this is no sitemap but {what}" if is_page else f"this is {what}",
            file=address,
            remedy="name the sitemap's own address",
        )
    if root[1].lower() not in (b"urlset", b"sitemapindex"):
        return Sitemap(read_feed(data, address))
    return _read_xml(data, root.start(), address)


def newest_first(sitemaps: Iterable[Candidate]) -> list[Candidate]:
    """``sitemaps`` with those first that have what is new, by what is said and how they are called.

    What is dated comes before what isn't, and of one day the site's own order stays.
    """
    return sorted(sitemaps, key=_newness, reverse=True)


def _newness(one: Candidate) -> tuple[str, str, int]:
    stated = dates.parse_machine_date(one.changed)
    path = urls.canonical(one.address).partition("/")[2]
    named = max((f"{y}{m or '00'}{d or '00'}" for y, m, d in _DATED.findall(path)), default="")
    number = _NUMBER.search(path.rpartition("/")[2].partition(".")[0])
    return (
        stated.iso[:10] if stated else "",
        named,
        0 if named or number is None or len(number[1]) > 9 else int(number[1]),
    )


def _whole(data: bytes, address: str) -> bytes:
    """``data`` without gzip around it; raises CaptureError if there is too much of it."""
    try:
        made = coding.decoded(data, "gzip" if data.startswith(_GZIP) else "", MOST_BYTES)
    except coding.TooLargeError as error:
        raise CaptureError(
            f"the sitemap has more than {MOST_BYTES:,} bytes",
            file=address,
            remedy="divide it, and name the parts in a sitemap index",
        ) from error
    except coding.CodingError as error:
        raise CaptureError(f"the sitemap can't be read: {error}", file=address) from error
    if not made.strip():
        raise CaptureError("the sitemap is empty", file=address)
    return made


def _read_text(data: bytes, address: str) -> Sitemap:
    """A text with an address on each line; raises CaptureError if there is none in it."""
    pages: dict[str, Candidate] = {}
    for line in decoding.decoded(data).text.splitlines():
        if len(pages) == MOST_ADDRESSES:
            break
        found = urls.absolute("", line) if len(line) <= _LONGEST else None
        if found:
            pages.setdefault(found, Candidate(found, found_in=address))
    if not pages:
        raise CaptureError("this is no sitemap: there is no address in it", file=address)
    return Sitemap(tuple(pages.values()))


def _read_xml(data: bytes, start: int, address: str) -> Sitemap:
    target = _Target(address)
    declared = decoding.declaration(data).lower()
    lines = data.count(b"\n", 0, start)
    if declared not in ("", "utf-8", "utf8", "us-ascii"):
        data, start = decoding.decoded(data[start:], declared).text.encode(), 0
    data = _BARE.sub(lambda found: found[0] if found[1] else b"&amp;", data)
    parser = etree.XMLParser(
        target=cast(Any, target),  # the stubs want what no document has by now
        encoding="utf-8",
        recover=True,
        no_network=True,
        resolve_entities=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for place in range(start, len(data), _PIECE):
            parser.feed(data[place : place + _PIECE])
            if target.is_full:
                break
        parser.close()
    except (etree.LxmlError, UnicodeDecodeError):  # the latter where half a character is named
        pass  # what its target got is all there is
    if target.is_full:
        what = f"the sitemap has more than the {MOST_ADDRESSES:,} addresses, or elements, of one"
        remedy = "divide it; the rest is not read"
        target.odd.append(Problem("sitemap-long", what, remedy=remedy, file=address))
    elif len(parser.feed_error_log):
        first = parser.feed_error_log[0]
        what = f"the sitemap is not well-formed: {first.message[:200]}"
        problem = Problem(
            "sitemap-broken",
            what,
            first.line + lines,
            "have it written by a program that writes XML",
            file=address,
        )
        if not target.pages and not target.sitemaps:
            raise CaptureError(what, line=problem.line, file=address, remedy=problem.remedy)
        target.odd.append(problem)
    return Sitemap(
        tuple(target.pages.values()),
        tuple(target.sitemaps.values()),
        target.is_news,
        tuple(target.odd),
    )


class _Target:
    """What the parser tells, element by element; no more is kept of it than what is looked for."""

    def __init__(self, address: str) -> None:
        self.pages: dict[str, Candidate] = {}
        self.sitemaps: dict[str, Candidate] = {}
        self.is_news = False
        self.is_full = False
        self.odd: list[Problem] = []
        self._address = address
        self._elements = 0
        self._said: dict[str, str] = {}
        self._alternates: list[str] = []
        self._other = 0
        self._name = ""
        self._text: list[str] = []
        self._length = 0

    def start(self, tag: str | bytes, attrib: Mapping[str, str]) -> None:
        """An element begins."""
        self._elements += 1
        space, name = _named(tag)
        found = len(self.pages) + len(self.sitemaps)
        if self._elements > _MOST_ELEMENTS or found >= MOST_ADDRESSES:
            self.is_full = True
        elif name in ("url", "sitemap") and not self._other:
            self._said, self._alternates = {}, []
        elif self._other or any(one in space for one in _OTHERS):
            self._other += 1
        elif name == "link" and _is_alternate(attrib):
            del self._alternates[_MOST_ALTERNATES:]
            self._alternates.append(attrib.get("href", ""))
        self._name, self._text, self._length = name, [], 0

    def data(self, data: str | bytes) -> None:
        """A piece of an element's text."""
        if not self._other and self._length < _LONGEST:
            self._length += len(data)
            self._text.append(str(data)[:_LONGEST])

    def end(self, tag: str | bytes) -> None:
        """An element ends."""
        _, name = _named(tag)
        if self._other:
            self._other -= 1
        elif name in ("url", "sitemap"):
            self._found(self.pages if name == "url" else self.sitemaps)
        elif name == self._name and name in ("loc", "lastmod", "publication_date", "title"):
            self._said.setdefault(name, characters.cleaned("".join(self._text)))
        self._name = ""

    def close(self) -> None:
        """The document ends."""

    def _found(self, known: dict[str, Candidate]) -> None:
        said = self._said
        self.is_news = self.is_news or "publication_date" in said
        if self.is_full or len(said.get("loc", "")) > _LONGEST:
            return
        found = urls.absolute(self._address, said.get("loc", ""))
        published = dates.parse_machine_date(said.get("publication_date", ""))
        about = Candidate(
            "", said.get("lastmod", "")[:100], published, said.get("title", ""), self._address
        )
        if found:
            known.setdefault(found, about._replace(address=found))
        for one in self._alternates:
            if (other := urls.absolute(self._address, one)) and other != found:
                known.setdefault(other, Candidate(other, about.changed, found_in=self._address))
        self._said, self._alternates = {}, []


def _is_alternate(attrib: Mapping[str, str]) -> bool:
    return attrib.get("rel") == "alternate" and bool(attrib.get("hreflang"))


def _named(tag: str | bytes) -> tuple[str, str]:
    """What a name is of, its namespace or an undeclared prefix, and its local part."""
    space, _, name = str(tag).rpartition("}")
    prefix, _, name = name.rpartition(":")
    return (space + prefix).lower(), name.lower()
