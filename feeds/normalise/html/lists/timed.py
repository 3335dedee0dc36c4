"""Lists that say no full day of their headlines: "8 Feb", "5 min ago", "14:20".

Rules
- Nobody guesses the day: none of it is a story. That there is such a list below its heading, is
  told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from lxml.html import HtmlElement

from feeds.model.problem import Problem
from feeds.normalise.html import dom
from feeds.normalise.html.lists import days, headlines
from feeds.normalise.words import is_list_heading
from feeds.text.characters import cleaned
from feeds.text.dates.find import Stamp, find_stamp

_SHAPES = frozenset(("yearless", "relative", "clock"))
_DAY_AND_MONTH = re.compile(r"[0-3]?\d([./-])[0-3]?\d\1?\.?")
_FEWEST, _FEW_WORDS = 2, 3
_LONGEST_HEADING, _LONGEST_TIME = 60, 40
_MANY_HEADINGS, _MANY_INSIDE = 300, 300


def find_timed(body: HtmlElement, known: Collection[HtmlElement]) -> list[Problem]:
    """What lists of ``body`` name no full day; ``known`` are the items of those that do."""
    found: list[Problem] = []
    for heading in islice(body.iter(*dom.HEADINGS), _MANY_HEADINGS):
        words = dom.line_in(heading)
        if len(words) > _LONGEST_HEADING or not is_list_heading(words):
            continue
        below = _below(heading)
        if below is None or any(inner in known for inner in below.iter()):
            continue
        if len(list(islice(_times(below), _FEWEST))) < _FEWEST:
            continue
        links = islice(below.iter("a"), _MANY_INSIDE)
        told = [
            (link, text) for link in links if len((text := _headline(link)).split()) >= _FEW_WORDS
        ]
        if len(told) >= _FEWEST:
            first, text = told[0]
            what = (
                f"'{dom.shortened(text)}' in the list has no full date and is left out, "
                f"and {len(told) - 1} more"
            )
            remedy = "write their dates in full"
            found.append(Problem("list-undated", what, dom.line_of(first), remedy))
    return found


def _headline(link: HtmlElement) -> str:
    return headlines.read(link).text


def _below(heading: HtmlElement) -> HtmlElement | None:
    """What stands below ``heading``, or below what holds it alone."""
    element = heading
    for _ in range(3):
        after = element.getnext()
        if after is not None:
            return after
        outer = element.getparent()
        if outer is None or outer.tag in ("article", "body", "main"):
            return None
        element = outer
    return None


def _times(element: HtmlElement) -> Iterator[str]:
    """The times in ``element`` that stand alone and name no full day."""
    for inner in islice(element.iter(), _MANY_INSIDE):
        for text in (inner.text, inner.tail):
            words = cleaned(text).strip(days.EDGES) if text and len(text) < days.MOST else ""
            if not words or len(words) > _LONGEST_TIME:
                continue
            if _DAY_AND_MONTH.fullmatch(words) or _is_undated(find_stamp(words)):
                yield words


def _is_undated(stamp: Stamp | None) -> bool:
    return stamp is not None and stamp.alone and stamp.shape in _SHAPES
