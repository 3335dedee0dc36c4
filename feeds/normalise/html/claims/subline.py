"""What stands in the headline's heading and is a line of its own: the beginning of the text.

Rules
- The last element in the heading is one if it has more words than a label, and what stands before
  it is all that a title of the metadata, or a part of one, says.
"""

from __future__ import annotations

from lxml.html import HtmlElement, html_parser

from feeds.normalise.html import dom
from feeds.normalise.html.claims import agreement
from feeds.normalise.words import names

_TAGS = ("small", "span", "em", "i", "b", "strong", "div", "p", "sub")
_FEW_WORDS = 4


def part_subline(heading: HtmlElement, titles: set[str]) -> None:
    """Makes a paragraph of the last words of ``heading``, if ``titles`` end before them."""
    last = heading[-1] if len(heading) else None
    if last is None or last.tag not in _TAGS or (last.tail or "").strip():
        return
    words, whole = dom.line_in(last), dom.line_in(heading)
    if len(words.split()) <= _FEW_WORDS or dom.is_called(last, names.UNHEARD):
        return
    before = agreement.key(whole.removesuffix(words))
    parts = {agreement.key(part) for title in titles for part in agreement.SEPARATOR.split(title)}
    stated = parts | {agreement.key(title) for title in titles}
    if not before or before not in stated or any(agreement.key(whole) in one for one in stated):
        return
    paragraph = html_parser.makeelement("p", {"class": "subtitle"})
    paragraph.sourceline = last.sourceline
    heading.remove(last)
    paragraph.append(last)
    paragraph.tail, heading.tail = heading.tail, None
    heading.addnext(paragraph)
