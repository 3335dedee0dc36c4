"""The dates of a list's lines, each brought to a line of its own above or below its headlines.

Rules
- Names, sections and counts beside a date are no headline: not where headlines stand on lines of
  their own between.
- Day and clock on two lines are one date, if each day of the list has one clock beside it.
- A day that heads a group is that of all in it: of the clocks below it, or of headlines without
  any, if the list goes back day by day and its groups are of different sizes or name weekdays.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from msgspec.structs import replace

from feeds.model import Dropped
from feeds.normalise import bylines, row_kinds
from feeds.normalise.latest.items import is_credit
from feeds.normalise.rows import Row, row_with
from feeds.text.dates import find

HEADED = "day above its headlines"
_FEWEST = 2
MOST_ROWS = 5_000
"""No list that somebody saved is longer: what stands beside a longer one's dates is let be."""
_MOST_OF_TEXT = 0.7
_EDGES = " \t,;:|/()[]·•–—-"


def with_days(rows: list[Row], dropped: list[Dropped]) -> list[Row]:
    """``rows`` of a list with each date bare, whole, and beside the headlines that it dates."""
    if not any(row.stamp is not None for row in rows):
        return rows
    rows = with_whole_dates(rows)
    days = [index for index, row in enumerate(rows) if is_day(row)]
    if not days or any(map(is_text, rows[: days[0]])):
        return rows
    if any(row.stamp is not None and row.stamp.shape == "clock" for row in rows[days[0] :]):
        return _with_clocks(rows, dropped)
    return _with_groups(rows, days, dropped)


def with_whole_dates(rows: list[Row]) -> list[Row]:
    """``rows`` with what stands beside dates gone, and day and clock on one line."""
    return _joined(_bare(rows))


def bare_date(row: Row) -> Row:
    """``row`` with its date and nothing else."""
    if row.stamp is None or row.is_date:
        return row
    bare = replace(row.stamp, before="", after="")
    return row_with(row.number, row.stamp.text, row.gap, row.bullet, row.url, bare)


def is_text(row: Row) -> bool:
    """Whether the row may be a headline, or what is told below one."""
    if row.is_mark or row.is_date or row.heading == row.text:
        return False
    return not (row.is_furniture or row.is_counter or row.is_section or is_credit(row))


def is_day(row: Row) -> bool:
    """Whether the row is a day without a clock, and nothing else."""
    stamp = row.stamp
    if stamp is None or not row.is_date or stamp.clock:
        return False
    return stamp.full or stamp.shape == "yearless" or (stamp.ago or (0, ""))[1] == "day"


def _bare(rows: list[Row]) -> list[Row]:
    """``rows`` without what stands beside dates and is no headline."""
    dated = [row for row in rows if row.stamp is not None and not row.is_date and _dates(row.stamp)]
    if len(rows) > MOST_ROWS or len(dated) <= sum(row.is_full_date for row in rows):
        return rows  # a headline may end with a day: "Press review 23.02.2026"
    known = {row.number for row in dated if _is_known_beside(row)}
    unknown = [row for row in dated if row.number not in known]
    others = [len(row.text) for row in rows if row.stamp is None and is_text(row)]
    are_enough = len(unknown) >= _FEWEST and len(others) >= len(unknown) - 1
    if are_enough and median(map(_beside, unknown)) < _MOST_OF_TEXT * median(others):
        known.update(row.number for row in unknown)
    return [bare_date(row) if row.number in known else row for row in rows]


def _dates(stamp: find.Stamp) -> bool:
    """Whether a stamp says on which day, or when, something of the list was published."""
    return stamp.full or stamp.shape in ("yearless", "relative")


def _beside(row: Row) -> int:
    """How long is what stands beside the row's date."""
    return len(f"{row.stamp.before} {row.stamp.after}".strip(_EDGES)) if row.stamp else 0


def _is_known_beside(row: Row) -> bool:
    """Whether what stands beside the row's date is known for no headline."""
    before = row.stamp.before.strip(_EDGES) if row.stamp else ""
    return row_kinds.is_stamp(row) or bool(bylines.introduced(before))


