"""What a check says: how bad a problem is, and with what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from feeds.model.problem import Problem

Severity = Literal["error", "warning", "hint"]
Area = Literal["configuration", "pages", "ledger", "documents", "merge"]
MOST = 50
"""How many remarks of a kind are shown; more are counted."""


class Remark(NamedTuple):
    """One thing that is wrong, or may be.

    An *error* breaks something for readers or for the next publish, a *warning* needs a person,
    a *hint* is good to know.
    """

    area: Area
    severity: Severity
    problem: Problem


def remarks(area: Area, severity: Severity, problems: Iterable[Problem]) -> list[Remark]:
    """A remark on each of ``problems``, which are of one kind: the first, and how many more."""
    return capped(Remark(area, severity, problem) for problem in problems)


def capped(remarks: Iterable[Remark], most: int = MOST) -> list[Remark]:
    """The first ``most`` of ``remarks``, which are of one kind, and how many more there are."""
    found = list(remarks)
    if len(found) <= most:
        return found
    last = found[-1]
    more = Problem("more", f"… and {len(found) - most:,} more like these")
    return [*found[:most], Remark(last.area, last.severity, more)]
