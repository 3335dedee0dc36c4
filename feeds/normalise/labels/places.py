"""What is seen of a line from where it stands: prose around it, dates near it, words it shares.

Rules
- What counts as prose is the page's own measure: half as long as its longest lines.
- The article is most likely where most long lines stand together; how far above or below
  that a line stands says more than its number.
- The words that the long lines use tell a headline and a standfirst from another story's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain

import msgspec

from feeds.normalise.labels.traits import WIDE, Traits, bucket, is_break, size_of, traits_of
from feeds.normalise.rows import LONGEST_OF_A_SITE, Row

_WORD = re.compile(r"[^\W\d_]{4,}")
_READ = 600
_STEM = 6
_LONG = 90.0
_APART = 7
_NEAR = 4
_TITLE, _TOP = 20, 80
_AROUND = (-3, -2, -1, 1, 2, 3)
_STEPS = (1, 2, 3, 5, 8, 15, 30)
_RUN = (1, 2, 3, 4, 6, 10, 20)
_SIZES = (12, 30, 60, 110)
_ALIKE = tuple(f"alike={count}" for count in range(5))
_NO_WORDS: Traits = ("told=no words",)
_NO_DATES: Traits = ("dates near=0", "date at=none")
_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d]+")


class Seen(msgspec.Struct, frozen=True, gc=False):
    """The traits of a line: those that its neighbours look at, and all others.

    These are in groups, of which pages have few that differ: what a group weighs is known.
    """

    carried: Traits
    groups: tuple[Traits, ...]

    @property
    def all(self) -> Traits:
        """All traits of the line."""
        return tuple(chain(self.carried, *self.groups))


def look_at(rows: list[Row]) -> list[Seen]:
    """What is seen of each of ``rows``, a page's."""
    sizes = [size_of(row.text) for row in rows]
    traits = [traits_of(row, size) for row, size in zip(rows, sizes, strict=True)]
    page = _Page(rows, sizes, [is_break(carried) for carried, _ in traits])
    return [
        Seen(carried, (alone, *page.seen(index))) for index, (carried, alone) in enumerate(traits)
    ]


