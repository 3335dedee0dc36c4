"""What is understood of front matter, by which everything else is decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from feeds.model import Evidence, StatedDate, Statement
from feeds.model.problem import Problem
from feeds.text import characters
from feeds.text.dates import resolve

_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_SOME_DAY = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-](20\d\d)|(20\d\d)[./-]\d{1,2})(?!\d)")
_LONGEST_DATE = 60


class Until(NamedTuple):
    """A day or moment, and where it is stated; ``problem`` is what that holds the page for."""

    date: StatedDate
    evidence: Evidence
    problem: Problem | None = None


class Understood(NamedTuple):
    """What statements mean: ``fields`` are those that FIELDS has.

    ``foreign`` are the same of other programs' keys, and tags, former, slug, permalink, alt.
    ``releases`` and ``expiries`` say from when and until when it may be read, ``waits`` what may be
    such a day; ``bars`` are what keeps it back, quiet ones of the weight *wait*; ``doubts`` all
    else that is to be told; ``paid`` is who says that it has to be paid for.
    """

    fields: list[Statement]
    foreign: list[Statement]
    releases: list[Until]
    expiries: list[Until]
    waits: list[Until]
    bars: list[Problem]
    doubts: list[Problem]
    paid: list[Evidence]


def texts_of(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """The texts of a statement's value, cleaned; none that is empty."""
    parts = (value,) if isinstance(value, str) else value
    cleaned = map(characters.cleaned, parts)
    return tuple(part for part in cleaned if part)


def moment_of(stated: StatedDate) -> datetime:
    """A moment by which ``stated`` is compared with others; aware."""
    value = datetime.fromisoformat(stated.iso)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def until_of(
    statement: Statement,
    texts: Sequence[str],
    *,
    is_first: bool = False,
    is_guess: bool = False,
) -> Until | None:
    """The last day in ``texts``, or the first; None if one of them is none.

    ``is_guess``: nobody knows that they are to be days.
    """
    days = [day_of(text, is_guess=is_guess) for text in texts]
    known = [day for day in days if day is not None]
    if not known or (len(known) < len(days) and not is_guess):
        return None
    chosen = min(known, key=moment_of) if is_first else max(known, key=moment_of)
    return Until(chosen, statement.evidence)


def day_of(text: str, *, is_guess: bool = False) -> StatedDate | None:
    """The day or moment that ``text`` is, also one counted in seconds from 1970; None for none."""
    if len(text) > _LONGEST_DATE or not any(map(str.isdigit, text)):
        return None
    if not is_guess and _EPOCH.fullmatch(text):
        moment = datetime.fromtimestamp(int(text[:10]), UTC)
        return StatedDate(moment.isoformat(timespec="seconds"), "second")
    found = resolve.read_any_date(text)
    if isinstance(found, StatedDate):
        return found
    if is_guess and (match := _SOME_DAY.fullmatch(text)):  # of which nobody knows the month
        return StatedDate(f"{match[1] or match[2]}-12-31", "day")
    return None
