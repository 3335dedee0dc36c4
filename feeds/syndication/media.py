"""Pictures, sound and video of an entry as elements of Media RSS, for RSS and Atom alike.

Rules
- Each file is a ``media:content`` of its own, the main picture first: readers take the first
  picture for a preview. Nothing is written that isn't known, but for the length of an RSS
  enclosure, which is 0 then (RSS Advisory Board profile).
- A caption is a ``media:title`` and no ``media:description``: feedparser, and all that build on
  it, take that for the text of the item. In RSS it is a ``media:text``, too, where partners look.
"""

from __future__ import annotations

from lxml import etree

from feeds.model import Enclosure, Entry, Image

MEDIA = "http://search.yahoo.com/mrss/"


def rss_enclosure(entry: Entry) -> tuple[str, str, str] | None:
    """Address, length and type of the one file that an RSS item may enclose.

    What is heard or watched counts before what is seen; the others are ``media:content`` alone.
    """
    first = next(iter(_enclosed(entry)), None)
    return (first.url, str(first.length), first.type) if first else None


def add_enclosure_links(node: etree._Element, entry: Entry) -> None:
    """Adds a link to ``node``, an Atom entry, for each file of ``entry``."""
    for one in _enclosed(entry):
        link = etree.SubElement(node, "link", href=one.url, rel="enclosure")
        link.set("type", one.type)
        if one.length:
            link.set("length", str(one.length))
        if isinstance(one, Enclosure) and one.title:
            link.set("title", one.title)


def add_media(node: etree._Element, entry: Entry, *, is_rss: bool) -> None:
    """Adds all files of ``entry`` to ``node``, an RSS item or an Atom entry."""
    if (image := entry.image) is not None:
        content = _content(node, image, "image")
        for name, text in (("title", image.alt), ("credit", image.credit)):
            if text:
                etree.SubElement(content, f"{{{MEDIA}}}{name}").text = text
        if image.licence:
            terms = etree.SubElement(content, f"{{{MEDIA}}}copyright", url=image.licence)
            terms.text = image.credit or None
        if image.alt and is_rss:
            etree.SubElement(content, f"{{{MEDIA}}}text", type="plain").text = image.alt
        _thumbnail(content, image)
    for one in entry.enclosures:
        content = _content(node, one, one.medium)
        if one.title:
            etree.SubElement(content, f"{{{MEDIA}}}title").text = one.title
        _thumbnail(content, one)


def _enclosed(entry: Entry) -> list[Enclosure | Image]:
    return [*entry.enclosures, *([entry.image] if entry.image else [])]


def _content(node: etree._Element, one: Enclosure | Image, medium: str) -> etree._Element:
    content = etree.SubElement(node, f"{{{MEDIA}}}content", url=one.url, medium=medium)
    content.set("type", one.type)
    known = {"fileSize": one.length, "width": one.width, "height": one.height}
    if isinstance(one, Enclosure):
        known["duration"] = one.duration
    for name, number in known.items():
        if number:
            content.set(name, str(number))
    return content


def _thumbnail(content: etree._Element, one: Enclosure | Image) -> None:
    if one.thumbnail:
        etree.SubElement(content, f"{{{MEDIA}}}thumbnail", url=one.thumbnail)
