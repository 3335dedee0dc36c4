"""A page to stories: the article, the dated list beside it, and what was neither.

Rules
- Knows no ledger, no clock, no network. The same page gives the same reading.
- Every field of a story carries its evidence, "unknown" included; every line that went
  into no story is in ``dropped`` with the rule that dropped it.
- A list's dates belong to its headlines alone; the capture date to nobody's.
"""

from __future__ import annotations

from feeds import dates
from feeds.model import Evidence, Finding, Line, Page, Reading, StatedDate
from feeds.normalise import article, latest
from feeds.versions import READER_VERSION


def normalise(page: Page) -> Reading:
    """All that ``page`` says: stories with their evidence, and what was dropped or doubtful."""
    findings = list(page.findings)
    lines, captured = _capture(page.lines, findings)
    found = latest.split(lines, page.path)
    findings += found.findings
    story, dropped, doubts = article.read(found.body, page.path)
    findings += doubts
    if captured:
        stated = captured[0]
        for headline in found.stories:
            if headline.published and headline.published.day > stated.day:
                findings.append(
                    Finding(
                        f"{headline.published.iso} is later than the capture date {stated.iso}",
                        headline.line,
                        "correct whichever of the two is wrong",
                    )
                )
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
        dropped=tuple(sorted((*found.dropped, *dropped), key=lambda item: item.line)),
        findings=tuple(sorted(findings, key=lambda finding: finding.line)),
    )


def _capture(
    lines: tuple[Line, ...], findings: list[Finding]
) -> tuple[tuple[Line, ...], tuple[StatedDate, int] | None]:
    """The lines above a trailing capture date, and that date with its line."""
    last = max((index for index, line in enumerate(lines) if line.text), default=0)
    if last == 0 or lines[last - 1].text:
        return lines, None
    line = lines[last]
    stated = dates.recognise(line.text)
    if stated is None:
        return lines, None
    if isinstance(stated, dates.Impossible):
        findings.append(
            Finding(
                f"the capture date '{line.text}' is no day of the calendar",
                line.number,
                "correct it, or delete the line",
            )
        )
        return lines[:last], None
    return lines[:last], (stated, line.number)
