"""Labels beside a headline: what kind of story it is, for whom, or of which section.

Rules
- A label is one of a few words of people's, the name of a section, or what a template calls so.
- Before a colon or a bar, or in brackets, a label in the headline's own text is one, too, if a
  headline is left.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.words import is_section, names, vocabulary
from feeds.normalise.words.patterns import Words, any_of

LABEL = Words(rf"[\W_]*{any_of(vocabulary.LABELS)}[\W_]*")
"""A label, and nothing else."""

_COUNT = Words(rf"\s[(\[]?\d[\d.,]*\s(?:{any_of(vocabulary.COMMENTS)})[)\]]?\s*\Z")
_FEW_WORDS = 4
_LONGEST, _SHORTEST_REST = 40, 12
_BEFORE = re.compile(r"\s*(?:\[([^\]]+)\]|\(([^()]+)\)|([^:|\[(]+?)\s*[:|]+)\s+(?=\S)")
# UPDATE 2-Mayor resigns
_LOUD = re.compile(r"([^\W\d_a-z]{4,}) (?:\d{1,2}-)?(?=[^\W\d]\S*[a-z])")
_BEHIND = re.compile(r"\s*(?:\[([^\]]+)\]|\(([^()]+)\)|\s\|\s+([^|]+?))\s*\Z")


def is_label(words: str, element: HtmlElement | None = None) -> bool:
    """Whether ``words`` are a label; ``element`` is what holds them and nothing else."""
    if len(words.split()) > _FEW_WORDS:
        return False
    if LABEL.fullmatch(words) or is_section(words):
        return True
    return element is not None and dom.is_called(element, names.HEADING_LABEL)


def without_labels(text: str) -> str:
    """The headline ``text`` without a label that stands before it, or behind it."""
    before = _BEFORE.match(text[:_LONGEST])
    if before and LABEL.fullmatch(before[1] or before[2] or before[3]):
        text = _rest(text, text[before.end() :])
    elif (loud := _LOUD.match(text)) and loud[1].isupper() and LABEL.fullmatch(loud[1]):
        text = _rest(text, text[loud.end() :])
    behind = _BEHIND.search(text, max(0, len(text) - _LONGEST))
    if behind and LABEL.fullmatch(behind[1] or behind[2] or behind[3]):
        text = _rest(text, text[: behind.start()])
    return text


def without_count(text: str) -> str:
    """The headline ``text`` without the number of its comments behind it."""
    return text[: count.start()].rstrip() if (count := _COUNT.search(text)) else text


def _rest(text: str, rest: str) -> str:
    return rest.strip() if len(rest) >= _SHORTEST_REST and " " in rest.strip() else text
