"""A Markdown page to stories: the first ``#`` heading, the text below it, and the dated list.

Rules
- The headline is the front matter's title, else the first ``#`` heading. What stands above that
  heading is dropped. A title replaces a heading that begins the page; a later one is text.
- Right under the headline, lines that are a byline or a date are the article's own. A name alone
  counts there only beside a date, or as the last line of the text.
- The list is found as in plain text: each block is given to ``latest`` as lines, "[Headline](URL)
  date" as two. A date alone at the page's end is the day on which it was saved.
- The text is CommonMark, with what most programs add to it (``parsing``); HTML in it is read as on
  other pages, and what players in it play are enclosures.
- A title and a summary that are stated are words, without marks and commands.
- A heading right above the list is the list's, whatever it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from feeds.model import Dropped, Evidence, Page, Reading, StatedDate, Story
from feeds.model.problem import Problem
from feeds.model.versions import READER_VERSION
from feeds.normalise import bylines, latest
from feeds.normalise.html import fragment
from feeds.normalise.html.body.pictures import Picture
from feeds.normalise.html.claims import enclosures
from feeds.normalise.html.claims.files import File
from feeds.normalise.html.claims.players import in_fragment
from feeds.normalise.markdown.blocks import Block, blocks_in, lines_of
from feeds.normalise.markdown.parsing import read_source, rendered
from feeds.normalise.markdown.placing import MADE
from feeds.normalise.markdown.stated import plainly_stated
from feeds.normalise.statements import stated_text
from feeds.text import markup
from feeds.text.dates import resolve
from feeds.text.dates.resolve import Settled
from feeds.text.images import image_of
from feeds.text.words import words

_ELEMENT = re.compile("<[A-Za-z]")
_HEADINGS = {"h1": "h2", "h5": "h4", "h6": "h4"}


class _Meta(NamedTuple):
    """What the lines under a headline say of the article."""

    authors: tuple[tuple[str, int], ...] = ()
    published: tuple[StatedDate, int] | None = None


def read_markdown(page: Page) -> Reading:
    """All that the Markdown page ``page`` says."""
    page, dropped = plainly_stated(page)
    base = stated_text(page.statements, "url")
    findings = list(page.findings)
    source = read_source(page.markup, is_mdx=page.path.lower().endswith(".mdx"))
    dropped += source.dropped
    blocks = list(blocks_in(source, base))
    captured = _captured(blocks)
    if captured:
        blocks.pop()
    language = stated_text(page.statements, "language")
    found = latest.split_list(tuple(lines_of(blocks)), page.path, language)
    months = Settled(languages=found.settled.languages)
    findings += found.findings
    body = _body(blocks, {line.number for line in found.body if line.text})
    if len(body) > 1 and found.stories and body[-1].is_heading:
        heading = body.pop()  # below it stands the list, whatever it is called
        dropped.append(Dropped(heading.line, heading.text, "heading of the list"))
    dropped += found.dropped
    story = _article(page, body, base, dropped, findings, months) if body else None
    return Reading(
        page=page.path,
        encoding=page.encoding,
        reader_version=READER_VERSION,
        article=story,
        latest=found.stories,
        captured=captured[0] if captured else None,
        captured_evidence=(
            Evidence(page.path, captured[1], "date alone at the end") if captured else None
        ),
        dropped=tuple(sorted(dropped, key=lambda item: item.line)),
        findings=tuple(sorted(findings, key=lambda finding: finding.line)),
        statements=page.statements,
    )


def _body(blocks: Sequence[Block], numbers: set[int]) -> list[Block]:
    """The blocks that begin on a line of the article, and pictures above the list."""
    last = max(numbers, default=0)
    after = [block.line for block in blocks if block.rows and block.rows[0].number > last]
    return [
        block
        for block in blocks
        if (block.rows and block.rows[0].number in numbers)
        or (not block.rows and not (after and block.line > after[0]))
    ]


def _captured(blocks: Sequence[Block]) -> tuple[StatedDate, int] | None:
    if len(blocks) < 2 or blocks[-1].kind != "p" or len(blocks[-1].rows) != 1:
        return None
    above = blocks[-2].rows
    is_linked = blocks[-2].kind == "p" and len(above) == 1 and above[0].url
    if is_linked or (len(blocks) > 2 and blocks[-2].is_heading):
        return None  # the last pair of a list
    row = blocks[-1].rows[0]
    day = resolve.read_date(row.text)
    return (day, row.number) if isinstance(day, StatedDate) else None


def _article(
    page: Page,
    body: list[Block],
    base: str,
    dropped: list[Dropped],
    findings: list[Problem],
    months: Settled,
) -> Story | None:
    """The article in ``body``; adds to what was dropped, and what is doubtful."""
    evidence: dict[str, Evidence] = {}
    title = stated_text(page.statements, "title")
    heading = _heading(body, title)
    line = body[0].line
    if heading is not None:
        above, body = body[:heading], body[heading:]
        line = body[0].line
        if not title:
            title = body[0].text
        evidence["title"] = Evidence(page.path, line, "first heading")
        dropped += [
            Dropped(row.number, row.text, "above the headline")
            for block in above
            for row in block.rows
        ]
        body = body[1:]
    elif not title:
        reason = "no line begins with '# '"
        evidence["title"] = Evidence(page.path, line, reason, is_known=False)
        remedy = "write '# ' before the headline, or a title into the front matter"
        findings.append(
            Problem("no-headline", f"no headline: {reason}", line, remedy, weight="hold")
        )
    meta, body = _meta(body, dropped, months)
    authors, published = meta
    if not authors and body and body[-1].kind == "p" and len(body[-1].rows) == 1:
        row = body[-1].rows[0]
        if names := bylines.authors_in(row.text):
            authors, body = tuple((name, row.number) for name in names), body[:-1]
    if authors:
        evidence["authors"] = Evidence(page.path, authors[0][1], "byline")
    evidence["published"] = (
        Evidence(page.path, published[1], "date under the headline")
        if published
        else Evidence(page.path, 0, "the page states no date for the article", is_known=False)
    )
    content, shown = _content(body, base, dropped, findings)
    paragraphs = tuple(markup.blocks(content))
    if paragraphs:
        evidence["paragraphs"] = Evidence(page.path, body[0].line, "each block of the text")
    elif not title:
        return None
    else:
        remedy = "save the page again with its text"
        findings.append(
            Problem("no-text", "a headline without a text", line, remedy, weight="hold")
        )
    findings += _html(body)
    enclosed, source, left = enclosures.merged(_players(body, base), page.path)
    dropped += left
    if source:
        evidence["enclosures"] = source
    return Story(
        kind="article",
        title=title,
        line=line,
        published=published[0] if published else None,
        authors=tuple(name for name, _ in authors),
        paragraphs=paragraphs,
        content=content,
        image=image_of(shown[0].url, shown[0].alt) if shown else None,
        enclosures=enclosed,
        evidence=evidence,
    )


def _heading(body: list[Block], title: str) -> int | None:
    """Index of the heading that is the headline.

    With a known ``title`` only the very first block is, or a heading of the same words.
    """
    for index, block in enumerate(body):
        if block.kind == "h1" and block.text:
            is_it = not title or index == 0 or words(block.text) == words(title)
            return index if is_it else None
    return None


def _meta(body: list[Block], dropped: list[Dropped], months: Settled) -> tuple[_Meta, list[Block]]:
    """What stands right under the headline of the article's author and date, and the rest."""
    authors: list[tuple[str, int]] = []
    published: tuple[StatedDate, int] | None = None
    for index, block in enumerate(body):
        names = [(bylines.authors_in(row.text), row) for row in block.rows]
        days = [resolve.read_date(row.text, months) for row in block.rows]
        is_dated = any(isinstance(day, StatedDate) for day in days)
        if (
            block.kind != "p"
            or not block.rows
            or not all(
                isinstance(day, StatedDate)
                or (name and (is_dated or bylines.authors_in(row.text, bare=False)))
                for day, (name, row) in zip(days, names, strict=True)
            )
        ):
            return _Meta(tuple(authors), published), body[index:]
        for day, (name, row) in zip(days, names, strict=True):
            if isinstance(day, StatedDate):
                published = published or (day, row.number)
                dropped.append(Dropped(row.number, row.text, "own date"))
            else:
                authors += [(one, row.number) for one in name]
    return _Meta(tuple(authors), published), []


