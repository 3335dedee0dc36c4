"""The words of the article's heading: the headline, and what stands in it beside that.

Rules
- Not of its words: what is struck out, a time, a sign that links to it, what only screen
  readers are told; a kicker or badge before or behind them, which other sources don't state,
  or which is called so.
- Parts that only their elements divide are two words where they look so, or another source has
  them so.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.claims import agreement
from feeds.normalise.html.headline_labels import is_label
from feeds.normalise.words import names
from feeds.text.characters import cleaned

_SIGN = re.compile(r"[\s¶#§🔗⚓_]*|\(\d+\)")
_STRUCK = ("del", "s", "strike")
_LONG = 12
_MOST_INSIDE = 40


class Shown(NamedTuple):
    """The headline that a heading shows, and the labels that stand beside it there."""

    words: str
    labels: tuple[str, ...] = ()


def words_of(heading: HtmlElement, stated: list[str]) -> Shown:
    """The headline in ``heading``; ``stated`` are the titles that other sources give."""
    parts = _parts(heading)
    written = " ".join(stated).casefold()
    whole = _joined(parts, written)
    own = agreement.key(whole)
    keys = {agreement.key(title) for title in stated} - {""}
    if any(own in known for known in keys):
        return Shown(whole)
    for first, last in ((1, 0), (0, 1), (2, 0), (0, 2), (1, 1)):
        some = parts[first : len(parts) - last]
        found = agreement.key(_joined(some, written))
        if found and any(
            found == known or (len(found) > _LONG and found in known) for known in keys
        ):
            break
    else:
        first = _labels(parts)
        last = _labels(parts[first:][::-1])
        some = parts[first : len(parts) - last]
    labels = (_joined(parts[:first], ""), _joined(parts[len(parts) - last :], ""))
    return Shown(_joined(some, written), tuple(label for label in labels if label))


def _labels(parts: list[_Part]) -> int:
    """How many of ``parts`` are labels, one after the other, before the last."""
    found = (place for place, part in enumerate(parts[:-1]) if not _is_label(part))
    return next(found, max(0, len(parts) - 1))


class _Part:
    """A run of a heading's words and the innermost element that holds nothing else."""

    def __init__(self, words: str, element: HtmlElement, is_whole: bool) -> None:
        self.words, self.element, self.is_whole = words, element, is_whole


def _parts(heading: HtmlElement) -> list[_Part]:
    """The words of ``heading`` by the children of the innermost element that holds them all."""
    while len(heading) == 1 and not cleaned(heading.text or "") + cleaned(heading[0].tail or ""):
        if _is_outside(heading[0]):
            break
        heading = heading[0]
    found = [_Part(heading.text or "", heading, False)]
    for child in heading:
        if child.tag in dom.BLOCKS:
            found.append(_Part(" ", heading, False))
        if not _is_outside(child):
            found.append(_Part(_inner_words(child), child, True))
        if child.tag in dom.BLOCKS:
            found.append(_Part(" ", heading, False))
        found.append(_Part(child.tail or "", heading, False))
    while found and not cleaned(found[0].words):
        found.pop(0)
    while found and not cleaned(found[-1].words):
        found.pop()
    return found


def _inner_words(element: HtmlElement) -> str:
    """The words of ``element``, blanks at its ends included, without what is outside of them."""
    words: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if len(words) > _MOST_INSIDE * 2:
            break
        if node.tag in dom.BLOCKS:
            words.append(" ")
        if event == "start":
            if node is not element and _is_outside(node):
                walk.skip_subtree()
                continue
            words.append(node.text or "")
        elif node is not element:
            words.append(node.tail or "")
    return "".join(words)


def _is_outside(element: HtmlElement) -> bool:
    if element.tag in ("time", *_STRUCK):
        return True
    if dom.is_called(element, names.UNHEARD):
        return True
    return element.tag == "a" and bool(_SIGN.fullmatch(dom.line_in(element)))


def _is_label(part: _Part) -> bool:
    if not part.is_whole:
        return not cleaned(part.words)
    return is_label(cleaned(part.words), part.element)


def _joined(parts: list[_Part], written: str) -> str:
    """The words of ``parts`` in one line; a blank where two lines only seem to be one word.

    They are two where they are so ``written`` (casefolded) elsewhere.
    """
    words = ""
    for part in parts:
        glued = words[-1:].isalnum() or words[-1:] in ".:;,!?)»”"
        is_two = part.words[:1].isupper() and not words[-1:].isupper()
        if words and glued and (is_two or _are_apart(words, part.words, written)):
            words += " "
        words += part.words
    return cleaned(words)


def _are_apart(before: str, behind: str, written: str) -> bool:
    """Whether the last word of ``before`` and the first of ``behind`` are ``written`` as two."""
    if not (behind[:1].isalnum() and before[-1:].isalnum()):
        return False
    pair = f"{before.split()[-1]} {behind.split()[0]}".casefold()
    return pair in written and pair.replace(" ", "") not in written
