"""The words of a headline in a list, apart from the labels, dates and teasers around it.

Rules
- A heading in the link, or around it, is the headline; else what the page calls one; else the
  words of the link.
- What stands beside the headline in an element of its own is a label if it is short, or a
  teaser if it is a block. Words that lead to several stories ("Read more") are no headline.
- Of several links to one story the longest true headline counts: no sentence, no words cut
  short. A headline cut at "…" is the whole one, if another link to the story, or the link's
  ``title``, has that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise import words as vocabulary
from feeds.normalise.html import dom
from feeds.normalise.html.lists import marks
from feeds.normalise.words import names
from feeds.normalise.words.patterns import small
from feeds.text.characters import cleaned

_EMPHASIS = "a abbr b bdi bdo cite code dfn em font i ins kbd mark q s samp strong sub sup u wbr"
_INLINE = frozenset(_EMPHASIS.split())
_CUT = re.compile(r"\s*(?:…|\.\.\.)\s*\Z")
_SENTENCE = re.compile(r"[.!?。؟।][\"'”’»)]*\Z")
_CLOCK = re.compile(r"\W*\d{1,2}[:.h]\d\d\W*(?:\w{1,4}\W*)?\Z")
_CLIPPED = re.compile(r"\bclip(?:-path)?\s*:")
_WIDE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_LONG_LABEL, _LONG_TEASER, _LONGEST = 30, 60, 300
_SHORT_HEADING, _SHORT_LINK, _ONE_WORD = 12, 14, 26
_MANY_PARTS = 40
_COMMON = 5


class Words(NamedTuple):
    """What a link says: its headline, and how sure that is (2: a heading; 1: called one)."""

    text: str
    rank: int


def read(link: HtmlElement) -> Words:
    """The headline that ``link`` shows; empty if it shows none."""
    inner = [one for one in islice(link.iter(*dom.HEADINGS), _MANY_PARTS) if dom.line_in(one)]
    outer = next((one for one in islice(link.iterancestors(), 3) if one.tag in dom.HEADINGS), None)
    if inner:
        named = [one for one in inner if _is_called_headline(one)]
        return Words(_own_words(min(named or inner, key=lambda one: str(one.tag))), 2)
    named = [one for one in link.iterdescendants() if _is_called_headline(one) and dom.line_in(one)]
    if named:
        return Words(_own_words(named[0]), 2 if outer is not None else 1)
    if outer is not None:
        return Words(_own_words(link), 2)
    return Words(_own_words(link), int(any(map(_is_called_headline, (link, link.getparent())))))


def _is_called_headline(element: HtmlElement | None) -> bool:
    return element is not None and any(
        names.HEADLINE.search(element.get(name, "")) for name in ("class", "itemprop")
    )


def weight(text: str) -> int:
    """How long ``text`` is to a reader: a sign of a script without blanks is worth three."""
    return len(text) + 2 * len(_WIDE.findall(text))


def is_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does, and is as long as a teaser."""
    return len(text) > _LONG_TEASER and bool(_SENTENCE.search(text)) and not _CUT.search(text)


def is_cut(text: str) -> bool:
    """Whether ``text`` ends in an ellipsis."""
    return bool(_CUT.search(text))


def is_begun(cut: str, whole: str) -> bool:
    """Whether ``cut``, which ends in an ellipsis, is the beginning of ``whole``."""
    stem = _CUT.sub("", cut)
    return bool(stem) and len(whole) > len(stem) and small(whole).startswith(small(stem))


def _own_words(element: HtmlElement) -> str:
    """The headline in ``element``, without what stands beside it in elements of their own."""
    while len(element) == 1 and not (element.text or "").strip() + (element[0].tail or "").strip():
        element = element[0]
    if not len(element):
        return dom.line_in(element)
    parts = _parts(element)
    parts = [part for part in parts if not _is_label(part)] or [
        part for part in parts if not marks.is_dated(part.text)
    ]
    lines: list[str] = []
    for line in _lines(parts):
        words = cleaned("".join(part.text for part in _without_kickers(line)))
        if words:
            lines.append(words)
    said = [line for line in lines if not _is_short(line)] or lines
    said = [line for line in said if not is_sentence(line)] or said
    return said[0] if said else ""


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
            is_outermost = outer is element or outer.tag in dom.BLOCKS
            if (
                event == "start"
                and node.tag not in _INLINE
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
        line = _of_kinds(line)
    return [part._replace(text=f" {part.text}") if part.apart else part for part in line]


def _of_kinds(line: list[_Part]) -> list[_Part]:
    """The parts of a headline whose elements are called by different names: the headline's.

    Those of one name are a headline in several lines.
    """
    kinds = [(part.owner.tag, part.owner.get("class")) for part in line]
    named = [part for part in line if _is_called_headline(part.owner)]
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
    if marks.is_dated(text) or _CLOCK.match(text):
        return True
    if not part.apart and not part.begins:
        return False
    called = part.owner.get("class")
    if part.apart and called and len(text) <= _LONG_TEASER and names.LABEL.search(called):
        return True
    plain = small(text)
    return vocabulary.is_furniture(plain) or vocabulary.is_section(text) or _is_count(text)


def _is_count(text: str) -> bool:
    return len(text) <= _LONG_LABEL and vocabulary.COUNTER.fullmatch(text) is not None


class Headlines:
    """What the links of a page say, by the story that they lead to."""

    def __init__(self, links: Iterable[marks.Link], titles: dict[str, list[str]]) -> None:
        self._whole = titles
        self._said: dict[HtmlElement, Words] = {}
        self._by_key: dict[str, list[str]] = defaultdict(list)
        stories: dict[str, set[str]] = defaultdict(set)
        for link in links:
            words = read(link.element)
            self._said[link.element] = words
            if words.text and len(words.text) <= _LONGEST:
                self._by_key[link.key].append(words.text)
                stories[small(words.text)].add(link.key)
        self._common = {
            text
            for text, keys in stories.items()
            if len(keys) > 1 and (len(text.split()) < _COMMON or len(keys) > _COMMON)
        }

    def is_headline(self, link: marks.Link) -> bool:
        """Whether the link shows a headline, and no label, name or button."""
        words = self._said[link.element]
        text = words.text
        if not text or len(text) > _LONGEST or small(text) in self._common or marks.is_dated(text):
            return False
        if not any(map(str.isalpha, text)) or vocabulary.is_furniture(small(text)):
            return False
        if words.rank:
            return len(text.split()) > 1 or weight(text) >= _SHORT_HEADING
        return weight(text) >= _SHORT_LINK and (len(text.split()) > 2 or weight(text) >= _ONE_WORD)

    def words(self, link: marks.Link) -> str:
        """What the link shows as its headline."""
        return self._said[link.element].text

    def rank(self, link: marks.Link) -> int:
        """How sure it is that the link shows a headline: 2 is a heading, 1 is called one."""
        return self._said[link.element].rank

    def of_story(self, own: Iterable[marks.Link]) -> str:
        """The headline that some links of one story and list show together."""
        own = list(own)
        said = [
            words
            for link in own
            if small((words := self._said[link.element]).text) not in self._common
        ]
        best = max(
            said,
            key=lambda words: (
                words.rank,
                not is_sentence(words.text),
                not is_cut(words.text),
                len(words.text),
            ),
        ).text
        if not is_cut(best):
            return best
        key = own[0].key
        others = [*self._by_key[key], *self._whole.get(key, ())]
        whole = [text for text in others if not is_cut(text) and is_begun(best, text)]
        return min(whole, key=len, default=best)
