"""What stands before each headline of a list, and is no word of any: its number, or a clock.

Rules
- The numbers count from one to three or more, in the list's order. Other numbers are words: "1. FC
  loses", "2 boats sail".
- A clock is none of the words if one stands before each.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?:#|№ ?)?(\d{1,3})(?:[.):]\s*|\s+[–—-]?\s*)(?=[^\W\d_]|[\"'“„«‘»¿¡])")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[ap]\.?m\.?)?[\s:|·•–—-]+(?=[^\W_])", re.I)
_FEW, _SEVERAL = 2, 3


def without_numbers(headlines: list[str]) -> list[str]:
    """The ``headlines`` of a list in its order, without the numbers or clocks before them."""
    if len(headlines) < _FEW:
        return headlines
    for pattern in (_NUMBER, _CLOCK):
        found = [match for headline in headlines if (match := pattern.match(headline))]
        if len(found) < len(headlines):
            continue
        if pattern is _CLOCK or _counts(found):
            return [match.string[match.end() :] for match in found]
    return headlines


def _counts(found: list[re.Match[str]]) -> bool:
    numbers = [int(match[1]) for match in found]
    return len(numbers) >= _SEVERAL and numbers == list(range(1, len(numbers) + 1))
