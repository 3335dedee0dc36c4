"""The words of a headline apart from what stands beside it in elements of their own.

Rules
- Emphasis divides no headline, unless it is called a part of its own, or is a label, or a date or
  clock at one of its ends. Any other
  element in a line, or a block, is a part of its own.
- A part is a label if it is called one, if it is a date, a clock, a count or a section, or if it
  is short and a headline may begin, or end, beside it.
- Parts of one kind are a headline in several lines. Of several kinds the one that is called a
  headline counts, else the last: a kicker stands in front.
- Emphasised words above a line break are a kicker, if they are short.
- A block that is a sentence as long as a teaser's is one.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise import words as vocabulary
from feeds.normalise.html import dom
from feeds.normalise.html.headline_labels import is_label, without_count, without_labels
from feeds.normalise.html.lists import days
from feeds.normalise.words import names
from feeds.normalise.words.patterns import small
from feeds.text.characters import cleaned
from feeds.text.ellipses import is_cut, stem

_EMPHASIS = "a abbr b bdi bdo cite code dfn em font i ins kbd mark q s samp strong sub sup u wbr"
_INLINE = frozenset(_EMPHASIS.split())
_SENTENCE = re.compile(r"[.!?。؟।][\"'”’»)]*\Z")
_CLOCK = re.compile(r"\W*(?:[01]?\d|2[0-3])[:.h][0-5]\d\W*(?:\w{1,4}\W*)?\Z")
_SCORE = re.compile(r"\s*\d{1,3}\s*[:–-]\s*\d{1,3}\s*\Z")
_CLIPPED = re.compile(r"\bclip(?:-path)?\s*:")
_WIDE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_LONG_LABEL, _LONG_TEASER = 30, 60
_MANY_PARTS, _FEW_WORDS = 40, 3
_KINDS = (names.LIST_LABEL, names.TIME_LABEL, names.HEADLINE)
_BRACKETS = re.compile(r"\[[^\]]{1,30}\]|\([^)]{1,30}\)")


def is_called_headline(element: HtmlElement | None) -> bool:
    """Whether class or itemprop of the element say that it is a headline."""
    return element is not None and any(
        dom.is_name_of(names.HEADLINE, called)
        for name in ("class", "itemprop")
        if (called := element.get(name))
    )


def weight(text: str) -> int:
    """How long ``text`` is to a reader: a sign of a script without blanks is worth three."""
    return len(text) + 2 * len(_WIDE.findall(text))


def is_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does, and is as long as a teaser."""
    return len(text) > _LONG_TEASER and bool(_SENTENCE.search(text)) and not is_cut(text)


def is_begun(cut: str, whole: str) -> bool:
    """Whether ``cut``, which ends in an ellipsis, is the beginning of ``whole``."""
    begun = stem(cut)
    return bool(begun) and len(whole) > len(begun) and small(whole).startswith(small(begun))


def own_words(element: HtmlElement) -> str:
    """The headline in ``element``, without what stands beside it in elements of their own."""
    while len(element) == 1 and not (element.text or "").strip() + (element[0].tail or "").strip():
        element = element[0]
    if not len(element):
        return without_count(without_labels(days.behind_date(dom.line_in(element))))
    parts = _parts(element)
    if kicker := _kicker(element):
        parts[0] = parts[0]._replace(text=parts[0].text.lstrip()[len(kicker) :])
    if any(
        part.apart and _SCORE.match(part.text) and not _CLOCK.match(part.text) for part in parts
    ):
        return ""  # two teams and how it ended
    parts = [part for part in parts if not _is_label(part)] or [
        part for part in parts if not days.is_dated(part.text)
    ]
    lines: list[str] = []
    for line in _lines(parts):
        words = cleaned("".join(part.text for part in _without_kickers(line)))
        if words:
            lines.append(words)
    said = [line for line in lines if not _is_short(line)] or lines
    said = [line for line in said if not is_sentence(line)] or said
    return without_count(without_labels(said[0])) if said else ""


def _kicker(element: HtmlElement) -> str:
    """The short words that are emphasised at the beginning of the headline, in a line of theirs."""
    first, behind = element[0], element[0].getnext()
    if (element.text or "").strip() or (first.tail or "").strip() or len(first):
        return ""
    if first.tag not in _INLINE or behind is None or behind.tag != "br":
        return ""
    words = (first.text or "").strip()
    return words if _is_short(words) and _may_begin(behind.tail or "") else ""


def _stands_apart(element: HtmlElement) -> bool:
    """Whether what is emphasised is a part of its own: by its name, or as a label."""
    called = element.get("class")
    if called and any(kind.search(called) for kind in _KINDS):
        return True
    words = dom.line_in(element)
    if len(words) > _LONG_LABEL:
        return False
    return is_label(words) or (_is_at_an_end(element) and _is_moment(words))


def _is_moment(words: str) -> bool:
    return _CLOCK.match(words) is not None or days.is_dated(words)


