"""JSON-LD: which of a page's nodes is its article, and what that says.

Rules
- A node counts as the article's only if it stands by itself, in a list or in a ``@graph``:
  one that is nested in another's list is somebody else's.
- Of several articles it is the one whose URL or headline is the page's; if none is, or the
  script isn't valid JSON, that is reported, and nothing is taken from it.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from feeds.model.problem import Problem
from feeds.normalise.html import dom
from feeds.text import characters

_KINDS_NAMES = (
    "Article NewsArticle AdvertiserContentArticle AnalysisNewsArticle "
    "AskPublicNewsArticle BackgroundNewsArticle OpinionNewsArticle ReportageNewsArticle "
    "ReviewNewsArticle SatiricalArticle ScholarlyArticle TechArticle Report BlogPosting "
    "LiveBlogPosting SocialMediaPosting"
)
_KINDS = frozenset(_KINDS_NAMES.split())
LISTS = frozenset(("CollectionPage", "SearchResultsPage", "ItemList", "Blog", "ProfilePage"))
_WRAPPING = re.compile(
    r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?://\s*)?(?:-->|\]\]>)\s*;?\s*$"
)
_MOST_NODES = 2000

Node = dict[str, Any]


class Script(NamedTuple):
    """A script's text and the line on which that begins."""

    text: str
    line: int

    def line_of(self, key: str, value: str = "") -> int:
        """The line of the first ``key`` that has ``value`` near it; else of the first one."""
        first = place = self.text.find(f'"{key}"')
        for _ in range(20):
            if place < 0 or value in self.text[place : place + len(value) + 200]:
                break
            place = self.text.find(f'"{key}"', place + 1)
        place = first if place < 0 else place
        return self.line + (self.text.count("\n", 0, place) if place > 0 else 0)


class JsonLd(NamedTuple):
    """The article's node with its script, all types on the page, named nodes, and doubts."""

    article: Node | None
    script: Script
    types: frozenset[str]
    names: dict[str, Node]
    findings: tuple[Problem, ...]


def find_jsonld(root: HtmlElement, titles: set[str], addresses: set[str]) -> JsonLd:
    """What the page's JSON-LD holds. ``titles`` and ``addresses`` are those of the page itself."""
    findings: list[Problem] = []
    articles: list[tuple[Node, Script]] = []
    types: set[str] = set()
    names: dict[str, Node] = {}
    for element in root.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        script = Script(element.text or "", dom.line_of(element))
        try:
            data = json.loads(_WRAPPING.sub("", script.text), strict=False)
        except (ValueError, RecursionError) as error:
            place = script.line + (
                error.lineno - 1 if isinstance(error, json.JSONDecodeError) else 0
            )
            if script.text.strip():
                findings.append(
                    Problem(
                        "jsonld-invalid",
                        "the JSON-LD is no valid JSON and is ignored",
                        place,
                        "correct it",
                    )
                )
            continue
        for node in _nodes(data):
            kinds = set(strings(node.get("@type")))
            types |= kinds
            if isinstance(node.get("@id"), str):
                names.setdefault(node["@id"], node)
            if kinds & _KINDS:
                articles.append((node, script))
    chosen = _main(articles, titles, addresses)
    if chosen is None and articles:
        what = f"the JSON-LD describes {len(articles)} articles, and none of them is this page's"
        findings.append(
            Problem("jsonld-unclear", f"{what} for certain; it is ignored", articles[0][1].line)
        )
    article, script = chosen or (None, Script("", 0))
    return JsonLd(article, script, frozenset(types), names, tuple(findings))


def _nodes(data: Any) -> list[Node]:
    """The nodes that stand by themselves in ``data``."""
    found: list[Node] = []
    waiting = [data]
    while waiting and len(found) < _MOST_NODES:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += reversed(item)
        elif isinstance(item, dict):
            found.append(item)
            page = item.get("mainEntity")
            waiting += [item.get("@graph"), page if isinstance(page, dict) else None]
    return found


def _main(
    articles: list[tuple[Node, Script]], titles: set[str], addresses: set[str]
) -> tuple[Node, Script] | None:
    if len(articles) == 1:
        return articles[0]
    for known, own in ((addresses, _addresses), (titles, _titles)):
        matching = [item for item in articles if known & own(item[0])]
        # a page may describe its article twice; the fuller description says more
        if matching:
            return max(matching, key=lambda item: len(item[0]))
    return None


def _addresses(node: Node) -> set[str]:
    return {
        address.rstrip("/")
        for key in ("url", "mainEntityOfPage", "@id")
        for address in strings(node.get(key), "@id")
    }


def _titles(node: Node) -> set[str]:
    return {title.casefold() for key in ("headline", "name") for title in strings(node.get(key))}


def strings(value: Any, inner: str = "name") -> list[str]:
    """The texts in ``value``: a text, an object with ``inner`` in it, or a list of such."""
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        plain = item.get(inner) if isinstance(item, dict) else item
        if isinstance(plain, bool | int):
            plain = str(plain)
        if isinstance(plain, str) and (words := characters.cleaned(html.unescape(plain))):
            found.append(words)
    return found
