"""Feeds that aren't well-formed XML made so: by libxml2, and a little help beforehand."""

from __future__ import annotations

import html
import re

from lxml import etree

_MOST_NAMESPACES = 200
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,31};|#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};)?")
_OF_XML = {"lt;", "gt;", "amp;", "quot;", "apos;"}
_PREFIX = re.compile(r"(?:</?|\s)([A-Za-z_][\w.-]{0,63}):[A-Za-z_]")
_NAME = re.compile(r"<[^\s/>]+")
_GOOD_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_DECLARED = re.compile(r"\sxmlns:([\w.-]+)\s*=")
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def mended(text: str) -> str:
    """``text`` as well-formed XML, as far as libxml2 understands it."""
    parts = text.split("<![CDATA[")
    pieces = [_ENTITY.sub(_as_xml, parts[0])]
    for part in parts[1:]:
        inside, end, after = part.partition("]]>")
        pieces += ["<![CDATA[", inside, end, _ENTITY.sub(_as_xml, after)]
    text = "".join(pieces)
    unknown = set(_PREFIX.findall(text)) - set(_DECLARED.findall(text)) - {"xml", "xmlns"}
    declarations = "".join(
        f' xmlns:{prefix}="{_NAMESPACES.get(prefix, f"urn:undeclared:{prefix}")}"'
        for prefix in sorted(unknown)[:_MOST_NAMESPACES]
    )
    root_name = _NAME.search(text)
    cut = root_name.end() if root_name else 0
    # what is neither element nor text is not needed, and not always well-formed afterwards
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(f"{text[:cut]}{declarations}{text[cut:]}".lstrip(), parser)
    if root is None:
        raise etree.LxmlError("nothing in it is an element")
    for element in root.iter():
        if not _is_name(element.tag):
            element.tag = "unknown"
        attributes = {str(name): str(value) for name, value in element.attrib.items()}
        if not all(map(_is_name, attributes)):
            kept = {name: value for name, value in attributes.items() if _is_name(name)}
            element.attrib.clear()
            element.attrib.update(list(kept.items()))
    return etree.tostring(root, encoding="unicode")


def _is_name(name: str) -> bool:
    """Whether ``name``, as lxml has it, is one that a feed may use; libxml2 lets others pass."""
    return bool(_GOOD_NAME.fullmatch(name.rpartition("}")[2]))


def _as_xml(found: re.Match[str]) -> str:
    """A reference that XML knows; a bare ampersand is one that was meant."""
    name = found[1]
    if not name:
        return "&amp;"
    if name in _OF_XML or name[0] == "#":
        return found[0]
    meant = html.unescape(found[0])
    return html.escape(meant) if meant != found[0] else f"&amp;{name}"
