"""RSS of every version and Atom.

Rules
- An item is told about by its own children, and by those of ``media:group`` and
  ``media:content``: not by the title of a picture, nor by the feed that it came from.
- Where several say the same the last counts that says anything; of titles and summaries the first.
- Captions, and what podcasts add, are no texts or titles of the item.
- A guid is a name, and not resolved like an address.
"""

from __future__ import annotations

import base64
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from html import escape
from html.entities import entitydefs
from typing import Any

from lxml import etree

from feeds.readers.feed.attached import Attached, joined
from feeds.readers.feed.drafts import kept_back
from feeds.readers.feed.elements import Part, cleaned, parse_elements
from feeds.readers.feed.items import Feed, Raw, Text
from feeds.readers.feed.left_out import left_out_told

_ABOUT = ("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "rdf:about")
_GUIDS = ("guid", "id")
_TITLES = ("title", "dc:title")
_PUBLISHED = ("pubdate", "published", "issued", "dcterms:issued")
_UPDATED = ("updated", "modified", "lastbuilddate", "date", "dc:date", "dcterms:modified")
_CREATED = ("created", "dcterms:created")
_AUTHORS = ("author", "dc:author", "dc:creator", "itunes:author")
_CATEGORIES = ("category", "dc:subject", "itunes:category", "media:category")
_KEYWORDS = ("keywords", "itunes:keywords", "media:keywords", "tags")
_LANGUAGES = ("language", "dc:language")
_SUMMARIES = {"description": "html", "dc:description": "html", "summary": "text"}
_CONTENTS = {
    "body": "xhtml",
    "content": "text",
    "content:encoded": "html",
    "fullitem": "html",
    "xhtml:body": "xhtml",
}
# one whose end is missing has in it what follows
_OPEN = {"link", "enclosure", "media:content", "media:group", *_GUIDS, *_PUBLISHED, *_UPDATED}
_OPEN |= {*_CREATED, *_AUTHORS, *_CATEGORIES, *_KEYWORDS, *_LANGUAGES}

_DEFAULT_TYPES = dict.fromkeys(_TITLES, "text") | _SUMMARIES | _CONTENTS
_TYPES = {"plain": "text", "xhtml+xml": "xhtml"}
_MARKUP = re.compile(r"</\w+>|&#?\w+;")
_TAG = re.compile(r"</?(\w+)")
_ENTITY = re.compile(r"&(\w+);")
_ELEMENTS = frozenset(
    "a abbr acronym address article aside audio b big blockquote br caption center cite code col "
    "colgroup dd del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 "
    "header hr i img ins kbd label li map menu nav noscript ol p pre q s samp section small source "
    "span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var video".split()
)


def parse_xml_feed(text: str, file: str) -> Feed:
    """The feed in ``text``, which begins with its root or with blank lines.

    Raises FeedImportError if there is none, or one that nothing could be made of.
    """
    root, odd = parse_elements(text, file)
    is_atom = root.name == "feed"
    about: list[Part] = []
    items: list[Raw] = []
    left_out: Counter[str] = Counter()
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part.name in {"item", "entry"}:
            if kind := kept_back(part.children()):
                left_out[kind] += 1
                continue
            items.append(_raw(part, is_atom))
        elif part.name in {"feed", "channel"}:
            about += _parts(part)
        waiting += reversed([*part.children()])
    links = _links(about)
    own = links["self"][0].address if links["self"] else _link(about, links, is_atom)
    odd = (*left_out_told(left_out), *odd)
    return Feed(items, own, _last(about, *_LANGUAGES) or root.language, odd)


def _parts(parent: Part) -> Iterator[Part]:
    for part in parent.children():
        yield part
        if part.name in _OPEN:
            yield from _parts(part)


def _raw(item: Part, is_atom: bool) -> Raw:
    parts = [*_parts(item)]
    links = _links(parts)
    element: Any = item.element  # the stubs don't know of what type a line is
    published, updated = _last(parts, *_PUBLISHED), _last(parts, *_UPDATED)
    if not is_atom and not published:  # RSS 1.0 has dc:date alone
        published, updated = updated or _last(parts, *_CREATED), ""
    texts = [(part, _text(part, is_atom)) for part in parts if part.name in _DEFAULT_TYPES]
    texts = [(part, text) for part, text in texts if text.value]
    titles = [(text, part.language) for part, text in texts if part.name in _TITLES]
    title, language = titles[0] if titles else (Text(""), item.language)
    summaries = [text for part, text in texts if part.name in _SUMMARIES]
    contents = [text for part, text in texts if part.name in _CONTENTS] or summaries[1:]
    if not contents and not is_atom:
        contents, summaries = summaries, []
    return Raw(
        line=element.sourceline or 0,
        guid=_last(parts, *_GUIDS) or item.attribute(*_ABOUT),
        link=_link(parts, links, is_atom),
        title=title,
        summary=next(iter(summaries), Text("")),
        content=max(contents, key=lambda text: len(text.value), default=Text("")),
        published=published,
        updated=updated,
        authors=tuple(
            _last(part.children(), "name") or part.text() for part in parts if part.name in _AUTHORS
        ),
        categories=tuple(dict.fromkeys(_categories(parts, is_atom))),
        language=_last(parts, *_LANGUAGES) or language,
        attached=joined(_attached(parts, links["enclosure"])),
        homes=tuple(_homes(parts)),
        translations=tuple(
            (part.attribute("hreflang"), part.address())
            for part in parts
            if part.name == "link"
            and part.attribute("hreflang")
            and part.attribute("rel").lower() == "alternate"
        ),
    )


def _texts(parts: Iterable[Part], *names: str) -> list[str]:
    """What parts with these ``names`` say that say anything."""
    return [text for part in parts if part.name in names and (text := part.text())]


def _first(texts: Iterable[str]) -> str:
    return next(iter(texts), "")


def _last(parts: Iterable[Part], *names: str) -> str:
    return _first(reversed(_texts(parts, *names)))


def _text(part: Part, is_atom: bool) -> Text:
    """A text with its type; empty for what is neither text nor HTML, such as a picture."""
    element = part.element
    kind = part.attribute("type").lower().partition(";")[0].strip().rpartition("/")[2]
    kind = _TYPES.get(kind, kind) or _DEFAULT_TYPES[part.name]
    # a <div> around everything means nothing
    has_markup = any(_local_name(node) != "div" for node in element.iterdescendants("*"))
    if kind == "xhtml" or (has_markup and not kind.endswith("xml")):
        start = element.text or ""
        start = escape(start) if kind == "xhtml" else start
        return Text(cleaned(start + _inside(element)), True, part.base)
    value = cleaned("".join(map(str, element.itertext())))
    if part.attribute("mode") == "base64":  # Atom 0.3
        with suppress(ValueError):
            value = base64.b64decode(value).decode()
    if kind == "html" or (kind == "text" and not is_atom and _looks_like_html(value)):
        return Text(value, True, part.base)
    return Text(value if kind == "text" else "")


def _inside(element: etree._Element) -> str:
    """The elements in ``element``, and what is behind each, as HTML."""
    pieces: list[str] = []
    for child in element.iterchildren("*"):
        name = _local_name(child)
        pieces.append(f"<{name}")
        for key in ("href", "src", "alt"):  # no other is of use
            value = child.get(key, child.get(key.upper()))
            pieces.append(f' {key}="{escape(value)}"' if value is not None else "")
        pieces += [">", escape(child.text or ""), _inside(child)]
        # </br> is a second break to those that read HTML
        pieces += ["" if name == "br" else f"</{name}>", escape(child.tail or "")]
    return "".join(pieces)


def _local_name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _looks_like_html(text: str) -> bool:
    """Whether ``text``, where there should be none but plain text, was written as HTML."""
    return (
        _MARKUP.search(text) is not None
        and all(name.lower() in _ELEMENTS for name in _TAG.findall(text))
        and all(name in entitydefs for name in _ENTITY.findall(text))
    )


def _links(parts: Iterable[Part]) -> dict[str, list[Attached]]:
    """What ``parts`` link, by its relation to the item."""
    found: dict[str, list[Attached]] = defaultdict(list)
    for part in parts:
        if part.name in {"link", "enclosure"} and (address := part.address()):
            relation = "enclosure" if part.name == "enclosure" else part.attribute("rel").lower()
            kind, length = part.attribute("type").lower(), part.attribute("length")
            title = part.attribute("title")
            linked = Attached(address, kind, length, title, is_enclosed=relation == "enclosure")
            found[relation or "alternate"].append(linked)
    return found


def _link(parts: Iterable[Part], links: dict[str, list[Attached]], is_atom: bool) -> str:
    """Where an item, or the site of a feed, is read. A guid that serves as link looks like one."""
    pages = [link.address for link in links["alternate"] if "html" in (link.type or "html")]
    guids = [
        part.text()
        for part in parts
        if part.name in _GUIDS and part.attribute("isPermaLink", "ispermalink") in {"", "true"}
    ]
    if not is_atom:
        guids = [guid for guid in guids[-1:] if guid.startswith(("https:", "http:"))]
        pages = pages[-1:] + guids
    return _first(pages + [link.address for link in links["alternate"]])


def _homes(parts: Iterable[Part]) -> Iterator[tuple[str, str]]:
    """Authors whose addresses are told, with these."""
    for part in parts:
        if part.name in _AUTHORS:
            inner = [*part.children()]
            for home in inner:
                if home.name in {"uri", "url"} and (address := home.address()):
                    yield _last(inner, "name"), address


def _attached(parts: Sequence[Part], enclosures: list[Attached]) -> Iterator[Attached]:
    """What an item names beside its text: enclosures first, for those are its own."""
    lasts = _last(parts, "itunes:duration") if len(enclosures) == 1 else ""
    yield from (one._replace(duration=lasts) for one in enclosures)
    contents = [part for part in parts if part.name == "media:content"]
    versions = {
        other.element
        for group in parts
        if group.name == "media:group"
        for other in [one for one in group.children() if one.name == "media:content"][1:]
        if other.attribute("medium") != "image" and not other.attribute("type").startswith("image")
    }
    around = parts if len(contents) == 1 else ()
    for part in contents:
        if part.element in versions:  # the same once more, larger or smaller
            continue
        own = [*part.children()]

        def said(name: str, own: Sequence[Part] = own) -> str:
            return _first(_texts(own, name)) or _first(_texts(around, name))

        thumbnails = [one.address() for one in own if one.name == "media:thumbnail"]
        yield Attached(
            part.address(),
            part.attribute("type"),
            part.attribute("fileSize", "filesize"),
            said("media:title"),
            said("media:credit"),
            part.attribute("medium").lower(),
            part.attribute("duration"),
            part.attribute("width"),
            part.attribute("height"),
            _first(thumbnails),
        )
    for part in parts:
        if part.name == "media:thumbnail":
            yield Attached(part.address(), medium="image")


def _categories(parts: Iterable[Part], is_atom: bool) -> Iterator[str]:
    for part in parts:
        if part.name in _KEYWORDS:
            yield from part.text().split(",")
        elif part.name in _CATEGORIES:
            label = part.attribute("label") if is_atom else ""
            yield label or part.attribute("term", "text") or part.text()
