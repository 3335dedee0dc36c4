"""Whose parts of a page are believed: those of its labels, or those of the rules.

Rules
- Where labels contradict the rules' headline and text by more than a little, the labels are
  believed; so they are of the list. Where they don't, the rules are, for they know shapes that
  few pages have; but what is surely the site's is left out of their text and list.
- A headline of which labels are not sure, where the rules take another, is a doubt. One that
  may as well be any of several lines holds the article back.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from feeds.model import Dropped
from feeds.model.problem import Problem, Weight
from feeds.normalise import bylines, labels, latest
from feeds.normalise.labels import Labelled
from feeds.normalise.plain import header, headline, regions
from feeds.normalise.plain.corrections import corrected
from feeds.normalise.plain.lines import TEXT
from feeds.normalise.plain.parts import Parts, parts_by_rules
from feeds.normalise.plain.undated import undated_list
from feeds.normalise.rows import Dates, Row

_AGAINST_TEXT, _AGAINST_LIST = 250, 600
"""By so much, in hundredths, labels have to be sure against the rules to be believed."""
_HEADLINE = 2
"""Where the two take different headlines, labels are right twice as often on pages kept back."""
_SURELY = 50
_UNSURE, _GUESSED = 70, 50
_FEWEST = 2
_BESIDE = frozenset(["headline", "byline", "stamp"])
_LISTED = frozenset(["list headline", "list date"])
_SITE = frozenset(["furniture", "caption"])


def choose_parts(rows: list[Row], known: Dates) -> Parts:
    """The parts of the page that has ``rows``."""
    by_rules = parts_by_rules(rows, known)
    if _is_whole(rows, by_rules):
        return by_rules
    told = labels.label_rows(rows)
    if told is None:
        return by_rules
    told = corrected(rows, told, by_rules)
    if told.headline is None and any(row.is_full_date for row in by_rules.listed):
        return by_rules
    if told.headline is None:
        numbered = zip(rows, told.labels, strict=True)
        dates = (row.number for row, label in numbered if label == "list date")
        return _without_list_dates(by_rules, dates)
    if (TEXT | _LISTED).isdisjoint(told.labels):
        by_labels = regions.parts_by_labels(rows, told, known)
        if not by_labels.end.rows:
            return by_rules  # labels that see neither text nor list say nothing of them
    if _is_role(rows, told.headline):
        return by_rules
    against = _Against(rows, told, by_rules)
    if not (against.headline or against.text or against.listed):
        return _with_undated(rows, told, by_rules)
    return _chosen(rows, told, known, by_rules, against)


def _chosen(
    rows: list[Row], told: Labelled, known: Dates, by_rules: Parts, against: _Against
) -> Parts:
    """The parts of a page of which labels say another thing than the rules."""
    margins = labels.margins(told)
    against_text = sum(margins[index] for index in against.text)
    if against.headline:
        against_text += _HEADLINE * told.sure
    against_list = sum(margins[index] for index in against.listed)
    by_labels = regions.parts_by_labels(rows, told, known)
    if against_text >= _AGAINST_TEXT and _is_article(by_labels):
        found = by_labels
        if _is_complete(by_rules.listed):
            listed = {row.number for row in by_rules.listed}
            left = [row for row in by_labels.end.rows if row.number not in listed]
            found = replace(found, end=replace(found.end, rows=left), listed=by_rules.listed)
        elif against_list < _AGAINST_LIST and not _overlap(by_labels, by_rules):
            found = replace(by_labels, listed=_trimmed(by_rules.listed, _site(rows, told)))
        if not against.headline:
            found = replace(found, head=replace(found.head, rule=by_rules.head.rule))
    else:
        found = _surely(rows, told, margins, by_rules)
        if against_list >= _AGAINST_LIST and not _is_complete(by_rules.listed):
            found = replace(found, listed=by_labels.listed)
    found = _without_list_dates(_with_undated(rows, told, found))
    doubts = _doubts(told, by_rules, found) if against.headline else []
    return replace(_accounted(rows, told, found), findings=(*found.findings, *doubts))


def _surely(rows: list[Row], told: Labelled, margins: list[int], by_rules: Parts) -> Parts:
    """The rules' parts without what is surely the site's."""
    site = _site(rows, told, margins)
    text = [row for row in by_rules.end.rows if row.number not in site or row.is_date]
    listed = by_rules.listed
    if not any(row.is_date for row in listed):
        listed = _trimmed(listed, site)
    end = replace(by_rules.end, rows=text or by_rules.end.rows)
    return replace(by_rules, end=end, listed=listed)


def _is_article(by_labels: Parts) -> bool:
    """Whether what labels take for a text has a sentence, if it has anything."""
    rows = by_labels.end.rows
    return not rows or any(row.is_sentence or row.is_unspaced for row in rows)


class _Against:
    """Of what labels say another thing than the rules: the headline, lines of text, of the list."""

    def __init__(self, rows: list[Row], told: Labelled, by_rules: Parts) -> None:
        self.headline = _other_headline(rows, told, by_rules)
        text = {row.number for row in by_rules.end.rows}
        listed = {row.number for row in by_rules.listed}
        self.text: list[int] = []
        self.listed: list[int] = []
        for index, (row, label) in enumerate(zip(rows, told.labels, strict=True)):
            is_text, is_listed = label in TEXT, label in _LISTED
            is_beside = label in _BESIDE and not (label == "stamp" and row.number in text)
            if (row.number in text) != is_text and not is_beside:
                self.text.append(index)
            if (row.number in listed) != is_listed and (is_listed or is_text):
                self.listed.append(index)


def _is_whole(rows: list[Row], by_rules: Parts) -> bool:
    """Whether the rules leave nothing of the page to be guessed.

    Then all below its first line is text, and a list with its known heading has a date for
    every headline.
    """
    listed = by_rules.listed
    if by_rules.alone:
        return True
    if not listed or not listed[0].heading or not _is_complete(listed):
        return False
    left_out = by_rules.head.dropped or by_rules.dropped
    return by_rules.head.line == rows[0].number and not left_out


def _is_complete(listed: list[Row]) -> bool:
    """Whether the rows are nothing but headlines, a full date for each, and perhaps a heading."""
    dates = sum(row.is_full_date for row in listed)
    return (
        bool(listed)
        and bool(dates)
        and dates * 2 == len(listed) - (listed[0].heading == listed[0].text)
    )


def _is_role(rows: list[Row], chosen: int) -> bool:
    """Whether the line below a name that stands twice is taken for the headline: it is a role."""
    names = {row.text for row in rows[max(0, chosen - 2) : chosen]}
    return chosen > 1 and len(names) == 1 and bool(bylines.authors_in(names.pop()))


def _other_headline(rows: list[Row], told: Labelled, by_rules: Parts) -> bool:
    """Whether labels and rules take different lines for the headline."""
    if told.headline is None:
        return False
    mine, title = header.whole_headline(rows, told.headline)[0].text, by_rules.head.title
    if not title:
        return True
    same = headline.is_same_headline(mine, title)
    return not (same or mine.endswith(title) or title.endswith(mine))


def _site(rows: list[Row], told: Labelled, margins: list[int] | None = None) -> set[int]:
    """The numbers of the lines that labels take for the site's; with ``margins`` surely so."""
    numbered = zip(rows, told.labels, margins or [_SURELY] * len(rows), strict=True)
    return {row.number for row, label, margin in numbered if label in _SITE and margin >= _SURELY}


