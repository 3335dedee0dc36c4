"""Lines of pages of text that are the site's own, and no part of any story.

Rules
- A line is furniture if an editor wrote the very line, in the same case; blanks don't count. A
  ``*`` at one end stands for a count: up to 20 characters with a digit, or nothing.
- It goes before anything else looks at the page, and leaves no blank line behind.
- Nobody else may call furniture what holds a date or stands beside one, a headline or the heading
  of a list, a byline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from feeds.model import Dropped, Line, Page, Reading
from feeds.model.guidance import Hint
from feeds.normalise import bylines, headings
from feeds.text.dates import find

_LONGEST_COUNT, _LONGEST = 20, 300
_MANY_WORDS = 4


def without_furniture(page: Page, hints: Iterable[Hint]) -> tuple[Page, list[Dropped]]:
    """``page``, of text, without the lines that ``hints`` say are the site's; those."""
    rules: dict[str, str] = {}
    counted: list[tuple[str, str, str]] = []
    for hint in hints:
        text = " ".join(hint.value.split())
        if text.endswith("*"):
            counted.append((text[:-1].rstrip(), "", hint.rule))
        elif text.startswith("*"):
            counted.append(("", text[1:].lstrip(), hint.rule))
        else:
            rules.setdefault(text, hint.rule)
    kept: list[Line] = []
    dropped: list[Dropped] = []
    for line in page.lines:
        rule = rules.get(line.text) or (_rule_with_count(line.text, counted) if line.text else "")
        if rule:
            dropped.append(Dropped(line.number, line.text, rule))
        else:
            kept.append(line)
    return (replace(page, lines=tuple(kept)) if dropped else page), dropped


def _rule_with_count(text: str, counted: Iterable[tuple[str, str, str]]) -> str:
    for before, behind, rule in counted:
        if text.startswith(before) and text.endswith(behind):
            count = text[len(before) : len(text) - len(behind)].strip()
            is_count = len(count) <= _LONGEST_COUNT and any(map(str.isdigit, count))
            if is_count or not count:
                return rule
    return ""


def may_be_furniture(lines: Sequence[Line], reading: Reading) -> list[bool]:
    """Of each of ``lines``, none of them blank, whether it may be; ``reading`` is of their page."""
    listed = {story.title for story in reading.latest}
    is_date = [_is_dated(line.text) for line in lines]
    found: list[bool] = []
    for place, line in enumerate(lines):
        text = line.text
        is_below_date = any(is_date[max(place - 1, 0) : place])
        found.append(
            not (
                any(is_date[place : place + 2])
                or (is_below_date and len(text.split()) >= _MANY_WORDS)
                or text in listed
                or text.endswith(":")
                or headings.heading_of(text)
                or bylines.authors_in(text, bare=False)
            )
        )
    return found


def _is_dated(text: str) -> bool:
    if len(text) > _LONGEST or not find.may_be_dated(text):
        return False
    stamp = find.find_stamp(text)
    return stamp is not None and (stamp.full or stamp.alone)
