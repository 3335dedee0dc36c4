"""The elements of a feed in XML, well-formed or not.

Rules
- An element is known by its namespace, or by its usual prefix where that is not declared, in
  capitals or not.
- The text begins with the feed's root, so that there are no declarations, and no entities which
  grow or lead elsewhere. Depth and lengths are bounded, and time is linear.
- What isn't well-formed is read as libxml2 understands it, and the feed's editor told.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree

from feeds.model.errors import FeedImportError
from feeds.model.problem import Problem

_XML = "{http://www.w3.org/XML/1998/namespace}"
_PREFIXES = {
    "http://backend.userland.com/rss2": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/2007/app": "app",
    "http://purl.org/atom/app#": "app",
    "http://schemas.google.com/blogger/2018": "blogger",
}
_EXPORT = re.compile(r"https?://(?:www\.)?wordpress\.org/export/[\w.-]*/?(excerpt/?)?")
"""The namespaces of WordPress's exports, of any version."""
_LONGEST = 2000
_TOO_LONG = re.compile(rf"""\sxml(?:ns)?(?::[\w.-]*)?\s*=\s*["'][^"']{{{_LONGEST}}}""")
_REFERENCE = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{0,31};|#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};)?")
# as numbers, since libxml2 passes over names, even XML's own, that come after a fault
_ESCAPES = str.maketrans({letter: f"&#{ord(letter)};" for letter in "&<>'\""})
_MEANT = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(128, 160)}


class Part(NamedTuple):
    """An element, the name that it goes by here, and the base and language that hold inside.

    A name is in small letters, with the usual prefix; those of RSS and Atom have none.
    """

    name: str
    element: etree._Element
    base: str
    language: str

    def children(self) -> Iterator[Part]:
        """The elements right inside."""
        for child in self.element.iterchildren("*"):
            yield _part(child, self.base, self.language)

    def attribute(self, *names: str) -> str:
        """What the first of the attributes ``names`` says that says anything."""
        return next(filter(None, map(self.element.get, names)), "")

    def text(self) -> str:
        """The text right inside, without that of the elements there."""
        tails = (child.tail or "" for child in self.element)
        return cleaned("".join((self.element.text or "", *tails)))

    def address(self) -> str:
        """Where this leads, seen from its base; one that stands as text is often escaped twice."""
        found = self.attribute("url", "uri", "href") or self.text().replace("&amp;", "&")
        return _joined(self.base, found) if found else ""


def parse_elements(text: str, file: str) -> tuple[Part, tuple[Problem, ...]]:
    """The root in ``text``, before which there is white space at most; what is wrong with the XML.

    Raises FeedImportError if there is none, or if it was made to be slow.
    """
    if _TOO_LONG.search(text):  # each would be copied to all elements inside
        raise _refused("no feed looks like this: a namespace or xml:base is too long", file)
    root, faults = _parsed(text, file)
    why = ""
    odd: tuple[Problem, ...] = ()
    if faults:
        why = faults[0].message.splitlines()[0][:100]
        what = f"the feed is not well-formed XML ({why}) and was read all the same"
        odd = (
            Problem("feed-broken", what, faults[0].line, "compare what is imported with the feed"),
        )
        root, _ = _parsed(_repaired(text), file)
    if root is None:
        raise _refused(f"the feed is not well-formed XML, beyond repair: {why}", file)
    return _part(root, "", ""), odd


def _parsed(text: str, file: str) -> tuple[etree._Element | None, list[etree._LogEntry]]:
    """The root in ``text``, as far as libxml2 understands it, and what is wrong."""
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(text, parser)
    for error in parser.error_log:
        if error.type_name == "ERR_RESOURCE_LIMIT":
            raise _refused(f"no feed looks like this: {error.message.partition(', ')[0]}", file)
    return root, [
        error
        for error in parser.error_log
        # others are of what means nothing here, such as a namespace that is no URI
        if error.level_name == "FATAL" or error.type_name.startswith("NS_ERR")
    ]


def _repaired(text: str) -> str:
    """``text`` without names of characters, bare ampersands, CDATA, and what XML forbids."""
    first, *sections = text.replace("\x0b", " ").replace("\x0c", " ").split("<![CDATA[")
    pieces = [_REFERENCE.sub(_in_numbers, first)]
    for section in sections:
        inside, _, after = section.partition("]]>")
        pieces += [inside.translate(_ESCAPES), _REFERENCE.sub(_in_numbers, after)]
    return "".join(pieces)


def _in_numbers(reference: re.Match[str]) -> str:
    return html.unescape(reference[0]).translate(_ESCAPES)


def _refused(what: str, file: str) -> FeedImportError:
    return FeedImportError(what, file=file, remedy="save the feed again as its server sends it")


def _part(element: etree._Element, base: str, language: str) -> Part:
    """``element`` in a place where ``base`` and ``language`` hold."""
    namespace, _, name = str(element.tag).rpartition("}")
    prefix = _prefix(namespace[1:].lower(), element.prefix)
    name = (f"{prefix}:{name}" if prefix else name).lower().removeprefix("atom:")
    inside = _joined(base, element.get(f"{_XML}base", ""))
    language = element.get(f"{_XML}lang", language)
    return Part(name, element, inside if len(inside) <= _LONGEST else base, language)


def _prefix(namespace: str, otherwise: str | None) -> str | None:
    if export := _EXPORT.fullmatch(namespace):
        return "excerpt" if export[1] else "wp"
    return _PREFIXES.get(namespace, otherwise)


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def cleaned(text: str) -> str:
    """``text`` without blanks around it, and with what was meant by &#146; and its like."""
    return text.strip().translate(_MEANT)
