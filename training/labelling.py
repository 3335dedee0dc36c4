"""What each line of a saved page is, by its markup and by what is known to be true of the page."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from feeds.model import Line, StatedDate
from feeds.normalise import bylines
from feeds.normalise.labels.traits import size_of
from feeds.normalise.rows import row_of
from feeds.text.dates import resolve
from training.collections import SavedPage, letters_of

_HEADING = re.compile(r">h[1-4]\b")
_APART = 25
_ENOUGH = 0.8
_FOREIGN = 2
"""So many paragraphs inside the text that truth doesn't have, and a page's truth isn't whole."""
_SHORTEST = 12


class Told(msgspec.Struct):
    """A line and what it is; ``gap``: a blank line stands above it."""

    text: str
    gap: bool
    label: str


class _Labeller:
    def __init__(self, page: SavedPage) -> None:
        self.page = page
        self.blocks = page.blocks
        self.rows = [row_of(Line(n, block.text)) for n, block in enumerate(page.blocks, 1)]
        self.keys = [letters_of(block.text) for block in page.blocks]
        self.labels = ["furniture"] * len(page.blocks)
        self.title = letters_of(page.title)
        self.body = {letters_of(line) for line in page.body}
        self.joined = " ".join(letters_of(line) for line in page.body)
        self.subheadings = {letters_of(line) for line in page.subheadings}
        self.standfirst = {letters_of(line) for line in page.standfirst}
        self.listed = {letters_of(line) for line in page.listed} - {""}
        self.authors = [key for key in map(letters_of, page.authors) if len(key) > 3]
        self.first = self.last = self.head = 0

    def label(self) -> bool:
        """Labels all lines; False if truth is not found on the page."""
        cluster = self._cluster()
        if not cluster:
            return False
        head = self._headline(cluster[0])
        if head is None:
            return False
        self.head = head
        cluster = [index for index in cluster if index > head]
        if not cluster:
            return False
        self.first, self.last = cluster[0], cluster[-1]
        self._label_text(cluster)
        self.labels[head] = "headline"
        self._label_beside()
        if self._foreign() > _FOREIGN:
            return False
        self._label_lists()
        return True

    def _is_of_the_text(self, index: int) -> bool:
        key, block = self.keys[index], self.blocks[index]
        if len(key) < _SHORTEST or key == self.title or (block.linked > 0.8 and len(key) < 90):
            return False
        return key in self.body or (len(key) >= 30 and key in self.joined)

    def _cluster(self) -> list[int]:
        """The lines of the text, where most of it stands together."""
        found = [index for index in range(len(self.blocks)) if self._is_of_the_text(index)]
        if len(found) < 2:
            return []
        runs = [[found[0]]]
        for index in found[1:]:
            if index - runs[-1][-1] > _APART:
                runs.append([])
            runs[-1].append(index)
        best = max(runs, key=self._weight)
        enough = _ENOUGH * min(self._weight(found), len(self.joined))
        return best if self._weight(best) >= enough else []

    def _weight(self, lines: list[int]) -> int:
        return sum(len(self.keys[index]) for index in lines)

    def _headline(self, first: int) -> int | None:
        found = [index for index in range(min(first + 3, len(self.keys))) if self._is_title(index)]
        marked = [index for index in found if ">h1" in self.blocks[index].place]
        return next(reversed(marked or found), None)

    def _foreign(self) -> int:
        """How many lines between those of the text read like paragraphs and are none."""
        inside = range(self.first, self.last + 1)
        return sum(
            self.labels[index] == "furniture"
            and self.blocks[index].linked < 0.3
            and size_of(self.blocks[index].text) > 120
            and self.rows[index].is_statement
            for index in inside
        )

    def _is_title(self, index: int) -> bool:
        key, title = self.keys[index], self.title
        if not key or not title:
            return False
        longer = len(title) > 15 and title in key and len(key) < 1.15 * len(title)
        return key == title or longer or (key in title and len(key) > 0.85 * len(title))

    def _label_text(self, cluster: list[int]) -> None:
        for index in cluster:
            self.labels[index] = "text"
        for index in range(self.first, self.last + 1):
            key, block = self.keys[index], self.blocks[index]
            is_heading = bool(_HEADING.search(block.place))
            if self.labels[index] == "text":
                if key in self.subheadings or (is_heading and size_of(block.text) < 150):
                    self.labels[index] = "subheading"
            elif key in self.body and len(key) > 1 and block.linked < 0.8:
                self.labels[index] = "subheading" if is_heading else "text"
            elif is_heading and block.linked < 0.5 and len(key) > 4 and key in self.joined:
                self.labels[index] = "subheading"
        for index in range(self.first, min(self.last, self.first + 4)):
            if self.labels[index] == "text" and self.keys[index] in self.standfirst:
                self.labels[index] = "standfirst"

    def _label_beside(self) -> None:
        """Captions, and who wrote it when, in the lines near headline and text."""
        for index, row in enumerate(self.rows):
            if self.labels[index] != "furniture":
                continue
            near = self.first - 14 <= index <= self.last + 8
            captions = "figcaption" in self.blocks[index].place
            if near and (captions or (row.is_credit and index < self.last)):
                self.labels[index] = "caption"
                continue
            above = self.head - 6 <= index <= min(self.first + 4, self.head + 25)
            below = self.last < index <= self.last + 5 and not self._is_beside_a_link(index)
            if (above or below) and len(row.text) < 220:
                if self._is_stamp(index):
                    self.labels[index] = "stamp"
                elif self._is_byline(index):
                    self.labels[index] = "byline"
            if self.labels[index] == "furniture" and self._is_standfirst(index):
                self.labels[index] = "standfirst"

    def _is_beside_a_link(self, index: int) -> bool:
        """Whether the line above or below is another story's headline."""
        beside = self.blocks[max(0, index - 1) : index] + self.blocks[index + 1 : index + 2]
        return any(block.linked > 0.6 and size_of(block.text) >= 22 for block in beside)

    def _is_stamp(self, index: int) -> bool:
        stamp = self.rows[index].stamp
        between = self.head < index < self.first
        if stamp is None:
            return False
        stated = resolve.stated_date(stamp) if stamp.full else None
        if not isinstance(stated, StatedDate):
            return between and (stamp.ago is not None or stamp.full) and len(stamp.before) < 60
        if not self.page.day:
            return between
        return abs((stated.day - date.fromisoformat(self.page.day)).days) <= 1

    def _is_standfirst(self, index: int) -> bool:
        """Whether the line sums the story up between its headline and its text."""
        block = self.blocks[index]
        between = self.head < index < min(self.first, self.head + 6)
        return between and block.linked < 0.3 and 45 <= size_of(block.text) <= 400

    def _is_byline(self, index: int) -> bool:
        text = self.rows[index].text
        if len(text) < 160 and any(author in self.keys[index] for author in self.authors):
            return True
        if not self.head - 1 <= index <= self.first + 1 or not bylines.authors_in(text):
            return False
        few = self.first - self.head < 12 and self.head < index < self.first
        return bylines.introduced(text) or (
            few and text.istitle() and not self.rows[index].is_section
        )

    def _is_listed(self, index: int) -> bool:
        block, row = self.blocks[index], self.rows[index]
        if self.labels[index] != "furniture" or row.is_date:
            return False
        size, words = size_of(block.text), len(block.text.split())
        if self.keys[index] in self.listed:
            return True
        if block.links > 2:
            return False  # a menu on one line
        return (
            block.linked > 0.6
            and 22 <= size <= 260
            and (words >= 4 or size > 1.8 * len(block.text))
        )

    def _label_lists(self) -> None:
        count = len(self.rows)
        dates = [
            self.labels[index] == "furniture"
            and row.is_date
            and row.stamp is not None
            and row.stamp.shape != "clock"
            for index, row in enumerate(self.rows)
        ]
        for index in [index for index in range(count) if self._is_listed(index)]:
            stamp = self.rows[index].stamp
            own = stamp is not None and stamp.full and not (stamp.before and stamp.after)
            beside = any(dates[at] for at in (index - 1, index + 1) if 0 <= at < count)
            self.labels[index] = "list headline" if own or beside else "teaser"
        for index in range(count):
            near = [self.labels[at] for at in (index - 1, index + 1) if 0 <= at < count]
            if dates[index] and "list headline" in near:
                self.labels[index] = "list date"
        stories = ("list headline", "list date", "teaser")
        for index in range(count - 1):
            row = self.rows[index]
            heads = row.heading == row.text or _HEADING.search(self.blocks[index].place)
            if (
                self.labels[index] == "furniture"
                and heads
                and self.labels[index + 1] in stories
                and len(row.text) < 60
            ):
                self.labels[index] = "list heading"


def labelled(page: SavedPage) -> list[Told] | None:
    """The lines of ``page`` with what they are; None where truth doesn't fit the page."""
    labeller = _Labeller(page)
    if not labeller.label():
        return None
    together = zip(page.blocks, labeller.labels, strict=True)
    return [Told(block.text, block.gap, label) for block, label in together]
