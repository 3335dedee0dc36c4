"""RSS of every version and Atom, through feedparser.

Rules
- feedparser's strict parser is used by itself: ``feedparser.parse`` opens what looks like a file or
  a URL, sees guids from where the feed is, and reads broken feeds in more than linear time. What
  it gets wrong is mended in one place, ``_Reader``; ``tests`` have each fault.
- The text begins with the feed's root, so that there are no declarations, and no entities which
  grow or lead elsewhere.
- A feed that isn't well-formed is mended once by libxml2, and its editor told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax import SAXException, SAXParseException
from xml.sax.expatreader import create_parser
from xml.sax.handler import feature_external_ges, feature_namespaces
from xml.sax.xmlreader import Locator

from feedparser.api import StrictFeedParser
from feedparser.exceptions import UndeclaredNamespace
from lxml import etree

from feeds.model.errors import FeedImportError
from feeds.model.problem import Problem
from feeds.readers.feed import repair
from feeds.readers.feed.items import Feed, Picture, Raw, Text

_DEEPEST = 250
_LONGEST_BASE = 2000
_MOST_NAMESPACES = 200
_MOST_TAGS = 100
_WHOLE = "save the feed again as its server sends it"


class _Reader(StrictFeedParser):  # type: ignore[misc] # feedparser has no types
    """feedparser's strict parser without its faults; one for each feed.

    - A guid is a name: it is not resolved like an address, nor repaired.
    - Captions of pictures, and what podcasts add, are no texts or titles of the item.
    - Time is linear: mail addresses are not looked for, tags, namespaces, depth and the
      length of ``xml:base`` are bounded.
    """

    can_be_relative_uri = StrictFeedParser.can_be_relative_uri - {"id"}
    resolve_relative_uris = sanitize_html = False  # feeds.text.sanitise does it, in linear time

    def __init__(self, place: Locator) -> None:
        super().__init__("", None, "utf8")  # called "utf-8" it repairs words, and guids with them
        self.lines: list[int] = []
        self._place = place
        self._namespaces = 0
        self._open = 0

    def track_namespace(self, prefix: str | None, uri: str) -> None:
        self._namespaces += 1
        if self._namespaces > _MOST_NAMESPACES:
            raise _HostileError(f"it declares more than {_MOST_NAMESPACES} namespaces")
        super().track_namespace(prefix, uri)

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # noqa: N802 # SAX's name
        self._open += 1
        if self._open > _DEEPEST:
            raise _HostileError(f"elements are nested more than {_DEEPEST} deep")
        super().startElementNS(name, qname, attrs)
        if len(self.baseuri) > _LONGEST_BASE:
            raise _HostileError("an xml:base is longer than any address")

    def endElementNS(self, name: Any, qname: Any) -> None:  # noqa: N802 # SAX's name
        self._open -= 1
        super().endElementNS(name, qname)

    def _start_item(self, attrs_d: Any) -> None:
        super()._start_item(attrs_d)
        self.lines.append(self._place.getLineNumber() or 0)

    _start_entry = _start_item

    def _add_tag(self, term: Any, scheme: Any, label: Any) -> None:
        if len(self._get_context().get("tags", ())) < _MOST_TAGS:
            super()._add_tag(term, scheme, label)

    def _sync_author_detail(self, key: str = "author") -> None:
        context = self._get_context()
        details = context.get(f"{key}s")
        if details and not details[-1] and isinstance(context.get(key), str):
            details[-1]["name"] = context[key]

    def _start_beside(self, _attrs: Any) -> None:
        self.push("beside", 0)

    def _end_beside(self) -> None:
        self.pop("beside")

    _start_media_description = _start_itunes_summary = _start_itunes_subtitle = _start_beside
    _end_media_description = _end_itunes_summary = _end_itunes_subtitle = _end_beside
    _start_itunes_title = _start_beside
    _end_itunes_title = _end_beside

    def _start_media_title(self, _attrs: Any) -> None:
        self.push("media_title", 0)

    def _end_media_title(self) -> None:
        self._get_context().setdefault("media_alt", self.pop("media_title"))


class _HostileError(Exception):
    """A feed that would take more time or memory than its size allows."""


def read(text: str, file: str) -> Feed:
    """The feed in ``text``, which begins with its root or with blank lines.

    Raises FeedImportError if there is none, or one that nothing could be made of.
    """
    odd: tuple[Problem, ...] = ()
    try:
        try:
            reader = _parsed(text)
        except (SAXException, UndeclaredNamespace) as error:
            line = error.getLineNumber() if isinstance(error, SAXParseException) else 0
            what = f"the feed is not well-formed XML ({_why(error)}) and was read all the same"
            odd = (
                Problem(
                    "feed-broken",
                    what,
                    line=line or 0,
                    remedy="compare what is imported with the feed",
                ),
            )
            reader = _parsed(repair.mended(text))
    except _HostileError as error:
        raise FeedImportError(
            f"no feed looks like this: {error}", file=file, remedy=_WHOLE
        ) from error
    except (SAXException, UndeclaredNamespace, etree.LxmlError) as error:
        raise FeedImportError(
            f"the feed is not well-formed XML, beyond repair: {_why(error)}",
            file=file,
            remedy=_WHOLE,
        ) from error
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        RuntimeError,
        TypeError,
        ValueError,
    ) as error:
        # of elements that have the names of its own fields feedparser makes any of these
        raise FeedImportError(
            "the feed's elements contradict each other", file=file, remedy=_WHOLE
        ) from error
    about = reader.feeddata
    is_atom = str(reader.version).startswith("atom")
    return Feed(
        [_raw(*pair, is_atom) for pair in zip(reader.entries, reader.lines, strict=True)],
        _own_address(about),
        _text(about, "language"),
        odd,
    )


def _why(error: Exception) -> str:
    return error.getMessage() if isinstance(error, SAXException) else str(error)


def _parsed(text: str) -> Any:
    parser = create_parser()  # noqa: S315 # no declarations get here
    parser.setFeature(feature_namespaces, True)
    parser.setFeature(feature_external_ges, False)
    reader = _Reader(parser)
    parser.setContentHandler(reader)
    parser.setErrorHandler(reader)
    parser.feed(text)
    parser.close()
    return reader


def _raw(entry: Any, line: int, is_atom: bool) -> Raw:
    published, updated = _text(entry, "published"), _text(entry, "updated")
    if not is_atom and not published:
        published, updated = updated or _text(entry, "created"), ""  # RSS 1.0 has dc:date alone
    titled = _mapping(entry, "title_detail")
    texts = [_as_text(content) for content in _mappings(entry, "content")]
    content = max(texts, key=lambda text: len(text.value), default=Text(""))
    summary = _as_text(_mapping(entry, "summary_detail"))
    if not content.value and not is_atom:
        content, summary = summary, Text("")
    return Raw(
        line=line,
        guid=_text(entry, "id"),
        link=_link(entry, is_atom),
        title=_as_text(titled),
        summary=summary,
        content=content,
        published=published,
        updated=updated,
        authors=tuple(_text(author, "name") for author in _mappings(entry, "authors")),
        categories=tuple(
            (is_atom and _text(tag, "label")) or _text(tag, "term")
            for tag in _mappings(entry, "tags")
        ),
        language=_text(entry, "language") or _text(titled, "language"),
        pictures=(*_pictures(entry),),
    )


def _as_text(detail: dict[str, Any]) -> Text:
    """A text with its type; empty for what is neither text nor HTML, such as a picture."""
    kind, value = _text(detail, "type"), _text(detail, "value")
    if kind in {"text/html", "application/xhtml+xml"}:
        return Text(value, True, _text(detail, "base"))
    return Text(value) if kind == "text/plain" else Text("")


def _link(entry: Any, is_atom: bool) -> str:
    """Where an item is read. A guid that serves as its link has to look like one."""
    if not is_atom and (link := _text(entry, "link")):
        return link if link != _text(entry, "id") or link.startswith(("https:", "http:")) else ""
    links = [link for link in _mappings(entry, "links") if _text(link, "rel") == "alternate"]
    links.sort(key=lambda link: "html" not in _text(link, "type"))
    return _text(links[0], "href") if links else ""


def _own_address(about: Any) -> str:
    links = _mappings(about, "links")
    own = (_text(link, "href") for link in links if _text(link, "rel") == "self")
    return next(own, "") or _text(about, "link")


def _pictures(entry: Any) -> Iterator[Picture]:
    """What an item names beside its text: enclosures first, for those are its own."""
    media = _mappings(entry, "media_content")
    credits_ = [_text(credit, "content") for credit in _mappings(entry, "media_credit")]
    alt, credit = _text(entry, "media_alt"), next(iter(credits_), "")
    only = _text(media[0], "url") if len(media) == 1 else ""
    for link in _mappings(entry, "links"):
        if _text(link, "rel") == "enclosure":
            found = Picture(_text(link, "href"), _text(link, "type"), _text(link, "length"))
            yield found._replace(alt=alt, credit=credit) if found.address == only else found
    for one in media:
        is_image = _text(one, "medium") == "image"
        found = Picture(_text(one, "url"), _text(one, "type"), _text(one, "filesize"))
        found = found._replace(is_image=is_image)
        yield found._replace(alt=alt, credit=credit) if found.address == only else found
    for one in _mappings(entry, "media_thumbnail"):
        yield Picture(_text(one, "url"), is_image=True)


# feedparser puts any element that it doesn't know among its own fields, so none is what it seems


def _text(fields: Any, name: str) -> str:
    value = dict.get(fields, name)  # its own "get" falls back to other fields
    return value if isinstance(value, str) else ""


def _mapping(fields: Any, name: str) -> dict[str, Any]:
    value = dict.get(fields, name)
    return value if isinstance(value, dict) else {}


def _mappings(fields: Any, name: str) -> list[dict[str, Any]]:
    value = dict.get(fields, name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
