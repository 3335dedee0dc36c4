"""Text to the HTML that readers are given, and back to what a summary needs.

Rules
- Words that are struck out are valid no longer: plain text is without them.
- Quotation marks that a browser would add are added.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from itertools import islice

from feeds.model import Image
from feeds.text.same_picture import key_of

_SUMMARY_LENGTH = 300
_MOST_TITLES, _SENTENCE = 3, 60
_ENDS = tuple('.!?…。！？।؟։"”»’)」')
# quoted values may hold ">"
_TAG = re.compile(r"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_EMPTY = re.compile(r"<h([1-6])>\s*</h\1>|<a\b[^>]*>\s*</a>")
_UNNAMED = re.compile(
    r'<a (?=[^>]*href="([^"]+)")([^>]*>\s*<img\b(?![^>]*\balt="[^"])[^>]*>\s*</a>)'
)
_HEADING = re.compile("<(/?)h([2-6])>")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|cite|code|em|i|ins|q|ruby|rt|small|span|strong|sub|sup|u)\b", re.IGNORECASE
)
_LEFT_OUT = re.compile(r"<(/?)(?:del|rp|s|strike)\b", re.IGNORECASE)
_MARKS = {"<q>": "\u201c", "</q>": "\u201d", "<rt>": "(", "</rt>": ")"}


def from_paragraphs(paragraphs: Iterable[str]) -> str:
    """Plain paragraphs as an HTML fragment, every character escaped that has to be."""
    return "\n".join(f"<p>{html.escape(text, quote=False)}</p>" for text in paragraphs)


def summary(paragraphs: Iterable[str]) -> str:
    """The first paragraph as plain text, cut at a word to some 300 characters.

    Headings and titles are none, unless nothing else stands near the beginning.
    """
    begun = list(islice(paragraphs, _MOST_TITLES + 1))
    text = next(filter(_tells, begun), next(iter(begun), ""))
    if len(text) <= _SUMMARY_LENGTH:
        return text
    cut = text[: _SUMMARY_LENGTH - 1]
    head = cut.rpartition(" ")[0].rstrip(" ,;:–—-")
    return (head or cut) + "…"


def _tells(paragraph: str) -> bool:
    return len(paragraph) >= _SENTENCE or paragraph.endswith(_ENDS)


def plain(fragment: str) -> str:
    """The text of a clean HTML fragment, without its tags."""
    return html.unescape(_TAG.sub(lambda tag: _mark(tag[0], " "), _valid(fragment)))


def blocks(fragment: str) -> list[str]:
    """The text of a clean HTML fragment, paragraph by paragraph, item by item."""
    broken = _TAG.sub(lambda tag: _mark(tag[0], _break(tag[0])), _valid(fragment))
    texts = (" ".join(html.unescape(part).split()) for part in broken.split("\0"))
    return [text for text in texts if text]


def _valid(fragment: str) -> str:
    """``fragment`` without the words in it that are struck out."""
    if not _LEFT_OUT.search(fragment):
        return fragment
    parts: list[str] = []
    depth = place = 0
    for tag in _TAG.finditer(fragment):
        if bound := _LEFT_OUT.match(tag[0]):
            if depth == 0:
                parts.append(fragment[place : tag.start()])
            depth = max(0, depth - 1) if bound[1] else depth + 1
            place = tag.end()
    return "".join([*parts, "" if depth else fragment[place:]])


def _mark(tag: str, otherwise: str) -> str:
    """What stands for ``tag`` in plain text."""
    return _MARKS.get(tag, "") if _INLINE.match(tag) else otherwise


def _break(tag: str) -> str:
    return " " if tag.startswith(("<br", "<img")) else "\0"


def with_image(content: str, image: Image | None) -> str:
    """``content`` with ``image`` above it, unless the content shows that image already.

    In whatever size.
    """
    if not content or image is None or key_of(image.url) in set(map(key_of, _images(content))):
        return content
    return f"{figure(image)}\n{content}"


def without_image(content: str, image: Image) -> str:
    """``content``, clean HTML, without ``image`` in whatever size, nor the figure that shows it."""
    if key_of(image.url) not in set(map(key_of, _images(content))):
        return content
    from lxml import html as lxml_html  # late: text pages hold no images

    root = lxml_html.fragment_fromstring(content, create_parent="div")
    for shown in [
        one for one in root.iter("img") if key_of(one.get("src", "")) == key_of(image.url)
    ]:
        figure = next(shown.iterancestors("figure"), None)
        is_alone = figure is not None and len(figure.findall(".//img")) == 1
        (figure if figure is not None and is_alone else shown).drop_tree()
    return str(lxml_html.tostring(root, encoding="unicode"))[len("<div>") : -len("</div>")].strip()


def for_a_page(content: str) -> str:
    """``content`` as it may stand on a page, below a heading of the first level.

    No heading is more than one level below that before it, none and no link is empty, and a link
    that has no words, but a picture without any either, is named after where it leads.
    """
    content = _UNNAMED.sub(r'<a aria-label="\1" \2', _EMPTY.sub("", content))
    levels = [1]

    def step(tag: re.Match[str]) -> str:
        if not tag[1]:
            level = int(tag[2])
            while levels[-1] >= level:
                levels.pop()
            levels.append(level)
        return f"<{tag[1]}h{len(levels)}>"

    return _HEADING.sub(step, content)


def figure(image: Image) -> str:
    """``image`` with its credit as an HTML fragment."""
    caption = f"<figcaption>{html.escape(image.credit)}</figcaption>" if image.credit else ""
    source, alt = html.escape(image.url), html.escape(image.alt)
    size = f' width="{image.width}" height="{image.height}"' if image.width and image.height else ""
    return f'<figure><img src="{source}" alt="{alt}"{size}>{caption}</figure>'


def _images(content: str) -> set[str]:
    if "<img" not in content.lower():
        return set()
    from lxml import html as lxml_html  # late: text pages hold no images

    tree = lxml_html.fragment_fromstring(content, create_parent=True)
    return {str(source) for source in tree.xpath("//img/@src")}
