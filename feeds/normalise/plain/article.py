"""The article's text: where it ends, and who signed it.

Rules
- From the text's end upwards, what is recognised is taken off: bylines, credits, tags,
  pleas to log in, the article's own date. The first line that is none of these ends it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from feeds.model import Dropped
from feeds.model.problem import Problem
from feeds.normalise import bylines, rules, words
from feeds.normalise.plain import paragraphs
from feeds.normalise.row_kinds import is_stamp
from feeds.normalise.rows import Row
from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text.dates import resolve

_DESK_TAG = re.compile(
    r"\s*[-–—]{1,3}\s?(?:\d{1,2}[^\W\d_]{1,2}\d{0,2}|0|\d{2}[^\W\d_]\d{2})\s?[-–—]{1,3}\s*$"
)
_TAGS = re.compile(r"(?:#[^\s#]+[\s,]*)+")
_PLACE = re.compile(r"[^\W\d_][^\d,!?:;]{1,30}(?:,?\s?(?:[A-Z]\.){1,3}[A-Z]?|,\s[^\W\d_]+)?")
_PAYWALL = Words(
    rf"(?=.{{0,160}}\b{any_of(vocabulary.TO_READ, vocabulary.TO_READ_MORE)})"
    rf".{{0,80}}\b{any_of(vocabulary.LOG_IN)}.{{0,90}}"
)
_PICTURED = Words(any_of(vocabulary.PICTURED))
_FEW = 4
_WORDS_OF_A_HEADING = 3
_MOST_LINES = 100
_PLEA, _BYLINE = "plea to log in", "byline"
_SCRAMBLED = re.compile(r"\w[@?:;<=>]\w|[@:;<=>%]\w|\d[A-Za-z]|[A-Za-z]\d")


class Ending(msgspec.Struct, frozen=True):
    """A text without what was taken off its end, and what that says.

    ``own`` is the row of the article's own date; ``paid`` says that readers are asked to
    log in for more; ``place`` is the line below the author's name.
    """

    rows: list[Row]
    authors: tuple[str, ...] = ()
    author_line: int = 0
    own: Row | None = None
    paid: bool = False
    category: str = ""
    place: str = ""
    dropped: tuple[Dropped, ...] = ()


def read_ending(rows: list[Row], *, signed: tuple[str, ...], dated: bool, listed: bool) -> Ending:
    """Takes what is no text off the end of ``rows``.

    ``signed`` are the authors whom the top of the page names, ``dated`` says that it has a
    date, ``listed`` that a list of other stories follows.
    """
    elsewhere = [row for row in rows if _leads_elsewhere(row)]
    left = [row for row in rows if row not in elsewhere]
    taken = Ending(left) if left else Ending(list(rows))
    dropped: list[Dropped] = []
    while taken.rows and len(dropped) < _MOST_LINES:
        row = taken.rows[-1]
        if rule := _furniture(row):
            paid = taken.paid or (rule == _PLEA and len(taken.rows) > 1)
            taken = replace(taken, paid=paid)
        elif step := (_date(taken, listed=listed, dated=dated) or _byline(taken, signed=signed)):
            taken, rule = step
        elif listed and not dropped and _is_heading(taken.rows):
            rule = "heading of the list"
        else:
            break
        if rule != _BYLINE:
            dropped.append(Dropped(row.number, row.shown, rule))
        taken.rows.pop()
    if left:
        dropped += [Dropped(row.number, row.shown, "link to another story") for row in elsewhere]
    return replace(taken, dropped=tuple(dropped))


def without_captions(taken: Ending, rows: list[Row]) -> Ending:
    """``taken`` without what captions the pictures amid the text; ``rows`` are the page's.

    That is a name and a dash, or a line that says who is pictured, above the picture's credit.
    """
    credited = {above.number for above, row in pairwise(rows) if row.is_credit}
    found = [
        row
        for row in taken.rows
        if is_named(row) or (row.number in credited and _PICTURED.match(row.text))
    ]
    if not found or len(found) == len(taken.rows):
        return taken
    left = [row for row in taken.rows if row not in found]
    dropped = (Dropped(row.number, row.shown, "caption of a picture") for row in found)
    return replace(taken, rows=left, dropped=(*taken.dropped, *dropped))


def is_named(row: Row) -> bool:
    """Whether the row is a name and a dash, as stand below pictures."""
    name = row.text.rstrip(" -–—")
    return name != row.text and bool(bylines.authors_in(name))


def _leads_elsewhere(row: Row) -> bool:
    """Whether the row is a link to another story, as its words say: "Read also: …"."""
    if not row.heading or row.heading == row.text or row.is_statement:
        return False
    return row.heading.endswith(":") and words.leads_elsewhere(row.heading)


def _is_rights(row: Row) -> bool:
    return row.is_furniture and "©" in row.text


def _date(taken: Ending, *, listed: bool, dated: bool) -> tuple[Ending, str] | None:
    """What the last row says, if it is the article's own date."""
    row = taken.rows[-1]
    if taken.own is not None or row.stamp is None:
        return None
    if not _is_own(taken.rows, listed=listed):
        below = dated and row.is_full_date and not row.gap
        return (taken, rules.DATE_BELOW) if below else None
    label, later = row.stamp.before, row.stamp.after
    section = next(filter(words.is_section, filter(None, (label, later))), taken.category)
    taken = replace(taken, own=row, category=section)
    names = () if words.PUBLISHED.fullmatch(label) else bylines.authors_in(label)
    if names and not taken.authors:
        taken = replace(taken, authors=names, author_line=row.number)
    return taken, rules.OWN_DATE


