"""Words of sites and people in many languages, a line each with its language before it."""

from __future__ import annotations


def told_by_language(lines: str) -> list[str]:
    """What stands on each of ``lines`` behind the code of its language."""
    return [line.partition(" ")[2] for line in lines.splitlines() if line]
