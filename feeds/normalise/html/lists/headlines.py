"""The words of a headline in a list, apart from the labels, dates and teasers around it.

Rules
- A heading in the link, or around it, is the headline; else what the page calls one; else the
  words of the link. What leads on ("Read more") has the headline above it that links nowhere.
- Labels and teasers stay apart: see ``parts``. Words that lead to several stories ("Read more")
  are no headline.
- Headings that are all but two words long above what may be headlines are kickers.
- Of several links to one story the longest true headline counts: no sentence, no words cut
  short. A headline cut at "…" is the whole one, if another link to the story, or the link's
  ``title``, has that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.normalise import words as vocabulary
from feeds.normalise.html import dom
from feeds.normalise.html.lists import days, marks
from feeds.normalise.html.lists.parts import (
    is_begun,
    is_called_headline,
    is_sentence,
    own_words,
    weight,
)
from feeds.normalise.words import vocabulary as word_lists
from feeds.normalise.words.patterns import Words as Pattern
from feeds.normalise.words.patterns import any_of, small
from feeds.text.characters import cleaned
from feeds.text.ellipses import is_cut

_LEADS_ON = Pattern(rf"{any_of(word_lists.LEADS_ON)}[\s.…»›→>]{{0,5}}")
_LONGEST, _LONGEST_LEADING = 300, 40
_SHORT_HEADING, _SHORT_LINK, _ONE_WORD = 12, 14, 26
_SHORT_WIDE = 7
"""So many signs of a script without blanks are more than a label."""
_MANY_HEADINGS = 40
_HIGH, _NEAR = 4, 60
_COMMON = 5
_MANY_TITLES = 20
_FEW_WORDS, _SEVERAL, _LONG_BELOW = 2, 4, 120


class Words(NamedTuple):
    """What a link says: its headline, and how sure that is (2: a heading; 1: called one)."""

    text: str
    rank: int


def read(link: HtmlElement) -> Words:
    """The headline that ``link`` shows; empty if it shows none."""
    line = dom.line_in(link)
    if not line:
        return _laid_over(link)
    if len(line) <= _LONGEST_LEADING and _LEADS_ON.fullmatch(line):
        return _heading_above(link)
    outer = next((one for one in islice(link.iterancestors(), 3) if one.tag in dom.HEADINGS), None)
    if not len(link):
        is_named = any(map(is_called_headline, (link, link.getparent())))
        return Words(own_words(link), 2 if outer is not None else int(is_named))
    inner = [one for one in islice(link.iter(*dom.HEADINGS), _MANY_HEADINGS) if dom.line_in(one)]
    if inner:
        named = [one for one in inner if is_called_headline(one)]
        return Words(own_words(min(named or inner, key=lambda one: str(one.tag))), 2)
    named = [one for one in link.iterdescendants() if is_called_headline(one) and dom.line_in(one)]
    if named:
        return Words(own_words(named[0]), 2 if outer is not None else 1)
    if outer is not None:
        return Words(own_words(link), 2)
    return Words(own_words(link), int(any(map(is_called_headline, (link, link.getparent())))))


def _laid_over(link: HtmlElement) -> Words:
    """The headline beside a link without words, which is laid over it and says so."""
    label = cleaned(link.get("aria-label") or link.get("title") or "")
    if label:
        for outer in islice(link.iterancestors(), _HIGH):
            for near in islice(outer.iter(), _NEAR):
                is_heading = near.tag in dom.HEADINGS
                if (is_heading or is_called_headline(near)) and dom.line_in(near) == label:
                    return Words(own_words(near), 2 if is_heading else 1)
    return Words("", 0)


def _heading_above(link: HtmlElement) -> Words:
    """The only heading beside a link that leads on, if all links there go to one story."""
    address = (link.get("href") or "").partition("#")[0]
    for outer in islice(link.iterancestors(), _HIGH):
        headings = list(islice(outer.iter(*dom.HEADINGS), 2))
        if not headings:
            continue
        links = list(islice(outer.iter("a"), _COMMON))
        is_one = all((one.get("href") or "").partition("#")[0] == address for one in links)
        if len(headings) > 1 or not is_one or next(headings[0].iter("a"), None) is not None:
            break
        return Words(own_words(headings[0]), 2)
    return Words(dom.line_in(link), 0)


def _below_kickers(said: dict[HtmlElement, Words]) -> dict[HtmlElement, Words]:
    """The headlines of links whose headings are kickers.

    They are, where headings of one structure are all but two words long, and what stands below
    each is as long as a headline and no teaser.
    """
    alike: dict[tuple[object, ...], dict[HtmlElement, str]] = defaultdict(dict)
    few: Counter[tuple[object, ...]] = Counter()
    for link, words in said.items():
        heading = next(link.iter(*dom.HEADINGS), None) if words.rank > 1 else None
        below = heading.getnext() if heading is not None else None
        if heading is None or below is None or next(below.iter("a"), None) is not None:
            continue
        kind = heading.tag, heading.get("class"), below.tag, below.get("class")
        few[kind] += len(words.text.split()) <= _FEW_WORDS
        alike[kind][link] = own_words(below)
    found: dict[HtmlElement, Words] = {}
    for structure, below_by_link in alike.items():
        fit = sum(
            len(text.split()) > _FEW_WORDS
            and _SHORT_LINK <= weight(text) <= _LONG_BELOW
            and not (is_sentence(text) or is_cut(text))
            for text in below_by_link.values()
        )
        if len(below_by_link) >= _SEVERAL and 4 * min(few[structure], fit) >= 3 * len(
            below_by_link
        ):
            found |= {link: Words(text, 1) for link, text in below_by_link.items() if text}
    return found


class Headlines:
    """What the links of a page say, by the story that they lead to."""

    def __init__(self, links: Iterable[marks.Link], titles: dict[str, list[str]]) -> None:
        self._said: dict[HtmlElement, Words] = {}
        self._whole: dict[str, list[str]] = defaultdict(list)
        stories: dict[str, set[str]] = defaultdict(set)
        for key, said in titles.items():
            for title in said:
                self._note(key, title)
        links = list(links)
        for link in links:
            self._said[link.element] = read(link.element)
        self._said |= _below_kickers(self._said)
        for link in links:
            words = self._said[link.element]
            if words.text and len(words.text) <= _LONGEST:
                self._note(link.key, words.text)
                stories[small(words.text)].add(link.key)
        self._common = {
            text
            for text, keys in stories.items()
            if len(keys) > 1 and (len(text.split()) < _COMMON or len(keys) > _COMMON)
        }

    def _note(self, key: str, text: str) -> None:
        """Notes what a headline of the story may be the beginning of."""
        if not is_cut(text) and len(self._whole[key]) < _MANY_TITLES:
            self._whole[key].append(text)

    def is_headline(self, link: marks.Link) -> bool:
        """Whether the link shows a headline, and no label, name or button."""
        words = self._said[link.element]
        text = words.text
        if not text or len(text) > _LONGEST or small(text) in self._common or days.is_dated(text):
            return False
        if not any(map(str.isalpha, text)) or vocabulary.is_furniture(small(text)):
            return False
        if words.rank:
            return len(text.split()) > 1 or weight(text) >= _SHORT_HEADING
        told = [word for word in text.split() if not text[0].isdigit() or word.isalpha()]
        is_wide = weight(text) - len(text) >= 2 * _SHORT_WIDE
        return weight(text) >= _SHORT_LINK and (
            len(told) > 2 or weight(text) >= _ONE_WORD or is_wide
        )

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
        whole = [text for text in self._whole[own[0].key] if is_begun(best, text)]
        return min(whole, key=len, default=best)
