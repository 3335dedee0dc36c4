"""The dated list beside an article: "Latest news".

Rules
- A list is headlines, each followed by a line that is entirely a date. It begins at a
  known heading, which may be glued to the first headline; without a heading, where at
  least two such pairs end the page.
- A heading counts only at the start of a line, and only if dated headlines follow:
  the same words inside a sentence are text.
- Either half of a pair is dropped if the other is missing or incomplete.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from feeds import dates
from feeds.model import Dropped, Evidence, Finding, Line, StatedDate, Story
from feeds.normalise import article

_HEADING = re.compile(
    r"(?:latest|last|recent|breaking) (?:news|headlines|stories) ?:?", re.IGNORECASE
)
# "Latest newsroom opens" has no heading, "Latest newsiPhone sales fall" has one
_CONTINUED = re.compile(
    r"(?:room|letter|paper|wire|cast|reel|stand|feed|flash|man|men|woman|maker|agent|day|hound)",
    re.IGNORECASE,
)
_LONGEST_HEADLINE = 300
_NEAR = 4  # a first headline or two may lack their dates


class Found(NamedTuple):
    """What ``split`` found: the lines that are not the list's, the list, what it left out."""

    body: tuple[Line, ...]
    stories: tuple[Story, ...]
    dropped: tuple[Dropped, ...]
    findings: tuple[Finding, ...]


Stated = StatedDate | dates.Impossible | None


def split(lines: tuple[Line, ...], path: str) -> Found:
    """Separates the dated list from the rest of the page ``path``."""
    full = [line for line in lines if line.text]
    stated = [dates.recognise(line.text) for line in full]
    dropped: list[Dropped] = []
    start, heading = _start(full, stated)
    items = full[start:]
    marks = stated[start:]
    if heading:
        first, rest = items[0], items[0].text[len(heading) :].strip()
        dropped.append(Dropped(first.number, heading.strip(), "heading of the list"))
        items = [Line(first.number, rest), *items[1:]] if rest else items[1:]
        marks = marks if rest else marks[1:]
    stories, left_out, findings = _pairs(items, marks, path)
    end = full[start].number if start < len(full) else None
    body = tuple(line for line in lines if end is None or line.number < end)
    if full and full[0] in body and len(full) > 1 and _HEADING.fullmatch(full[0].text):
        body = tuple(line for line in body if line.number > full[0].number)
        dropped.insert(0, Dropped(full[0].number, full[0].text, "heading above the headline"))
    return Found(body, tuple(stories), (*dropped, *left_out), tuple(findings))


def _start(full: list[Line], stated: list[Stated]) -> tuple[int, str]:
    """Index at which the list begins (the end, if there is none), and its heading's text."""
    tail = _tail(full, stated)
    matches = [(index, _HEADING.match(line.text)) for index, line in enumerate(full)]
    headings = [
        (index, match.group(), full[index].text[match.end() :]) for index, match in matches if match
    ]
    for index, heading, rest in headings:
        first = index + 2
        followed = any(date is not None for date in stated[first : first + _NEAR])
        # on the first line it may be a kicker above the headline, with the list further down
        kicker = index == 0 and len(headings) > 1 and stated[first : first + 1] == [None]
        if not rest and not kicker and (followed or 0 < index == len(full) - 1):
            return index, heading
    for index, heading, rest in headings:
        near = _near(heading, rest)
        followed = any(date is not None for date in stated[index + 1 : index + 1 + near])
        certain = near == _NEAR
        if followed and index <= tail and (index > 0 or tail == 0 or certain):
            return index, heading
    return tail, ""


def _near(heading: str, rest: str) -> int:
    """Within how many lines a date must follow if ``rest`` is a headline glued to a heading.

    0 where it can be none. "Latest newsQuay" can be nothing else, but "Breaking news: quay"
    is also how texts begin, and "newsletter" goes on in small letters.
    """
    if heading.endswith(":"):
        return 1
    if not rest or rest[0].isspace() or rest[0] in ",;.!?)–—-/":
        return 0
    if (rest[0].islower() or heading.isupper()) and _CONTINUED.match(rest):
        return 0
    capital = rest[0].isupper() and not (heading.isupper() and rest[1:2].isupper())
    return _NEAR if capital or not rest[0].isalpha() else 1


def _tail(full: list[Line], stated: list[Stated]) -> int:
    """Where two or more pairs of headline and date end the page; len(full) if none do."""
    start = len(full)
    precision = None
    while start >= 2:
        date = stated[start - 1]
        headline = full[start - 2].text
        if date is None or stated[start - 2] is not None or len(headline) > _LONGEST_HEADLINE:
            break
        if isinstance(date, StatedDate):
            # A stamp with a clock above a list of bare days is the article's own.
            if precision is not None and date.precision != precision:
                break
            precision = date.precision
        start -= 2
    if start < len(full) - 4 and _is_signature(full[start], stated[start + 1]):
        start += 2
    return start if len(full) - start >= 4 else len(full)


def _is_signature(line: Line, date: Stated) -> bool:
    """Whether the first pair of a list without heading is the article's byline and stamp."""
    clock = isinstance(date, StatedDate) and date.precision != "day"
    return clock and bool(article.author_in(line.text))


def _pairs(
    items: list[Line], marks: list[Stated], path: str
) -> tuple[list[Story], list[Dropped], list[Finding]]:
    stories: list[Story] = []
    dropped: list[Dropped] = []
    findings: list[Finding] = []
    index = 0
    while index < len(items):
        line = items[index]
        if marks[index] is not None:
            dropped.append(Dropped(line.number, line.text, "date without a headline"))
            index += 1
            continue
        date = marks[index + 1] if index + 1 < len(items) else None
        if date is None:
            dropped.append(Dropped(line.number, line.text, "headline without a date"))
            findings.append(
                Finding(
                    f"'{_short(line.text)}' in the list has no date and is left out",
                    line.number,
                    "write the date on the line below it",
                    weight="loss",
                )
            )
            index += 1
            continue
        date_line = items[index + 1]
        if isinstance(date, dates.Impossible):
            dropped.append(Dropped(line.number, line.text, "headline with an impossible date"))
            dropped.append(Dropped(date_line.number, date.text, "impossible date"))
            findings.append(
                Finding(
                    f"'{date.text}' is no day of the calendar; '{_short(line.text)}' is left out",
                    date_line.number,
                    "correct the date",
                    weight="loss",
                )
            )
        else:
            stories.append(
                Story(
                    kind="headline",
                    title=line.text,
                    line=line.number,
                    published=date,
                    evidence={
                        "title": Evidence(path, line.number, "headline in the dated list"),
                        "published": Evidence(path, date_line.number, "date below the headline"),
                    },
                )
            )
        index += 2
    return stories, dropped, findings


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
