"""Names on a line that also holds the article's date: "Posted on 21 Feb 2025 by nelu".

Rules
- What stands on either side of the date is divided by strokes, bars and dots; words that say what
  the date is, and what is in brackets, are no part of a name.
- A single word counts as well, however it is written, if a word introduces it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.normalise.bylines import authors_in, begins_byline
from feeds.normalise.people import BRACKETS, people_in
from feeds.normalise.words import PUBLISHED, UPDATED, is_section, vocabulary
from feeds.normalise.words.patterns import Words, any_of

_DIVIDED = re.compile(r"\s*[|·•/]\s*|\s+[–—-]+\s+|;\s")
_HANDLE = re.compile(r"[^\W\d_][\w.-]{2,24}")
_EDGES = " \t,.:;|–—-·•/"
_LONGEST = 120
MOST_LINES = 7
"""On how many lines a byline's names may stand."""
_AND = Words(rf"|&|/|{any_of(vocabulary.AND)}")


def authors_beside(text: str) -> tuple[str, ...]:
    """The names in ``text``, which stands on one side of a date on its line."""
    for part in _DIVIDED.split(text) if len(text) <= _LONGEST else ():
        piece = _unlabelled(BRACKETS.sub("", part))
        if not piece or is_section(piece):
            continue
        if names := authors_in(piece):
            return names
        if start := begins_byline(f"{piece} "):
            alone = piece[start:].strip()
            return people_in(piece) or ((alone,) if _HANDLE.fullmatch(alone) else ())
    return ()


def introduces_nobody(text: str) -> bool:
    """Whether ``text`` is nothing but a word that introduces a byline."""
    return 0 < len(text) <= begins_byline(f"{text} ")


def names_below(texts: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """The names that stand one below the other in ``texts``, and how many lines they take.

    What introduces them stands on a line of its own above; an "and" between may as well.
    """
    names: tuple[str, ...] = ()
    taken = 0
    for place, text in enumerate(texts):
        if found := authors_in(text):
            names, taken = (*names, *found), place + 1
        elif not (names and _AND.fullmatch(text.strip(" ,"))):
            break
    return names, taken


def _unlabelled(text: str) -> str:
    """``text`` without words that say what the date beside it is."""
    for label in (PUBLISHED, UPDATED):
        if found := label.match(text):
            text = text[found.end() :]
    words = text.strip(_EDGES).split()
    while words and (PUBLISHED.fullmatch(words[-1]) or UPDATED.fullmatch(words[-1])):
        words.pop()
    return " ".join(words).strip(_EDGES)
