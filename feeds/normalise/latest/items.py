"""The pieces of a list of other stories: headlines, dates, and which belong together.

Rules
- Whether dates stand after their headlines or before them is a property of the whole list:
  one that begins with a date has them before, one that ends with a date after.
- The date of a headline on another line has that line to itself. A date inside a
  headline's own line counts only where most lines of the list are so.
- A headline that stands twice, once with its section, is told once, and clean.
"""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from feeds.model import Dropped, Line
from feeds.normalise import bylines, rules, words
from feeds.normalise.rows import Row, row_of
from feeds.text.dates import find

_RANK = re.compile(r"(\d{1,2})[.)]\s+")
_MOST = 0.6
_WORDS_OF_A_HEADLINE = 3
_LONGEST_LINE = 120


class Item(msgspec.Struct, frozen=True, gc=False):
    """A piece of the list: a headline, or a date, which has a ``stamp``."""

    row: Row
    text: str
    stamp: find.Stamp | None = None


def collect_items(rows: list[Row], dropped: list[Dropped]) -> list[Item]:
    """Headlines and dates in their order; all else goes to ``dropped``."""
    split_lines = dates_share_lines(rows)
    paired = split_lines and _is_paired(rows)
    items: list[Item] = []
    for index, line in enumerate(rows):
        row = line
        if row.is_date:
            items.append(Item(row, row.text, row.stamp))
            continue
        heading = row.heading
        if heading and (index == 0 or heading == row.text):
            dropped.append(Dropped(row.number, heading.strip(), "heading of the list"))
            rest = row.text[len(heading) :].strip()
            if not rest:
                continue
            row = row_of(Line(row.number, rest, row.url))
        below = rows[index + 1] if index + 1 < len(rows) else None
        above = rows[index - 1] if index else None
        # whatever its words, a line between two dates of a list is a headline
        between = row is not line or (above is not None and above.is_date)
        dated = between and below is not None and below.is_date and bool(row.text)
        rule = "" if dated else _no_item(row)
        if rule:
            dropped.append(Dropped(row.number, row.shown, rule))
        elif row.stamp and (split_lines or is_glued_date(row)):
            pieces = _pieces(row, dropped)
            items += sorted(pieces, key=lambda item: item.stamp is not None) if paired else pieces
        elif items and items[-1].stamp is None and _goes_on(items[-1], row):
            items[-1] = replace(items[-1], text=f"{items[-1].text} {row.text}")
        else:
            items.append(Item(row, row.text))
    return items


def _goes_on(item: Item, row: Row) -> bool:
    """Whether the row is the second line of the headline that was the last piece, ``item``."""
    if item.row.is_sentence or row.gap or row.bullet or bylines.introduced(row.text):
        return False
    return words.is_small(row.text) and len(item.text) < _LONGEST_LINE


def is_credit(row: Row) -> bool:
    """Whether the row credits a picture, and is no headline that promises some: "… (photo)"."""
    if not row.is_credit:
        return False
    before = row.text.rpartition("(")[0] if row.text.endswith(")") else ""
    return ":" in before or before.count(" ") < _WORDS_OF_A_HEADLINE


def _no_item(row: Row) -> str:
    if row.is_mark:
        return "mark between stories"
    if row.is_furniture:
        return "part of the site"
    if row.is_section:
        return "name of a section"
    if is_credit(row):
        return "credit of a picture"
    return "number that counts something" if row.is_counter else ""


def dates_share_lines(rows: list[Row]) -> bool:
    """Whether most headlines of the list have their date on their own line."""
    if any(row.is_full_date for row in rows):
        return False
    headlines = [row for row in rows if row.text and not row.is_date]
    sharing = sum(row.stamp is not None and is_at_an_end(row.stamp) for row in headlines)
    return sharing > 0 and sharing >= _MOST * len(headlines)


def _is_paired(rows: list[Row]) -> bool:
    """Whether every line that has a date has its own headline, on whichever side."""
    stamps_ = [row.stamp for row in rows if row.stamp and not row.heading]
    return all(bool(stamp.before) != bool(stamp.after) for stamp in stamps_)


