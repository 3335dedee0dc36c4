"""The lines above an article's text: the headline among them, and what else stands there.

Rules
- A date above the headline is mostly the clock of whoever saved the page; views or a section
  between them make it the article's own. One below the headline is the article's own.
- What is taken in below the headline is known for what it is; the first line that isn't,
  a standfirst above the article's date apart, begins the text.
"""

from __future__ import annotations

import re

import msgspec

from feeds.model import Dropped, Line
from feeds.normalise import bylines, dated_bylines, row_kinds, rules, words
from feeds.normalise.latest import days
from feeds.normalise.plain import headline
from feeds.normalise.rows import Row, row_of, row_with
from feeds.text.dates import find

_ARCHIVE = re.compile(r"date (?P<date>\d{4}-\d{2}(?:-\d{2})?) (?P<rest>.+)", re.IGNORECASE)
_ROLE_WORDS = 5


class Header(msgspec.Struct, frozen=True):
    """What stands above the text, and where that begins.

    ``above`` and ``below`` are rows with a date on either side of the headline; ``apart``
    says that views or a section stand between the former and the headline. ``prefix`` is
    a date glued to the headline by an archive of pages. ``kept`` are rows that belong to
    the text though a date follows them; ``rest`` is the index of the text's first row.
    """

    title: str
    line: int
    rule: str
    rest: int
    kept: tuple[Row, ...] = ()
    above: tuple[Row, ...] = ()
    below: tuple[Row, ...] = ()
    apart: bool = False
    prefix: str = ""
    updated: Row | None = None
    authors: tuple[str, ...] = ()
    author_line: int = 0
    category: str = ""
    dropped: tuple[Dropped, ...] = ()


class Reader:
    """Walks down the rows once and sorts them."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.dropped: list[Dropped] = []
        self.above: list[Row] = []
        self.below: list[Row] = []
        self.kept: list[Row] = []
        self.apart = False
        self.updated: Row | None = None
        self.authors: tuple[str, ...] = ()
        self.author_line = 0
        self.signed_until = 0
        self.category = ""

    def header(self, title: str, line: int, rule: str, rest: int, prefix: str) -> Header:
        """What the walk came to."""
        return Header(
            title,
            line,
            rule,
            rest,
            tuple(self.kept),
            tuple(self.above),
            tuple(self.below),
            self.apart,
            prefix,
            self.updated,
            self.authors,
            self.author_line,
            self.category,
            tuple(self.dropped),
        )

    def drop(self, row: Row, rule: str) -> None:
        """Leaves ``row`` out, and says by which rule."""
        self.dropped.append(Dropped(row.number, row.shown, rule))

    def take(self, row: Row, why: str, *, titled: bool) -> None:
        """Takes in the row that is known for ``why``; ``titled``: the headline stands above it."""
        if why == row_kinds.DATE and row.stamp is not None:
            self._take_date(row, row.stamp, titled=titled)
            return
        if why in (row_kinds.SECTION, row_kinds.NUMBER):
            self.apart |= bool(self.above) and not titled
            if why == row_kinds.SECTION:
                self._name_category(row.text)
        self.drop(row, why)

    def _take_date(self, row: Row, stamp: find.Stamp, *, titled: bool) -> None:
        label = stamp.before
        if words.UPDATED.match(stamp.after):
            self.updated = row.changed(stamp=find.find_stamp(stamp.after))
        if label and words.UPDATED.fullmatch(label):
            self.updated = row
        elif titled:
            self.below.append(row)
            names = () if words.PUBLISHED.fullmatch(label) else dated_bylines.authors_beside(label)
            self.name_authors(names or dated_bylines.authors_beside(stamp.after), row)
        else:
            self.above.append(row)
            # views and sections on the date's own line are as telling as between the lines
            self.apart |= not stamp.alone
        if words.is_section(label):
            self._name_category(label)
        self.drop(row, rules.PAGE_DATE)

    def _name_category(self, text: str) -> None:
        self.category = self.category or text.strip(" -–—•:|#/.")

    def name_authors(self, names: tuple[str, ...], row: Row) -> None:
        """Takes ``names``, which stand on ``row``, for the authors, if there are none yet."""
        if names and not self.authors:
            self.authors, self.author_line = names, row.number

    def name_below(self, index: int) -> int:
        """Takes the names below the row, which introduces some; where the next row is."""
        below = self.rows[index + 1 : index + 1 + dated_bylines.MOST_LINES]
        names, lines = dated_bylines.names_below([row.text for row in below])
        if names:
            self.name_authors(names, below[0])
        self.signed_until = index + 1 + lines
        return self.signed_until

    def take_below(self, index: int, title: str) -> bool:
        """Takes in a row below the headline; False if the text begins with it."""
        row = self.rows[index]
        if index < self.signed_until:
            self.drop(row, "byline")
            return True
        why = row_kinds.kind_of(row)
        if why in (row_kinds.MARK, row_kinds.HEADING) or self._is_of_the_text(row, why):
            return False
        if why or headline.is_same_headline(row.text, title):
            self.take(row, why or "headline again", titled=True)
            return True
        if dated_bylines.introduces_nobody(row.text):
            self.drop(row, "byline")
            self.name_below(index)
            return True
        names = self._names(index)
        if names and names == self.authors:
            self.drop(row, "byline again")
        elif names and not self.authors:
            self.name_authors(names, row)
        elif names:
            return False
        elif rule := self._beside_a_byline(index):
            self.drop(row, rule)
        elif not self.below and _is_before_a_date(self.rows, index):
            self.kept.append(row)
        else:
            return False
        return True

    def _is_of_the_text(self, row: Row, why: str) -> bool:
        """Whether a date is a chronicle's, the article having its own already."""
        full = row.stamp is not None and row.stamp.full
        return why == row_kinds.DATE and not full and bool(self.below)

    def _names(self, index: int) -> tuple[str, ...]:
        row = self.rows[index]
        names = bylines.authors_in(row.text)
        if bylines.introduced(row.text):
            return names
        if row.is_sentence or index + 1 == len(self.rows):
            return ()
        # a name alone may be a subheading: something beside it must tell that it is none
        below = self.rows[index + 1]
        beside = (
            below.gap
            or below.stamp
            or below.is_credit
            or headline.is_same_headline(below.text, row.text)
        )
        above = bool(self.below) or self.authors == names
        return names if beside or above or self._is_role(index + 1) else ()

    def _is_role(self, index: int) -> bool:
        """Whether the row says what an author does: few words, and not in capitals."""
        row = self.rows[index]
        few = len(row.text.split()) <= _ROLE_WORDS and index + 1 < len(self.rows)
        below = self.rows[index + 1] if few else row
        return few and not row.is_sentence and (below.is_sentence or below.is_full_date)

    def _beside_a_byline(self, index: int) -> str:
        row = self.rows[index]
        if row.is_sentence:
            return ""
        if bylines.introduced(row.text) or bylines.is_source(row.text):
            return "source of the text"
        below = self.rows[index + 1] if index + 1 < len(self.rows) else None
        if below is None:
            return ""
        goes_on = row.text.endswith((":", ",")) or words.is_small(below.text)
        if self.authors and len(row.text.split()) <= _ROLE_WORDS and not goes_on:
            return "role of the author"
        return "caption of a picture" if below.is_credit and len(row.text) <= 120 else ""