def _joined(rows: list[Row]) -> list[Row]:
    """``rows`` with a day and the clock beside it on one line, if all days of the list are so."""
    if not [row for row in rows if row.stamp is not None and row.stamp.shape == "clock"]:
        return rows
    joined: list[Row] = []
    index = 0
    while index < len(rows):
        whole = whole_date(rows, index)
        joined.append(whole or rows[index])
        index += 2 if whole else 1
    pairs = len(rows) - len(joined)
    return joined if pairs == sum(map(is_day, rows)) == sum(map(is_clock, rows)) else rows


def whole_date(rows: list[Row], index: int) -> Row | None:
    """The row of a day with its clock, if one stands at ``index`` and the other right below."""
    if index + 1 >= len(rows):
        return None
    row, below = rows[index], rows[index + 1]
    if is_day(row) and is_clock(below):
        return _at(row, below)
    return _at(below, row).changed(gap=row.gap) if is_clock(row) and is_day(below) else None


def is_clock(row: Row) -> bool:
    """Whether the row is a clock, and nothing else."""
    return row.is_date and row.stamp is not None and row.stamp.shape == "clock"


def _at(day: Row, clock: Row) -> Row:
    """The row of ``day`` with the time of ``clock``."""
    if day.stamp is None or clock.stamp is None:
        return day
    return day.changed(stamp=replace(day.stamp, clock=clock.stamp.clock, zone=clock.stamp.zone))


def _with_clocks(rows: list[Row], dropped: list[Dropped]) -> list[Row]:
    """``rows`` in which the clocks are of the day above them; the days by themselves are gone."""
    found: list[Row] = []
    day: Row | None = None
    told = False
    for row in rows:
        if is_day(row):
            day, told = row, False
            dropped.append(Dropped(row.number, row.text, HEADED))
        elif day is not None and row.stamp is not None and row.stamp.shape == "clock":
            found.append(_on_day(row, row.stamp, day))
            told = True
        elif row.is_date:
            day = None
            found.append(row)
        else:
            if day is not None and not told and is_text(row):
                told = _clock_follows(rows, row)
                if not told:
                    found.append(day)
                    told = True
            found.append(row)
    return found


def _clock_follows(rows: list[Row], row: Row) -> bool:
    """Whether a clock stands between ``row`` and the next day."""
    for below in rows[rows.index(row) :]:
        if below.stamp is not None:
            return below.stamp.shape == "clock"
    return False


def _on_day(row: Row, stamp: find.Stamp, day: Row) -> Row:
    """``row``, which has the clock ``stamp``, on the day that stands above it."""
    if day.stamp is None:
        return row
    dated = replace(
        day.stamp,
        text=f"{day.stamp.text} {stamp.text}",
        before=stamp.before,
        after=stamp.after,
        clock=stamp.clock,
        zone=stamp.zone,
    )
    return row.changed(stamp=dated)


def _with_groups(rows: list[Row], days: list[int], dropped: list[Dropped]) -> list[Row]:
    """``rows`` in which each headline has above it the day of its group."""
    if len(days) < _FEWEST or any(row.is_date and not is_day(row) for row in rows):
        return rows
    groups = [rows[start + 1 : end] for start, end in pairwise([*days, len(rows)])]
    texts = [[row for row in group if is_text(row)] for group in groups]
    stamps = [row.stamp for row in (rows[index] for index in days) if row.stamp is not None]
    if not are_days_back(stamps) or not _are_groups(texts, stamps):
        return rows
    found = list(rows[: days[0]])
    for index, group in zip(days, groups, strict=True):
        day = rows[index]
        dropped.append(Dropped(day.number, day.text, HEADED))
        for row in group:
            found += [day, row] if is_text(row) else [row]
    return found


def are_days_back(stamps: list[find.Stamp]) -> bool:
    """Whether each day is before the one above it, as far as their numbers tell."""
    days = [(stamp.year, stamp.month, stamp.day) for stamp in stamps if stamp.shape != "numeric"]
    return all(later < day for day, later in pairwise(days))


def _are_groups(texts: list[list[Row]], stamps: list[find.Stamp]) -> bool:
    """Whether the texts below each day are headlines of their own, and not of one story."""
    sizes = [len(group) for group in texts]
    if not all(sizes) or max(sizes) < _FEWEST:
        return False
    rows = [row for group in texts for row in group]
    if sum(row.is_statement for row in rows) * 4 > len(rows):
        return False
    if len({row.text for row in rows}) < len(rows):
        return False
    named = all(stamp.weekday >= 0 for stamp in stamps)
    return named or len(set(sizes)) > 1 or all(row.bullet for row in rows)
