"""What a site is called, where nothing but the window's title says so.

Rules
- The title element as a whole is the site's name, not the page's, if a link to the site's home page
  is called so, or whoever holds its copyright, or the heading above an article that has a heading
  of its own. What the metadata calls the article is no site's name.
- A part at an end of the window's title, or a title by itself, is it too if a link to the home page
  is called so.
- Some write the headline where the name of a program belongs.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.claims import agreement, heading
from feeds.normalise.html.claims.home import is_home
from feeds.normalise.html.claims.metadata import Claim, Metadata

_OF_A_PROGRAM = "application-name"
_COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
_MOST_WORDS, _MOST_LINKS, _MOST_TEXTS, _LONGEST = 5, 300, 20000, 200


def with_site(stated: Metadata, body: HtmlElement) -> Metadata:
    """What is ``stated``, and the name of the site if the title element of a page is only that."""
    title = next(iter(stated.claims.get("title element", ())), None)
    if title is None:
        return stated
    own = agreement.key(title.value)
    is_long = len(title.value.split()) > _MOST_WORDS
    named = stated.claims.get("site", [])
    sites = [
        claim
        for claim in named
        if agreement.key(claim.value) != own or not (is_long or claim.name == _OF_A_PROGRAM)
    ]
    if sites != named:
        stated = stated._replace(claims={**stated.claims, "site": sites})
    if not own or sites:
        return stated
    if part := _part_that_leads_home(stated, title, body):
        return stated._replace(claims={**stated.claims, "site": [part]})
    if is_long:
        return stated
    if any(own in agreement.key(claim.value) for claim in stated.claims.get("title", ())):
        return stated
    if _is_home(body, own) or _holds_copyright(body, own) or _is_above_article(body, own):
        return stated._replace(claims={**stated.claims, "site": [title]})
    return stated


def _part_that_leads_home(stated: Metadata, title: Claim, body: HtmlElement) -> Claim | None:
    """What of the titles, at an end of one or as another, is what a link to the home page says."""
    parts = agreement.SEPARATOR.split(title.value)
    front, colon, _ = title.value.partition(": ")
    outer = (parts[0], parts[-1]) if len(parts) > 1 else ()
    ends = [title._replace(value=end) for end in (*outer, *((front,) if colon else ()))]
    others = [one for one in stated.claims.get("title", ()) if one.value != title.value]
    bare = (
        one for one in islice(body.iter("h1"), _MOST_WORDS) if next(one.iter("a"), None) is None
    )
    headlines = {agreement.key(dom.line_in(one)) for one in bare}
    for claim in (*ends, *others):
        name = agreement.key(claim.value) if len(claim.value.split()) <= _MOST_WORDS else ""
        if name and name not in headlines and _is_home(body, name):
            return claim
    return None


def _is_home(body: HtmlElement, name: str) -> bool:
    for link in islice(body.iter("a"), _MOST_LINKS):
        if is_home(link.get("href") or ""):
            called = (dom.line_in(link), *((image.get("alt") or "") for image in link.iter("img")))
            if name in map(agreement.key, called):
                return True
    return False


def _holds_copyright(body: HtmlElement, name: str) -> bool:
    texts = (text for text in islice(body.itertext(), _MOST_TEXTS) if len(text) <= _LONGEST)
    seen = (text for text in texts if not text.isspace())
    return any(_COPYRIGHT.search(text) and name in agreement.key(text) for text in seen)


def _is_above_article(body: HtmlElement, name: str) -> bool:
    """Whether the only h1 has this ``name``, and stands in a header outside of the article."""
    headings = list(islice(body.iter("h1"), 2))
    if len(headings) != 1 or agreement.key(dom.line_in(headings[0])) != name:
        return False
    outer = {one.tag for one in headings[0].iterancestors()}
    is_apart = "header" in outer and not outer & {"article", "main"}
    return is_apart and heading.first_of_article(body) is not None
