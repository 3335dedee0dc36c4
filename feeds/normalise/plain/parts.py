"""A page's parts by rules alone: capture date and list from its end, headline from its top.

Rules
- What remains between them is the text; bylines and own date are taken off both of its ends.
"""

from __future__ import annotations

import re

import msgspec
from msgspec.structs import replace

from feeds.model import Dropped, StatedDate
from feeds.model.problem import Problem
from feeds.normalise import latest, rules
from feeds.normalise.latest import index_pages, resumed
from feeds.normalise.plain import article, header
from feeds.normalise.rows import Dates, Row
from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import any_of
from feeds.text.dates import resolve

_ZONE = 4  # rows below the top that it may look at


class Parts(msgspec.Struct, frozen=True):
    """What the lines of a page belong to.

    ``head`` is the headline and what stands around it, ``end`` the text and what stands below
    it, ``footer`` the date in the article's own footer, ``listed`` the list. ``last`` is the row
    that says when the page was saved, ``saved`` that date.
    """

    head: header.Header
    end: article.Ending
    listed: list[Row]
    footer: Row | None = None
    last: Row | None = None
    saved: StatedDate | None = None
    alone: bool = False
    dropped: tuple[Dropped, ...] = ()
    findings: tuple[Problem, ...] = ()


def parts_by_rules(rows: list[Row], known: Dates) -> Parts:
    """The parts of the page that has ``rows``."""
    dropped: list[Dropped] = []
    findings: list[Problem] = []
    rows, last, saved = _capture(rows, known, dropped, findings)
    if alone := index_pages.list_alone(rows):
        first, after = alone
        others = rows[:first] + rows[after:]
        dropped += [Dropped(row.number, row.shown, "part of the site") for row in others]
        head, end, footer, listed = (
            header.read_header([]),
            article.Ending([]),
            None,
            rows[first:after],
        )
    else:
        head, end, footer, listed = _parts(rows, dropped)
        head, end = _headline_at_the_end(head, end)
    return Parts(
        head,
        end,
        listed,
        footer,
        last,
        saved,
        alone is not None,
        tuple(dropped),
        tuple(findings),
    )


def _capture(
    rows: list[Row], known: Dates, dropped: list[Dropped], findings: list[Problem]
) -> tuple[list[Row], Row | None, StatedDate | None]:
    """The rows above a trailing capture date, that date's row, and the date."""
    if len(rows) < 2 or not rows[-1].gap or not rows[-1].is_full_date or _closes_a_pair(rows):
        return rows, None, None
    row = rows[-1]
    stated = known.of(row)
    if isinstance(stated, resolve.Impossible):
        dropped.append(Dropped(row.number, row.text, rules.IMPOSSIBLE_CAPTURE))
        what = f"the capture date '{row.text}' is no day of the calendar"
        findings.append(
            Problem("captured-impossible", what, row.number, "correct it, or delete the line")
        )
        return rows[:-1], None, None
    return (rows[:-1], row, stated) if stated else (rows, None, None)


def _closes_a_pair(rows: list[Row]) -> bool:
    """Whether the last row is the date of a list that has blank lines inside its pairs."""
    if len(rows) < 3 or rows[-2].is_date:
        return False
    if rows[-3].is_date and rows[-2].gap and not rows[-2].is_sentence and rows[-3].gap:
        return True
    clock = rows[-1].stamp is not None and bool(rows[-1].stamp.clock)
    alike = [row.stamp for row in rows[:-1] if row.gap and row.is_full_date]
    return len([stamp for stamp in alike if stamp and bool(stamp.clock) == clock]) > 1


def _parts(
    rows: list[Row], dropped: list[Dropped]
) -> tuple[header.Header, article.Ending, Row | None, list[Row]]:
    """The page's top, its text's end, the date in its footer, and the rows of its list."""
    rough = header.read_header(rows)
    start = latest.start_of_list(rows, max(rough.rest, 0 if not rough.title else 1))
    head = rough if start > rough.rest + _ZONE else header.read_header(rows[:start])
    if start < len(rows) and not head.title and not rows[:start]:
        head = replace(head, line=rows[start].number)
    footer, start_of_list, category = _footer(rows, start, dropped)
    end_of_list = resumed.end_of_list(rows, start_of_list)
    text = [*_unprefixed(rows, head)[head.rest : start], *rows[end_of_list:]]
    end = article.read_ending(
        [*head.kept, *text],
        signed=head.authors,
        dated=bool(head.below),
        listed=start_of_list < end_of_list == len(rows),
    )
    if category and not head.category:
        head = replace(head, category=category)
    return head, end, footer, rows[start_of_list:end_of_list]


def _headline_at_the_end(
    head: header.Header, end: article.Ending
) -> tuple[header.Header, article.Ending]:
    """Head and end of a page whose headline stands above its date, below the text."""
    if head.title or end.own is None or len(end.rows) < 2:
        return head, end
    row, above = end.rows[-1], end.rows[-2]
    if row.is_sentence or row.number > end.own.number or not above.is_sentence or row.is_date:
        return head, end
    title = _SITE.sub("", row.text)
    rule = "line above the date, below the text"
    return replace(head, title=title, line=row.number, rule=rule), replace(end, rows=end.rows[:-1])


# a site's name glued to the headline
_SITE = re.compile(rf"[\w-]{{2,30}}\.{any_of(vocabulary.DOMAINS)}(?=[^\W\d_])")


def _unprefixed(rows: list[Row], head: header.Header) -> list[Row]:
    """The rows, the first of them without the date that an archive glued to it."""
    if not head.prefix:
        return rows
    return header.without_prefix(rows)[1]


def _footer(rows: list[Row], start: int, dropped: list[Dropped]) -> tuple[Row | None, int, str]:
    """The article's own date in a footer below its text, where the list begins, the section."""
    index = start
    category = ""
    while index < len(rows) and index < start + 3:
        row = rows[index]
        if row.is_full_date and row.stamp and row.stamp.clock and index > start:
            below = rows[index + 1] if index + 1 < len(rows) else None
            ends = below is None or below.is_mark or below.is_furniture or below.is_section
            if ends or (below is not None and below.text == category):
                dropped += [
                    Dropped(item.number, item.shown, "footer of the article")
                    for item in rows[start : index + 1]
                ]
                return row, index + 1, category
            break
        if row.is_section or (row.bullet and index > start and " " not in row.text.strip()):
            category = row.text
        elif not row.is_mark:
            break
        index += 1
    return None, start, ""
