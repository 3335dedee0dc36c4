"""The dated lists of a page as stories, taken out of its tree.

Rules
- Lists that the markup shows are taken first. If it shows none, the page's lines are read
  as those of a text page are, so that unlinked headlines are found, too.
- A headline in two lists is one story. Without a full date it is listed as undated.
"""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

import msgspec
from lxml.html import HtmlElement

from feeds.model import Dropped, Evidence, Line, StatedDate, Story
from feeds.model.problem import Problem
from feeds.normalise import latest
from feeds.normalise.html import dom
from feeds.normalise.html.lists import items, marks
from feeds.text import urls
from feeds.text.dates import resolve

_HEADING_TAGS = (*dom.HEADINGS, "p", "div", "span", "strong", "b", "header", "a")
_LONGEST_HEADING = 60
_MOST_LINES = 20_000


class TakenLists(NamedTuple):
    """The lists' stories, what was dropped or doubtful, and whether there was a list at all."""

    stories: tuple[Story, ...]
    dropped: list[Dropped]
    findings: list[Problem]
    is_list: bool


def take_lists(body: HtmlElement, title: HtmlElement | None, path: str, base: str) -> TakenLists:
    """Takes all lists out of ``body``; ``title`` is the page's own headline."""
    found = items.find_lists(body, title)
    if not found:
        return _from_lines(body, title, path, base)
    dropped: list[Dropped] = []
    findings: list[Problem] = []
    stories: dict[tuple[str, str], Story] = {}
    own = {title, *title.iterancestors()} if title is not None else set()
    for one in found:
        for item in one.items:
            story = _story(item, path, base, findings)
            key = (story.title.casefold(), story.url or "")
            if key not in stories or stories[key].published is None:
                stories[key] = story
        for element in one.elements:
            _drop_heading(element, own, dropped)
            if element not in own and element is not body:
                if marks.recognised(element.tail or ""):
                    element.tail = None
                dom.remove(element)
    return TakenLists(tuple(stories.values()), dropped, findings, True)


def _story(item: items.Item, path: str, base: str, findings: list[Problem]) -> Story:
    evidence = {"title": Evidence(path, item.line, item.rule)}
    published: StatedDate | None = None
    if isinstance(item.date, StatedDate):
        published = item.date
        evidence["published"] = Evidence(path, item.date_line, "date of the headline in the list")
    else:
        what = f"'{dom.shortened(item.title)}' in the list has no date and is left out"
        code, value = "list-undated", ""
        if isinstance(item.date, resolve.Impossible):
            what = f"'{item.date.text}' is no day of the calendar; the headline is left out"
            code, value = "list-impossible-date", item.date.text
        remedy = "write its date in full"
        findings.append(Problem(code, what, item.line, remedy, weight="loss", value=value))
    url = urls.absolute(base, item.address)
    if url:
        evidence["url"] = Evidence(path, item.line, "link of the headline")
    return Story(
        kind="headline",
        title=item.title,
        line=item.line,
        published=published,
        url=url,
        evidence=evidence,
    )


def _drop_heading(element: HtmlElement, own: set[HtmlElement], dropped: list[Dropped]) -> None:
    """Takes the list's heading out of the tree, where it stands just above it."""
    for _ in range(3):
        before = element.getprevious()
        if before is not None:
            words = dom.line_in(before)
            if words and len(words) <= _LONGEST_HEADING and before.tag in _HEADING_TAGS:
                is_prose = before.tag == "p" and words[-1] in ".!?…"
                if before not in own and not is_prose:
                    dropped.append(Dropped(dom.line_of(before), words, "heading of the list"))
                    dom.remove(before)
            return
        outer = element.getparent()
        if outer is None or outer in own or outer.tag == "body":
            return
        element = outer


def _from_lines(body: HtmlElement, title: HtmlElement | None, path: str, base: str) -> TakenLists:
    """The list as the text reader finds it among the page's lines."""
    without = frozenset(
        element for element in body.iter("nav", "footer", "form") if element is not body
    )
    runs: list[dom.Block] = []
    for run in dom.blocks_in(body, without):
        if len(runs) >= _MOST_LINES:
            return TakenLists((), [], [], False)
        if title is not None and title in (run.element, *islice(run.element.iterancestors(), 5)):
            runs.clear()  # a list above the headline that nothing marks can't be told from menus
        runs.append(run)
    if not any(resolve.read_date(run.text) for run in runs):
        return TakenLists((), [], [], False)
    lines = tuple(Line(number, run.text, run.url) for number, run in enumerate(runs, start=1))
    last = runs[-1]
    bare = isinstance(resolve.read_date(last.text), StatedDate) and len(lines) > 1
    ends = bare and resolve.read_date(runs[-2].text) is not None
    found = latest.split_list(lines[:-1] if ends else lines, path)
    if len(found.stories) < 2:
        return TakenLists((), [], [], False)
    stories = []
    for story in found.stories:
        run = runs[story.line - 1]
        placed = {
            name: Evidence(path, runs[owed.line - 1].line, owed.rule)
            for name, owed in story.evidence.items()
            if 0 < owed.line <= len(runs)
        }
        stories.append(
            Story(
                kind="headline",
                title=story.title,
                line=run.line,
                published=story.published,
                url=urls.absolute(base, run.url),
                evidence=placed,
            )
        )
    dropped = [Dropped(runs[item.line - 1].line, item.text, item.rule) for item in found.dropped]
    findings = [
        msgspec.structs.replace(item, line=runs[item.line - 1].line if item.line else 0)
        for item in found.findings
    ]
    kept = {line.number for line in found.body} | ({len(runs)} if ends else set())
    own = {title, *title.iterancestors()} if title is not None else set()
    for number, run in enumerate(runs, start=1):
        if number not in kept and run.element not in own and run.element is not body:
            dom.remove(run.element)
    return TakenLists(tuple(stories), dropped, findings, True)


def undated(links: list[HtmlElement], path: str, base: str) -> tuple[Story, ...]:
    """The headlines of an index that dates none of them."""
    stories: dict[str, Story] = {}
    for link in links[:500]:
        words = dom.line_in(link)
        url = urls.absolute(base, link.get("href") or "")
        if len(words.split()) > 1:
            evidence = {"title": Evidence(path, dom.line_of(link), "linked heading of the index")}
            stories.setdefault(
                words.casefold(),
                Story(
                    kind="headline",
                    title=words,
                    line=dom.line_of(link),
                    url=url,
                    evidence=evidence,
                ),
            )
    return tuple(stories.values())
