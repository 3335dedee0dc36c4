"""A page's lines with what can be seen of each by itself: the date on it, its bullet, the gap.

Rules
- A row is a line that is not blank. What it means is decided from its neighbours, later.
- The order of day and month in ambiguous dates is settled here, once for the whole page.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from feeds.model import Line, StatedDate
from feeds.normalise import headings, words
from feeds.normalise.words.patterns import small
from feeds.text.dates import find, resolve, tongues
from feeds.text.patterns import compile_late

_BULLET = compile_late(r"(?:[•●▪►»*·]|[-–—](?=\s|$))\s*")
_DIGIT = compile_late(r"\d")
_PICTURE = compile_late(r"!\[[^\]]*\]\([^)]*\)|<image>.*|data:image/\S+")
_PICTURE_STARTS = frozenset("!<d")
_SENTENCE_END = compile_late(r"[.!?…։।。؟۔][\"'”’»“)\]]*$|[.!?…][\"'”’»“)\]]*\s*\|?$")
_STOPS, _ENDS = frozenset(".…։।。۔"), frozenset(".!?…։।。؟۔")
_FULL_STOP = compile_late(r"[.…։।。۔][\"'”’»)]*$")
_LONGEST_HEADLINE = 250
_LONG = 120
_LONGEST_LINE = 300
"""What is longer is a paragraph, and is searched for nothing."""
LONGEST_OF_A_SITE = 120
"""What is shorter is mostly the site's, stands on all its pages, and is known again."""
_LONGEST_COUNTER = 40
_LONGEST_FURNITURE = 100
_LONGEST_CREDIT = 200
_LONGEST_UNSPACED, _LETTERS_OF_A_WORD = 40, 20
_RULES = "|-–—•*_=~ "


class Row(msgspec.Struct, eq=False, gc=False):
    """A line that is not blank, and what can be told of it by itself.

    ``gap``: a blank line stands above it; ``bullet``: the one it begins with, not in
    ``text``; ``mark`` is the line if it is only a dash, a bullet or a bar, and ``text`` empty.
    ``is_date``: it is a date, a clock or a relative time, a counter beside it apart;
    ``is_full_date``: and has day, month and year. ``heading`` is that of a list at the row's
    beginning, alone or glued to a headline.
    """

    number: int
    text: str
    gap: bool = False
    bullet: str = ""
    url: str = ""
    stamp: find.Stamp | None = None
    mark: str = ""
    is_date: bool = False
    is_full_date: bool = False
    heading: str = ""
    in_small_letters: str = ""

    def changed(
        self, *, text: str = "", gap: bool | None = None, stamp: find.Stamp | None = None
    ) -> Row:
        """The row with what is given in place of its own."""
        kept = self.gap if gap is None else gap
        return row_with(
            self.number,
            text or self.text,
            kept,
            self.bullet,
            self.url,
            stamp or self.stamp,
            self.mark,
        )

    @property
    def lowered(self) -> str:
        """The row's text in small letters."""
        if not self.in_small_letters:  # each row is asked for them some ten times
            self.in_small_letters = small(self.text)
        return self.in_small_letters

    @property
    def is_mark(self) -> bool:
        """Whether the row is a dash, a bullet or a bar alone."""
        return not self.text

    @property
    def shown(self) -> str:
        """The row as it stands on the page, a bullet apart."""
        return self.text or self.mark

    @property
    def is_sentence(self) -> bool:
        """Whether the row ends as a sentence does."""
        last = self.text[-1:]
        if last in _ENDS:
            return True
        return not last.isalnum() and _SENTENCE_END.search(self.text[-8:]) is not None

    @property
    def is_statement(self) -> bool:
        """Whether the row ends with a full stop, as few headlines do."""
        last = self.text[-1:]
        if last in _STOPS:
            return True
        return not last.isalnum() and _FULL_STOP.search(self.text[-8:]) is not None

    @property
    def is_paragraph(self) -> bool:
        """Whether the row reads like a paragraph of a text."""
        size = len(self.text)
        return size > _LONG and (size > _LONGEST_HEADLINE or self.is_sentence)

    @property
    def is_unspaced(self) -> bool:
        """Whether the row is long, and of a script that has no blanks between words, or stops."""
        size = len(self.text)
        return size >= _LONGEST_UNSPACED and (self.text.count(" ") + 1) * _LETTERS_OF_A_WORD < size

    @property
    def is_furniture(self) -> bool:
        """Whether the row belongs to the site rather than to a story."""
        return self._has_words(_LONGEST_FURNITURE) and words.is_furniture(self.lowered)

    @property
    def is_credit(self) -> bool:
        """Whether the row credits or captions a picture."""
        return self._has_words(_LONGEST_CREDIT) and words.is_credit(self.lowered)

    @property
    def is_section(self) -> bool:
        """Whether the row is the name of a section."""
        return self._has_words(_LONGEST_COUNTER) and words.is_section(self.text)

    @property
    def is_counter(self) -> bool:
        """Whether the row only counts something: views, comments, a rank."""
        counts = self._has_words(_LONGEST_COUNTER) and _DIGIT.search(self.text) is not None
        return counts and words.COUNTER.for_text(self.lowered).fullmatch(self.lowered) is not None

    def _has_words(self, longest: int) -> bool:
        """Whether the row is no longer than that, and more than a date."""
        return len(self.text) <= longest and not (self.stamp is not None and self.stamp.alone)


