"""What the program that saved a page noted in it: from where, and when.

Rules
- Such notes are comments near the beginning or the end of the file, or a line near the top or
  the end of the page that says so ("Saved on 14 February 2026"). Their date is the capture date,
  never the article's; no other is.
- A day that is the last text of a page, standing alone, may be anything's: a suggested story's,
  a comment's, or that of saving. It is no date, and no text either. Without a list and without
  an ``article`` element it might be the article's own, and that is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import CAPTURED_AT, Dropped, Evidence, Page, StatedDate
from feeds.model.problem import Problem
from feeds.normalise.html import dom
from feeds.normalise.words import CAPTURED
from feeds.text import dates
from feeds.text.dates import resolve

LAST_DATE = "last-date-unclear"
"""The code of the doubt that a last date may be the article's, if nothing else dates that."""
_WHERE = 6000
_FROM = re.compile(r"saved from url=\(\d+\)\s*(https?://[^\s<>\"']+)", re.IGNORECASE)
_SINGLEFILE = re.compile(r"Page saved with SingleFile\s+url:\s*(https?://[^\s<>\"']+)")
_SINGLEFILE_DATE = re.compile(
    r"saved date: \w{3} (\w{3}) (\d{2}) (\d{4}) (\d\d:\d\d:\d\d)(?: GMT([+-]\d{4}))?"
)
_WAYBACK = re.compile(r"FILE ARCHIVED ON (\d\d:\d\d:\d\d) (\w{3}) (\d{2}), (\d{4})")
_COMMENT = re.compile(r"<!--(.{1,3000}?)-->", re.DOTALL)
_LINE = re.compile(r"[^\n]+")
_MOST_COMMENTS, _LONGEST_NOTE, _FEW = 20, 120, 40
_HTTRACK = re.compile(r"by HTTrack[^<>]{0,80}?, (\w{3}, \d{2} \w{3} \d{4} \d\d:\d\d:\d\d GMT)")


class Note(NamedTuple):
    """Where the page came from (empty if unknown), on which line that is, and its capture."""

    url: str
    line: int
    captured: StatedDate | None
    evidence: Evidence | None


def read_note(page: Page) -> Note:
    """What is noted of ``page`` by what captured it, or else in its comments."""
    if fetched := page.fetched:
        told = Evidence(page.path, 0, CAPTURED_AT)
        return Note(fetched.address, 0, StatedDate(fetched.local, "second"), told)
    markup = page.markup
    ends = [(0, markup[:_WHERE])]
    if len(markup) > _WHERE:
        ends.append((len(markup) - _WHERE, markup[-_WHERE:]))
    url, line = "", 0
    captured: StatedDate | None = None
    evidence: Evidence | None = None
    for start, part in ends:
        if "<!--" not in part:
            continue
        for match in (_SINGLEFILE.search(part), _FROM.search(part)):
            if match and not url:
                url, line = match[1], markup.count("\n", 0, start + match.start()) + 1
        for shape, rule in (
            (_SINGLEFILE_DATE, "SingleFile's note of when the page was saved"),
            (_WAYBACK, "the web archive's note of when the page was saved"),
            (_HTTRACK, "HTTrack's note of when the page was saved"),
        ):
            found = shape.search(part)
            if found and captured is None and _in_comment(part, found.start()):
                captured = dates.parse_machine_date(_mail_date(shape, found))
                place = markup.count("\n", 0, start + found.start()) + 1
                evidence = Evidence(page.path, place, rule) if captured else None
        if captured is None and (said := _said_in_comment(part)):
            captured, offset = said
            place = markup.count("\n", 0, start + offset) + 1
            evidence = Evidence(page.path, place, "a comment's note of when the page was saved")
    return Note(url, line, captured, evidence)


def _said_in_comment(part: str) -> tuple[StatedDate, int] | None:
    """The date that a line of a comment in ``part`` says the page was saved on, and where."""
    for comment in islice(_COMMENT.finditer(part), _MOST_COMMENTS):
        for line in _LINE.finditer(part, comment.start(1), comment.end(1)):
            if stated := _captured(line[0]):
                return stated, line.start()
    return None


