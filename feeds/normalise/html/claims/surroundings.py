"""Where a time stands: in the line of a sentence, in one of several posts.

Rules
- A date in a sentence is no date of the article, whatever the element around it is called. What
  a header says in one line is a line of dates, or stands in elements that are divided by no more
  than labels, bylines and the small words between them.
- Elements that only say how their words look are no division: programs put every word in one,
  and the blanks between words into those elements.
- The times of a live blog's posts are its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.bylines import introduced
from feeds.normalise.html import dom
from feeds.normalise.html.claims import bounds, date_lines
from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text.characters import cleaned
from feeds.text.dates.resolve import Settled

_LOOKS = frozenset("b strong i em u s font mark small big q cite sub sup ins abbr".split())
_CLASS_OF_A_PROGRAM = re.compile(r"(?:Mso\w+|c\d+|s\d+)?(?:\s+(?:c|s)\d+)*")
_GOES_ON = re.compile(r"[ \xa0,.;:]|.*[^\W\d_][ \xa0]\Z", re.DOTALL)
_BY = Words(rf"{any_of(vocabulary.BYLINES)}\W*")
_SMALL_WORD = re.compile(r"[^\W\d]{0,3}")
_EDGES = date_lines.EDGES + ".,:;[]‹›«»"
_MOST_BESIDE, _LONGEST = 40, 160
_LEVELS, _MANY = 5, 500


def is_in_sentence(element: HtmlElement) -> bool:
    """Whether ``element`` stands within a line, and that is neither of dates nor of a header."""
    if element.tag in dom.BLOCKS:
        return False
    before = list(_beside(element, forward=False))[::-1]
    after = list(_beside(element, forward=True))
    if not any(words.strip(_EDGES) for words, _ in (*before, *after)):
        return False
    own = dom.line_in(element)
    line = cleaned("".join(words for words, _ in (*before, (own, True), *after)))
    if len(line) <= _LONGEST and date_lines.read_line(line, Settled("day first")):
        return False
    if date_lines.ends_sentence(line):
        return True
    return not all(map(_divides, (*_bare(before), *_bare(after))))


def _bare(parts: list[tuple[str, bool]]) -> Iterator[str]:
    """The runs of ``parts`` that stand in no element of their own."""
    run = ""
    for words, is_apart in parts:
        if is_apart:
            yield cleaned(run)
            run = ""
        else:
            run += words
    yield cleaned(run)


def _divides(words: str) -> bool:
    """Whether ``words``, between the elements of a header, are no more than what divides them."""
    words = words.strip(_EDGES)
    if bounds.is_bound(words) and not date_lines.is_label(words):
        return False
    if _SMALL_WORD.fullmatch(words) or date_lines.is_label(words) or _BY.fullmatch(words):
        return True
    if date_lines.is_count(words):
        return True
    rest = date_lines.without_label(words)
    by_whom = rest, rest.partition(" ")[2]  # "Edited by"
    return not rest or any(map(introduced, by_whom)) or _BY.fullmatch(rest) is not None


def _beside(element: HtmlElement, *, forward: bool) -> Iterator[tuple[str, bool]]:
    """The words beside ``element`` up to where a block begins or ends, nearest first.

    With each, whether it stands in an element of its own.
    """
    left = _MOST_BESIDE
    while element.tag not in dom.BLOCKS:
        if forward:
            yield element.tail or "", False
        for other in islice(element.itersiblings(preceding=not forward), left):
            left -= 1
            if not forward:
                yield other.tail or "", False
            if any(inner.tag in dom.BLOCKS for inner in islice(other.iter(), _MOST_BESIDE)):
                return
            if isinstance(other.tag, str):
                yield dom.line_in(other), not _only_looks(other)
            if forward:
                yield other.tail or "", False
        outer = element.getparent()
        if outer is None:
            return
        if not forward:
            yield outer.text or "", False
        element = outer


def _only_looks(element: HtmlElement) -> bool:
    if element.tag == "span" and _CLASS_OF_A_PROGRAM.fullmatch(element.get("class") or ""):
        return _GOES_ON.match(dom.string_of(element)) is not None
    return element.tag in _LOOKS


def is_of_a_post(time: HtmlElement) -> bool:
    """Whether ``time`` is that of one of several posts that follow each other, as in a live blog.

    They are elements of a kind, each with a time and more than that.
    """
    for post in (time, *islice(time.iterancestors(), _LEVELS)):
        called = post.get("class")
        if (called is None and post.tag in ("div", "span")) or not _has_words(post):
            continue
        others = islice(post.itersiblings(post.tag), _MANY)
        before = islice(post.itersiblings(post.tag, preceding=True), _MANY)
        for other in (*others, *before):
            is_one = other.get("class") == called and next(other.iter("time"), None) is not None
            if is_one and _has_words(other):
                return True
    return False


def _has_words(post: HtmlElement) -> bool:
    """Whether ``post`` has a heading or a paragraph with no time in it."""
    parts = islice(post.iter("p", "h2", "h3", "h4"), _MANY)
    return any(next(part.iter("time"), None) is None and dom.line_in(part) for part in parts)