def row_with(
    number: int,
    text: str,
    gap: bool = False,
    bullet: str = "",
    url: str = "",
    stamp: find.Stamp | None = None,
    mark: str = "",
) -> Row:
    """The row that these make."""
    alone = is_date = is_full_date = False
    if stamp is not None:
        alone = stamp.alone
        is_date = alone or _is_date(stamp)
        is_full_date = is_date and stamp.full
    heading = ""
    if not alone and len(text) <= _LONGEST_LINE:
        heading = headings.heading_of(text)
    return Row(number, text, gap, bullet, url, stamp, mark, is_date, is_full_date, heading)


def _is_date(stamp: find.Stamp) -> bool:
    """Whether what stands beside a date only counts something."""
    rest = stamp.before + stamp.after
    if rest.isdigit() and stamp.shape != "clock":
        return True
    counted = len(rest) <= _LONGEST_COUNTER and not stamp.before and stamp.full
    return counted and words.COUNTER.fullmatch(rest) is not None


def row_of(line: Line, gap: bool = False) -> Row:
    """The row of a line that is not blank; ``gap``: a blank line stands above it."""
    known = _row_again(line.text) if len(line.text) <= LONGEST_OF_A_SITE else _row(line.text)
    return Row(
        line.number,
        known.text,
        gap,
        known.bullet,
        line.url,
        known.stamp,
        known.mark,
        known.is_date,
        known.is_full_date,
        known.heading,
        known.in_small_letters,
    )


def _row(line: str) -> Row:
    """What can be told of ``line`` wherever it stands."""
    text, bullet = line, ""
    if not text[:1].isalnum():
        if match := _BULLET.match(text):
            text, bullet = text[match.end() :], match.group().strip()
        if not text.strip(_RULES):
            return row_with(0, "", bullet=bullet, mark=line)
    if len(text) > _LONGEST_LINE:
        return Row(0, text, bullet=bullet)
    if text[0].isdigit() and (plain := find.find_plain_stamp(text)):
        return Row(0, text, False, bullet, "", plain, "", True, True)
    return row_with(0, text, bullet=bullet, stamp=find.find_stamp(text))


@lru_cache(maxsize=4000)
def _row_again(line: str) -> Row:
    found = _row(line)
    found.in_small_letters = small(found.text)
    return found


def _is_picture(row: Row) -> bool:
    return _PICTURE.fullmatch(row.text) is not None


def rows_of(lines: tuple[Line, ...]) -> tuple[list[Row], list[Row]]:
    """The rows of a page, and those that are pictures' markup and no text."""
    rows: list[Row] = []
    gap = False
    for line in lines:
        if not line.text:
            gap = True
            continue
        rows.append(row_of(line, gap))
        gap = False
    pictures = [row for row in rows if row.text[:1] in _PICTURE_STARTS and _is_picture(row)]
    if pictures:
        rows = [row for row in rows if not _is_picture(row)]
    if [row for row in rows if row.stamp is not None and row.stamp.ago and row.stamp.alone]:
        rows = [
            row
            if row.stamp or row.is_sentence
            else row.changed(stamp=find.find_stamp_in_words(row.text))
            for row in rows
        ]
    return rows, pictures


def settle_dates(rows: list[Row], language: str = "") -> resolve.Settled:
    """What the dates of a page say together, and the ``language`` that it states of itself."""
    found = [row.stamp for row in rows if row.stamp is not None]
    settled = _in_order(rows, found)
    if not [stamp for stamp in found if resolve.is_month_unsettled(stamp, settled)]:
        return settled
    if language:
        return resolve.in_languages(settled, resolve.language_of(language))
    text = " ".join(row.text for row in rows[: tongues.LONGEST // 10])
    return resolve.in_languages(settled, tongues.languages_by_letters(text))


def _in_order(rows: list[Row], found: list[find.Stamp]) -> resolve.Settled:
    if not [stamp for stamp in found if stamp.shape == "numeric" or stamp.short_year]:
        return resolve.settle_order(found, english=True)
    letters = [letter for row in rows for letter in row.text[:400] if letter.isalpha()]
    foreign = sum(letter > "\x7f" for letter in letters)
    return resolve.settle_order(found, english=foreign * 200 < len(letters))


class Dates(msgspec.Struct, frozen=True):
    """What a row's date comes to on this page."""

    settled: resolve.Settled
    captured: StatedDate | None = None

    def of(self, row: Row) -> StatedDate | resolve.Impossible | None:
        """The date on ``row``; None if it has none, or an incomplete one."""
        return resolve.stated_date(row.stamp, self.settled, self.captured) if row.stamp else None