def is_at_an_end(stamp: find.Stamp) -> bool:
    """Whether a date may be that of the headline on its line."""
    return stamp.full or stamp.shape in ("clock", "relative", "yearless")


def is_glued_date(row: Row) -> bool:
    """Whether a date, and perhaps a counter, is glued to the headline that follows it."""
    stamp = row.stamp
    if stamp is None or not stamp.after or stamp.shape not in ("relative", "clock"):
        return False
    return not stamp.before or stamp.before.isdigit()


def _pieces(row: Row, dropped: list[Dropped]) -> list[Item]:
    stamp = row.stamp
    if stamp is None:
        return [Item(row, row.text)]
    before, after = stamp.before.strip(), stamp.after.strip()
    pieces = [Item(row, row.text, stamp)]
    if before.isdigit():
        dropped.append(Dropped(row.number, before, "number that counts something"))
    elif before:
        if after:
            dropped.append(Dropped(row.number, after, "teaser"))
            after = ""
        pieces.insert(0, Item(row, before))
    if after:
        pieces.append(Item(row, after))
    return pieces


def dates_come_first(items: list[Item]) -> bool:
    """Whether dates stand before their headlines."""
    if not items:
        return False
    begins, ends = items[0].stamp is not None, items[-1].stamp is not None
    if begins != ends:
        return begins
    kinds = [item.stamp is not None for item in items]
    after = sum(not here and below for here, below in pairwise(kinds))
    before = sum(here and not below for here, below in pairwise(kinds))
    if begins:  # and ends: the last date lost its headline
        return True
    return before > after


def pair_items(
    items: list[Item], dates_first: bool, dropped: list[Dropped]
) -> list[tuple[Item, Item | None]]:
    """Each headline with its date."""
    ordered = items if dates_first else list(reversed(items))
    pairs: list[tuple[Item, Item | None]] = []
    when: Item | None = None
    taken = True
    for item in ordered:
        if item.stamp is not None:
            if when is not None and not taken and item.stamp.shape != "clock":
                dropped.append(Dropped(when.row.number, when.row.text, rules.LONE_DATE))
            when, taken = item, False
        elif when is not None and not taken:
            pairs.append((item, when))
            taken = True
        else:
            pairs.append((item, None))
    if when is not None and not taken:
        dropped.append(Dropped(when.row.number, when.row.text, rules.LONE_DATE))
    if not dates_first:
        pairs.reverse()
    return _without_copies(pairs, dates_first, dropped)


def _without_copies(
    pairs: list[tuple[Item, Item | None]], dates_first: bool, dropped: list[Dropped]
) -> list[tuple[Item, Item | None]]:
    """Each headline once, the clean copy of it, and no teasers."""
    if None not in [when for _, when in pairs]:
        return pairs  # as in most lists
    dated = any(when is not None for _, when in pairs)
    kept: list[tuple[Item, Item | None]] = []
    for index, (item, when) in enumerate(pairs):
        last, ends = kept[-1] if kept else None, index == len(pairs) - 1
        if when is None and last and last[1] and _is_copy(last[0].text, item.text):
            dropped.append(Dropped(last[0].row.number, last[0].text, "headline with its section"))
            kept[-1] = (item, last[1])
        elif (
            when is None and dated and (index > 0 if dates_first else ends or item.row.is_sentence)
        ):
            dropped.append(Dropped(item.row.number, item.row.text, "teaser"))
        else:
            kept.append((item, when))
    return kept


def _is_copy(text: str, shorter: str) -> bool:
    return text.startswith(shorter) and len(text) - len(shorter) <= 30


def unranked(items: list[Item]) -> list[Item]:
    """The items without the ranks before their headlines, if they count 1, 2, 3."""
    texts = [item for item in items if item.stamp is None]
    if len(texts) < 2 or not _RANK.match(texts[0].text):
        return items
    ranks = [_RANK.match(item.text) for item in texts]
    if [rank and int(rank[1]) for rank in ranks] != [*range(1, len(texts) + 1)]:
        return items
    return [
        replace(item, text=_RANK.sub("", item.text)) if item.stamp is None else item
        for item in items
    ]
