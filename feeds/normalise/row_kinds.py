"""What a line is by itself, wherever it stands: a date, a section, a credit, a way to the page."""

from __future__ import annotations

import re

from feeds.normalise import bylines, dated_bylines, rules, words
from feeds.normalise.rows import Row
from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text.patterns import compile_late

_CRUMB = compile_late(r"[^«]*\s[»›>→]\s.*|.*\s(?:/|::|\\)\s.*")
_CRUMB_MARK = compile_late(r"[»›>→/:\\]")
_CODES = compile_late(r"(?:[A-Za-zА-Яа-яԱ-Ֆ]{1,3}[+-]?(?:\s*[|/·,]\s*|\s+|$)){2,}")
_HOME = Words(rf"{any_of(vocabulary.HOME)}\b")
_COUNTED = Words(rf"[\W\d_]*{any_of(vocabulary.COUNTED)}\b")
_NEIGHBOUR = Words(any_of(vocabulary.NEIGHBOURS))
_SOURCE = Words(rf"[\W_]*{any_of(vocabulary.SOURCES)}\s*[:：].{{1,40}}")
_SITE_FIRST = compile_late(r"(?:[\w-]+\.)+[a-z]{2,10}(?:\s\S+){0,3}", re.IGNORECASE)
_NUMBERED = Words(
    rf"(?:.{{3,40}}\s)?(?:{any_of(vocabulary.NUMBERED)})\s?\d{{1,4}}(?:\s?[/|]\s?\d{{1,4}})?$"
)
_AFTER_HOME = frozenset(["", *"»›>/|:→-–•"])
_LONGEST_STAMP = 100
_LONGEST_LABEL = 60
_LONGEST_KNOWN = 200
"""What is longer, captions of pictures included, may be a heading and nothing else."""


def kind_of(row: Row, *, first: bool = False) -> str:
    """What the row is known for; empty if it may be a headline, a name or text.

    ``first``: nothing that could be a headline stands above it.
    """
    if row.is_mark:
        return MARK
    if len(row.text) > _LONGEST_KNOWN:
        return HEADING if is_heading(row) else ""
    # a headline may end with a date
    if row.stamp is not None and is_stamp(row) and (not first or _is_bare(row)):
        return DATE
    # a headline may begin with a number, and counters above one have no words
    if row.is_counter and not (first and _is_numbered_headline(row.text)):
        return NUMBER
    if row.is_section:
        return SECTION
    if row.is_credit:
        return CREDIT
    if row.is_furniture or is_navigation(row):
        return SITE
    if is_heading(row):
        return HEADING
    if _is_label(row):
        return LABEL
    return SITE if first and _is_above_headlines(row.text) else ""


def _is_above_headlines(text: str) -> bool:
    """Whether ``text`` is the name of a site, or of a paper with its page or number."""
    if len(text) >= _LONGEST_LABEL:
        return False
    return bool(_SITE_FIRST.fullmatch(text) or (text[-1:].isdigit() and _NUMBERED.match(text)))


def _is_bare(row: Row) -> bool:
    """Whether nobody's name stands beside the date."""
    return row.stamp is not None and _is_soup(row.stamp.before)


def _is_numbered_headline(text: str) -> bool:
    """Whether what looks like a count may be a headline: "100 days", but not "100 views"."""
    return any(map(str.isalpha, text)) and not _COUNTED.match(text)


MARK, NUMBER, SECTION = "mark", "number that counts something", "name of a section"
DATE = rules.DATE
CREDIT, SITE, HEADING, LABEL = (
    "credit of a picture",
    "part of the site",
    "heading above the headline",
    "label of a date",
)


def is_stamp(row: Row) -> bool:
    """Whether the row is a date, or a date among labels, sections and counters."""
    stamp = row.stamp
    if stamp is None or len(row.text) > _LONGEST_STAMP:
        return False
    if stamp.alone:
        return stamp.shape != "clock" or len(row.text) <= 16
    if not stamp.full and not stamp.clock:
        return False
    sides = (stamp.before, stamp.after)
    if not stamp.full or row.is_statement:
        return all(map(_is_soup, sides))
    return all(_is_soup(side) or _is_signature(side) for side in sides)


def _is_signature(text: str) -> bool:
    """Whether ``text`` beside a date says who wrote the article, or from whom it is."""
    if bylines.authors_in(text) or dated_bylines.authors_beside(text):
        return True
    return bylines.introduced(text) or bool(_SOURCE.fullmatch(text))


def _is_soup(text: str) -> bool:
    """Whether ``text`` beside a date is a label, a section, or numbers that count something."""
    if not text or text.replace(" ", "").isdigit() or words.is_section(text):
        return True
    return bool(
        words.PUBLISHED.fullmatch(text)
        or words.UPDATED.match(text)
        or words.COUNTER.fullmatch(text)
    )


def is_heading(row: Row) -> bool:
    """Whether the row announces other stories, and nothing else."""
    return row.heading == row.text or bool(_NEIGHBOUR.for_text(row.lowered).fullmatch(row.lowered))


def is_navigation(row: Row) -> bool:
    """Whether the row leads to other pages, or says where this one stands."""
    text = row.text
    if len(text) > 160 or row.is_sentence:
        return False
    if "|" in text and len(text) <= 60 and all(len(part.strip()) <= 12 for part in text.split("|")):
        return True
    if len(text) <= 40 and text.isupper() and _CODES.fullmatch(text):
        return True
    home = _HOME.for_text(row.lowered).match(row.lowered)
    if home and (
        text[home.end() :].lstrip()[:1] in _AFTER_HOME or words.is_section(text.split()[1])
    ):
        return True
    return len(text) <= 100 and bool(_CRUMB_MARK.search(text) and _CRUMB.fullmatch(text))


def _is_label(row: Row) -> bool:
    text = row.text
    if len(text) >= _LONGEST_LABEL:
        return False
    lowered = row.lowered
    return bool(
        words.UPDATED.for_text(lowered).fullmatch(lowered)
        or words.PUBLISHED.for_text(lowered).fullmatch(lowered)
    )
