"""What each line of a page of text is taken for, how surely, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from feeds.model import Reading
from feeds.normalise.labels import ToldLine

Sureness = Literal["sure", "likely", "unsure"]
_SURE = 200
"""From so many hundredths on nothing else is worth saying."""
_LIKELY = 50
_LONGEST = 48
_USED = {
    "title": ("headline", {"headline"}),
    "authors": ("byline", {"byline", "stamp"}),  # a date may stand on the same line
}
"""What a line is that a value comes from, and by which labels it is rightly called."""


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


def as_used(lines: Sequence[PageLine], reading: Reading) -> list[PageLine]:
    """``lines`` with what rules made of them, where ``reading`` uses one as what no label says."""
    article = reading.article
    used: dict[int, tuple[str, set[str], str]] = {}
    for name, (label, fitting) in _USED.items():
        evidence = article.evidence.get(name) if article else None
        if evidence and evidence.line and evidence.is_known:
            used.setdefault(evidence.line, (label, fitting, evidence.rule))
    found = []
    for line in lines:
        label, fitting, rule = used.get(line.line, (line.label, {line.label}, ""))
        if line.label not in fitting:
            changed = {"label": label, "rival": line.label, "reasons": (f"rule: {rule}",)}
            line = msgspec.structs.replace(line, **changed, sure="sure")
        found.append(line)
    return found


def lines_text(lines: Sequence[PageLine]) -> str:
    """``lines`` for a terminal."""
    found = [f"  {'lines':<10} what each looks like, and what spoke for that"]
    for line in lines:
        other = "" if line.sure == "sure" else f", or {line.rival}"
        shown = f"{line.label}, {line.sure}{other}"
        text = line.text if len(line.text) <= _LONGEST else line.text[: _LONGEST - 1] + "…"
        found.append(f"      line {line.line:<4} {shown:<30} {text}  <- {'; '.join(line.reasons)}")
    return "\n".join(found)
