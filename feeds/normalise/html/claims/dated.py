"""What the header of a page states of its article's dates.

Rules
- A date counts if it is all of a line, a label apart; or if the rest of the line is a byline,
  stands apart from it by a divider, or in an element that is called after dates.
- A line may state two: the label before a date, or the word right behind it, says which is that
  of a change. One without a label is that of publication.
- What stands in a link, in a picture's caption, or in a list of links, is about something else.
- Day and month are those of the line's own language, or of the page's; where neither tells them
  apart, nothing is taken, and that is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import StatedDate
from feeds.model.problem import Problem
from feeds.normalise.bylines import authors_in
from feeds.normalise.html import dom
from feeds.normalise.html.claims.metadata import Claim
from feeds.normalise.words import PUBLISHED, UPDATED, names, vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text.dates import find, places, resolve
from feeds.text.dates.resolve import Settled

_SMALL = r"(?:\s+(?:on|at|am|le|il|el|em|na|den|dne|på|op|в|на|от))?[\W_]*\Z"
_UPDATED_BEFORE = Words(rf"(?<!\w){any_of(vocabulary.UPDATED)}{_SMALL}")
_PUBLISHED_BEFORE = Words(rf"(?<!\w){any_of(vocabulary.PUBLISHED)}{_SMALL}")
_UPDATED_BEHIND = Words(rf"[\W_]{{0,3}}{any_of(vocabulary.UPDATED)}[\W_]*(?:\Z|\|)")
_DIVIDER_BEFORE = re.compile(r"(?:^|\s)[|·•–—/»›-]\s*$|[|·•]\s*$")
_DIVIDER_BEHIND = re.compile(r"\s*[|·•–—/«‹,(-]?\s?[|·•–—/(-]\s|\s*[|·•]")
_ARCHIVE = re.compile(r"/\d{4}/\d{1,2}(?:/\d{1,2})?/?$")
_LONGEST_LINE, _LONGEST_REST = 160, 60
_MOST_STAMPS = 4
_INSIDE = 12
EDGES = " \t|·•,–—-()/\u2022"
_OF_A_CAPTION = frozenset(("figure", "figcaption", "blockquote", "pre", "caption"))
_PARTS = frozenset(
    "p div section article header footer ul ol li table h1 h2 h3 h4 h5 h6 dl form figure".split()
)


class Line(NamedTuple):
    """A date that a line states: what it is of, and how much says so.

    ``date`` is None if it may be one of two days.
    """

    words: str
    date: StatedDate | None
    is_update: bool
    is_labelled: bool
    zone: str


class Header(NamedTuple):
    """The claims of a header to the days of publication and change, and what is doubtful."""

    published: list[Claim]
    updated: list[Claim]
    findings: list[Problem]


def header_dates(header: list[HtmlElement], settled: Settled) -> Header:
    """What ``header`` states as published and as updated, labelled dates before others."""
    found: list[tuple[Line, int, str]] = []
    findings: list[Problem] = []
    read: set[HtmlElement] = set()
    for element in header:
        if element in read or _is_of_something_else(element):
            continue
        lines = list(_dates_of(element, _settled_in(element, settled)))
        if lines:
            read.update(element.iter())
        rule = "time beside the headline" if element.tag == "time" else "date beside the headline"
        for line in lines:
            number = dom.line_of(element)
            if line.date is None:
                what = f"'{line.words}' may be one of two days, and nothing on the page tells which"
                remedy = "write the month as a word, or mark the date up with <time datetime>"
                findings.append(Problem("date-ambiguous", what, number, remedy))
            else:
                found.append((line, number, rule))
            if line.zone:
                findings.append(unsettled_zone(line.zone, line.words, number))
    # sorting is stable: else in the order of the header
    found.sort(key=lambda item: not item[0].is_labelled)
    published, updated = (
        [
            Claim(line.date.iso, number, rule)
            for line, number, rule in found
            if line.is_update == wanted and line.date is not None
        ]
        for wanted in (False, True)
    )
    return Header(published, updated, findings)


def unsettled_zone(zone: str, words: str, line: int) -> Problem:
    """What is said of letters behind a clock that may mean several zones."""
    what = f"'{zone}' in '{dom.shortened(words)}' may be one of several zones, or none"
    remedy = 'state the language of the page with its country, as in lang="en-IE"'
    return Problem("zone-unclear", f"{what}; the clock is taken for the site's", line, remedy)


def is_date_line(element: HtmlElement) -> bool:
    """Whether ``element`` holds nothing but the article's date, or that and what goes with it."""
    return not _is_of_something_else(element) and next(_dates_of(element, _ANY), None) is not None


def is_label(words: str) -> bool:
    """Whether ``words`` are no more than what introduces a date."""
    words = words.strip(EDGES + ":")
    return len(words) < 20 and bool(PUBLISHED.fullmatch(words) or UPDATED.match(words))


_ANY = Settled("day first")


def _is_of_something_else(element: HtmlElement) -> bool:
    for outer in (element, *islice(element.iterancestors(), 3)):
        if outer.tag in _OF_A_CAPTION:
            return True
        if outer.tag == "a":
            own = "bookmark" in (outer.get("rel") or "").lower().split()
            return not own and not _ARCHIVE.search(outer.get("href") or "")
    return False


def _settled_in(element: HtmlElement, settled: Settled) -> Settled:
    """What is ``settled`` for the page, or by the language of the part that ``element`` is in."""
    for outer in (element, *element.iterancestors()):
        if (tag := outer.get("lang")) and outer.tag != "html":
            return places.settled_in([tag], "") if "-" in tag or "_" in tag else settled
    return settled


