"""The dated lists of a page as stories, and the elements of its tree that they are.

Rules
- A headline in two lists is one story. Without a full date it is listed as undated. One dated
  headline alone is a list only below the heading of one.
- Whatever else is taken out with a list is named.
- Advertising, links to other sites, events and the page itself are no stories of a list; what
  has a date and a headline is named as dropped.
- Dated links amid an article's prose are told with it: a chronology, a table, sources.
- What a list takes never holds the page's own headline. If it held most of an article's prose,
  it was no list.
"""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from feeds.model import Dropped, Evidence, StatedDate, Story
from feeds.model.problem import Problem
from feeds.normalise.html import dom
from feeds.normalise.html.body import beside
from feeds.normalise.html.body.amid import is_amid_prose
from feeds.normalise.html.lists import (
    articles,
    days,
    elsewhere,
    headlines,
    items,
    marks,
    numbers,
    rest,
    structure,
    timed,
)
from feeds.normalise.html.lists.addresses import Addresses
from feeds.normalise.html.lists.elsewhere import Page, heading_above
from feeds.normalise.words import is_list_heading
from feeds.text import urls
from feeds.text.characters import cleaned
from feeds.text.dates import resolve

__all__ = ["Found", "Page", "find_lists", "take_out", "undated"]

_LONGEST_REST = 150
_LONGEST_TEASER = 100
_MOST_UNDATED = 500
_SHORTEST = 2


class Found(NamedTuple):
    """The lists' stories, what was dropped or doubtful, and the elements that are the lists.

    ``told``: headlines and dates of the elements that are items, be they stories or dropped.
    """

    stories: tuple[Story, ...]
    dropped: list[Dropped]
    findings: list[Problem]
    elements: list[HtmlElement]
    told: dict[HtmlElement, list[str]]


def find_lists(
    body: HtmlElement,
    title: HtmlElement | None,
    page: Page,
    places: list[HtmlElement] | None = None,
) -> Found:
    """The dated lists of ``body``, which stays as it is; ``title`` is the page's own headline.

    ``places`` are the elements in which an editor says that they are, if somebody does.
    """
    seen, addresses = marks.find_marks(body, title, page.base, page.settled)
    if places is not None:
        seen = marks.within(seen, places)
    if not seen.days or not seen.links:
        return Found((), [], timed.find_timed(body, ()), [], {})
    said = headlines.Headlines(seen.links, seen.titles)
    own = {title, *title.iterancestors()} if title is not None else set()
    found = items.find_lists(seen, said, own | {body, *body.iterancestors()})
    found = [one for one in found if elsewhere.is_list(one) and not structure.has_one_moment(one)]
    if places is None and (page.is_article or articles.is_shown(title, found)):
        least = 1 if page.is_article else articles.CHAPTER
        found = [one for one in _without_prose(found, body, least) if not _is_of_text(one, own)]
    rules = elsewhere.Rules(page, addresses, dom.line_in(title) if title is not None else "")
    dropped: list[Dropped] = []
    findings: list[Problem] = []
    stories: dict[str, Story] = {}
    titles: dict[str, str] = {}
    told: dict[HtmlElement, list[str]] = {}
    found = [one for one in found if not all(map(rules.is_of_page, one.items))]
    latest = [structure.latest_day(one) for one in found]
    two = sorted({day for day in latest if day is not None})[-2:]
    for own_day, one in zip(latest, found, strict=True):
        others = next((day for day in reversed(two) if day != own_day), None)
        why = rules.why_no_list(one, others)
        shown = numbers.without_numbers([said.of_story(item.links) for item in one.items])
        for item, words in zip(one.items, shown, strict=True):
            no_story = why or rules.why_no_story(item, words)
            known_words = told.setdefault(item.element, [])
            known_words += [words, *_shown_date(item)]
            if no_story:
                if no_story != elsewhere.OWN_PAGE:
                    dropped.append(Dropped(dom.line_of(item.links[0].element), words, no_story))
                continue
            story = _story(item, words, page, findings)
            key = titles.setdefault(words.casefold(), item.links[0].key)
            known = stories.get(key)
            if known is None or (known.published is None and story.published is not None):
                stories[key] = story
            elif known.title != words:
                known_words.remove(words)
    findings += timed.find_timed(body, told)
    elements = _elements(found, own | {body}, dropped)
    return Found(tuple(stories.values()), dropped, findings, elements, told)


def take_out(found: Found) -> list[Dropped]:
    """Takes the elements of the lists out of their tree; what else they held, by name."""
    headings = {one.text for one in found.dropped if one.rule == rest.HEADING}
    beside = rest.named(found.elements, found.told, headings)
    for element in found.elements:
        if days.is_dated(element.tail or ""):
            element.tail = None
        dom.remove(element)
    return beside


def _shown_date(item: structure.Item) -> list[str]:
    """How people read the date of an item, where it stands alone."""
    element = item.day.element if item.day is not None else None
    if element is None or element is item.element or next(element.iter("a"), None) is not None:
        return []
    return [dom.line_in(element)]


