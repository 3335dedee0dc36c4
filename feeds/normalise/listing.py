"""What stands in a list of other stories: headlines, their dates, and what is neither.

Rules
- Whether dates stand after their headlines or before them is a property of the whole list:
  one that begins with a date has them before, one that ends with a date after.
- Only a line that is entirely a date belongs to another line's headline. A date inside a
  headline's own line counts only where most lines of the list are so.
- A headline without a full date is listed without one; a date without a headline is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from feeds import stamps, stating, urls
from feeds.model import Dropped, Evidence, Finding, StatedDate, Story, Url
from feeds.normalise import words
from feeds.normalise.headings import heading_of
from feeds.normalise.rows import Dates, Row

_SOURCE = re.compile(r"\s#\s?\S[^#]{0,40}$")
_RANK = re.compile(r"(\d{1,2})[.)]\s+")
_MOST = 0.6


class Item(NamedTuple):
    """A piece of the list: a headline, or a date, or what is neither (``rule`` says what)."""

    row: Row
    text: str
    stamp: stamps.Stamp | None = None
    rule: str = ""


def read(
    rows: list[Row], known: Dates, path: str, own: StatedDate | None = None
) -> tuple[list[Story], list[Dropped], list[Finding]]:
    """The stories in ``rows``, all of which belong to the list or come after it.

    ``own`` is the article's own date, from which a list of bare clocks counts its days.
    """
    dropped: list[Dropped] = []
    items = _items(rows, dropped)
    if any(row.is_mark for row in rows) and not any(item.stamp for item in items):
        dropped += [Dropped(item.row.number, item.text, "teaser") for item in items]
        return [], dropped, []
    dates_first = _dates_first(items)
    stories: list[Story] = []
    findings: list[Finding] = []
    items = _unranked(items)
    clocks = _Clocks(known.captured or own)
    for headline, when in _pairs(items, dates_first, dropped):
        row, title = headline.row, _SOURCE.sub("", headline.text)
        stated = _date(when, known, clocks)
        if isinstance(stated, stating.Impossible) and when:
            dropped.append(Dropped(row.number, row.text, "headline with an impossible date"))
            dropped.append(Dropped(when.row.number, when.row.text, "impossible date"))
            what = f"'{stated.text}' is no day of the calendar; '{short(title)}' is left out"
            findings.append(Finding(what, when.row.number, "correct the date", weight="loss"))
            continue
        evidence = {"title": Evidence(path, row.number, "headline in the list")}
        if isinstance(stated, StatedDate) and when:
            side = "above" if dates_first else "below"
            where = "beside" if when.row.number == row.number else side
            evidence["published"] = Evidence(path, when.row.number, f"date {where} the headline")
        else:
            stated = None
            why = f"'{when.row.text}' names no full day" if when else "it has no date"
            evidence["published"] = Evidence(path, row.number, f"unknown: {why}")
        stories.append(
            Story(
                kind="headline",
                title=title,
                line=row.number,
                published=stated,
                url=_address(row.url),
                evidence=evidence,
            )
        )
    findings += _without_dates(stories)
    return stories, dropped, findings


def _address(written: str) -> Url | None:
    """The headline's own link, if its line has one that leads anywhere."""
    try:
        return urls.checked(written) if written else None
    except ValueError:
        return None


def _unranked(items: list[Item]) -> list[Item]:
    """The items without the ranks before their headlines, if they count 1, 2, 3."""
    texts = [item for item in items if item.stamp is None]
    ranks = [_RANK.match(item.text) for item in texts]
    if len(texts) < 2 or [rank and int(rank[1]) for rank in ranks] != [*range(1, len(texts) + 1)]:
        return items
    return [
        item._replace(text=_RANK.sub("", item.text)) if item.stamp is None else item
        for item in items
    ]


def _without_dates(stories: list[Story]) -> list[Finding]:
    """One finding for headlines that are no entries since the list names no day for them."""
    undated = [story for story in stories if story.published is None]
    if not undated:
        return []
    others = f", and {len(undated) - 1} more" if len(undated) > 1 else ""
    return [
        Finding(
            f"'{short(undated[0].title)}' in the list has no full date and is left out{others}",
            undated[0].line,
            "write the date on the line below it",
            weight="loss" if len(undated) < len(stories) else "doubt",
        )
    ]


def _items(rows: list[Row], dropped: list[Dropped]) -> list[Item]:
    """Headlines and dates in their order; all else goes to ``dropped``."""
    split_lines = _dates_share_lines(rows)
    items: list[Item] = []
    for index, row in enumerate(rows):
        heading = heading_of(row)
        if heading and (index == 0 or heading == row.text):
            dropped.append(Dropped(row.number, heading.strip(), "heading of the list"))
            row = row._replace(text=row.text[len(heading) :].strip(), bullet=False)
            if not row.text:
                continue
            row = row._replace(stamp=stamps.find(row.text))
        rule = _no_item(row, rows, index)
        if rule:
            dropped.append(Dropped(row.number, row.shown, rule))
        elif row.is_date:
            items.append(Item(row, row.text, row.stamp))
        elif row.stamp and (split_lines or is_glued_date(row)):
            items += _pieces(row, dropped)
        else:
            items.append(Item(row, row.text))
    return items


