"""What the header of a page states of its article's dates.

Rules
- ``date_lines`` says what a line states. What stands before a line, or what its element is called,
  may label it as well; labelled dates go before others.
- ``other_dates`` says which of them are of something else.
- Day and month are those of the line's own language, or of the page's; else those that a weekday
  or other dates of the page show. Where nothing tells them apart, that is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import StatedDate
from feeds.model.problem import Problem
from feeds.normalise.html import dom, settling
from feeds.normalise.html.claims import other_stories, relative, signed, surroundings
from feeds.normalise.html.claims.date_lines import (
    EDGES,
    Line,
    label_before,
    read_line,
    without_name,
    without_place,
)
from feeds.normalise.html.claims.metadata import Claim
from feeds.normalise.html.claims.other_dates import (
    is_announced,
    is_below_headline,
    is_of_chronicle,
    is_of_something_else,
    leads_elsewhere,
)
from feeds.normalise.words import names
from feeds.text.dates import find, places, resolve
from feeds.text.dates.resolve import Settled

_LONGEST_LINE, _LONGEST_LABEL = 160, 60
_INSIDE = 12
_RDFA = frozenset(
    "dc:date dc:created dc:issued dcterms:date dcterms:created dcterms:issued"
    " schema:datepublished schema:datecreated".split()
)
_OF_HISTORY, _OF_PAGES = 1500, 1990
_PARTS = frozenset(
    "p div section article header footer ul ol li table h1 h2 h3 h4 h5 h6 dl form figure".split()
)


class Header(NamedTuple):
    """The claims of a header to the days of publication and change, and what is doubtful."""

    published: list[Claim]
    updated: list[Claim]
    findings: list[Problem]


def header_dates(
    header: list[HtmlElement], settled: Settled, tree: HtmlElement, title: HtmlElement | None
) -> Header:
    """What ``header`` states as published and as updated, labelled dates before others.

    ``tree`` is the page, whose other dates may settle which number is the month; ``title``: its
    headline.
    """
    found = _lines_of(header, settled, title)
    if any(line.date is None for line, _, _ in found):
        if settled.order == "unsettled":
            settled = settling.by_other_dates(tree, settled)
        found = _lines_of(header, settling.by_letters(tree, settled), title)
    findings = [
        problem for line, number, _ in found if (problem := _doubt(line, number)) is not None
    ]
    if all(line.is_update and not line.is_labelled for line, _, _ in found):
        # templates of blogs call the only date they show "updated", as hAtom wants one
        found = [(line._replace(is_update=False), number, rule) for line, number, rule in found]
    if any(not line.is_as_of and not line.is_update for line, _, _ in found):
        found = [
            (line._replace(is_update=line.is_update or line.is_as_of), number, rule)
            for line, number, rule in found
        ]
    # sorting is stable: else in the order of the header
    found.sort(key=lambda item: not item[0].is_labelled)
    published, updated = (
        [
            Claim(line.date.iso, number, rule)
            for line, number, rule in found
            if line.is_update == wanted and isinstance(line.date, StatedDate)
        ]
        for wanted in (False, True)
    )
    return Header(published, updated, findings)


def _lines_of(
    header: list[HtmlElement], settled: Settled, title: HtmlElement | None
) -> list[tuple[Line, int, str]]:
    """The dates of the header's lines, with the numbers of those and the rule."""
    found: list[tuple[Line, int, str]] = []
    read: set[HtmlElement] = set()
    for element in header:
        if element in read:
            continue
        lines = list(_dates_of(element, _settled_in(element, settled)))
        if lines and (is_of_something_else(element) or _is_of_another_day(element, lines[0])):
            continue
        if lines and not lines[0].is_labelled and other_stories.has_date(element, title):
            continue
        if lines:
            read.update(element.iter())
        rule = "time beside the headline" if element.tag == "time" else "date beside the headline"
        found += [(line, dom.line_of(element), rule) for line in lines]
    return found


def stated_by(element: HtmlElement, settled: Settled, tree: HtmlElement) -> list[Line]:
    """The dates that ``element`` states, wherever it stands; ``tree`` as for ``header_dates``."""
    lines = list(_dates_of(element, _settled_in(element, settled)))
    if settled.order == "unsettled" and any(line.date is None for line in lines):
        lines = list(_dates_of(element, settling.by_other_dates(tree, settled)))
    return lines


def _doubt(line: Line, number: int) -> Problem | None:
    if line.date is None:
        what = f"'{line.words}' may be one of two days, and nothing on the page tells which"
        return Problem("date-ambiguous", what, number, resolve.how_to_settle(line.words))
    if isinstance(line.date, resolve.Impossible):
        what = f"'{line.words}' is no day of the calendar"
        return Problem("impossible-date", what, number, "correct the date")
    return unsettled_zone(line.zone, line.words, number) if line.zone else None


def unsettled_zone(zone: str, words: str, line: int) -> Problem:
    """What is said of letters behind a clock that may mean several zones."""
    what = f"'{zone}' in '{dom.shortened(words)}' may be one of several zones, or none"
    remedy = 'state the language of the page with its country, as in lang="en-IE"'
    return Problem("zone-unclear", f"{what}; the clock is taken for the site's", line, remedy)


def is_date_line(element: HtmlElement) -> bool:
    """Whether ``element`` holds nothing but the article's date, or that and what goes with it."""
    # the cheapest question first: nearly every element states no date
    line = next(_dates_of(element, _ANY), None)
    if (line is None and not relative.is_relative(element)) or is_of_something_else(element):
        return False
    if line is None:
        return not surroundings.is_in_sentence(element)
    if isinstance(line.date, StatedDate) and _OF_HISTORY <= line.date.day.year < _OF_PAGES:
        return False
    return not _is_of_another_day(element, line)


