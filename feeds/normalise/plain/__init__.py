"""A page of plain text to its stories.

The order in which a page is taken apart: capture date and list from the end, headline from
the top, bylines and own date from both ends of what remains; the rest is the text.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from feeds.model import Dropped, Evidence, Page, Reading, StatedDate, Story
from feeds.model.problem import Problem
from feeds.model.versions import READER_VERSION
from feeds.normalise import latest, rules, statements
from feeds.normalise.latest.stories import read_list
from feeds.normalise.plain import article, choice, datelines, header, headline, published
from feeds.normalise.plain.published import Offered
from feeds.normalise.rows import Dates, Row, row_with, rows_of, settle_dates
from feeds.text.dates import find, resolve


def read_plain(page: Page) -> Reading:
    """All that a page of plain text says."""
    path = page.path
    rows, pictures = rows_of(page.lines)
    rows = _titled(rows, page)
    dropped = [Dropped(row.number, row.text[:200], "markup of a picture") for row in pictures]
    language = statements.stated_text(page.statements, "language")
    known = Dates(settle_dates(rows, language))
    parts = choice.choose_parts(rows, known)
    head, last, saved = parts.head, parts.last, parts.saved
    end = article.without_captions(parts.end, rows)
    dropped += parts.dropped
    findings = [*page.findings, *parts.findings]
    text = article.read_text(end.rows)
    texts = [paragraph.text for paragraph in text.paragraphs]
    first_line = text.paragraphs[0].number if text.paragraphs else head.line
    if saved:
        known = Dates(known.settled, saved)
    found = published.find_stamped(head, parts.footer, end.own, known)
    newest, above = _dates_above(head, known)
    captured_row, why = last, "date on the last line, below a blank one"
    if newest and last is None:
        captured_row, why = newest, "newer of the dates above the headline: when it was saved"
    elif above and last is None and not _is_own(above, head, found, parts.listed, known):
        captured_row, why, above = above, "date above the headline: when the page was saved", None
        if not found.offered:
            doubt = f"'{captured_row.text}' is taken for the day on which the page was saved"
            remedy = "if it is the article's own date, put it below the headline"
            findings.append(Problem("captured-guessed", doubt, captured_row.number, remedy))
    captured = known.of(captured_row) if captured_row and captured_row is not last else saved
    if not isinstance(captured, StatedDate):
        captured, captured_row = None, None
    known = Dates(known.settled, captured)
    dated = found.offered[0].stated if found.offered else None
    told = {head.line, *(row.number for row in end.rows)}
    listed, comments = latest.without_comments(parts.listed, rows, told)
    stories, left_out, doubts = read_list(listed, known, path, dated)
    left_out += comments
    for story in [story for story in stories if story.title in texts]:
        stories.remove(story)
        left_out.append(Dropped(story.line, story.title, "the article's own text in the list"))
    own = headline.own_headline(stories, head.title)
    if own and own.published:
        stories.remove(own)
        left_out.append(Dropped(own.line, own.title, "the article's own headline in the list"))
        found.of_list(own.published, own.evidence["published"].line, listed)
    dateline = datelines.find_dateline(texts, known.settled)
    _offer_the_rest(found, head, above, dateline, first_line, known)
    stated, evidence, doubtful = published.choose_published(found, path)
    story = _story(head, end, text, texts, dateline, stated, evidence, known, path)
    used = {captured_row.number} if captured_row else set()
    story_or_none = None
    if story.title or story.paragraphs:
        story_or_none = story
        used.add(evidence.line)
        findings += _held(head, texts, first_line)
    if end.paid:
        what = "the text stops where readers are asked to log in: only its beginning is published"
        findings.append(
            Problem("paywalled", what, first_line, "save the page as a subscriber sees it")
        )
    findings += [*doubts, *text.findings, *doubtful]
    return Reading(
        page=path,
        encoding=page.encoding,
        reader_version=READER_VERSION,
        article=story_or_none,
        latest=tuple(stories),
        captured=captured,
        captured_evidence=Evidence(path, captured_row.number, why) if captured_row else None,
        dropped=_unused((*dropped, *head.dropped, *end.dropped, *text.dropped, *left_out), used),
        findings=tuple(sorted(findings, key=lambda finding: finding.line)),
    )


def _unused(dropped: Iterable[Dropped], used: set[int]) -> tuple[Dropped, ...]:
    """What was dropped, by line, without the lines that give a date."""
    kept = (item for item in dropped if item.line not in used or item.rule not in rules.OF_DATES)
    return tuple(sorted(kept, key=lambda item: item.line))


def _titled(rows: list[Row], page: Page) -> list[Row]:
    """The rows below the headline that front matter gives, unless they have one themselves.

    A first line that ends a sentence is then the text's, however short it is.
    """
    title = statements.stated_text(page.statements, "title")
    if not title:
        return rows
    chosen = headline.find_headline(rows)
    if chosen.row is not None and not rows[chosen.row].is_statement:
        return rows
    line = next(item.evidence.line for item in page.statements if item.field == "title")
    below = [row.changed(gap=True) for row in rows[:1]]
    return [row_with(line, title), *below, *rows[1:]]


def _dates_above(head: header.Header, known: Dates) -> tuple[Row | None, Row | None]:
    """Of two dates above the headline the newer, which is the page's; the older or only one."""
    full = [row for row in head.above if row.stamp and row.stamp.full]
    dated = [(stated.day, row) for row in full if isinstance(stated := known.of(row), StatedDate)]
    days = [day for day, _ in dated]
    if len(full) != len(dated) or len(set(days)) < 2:
        return None, next(iter(full), None)
    return dated[days.index(max(days))][1], dated[days.index(min(days))][1]


