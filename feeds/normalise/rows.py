"""A page's lines with what can be seen of each by itself: the date on it, its bullet, the gap.

Rules
- A row is a line that is not blank. What it means is decided from its neighbours, later.
- The order of day and month in ambiguous dates is settled here, once for the whole page.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from feeds import stamps, stating
from feeds.model import Line, StatedDate
from feeds.normalise import headings, words

_BULLET = re.compile(r"(?:[•●▪►»*·]|[-–—](?=\s|$))\s*")
_DIGIT = re.compile(r"\d")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<image>.*|data:image/\S+")
_PICTURE_STARTS = frozenset("!<d")
_SENTENCE_END = re.compile(r"[.!?…։।。؟۔][\"'”’»“)\]]*$|[.!?…][\"'”’»“)\]]*\s*\|?$")
_FULL_STOP = re.compile(r"[.…։।。۔][\"'”’»)]*$")
_LONGEST_HEADLINE = 250
_LONG = 120
_LONGEST_KNOWN = 300
_LONGEST_COUNTER = 40
_LONGEST_FURNITURE = 100
_LONGEST_CREDIT = 200
_RULES = "|-–—•*_=~ "


class Row(NamedTuple):
    """A line that is not blank.

    ``gap``: a blank line stands above it; ``bullet``: the one it begins with, not in
    ``text``; ``mark`` is the line if it is only a dash, a bullet or a bar, and ``text`` empty.
    ``heading`` is that of a list, alone or glued to a headline. A row that is a section's
    name, only counts something, is the site's or credits a picture says so.
    """

    number: int
    text: str
    gap: bool = False
    bullet: str = ""
    url: str = ""
    stamp: stamps.Stamp | None = None
    mark: str = ""
    heading: str = ""
    is_section: bool = False
    is_counter: bool = False
    is_furniture: bool = False
    is_credit: bool = False

    @property
    def shown(self) -> str:
        """The row as it stands on the page, a bullet apart."""
        return self.text or self.mark

    @property
    def is_date(self) -> bool:
        """Whether the row is a date, a clock or a relative time, a counter beside it apart."""
        if self.stamp is None:
            return False
        rest = self.stamp.before + self.stamp.after
        if not rest or (rest.isdigit() and self.stamp.shape != "clock"):
            return True
        counted = len(rest) <= _LONGEST_COUNTER and not self.stamp.before and self.stamp.full
        return counted and words.COUNTER.fullmatch(rest) is not None

    @property
    def is_full_date(self) -> bool:
        """Whether the row is nothing but a date with day, month and year."""
        return self.is_date and self.stamp is not None and self.stamp.full

    @property
    def is_mark(self) -> bool:
        """Whether the row is a dash, a bullet or a bar alone."""
        return not self.text

    @property
    def is_sentence(self) -> bool:
        """Whether the row ends as a sentence does."""
        return ends_sentence(self.text)

    @property
    def is_statement(self) -> bool:
        """Whether the row ends with a full stop, as few headlines do."""
        return _FULL_STOP.search(self.text[-8:]) is not None

    @property
    def is_paragraph(self) -> bool:
        """Whether the row reads like a paragraph of a text."""
        return len(self.text) > _LONGEST_HEADLINE or (len(self.text) > _LONG and self.is_sentence)


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends with a full stop or its like, quotes and brackets aside."""
    return _SENTENCE_END.search(text[-8:]) is not None


def row_of(line: Line, *, gap: bool = False) -> Row:
    """The row of a line that is not blank; ``gap``: a blank line stands above it."""
    text, bullet = line.text, ""
    if match := _BULLET.match(text):
        text, bullet = text[match.end() :], match.group().strip()
    if not text.strip(_RULES):
        return Row(line.number, "", gap, bullet, line.url, mark=line.text)
    stamp = stamps.find(text)
    prose = len(text) > _LONGEST_KNOWN or (len(text) > _LONG and ends_sentence(text))
    if prose or (stamp is not None and stamp.alone):
        return Row(line.number, text, gap, bullet, line.url, stamp)
    lowered = words.small(text)
    counts = len(text) <= _LONGEST_COUNTER and _DIGIT.search(text) is not None
    return Row(
        line.number,
        text,
        gap,
        bullet,
        line.url,
        stamp,
        "",
        headings.heading_of(text, lowered),
        words.is_section(text),
        counts and words.COUNTER.pattern.fullmatch(lowered) is not None,
        len(text) <= _LONGEST_FURNITURE and words.is_furniture(lowered),
        len(text) <= _LONGEST_CREDIT and words.is_credit(lowered),
    )


def look(lines: tuple[Line, ...]) -> tuple[list[Row], list[Row]]:
    """The rows of a page, and those that are pictures' markup and no text."""
    rows: list[Row] = []
    pictures: list[Row] = []
    gap = False
    for line in lines:
        if not line.text:
            gap = True
            continue
        row = row_of(line, gap=gap)
        (
            pictures if row.text[:1] in _PICTURE_STARTS and _PICTURE.fullmatch(row.text) else rows
        ).append(row)
        gap = False
    if any(row.stamp and row.stamp.ago and row.stamp.alone for row in rows):
        rows = [
            row if row.stamp or row.is_sentence else row._replace(stamp=stamps.in_words(row.text))
            for row in rows
        ]
    return rows, pictures


def settle(rows: list[Row]) -> stating.Settled:
    """What the dates of a page say together."""
    found = [row.stamp for row in rows if row.stamp]
    if not any(stamp.shape == "numeric" or stamp.short_year for stamp in found):
        return stating.settle(found, english=True)
    letters = [letter for row in rows for letter in row.text[:400] if letter.isalpha()]
    foreign = sum(letter > "\x7f" for letter in letters)
    return stating.settle(found, english=foreign * 200 < len(letters))


class Dates(NamedTuple):
    """What a row's date comes to on this page."""

    settled: stating.Settled
    captured: StatedDate | None = None

    def of(self, row: Row) -> StatedDate | stating.Impossible | None:
        """The date on ``row``; None if it has none, or an incomplete one."""
        return stating.stated(row.stamp, self.settled, self.captured) if row.stamp else None