def _is_of_another_day(element: HtmlElement, line: Line) -> bool:
    """Whether ``line``, of ``element``, is the date of a sentence, a chronicle or an event."""
    if surroundings.is_in_sentence(element) or is_of_chronicle(element):
        return True
    return not line.is_labelled and is_announced(element)


def is_labelled(element: HtmlElement) -> bool:
    """Whether ``element`` holds a date and says itself that it is the article's."""
    if element.tag in ("p", "div", "span", "time", "small", "li", "dd"):
        lines = read_line(dom.line_in(element), _ANY)
        return bool(lines) and lines[0].is_labelled and is_date_line(element)
    return False


_ANY = Settled("day first")


def _settled_in(element: HtmlElement, settled: Settled) -> Settled:
    """What is ``settled`` for the page, or by the language of the part that ``element`` is in."""
    for outer in (element, *element.iterancestors()):
        if (tag := outer.get("lang")) and outer.tag != "html":
            return places.settled_in([tag], "") if "-" in tag or "_" in tag else settled
    return settled


def _dates_of(element: HtmlElement, settled: Settled) -> Iterator[Line]:
    """The dates that ``element`` itself states."""
    value = _stated_to_machines(element)
    if value or element.tag == "time":
        if (moment := _moment_of(element, value, settled)) is not None:
            yield moment
        return
    inner = list(islice(element.iterdescendants(), _INSIDE + 1))
    if len(inner) > _INSIDE or any(one.tag in _PARTS or one.tag == "time" for one in inner):
        return
    if any(map(_stated_to_machines, inner)):
        return
    links = (one for one in inner if one.tag == "a" and leads_elsewhere(one))
    if any(any(map(str.isdigit, dom.line_in(link))) for link in links):
        return
    is_parted = any(one.tag == "br" for one in inner)
    words = signed.words_of(element) if is_parted else dom.line_in(element)
    words = words.strip(EDGES)
    if len(words) > _LONGEST_LINE or not find.may_be_dated(words):
        return
    is_called = dom.is_called(element, names.DATE) and not dom.is_called(element, names.OTHER_DATE)
    lines = read_line(words, settled, is_called=is_called)
    if not lines and is_below_headline(element):
        is_row = dom.is_called(element, names.ROW_OF_FACTS)
        lines = read_line(without_place(words), settled) or (
            read_line(without_name(words), settled) if is_row else []
        )
    if len(lines) == 1 and not lines[0].is_labelled:
        lines = [_labelled(element, lines[0])]
    yield from lines


def _stated_to_machines(element: HtmlElement) -> str:
    """What a ``time``, or RDFa around the words that people read, states of a date."""
    if element.tag == "time":
        return element.get("datetime") or ""
    if "content" not in element.attrib or "property" not in element.attrib:
        return ""
    is_date = not _RDFA.isdisjoint(element.get("property", "").lower().split())
    return element.get("content", "") if is_date and element.tag != "meta" else ""


def _moment_of(element: HtmlElement, value: str, settled: Settled) -> Line | None:
    """The date that ``element`` states to machines as ``value``, or else to people."""
    shown = dom.line_in(element)
    stated = resolve.read_any_date(value, settled) if value else None
    line = next(iter(read_line(shown, settled)), None)
    if not isinstance(stated, StatedDate):
        if line is None:
            return None
        stated = line.date
    elif line is not None and _is_midnight_of(stated, line.date):
        stated = line.date
    zone = line.zone if line and stated == line.date else ""
    own = _labelled(element, Line(shown or value, stated, False, False, zone))
    if line is None:
        return own
    return own._replace(
        is_update=own.is_update or line.is_update,
        is_labelled=own.is_labelled or line.is_labelled,
        is_as_of=own.is_as_of or line.is_as_of,
    )


def _is_midnight_of(stated: StatedDate, shown: StatedDate | resolve.Impossible | None) -> bool:
    """Whether ``stated`` is what a template makes of the day alone that people are ``shown``."""
    if not isinstance(shown, StatedDate) or shown.precision != "day":
        return False
    return stated.iso[10:16] == "T00:00" and stated.iso[:10] == shown.iso


def _labelled(element: HtmlElement, line: Line) -> Line:
    """``line``, of ``element``, as what that is called and what stands before it label it.

    What a template alone calls updated may be the only date there is.
    """
    called = [element.get("class"), element.get("itemprop")]
    outer = element.getparent()
    if outer is not None and not any(True for _ in islice(outer, 2, 3)):  # len() counts them all
        called.append(outer.get("class"))
    if label := label_before(_before(element)):
        return line._replace(
            is_update=label == "updated", is_labelled=True, is_as_of=label == "as of"
        )
    own = " ".join(filter(None, called))
    updated, published = names.UPDATED.search(own), names.PUBLISHED.search(own)
    return line._replace(is_update=bool(updated and not published), is_labelled=bool(published))


def _before(element: HtmlElement) -> str:
    """The words right in front of ``element``, in whose line it may stand deeper."""
    for _ in range(3):
        previous, outer = element.getprevious(), element.getparent()
        if previous is not None:
            words = previous.tail or ""
            if not words.strip() and previous.tag not in ("time", "h1"):
                words = dom.line_in(previous)
            return words[-_LONGEST_LABEL:]
        if outer is None or (outer.text or "").strip():
            return ((outer.text if outer is not None else "") or "")[-_LONGEST_LABEL:]
        element = outer
    return ""
