"""The heading that is the article's: where it stands on the page.

Rules
- It is the one ``h1`` that is no name of a site; of several, the one that the metadata names,
  else the first in an ``article`` or ``main``. Without ``h1``, a lower heading counts if the
  metadata names it, or nearly; or if it begins an article, with a date or a byline below it,
  or the h1 is the site's.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.claims import agreement, dated, signed
from feeds.normalise.html.claims.home import is_home
from feeds.normalise.html.claims.unmarked import find_largest, find_stated
from feeds.normalise.words import is_list_heading
from feeds.text.dates import parse_machine_date

_AT_AN_END = re.compile(r"\s*(?:[|–—»:·•-]|\Z)")
_FEW_WORDS = 4
_LONG = 12
_MOST_INSIDE = 40
_MOST_COMPARED, _MOST_ELEMENTS = 20, 500


def find_headline(body: HtmlElement, known: set[str], site: str) -> HtmlElement | None:
    """The heading that is the article's; ``known`` are the titles (casefolded) of the metadata."""
    name = agreement.key(site)
    known = {title for title in known if agreement.key(title) != name}
    shown = [heading for heading in islice(body.iter("h1"), 200) if dom.line_in(heading)]
    titles = [heading for heading in shown if agreement.key(dom.line_in(heading)) != name]
    titles = [heading for heading in titles if not _is_logo(heading)]
    if own := [heading for heading in titles if not _is_item(heading)]:
        likely = _most_likely(own, known)
        named = _named(body, likely, known)
        return likely if named is None else named
    lower = [heading for heading in islice(body.iter("h2", "h3"), 200) if not _is_link(heading)]
    found = next((heading for heading in lower if _has_known(heading, known)), None)
    if found is not None or titles:
        return titles[0] if found is None else found
    found = _reworded(lower, known)
    if found is None:
        # a site that is called so in its h1 has its headlines in lower ones
        is_site = bool(shown) and not known and not any(map(_is_item, shown))
        found = first_of_article(body, is_signed=not is_site)
    if found is not None:
        return found
    if known:
        return find_stated(body, partial(_is_known, known=known))
    found = _first_within(body, name, is_signed=True) if site or not shown else None
    return find_largest(body, name) if found is None else found


def _named(body: HtmlElement, likely: HtmlElement, known: set[str]) -> HtmlElement | None:
    """The heading that a title names, if the ``likely`` one is only the site's, or nothing's.

    A title names a heading by one of its parts, since others are the site and the section: what
    it has at its end may be only that.
    """
    divided = [agreement.SEPARATOR.split(title) for title in sorted(known)]
    parts = {agreement.key(part) for title in divided for part in title}
    ends = {agreement.key(title[-1]) for title in divided if len(title) > 1}
    wholes = {agreement.key(title) for title in known}
    words = dom.line_in(likely)
    own = agreement.key(words)
    if own in wholes or (own not in ends and any(agreement.near(words, one) for one in known)):
        return None
    least = max(_LONG, len(own) * 3 // 2)
    for heading in islice(body.iter("h1", "h2", "h3"), _MOST_COMPARED):
        found = agreement.key(dom.line_in(heading))
        is_apart = _is_link(heading) or _is_logo(heading) or _is_item(heading)
        if len(found) > least and found in parts | wholes and not is_apart:
            return heading
    return None


def _is_link(heading: HtmlElement) -> bool:
    link = next(heading.iter("a"), None)
    return link is not None and link.get("rel") != "bookmark"


def _reworded(headings: list[HtmlElement], known: set[str]) -> HtmlElement | None:
    """The first of ``headings`` that is another form of one of the ``known`` titles."""
    for heading in islice(headings, _MOST_COMPARED):
        words = dom.line_in(heading)
        if len(words.split()) > _FEW_WORDS and any(
            agreement.near(words, title) for title in sorted(known)
        ):
            return heading
    return None


def first_of_article(body: HtmlElement, *, is_signed: bool = True) -> HtmlElement | None:
    """The heading that begins an article, if a date or a byline below it ``is_signed`` so."""
    for article in islice(body.iter("article", "main"), _MOST_COMPARED):
        found = _first_within(article, "", is_signed=is_signed)
        if found is not None:
            return found
    return None


def _first_within(article: HtmlElement, site: str, *, is_signed: bool) -> HtmlElement | None:
    found: HtmlElement | None = None
    for element in islice(article.iter(), _MOST_ELEMENTS):
        if element.tag in ("h2", "h3") and not (_is_logo(element) or _is_item(element)):
            if found is not None or _is_link(element):
                break  # one of a box, or of several stories
            found = element
        elif element.tag == "h1" and not _is_item(element):
            if agreement.key(dom.line_in(element)) != site:
                break
        elif element.tag == "p" and len(dom.line_in(element)) >= dom.PROSE:
            if found is not None and not is_signed and not is_list_heading(dom.line_in(found)):
                return found
            break
        elif found is not None and _is_signature(element):
            return found
    return None


def _is_signature(element: HtmlElement) -> bool:
    is_moment = element.tag == "abbr" and parse_machine_date(element.get("title") or "") is not None
    if is_moment or element.tag == "time" or signed.is_byline(element):
        return True
    return element.tag in ("p", "div", "span") and dated.is_date_line(element)


def _most_likely(headings: list[HtmlElement], known: set[str]) -> HtmlElement:
    for heading in headings:
        if _is_known(dom.line_in(heading), known):
            return heading
    for heading in headings:
        if _has_known(heading, known):
            return heading
    inside = (
        heading
        for heading in headings
        if any(outer.tag in ("article", "main") for outer in heading.iterancestors())
    )
    return next(inside, headings[0])


def _is_known(words: str, known: set[str]) -> bool:
    folded = words.casefold()
    if not folded:
        return False
    for title in sorted(known):  # the same for every run of the program
        if title == folded or (len(folded) > 20 and title.startswith(folded)):
            return True
        before, found, after = title.partition(folded)
        if found and len(folded) > 5 and not (before and after):
            # the name of the site may be in front of it, or behind
            return bool(_AT_AN_END.match(after or before.rstrip()[-1:]))
    return False


def _has_known(heading: HtmlElement, known: set[str]) -> bool:
    """Whether ``heading``, or a part of it, is one of the ``known`` titles."""
    inner = (one for one in islice(heading.iter(), _MOST_INSIDE) if one.tag != "br")
    return any(_is_known(dom.line_in(one), known) for one in inner)


def _is_item(heading: HtmlElement) -> bool:
    """Whether the heading is one of a list, such as the end of the way to a page."""
    return any(outer.tag == "li" for outer in islice(heading.iterancestors(), 5))


def _is_logo(heading: HtmlElement) -> bool:
    """Whether the heading is a link home, or stands in what can only be navigation."""
    links = list(islice(heading.iter("a"), 2))
    home = len(links) == 1 and is_home(links[0].get("href") or "")
    return (home and dom.line_in(links[0]) == dom.line_in(heading)) or any(
        outer.tag in ("nav", "aside", "footer") for outer in heading.iterancestors()
    )