def _dates_of(element: HtmlElement, settled: Settled) -> Iterator[Line]:
    """The dates that ``element`` itself states."""
    if element.tag == "time":
        value = element.get("datetime") or ""
        shown = dom.line_in(element)
        stated = resolve.read_any_date(value, settled) if value else None
        line = next(iter(_read_line(shown, settled)), None)
        if not isinstance(stated, StatedDate):
            if line is None:
                return
            stated = line.date
        zone = line.zone if line and stated == line.date else ""
        is_update, labelled = _labelled(element)
        labelled |= line.is_labelled if line else False
        yield Line(
            shown or value, stated, is_update or bool(line and line.is_update), labelled, zone
        )
        return
    inner = list(islice(element.iterdescendants(), _INSIDE + 1))
    if len(inner) > _INSIDE or any(one.tag in _PARTS or one.tag == "time" for one in inner):
        return
    words = dom.line_in(element).strip(EDGES)
    if not words or len(words) > _LONGEST_LINE:
        return
    lines = _read_line(words, settled, is_called=dom.is_called(element, names.DATE))
    if len(lines) == 1 and not lines[0].is_labelled:
        is_update, labelled = _labelled(element)
        lines = [lines[0]._replace(is_update=is_update, is_labelled=labelled)]
    yield from lines


def _read_line(words: str, settled: Settled, *, is_called: bool = False) -> list[Line]:
    """The dates of a line; none if it is about something else."""
    words = words.strip(EDGES)
    if not any(map(str.isdigit, words)) or words[-1:] in "!?…":
        return []
    parts = _parts(words.rstrip("."), _MOST_STAMPS)
    stamps = [part for part in parts if isinstance(part, find.Stamp)]
    if not stamps or not _is_a_line_of_dates(words, parts, is_called=is_called):
        return []
    lines: list[Line] = []
    for place, stamp in enumerate(parts):
        if not isinstance(stamp, find.Stamp):
            continue
        before, after = (
            part if isinstance(part, str) else ""
            for part in (parts[place - 1] if place else "", parts[place + 1])
        )
        behind = bool(place + 2 == len(parts) and _UPDATED_BEHIND.match(after))
        is_update = behind or _UPDATED_BEFORE.search(before) is not None
        labelled = is_update or _PUBLISHED_BEFORE.search(before) is not None
        stated = resolve.stated_date(stamp, settled)
        if isinstance(stated, resolve.Impossible):
            continue
        zone = stamp.zone if resolve.is_zone_unsettled(stamp, settled) else ""
        lines.append(Line(words, stated, is_update, labelled, zone))
    return lines


def _parts(words: str, most: int) -> list[str | find.Stamp]:
    """``words`` with the stamps in them: text, stamp, text, stamp, text."""
    stamp = find.find_stamp(words) if words and most else None
    if stamp is None or not stamp.full:
        return [words]
    return [*_parts(stamp.before, most - 1), stamp, *_parts(stamp.after, most - 1)]


def _is_a_line_of_dates(words: str, parts: list[str | find.Stamp], *, is_called: bool) -> bool:
    """Whether what stands around the dates is a label, a byline, or apart from them."""
    first, last = str(parts[0]), str(parts[-1])
    between = [part for part in parts[1:-1] if isinstance(part, str)]
    if any(part and not is_label(part) and not _DIVIDED_LABEL.search(part) for part in between):
        return False
    rest = _without_label(first)
    if is_called and len(rest) <= _LONGEST_REST and len(last) <= _LONGEST_REST:
        return True
    if rest and not authors_in(rest.removesuffix(" on"), bare=False):
        gap = words[len(first) :] if rest == first else words[len(rest) :]
        if not _DIVIDER_GAP.match(gap):
            return False
    if last and not _UPDATED_BEHIND.match(last):
        gap = words.rstrip(".")[: -len(last)]
        return _DIVIDER_BEFORE.search(gap) is not None or last.isdigit()
    return True


_DIVIDER_GAP = re.compile(r"\s*[|·•–—/»›:-]\s|\s*[|·•]")
_DIVIDED_LABEL = re.compile(r"(?:^|[|·•–—/,;(-]|\s)\s*[^\W\d][^\d|]{0,40}$")


def _without_label(words: str) -> str:
    """``words`` without the label of a date at their end."""
    for label in (_UPDATED_BEFORE, _PUBLISHED_BEFORE):
        if match := label.search(words):
            return words[: match.start()].strip(EDGES + ":")
    return words


def _labelled(element: HtmlElement) -> tuple[bool, bool]:
    """Whether what is around ``element`` calls it the date of a change, and whether it calls it."""
    called = [element.get("class"), element.get("itemprop")]
    outer = element.getparent()
    if outer is not None and len(outer) <= 2:
        called.append(outer.get("class"))
    own = " ".join(filter(None, called))
    before = _before(element)
    if _UPDATED_BEFORE.search(before):
        return True, True
    if _PUBLISHED_BEFORE.search(before):
        return False, True
    updated, published = names.UPDATED.search(own), names.PUBLISHED.search(own)
    return bool(updated and not published), bool(updated or published)


def _before(element: HtmlElement) -> str:
    """The words right in front of ``element``, in whose line it may stand deeper."""
    for _ in range(3):
        previous, outer = element.getprevious(), element.getparent()
        if previous is not None:
            words = previous.tail or ""
            if not words.strip() and previous.tag not in ("time", "h1"):
                words = dom.line_in(previous)
            return words[-_LONGEST_REST:]
        if outer is None or (outer.text or "").strip():
            return ((outer.text if outer is not None else "") or "")[-_LONGEST_REST:]
        element = outer
    return ""