def _content(
    body: Sequence[Block], base: str, dropped: list[Dropped], findings: list[Problem]
) -> tuple[str, list[Picture]]:
    """The text in ``body`` as clean HTML, and its pictures."""
    tokens = [token for block in body for token in block.tokens]
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
    found = fragment.read_fragment(rendered(tokens), base)
    dropped += found.dropped
    findings += found.findings
    return found.content, found.shown


def _players(body: Sequence[Block], base: str) -> list[File]:
    """What the players play that are written as HTML."""
    files: list[File] = []
    for block in body:
        for token in block.tokens:
            pieces = [token, *(token.children or ())]
            markup = "".join(one.content for one in pieces if one.type.startswith("html_"))
            line = (token.map or [block.line - 1])[0] + 1
            files += in_fragment(markup, base, line)
    return files


def _html(body: Sequence[Block]) -> list[Problem]:
    """One finding for all HTML in the text."""
    for block in body:
        for token in block.tokens:
            pieces = [token, *(token.children or ())]
            written = (
                one.content for one in pieces if one.type.startswith("html_") and one.info != MADE
            )
            if any(map(_ELEMENT.search, written)):
                what = "HTML in a Markdown page, of which only plain formatting is kept"
                line = (token.map or [block.line - 1])[0] + 1
                return [
                    Problem(
                        "html-in-markdown", what, line, "write Markdown where something is missing"
                    )
                ]
    return []
