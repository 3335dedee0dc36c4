"""What pages say of the selectors in ``[[pages]]`` rules, told once for all of them.

Rules
- A selector that gives nothing on some pages is one doubt, with how many these are.
- What is to be dropped is missing from many a page: that is told only if it is on none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from feeds.model.guidance import DEAR, IDLE, MUTE, Guidance
from feeds.model.problem import Problem

_ABOUT_RULES = frozenset((IDLE, MUTE, DEAR))
_HTML = (".html", ".htm", ".xhtml", ".warc")
_FEW = 3
GuidanceOf = Callable[[str], Guidance]


def is_about_rule(problem: Problem) -> bool:
    """Whether ``problem`` is about a rule rather than about the page that it was found on."""
    return problem.code in _ABOUT_RULES


def told_once(
    found: Iterable[tuple[str, Problem]],
    pages: Iterable[str] = (),
    guidance: GuidanceOf | None = None,
) -> list[Problem]:
    """One doubt for each that was ``found``, with the paths of its pages, about a rule.

    ``pages`` are all that there are, and ``guidance`` says which rules each of them has; without
    these nothing is said of what is to be dropped.
    """
    places: dict[tuple[str, str, str], tuple[Problem, list[str]]] = {}
    for path, problem in found:
        key = (problem.code, problem.field, problem.what)
        places.setdefault(key, (problem, []))[1].append(path)
    having: dict[str, int] = {}
    unsure: dict[str, int] = {}
    for problem, paths in places.values():
        if _is_of_drop(problem):
            unsure[problem.field] = max(len(paths), unsure.get(problem.field, 0))
    if unsure and guidance is not None:
        for path in pages:
            if path.lower().endswith(_HTML):
                for rule in {hint.rule for hint in guidance(path).of("drop")}:
                    having[rule] = having.get(rule, 0) + 1
                    if having[rule] > unsure.get(rule, 0):
                        unsure.pop(rule, None)
                if not unsure:  # each has given something somewhere
                    break
    return [
        replace(problem, what=f"{problem.what} on {_named(paths)}", line=0, file="site.toml")
        for problem, paths in places.values()
        if not _is_of_drop(problem) or 0 < having.get(problem.field, 0) <= len(paths)
    ]


def _is_of_drop(problem: Problem) -> bool:
    return problem.code == IDLE and problem.field.endswith(": drop")


def _named(paths: list[str]) -> str:
    few = sorted(set(paths))[:_FEW]
    if len(paths) == 1:
        return few[0]
    return f"{len(paths)} pages, such as {', '.join(few)}"
