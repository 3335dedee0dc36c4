"""Whether two texts say the same: what several sources of a page state is rarely wrong.

Texts are compared by letters and digits alone, so that case, typography and hyphens don't count.
Scripts that write no blanks between words are compared by pairs of letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SEPARATOR = re.compile(r"\s+[|–—»«›‹<>~:·•/-]+\s+|\s*(?:::|\||ㅣ|｜)\s*|：")
"""What stands between a headline and the names of its site."""
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_LONG = 4
_MOST = 2000
_NEAR = 0.6


@lru_cache(maxsize=500)  # each headline that a page states is compared with every other
def key(text: str) -> str:
    """The letters and digits of ``text``, small."""
    folded = unicodedata.normalize("NFKC", text[:_MOST]).casefold()
    return "".join(_WORD.findall(folded.replace("\u0307", "")))


def within(one: str, other: str) -> bool:
    """Whether two headlines are the same, or one is a part of the other."""
    first, second = key(one), key(other)
    is_part = min(len(first), len(second)) > 12 and (first in second or second in first)
    return bool(first) and (first == second or is_part)


def near(one: str, other: str) -> bool:
    """Whether one of two headlines may be another form of the other: cut short, or reworded."""
    if within(one, other):
        return True
    pieces = _pieces(one, 1), _pieces(other, 1)
    fewest = min(map(len, pieces))
    return fewest > 1 and len(pieces[0] & pieces[1]) >= _NEAR * fewest


def related(one: str, other: str) -> bool:
    """Whether two texts have a longer word in common, or are too short for one."""
    pieces = _pieces(one, _LONG), _pieces(other, _LONG)
    return not all(pieces) or bool(pieces[0] & pieces[1])


def _pieces(text: str, shortest: int) -> set[str]:
    """The words of ``text`` that have ``shortest`` letters or more, or pairs of its letters."""
    found: set[str] = set()
    for word in _WORD.findall(unicodedata.normalize("NFKC", text[:_MOST]).casefold()):
        if _UNSPACED.search(word):
            found.update(word[place : place + 2] for place in range(len(word) - 1))
        elif len(word) >= shortest:
            found.add(word)
    return found
