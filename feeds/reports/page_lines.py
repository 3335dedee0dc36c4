"""What each line of a page of text is taken for, how surely, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from feeds.normalise.labels import ToldLine

Sureness = Literal["sure", "likely", "unsure"]
_SURE = 200
"""From so many hundredths on nothing else is worth saying."""
_LIKELY = 50
_LONGEST = 48


class PageLine(msgspec.Struct, frozen=True):
    """A line as ``feeds read --json`` prints it.

    ``rival`` is the label that is the next best, ``reasons`` what spoke most against that.
    """

    line: int
    text: str
    label: str
    sure: Sureness
    rival: str
    reasons: tuple[str, ...]


def page_line(told: ToldLine) -> PageLine:
    """``told`` for programs."""
    sure: Sureness = "unsure"
    if told.margin >= _LIKELY:
        sure = "sure" if told.margin >= _SURE else "likely"
    return PageLine(told.number, told.text, told.label, sure, told.rival, tuple(told.reasons))


def lines_text(lines: Sequence[PageLine]) -> str:
    """``lines`` for a terminal."""
    found = [f"  {'lines':<10} what each looks like, and what spoke for that"]
    for line in lines:
        other = "" if line.sure == "sure" else f", or {line.rival}"
        shown = f"{line.label}, {line.sure}{other}"
        text = line.text if len(line.text) <= _LONGEST else line.text[: _LONGEST - 1] + "…"
        found.append(f"      line {line.line:<4} {shown:<30} {text}  <- {'; '.join(line.reasons)}")
    return "\n".join(found)
