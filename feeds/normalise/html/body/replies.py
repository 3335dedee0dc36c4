"""What readers wrote below a text, told by nothing but its make.

Rules
- Two elements or more beside each other, each with a name, a date with a clock or an age, and
  words, are what readers wrote, if the names differ, and they follow a longer text, of which
  nothing follows them.
- Rows of a live blog have no names, or are most of the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise import verdicts
from feeds.normalise.html.body import alike, furniture
from feeds.normalise.html.body.pieces import Piece
from feeds.normalise.verdicts import TEXT
from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text.dates import find

_AGO = Words(any_of(vocabulary.AGO, vocabulary.AGO_GLUED))
_CLOCK = re.compile(r"(?<![\d.])\d{1,2}[:h]\d\d(?!\d)")
_OPEN = frozenset(("", TEXT, verdicts.AGE))
_LEVELS, _FOLLOWING, _MOST_NAMES, _FEWEST = 4, 4, 4, 2
_LONGEST_LINE, _LONGEST_NAME = 90, 40
_LINKED = 0.5
_BEFORE = 1
"""So many lines may stand before a reply's date: its writer's name."""


def mark(pieces: list[Piece], first: int) -> None:
    """Gives replies below the text of ``pieces``, which begins at ``first``, their verdict."""
    alike_rows: dict[object, dict[HtmlElement, tuple[str, int]]] = defaultdict(dict)
    for place in range(first + 1, len(pieces)):
        if pieces[place].verdict not in _OPEN or (name := _writer(pieces, place)) is None:
            continue
        for outer in (pieces[place].block, *islice(pieces[place].block.iterancestors(), _LEVELS)):
            alike_rows[outer.getparent(), alike.called(outer)].setdefault(outer, (name, place))
    rows = max(alike_rows.values(), key=len, default={})
    if len(rows) < _FEWEST or len({name for name, _ in rows.values()}) < _FEWEST:
        return
    if not all(_is_reply(pieces, row, place) for row, (_, place) in rows.items()):
        return
    inside = {element for row in rows for element in row.iter()}
    members = [place for place, piece in enumerate(pieces) if piece.block in inside]
    if members and members[0] > first and _are_below(pieces, members):
        for place in members:
            pieces[place].verdict = verdicts.COMMENTS


def _is_reply(pieces: list[Piece], row: HtmlElement, place: int) -> bool:
    """Whether ``row`` begins with its line at ``place``, and words follow that are no link."""
    inside = set(row.iter())
    if place > _BEFORE and pieces[place - _BEFORE - 1].block in inside:
        return False
    following = pieces[place + 1 : place + 1 + _FOLLOWING]
    return any(
        piece.block in inside
        and piece.verdict in _OPEN
        and piece.linked < _LINKED
        and furniture.is_whole_sentence(piece.words)
        for piece in following
    )


def _are_below(pieces: list[Piece], members: list[int]) -> bool:
    """Whether a longer text stands above the pieces at ``members``, and none below."""
    above = sum(len(p.words) for p in pieces[: members[0]] if p.verdict == TEXT)
    size = sum(len(pieces[place].words) for place in members)
    others = set(range(members[0], len(pieces))).difference(members)
    below = any(pieces[place].verdict == TEXT and pieces[place].is_prose for place in others)
    return size < above and not below


def _writer(pieces: list[Piece], place: int) -> str | None:
    """Whose words follow the line at ``place``, if that says when they were written."""
    words = pieces[place].words
    if len(words) > _LONGEST_LINE or furniture.is_whole_sentence(words):
        return None
    if not any(map(str.isdigit, words)):
        return None
    stamp = find.find_stamp(words)
    if stamp is not None and not _CLOCK.search(words):
        return None
    age = None if stamp is not None else _AGO.search(words)
    if stamp is None and age is None:
        return None
    before = stamp.before if stamp is not None else re.split(r"\d", words, maxsplit=1)[0]
    name = before.strip(" \t,;:|–—-•·") or pieces[place - 1].words
    return name if _is_name(name) else None


def _is_name(words: str) -> bool:
    """Whether ``words`` may be what a reader is called."""
    return (
        0 < len(words) <= _LONGEST_NAME
        and len(words.split()) <= _MOST_NAMES
        and not any(map(str.isdigit, words))
        and not furniture.is_sentence(words)
    )