def _trimmed(listed: list[Row], site: set[int]) -> list[Row]:
    """``listed`` without those of the ``site`` around it: between its dates all stays."""
    dated = [index for index, row in enumerate(listed) if row.stamp is not None]
    last = dated[-1] if dated else -1
    above, below = (
        sum(listed[index + step].number in site for index in dated[1:-1]) for step in (-1, 1)
    )
    if dated and (dated[0] <= 1 or above > below):
        last += 1  # a headline below its date
    return [
        row
        for index, row in enumerate(listed)
        if index <= last or row.heading or row.number not in site
    ]


def _without_list_dates(found: Parts, labelled: Iterable[int] = ()) -> Parts:
    """``found`` without dates of the article that are in its list, or on a line ``labelled`` so."""
    listed = {row.number for row in found.listed}
    dates = listed.union(labelled)
    head, end = found.head, found.end
    above, below = (
        tuple(row for row in rows if row.number not in dates) for rows in (head.above, head.below)
    )
    own, footer = (
        None if row is not None and row.number in dates else row for row in (end.own, found.footer)
    )
    dropped = tuple(item for item in head.dropped if item.line not in listed)
    head = replace(head, above=above, below=below, dropped=dropped)
    return replace(found, head=head, end=replace(end, own=own), footer=footer)


