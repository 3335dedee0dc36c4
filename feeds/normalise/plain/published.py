"""When an article was published: all that its page offers, and which of it to believe.

Rules
- Of the dates that the page states for the article, the most trusted counts: one with a
  label or in a footer › below the headline or the text › beside its own headline in a
  list › in a dateline that the text doesn't contradict › above the headline with views or
  a section between › an archive's prefix. Never another story's, never one in the text.
- Days below a headline that says from when to when are an event's.
- A date of long before there were pages is not taken, and named.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from feeds.model import Evidence, StatedDate
from feeds.model.problem import Problem
from feeds.normalise import words
from feeds.normalise.plain.header import Header
from feeds.normalise.rows import Dates, Row
from feeds.text.dates import find, resolve


class Offered(NamedTuple):
    """A date that the page may state for its article: the day, its line, and by which rule."""

    stated: StatedDate
    line: int
    rule: str


class Candidates(msgspec.Struct, frozen=True):
    """All that could date the article, in the order of trust, and what could not be used.

    ``too_old``: what is no date of a page, which is a doubt where nothing else dates the article.
    """

    offered: list[Offered]
    findings: list[Problem]
    too_old: list[Problem]

    def row(self, row: Row | None, rule: str, known: Dates) -> None:
        """Offers the date on ``row``, or says why it can't be used."""
        if row is None:
            return
        # a missing year may be any: this page may be years older than its copy
        complete = row.stamp is not None and (row.stamp.full or row.stamp.ago is not None)
        stated = known.of(row) if complete else None
        if isinstance(stated, resolve.Impossible):
            what = f"'{stated.text}' is no day of the calendar"
            self.findings.append(Problem("impossible-date", what, row.number, "correct the date"))
        elif stated is not None and not resolve.is_of_a_page(stated):
            what = f"'{row.text}' is no date of a page, and not taken for the article's"
            self.too_old.append(
                Problem("date-too-old", what, row.number, "state the article's date")
            )
        elif stated is not None:
            self.offered.append(Offered(stated, row.number, rule + _as_settled(row, known)))
            if row.stamp and row.stamp.weekday not in (-1, stated.day.weekday()):
                what = f"'{row.text}' names another weekday than that of {stated.day.isoformat()}"
                self.findings.append(
                    Problem("weekday-wrong", what, row.number, "correct whichever is wrong")
                )
        elif row.stamp is not None and row.stamp.full:
            what = f"'{row.text}' may be one of two days, and nothing on the page tells which"
            remedy = resolve.how_to_settle(row.text)
            self.findings.append(Problem("date-ambiguous", what, row.number, remedy))

    def of_list(self, stated: StatedDate, line: int, listed: list[Row]) -> None:
        """Offers the date of the article's own headline in the list, which stands on ``line``.

        A day that was only counted from another says nothing new.
        """
        is_whole = any(row.is_full_date for row in listed if row.number == line)
        if is_whole or not self.offered:
            self.offered.append(Offered(stated, line, "own headline in the list"))


def _as_settled(row: Row, known: Dates) -> str:
    """How a date was read that could mean two days."""
    stamp = row.stamp
    if stamp is None or stamp.shape != "numeric" or max(stamp.day, stamp.month) > 12:
        return ""
    return f", {known.settled.order} as the page's other dates or its language have it"


def find_stamped(head: Header, footer: Row | None, own: Row | None, known: Dates) -> Candidates:
    """The dates that stand by themselves below the headline or the text."""
    found = Candidates([], [], [])
    found.row(footer, "own date in the footer", known)
    if _is_of_days(head.title):
        return found
    labelled = [row for row in head.below if row.stamp and _is_labelled(row.stamp)]
    for row in labelled:
        found.row(row, "labelled date below the headline", known)
    for row in head.below:
        if row not in labelled:
            found.row(row, "date below the headline", known)
    found.row(own, "own date below the text", known)
    return found


def _is_of_days(title: str) -> bool:
    """Whether a headline says from when to when: then days below it are those of an event."""
    first = find.find_stamp(title)
    return bool(
        first
        and first.full
        and first.after
        and (then := find.find_stamp(first.after))
        and then.full
    )


def _is_labelled(stamp: find.Stamp) -> bool:
    return bool(stamp.before and words.PUBLISHED.fullmatch(stamp.before))


def choose_published(
    found: Candidates, path: str
) -> tuple[StatedDate | None, Evidence, list[Problem]]:
    """The most trusted of the dates that were found, and what is doubtful about it."""
    if not found.offered:
        reason = "the page states no date for the article"
        findings = [*found.findings, *found.too_old]
        return None, Evidence(path, 0, reason, is_known=False), findings
    first = found.offered[0]
    return (
        first.stated,
        Evidence(path, first.line, first.rule),
        [
            *found.findings,
            *_conflict(found.offered),
        ],
    )


def _conflict(choices: list[Offered]) -> list[Problem]:
    first = choices[0]
    for other in choices[1:]:
        if abs((other.stated.day - first.stated.day).days) > 1:
            what = (
                f"{other.rule}: {other.stated.iso}, "
                f"but {first.rule}: {first.stated.iso}, which is taken"
            )
            return [Problem("dates-differ", what, other.line, "correct whichever of them is wrong")]
    return []
