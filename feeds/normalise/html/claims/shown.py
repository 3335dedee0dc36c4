"""What the page shows of its article beside the headline: the header, and the byline in it.

Rules
- The article's header reaches from the headline to the first paragraph, and a little above the
  headline. Of the lists in it only short ones that are more than links belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise.bylines import authors_in, introduces_source, is_source, people_and_places
from feeds.normalise.html import dom
from feeds.normalise.html.claims import date_lines, dated, signed, surroundings
from feeds.normalise.html.claims.choose import BYLINE
from feeds.normalise.html.claims.metadata import Claim
from feeds.normalise.words import names, vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text.dates.find import find_stamp

_CREDIT = Words(rf"[\W_]{{0,3}}{any_of(vocabulary.PHOTOS, vocabulary.PICTURES)}(?!\w)")
_ON_A_DAY = Words(rf"(?<=\s){any_of(vocabulary.ON_A_DAY)}\Z")
_DIVIDED = re.compile(r"\s+[|·•—–/]\s+")
_NO_CLASS = re.compile(r"\b(?:Mso\w+|c\d+)\b")  # of programs, which give one to every paragraph
_FAR = 60
_LONGEST_LINE = 100
_ABOVE = 12
_LINES = frozenset(
    "p div span address footer small i em b strong h4 h5 h6 li dd time font td".split()
)
_FOOTER = re.compile(r"(?:^|[\s_-])footer(?:$|[\s_-])")
_DATES = frozenset(("time", "div", "span", "small"))
_PROPERTIES = frozenset(("author", "datePublished"))
_MANY, _MOST_INSIDE = 500, 40
_MOST_ITEMS, _LONGEST_LIST = 6, 200
_EDGES = " \t|·•,–—-()/\u2022"


def header_elements(
    scope: HtmlElement, title: HtmlElement, beside: frozenset[HtmlElement]
) -> Iterator[HtmlElement]:
    """The elements of the article's header, those below the headline before those above."""
    above: list[HtmlElement] = []
    below: list[HtmlElement] = []
    passed = False
    texts = 0
    outer = set(title.iterancestors())
    around = set(islice(title.iterancestors(), 3))
    walk = etree.iterwalk(scope, events=("start",))
    for _, element in walk:
        if element is title or (
            element not in outer
            and ((element in beside and (texts or not _is_header(element))) or _is_apart(element))
        ):
            passed = passed or element is title
            walk.skip_subtree()
        elif not passed:
            above.append(element)
            del above[:-_ABOVE]
        else:
            if element.tag == "time" and surroundings.is_of_a_post(element):
                continue
            texts += _is_text(element) and not _states_date(element)
            if texts > 1 or len(below) >= _FAR:
                break
            # byline and date may also stand below the standfirst
            if (
                not texts
                or signed.is_byline(element)
                or _is_own_date(element, scope)
                or authors_in(_line_of_byline(element), bare=False)
            ):
                below.append(element)
    yield from below
    # what stands deeper is of the header only if that is more than the page as a whole
    within = {one for one in around if one.tag not in ("body", "html")}
    for element in above:
        if element not in around and (
            around.intersection(islice(element.iterancestors(), 3))
            or within.intersection(islice(element.iterancestors(), 5))
        ):
            yield element


def _is_header(element: HtmlElement) -> bool:
    """Whether ``element`` is short and has a date, as what a template calls a headline's footer.

    So is a box of whatever name that calls a part of it the article's author or date.
    """
    if element.tag != "div" or dom.is_longer(element, _LONGEST_LIST):
        return False
    if _FOOTER.search(element.get("class") or "") and next(element.iter("time"), None) is not None:
        return True
    return _has_properties(element)


def _has_properties(element: HtmlElement) -> bool:
    """Whether a part of ``element`` is called author or date of an article."""
    inner = islice(element.iterdescendants(), _MOST_INSIDE)
    return any(
        not _PROPERTIES.isdisjoint((part.get("itemprop") or "").split())
        and not any(outer.get("itemscope") is not None for outer in _up_to(part, element))
        for part in inner
    )


def _up_to(part: HtmlElement, element: HtmlElement) -> Iterator[HtmlElement]:
    """What is around ``part`` within ``element``, and that."""
    for outer in part.iterancestors():
        yield outer
        if outer is element:
            break


def _states_date(element: HtmlElement) -> bool:
    """Whether ``element`` is a date and what goes with it, or a row of which a part is one."""
    if dated.is_date_line(element):
        return True
    is_row = not dom.is_longer(element, _LONGEST_LIST)
    return is_row and any(map(dated.is_date_line, element.iter("time")))


