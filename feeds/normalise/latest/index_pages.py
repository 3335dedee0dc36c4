"""Pages that are a list of dated headlines and nothing else: of a section, a tag, a search.

Rules
- Between the dates of such a page stand a few lines, a headline among them, much the same
  number each time. Two sentences below each other are a text's, and so is the only one.
- What stands above the first story and below the last is the site's.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from statistics import median

from feeds.normalise import bylines
from feeds.normalise.latest.days import (
    MOST_ROWS,
    are_days_back,
    is_clock,
    is_day,
    is_text,
    with_whole_dates,
)
from feeds.normalise.latest.items import is_at_an_end
from feeds.normalise.rows import Row

_FEWEST = 3
_OFTEN = 3
_MOST_BETWEEN = 6
_LONG, _LONG_IN_SIGNS = 50, 16
_SHORT = 0.6


def list_alone(rows: list[Row]) -> tuple[int, int] | None:
    """Where the list begins and ends on a page that is nothing else; None for other pages."""
    if len(rows) > MOST_ROWS:
        return None
    if _is_headed_pairs(rows):
        return 0, len(rows)
    above = False
    for row in rows:
        below = _is_prose(row)
        if above and below:
            return None
        above = below
    if sum(map(_is_dated, rows)) < _FEWEST:
        return None
    whole = with_whole_dates(rows)
    if (found := _list_in(whole)) is None:
        return None
    numbers = {row.number: index for index, row in enumerate(rows)}
    start, end = found
    after = numbers[whole[end].number] if end < len(whole) else len(rows)
    first = numbers[whole[start].number]
    while first and rows[first].is_date and rows[first - 1].is_date:
        first -= 1  # a clock above its day
    return first, after


def _list_in(rows: list[Row]) -> tuple[int, int] | None:
    """Where the list is in ``rows``, in which dates are whole."""
    dated = [index for index, row in enumerate(rows) if _is_dated(row)]
    if len(dated) < _FEWEST or _is_signed(rows, dated):
        return None
    first, last = dated[0], dated[-1] + 1
    # a day may head clocks
    between = [(above + 1, below) for above, below in pairwise(dated) if below > above + 1]
    own_lines = all(rows[index].is_date for index in dated)
    headlines = _headlines(rows)
    found = [[index for index in range(*span) if headlines[index]] for span in between]
    if max((sum(map(is_text, rows[slice(*span)])) for span in between), default=0) > _MOST_BETWEEN:
        return None
    if not (_have_headlines(found) if own_lines else _share_lines([rows[i] for i in dated])):
        return None
    start = next((index for index, row in enumerate(rows) if row.heading), None)
    if start is not None and (start > first or any(map(is_text, rows[:start]))):
        return None  # a headline, and its list below
    said = [row.is_statement for row in rows]
    told = [any(said[slice(*span)]) for span in between]
    is_told = sum(told) * 2 > len(told)
    if not is_told and (any(told[:1]) or any(said[:first])):
        return None  # a text of one paragraph, and its list
    leading = [index for index in range(first) if headlines[index]]
    trailing = [index for index in range(last, len(rows)) if headlines[index]]
    usual = max(1, round(median(map(len, found)))) if found else 1
    if not own_lines:
        end = last + is_told
    elif is_day(rows[first]) and any(map(is_clock, rows)):
        end = trailing[usual - 1] + 1 if len(trailing) >= usual else last
    elif _dates_come_first(rows, dated, (leading, trailing), found):
        is_cut = len(trailing) >= usual and not _are_groups(rows, dated, found)
        end = trailing[usual - 1] + 1 if is_cut else len(rows)
    elif leading:
        first, end = leading[-min(usual, len(leading))], last
    else:
        return None
    return (first if start is None else start), end


def _headlines(rows: list[Row]) -> list[bool]:
    """Of each row whether it may be a headline, told for the first time."""
    often = Counter(row.text for row in rows)
    seen: set[str] = set()
    found: list[bool] = []
    for row in rows:
        may_be = is_text(row) and not row.is_statement and often[row.text] < _OFTEN
        found.append(may_be and row.text not in seen)
        seen.add(row.text)
    return found


def _is_headed_pairs(rows: list[Row]) -> bool:
    """Whether the page is a list's heading, headlines, and a date for each."""
    headed = bool(rows) and rows[0].heading == rows[0].text
    dates = 0
    for row in rows[headed:]:
        if row.is_date:
            dates += 1
        elif row.is_sentence:
            return False
    return dates >= (1 if headed else _FEWEST) and len(rows) - headed == 2 * dates


def _is_prose(row: Row) -> bool:
    longest = _LONG if row.text[:1].upper() != row.text[:1].lower() else _LONG_IN_SIGNS
    return len(row.text) > longest and row.is_statement


def _is_dated(row: Row) -> bool:
    stamp = row.stamp
    if stamp is None or not is_at_an_end(stamp):
        return False
    return row.is_date or not (stamp.before and stamp.after)


def _have_headlines(found: list[list[int]]) -> bool:
    """Whether between the dates stand headlines mostly."""
    return bool(found) and sum(map(bool, found)) * 4 >= len(found) * 3


def _share_lines(dated: list[Row]) -> bool:
    """Whether the dates mostly stand on the lines of their headlines, none of them a sentence."""
    rest = [row for row in dated if not is_day(row)]
    shared = [row for row in rest if not row.is_date]
    return len(shared) * 4 >= len(rest) * 3 and not any(row.is_statement for row in shared)


def _is_signed(rows: list[Row], dated: list[int]) -> bool:
    """Whether an article's headline and author stand above the first date.

    A byline that stands above most dates is part of their stories.
    """
    signed = [index > 1 and bylines.introduced(rows[index - 1].text) for index in dated]
    return signed[0] and sum(signed) * 2 < len(signed)


def _are_groups(rows: list[Row], dated: list[int], texts: list[list[int]]) -> bool:
    """Whether the dates are days that go back, with several headlines below some of them."""
    stamps = [row.stamp for row in (rows[index] for index in dated) if row.stamp is not None]
    named = all(is_day(rows[index]) for index in dated) and all(one.weekday >= 0 for one in stamps)
    return named and are_days_back(stamps) and len({len(some) for some in texts}) > 1


def _dates_come_first(
    rows: list[Row], dated: list[int], ends: tuple[list[int], list[int]], texts: list[list[int]]
) -> bool:
    """Whether dates stand above their headlines, as far as the page's ends tell.

    ``ends`` are the headlines above the first date and below the last.
    """
    leading, trailing = ends
    if not leading or not trailing or _are_groups(rows, dated, texts):
        return not leading or bool(trailing)
    above, below = (
        [_kind(rows[index + step]) for index in dated if 0 <= index + step < len(rows)]
        for step in (-1, 1)
    )
    differs = [kinds[at] not in kinds[1:-1] for kinds, at in ((above, 0), (below, -1))]
    if differs[0] != differs[1]:
        return differs[0]
    sizes = [len(some) for some in texts]
    if min(sizes) <= len(trailing) <= max(sizes) < len(leading):
        return False
    usual = median(len(rows[index].text) for some in texts for index in some)
    return len(rows[leading[-1]].text) < _SHORT * usual


def _kind(row: Row) -> str:
    """What stands beside a date: a sentence, what may be a headline, or what is none."""
    return "sentence" if row.is_statement else "headline" if is_text(row) else "other"
