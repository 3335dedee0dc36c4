"""JSON-LD: which of a page's nodes is its article, and what that says.

Rules
- A node counts as the article's only if it stands by itself, in a list or in a ``@graph``:
  one that is nested in another's list is somebody else's.
- It counts only if it is of this very page: its URL is the page's, or its headline is stated
  elsewhere on the page too. One that has neither says whose it is by standing alone.
- Of several articles it is the one with the page's URL, else with its headline. If none is, or
  the script isn't valid JSON, that is reported, and nothing is taken from it.
- Headlines, names and descriptions are texts: markup and references in them are decoded.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from feeds.model.problem import Problem
from feeds.normalise.html import dom
from feeds.normalise.html.claims import agreement
from feeds.text import characters

_KINDS_NAMES = (
    "Article NewsArticle AdvertiserContentArticle AnalysisNewsArticle "
    "AskPublicNewsArticle BackgroundNewsArticle OpinionNewsArticle ReportageNewsArticle "
    "ReviewNewsArticle SatiricalArticle ScholarlyArticle TechArticle Report BlogPosting "
    "LiveBlogPosting SocialMediaPosting"
)
_KINDS = frozenset(_KINDS_NAMES.split())
MEDIA = frozenset(("VideoObject", "AudioObject"))
_EPISODES = frozenset(("PodcastEpisode", "RadioEpisode", "TVEpisode", "Episode"))
_RECORDED = ("associatedMedia", "audio", "video")
LISTS = frozenset(("CollectionPage", "SearchResultsPage", "ItemList", "Blog", "ProfilePage"))
_WRAPPING = re.compile(
    r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?://\s*)?(?:-->|\]\]>)\s*;?\s*$"
)
_MOST_NODES = 2000
_LONGEST = 2000
_MOST_COMPARED = 50
_STRUCK = re.compile(r"<(del|s|strike)\b[^<>]*>[^<>]*</\1\s*>", re.IGNORECASE)
_REFERENCE = re.compile(
    r"&(?:#\d{2,5}|#x[0-9a-f]{2,5}|[a-z]{2,8});|<([bi]|em|strong|span)>.*?</\1>"
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")

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
    """The article's node with its script, all types on the page, named nodes, and doubts.

    ``media`` are recordings that stand by themselves, each with its script.
    """

    article: Node | None
    script: Script
    types: frozenset[str]
    names: dict[str, Node]
    findings: tuple[Problem, ...]
    media: tuple[tuple[Node, Script], ...] = ()


def _recordings(node: Node, kinds: set[str]) -> list[Node]:
    """``node`` if it is a recording; those of an episode, at the address that it has."""
    if kinds & MEDIA:
        return [node]
    if not (kinds & _EPISODES and strings(node.get("url"))):
        return []
    values = [node.get(key) for key in _RECORDED]
    parts = [part for value in values for part in (value if isinstance(value, list) else [value])]
    return [{**part, "mainEntityOfPage": node["url"]} for part in parts if isinstance(part, dict)][
        :_MOST_COMPARED
    ]


def find_jsonld(root: HtmlElement, titles: set[str], addresses: set[str]) -> JsonLd:
    """What the page's JSON-LD holds.

    ``titles`` are all that the page is called elsewhere, ``addresses`` those that it gives itself.
    """
    findings: list[Problem] = []
    articles: list[tuple[Node, Script]] = []
    media: list[tuple[Node, Script]] = []
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
            kinds = {re.split("[/:#]", kind)[-1] for kind in strings(node.get("@type"))}
            types |= kinds
            if isinstance(node.get("@id"), str):
                names.setdefault(node["@id"], node)
            if kinds & _KINDS:
                articles.append((node, script))
            else:
                media += ((part, script) for part in _recordings(node, kinds))
    chosen = _main(articles, titles, addresses)
    if chosen is None and articles:
        headline = next((words for node, _ in articles for words in _titles(node)), "")
        what = "the JSON-LD" + (f" ('{dom.shortened(headline)}')" if headline else "")
        findings.append(
            Problem(
                "jsonld-unclear",
                f"{what} is about another page, by its address and its headline; it is ignored",
                articles[0][1].line,
            )
            if len(articles) == 1
            else Problem(
                "jsonld-unclear",
                f"the JSON-LD describes {len(articles)} articles, and none of them is this "
                "page's for certain; it is ignored",
                articles[0][1].line,
            )
        )
    article, script = chosen or (None, Script("", 0))
    return JsonLd(article, script, frozenset(types), names, tuple(findings), tuple(media))


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
    own = {_place(address) for address in addresses} - {""}
    by_address = [item for item in articles if own & _addresses(item[0])]
    known = [agreement.key(title) for title in titles]
    by_title = [
        item for item in articles if any(agreement.key(t) in known for t in _titles(item[0]))
    ]
    near = by_title or [
        item
        for item in articles[:_MOST_COMPARED]
        if _is_near(item[0], titles, is_elsewhere=bool(own and _addresses(item[0]) - own))
    ]
    both = [item for item in by_address if item in near]
    for matching in (both, by_address, near):
        # a page may describe its article twice; the fuller description says more
        if matching:
            return max(matching, key=lambda item: len(item[0]))
    if len(articles) == 1:
        node = articles[0][0]
        if not (titles and _titles(node)) and not (own and _addresses(node)):
            return articles[0]
    return None


def _is_near(node: Node, titles: set[str], *, is_elsewhere: bool) -> bool:
    """Whether ``node`` is called like one of ``titles``, and not only as their site.

    ``is_elsewhere``: it has another address, and is another page's if it is called otherwise.
    """
    is_same = agreement.within if is_elsewhere else agreement.near
    longest = [max(agreement.SEPARATOR.split(title), key=len) for title in sorted(titles)]
    return any(is_same(title, other) for title in _titles(node) for other in longest)


def _place(address: str) -> str:
    """What of an address says which page it is; empty if that is a whole site, or none."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if not path and not parts.query:
        return ""
    query = "" if path.rpartition("/")[2] not in ("", "index.php") else f"?{parts.query}"
    return f"{(parts.hostname or '').removeprefix('www.')}{path}{query}"


