"""A page's parts by its lines' labels.

Rules
- What is headline, text, list and site is decided by the labels. What a line's date and name
  are worth, and how a text ends, is decided by the rules, called on the lines labelled so.
- Of a headline that stands twice the first counts, so that a date between is below it.
- A list is its dated headlines; undated ones only below a heading, and together.
"""

from __future__ import annotations

from feeds.model import StatedDate
from feeds.normalise import bylines, dated_bylines, row_kinds, rules
from feeds.normalise.labels import Labelled
from feeds.normalise.latest.days import bare_date
from feeds.normalise.plain import article, header, headline
from feeds.normalise.plain.lines import LISTED, Lines
from feeds.normalise.plain.parts import Parts
from feeds.normalise.plain.undated import undated_list
from feeds.normalise.rows import Dates, Row

_ABOVE, _BELOW = 8, 6
_FEWEST = 2
_PORTRAIT = 4
_RULES = {
    "furniture": "part of the site",
    "teaser": "teaser",
    "caption": "caption of a picture",
    "list heading": "heading of the list",
    "list date": rules.LONE_DATE,
    "list headline": "teaser",
    "capture": rules.PAGE_DATE,
    "stamp": rules.PAGE_DATE,
    "byline": "byline again",
    "standfirst": "standfirst",
}


def rule_of(row: Row, label: str, title: str) -> str:
    """By which rule ``row``, which is of no part, is left out of an article with that title."""
    if title and headline.is_same_headline(row.text, title):
        return "headline again"
    return _RULES.get(label, "part of the site")


def parts_by_labels(rows: list[Row], told: Labelled, known: Dates) -> Parts:
    """The parts of the page that has ``rows``, which are labelled as ``told``."""
    return _Regions(rows, told).parts(known)


class _Regions:
    def __init__(self, rows: list[Row], told: Labelled) -> None:
        found = Lines(rows, told)
        self.rows, self.labels, self.chosen = rows, found.labels, found.chosen
        self.text, self.first, self.last = found.text, found.first, found.last
        self.all = found.all
        self.used: set[int] = set()

    def parts(self, known: Dates) -> Parts:
        last, saved = self._capture(known)
        listed = self._listed()
        head = self._header()
        end = self._ending(head, listed=bool(listed))
        return Parts(head, end, listed, None, last, saved)

    def _capture(self, known: Dates) -> tuple[Row | None, StatedDate | None]:
        """The date on the page's last line, if it says when the page was saved."""
        index = len(self.rows) - 1
        if self.labels[index] != "capture" or not self.rows[index].is_full_date:
            return None, None
        stated = known.of(self.rows[index])
        if not isinstance(stated, StatedDate):
            return None, None
        self.used.add(index)
        return self.rows[index], stated

    def _listed(self) -> list[Row]:
        """The rows of the list."""
        found = [index for index in self.all(LISTED) if self._is_item(index)]
        dated = [index for index in found if self.rows[index].stamp is not None]
        if not dated:
            found = undated_list(self.rows, self.labels)
        self.used.update(found)
        return [
            bare_date(self.rows[index]) if self.labels[index] == "list date" else self.rows[index]
            for index in found
        ]

    def _is_item(self, index: int) -> bool:
        """Whether the line is of a dated list: not its heading, unless its words are known."""
        label, row = self.labels[index], self.rows[index]
        if label == "list heading":
            return bool(row.heading)
        near = self.labels[max(0, index - _FEWEST) : index + _FEWEST + 1]
        return label == "list date" or row.stamp is not None or "list date" in near

    def _header(self) -> header.Header:
        reader = header.Reader(self.rows)
        title, first = None, 0
        if self.chosen is not None:
            title, rest = header.whole_headline(self.rows, self.chosen)
            self.used.update(range(self.chosen, rest))
            first = next(
                index
                for index, row in enumerate(self.rows)
                if headline.is_same_headline(row.text, self.rows[self.chosen].text)
            )
        for index, row in enumerate(self.rows):
            if index >= self.last or index in self.used:
                continue
            near = min(self.chosen or 0, self.first) - _ABOVE <= index
            label = self.labels[index]
            dated = label == "capture" or (near and label == "stamp")
            if dated and row.stamp is not None:
                reader.take(row, row_kinds.DATE, titled=index > first)
                self.used.add(index)
            elif near and dated_bylines.introduces_nobody(row.text) and index > first:
                self.used.update(range(index, reader.name_below(index)))
            elif (
                near
                and label == "byline"
                and not reader.authors
                and (names := _names_on(row, below=index > first))
            ):
                reader.name_authors(names, row)
                self.used.add(index)
        if not reader.authors:
            self._name_beside_a_stamp(reader, first)
        stamps = [row for row in reader.above if self.labels[self.rows.index(row)] == "stamp"]
        reader.apart = bool(stamps) and not reader.below
        if title is None:
            why = "no line of the page looks like one"
            return reader.header("", self.rows[0].number, why, 0, "")
        text = headline.bare_headline(_without_trail(title.text, self.rows, self.chosen or 0))
        return reader.header(text, title.number, "line that reads like one", 0, "")

    def _name_beside_a_stamp(self, reader: header.Reader, first: int) -> None:
        """Takes a name next to the article's date for the author's, whatever its label."""
        for index in range(first + 1, min(self.first, len(self.rows))):
            beside = self.labels[max(0, index - 1) : index + 2]
            if index in self.used or "stamp" not in beside:
                continue
            if names := bylines.authors_in(self.rows[index].text):
                reader.name_authors(names, self.rows[index])
                self.used.add(index)
                return

    def _ending(self, head: header.Header, *, listed: bool) -> article.Ending:
        below = [
            index
            for index in range(self.last + 1, min(len(self.rows), self.last + _BELOW))
            if self.labels[index] in ("stamp", "byline") and index not in self.used
        ]
        kept = [index for index in self.text if index not in self.used]
        kept = [index for index in kept if not _is_no_text(self.rows[index])] or kept
        self.used.update(kept)
        self.used.update(below)
        title = head.title
        left = [
            self.rows[index]
            for index in [*kept, *below]
            if not (title and headline.is_same_headline(self.rows[index].text, title))
        ]
        return article.read_ending(
            _without_portrait(left, head.authors),
            signed=head.authors,
            dated=bool(head.below),
            listed=listed,
        )


def _names_on(row: Row, *, below: bool) -> tuple[str, ...]:
    """The authors whom a row labelled as a byline names; ``below``: the headline is above it."""
    names = bylines.authors_in(row.text, bare=below)
    return names or (dated_bylines.authors_beside(row.text) if below else ())


def _is_no_text(row: Row) -> bool:
    """Whether a line among those of the text credits a picture or asks to log in."""
    return row.is_credit or article.is_plea(row) or dated_bylines.introduces_nobody(row.text)


def _without_portrait(rows: list[Row], authors: tuple[str, ...]) -> list[Row]:
    """The text's rows up to the author's name below it, with which some words on them begin."""
    for index, row in enumerate(rows[_FEWEST:], _FEWEST):
        if row.text in authors and len(rows) - index <= _PORTRAIT:
            return rows[:index]
    return rows


def _without_trail(text: str, rows: list[Row], chosen: int) -> str:
    """The headline without the way to the page before it, if it stands alone as well."""
    for row in rows[max(0, chosen - 6) : chosen + 6]:
        if 15 <= len(row.text) < len(text) and text.endswith(row.text):
            return row.text
    return text