def _is_at_an_end(element: HtmlElement) -> bool:
    """Whether what is emphasised begins a link, or ends it behind another element."""
    before, outer = element.getprevious(), element.getparent()
    if before is None:
        return outer is not None and not (outer.text or "").strip()
    is_last = element.getnext() is None and not (element.tail or "").strip()
    return is_last and not (before.tail or "").strip()


def _is_wrapper(element: HtmlElement) -> bool:
    """Whether the element says nothing but by the elements in it."""
    return not (element.text or "").strip() and not any(
        (inner.tail or "").strip() for inner in islice(element, _MANY_PARTS)
    )


class _Part(NamedTuple):
    """Words that stand in one element, whatever emphasises some of them.

    ``begins``: a block begins with them; ``apart``: they are in an element of their own.
    """

    text: str
    owner: HtmlElement
    begins: bool
    apart: bool


def _parts(element: HtmlElement) -> list[_Part]:
    found: list[_Part] = []
    owners = [element]
    begins = True
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node is not element:
            begins = begins or (node.tag in dom.BLOCKS and node.tag != "br")
            if event == "start" and node.tag == "br":
                begins = _added(found, " ", owners[-1], begins=begins, root=element)
            outer = owners[-1]
            is_outermost = outer is element or outer.tag in dom.BLOCKS or _is_wrapper(outer)
            if (
                event == "start"
                and (node.tag not in _INLINE or _stands_apart(node))
                and (is_outermost or node.tag in dom.BLOCKS)
            ):
                owners.append(node)
            elif event == "end" and node is owners[-1]:
                owners.pop()
        if (event == "start" or node is not element) and len(found) < _MANY_PARTS:
            text = node.text if event == "start" else node.tail
            begins = _added(found, text or "", owners[-1], begins=begins, root=element)
    return found


def _added(
    found: list[_Part], text: str, owner: HtmlElement, *, begins: bool, root: HtmlElement
) -> bool:
    """Adds ``text`` to the parts; whether a block still begins."""
    last = found[-1] if found else None
    if last is not None and not begins and (last.owner is owner or not text.strip()):
        found[-1] = last._replace(text=last.text + text)
        return False
    if not text.strip():
        return begins
    found.append(_Part(text, owner, begins, owner is not root))
    return False


def _lines(parts: list[_Part]) -> list[list[_Part]]:
    lines: list[list[_Part]] = []
    for part in parts:
        if part.begins or not lines:
            lines.append([])
        lines[-1].append(part)
    return lines


def _without_kickers(line: list[_Part]) -> list[_Part]:
    """The parts of a line without those at its ends that are elements of their own: labels."""
    while len(line) > 1 and line[0].apart and _is_short(line[0].text) and _may_begin(line[1].text):
        line = line[1:]
    while (
        len(line) > 1 and line[-1].apart and _is_short(line[-1].text) and _may_begin(line[-1].text)
    ):
        line = line[:-1]
    if len(line) > 1 and all(part.apart for part in line):
        line = _of_kinds([part for part in line if not is_sentence(part.text.strip())] or line)
    return [part._replace(text=f" {part.text}") if part.apart else part for part in line]


def _of_kinds(line: list[_Part]) -> list[_Part]:
    """The parts of a headline whose elements are called by different names: the headline's.

    Those of one name are a headline in several lines.
    """
    kinds = [(part.owner.tag, part.owner.get("class")) for part in line]
    named = [part for part in line if is_called_headline(part.owner)]
    if len(named) == 1:
        return named
    if len(set(kinds)) == 1:
        return line
    last = kinds[-1][1]
    if last and names.TEASER.search(last):
        return line[:1]
    return [part for part, kind in zip(line, kinds, strict=True) if kind == kinds[-1]]


def _may_begin(text: str) -> bool:
    """Whether a headline, or a label behind one, may begin so."""
    first = text.strip()[:1]
    return not first.islower() and (first.isalnum() or first in "\"'“„«‘»([¿¡")


def _is_short(text: str) -> bool:
    text = text.strip()
    return len(text.split()) <= 2 and weight(text) <= _LONG_LABEL


def _is_label(part: _Part) -> bool:
    text = " ".join(part.text.split())
    if not any(map(str.isalnum, text)) or _CLIPPED.search(part.owner.get("style", "")):
        return part.apart
    if _is_moment(text):
        return True
    if not part.apart and not part.begins:
        return False
    called = part.owner.get("class")
    if part.apart and called and len(text) <= _LONG_TEASER:
        words = len(text.split())
        is_time = words <= _FEW_WORDS + 2 * any(map(str.isdigit, text))
        if names.LIST_LABEL.search(called) or (is_time and names.TIME_LABEL.search(called)):
            return True
    if part.apart and (_BRACKETS.fullmatch(text) or days.is_line_of_date(text)):
        return True
    plain = small(text)
    return vocabulary.is_furniture(plain) or vocabulary.is_section(text) or _is_count(text)


def _is_count(text: str) -> bool:
    return len(text) <= _LONG_LABEL and vocabulary.COUNTER.fullmatch(text) is not None
