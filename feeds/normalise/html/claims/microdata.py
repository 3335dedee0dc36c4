"""Microdata: what ``itemprop`` attributes say of the page's article.

Rules
- A property belongs to the nearest ``itemscope`` around it, which has to be an article.
- Of several articles it is the one that holds the headline; else nothing is taken.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.attributes import Attributes
from feeds.normalise.html.claims import agreement
from feeds.normalise.html.claims.metadata import Claim

_ARTICLE = re.compile(r"schema\.org/\w*(?:Article|BlogPosting)\s*$", re.IGNORECASE)
_FIELDS = {
    "headline": "title",
    "datePublished": "published",
    "dateModified": "updated",
    "author": "authors",
    "articleSection": "section",
    "isAccessibleForFree": "access",
    "image": "image",
}
_MOST_INSIDE = 200
"""So far into an author or a picture its name or address is looked for."""
Scopes = dict[HtmlElement, list[tuple[str, Claim]]]


def collect_scopes(attributes: Attributes) -> Scopes:
    """The claims of each article in a page, by the element in its body that is its scope."""
    found: Scopes = {}
    for element in attributes.having("itemscope", "itemprop"):
        is_article = _is_scope(element) and _ARTICLE.search(element.get("itemtype") or "")
        if is_article and element.tag != "html":
            found[element] = []
        properties = element.get("itemprop")
        if not properties or not (fields := _FIELDS.keys() & properties.split()):
            continue
        outer = next(filter(_is_scope, element.iterancestors()), None)
        if outer is None or outer not in found or not (value := _value(element)):
            continue
        for name in sorted(fields, key=properties.split().index):
            claim = Claim(value, dom.line_of(element), f"microdata {name}", "microdata", name)
            found[outer].append((_FIELDS[name], claim))
    return found


def _is_scope(element: HtmlElement) -> bool:
    return element.get("itemscope") is not None


def claims_of_article(found: Scopes, headline: HtmlElement | None) -> list[tuple[str, Claim]]:
    """The claims of the page's own article among ``found``."""
    if headline is None:
        return next(iter(found.values())) if len(found) == 1 else []
    holding = next((element for element in headline.iterancestors() if element in found), None)
    if holding is not None:
        return found[holding]
    # one beside the headline may be of another story
    shown = dom.line_in(headline)
    return next((claims for claims in found.values() if _is_of(claims, shown)), [])


def _is_of(claims: list[tuple[str, Claim]], headline: str) -> bool:
    """Whether a scope's own headline is ``headline``."""
    return any(
        field == "title" and agreement.near(claim.value, headline) for field, claim in claims
    )


def _value(element: HtmlElement) -> str:
    # old templates state a moment as microformats do: in the title of what people read
    for attribute in ("content", "datetime", "src", *(("title",) if element.tag == "abbr" else ())):
        if element.get(attribute):
            return " ".join((element.get(attribute) or "").split())
    if "itemscope" in element.attrib:
        inside = list(islice(element.iterdescendants(), _MOST_INSIDE))
        for name in ("name", "url", "contentUrl"):
            for inner in inside:
                if name in (inner.get("itemprop") or "").split():
                    return " ".join(
                        (inner.get("content") or inner.get("src") or "").split()
                    ) or dom.line_in(inner)
    return dom.line_in(element)[:300]
