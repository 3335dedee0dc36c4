"""Which line is the headline.

Rules
- A line that is repeated, alone or at the end of a breadcrumb, is the headline. Else the
  first line is that is no date, credit, breadcrumb, counter, section or name of the site.
- A paragraph is no headline, and neither is the credit of a picture: then the title is
  unknown, for a wrong headline is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from feeds.model import Story
from feeds.normalise import bylines, row_kinds, words
from feeds.normalise.rows import Row

ZONE = 16
"""How many lines from the page's top it is looked for."""
_LONGEST = 250
_LONGEST_ALONE = 400
_LONGEST_SENTENCE = 120


class Chosen(NamedTuple):
    """The index of the headline's row and by which rule; None, and why there is none."""

    row: int | None
    rule: str


def find_headline(rows: list[Row]) -> Chosen:
    """Finds the headline among ``rows``, which begin at the top of the page."""
    zone: list[int] = []
    for index, row in enumerate(rows[:ZONE]):
        if row_kinds.kind_of(row, first=not zone):
            continue
        alone = index + 1 < len(rows) and rows[index + 1].gap
        if why := _no_headline(row, alone=alone, first=index == 0):
            if not zone:
                return Chosen(None, f"line {row.number}: {why}")
            break
        if zone and (row.is_sentence or row.is_paragraph) and not _is_repeated(rows, index):
            break
        zone.append(index)
    if not zone:
        return Chosen(None, "the page has no line that could be one")
    return _among(rows, zone)


def _among(rows: list[Row], zone: list[int]) -> Chosen:
    """The headline among the rows of ``zone``, each of which could be it."""
    for index in zone:
        later = index != zone[0]
        if (later and rows[index].is_statement) or not _is_repeated(rows, index):
            continue
        # a name that stands twice below the headline is the author's
        text = rows[index].text
        if not (bylines.introduced(text) or (later and bylines.authors_in(text))):
            return Chosen(index, "line that is repeated")
    if zone == [0]:
        return Chosen(0, "first line")  # as on most pages
    captions = [index for index in zone if index + 1 < len(rows) and rows[index + 1].is_credit]
    first = next((index for index in zone if index not in captions), zone[0])
    return Chosen(
        first, "first line that is neither date, credit nor section" if first else "first line"
    )


def _no_headline(row: Row, *, alone: bool, first: bool) -> str:
    """Why ``row`` can't be a headline; empty if it can.

    ``alone``: a blank line follows; ``first``: nothing stands above it.
    """
    if len(row.text) > (_LONGEST_ALONE if alone and first and not row.is_sentence else _LONGEST):
        return f"it has {len(row.text)} characters"
    longest = _LONGEST_SENTENCE if alone else _LONGEST_SENTENCE // 2
    if not first and not alone:
        longest = 0
    if len(row.text) > longest and row.is_statement:
        return "it is a sentence of the text"
    return ""


def _is_repeated(rows: list[Row], index: int) -> bool:
    """Whether the row's text stands near it once more, alone or at the end of a breadcrumb."""
    text = rows[index].text
    for other in range(max(0, index - 3), min(len(rows), index + 4)):
        if other != index and rows[other].text:
            if is_same_headline(rows[other].text, text):
                return not rows[index].is_credit
            if other < index and len(text) >= 15 and is_copy(rows[other].text, text):
                return True
    return False


def bare_headline(text: str) -> str:
    """``text``, a headline, without a section glued to it and agencies' marks: "++ … ++"."""
    if text[:2] == "++":
        text = text.strip("+ ") or text
    return words.without_sections(text)


def is_copy(text: str, title: str) -> bool:
    """Whether ``text`` is the title with a way to the page before it, or a section behind it."""
    if len(text) <= len(title) or len(text) - len(title) > 120:
        return False
    return text.endswith(title) or (text.startswith(title) and words.is_section(text[len(title) :]))


def is_same_headline(text: str, title: str) -> bool:
    """Whether ``text`` is the title, apart from case and blanks."""
    if text.lstrip()[:1].casefold()[:1] != title.lstrip()[:1].casefold()[:1]:
        return False
    return " ".join(text.split()).casefold() == " ".join(title.split()).casefold()


def own_headline(stories: Iterable[Story], title: str) -> Story | None:
    """The only story of the list that has the article's headline; None if there are several."""
    first = title[:1].casefold()
    found = [
        story
        for story in stories
        if story.title[:1].casefold() == first and is_same_headline(story.title, title)
    ]
    return found[0] if len(found) == 1 else None