def _is_own(
    above: Row,
    head: header.Header,
    found: published.Candidates,
    listed: list[Row],
    known: Dates,
) -> bool:
    """Whether a date above the headline is the article's own rather than the page's.

    A page isn't saved before the newest story in its list was there.
    """
    stated = known.of(above)
    if head.apart:
        return True
    if not isinstance(stated, StatedDate):
        return False
    whole = (known.of(row) for row in listed if row.is_full_date)
    later = [date.day for date in whole if isinstance(date, StatedDate) and date.day > stated.day]
    return bool(later) or bool(found.offered and stated.day < found.offered[0].stated.day)


def _offer_the_rest(
    found: published.Candidates,
    head: header.Header,
    above: Row | None,
    dateline: datelines.Dateline | None,
    first_line: int,
    known: Dates,
) -> None:
    """Adds the less trusted dates to those ``found``, the most trusted first."""
    if dateline and dateline.stated:
        found.offered.append(Offered(dateline.stated, first_line, "date in the dateline"))
    if dateline and dateline.doubt and not found.offered:
        what = f"the dateline's date is not used: {dateline.doubt}"
        remedy = "correct it, or state the date below the headline"
        found.findings.append(Problem("dateline-unused", what, first_line, remedy))
    found.row(above, "date above the headline, apart from it", known)
    if len(head.prefix) == len("2024-11-28") and (stamp := find.find_stamp(head.prefix)):
        stated = resolve.stated_date(stamp)
        if isinstance(stated, StatedDate):
            rule = "date that an archive put before the headline"
            found.offered.append(Offered(stated, head.line, rule))


def _story(
    head: header.Header,
    end: article.Ending,
    text: article.Text,
    texts: list[str],
    dateline: datelines.Dateline | None,
    stated: StatedDate | None,
    evidence: Evidence,
    known: Dates,
    path: str,
) -> Story:
    updated = known.of(head.updated) if head.updated else None
    authors = head.authors or end.authors
    told = {
        "title": Evidence(path, head.line, head.rule, is_known=bool(head.title)),
        "published": evidence,
    }
    if authors:
        place = "below the headline" if head.authors else "below the text"
        line = head.author_line or end.author_line
        told["authors"] = Evidence(path, line, f"byline {place}")
    if text.paragraphs:
        told["paragraphs"] = Evidence(path, text.paragraphs[0].number, "lines of the text")
    if dateline:
        told["dateline"] = Evidence(path, text.paragraphs[0].number, "beginning of the text")
    category = head.category or end.category
    story = Story(
        kind="article",
        title=head.title,
        line=head.line,
        published=stated,
        dateline=dateline.text if dateline else end.place,
        authors=authors,
        paragraphs=tuple(texts),
        access="paid" if end.paid else "free",
        categories=(category,) if category else (),
        evidence=told,
    )
    if isinstance(updated, StatedDate) and head.updated:
        told["updated"] = Evidence(path, head.updated.number, "labelled date of the last change")
        story = replace(story, updated=updated)
    return story


def _held(head: header.Header, texts: list[str], first_line: int) -> list[Problem]:
    """What keeps the article from being published."""
    if not head.title:
        remedy = "write the headline on the first line"
        return [
            Problem("no-headline", f"no headline: {head.rule}", head.line, remedy, weight="hold")
        ]
    if not texts:
        what, remedy = "a headline without a text", "save the page again with its text"
        return [Problem("no-text", what, head.line or first_line, remedy, weight="hold")]
    return []