def _addresses(node: Node) -> set[str]:
    found = {
        _place(address)
        for key in ("url", "mainEntityOfPage", "@id")
        for inner in ("@id", "url")
        for address in strings(node.get(key), inner)
        if "/" in address
    }
    return found - {""}


def _titles(node: Node) -> list[str]:
    return [title for key in ("headline", "name") for title in words(node.get(key))]


def plain(value: str) -> str:
    """The words of a ``value`` that may be markup, or have references in references."""
    text = html.unescape(html.unescape(value[:_LONGEST]))
    return characters.cleaned(_TAG.sub("", _STRUCK.sub("", text)))


def without_references(text: str) -> str:
    """``text``, as it is shown, decoded once more if it has references or markup left in it."""
    return plain(text) if _REFERENCE.search(text) else text


def words(value: Any, inner: str = "name") -> list[str]:
    """The texts in ``value`` as ``strings`` has them, without the markup that is in them."""
    return _texts(value, inner, plain)


def number(value: Any) -> str:
    """The number in ``value``, as it is written; of a quantity its value."""
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.15g}"
    return value if isinstance(value, str) else ""


def strings(value: Any, inner: str = "name") -> list[str]:
    """The texts in ``value``: a text, an object with ``inner`` in it, or a list of such."""
    return _texts(value, inner, lambda text: characters.cleaned(html.unescape(text)))


def _texts(value: Any, inner: str, read: Callable[[str], str]) -> list[str]:
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        text = item.get(inner) if isinstance(item, dict) else item
        if isinstance(text, list):
            text = next((one for one in text if isinstance(one, str)), None)
        if isinstance(text, bool | int):
            text = str(text)
        if isinstance(text, str) and (made := read(text)):
            found.append(made)
    return found
