"""A page to stories: the article, the dated list beside it, and what was neither.

Rules
- Knows no ledger, no clock, no network. The same page gives the same reading.
- Every field of a story carries its evidence, "unknown" included; every line that went
  into no story is in ``dropped`` with the rule that dropped it.
- A list's dates belong to its headlines alone; the capture date to nobody's.
"""

from __future__ import annotations

import msgspec

from feeds.model import Dropped, Page, Reading, StatedDate, Story
from feeds.model.guidance import UNGUIDED, Guidance
from feeds.model.problem import PROPERTIES, Problem
from feeds.normalise import plain

__all__ = ["alike", "furniture", "labels", "links", "normalise", "paths", "statements"]


def normalise(page: Page, guidance: Guidance = UNGUIDED) -> Reading:
    """All that ``page`` says: stories with their evidence, and what was dropped or doubtful.

    ``guidance`` is what an editor said of how to read it.
    """
    reading = _checked(_without_properties(_fetched(page, _read(page, guidance))))
    if not (page.statements or guidance.hints):
        return reading
    statements = reading.statements or page.statements
    return msgspec.structs.replace(reading, statements=statements, guided=guidance.digest)


def _read(page: Page, guidance: Guidance) -> Reading:
    # late: pages of text need no library for trees and markup
    if page.form == "html":
        from feeds.normalise import html

        return html.read_html(page, guidance)
    if page.form == "markdown":
        from feeds.normalise import markdown

        return markdown.read_markdown(page)
    if hints := guidance.of("furniture"):
        from feeds.normalise import furniture

        page, dropped = furniture.without_furniture(page, hints)
        return _with(plain.read_plain(page), dropped)
    return plain.read_plain(page)


def _fetched(page: Page, reading: Reading) -> Reading:
    """``reading`` with the exact moment in which ``page`` was captured, if it was.

    In UTC, so that the moments of all captured pages are in the order of their texts.
    """
    if page.fetched is None:
        return reading
    captured = StatedDate(page.fetched.moment, "second")
    return msgspec.structs.replace(reading, captured=captured, fetched=page.fetched)


def _with(reading: Reading, dropped: list[Dropped]) -> Reading:
    """``reading`` with what was ``dropped`` before it."""
    every = sorted((*reading.dropped, *dropped), key=lambda item: item.line)
    return msgspec.structs.replace(reading, dropped=tuple(every))


def _without_properties(reading: Reading) -> Reading:
    """``reading`` without what a file's properties say, if the page itself says when it is of."""
    story = reading.article
    if story is None or not story.published:
        return reading
    findings = tuple(one for one in reading.findings if one.code != PROPERTIES)
    return msgspec.structs.replace(reading, findings=findings)


def _checked(reading: Reading) -> Reading:
    """``reading`` with what is wrong between its dates."""
    if reading.captured is None:
        return reading
    article = (reading.article,) if reading.article else ()
    fetched = reading.fetched
    captured = StatedDate(fetched.local, "second") if fetched else reading.captured
    found = _younger((*article, *reading.latest), captured)
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
