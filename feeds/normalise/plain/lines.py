"""The labels of a page's lines, corrected by what they can't know of each other.

Rules
- The text is where most lines labelled so stand together; what stands apart from that, behind
  the site's lines or a list, is other words of theirs.
- A date above the text's first words is the article's; so is the only dated line of a list
  between headline and text. What stands before and behind a date is no headline of a list.
- A page with a headline has a text: if no line is labelled so, its sentences.
- What is short and stands on the page once more is the site's.
- The first line of the text, if it has no full stop and the next has, only leads into it.
"""

from __future__ import annotations

from collections import Counter

from feeds.normalise import dated_bylines, row_kinds, words
from feeds.normalise.labels import Labelled
from feeds.normalise.plain import header, headline
from feeds.normalise.rows import Row

TEXT = frozenset(["text", "subheading", "standfirst"])
LISTED = frozenset(["list heading", "list headline", "list date"])
_FEWEST = 2
_SHORT, _LONG = 40, 100
_LONGEST_SIGNATURE = 80
_STANDFIRST = 20, 160
_GAP, _WIDEST_GAP = 4, 9


class Lines:
    """The labels of ``rows``; ``chosen`` is the headline's index, ``text`` those of the text."""

    def __init__(self, rows: list[Row], told: Labelled) -> None:
        self.rows, self.labels = rows, list(told.labels)
        self.chosen = told.headline
        below = -1 if self.chosen is None else header.whole_headline(rows, self.chosen)[1] - 1
        found = [index for index in self.all(TEXT) if index > below] or self.all(TEXT)
        self.text = self._main(found or self._sentences())
        often = Counter(row.text for row in rows)
        self.text = [
            index
            for index in self.text
            if often[rows[index].text] == 1 or len(rows[index].text) > _SHORT
        ] or self.text
        self.last = self.text[-1] if self.text else (self.chosen or 0)
        self._relabel()
        self.first = self.text[0] if self.text else len(rows)

    def all(self, labels: frozenset[str]) -> list[int]:
        """The lines that have one of ``labels``."""
        return [index for index, label in enumerate(self.labels) if label in labels]

    def _sentences(self) -> list[int]:
        """The first sentences below the headline of a page whose labels see no text."""
        if self.chosen is None:
            return []
        found: list[int] = []
        for index in range(self.chosen + 1, len(self.rows)):
            row = self.rows[index]
            if found and index - found[-1] > _GAP:
                break
            if self.labels[index] == "furniture" and row.is_statement and len(row.text) > _SHORT:
                found.append(index)
        return found

    def _main(self, found: list[int]) -> list[int]:
        """The lines of ``found`` that are the article's."""
        if not found:
            return []
        runs = [[found[0]]]
        for index in found[1:]:
            if index - runs[-1][-1] > _GAP:
                runs.append([])
            runs[-1].append(index)
        weights = [sum(len(self.rows[index].text) for index in run) for run in runs]
        best = max(range(len(runs)), key=weights.__getitem__)
        first = last = best
        while last + 1 < len(runs) and self._goes_on(runs[last], runs[last + 1], weights, best):
            last += 1
        while first and self._goes_on(runs[first - 1], runs[first], weights, best):
            first -= 1
        return [index for run in runs[first : last + 1] for index in run]

    def _goes_on(self, run: list[int], below: list[int], weights: list[int], best: int) -> bool:
        """Whether the text goes on in the run ``below``, behind lines that aren't its."""
        between = self.labels[run[-1] + 1 : below[0]]
        apart = 1 + sum(label not in LISTED for label in between)
        other = sum(len(self.rows[index].text) for index in min(run, below, key=len))
        return apart <= _WIDEST_GAP and other * 2 >= weights[best]

    def _relabel(self) -> None:
        for index in [index for index in self._opening() if self._is_dated(index)]:
            self.labels[index] = "stamp" if self.rows[index].is_full_date else "byline"
            self.text.remove(index)
        if (standfirst := self._standfirst()) is not None:
            self.labels[standfirst] = "standfirst"
            self.text.remove(standfirst)
        start = self.text[0] if self.text else len(self.rows)
        chosen = self.chosen if self.chosen is not None else -1
        between = [index for index in range(chosen + 1, start) if self.labels[index] in LISTED]
        dates = [index for index in between if self.labels[index] == "list date"]
        if self.text and len(dates) == 1 and len(between) <= _FEWEST + 1:
            for index in between:
                self.labels[index] = "stamp" if index in dates else "furniture"
        for index in self.all(frozenset(["list headline"])):
            stamp = self.rows[index].stamp
            if stamp is not None and stamp.before and stamp.after:
                self.labels[index] = "furniture"

    def _standfirst(self) -> int | None:
        """The first line labelled text, if it only leads into it: one without a full stop."""
        title = "" if self.chosen is None else self.rows[self.chosen].text
        text = [
            index
            for index in self.text
            if not headline.is_same_headline(self.rows[index].text, title)
        ]
        if len(text) < _FEWEST:
            return None
        first, second = self.rows[text[0]], self.rows[text[1]]
        own = _STANDFIRST[0] <= len(first.text) <= _STANDFIRST[1] and not first.is_sentence
        leads = own and second.is_statement and not words.is_small(second.text)
        return text[0] if leads else None

    def _is_dated(self, index: int) -> bool:
        """Whether the line is a date or names an author beside one, as no long line does."""
        row = self.rows[index]
        if len(row.text) > _LONGEST_SIGNATURE:
            return False
        if row.stamp is None:
            return "|" in row.text and bool(dated_bylines.authors_beside(row.text))
        return row.is_full_date or row.stamp.ago is not None or row_kinds.is_stamp(row)

    def _opening(self) -> list[int]:
        """The lines labelled text above the first that reads like one."""
        for place, index in enumerate(self.text):
            if self.rows[index].is_statement and len(self.rows[index].text) > _SHORT:
                return self.text[:place]
        return []
