"""Dates that are the last or the first day of something: "until 9 May 2026", "from 9 May 2026".

Of an offer, a competition, an exhibition; never of the article, whoever calls them a date.
"""

from __future__ import annotations

from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text.dates.find import Stamp
from feeds.text.dates.stamp import may_fall_on

_UNTIL = Words(rf"(?<![\w-]){any_of(vocabulary.UNTIL)}\Z")
_UNTIL_BEHIND = Words(
    rf"[\W_]{{0,2}}(?:\w{{1,3}}\s|\w{{4,10}}\s)?{any_of(vocabulary.UNTIL_BEHIND)}(?!\w)"
)
_SINCE = Words(any_of(vocabulary.SINCE))
_DO_IS_A_DAY = Words(
    r"(?<!\w)(?:jan(?:uari?)?|feb(?:ruari?)?|märz|mrt|maart|apr(?:il)?|mai|mei|juni?|juli?|aug(?:ustu?s?)?"
    r"|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)(?!\w)"
)
_AROUND = " \t|·•,–—-()/.;:"
_LONGEST, _THURSDAY = 60, 3


def bounds(stamp: Stamp, words: str, before: str, after: str) -> bool:
    """Whether ``stamp``, the first date of ``words``, is such a day.

    ``before`` and ``after`` are what stands beside it and its weekday.
    """
    if is_bound(before) or _UNTIL_BEHIND.match(after):
        return True
    # a date takes in "do", which is a weekday in two languages
    whole = words.partition(stamp.text)[0].rstrip(_AROUND)
    return not (whole[-2:].lower() == "do" and _is_a_thursday(stamp)) and is_bound(whole)


def is_bound(words: str) -> bool:
    """Whether ``words`` before a date say that it is the last day, or the first, of something."""
    words = words[-_LONGEST:].strip(_AROUND)
    return _UNTIL.search(words) is not None or _SINCE.fullmatch(words) is not None


def _is_a_thursday(stamp: Stamp) -> bool:
    """Whether "do" before ``stamp`` may be its weekday, as in German and in Dutch."""
    is_german = stamp.shape != "named" or _DO_IS_A_DAY.search(stamp.text) is not None
    return is_german and may_fall_on(stamp, _THURSDAY)
