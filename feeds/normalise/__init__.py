"""A page to stories: the article, the dated list beside it, and what was neither.

Rules
- Knows no ledger, no clock, no network. The same page gives the same reading.
- Every field of a story carries its evidence, "unknown" included; every line that went
  into no story is in ``dropped`` with the rule that dropped it.
- A list's dates belong to its headlines alone; the capture date to nobody's.
"""

from __future__ import annotations

from feeds import dates
from feeds.model import Dropped, Evidence, Finding, Line, Page, Reading, StatedDate, Story
from feeds.normalise import article, latest
from feeds.versions import READER_VERSION


def normalise(page: Page) -> Reading:
    """All that ``page`` says: stories with their evidence, and what was dropped or doubtful."""
    if page.form == "markdown":
        from feeds.normalise import markdown  # late: text pages need no HTML

        return markdown.normalise(page)
    findings = list(page.findings)
    unread: list[Dropped] = []
    lines, captured = _capture(page.lines, findings, unread)
    found = latest.split(lines, page.path)
    findings += found.findings
    story, dropped, doubts = article.read(found.body, page.path)
    findings += doubts
    if captured:
        findings += _younger((*([story] if story else []), *found.stories), captured[0])
    return Reading(
        page=page.path,
        encoding=page.encoding,
        reader_version=READER_VERSION,
        article=story,
        latest=found.stories,
        captured=captured[0] if captured else None,
        captured_evidence=(
            Evidence(page.path, captured[1], "date on the last line, below a blank one")
            if captured
            else None
        ),
        dropped=tuple(sorted((*found.dropped, *dropped, *unread), key=lambda item: item.line)),
        findings=tuple(sorted(findings, key=lambda finding: finding.line)),
        # a hook for text pages: statements.stated(page.statements, "title") is the headline
        statements=page.statements,
    )


def _younger(stories: tuple[Story, ...], captured: StatedDate) -> list[Finding]:
    """One finding for all stories dated after the page was saved."""
    late = [story for story in stories if story.published and story.published.day > captured.day]
    if not late or late[0].published is None:
        return []
    others = f", and {len(late) - 1} more" if len(late) > 1 else ""
    what = f"{late[0].published.iso} is later than the capture date {captured.iso}{others}"
    return [Finding(what, late[0].line, "correct whichever of them is wrong")]


def _capture(
    lines: tuple[Line, ...], findings: list[Finding], dropped: list[Dropped]
) -> tuple[tuple[Line, ...], tuple[StatedDate, int] | None]:
    """The lines above a trailing capture date, and that date with its line."""
    full = [index for index, line in enumerate(lines) if line.text]
    last = full[-1] if full else 0
    if last == 0 or lines[last - 1].text or _closes_a_pair(lines, full):
        return lines, None
    line = lines[last]
    stated = dates.recognise(line.text)
    if stated is None:
        return lines, None
    if isinstance(stated, dates.Impossible):
        dropped.append(Dropped(line.number, line.text, "impossible capture date"))
        findings.append(
            Finding(
                f"the capture date '{line.text}' is no day of the calendar",
                line.number,
                "correct it, or delete the line",
            )
        )
        return lines[:last], None
    return lines[:last], (stated, line.number)


def _closes_a_pair(lines: tuple[Line, ...], full: list[int]) -> bool:
    """Whether the last line is the date of a list that has blank lines inside its pairs."""
    if len(full) < 3 or dates.recognise(lines[full[-2]].text) is not None:
        return False
    before = full[-3]
    return dates.recognise(lines[before].text) is not None and not lines[before - 1].text
