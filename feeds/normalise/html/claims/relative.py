"""Times of the header that count back from when the page was saved: "2 hours ago".

Rules
- Such a time counts if it is called a date, labelled as one, or beside a byline; also if it is
  all of a row of facts right below the headline, or below the byline there.
- It is a date only on a page that says when it was saved; on others, that is reported.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import StatedDate
from feeds.model.problem import Problem
from feeds.normalise.bylines import authors_in, introduced
from feeds.normalise.html import dom
from feeds.normalise.html.claims import signed, surroundings
from feeds.normalise.html.claims.metadata import Claim
from feeds.normalise.words import PUBLISHED, UPDATED, names
from feeds.text.dates import find, resolve
from feeds.text.dates.stamp import Stamp

_DIVIDED = re.compile(r"\s+[·•–—/-]\s+|\s*[|•]\s*")
_LONGEST, _LONGEST_IN_WORDS = 60, 40
_EDGES = " \t·•,–—-()"
_RULE = "time before the page was saved"


class Before(NamedTuple):
    """The claims to a date, or what is missing for one: in short, and as a doubt."""

    claims: list[Claim]
    why: str = ""
    doubt: Problem | None = None


def find_relative(header: list[HtmlElement], captured: StatedDate | None) -> Before:
    """When the article was published, as ``header`` counts back from ``captured``."""
    for element in header:
        words = _line_of(element)
        stamp = _relative(element, words) if words else None
        if stamp is None or surroundings.is_in_sentence(element):
            continue
        stated = resolve.stated_date(stamp, captured=captured)
        line = dom.line_of(element)
        if isinstance(stated, StatedDate):
            return Before([Claim(stated.iso, line, _RULE)])
        why = f"'{words}' counts from when the page was saved, and nothing says when that was"
        if captured is not None:
            why = f"'{words}' names no day, though the page says when it was saved"
        remedy = (
            "write the date into front matter or pages.csv, or when the page was saved on a line "
            "of its own at its end: 'Saved on 14 February 2026 10:04'"
        )
        return Before([], why, Problem("date-relative", why, line, remedy))
    return Before([])


def is_relative(element: HtmlElement) -> bool:
    """Whether ``element`` holds nothing but such a time, and what goes with it."""
    words = _line_of(element)
    return bool(words) and _relative(element, words) is not None


def _line_of(element: HtmlElement) -> str:
    return "" if dom.is_longer(element, _LONGEST) else dom.line_in(element).strip(_EDGES)


def _relative(element: HtmlElement, words: str) -> Stamp | None:
    """The time before the page was saved that ``element`` states as the article's."""
    if len(words) > _LONGEST_IN_WORDS and not find.may_be_dated(words):
        return None
    is_date = element.tag == "time" or (
        dom.is_called(element, names.DATE) and not dom.is_called(element, names.OTHER_DATE)
    )
    found: Stamp | None = None
    others: list[str] = []
    for part in _DIVIDED.split(words):
        label = PUBLISHED.match(part)
        told = part[label.end() :] if label else part
        if UPDATED.match(told):
            return None
        stamp = find.find_stamp(told) or find.find_stamp_in_words(told)
        if stamp is not None and stamp.shape == "relative" and stamp.alone:
            found, is_date = stamp, is_date or label is not None
        else:
            others.append(part)
    if found is None or is_date:
        return found
    if not others:
        return found if _is_below_headline(element) else None
    is_signed = any(introduced(part) or authors_in(part, bare=False) for part in others)
    return found if is_signed else None


def _is_below_headline(element: HtmlElement) -> bool:
    """Whether ``element`` is called a row of facts, right behind a headline or a byline."""
    before = element.getprevious()
    if before is None or (before.tail or "").strip():
        return False
    if not dom.is_called(element, names.ROW_OF_FACTS):
        return False
    return before.tag == "h1" or signed.is_byline(before)