def _with_undated(rows: list[Row], told: Labelled, found: Parts) -> Parts:
    """``found`` with a list without dates, if it has none and labels see one below the text."""
    if found.listed and not any(row.stamp is not None for row in found.listed):
        return _without_site_in_list(rows, told, found)
    last = max((row.number for row in found.end.rows), default=None)
    if found.listed or last is None:
        return found
    listed = [rows[index] for index in undated_list(rows, told.labels)]
    below = [row for row in listed if row.number > last]
    return replace(found, listed=below) if len(below) == len(listed) else found


def _without_site_in_list(rows: list[Row], told: Labelled, found: Parts) -> Parts:
    """``found`` without those lines of its list, which has no dates, that are the site's."""
    site = _site(rows, told)
    site &= {row.number for row in found.listed if latest.is_text(row)}
    listed = [row for row in found.listed if row.number not in site]
    if sum(map(latest.is_text, listed)) < _FEWEST:
        return found
    left = [row for row in found.listed if row.number in site]
    dropped = (Dropped(row.number, row.shown, "part of the site") for row in left)
    return replace(found, listed=listed, dropped=(*found.dropped, *dropped))


def _overlap(by_labels: Parts, by_rules: Parts) -> bool:
    """Whether the rules' list reaches into the labels' headline, its date, or their text."""
    head = by_labels.head
    taken = {row.number for row in (*by_labels.end.rows, *head.below)}
    taken.add(head.line if head.title else 0)
    return any(row.number in taken for row in by_rules.listed)


def _accounted(rows: list[Row], told: Labelled, parts: Parts) -> Parts:
    """``parts`` with every line that went into none of them among those that were dropped."""
    head, end = parts.head, parts.end
    used = {row.number for row in (*end.rows, *parts.listed)}
    others = (parts.last, parts.footer, end.own)
    beside = {row.number for row in others if row is not None}
    beside |= {head.line if head.title else 0, head.author_line, end.author_line}
    beside |= {item.line for item in (*head.dropped, *end.dropped)}
    kept = [item for item in parts.dropped if item.line not in used]
    known = used | beside | {item.line for item in kept}
    missing = [
        Dropped(row.number, row.shown, regions.rule_of(row, label, head.title))
        for row, label in zip(rows, told.labels, strict=True)
        if row.number not in known
    ]
    return replace(parts, dropped=(*kept, *missing))


def _doubts(told: Labelled, by_rules: Parts, found: Parts) -> list[Problem]:
    """What an editor should look at: a headline that labels are not sure of, against the rules."""
    title, line = found.head.title, found.head.line
    if line == by_rules.head.line or not title or told.sure >= _UNSURE:
        return []
    what = f"'{title[:60]}' may not be the headline"
    if by_rules.head.title:
        what += f": line {by_rules.head.line} may be"
    remedy = "write the headline on the first line"
    weight: Weight = "hold" if told.sure < _GUESSED else "doubt"
    return [Problem("headline-doubtful", what, line, remedy, weight=weight)]