def _byline(taken: Ending, *, signed: tuple[str, ...]) -> tuple[Ending, str] | None:
    """What the last row says, if it is a byline, or the place below one, or a signature."""
    row = taken.rows[-1]
    if not taken.authors:
        if not taken.place and len(taken.rows) > 2 and _is_place_below_a_name(taken.rows):
            return replace(taken, place=row.text), "place line"
        if names := bylines.authors_in(row.text):
            if signed:
                return (taken, "byline again") if names == signed else None
            return replace(taken, authors=names, author_line=row.number), _BYLINE
    sentence = row.is_statement and " " in row.text
    if not sentence and (bylines.is_source(row.text) or bylines.introduced(row.text)):
        return taken, "source of the text"
    return None


def _is_heading(left: list[Row]) -> bool:
    """Whether the last row is the heading, in words that nobody knows, of the list below it."""
    row = left[-1]
    short = len(row.text) <= 40 and len(row.text.split()) <= _WORDS_OF_A_HEADING
    return short and not (row.is_sentence or row.is_date) and len(left) > 1 and left[-2].is_sentence


def _furniture(row: Row) -> str:
    if row.is_mark:
        return "mark"
    if words.is_mail_note(row.text):
        return "why readers get the letter"
    if row.is_statement and not (row.is_credit and row.text[:1] in "©(") and not _is_rights(row):
        return ""  # whatever its words, a sentence is text
    if row.is_credit:
        return "credit of a picture"
    if is_plea(row):
        return _PLEA
    if row.is_furniture:
        return "tags" if words.is_tags(row.lowered) else "part of the site"
    if row.heading == row.text:
        return "heading of an empty list"
    if row.is_counter and not row.is_date:
        return "number that counts something"
    if row.is_section:
        return "name of a section"
    return "tags" if _TAGS.fullmatch(row.text) else ""


def is_plea(row: Row) -> bool:
    """Whether the row asks readers to log in."""
    quoted = row.text.startswith(('"', "“", "«"))
    return len(row.text) <= 160 and not quoted and _PAYWALL.fullmatch(row.text) is not None


def _is_own(left: list[Row], *, listed: bool) -> bool:
    """Whether the last row is the article's own date.

    Below a line that ends no sentence it may be that line's date in a list of one; a bare
    day above a list may be the list's.
    """
    row = left[-1]
    if len(left) < 2 or row.stamp is None or not row.stamp.full or not is_stamp(row):
        return False
    if row.stamp.before or row.stamp.after:
        return True
    above = left[-2]
    if row.stamp.clock and not listed:
        return True
    named = bool(bylines.authors_in(above.text))
    ended = above.is_sentence or above.is_credit or named
    return ended and bool(row.stamp.clock or named or not listed)


def _is_place_below_a_name(left: list[Row]) -> bool:
    row, above = left[-1], left[-2]
    return (
        len(row.text.split(maxsplit=3)) <= 3
        and bool(_PLACE.fullmatch(row.text))
        and bool(bylines.authors_in(above.text))
        and not bylines.authors_in(row.text, bare=False)
        and row.text[0].isupper()
    )


class Text(NamedTuple):
    """An article's paragraphs, and what was cut off them."""

    paragraphs: list[paragraphs.Paragraph]
    dropped: list[Dropped]
    findings: list[Problem]


def read_text(rows: list[Row]) -> Text:
    """The paragraphs in ``rows``, lines that belong to the text."""
    dropped: list[Dropped] = []
    findings: list[Problem] = []
    found: list[paragraphs.Paragraph] = []
    for paragraph in paragraphs.join_lines([row for row in rows if row.text]):
        cut = paragraph.text.rstrip(" |")
        if cut.endswith(("-", "–", "—")) and (
            match := _DESK_TAG.search(cut, max(0, len(cut) - 16))
        ):
            cut = cut[: match.start()]
            dropped.append(Dropped(paragraph.number, match.group().strip(), "desk tag"))
        if cut:
            found.append(paragraphs.Paragraph(paragraph.number, cut))
    for row in rows:
        if row.is_full_date and _is_impossible(row):
            what = f"'{row.text}' is no day of the calendar; it is left in the text"
            findings.append(Problem("impossible-date", what, row.number, "correct the date"))
    found = _once(found, dropped)
    for paragraph in found:
        if _is_scrambled(paragraph.text):
            what = "this paragraph looks scrambled, as texts behind a paywall are"
            findings.append(
                Problem(
                    "scrambled", what, paragraph.number, "save the page as a subscriber sees it"
                )
            )
            break
    return Text(found, dropped, findings)


def _is_impossible(row: Row) -> bool:
    return row.stamp is not None and isinstance(resolve.stated_date(row.stamp), resolve.Impossible)


def _once(found: list[paragraphs.Paragraph], dropped: list[Dropped]) -> list[paragraphs.Paragraph]:
    """The paragraphs once, where a page has the whole text twice."""
    half = len(found) // 2
    texts = [paragraph.text for paragraph in found]
    if half >= 2 and len(found) == 2 * half and texts[:half] == texts[half:]:
        dropped += [Dropped(item.number, item.text, "the text again") for item in found[half:]]
        return found[:half]
    return found


def _is_scrambled(text: str) -> bool:
    """Whether words have marks inside them where letters should be."""
    if text.count("6") < _FEW:  # what an e becomes
        return False
    parts = text[:300].split()
    return len(parts) > 4 and 3 * sum(map(bool, map(_SCRAMBLED.search, parts))) > len(parts)
