"""Pages that hold no article of their own: indexes, search results, errors, print versions.

Rules
- A page is an index if it shows several headlines and hardly any text of its own. What the
  page says of its kind only moves the line: how much text it takes to be an article.
- An error page has hardly any text, and says in its title or in its ``body`` that nothing was
  found.
- A print version is the page that says so itself: it prints when it is opened, its
  ``body`` is called so, or its address is. Its article has another page.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.claims.jsonld import LISTS
from feeds.normalise.html.claims.metadata import Metadata
from feeds.normalise.words import names, vocabulary
from feeds.normalise.words.patterns import Words, any_of

_PRINT_ADDRESS = re.compile(
    rf"/{names.PRINT}(?:[-_](?:page|version|view))?(?:/|\.\w+$|$)|[?&](?:print(?:able)?=|"
    r"(?:tmpl|view|action|format|mode)=print)",
    re.IGNORECASE,
)
_ERROR_TITLE = Words(
    rf"\b404\b.*(?:error|found|page)|{any_of(vocabulary.ERRORS)}\s+404|\A404\Z|"
    rf"{any_of(vocabulary.NOT_FOUND)}"
)
_PRINTS = re.compile(r"\bprint\s*\(")
_FEW = 3
_ONE_SENTENCE, _SOME_TEXT, _MUCH_TEXT = 45, 300, 1500
_MANY_TEASERS = 6


def index_sign(root: HtmlElement, metadata: Metadata) -> str:
    """How the page says that it is a list; empty if it doesn't."""
    if metadata.is_article:
        return ""
    if kinds := sorted(metadata.types & LISTS):
        return f"JSON-LD {kinds[0]}"
    body = root.find("body")
    called = (body.get("class") or "").lower().split() if body is not None else []
    if not names.STORY.intersection(called) and (own := names.LISTING.intersection(called)):
        return f"body class {sorted(own)[0]}"
    return ""


def error_sign(root: HtmlElement, metadata: Metadata, title: str, text: int) -> str:
    """How the page says that it is what a server shows for a page that it hasn't got."""
    if metadata.is_article or metadata.claims.get("published") or text >= _SOME_TEXT:
        return ""
    body = root.find("body")
    called = dom.names_of(body) if body is not None else ""
    if match := names.ERROR.search(called):
        return f"its body is called {called[match.start() : match.end()].strip()}"
    for words in (title, metadata.first("title element")):
        if _ERROR_TITLE.search(words):
            return f"its title is '{words[:60]}'"
    return ""


def is_index(sign: str, metadata: Metadata, headlines: int, teasers: int, text: int) -> bool:
    """Whether a page is a list.

    ``sign``: of ``index_sign``; ``headlines``: in dated lists; ``teasers``: linked headings;
    ``text``: characters of paragraphs that are neither.
    """
    if metadata.is_article or max(headlines, teasers) < _FEW:
        return False
    if sign:
        return text < _MUCH_TEXT
    stated = metadata.first("type").lower()
    if stated == "article" or metadata.claims.get("published"):
        return text < _ONE_SENTENCE and teasers >= _MANY_TEASERS
    return text < (_SOME_TEXT if stated else _ONE_SENTENCE) and (
        headlines >= _FEW or teasers >= _MANY_TEASERS
    )


def linked_headings(body: HtmlElement, title: HtmlElement | None) -> list[HtmlElement]:
    """The links of headings that lead to other pages."""
    found: list[HtmlElement] = []
    for heading in body.iter("h1", "h2", "h3", "h4"):
        if heading is title:
            continue
        link = next(heading.iter("a"), None)
        outer = heading.getparent()
        if link is None and outer is not None and outer.tag == "a":
            link = outer
        if link is not None and link.get("href"):
            found.append(link)
    return found


def print_sign(root: HtmlElement, addresses: list[str]) -> str:
    """How the page says that it is a print version; empty if it doesn't."""
    body = root.find("body")
    if body is not None:
        if _PRINTS.search(body.get("onload") or ""):
            return "it prints when it is opened"
        for name in ((body.get("class") or "") + " " + (body.get("id") or "")).lower().split():
            if names.PRINT_VERSION.fullmatch(name):
                return f"its body is called {name}"
    for script in root.iter("script"):
        source = (script.text or "").strip()
        if len(source) < 80 and re.fullmatch(r"(?:window\.)?print\(\);?", source):
            return "it prints when it is opened"
    for address in addresses:
        if _PRINT_ADDRESS.search(address):
            return f"its address is {address}"
    return ""
