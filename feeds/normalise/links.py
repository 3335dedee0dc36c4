"""Where a page of HTML leads, and which of its links are dated headlines of a list.

Rules
- A link is a story's by its address: the rules are those of dated lists (``html/lists``).
- What leads around the site stands in navigation, or has other addresses of the page below it.
- Of a page beyond all measure there are its first links, and no dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import Page, Story
from feeds.model.errors import PageError
from feeds.normalise.html import choices, dom, lists, parsing, visible
from feeds.normalise.html.lists.addresses import Addresses, is_paid
from feeds.normalise.words import names
from feeds.text import urls
from feeds.text.dates.places import settled_in

MOST_LINKS = 20_000
_AROUND = 12


class Link(NamedTuple):
    """A link of a page to a page of its site, with its ``words``.

    ``is_heading``: it is one, or stands in one. ``leads_around``: it stands in navigation, or
    there are other links to what is below it. ``is_next``: it says that it goes on there.
    """

    address: str
    words: str
    is_story: bool
    is_heading: bool
    leads_around: bool
    is_next: bool


class Linked(NamedTuple):
    """The root of a page's tree, what addresses are relative to, links, and dated headlines."""

    root: HtmlElement
    base: str
    links: tuple[Link, ...]
    dated: tuple[Story, ...]


def page_links(page: Page, address: str) -> Linked:
    """Where the HTML ``page`` that was at ``address`` leads; raises PageError if it is no tree."""
    try:
        root, _ = parsing.root_of(page.markup)
    except parsing.NoTreeError as error:
        raise parsing.no_text(page.path) from error
    written = next((one.get("href") for one in root.iter("base") if one.get("href")), "")
    base = urls.absolute(address, written or "") or address
    return Linked(root, base, tuple(_links(root, base)), _dated(page, root.get("lang") or "", base))


def _links(root: HtmlElement, base: str) -> Iterator[Link]:
    elements = list(islice(root.iter("a"), MOST_LINKS))
    addresses = Addresses(base, elements)
    known: dict[HtmlElement, bool] = {}
    for element in elements:
        address = addresses.absolute(element.get("href") or "")
        if is_paid(element) or urls.absolute("", address) is None:
            continue
        if not addresses.is_of_site(address):
            continue
        is_own = addresses.is_own_page(address)
        around = [element, *islice(element.iterancestors(), _AROUND)]
        leads = any(_is_navigation(one, known) for one in around) or addresses.is_section(address)
        yield Link(
            address,
            dom.line_in(element),
            not is_own and addresses.is_story(address),
            any(one.tag in dom.HEADINGS for one in around[:3]),
            not is_own and leads and not addresses.is_service(address),
            "next" in (element.get("rel") or "").lower().split(),
        )


def _is_navigation(element: HtmlElement, known: dict[HtmlElement, bool]) -> bool:
    found = known.get(element)
    if found is None:
        found = element.tag == "nav" or dom.is_called(element, names.NAVIGATION)
        known[element] = found
    return found


def _dated(page: Page, language: str, base: str) -> tuple[Story, ...]:
    try:
        parsed = parsing.parse_html(page)
    except PageError:
        return ()
    choices.mark_choices(parsed.attributes)
    visible.prune(parsed.body, parsed.attributes)
    about = lists.Page(page.path, base, settled=settled_in([language], base))
    return lists.find_lists(parsed.body, None, about).stories