def _is_apart(element: HtmlElement) -> bool:
    """Whether ``element`` is a table, a list of links, or one of more than goes with a headline."""
    if element.tag not in ("ul", "ol", "table") or signed.is_byline(element):
        return False
    if element.tag == "table":
        return True
    if _has_properties(element) and not dom.is_longer(element, _LONGEST_LIST):
        return False
    items = list(islice(element.iter("li"), _MOST_ITEMS + 1))
    if len(items) > _MOST_ITEMS or len(dom.line_in(element)) > _LONGEST_LIST:
        return True
    return all(next(item.iter("a"), None) is not None for item in items)


def _is_own_date(element: HtmlElement, scope: HtmlElement) -> bool:
    """Whether ``element``, below a text, is the article's date rather than one of a chronicle."""
    if not dated.is_date_line(element):
        return False
    if any(_is_text(outer) for outer in islice(element.iterancestors(), 4)):
        return False
    if dated.is_labelled(element):
        return True
    if element.tag not in _DATES and not dom.is_called(element, names.DATE):
        return False
    called = element.get("class")
    others = (one for one in islice(scope.iter(element.tag), _MANY) if one.get("class") == called)
    return not any(one is not element and dated.is_date_line(one) for one in others)


def _is_text(element: HtmlElement) -> bool:
    return element.tag in ("p", "blockquote") and len(dom.line_in(element)) >= dom.PROSE


def find_bylines(header: list[HtmlElement]) -> list[Claim]:
    """The names in the header's byline; all of its words if it names nobody but a desk."""
    desk: list[Claim] = []
    for element in header:
        words = _line_of_byline(element)
        is_signed = signed.is_byline(element)
        found: Mapping[str, str] = {}
        if is_signed:
            found = {} if _is_no_byline(element) else signed.people_from(element)
        elif words and (people := _people_in(element, words)):
            at = signed.addresses_in(element)
            found = {name: at.get(name, "") for name in people}
        if found and (is_signed or not _is_no_byline(element)):
            line = dom.line_of(element)
            return [Claim(name, line, BYLINE, url=url) for name, url in found.items()]
        if not found and words and not desk and _is_of_a_desk(element, words):
            desk = [] if _is_no_byline(element) else [Claim(words, dom.line_of(element), BYLINE)]
    return desk


def _people_in(element: HtmlElement, words: str) -> tuple[str, ...]:
    """The people whom the ``words`` of ``element`` name, which isn't called a byline."""
    for part in _DIVIDED.split(words):
        if found := authors_in(without_date(part), bare=False):
            return found
    return _people_alone(element, words)


def _is_of_a_desk(element: HtmlElement, words: str) -> bool:
    """Whether ``words``, which name no people, sign all the same: a desk, an outlet."""
    return introduces_source(words) or (
        _is_bare(element) and bool(authors_in(words) or is_source(words))
    )


def _is_no_byline(element: HtmlElement) -> bool:
    """Whether ``element``, whatever its words, says whose a picture is, or has a headline in it."""
    return _is_of_a_picture(element) or next(element.iter("h1", "h2"), None) is not None


def _people_alone(element: HtmlElement, words: str) -> tuple[str, ...]:
    """The people whose names are all of ``words``, if they have places, or a date follows."""
    people, are_placed = people_and_places(words)
    if not people or are_placed:
        return people
    before, behind = element.getprevious(), element.getnext()
    is_below = before is not None and before.tag in dom.HEADINGS
    is_dated = is_below and behind is not None and dated.is_date_line(behind)
    return people if is_dated else ()


def _is_bare(element: HtmlElement) -> bool:
    """Whether ``element`` is a paragraph without a class right below a heading."""
    before = element.getprevious()
    called = _NO_CLASS.sub("", element.get("class") or "")
    is_paragraph = element.tag == "p" and before is not None and before.tag in dom.HEADINGS
    return is_paragraph and not called.strip()


def _is_of_a_picture(element: HtmlElement) -> bool:
    """Whether ``element`` says whose a picture is."""
    if any(outer.tag == "figure" for outer in islice(element.iterancestors(), 5)):
        return True
    if dom.is_longer(element, _LONGEST_LINE):
        return False
    return _CREDIT.match(dom.line_in(element)) is not None


def _line_of_byline(element: HtmlElement) -> str:
    """The words of what may be a byline, whatever it is called."""
    if element.tag not in _LINES or dom.is_longer(element, _LONGEST_LINE):
        return ""
    words = signed.words_of(element)
    return words if len(words) <= _LONGEST_LINE else ""


def without_date(words: str) -> str:
    """What stands before a date and its label, or else behind it."""
    stamp = find_stamp(words.rstrip("."))  # a long line with a full stop is a sentence
    if stamp is not None and stamp.full:
        words = date_lines.without_label(stamp.before) or stamp.after or words
    words = words.strip(_EDGES)
    end = _ON_A_DAY.search(words)
    return (words[: end.start()] if end else words).strip(_EDGES)
