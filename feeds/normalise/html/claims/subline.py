"""What stands in the headline's heading and is a line of its own: the beginning of the text.

Rules
- The last element in the heading, or what is behind its last break, is one if it has more words
  than a label, and what stands before it is all that a title of the metadata, or a part of one,
  says.
"""

from __future__ import annotations

from lxml.html import HtmlElement, html_parser

from feeds.normalise.html import dom
from feeds.normalise.html.claims import agreement
from feeds.normalise.words import names
from feeds.text.characters import cleaned

_TAGS = ("small", "span", "em", "i", "b", "strong", "div", "p", "sub")
_FEW_WORDS = 4


def part_subline(heading: HtmlElement, titles: set[str]) -> None:
    """Makes a paragraph of the last words of ``heading``, if ``titles`` end before them."""
    last = heading[-1] if len(heading) else None
    if last is None or (last.tag != "br" and last.tag not in _TAGS):
        return
    behind = cleaned(last.tail or "")
    words = behind if last.tag == "br" else dom.line_in(last)
    if len(words.split()) <= _FEW_WORDS or dom.is_called(last, names.UNHEARD):
        return
    if behind and last.tag != "br":
        return
    whole = dom.line_in(heading)
    before = agreement.key(whole.removesuffix(words))
    parts = {agreement.key(part) for title in titles for part in agreement.SEPARATOR.split(title)}
    stated = parts | {agreement.key(title) for title in titles}
    if not before or before not in stated or any(agreement.key(whole) in one for one in stated):
        return
    paragraph = html_parser.makeelement("p", {"class": "subtitle"})
    paragraph.sourceline = last.sourceline
    heading.remove(last)
    if last.tag == "br":
        paragraph.text = words
    else:
        paragraph.append(last)
    paragraph.tail, heading.tail = heading.tail, None
    heading.addnext(paragraph)
