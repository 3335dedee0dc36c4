"""Entries that may be one story: what 'feeds check' asks an editor about.

Rules
- Pure. These are hints, so they go further than ``entries.similarity`` does, which decides by
  itself; but other digits are another story here too.
- Entries of one day and of the day before are compared, and undated ones with all. A column that
  keeps a short headline from day to day, or a long one over and over, is no hint.
- The work is bounded: beyond ``_WORK`` comparisons the oldest entries are not compared any more,
  and nobody reads more than ``_MOST`` hints.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from feeds.entries import identity
from feeds.entries.cuts import begins
from feeds.entries.similarity import same_digits, same_language
from feeds.model.watching import Watch, unwatched
from feeds.text.ellipses import is_cut
from feeds.text.words import words

_RATIO = 85
_WORK = 10_000_000
_MOST = 1000
_COLUMN = 3
_DAY = timedelta(days=1)


class Brief(NamedTuple):
    """What has to be known of an entry to compare it. ``live``: it may be in a live feed."""

    id: str
    hash: str
    title: str
    day: date | None
    language: str | None
    live: bool


class Pair(NamedTuple):
    """Two entries that may be one: ``keep`` is the one that subscribers have known for longer."""

    keep: Brief
    duplicate: Brief
    why: str


def pairs(
    entered: Sequence[Brief], work: int = _WORK, watch: Watch = unwatched
) -> tuple[list[Pair], bool]:
    """The pairs among ``entered``, which are in the order in which they came in; newest first.

    Returns also whether all were compared that should be; ``work`` is how many comparisons may
    be made; ``watch`` is handed the entries.
    """
    order = {item.id: number for number, item in enumerate(entered)}
    named = [(item, told) for item in entered if (told := words(item.title))]
    found: dict[tuple[str, str], Pair] = {}

    def note(one: Brief, other: Brief, why: str) -> None:
        keep, duplicate = sorted((one, other), key=lambda item: (not item.live, order[item.id]))
        found.setdefault((keep.id, duplicate.id), Pair(keep, duplicate, why))

    for one, other in itertools.islice(_same_headline(named), _MOST):
        note(one, other, "the same headline")
    for one, other in itertools.islice(_cut_short(named), _MOST):
        note(one, other, "one headline is the beginning of the other, cut short")
    whole = True
    watched = watch(named, "comparing headlines")
    for _, (one, told, others) in zip(watched, _buckets(named), strict=True):
        work -= len(others)
        if work < 0 or len(found) >= _MOST:
            whole = False
            break
        for other in _near(one, told, others):
            note(one, other, "headlines that are much alike")
    latest = sorted(
        found.values(), key=lambda pair: max(order[pair.keep.id], order[pair.duplicate.id])
    )
    return latest[::-1], whole


def _same_headline(named: Sequence[tuple[Brief, str]]) -> Iterator[tuple[Brief, Brief]]:
    """Those of the same distinctive headline, whatever their days."""
    by_words: dict[str, list[Brief]] = {}
    for item, told in named:
        if identity.distinctive(item.title):
            by_words.setdefault(told, []).append(item)
    for items in by_words.values():
        dated = sorted((item for item in items if item.day), key=lambda item: item.day or date.min)
        undated = [item for item in items if item.day is None]
        is_column = len({item.day for item in dated}) > _COLUMN
        for above, below in itertools.pairwise(dated):
            if not is_column and same_language(above.language, below.language):
                yield above, below
        for one in undated:
            yield from (
                (one, other) for other in dated if same_language(one.language, other.language)
            )


def _cut_short(named: Sequence[tuple[Brief, str]]) -> Iterator[tuple[Brief, Brief]]:
    """Those of one day of which one may be the other's headline, cut short; newest first."""
    days: dict[date, list[Brief]] = {}
    for item, _ in reversed(named):
        if item.day is not None:
            days.setdefault(item.day, []).append(item)
    for items in days.values():
        for one in (item for item in items if is_cut(item.title)):
            for other in items:
                if begins(one.title, other.title) and same_language(one.language, other.language):
                    yield one, other


def _buckets(
    named: Sequence[tuple[Brief, str]],
) -> Iterator[tuple[Brief, str, list[tuple[Brief, str]]]]:
    """Each entry with those that it is to be compared with, every pair once, newest first."""
    days: dict[date, list[tuple[Brief, str]]] = {}
    undated: list[tuple[Brief, str]] = []
    for item, told in reversed(named):
        (undated if item.day is None else days.setdefault(item.day, [])).append((item, told))
    for day in sorted(days, reverse=True):
        before = days.get(day - _DAY, []) if day > date.min else []
        for number, (item, told) in enumerate(days[day], start=1):
            yield item, told, days[day][number:] + before
    dated = [pair for day in sorted(days, reverse=True) for pair in days[day]]
    for number, (item, told) in enumerate(undated, start=1):
        yield item, told, undated[number:] + dated


def _near(one: Brief, told: str, others: Sequence[tuple[Brief, str]]) -> Iterator[Brief]:
    """Those of ``others`` whose headlines are much like that of ``one``."""
    if not others:
        return
    from rapidfuzz import fuzz, process  # late: a check of a small newsroom seldom compares

    found = process.extract(
        told, [words for _, words in others], scorer=fuzz.ratio, score_cutoff=_RATIO, limit=None
    )
    for _, _, number in found:
        other = others[number][0]
        if one.day and other.day and one.day != other.day and not identity.distinctive(one.title):
            continue
        is_same = told == others[number][1]
        if is_same and identity.distinctive(one.title) and one.day != other.day:
            continue  # _same_headline has them, unless they are a column's
        if same_digits(one.title, other.title) and same_language(one.language, other.language):
            yield other