class _Page:
    """What the lines of a page are compared with."""

    def __init__(self, rows: list[Row], sizes: list[float], breaks: list[bool]) -> None:
        self.rows, self.sizes, self.pauses = rows, sizes, _Counted(breaks)
        longest = max(sizes, default=0)
        limit = min(_LONG, 0.55 * longest)
        self.said = [
            size >= limit / 2 and row.is_statement for size, row in zip(sizes, rows, strict=True)
        ]
        is_long = [
            (size >= limit and row.is_sentence) or size >= 2 * limit
            for size, row in zip(sizes, rows, strict=True)
        ]
        self.sayings, self.longs = _Counted(self.said), _Counted(is_long)
        prose = [index for index, long in enumerate(is_long) if long]
        prose = prose or [index for index, size in enumerate(sizes) if size == longest] or [0]
        self.first, self.last = _core(prose)
        self.prose = set(prose)
        self.keys = [" ".join(row.text.lower().split()) for row in rows]
        self.texts = Counter(self.keys)
        self.stems = [_stems_of(row.text) for row in rows]
        self.spoken = Counter(stem for index in prose for stem in self.stems[index])
        self.others = Counter(
            stem
            for index, found in enumerate(self.stems)
            if index not in self.prose
            for stem in found
        )
        self.dates = [index for index, row in enumerate(rows) if _is_day(row)]
        self.dated = set(self.dates)
        self.datings = _Counted([index in self.dated for index in range(len(rows))])
        self.forms = {
            index: _LETTERS.sub("a", _DIGITS.sub("0", rows[index].text)) for index in self.dates
        }
        self.form_counts = Counter(self.forms.values())
        days = {index: _day(rows[index]) for index in self.dates}
        self.days = {index: day for index, day in days.items() if day[0]}
        self.all_days = frozenset(self.days.values())
        self.newest, self.oldest = (
            max(self.all_days, default=None),
            min(self.all_days, default=None),
        )
        self.gaps = "rare" if sum(row.gap for row in rows) * 4 <= len(rows) else "often"
        heads = [index for index, row in enumerate(rows) if row.text and row.heading == row.text]
        self.head_below = next((index for index in heads if index >= self.first), len(rows))
        self.head_above = max((index for index in heads if index < self.first), default=-1)
        self.page = f"{bucket(len(rows), (8, 16, 32, 64, 128))}"

    def seen(self, index: int) -> tuple[Traits, ...]:
        """What is seen of the line at ``index``, group by group."""
        size = self.sizes[index]
        where, steps = "core", 0
        if index < self.first:
            where, steps = "above", self.first - index
        elif index > self.last:
            where, steps = "below", index - self.last
        said = "s" if self.said[index] else "o"
        return (
            _prose(
                self.sayings.within(index + 1, index + 6),
                self.sayings.within(index - 5, index),
                bucket(self.longs.within(index - _NEAR, index + _NEAR + 1), (1, 2, 4, 6)),
                said,
            ),
            _ends(
                bucket(index, _STEPS), bucket(len(self.rows) - 1 - index, _STEPS), self._gap(index)
            ),
            _place(where, bucket(steps, _RUN), bucket(size, _SIZES), self.page, index == 0),
            self._below(index, said),
            self._repeated(index),
            self._told(index, where),
            self._dates_around(index, where),
        )

    def _gap(self, index: int) -> str:
        below = index + 1 < len(self.rows) and self.rows[index + 1].gap
        if self.rows[index].gap:
            return f"gap {'around' if below else 'above'}, {self.gaps}"
        return f"gap {'below' if below else 'none'}, {self.gaps}"

    def _below(self, index: int, said: str) -> Traits:
        """What stands between the line and the first of the prose, or above its last heading."""
        if index > self.first:
            above = self.pauses.within(max(self.first, index - 8), index)
            return _under(bucket(above, (1, 2, 4)), said, self.head_below < index)
        return ("above a heading",) if index <= self.head_above else ()

    def _repeated(self, index: int) -> Traits:
        key, size = self.keys[index], self.sizes[index]
        found: list[str] = []
        if key and self.texts[key] > 1:
            found.append("repeated" if size > 25 else "repeated, short")
            near = self.keys[max(0, index - _NEAR) : index + _NEAR + 1]
            if size > 20 and near.count(key) > 1:
                found.append("repeated near")
        if size > _TITLE and index < _TOP:
            text = self.rows[index].text
            above = self.rows[max(0, index - 6) : index]
            if any(len(row.text) > len(text) and row.text.endswith(text) for row in above):
                found.append("end of a trail")
            first = self.rows[0].text
            if index and len(first) > len(text) and first.startswith(text):
                found.append("begins the first line")
        alike = 0
        for other in (index - 2, index - 1, index + 1, index + 2):
            if 0 <= other < len(self.sizes) and 0.6 < (size + 8) / (self.sizes[other] + 8) < 1.6:
                alike += 1
        found.append(_ALIKE[alike])
        return tuple(found)

    def _told(self, index: int, where: str) -> Traits:
        """How many of the line's words the long lines use, and how many other short ones."""
        mine = self.stems[index]
        if not mine:
            return _NO_WORDS
        spoken, others = self.spoken, self.others
        itself = index in self.prose
        share = len([stem for stem in mine if spoken[stem] > itself]) / len(mine)
        shared = len([stem for stem in mine if others[stem] > 1]) / len(mine)
        return _told(
            bucket(share, (0.01, 0.2, 0.35, 0.5, 0.75)),
            bucket(share, (0.2, 0.5)),
            where,
            bucket(self.sizes[index], (25, 60, 120)),
            bucket(shared, (0.01, 0.35, 0.7)),
        )

    def _dates_around(self, index: int, where: str) -> Traits:
        dense = self.datings.within(index - _NEAR, index + _NEAR + 1)
        if not dense:  # as near most lines
            return _NO_DATES
        dated = index in self.dated
        found = [f"dates near={bucket(dense, (1, 2, 3))}"]
        steps = [
            f"{step:+d}"
            for step in _AROUND
            if index + step in self.dated and (dated or abs(step) < 3)
        ]
        found.append(f"{'dates' if dated else 'date'} at={''.join(steps) or 'none'}")
        if not dated:
            return tuple(found)
        found.append(f"date {where}")
        found.append(f"date form={bucket(self.form_counts[self.forms[index]], (2, 3, 6))}")
        if index == self.dates[0]:
            found.append("first date")
        if index == self.dates[-1]:
            found.append("last date")
        if index + 1 == len(self.rows):
            found.append(f"last line, {'apart' if self.rows[index].gap else 'close'}")
        if len(self.all_days) > 1 and index in self.days:
            if self.days[index] == self.newest:
                found.append("newest date")
            elif self.days[index] == self.oldest:
                found.append("oldest date")
        return tuple(found)


