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

import msgspec

from feeds.normalise.labels.traits import WIDE, bucket, is_break, size_of, traits_of
from feeds.normalise.rows import Row

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
_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d]+")


class Seen(msgspec.Struct, frozen=True, gc=False):
    """The traits of a line: those that its neighbours look at, and all others."""

    carried: list[str]
    alone: list[str]


def look_at(rows: list[Row]) -> list[Seen]:
    """What is seen of each of ``rows``, a page's."""
    sizes = [size_of(row.text) for row in rows]
    traits = [traits_of(row, size) for row, size in zip(rows, sizes, strict=True)]
    page = _Page(rows, sizes, [is_break(carried) for carried, _ in traits])
    seen = []
    for index, (carried, alone) in enumerate(traits):
        said = "s" if page.said[index] else "o"
        alone += page.prose_around(index, said)
        alone += page.place(index, said)
        alone += page.repeated(index)
        alone += page.told(index)
        alone += page.dates_around(index)
        seen.append(Seen(carried, alone))
    return seen


class _Page:
    """What the lines of a page are compared with."""

    def __init__(self, rows: list[Row], sizes: list[float], breaks: list[bool]) -> None:
        self.rows, self.sizes, self.breaks = rows, sizes, breaks
        longest = max(sizes, default=0)
        limit = min(_LONG, 0.55 * longest)
        self.said = [
            size >= limit / 2 and row.is_statement for size, row in zip(sizes, rows, strict=True)
        ]
        self.long = [
            (size >= limit and row.is_sentence) or size >= 2 * limit
            for size, row in zip(sizes, rows, strict=True)
        ]
        prose = [index for index, is_long in enumerate(self.long) if is_long]
        prose = prose or [index for index, size in enumerate(sizes) if size == longest] or [0]
        self.first, self.last = _core(prose)
        self.prose = set(prose)
        self.keys = [" ".join(row.text.lower().split()) for row in rows]
        self.texts = Counter(self.keys)
        self.stems = [_stems(row.text) for row in rows]
        self.spoken = Counter(stem for index in prose for stem in self.stems[index])
        self.others = Counter(
            stem
            for index, found in enumerate(self.stems)
            if index not in self.prose
            for stem in found
        )
        self.dates = [index for index, row in enumerate(rows) if _is_day(row)]
        self.dated = set(self.dates)
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
        self.gaps = sum(row.gap for row in rows)
        heads = [index for index, row in enumerate(rows) if row.text and row.heading == row.text]
        self.head_below = next((index for index in heads if index >= self.first), len(rows))
        self.head_above = max((index for index in heads if index < self.first), default=-1)
        self.page = f"{bucket(len(rows), (8, 16, 32, 64, 128))}"

    def prose_around(self, index: int, said: str) -> list[str]:
        after, before = (
            sum(self.said[index + 1 : index + 6]),
            sum(self.said[max(0, index - 5) : index]),
        )
        near = sum(self.long[max(0, index - _NEAR) : index + _NEAR + 1])
        return [
            f"prose below={after}",
            f"prose above={before}",
            f"prose around={min(3, after)}{min(3, before)}{said}",
            f"crowd={bucket(near, (1, 2, 4, 6))}",
        ]

    def place(self, index: int, said: str) -> list[str]:
        size, end = self.sizes[index], len(self.rows) - 1 - index
        where = "core"
        if index < self.first:
            where = f"above{bucket(self.first - index, _RUN)}"
        elif index > self.last:
            where = f"below{bucket(index - self.last, _RUN)}"
        found = [
            f"top={bucket(index, _STEPS)}",
            f"bottom={bucket(end, _STEPS)}",
            f"at={where}",
            f"at={where}+{bucket(size, (12, 30, 60, 110))}",
            f"page={self.page}+{where[:5]}",
        ]
        if index == 0:
            found.append(f"first line+{bucket(size, (12, 30, 60, 110))}")
        if index > self.first:
            above = sum(self.breaks[max(self.first, index - 8) : index])
            found.append(f"breaks above={bucket(above, (1, 2, 4))}{said}")
            if self.head_below < index:
                found.append("below a heading")
        elif index <= self.head_above:
            found.append("above a heading")
        found += self._gap(index)
        return found

    def _gap(self, index: int) -> list[str]:
        rare = "rare" if self.gaps * 4 <= len(self.rows) else "often"
        below = index + 1 < len(self.rows) and self.rows[index + 1].gap
        if self.rows[index].gap:
            return [f"gap {'around' if below else 'above'}, {rare}"]
        return [f"gap {'below' if below else 'none'}, {rare}"]

    def repeated(self, index: int) -> list[str]:
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
        sizes = [
            self.sizes[other]
            for other in (index - 2, index - 1, index + 1, index + 2)
            if 0 <= other < len(self.rows)
        ]
        alike = sum(0.6 < (size + 8) / (other + 8) < 1.6 for other in sizes)
        found.append(f"alike={alike}")
        return found

    def told(self, index: int) -> list[str]:
        """How many of the line's words the long lines use, and how many other short ones."""
        mine = self.stems[index]
        if not mine:
            return ["told=no words"]
        itself = index in self.prose
        share = sum(self.spoken[stem] > itself for stem in mine) / len(mine)
        shared = sum(self.others[stem] > 1 for stem in mine) / len(mine)
        where = "core"
        if index < self.first:
            where = "above"
        elif index > self.last:
            where = "below"
        size = bucket(self.sizes[index], (25, 60, 120))
        return [
            f"told={bucket(share, (0.01, 0.2, 0.35, 0.5, 0.75))}",
            f"told={bucket(share, (0.2, 0.5))}+{where}{size}",
            f"shared={bucket(shared, (0.01, 0.35, 0.7))}",
        ]

    def dates_around(self, index: int) -> list[str]:
        dated = index in self.dated
        dense = sum(index + step in self.dated for step in range(-_NEAR, _NEAR + 1) if self.dates)
        found = [f"dates near={bucket(dense, (1, 2, 3))}"]
        steps = [
            f"{step:+d}"
            for step in _AROUND
            if index + step in self.dated and (dated or abs(step) < 3)
        ]
        found.append(f"{'dates' if dated else 'date'} at={''.join(steps) or 'none'}")
        if not dated:
            return found
        where = "core"
        if index < self.first:
            where = "above"
        elif index > self.last:
            where = "below"
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
        return found


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


def _stems(text: str) -> set[str]:
    """The beginnings of longer words, by which lines are compared, or pairs of wide signs."""
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
