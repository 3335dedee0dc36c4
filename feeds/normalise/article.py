"""The article above the list: headline, text, byline, and its own stamp if it has one.

Rules
- The first line is the headline, unless it is a date or reads like a paragraph; then the
  title is empty, with a finding: a wrong headline is worse than none.
- A last line of two to four capitalised words without a full stop is the byline.
- A date with a clock on the last line of the text is the article's own stamp. No other
  date is the article's: not the list's, not the capture date, not one in the text.
"""

from __future__ import annotations

import re

from feeds import dates
from feeds.model import Dropped, Evidence, Finding, Line, StatedDate, Story

_LONGEST_HEADLINE = 250
_LONGEST_SENTENCE = 120
_SENTENCE_END = re.compile(r"[.…][\"'”’»)]*$")
_NAME = r"(?:[^\W\d_]\.|[^\W\d_][^\s\d_.,;:!?]*)"
_BYLINE = re.compile(
    rf"by ({_NAME}(?: {_NAME}){{0,3}})|({_NAME}(?: {_NAME}){{1,3}})", re.IGNORECASE
)
_PARTICLES = {"al", "bin", "da", "de", "den", "der", "di", "du", "el", "la", "le", "van", "von"}


def read(
    lines: tuple[Line, ...], path: str
) -> tuple[Story | None, tuple[Dropped, ...], tuple[Finding, ...]]:
    """The article in ``lines``, what was dropped, and what is doubtful; None without lines."""
    full = [line for line in lines if line.text]
    if not full:
        return None, (), ()
    dropped: list[Dropped] = []
    findings: list[Finding] = []
    evidence: dict[str, Evidence] = {}
    first = full[0]
    title = ""
    alone = any(not line.text and line.number == first.number + 1 for line in lines)
    if reason := _no_headline(first.text, alone=alone):
        evidence["title"] = Evidence(path, first.number, f"unknown: {reason}")
        findings.append(
            Finding(
                f"no headline: {reason}",
                first.number,
                "write the headline on the first line",
                weight="hold",
            )
        )
    else:
        title = first.text
        evidence["title"] = Evidence(path, first.number, "first line")
        full = full[1:]
    published = _own_stamp(full, path, evidence, dropped)
    authors: tuple[str, ...] = ()
    if full and (author := author_in(full[-1].text)):
        authors = (author,)
        evidence["authors"] = Evidence(path, full.pop().number, "byline below the text")
    if full:
        evidence["paragraphs"] = Evidence(path, full[0].number, "each line of the text")
    else:
        findings.append(
            Finding(
                "a headline without a text",
                first.number,
                "save the page again with its text",
                weight="hold",
            )
        )
    findings += _impossible_dates(full)
    story = Story(
        kind="article",
        title=title,
        line=first.number,
        published=published,
        authors=authors,
        paragraphs=tuple(line.text for line in full),
        evidence=evidence,
    )
    return story, tuple(dropped), tuple(findings)


def _no_headline(text: str, *, alone: bool) -> str:
    """Why ``text`` can't be a headline; empty if it can. ``alone``: a blank line follows."""
    if dates.recognise(text) is not None:
        return "the first line is a date"
    if len(text) > _LONGEST_HEADLINE:
        return f"the first line has {len(text)} characters"
    longest = _LONGEST_SENTENCE if alone else _LONGEST_SENTENCE // 2
    if len(text) > longest and _SENTENCE_END.search(text):
        return "the first line is a sentence of the text"
    return ""


def _impossible_dates(full: list[Line]) -> list[Finding]:
    return [
        Finding(
            f"'{line.text}' is no day of the calendar; it is left in the text",
            line.number,
            "correct the date",
        )
        for line in full
        if isinstance(dates.recognise(line.text), dates.Impossible)
    ]


def _own_stamp(
    full: list[Line], path: str, evidence: dict[str, Evidence], dropped: list[Dropped]
) -> StatedDate | None:
    """Takes the article's own stamp off the end of ``full``, and says so in ``evidence``."""
    if full:
        stated = dates.recognise(full[-1].text)
        if isinstance(stated, StatedDate) and stated.precision != "day":
            line = full.pop()
            evidence["published"] = Evidence(path, line.number, "own stamp below the text")
            dropped.append(Dropped(line.number, line.text, "own stamp"))
            return stated
    evidence["published"] = Evidence(path, 0, "unknown: the page states no date for the article")
    return None


def author_in(text: str) -> str:
    """The name in a byline; empty if ``text`` is none."""
    match = _BYLINE.fullmatch(text)
    if not match or len(text) > 60:
        return ""
    name = match[1] or match[2]
    capitalised = all(word[0].isupper() or word.lower() in _PARTICLES for word in name.split())
    return name if capitalised and name[0].isupper() else ""