def read_header(rows: list[Row]) -> Header:
    """What stands above the text in ``rows``, which hold no list below the text."""
    prefix, rows = without_prefix(rows)
    reader = Reader(rows)
    chosen, rule = headline.find_headline(rows)
    if chosen is None:
        return _untitled(reader, prefix, rule)
    if chosen:
        _take_above(reader, chosen)
    title, rest = whole_headline(rows, chosen)
    end = min(len(rows), rest + headline.ZONE)
    if rest < len(rows) and (text := _behind_a_date(rows[rest])):
        reader.below.append(rows[rest])
        reader.kept.append(row_with(rows[rest].number, text))
        rest = end = rest + 1
    while rest < end:
        whole = days.whole_date(rows, rest)
        if whole and rows[rest + 1].gap <= rows[rest].gap:
            reader.take(whole, row_kinds.DATE, titled=True)
            reader.drop(rows[rest + (whole.number == rows[rest].number)], rules.CLOCK)
            rest += 2
        elif reader.take_below(rest, title.text):
            rest += 1
        else:
            break
    headline_text = headline.bare_headline(title.text)
    return reader.header(headline_text, title.number, rule, rest, prefix)


def whole_headline(rows: list[Row], chosen: int) -> tuple[Row, int]:
    """The headline, with a second line if it was wrapped; and the index of what is below it."""
    title = rows[chosen]
    if chosen + 1 < len(rows) and not title.is_sentence:
        more = rows[chosen + 1]
        ends = chosen + 2 == len(rows) or rows[chosen + 2].gap
        other = more.gap or more.is_sentence or more.stamp or bylines.introduced(more.text)
        if words.is_small(more.text) and ends and not other:
            return title.changed(text=f"{title.text} {more.text}"), chosen + 2
    return title, chosen + 1


def _take_above(reader: Reader, chosen: int) -> None:
    """Takes in what stands above the headline, the row with the index ``chosen``."""
    for row in reader.rows[:chosen]:
        if why := row_kinds.kind_of(row, first=True):
            reader.take(row, why, titled=False)
        else:
            reader.drop(row, "line above the headline")


def without_prefix(rows: list[Row]) -> tuple[str, list[Row]]:
    """The date that an archive glued to the first line, and the rows without it."""
    if rows and (match := _ARCHIVE.match(rows[0].text)):
        text = match["rest"].strip()
        first = row_of(Line(rows[0].number, text), gap=rows[0].gap)
        return match["date"], [first, *rows[1:]]
    return "", rows


def _untitled(reader: Reader, prefix: str, why: str) -> Header:
    """The top of a page without headline: all that is known for what it is."""
    rest = 0
    for index, row in enumerate(reader.rows[: headline.ZONE]):
        known = row_kinds.kind_of(row, first=True)
        if not known:
            break
        reader.take(row, known, titled=False)
        rest = index + 1
    line = reader.rows[0].number if reader.rows else 0
    return reader.header("", line, why, rest, prefix)


def _behind_a_date(row: Row) -> str:
    """The text to whose beginning the article's date is glued; empty if none is."""
    stamp = row.stamp
    if stamp is None or not stamp.full or not (stamp.after and row.text.startswith(stamp.text)):
        return ""
    rest = row.text[len(stamp.text) :]
    return rest if rest[:1].isalpha() else ""


def _is_before_a_date(rows: list[Row], index: int) -> bool:
    """Whether a row of the text, a standfirst, stands above the article's own date."""
    if len(rows[index].text) > 300:
        return False
    for row in rows[index + 1 : index + 3]:
        if row.stamp is not None and row.stamp.full and row_kinds.is_stamp(row):
            stamp = row.stamp
            return bool(stamp.clock or words.PUBLISHED.fullmatch(stamp.before or "-"))
        if row.is_sentence and row.is_paragraph:
            return False
    return False