def _captured(words: str) -> StatedDate | None:
    """The date of a line that says that it is the day of saving, and nothing else."""
    words = " ".join(words.split())
    if len(words) > _LONGEST_NOTE or not any(map(str.isdigit, words)):
        return None
    if not (label := CAPTURED.match(words)):
        return None
    stated = resolve.read_any_date(words[label.end() :].strip(" .,;:()[]"))
    if isinstance(stated, StatedDate) and resolve.is_of_a_page(stated):
        return stated
    return None


def _in_comment(part: str, place: int) -> bool:
    opened, closed = part.rfind("<!--", 0, place), part.rfind("-->", 0, place)
    return opened > closed


def _mail_date(shape: re.Pattern[str], found: re.Match[str]) -> str:
    """The date that was found, in the form of mail."""
    if shape is _SINGLEFILE_DATE:
        return f"{found[2]} {found[1]} {found[3]} {found[4]} {found[5] or 'GMT'}"
    if shape is _WAYBACK:
        return f"{found[3]} {found[2]} {found[4]} {found[1]} GMT"
    return found[1]


class Ending(NamedTuple):
    """What dates at the ends of a page come to: the day of saving, lines taken out, a doubt."""

    captured: StatedDate | None = None
    evidence: Evidence | None = None
    dropped: tuple[Dropped, ...] = ()
    finding: Problem | None = None


def take_dates(
    body: HtmlElement, path: str, *, below_list: bool, own: HtmlElement | None = None
) -> Ending:
    """Takes the line out of ``body`` that says when the page was saved, or a bare last date.

    ``below_list``: the page has a dated list; ``own``: where the article's date is known to stand.
    """
    for element in _near_the_ends(body):
        words = dom.line_in(element)
        if stated := _captured(words):
            line = dom.line_of(element)
            dom.remove(element)
            said = "line that says when the page was saved"
            return Ending(stated, Evidence(path, line, said), (Dropped(line, words, said),))
    last = _last(body)
    words = dom.line_in(last) if last is not None else ""
    if last is None or not isinstance(resolve.read_date(words), StatedDate):
        return Ending()
    if any(outer.tag in ("article", "aside") for outer in last.iterancestors()):
        return Ending()
    if own is not None and own in (last, *last.iterancestors()):
        return Ending()
    line = dom.line_of(last)
    is_apart = below_list or next(body.iter("article"), None) is not None
    dom.remove(last)
    doubt = Problem(
        LAST_DATE,
        f"'{words}' at the end of the page may be the article's date, or the day of saving",
        line,
        "write the article's date below its headline",
    )
    what = "date alone at the end of the page, which doesn't say what it is of"
    return Ending(dropped=(Dropped(line, words, what),), finding=None if is_apart else doubt)


def _near_the_ends(body: HtmlElement) -> Iterator[HtmlElement]:
    """The innermost elements near the end of ``body`` and near its beginning."""
    for walk in (body.iterdescendants(), _from_the_end(body)):
        for element in islice(walk, _FEW):
            if len(element) or not element.text:
                continue
            outer = (element, *islice(element.iterancestors(), _FEW))
            if _PARTS_OF_TEXT.isdisjoint(one.tag for one in outer):
                yield element


def _from_the_end(body: HtmlElement) -> Iterator[HtmlElement]:
    """All elements in ``body``, the last first, inner ones before outer ones."""
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if element is not body:
            yield element
        waiting += element.iterchildren()


_PARTS_OF_TEXT = frozenset(("article", "aside", "li", "figure", "blockquote", "table", "a"))


def _last(body: HtmlElement) -> HtmlElement | None:
    """The innermost element that holds the last text of ``body`` and nothing else."""
    element = body
    while True:
        child = element[-1] if len(element) else None
        while child is not None and not any(words.strip() for words in child.itertext()):
            if (child.tail or "").strip():
                break
            child = child.getprevious()
        if child is None or (child.tail or "").strip():
            return element if element is not body else None
        element = child
