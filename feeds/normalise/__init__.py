"""A page to stories: the article, the dated list beside it, and what was neither.

Rules
- Knows no ledger, no clock, no network. The same page gives the same reading.
- Every field of a story carries its evidence, "unknown" included; every line that went
  into no story is in ``dropped`` with the rule that dropped it.
- A list's dates belong to its headlines alone; the capture date to nobody's.
"""

from __future__ import annotations

import msgspec

from feeds.model import Page, Reading, StatedDate, Story
from feeds.model.problem import Problem
from feeds.normalise import plain

__all__ = ["normalise", "statements"]


def normalise(page: Page) -> Reading:
    """All that ``page`` says: stories with their evidence, and what was dropped or doubtful."""
    reading = _checked(_read(page))
    if not page.statements:
        return reading
    return msgspec.structs.replace(reading, statements=page.statements)


def _read(page: Page) -> Reading:
    # late: pages of text need no library for trees and markup
    if page.form == "html":
        from feeds.normalise import html

        return html.read_html(page)
    if page.form == "markdown":
        from feeds.normalise import markdown

        return markdown.read_markdown(page)
    return plain.read_plain(page)


def _checked(reading: Reading) -> Reading:
    """``reading`` with what is wrong between its dates."""
    if reading.captured is None:
        return reading
    article = (reading.article,) if reading.article else ()
    found = _younger((*article, *reading.latest), reading.captured)
    if not found:
        return reading
    findings = sorted((*reading.findings, *found), key=lambda finding: finding.line)
    return msgspec.structs.replace(reading, findings=tuple(findings))


def _younger(stories: tuple[Story, ...], captured: StatedDate) -> list[Problem]:
    """One finding for all stories dated after the page was saved."""
    day = captured.iso[: len("2026-01-09")]
    late = [story for story in stories if story.published and story.published.iso[: len(day)] > day]
    if not late or late[0].published is None:
        return []
    others = f", and {len(late) - 1} more" if len(late) > 1 else ""
    what = f"{late[0].published.iso} is later than the capture date {captured.iso}{others}"
    return [Problem("captured-earlier", what, late[0].line, "correct whichever of them is wrong")]
