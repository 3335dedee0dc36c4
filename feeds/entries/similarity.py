"""Whether two headlines, or two texts, are those of one story.

Rules
- A wrong "yes" destroys a story, a wrong "no" shows it twice: in doubt it is "no".
- Headlines that differ in a digit tell of different things, however alike they look. So do
  those in which a word stands for another ("wounded", "killed"): only another form of the same
  word, or words more or less, leave a headline near-equal.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from feeds.text import languages
from feeds.text.words import words

_NEAR = 90
_SAME_WORD = 60
_ALIKE = 0.5
_NEARLY = 0.8
_DIGITS = re.compile(r"\d+")


def same_digits(one: str, other: str) -> bool:
    """Whether both texts hold the same numbers in the same order."""
    return _DIGITS.findall(words(one)) == _DIGITS.findall(words(other))


def near_equal(one: str, other: str) -> bool:
    """Whether ``other`` is the headline ``one``, mended or slightly reworded."""
    before, after = words(one), words(other)
    if before == after:
        return bool(before) or one == other
    if not same_digits(one, other):
        return False
    from rapidfuzz import fuzz  # late: most headlines are equal, or nothing is compared

    if fuzz.ratio(before, after) < _NEAR:
        return False
    old, new = before.split(), after.split()
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return all(
        step != "replace" or fuzz.ratio("".join(old[a:b]), "".join(new[c:d])) >= _SAME_WORD
        for step, a, b, c, d in steps
    )


def share_half(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two texts, given as paragraphs, have half of the longer one in common."""
    before, after = set(map(words, one)) - {""}, set(map(words, other)) - {""}
    if not before or not after:
        return False
    return 2 * len(before & after) >= max(len(before), len(after))


def nearly_same(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether two texts, of which a word or two were mended, are one."""
    one, other = set(words(" ".join(before)).split()), set(words(" ".join(after)).split())
    enough = bool(one) and len(one & other) >= _NEARLY * max(len(one), len(other))
    return enough and same_digits(" ".join(before), " ".join(after))


def alike(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether two texts have half of their words in common, or one of them is not known."""
    one, other = set(words(" ".join(before)).split()), set(words(" ".join(after)).split())
    return len(one & other) >= _ALIKE * min(len(one), len(other))


def same_language(one: str | None, other: str | None) -> bool:
    """Whether two language tags may be one language; None is one that is not known."""
    if one is None or other is None or one == other:
        return True
    before, after = map(languages.known_language, (one, other))
    if before is None or after is None:
        return True
    return before.partition("-")[0] == after.partition("-")[0]