class _Counted:
    """How many of a page's lines are something, from one line to another."""

    def __init__(self, some: Sequence[bool]) -> None:
        self._size = len(some)
        self._sums = list(accumulate(some, initial=0))

    def within(self, start: int, end: int) -> int:
        return self._sums[min(end, self._size)] - self._sums[max(0, start)]


@lru_cache(maxsize=1000)
def _prose(after: int, before: int, near: int, said: str) -> Traits:
    return (
        f"prose below={after}",
        f"prose above={before}",
        f"prose around={min(3, after)}{min(3, before)}{said}",
        f"crowd={near}",
    )


@lru_cache(maxsize=1000)
def _ends(top: int, bottom: int, gap: str) -> Traits:
    return f"top={top}", f"bottom={bottom}", gap


@lru_cache(maxsize=1000)
def _place(where: str, steps: int, size: int, page: str, is_first: bool) -> Traits:
    at = "core" if where == "core" else f"{where}{steps}"
    found = (f"at={at}", f"at={at}+{size}", f"page={page}+{where}")
    return (*found, f"first line+{size}") if is_first else found


@lru_cache(maxsize=1000)
def _under(breaks: int, said: str, is_below_heading: bool) -> Traits:
    found = f"breaks above={breaks}{said}"
    return (found, "below a heading") if is_below_heading else (found,)


@lru_cache(maxsize=1000)
def _told(share: int, about: int, where: str, size: int, shared: int) -> Traits:
    return f"told={share}", f"told={about}+{where}{size}", f"shared={shared}"


def _core(prose: list[int]) -> tuple[int, int]:
    """Where the greatest group of long lines, none far from the next, begins and ends."""
    groups: list[list[int]] = []
    for place in prose:
        if groups and place - groups[-1][-1] <= _APART:
            groups[-1].append(place)
        else:
            groups.append([place])
    greatest = max(groups, key=len)
    return greatest[0], greatest[-1]


def _stems_of(text: str) -> frozenset[str]:
    """The beginnings of longer words, by which lines are compared, or pairs of wide signs."""
    return _stems_again(text) if len(text) <= LONGEST_OF_A_SITE else frozenset(_stems(text))


@lru_cache(maxsize=4000)
def _stems_again(text: str) -> frozenset[str]:
    return frozenset(_stems(text))


def _stems(text: str) -> set[str]:
    text = text[:_READ].lower()
    if not text.isascii():
        wide = "".join(WIDE.findall(text))
        if len(wide) > 3:
            return {wide[place : place + 2] for place in range(len(wide) - 1)}
    return {word[:_STEM] for word in _WORD.findall(text)}


def _is_day(row: Row) -> bool:
    return (
        row.is_date and row.stamp is not None and (row.is_full_date or row.stamp.shape != "clock")
    )


def _day(row: Row) -> tuple[int, int, int]:
    stamp = row.stamp
    if stamp is None or not stamp.full:
        return 0, 0, 0
    return stamp.year, stamp.month, stamp.day