def _story(item: structure.Item, words: str, page: Page, findings: list[Problem]) -> Story:
    link = item.links[0]
    line = dom.line_of(link.element)
    evidence = {"title": Evidence(page.path, line, "headline in the dated list")}
    published: StatedDate | None = None
    date = item.day.date if item.day is not None else None
    if item.day is not None and isinstance(date, StatedDate):
        published = date
        when = dom.line_of(item.day.element)
        evidence["published"] = Evidence(page.path, when, "date of the headline in the list")
    else:
        what = f"'{dom.shortened(words)}' in the list has no date and is left out"
        code, value = "list-undated", ""
        if isinstance(date, resolve.Impossible):
            what = f"'{date.text}' is no day of the calendar; the headline is left out"
            code, value = "list-impossible-date", date.text
        remedy = "write its date in full"
        findings.append(Problem(code, what, line, remedy, weight="loss", value=value))
    url = urls.from_page(page.base, link.written)
    if url:
        evidence["url"] = Evidence(page.path, line, "link of the headline")
    return Story(
        kind="headline", title=words, line=line, published=published, url=url, evidence=evidence
    )


def _without_prose(
    found: list[structure.List], body: HtmlElement, least: int
) -> list[structure.List]:
    """The lists without those that would take most of the page's prose.

    Items of fewer than ``least`` long paragraphs take none.
    """
    total = sum(map(len, articles.prose(body)))
    told = [[_told_at_length(element) for element in one.elements] for one in found]
    sizes = [sum(map(len, chain(*(each for each in one if len(each) >= least)))) for one in told]
    if any(2 * size > total for size in sizes):
        # a text may stand in other elements than paragraphs
        total = max(total, beside.prose_weights(body).get(body, 0))
    return [one for one, size in zip(found, sizes, strict=True) if 2 * size <= total]


def _told_at_length(element: HtmlElement) -> list[str]:
    """The paragraphs of an item of a list that are longer than teasers."""
    return [words for words in articles.prose(element) if len(words) >= _LONGEST_TEASER]


def _is_of_text(one: structure.List, own: set[HtmlElement]) -> bool:
    """Whether the list is told with the article's text: its chronology, a table, its sources.

    ``own``: what holds the headline.
    """
    first, last = one.elements[0], one.elements[-1]
    if one.around is not None and one.around not in own:
        first = last = one.around
    says_so = structure.is_chronology(one) or structure.is_table(one)
    return is_amid_prose(first, last, own, announced=True, sure=says_so)


def _elements(
    found: list[structure.List], barred: set[HtmlElement], dropped: list[Dropped]
) -> list[HtmlElement]:
    """What the lists are of the tree: their items, or what holds little else, and headings."""
    by_place: dict[HtmlElement, dict[HtmlElement, None]] = {}
    elements: dict[HtmlElement, None] = {}
    for one in found:
        if one.around is None or one.around in barred:
            elements |= dict.fromkeys(one.elements)
        else:
            by_place.setdefault(one.around, {}).update(dict.fromkeys(one.elements))
    for around, own in by_place.items():
        if _is_little(around, own):
            elements[around] = None
        else:
            elements |= own
    headings: list[HtmlElement] = []
    for element in elements:
        heading = heading_above(element, barred)
        if heading is not None and heading not in elements:
            words = dom.line_in(heading)
            if is_list_heading(words) or not _goes_on(element, heading, elements):
                dropped.append(Dropped(dom.line_of(heading), words, rest.HEADING))
                headings.append(heading)
    return list(dict.fromkeys((*elements, *headings)))


def _is_little(around: HtmlElement, own: dict[HtmlElement, None]) -> bool:
    """Whether ``around`` holds little else than the list, and no paragraph."""
    rest = 0
    walk = etree.iterwalk(around, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element in own:
                walk.skip_subtree()
                continue
            rest += len((element.text or "").strip())
        elif element is not around:
            rest += len((element.tail or "").strip())
        if rest > _LONGEST_REST:
            return False
    return True


def _goes_on(element: HtmlElement, heading: HtmlElement, own: dict[HtmlElement, None]) -> bool:
    """Whether a paragraph follows the element below the same heading."""
    outer = heading.getparent()
    inner: HtmlElement | None = element
    while inner is not None and inner is not outer:
        for after in inner.itersiblings():
            if after.tag in dom.HEADINGS:
                return False
            if after not in own and len(cleaned(dom.string_of(after))) >= dom.PROSE:
                return True
        inner = inner.getparent()
    return False


def undated(links: list[HtmlElement], page: Page) -> tuple[Story, ...]:
    """The headlines of an index that dates none of them; ``links`` are of its headings."""
    addresses = Addresses(page.base, links)
    stories: dict[str, Story] = {}
    for link in links[:_MOST_UNDATED]:
        words = headlines.read(link).text
        address = addresses.absolute(link.get("href") or "")
        if len(words.split()) < _SHORTEST or not address or addresses.is_own_page(address):
            continue
        if not (addresses.is_story(address) and addresses.is_of_site(address)):
            continue
        line = dom.line_of(link)
        evidence = {"title": Evidence(page.path, line, "linked heading of the index")}
        stories.setdefault(
            words.casefold(),
            Story(
                kind="headline",
                title=words,
                line=line,
                url=urls.from_page(page.base, address),
                evidence=evidence,
            ),
        )
    return tuple(stories.values())
