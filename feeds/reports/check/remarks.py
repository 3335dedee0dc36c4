"""What a check says: how bad it is, where, what it is, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from feeds.model.errors import describe

Severity = Literal["error", "warning", "hint"]
Area = Literal["configuration", "pages", "ledger", "documents", "merge"]
MOST = 50
"""How many remarks of a kind are shown; more are counted."""


class Remark(NamedTuple):
    """One thing that is wrong, or may be. ``place`` is a file and line, an entry or a document.

    An *error* breaks something for readers or for the next publish, a *warning* needs a person,
    a *hint* is good to know.
    """

    area: Area
    severity: Severity
    place: str
    what: str
    remedy: str = ""

    @property
    def line(self) -> str:
        """The remark in one line."""
        return describe(self.what, file=self.place, remedy=self.remedy)


def of_line(area: Area, severity: Severity, line: str, file: str = "") -> Remark:
    """A remark from a ``line`` that ``errors.describe`` made, of ``file`` if that is known."""
    place, colon, rest = line.partition(": ")
    if file and line.startswith(f"{file}: "):  # whatever is in its name
        place, rest = file, line.removeprefix(f"{file}: ")
    if not colon:
        place, rest = "", line
    what, _, remedy = rest.partition("; ")
    return Remark(area, severity, place, what, remedy)


def capped(remarks: Iterable[Remark], most: int = MOST) -> list[Remark]:
    """The first ``most`` of ``remarks``, which are of one kind, and how many more there are."""
    found = list(remarks)
    if len(found) <= most:
        return found
    last = found[-1]
    more = Remark(last.area, last.severity, "", f"… and {len(found) - most:,} more like these")
    return [*found[:most], more]