def _no_item(row: Row, rows: list[Row], index: int) -> str:
    if row.is_mark:
        return "mark between stories"
    if row.is_date:
        return ""
    if row.is_furniture:
        return "part of the site"
    if words.is_section(row.text):
        return "name of a section"
    if row.is_credit:
        return "credit of a picture"
    if row.is_counter:
        below = rows[index + 1] if index + 1 < len(rows) else None
        above = rows[index - 1] if index else None
        between = above is None or above.is_date or above.is_counter or bool(heading_of(above))
        alone = below is not None and below.is_date and between
        return "" if alone and not row.text.strip().isdigit() else "number that counts something"
    return ""


def _dates_share_lines(rows: list[Row]) -> bool:
    """Whether most headlines of the list have their date on their own line."""
    headlines = [row for row in rows if row.text and not row.is_date and not row.is_counter]
    headlines = [row for row in headlines if not row.is_furniture and heading_of(row) != row.text]
    if any(row.is_full_date for row in rows):
        return False
    sharing = sum(row.stamp is not None and _at_an_end(row.stamp) for row in headlines)
    return sharing > 0 and sharing >= _MOST * len(headlines)


def _at_an_end(stamp: stamps.Stamp) -> bool:
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


def _dates_first(items: list[Item]) -> bool:
    """Whether dates stand before their headlines."""
    if not items:
        return False
    kinds = [item.stamp is not None for item in items]
    begins, ends = kinds[0], kinds[-1]
    if begins != ends:
        return begins
    after = sum(not here and below for here, below in pairwise(kinds))
    before = sum(here and not below for here, below in pairwise(kinds))
    if begins:  # and ends: the last date lost its headline
        return True
    return before > after


def _pairs(
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
                dropped.append(Dropped(when.row.number, when.row.text, "date without a headline"))
            when, taken = item, False
        elif when is not None and not taken:
            pairs.append((item, when))
            taken = True
        else:
            pairs.append((item, None))
    if when is not None and not taken:
        dropped.append(Dropped(when.row.number, when.row.text, "date without a headline"))
    if not dates_first:
        pairs.reverse()
    return _without_copies(pairs, dates_first, dropped)


def _without_copies(
    pairs: list[tuple[Item, Item | None]], dates_first: bool, dropped: list[Dropped]
) -> list[tuple[Item, Item | None]]:
    """Each headline once, the clean copy of it, and no teasers."""
    dated = sum(when is not None for _, when in pairs)
    kept: list[tuple[Item, Item | None]] = []
    for index, (item, when) in enumerate(pairs):
        last = kept[-1] if kept else None
        if when is None and last and last[1] and _is_copy(last[0].text, item.text):
            dropped.append(Dropped(last[0].row.number, last[0].text, "headline with its section"))
            kept[-1] = (item, last[1])
        elif when is None and dated and _is_teaser(pairs, index, dates_first):
            dropped.append(Dropped(item.row.number, item.row.text, "teaser"))
        else:
            kept.append((item, when))
    return kept


def _is_copy(text: str, shorter: str) -> bool:
    return text.startswith(shorter) and len(text) - len(shorter) <= 30


def _is_teaser(pairs: list[tuple[Item, Item | None]], index: int, dates_first: bool) -> bool:
    """Whether a text without a date belongs to the headline before it, or to nothing."""
    item = pairs[index][0]
    if dates_first:
        return index > 0
    above = pairs[index - 1] if index else None
    if index == len(pairs) - 1 or item.row.is_sentence:
        return True
    return (
        above is not None
        and above[1] is not None
        and item.row.gap is False
        and item.row.is_paragraph
    )


class _Clocks:
    """The day that a list of bare clocks, newest first, has come to."""

    def __init__(self, captured: StatedDate | None) -> None:
        self.day: date | None = captured.day if captured else None
        self.last = ""

    def date(self, clock: str) -> StatedDate | None:
        """The date of the next ``clock``; one that is later than the last is of the day before."""
        clock = clock.zfill(5)[:5]
        if self.day is None:
            return None
        if self.last and clock > self.last:
            self.day -= timedelta(days=1)
        self.last = clock
        return StatedDate(f"{self.day.isoformat()}T{clock}", "minute")


def _date(
    when: Item | None, known: Dates, clocks: _Clocks
) -> StatedDate | stating.Impossible | None:
    if when is None or when.stamp is None:
        return None
    if when.stamp.shape == "clock":
        return clocks.date(when.stamp.clock)
    return stating.stated(when.stamp, known.settled, known.captured)


def short(text: str) -> str:
    """``text`` cut to what fits in a message."""
    return text if len(text) <= 60 else text[:59] + "…"


def own_headline(stories: Iterable[Story], title: str) -> Story | None:
    """The story of the list that is the article itself, by its headline."""
    folded = " ".join(title.split()).casefold()
    return next((story for story in stories if story.title.casefold() == folded), None)
