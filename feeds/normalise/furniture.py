"""Lines that an editor called the site's own: they are no part of any story of a page of text.

Rules
- A line is furniture if it is the very line that was written, in the same case; blanks don't
  count. A ``*`` at one end stands for a count: up to 20 characters with a digit, or nothing.
- It goes before anything else looks at the page, and leaves no blank line behind.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from feeds.model import Dropped, Line, Page
from feeds.model.guidance import Hint

_LONGEST_COUNT = 20


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
