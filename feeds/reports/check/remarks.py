"""What a check says: how bad a problem is, and with what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from feeds.model.problem import Problem
from feeds.reports.problems import Area, Found, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")
MOST = 50
"""How many remarks of a kind are shown; more are counted."""


class Remark(NamedTuple):
    """One thing that is wrong, or may be."""

    area: Area
    severity: Severity
    problem: Problem


def remarks(area: Area, found: Iterable[Found], most: int = MOST) -> list[Remark]:
    """Remarks on what was ``found``, which is of one kind.

    Of each severity the first ``most``, and how many more there are. But whoever asks for undated
    stories to be held wants to see each.
    """
    by_severity: dict[Severity, list[Problem]] = {severity: [] for severity in SEVERITIES}
    for severity, problem in found:
        by_severity[severity].append(problem)
    made = []
    for severity, problems in by_severity.items():
        some = [problem for problem in problems if problem.code != "undated"]
        if len(some) > most:
            some[most:] = [Problem("more", f"… and {len(some) - most:,} more like these")]
        some += [problem for problem in problems if problem.code == "undated"]
        made += [Remark(area, severity, problem) for problem in some]
    return made
