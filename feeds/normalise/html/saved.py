"""What the program that saved a page noted in it: from where, and when.

Rules
- Such notes are comments near the beginning or the end of the file. Their date is the
  capture date, never the article's.
- A day that is the last text of a page, standing alone below a dated list or behind the
  article, is the capture date, too. Without a list and without an ``article`` element it
  might be the article's own as well, so it is neither, and reported.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import Evidence, Page, StatedDate
from feeds.model.problem import Problem
from feeds.normalise.html import dom
from feeds.text import dates
from feeds.text.dates import resolve

_WHERE = 6000
_FROM = re.compile(r"saved from url=\(\d+\)\s*(https?://[^\s<>\"']+)", re.IGNORECASE)
_SINGLEFILE = re.compile(r"Page saved with SingleFile\s+url:\s*(https?://[^\s<>\"']+)")
_SINGLEFILE_DATE = re.compile(
    r"saved date: \w{3} (\w{3}) (\d{2}) (\d{4}) (\d\d:\d\d:\d\d)(?: GMT([+-]\d{4}))?"
)
_WAYBACK = re.compile(r"FILE ARCHIVED ON (\d\d:\d\d:\d\d) (\w{3}) (\d{2}), (\d{4})")
_HTTRACK = re.compile(r"by HTTrack[^<>]{0,80}?, (\w{3}, \d{2} \w{3} \d{4} \d\d:\d\d:\d\d GMT)")


class Note(NamedTuple):
    """Where the page came from (empty if unknown), on which line that is, and its capture."""

    url: str
    line: int
    captured: StatedDate | None
    evidence: Evidence | None


def read_note(page: Page) -> Note:
    """What is noted in the comments of ``page``."""
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
    return Note(url, line, captured, evidence)


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


def take_trailing_date(
    body: HtmlElement, path: str, *, below_list: bool
) -> tuple[StatedDate, Evidence] | Problem | None:
    """The day that stands alone at the end of ``body``, which is taken out of it.

    A Problem if it can't be known what it is the date of.
    """
    last = _last(body)
    words = dom.line_in(last) if last is not None else ""
    stated = resolve.read_date(words)
    if last is None or not isinstance(stated, StatedDate):
        return None
    if any(outer.tag in ("article", "aside") for outer in last.iterancestors()):
        return None
    line = dom.line_of(last)
    if below_list or next(body.iter("article"), None) is not None:
        rule = "date alone at the end of the page"
        dom.remove(last)
        return stated, Evidence(path, line, rule)
    dom.remove(last)
    return Problem(
        "last-date-unclear",
        f"'{words}' at the end of the page may be the article's date, or the day of saving",
        line,
        "mark up the article's date, as in <time datetime> below its headline",
    )


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
