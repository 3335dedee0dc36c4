"""Dates in the header of a page that are not the article's, by where they stand.

Rules
- What stands in a link, in a picture's caption, or in what is called an event or today's date, is
  about something else. So is what a list of terms explains, unless the term says that it is a
  date.
- What the words right before a date say to be that of a meeting or the like, is. A caption right
  below the headline is none.
- Of several dates of a kind that follow each other none is the article's, unless labelled: they
  are a chronicle's.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.bylines import authors_in, introduced
from feeds.normalise.html import dom
from feeds.normalise.html.claims import bounds
from feeds.normalise.html.claims.date_lines import (
    EDGES,
    Line,
    is_label,
    is_to_come,
    read_line,
)
from feeds.normalise.words import names
from feeds.text.dates import find
from feeds.text.dates.resolve import Settled

_ARCHIVE = re.compile(r"/\d{4}/\d{1,2}(?:/\d{1,2})?/?$|[?&]m=\d{6,8}$")
_OF_A_CAPTION = frozenset(("figure", "figcaption", "blockquote", "pre", "caption"))
_OF_ANOTHER = frozenset("itemReviewed about mentions isBasedOn citation comment review".split())
_OTHER_THING = re.compile(r"schema\.org/(?:Book|Movie|Event|Product|Comment|Recipe|\w+Event)$")
_ITEMS = frozenset("p li dt dd h2 h3 h4 h5 h6".split())
_LEVELS, _MOST, _LONGEST = 3, 40, 160
_PICTURES = ("img", "picture", "figure", "video")
_LONGEST_LABEL, _MOST_WORDS = 30, 3
_ANY = Settled("day first")


def is_of_something_else(element: HtmlElement) -> bool:
    """Whether what stands around ``element``, or what that is called, is another thing's."""
    for outer in (element, *islice(element.iterancestors(), _LEVELS)):
        if outer.tag in _OF_A_CAPTION or _OF_ANOTHER & set(outer.get("itemprop", "").split()):
            return True
        if _OTHER_THING.search(outer.get("itemtype") or "") or _is_called_other(outer):
            return True
        if outer.tag == "p" and outer is not element and next(outer.iter("img"), None) is not None:
            return True
        if outer.tag == "dd":
            return _is_explained(outer)
        if outer.tag == "a":
            return leads_elsewhere(outer)
    return False


def leads_elsewhere(link: HtmlElement) -> bool:
    """Whether a link is neither the story's own nor that to all stories of its day."""
    own = "bookmark" in (link.get("rel") or "").lower().split()
    return not own and not _ARCHIVE.search(link.get("href") or "")


def _is_called_other(element: HtmlElement) -> bool:
    """Whether ``element`` is called a caption, today's date, or an event and no story."""
    if dom.is_called(element, names.CAPTIONED):
        is_bare = next(element.iter(*_PICTURES), None) is None and is_below_headline(element)
        return not (is_bare and read_line(dom.line_in(element), _ANY))
    if dom.is_called(element, names.TODAY):
        return True
    is_event = dom.is_called(element, names.EVENT) and element.tag in ("div", "section", "p", "ul")
    return is_event and next(element.iter("h1"), None) is None


def is_below_headline(element: HtmlElement) -> bool:
    """Whether nothing stands between ``element`` and a headline above it, not even a picture."""
    for outer in (element, *islice(element.iterancestors(), 2)):
        previous = outer.getprevious()
        if previous is not None:
            headline = next(previous.iter("h1"), None)
            picture = next(previous.iter(*_PICTURES), None)
            return headline is not None and picture is None and not (previous.tail or "").strip()
    return False


def is_announced(element: HtmlElement) -> bool:
    """Whether the few words right before ``element`` say that its date is to come: "Deadline"."""
    for outer in (element, *islice(element.iterancestors(), 2)):
        previous = outer.getprevious()
        if previous is not None:
            if dom.is_longer(previous, _LONGEST_LABEL) or (previous.tail or "").strip(EDGES):
                return False
            is_other = next(previous.iter("a", "h1", "h2"), None) is not None
            words = dom.line_in(previous)
            if is_other or words.count(" ") >= _MOST_WORDS:
                return False
            return is_to_come(words) or bounds.is_bound(words)
        around = outer.getparent()
        if around is None or (around.text or "").strip():
            return False
    return False


def _is_explained(item: HtmlElement) -> bool:
    """Whether ``item`` is one of several terms' explanations, and that term is no label."""
    term, around = item.getprevious(), item.getparent()
    if term is None or term.tag != "dt" or around is None or len(around.findall("dt")) < 2:
        return False
    called = dom.is_called(item, names.DATE) or dom.is_called(item, names.PUBLISHED)
    return not called and not is_label(dom.line_in(term))


def is_of_chronicle(element: HtmlElement) -> bool:
    """Whether ``element``, a line with a date, is one of several of its kind."""
    own = _unlabelled(element)
    words = dom.line_in(element)
    if own is None:
        return False
    for outer in (element, *islice(element.iterancestors(), _LEVELS)):
        if outer is not element and dom.line_in(outer) != words:
            break
        if outer.tag == "time":
            continue
        others = (
            *islice(outer.itersiblings(outer.tag), _MOST),
            *islice(outer.itersiblings(outer.tag, preceding=True), _MOST),
        )
        for other in others:
            if _kind(other) != _kind(outer) or dom.is_longer(other, _LONGEST):
                continue
            if (line := _unlabelled(other)) is not None and line.date != own.date:
                return outer.tag in _ITEMS or outer not in (other.getnext(), other.getprevious())
    return False


def _kind(element: HtmlElement) -> tuple[str | None, list[str]]:
    """What ``element`` is called, and of what it is made; the one that is open has no link."""
    inner = [one.tag for one in islice(element.iterdescendants(), _MOST) if one.tag != "a"]
    return element.get("class"), inner


def _unlabelled(element: HtmlElement) -> Line | None:
    """The date of ``element`` as a line; None if there is none, or what says of what it is."""
    words = dom.line_in(element)
    lines = read_line(words, _ANY)
    if not lines or lines[0].is_labelled or lines[0].is_update:
        return None
    stamp = find.find_stamp(words)
    is_signed = stamp is not None and (
        introduced(stamp.before.strip(EDGES)) or authors_in(stamp.after.strip(EDGES), bare=False)
    )
    return None if is_signed else lines[0]
