"""Text to the HTML that readers are given, and back to what a summary needs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from feeds.model import Image

_SUMMARY_LENGTH = 300
_TAG = re.compile(r"<[^>]*>")


def from_paragraphs(paragraphs: Iterable[str]) -> str:
    """Plain paragraphs as an HTML fragment, every character escaped that has to be."""
    return "\n".join(f"<p>{html.escape(text, quote=False)}</p>" for text in paragraphs)


def summary(paragraphs: Iterable[str]) -> str:
    """The first paragraph as plain text, cut at a word to some 300 characters."""
    text = next(iter(paragraphs), "")
    if len(text) <= _SUMMARY_LENGTH:
        return text
    cut = text[: _SUMMARY_LENGTH - 1]
    head = cut.rpartition(" ")[0].rstrip(" ,;:–—-")
    return (head or cut) + "…"


def plain(fragment: str) -> str:
    """The text of an HTML fragment made here, without its tags."""
    return html.unescape(_TAG.sub(" ", fragment))


def with_image(content: str, image: Image | None) -> str:
    """``content`` with ``image`` above it, unless the content shows that image already."""
    if not content or image is None or image.url in _images(content):
        return content
    caption = f"<figcaption>{html.escape(image.credit)}</figcaption>" if image.credit else ""
    source, alt = html.escape(image.url), html.escape(image.alt)
    return f'<figure><img src="{source}" alt="{alt}">{caption}</figure>\n{content}'


def _images(content: str) -> set[str]:
    if "<img" not in content.lower():
        return set()
    from lxml import html as lxml_html  # late: text pages hold no images

    tree = lxml_html.fragment_fromstring(content, create_parent=True)
    return {str(source) for source in tree.xpath("//img/@src")}
