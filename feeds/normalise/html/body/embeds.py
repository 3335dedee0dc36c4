"""What a page embeds: players, posts and maps of others, which are links in the text.

Rules
- An embed stands in the tree as an ``img`` with its address in ``EMBED`` and its title as ``alt``:
  so it stays where it is, and is no text before the text is known.
- The link leads to where people watch, listen or read, if the address of the player tells where
  that is: nothing is looked up.
- Its title is the one that the page gives, else its caption, else the name of its site; of a
  player the title in its card, the name of its file if that is made of words, or its kind.
- Advertising, counters, buttons and what nobody sees are no embeds; whatever has an address or a
  title and is none is named. So are the words of what asks for consent in an embed's place.
- An embedded post keeps its words, and gets a link if it has none.
- A card that leads to another page or to a file is a link by its title; what else it says is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement, html_parser

from feeds.model import Dropped, Url
from feeds.normalise.html import dom, visible
from feeds.normalise.html.attributes import Attributes
from feeds.normalise.html.body import cards, sources, watched
from feeds.normalise.html.claims.players import PLAYERS, address_of, medium_of, title_beside
from feeds.normalise.words import names
from feeds.text import characters, urls

EMBED = "data-embed"
"""The attribute that has an embed's address."""
_FRAMES = ("iframe", "embed", "object")
_OF_SERVICES = {
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/video/{}"),
    "amp-facebook": ("data-href", "{}"),
    "amp-iframe": ("src", "{}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-soundcloud": ("data-trackid", "https://api.soundcloud.com/tracks/{}"),
    "amp-twitter": ("data-tweetid", "https://twitter.com/i/status/{}"),
    "amp-vimeo": ("data-videoid", "https://vimeo.com/{}"),
    "amp-youtube": ("data-videoid", "https://www.youtube.com/watch?v={}"),
    "lite-vimeo": ("videoid", "https://vimeo.com/{}"),
    "lite-youtube": ("videoid", "https://www.youtube.com/watch?v={}"),
    "youtube-video": ("src", "{}"),
}
_POSTS = ("data-instgrm-permalink", "data-text-post-permalink", "data-href", "cite")
_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-url", "data-original", "data")
_LATER_ADDRESSES = _ADDRESSES[1:4]
_NOWHERE = ("about:", "blob:", "data:", "javascript:")
_TITLES = ("title", "aria-label", "data-title", "alt")
_PARTS, _WORD = re.compile(r"[\s_+-]+"), re.compile(r"[^\W\d_]{2,20}|\d{1,4}")
_QUERY = re.compile(r"[?#]")
_LONGEST_ADDRESS = 2000
_LONGEST_TITLE = 200
_KINDS = frozenset(("Audio", "Video"))
_MOST = 100
_LONGEST_NOTICE = 600
_NOTICE = "notice in the place of an embed"


class Embeds(NamedTuple):
    """The elements that stand for a page's embeds, and what is no embed."""

    found: list[HtmlElement]
    dropped: list[Dropped]


def mark_embeds(body: HtmlElement, attributes: Attributes) -> Embeds:
    """Puts an ``img`` in the place of each embed in ``body``."""
    for element in attributes.having(EMBED):
        del element.attrib[EMBED]  # it is the page's own, and means something else
    found: list[HtmlElement] = []
    dropped: list[Dropped] = []
    outermost = [
        element
        for element in body.iter(*_FRAMES, *PLAYERS, *_OF_SERVICES)
        if next(element.iterancestors(*PLAYERS, "object", "noscript", "template"), None) is None
    ]
    for element in outermost:
        _mark(element, found, dropped)
    for post in attributes.having(*_POSTS):
        address = _first(post, _POSTS)
        is_post = post.tag in ("blockquote", "div") and _is_post(post, address)
        if is_post and address.startswith(watched.OF_THE_WEB) and _is_within(body, post):
            link = html_parser.makeelement("img")
            link.sourceline = post.sourceline
            post.append(link)
            _replace(link, address, "")
            found.append(link)
    for link in list(body.iter("a")):
        _mark_card(link, found, dropped)
    for notice in attributes.having(*_LATER_ADDRESSES):
        address = _first(notice, _LATER_ADDRESSES)
        is_notice = notice.tag in ("div", "figure") and _is_notice(notice)
        if is_notice and address.startswith(watched.OF_THE_WEB) and _is_within(body, notice):
            dropped.append(_dropped(notice, dom.line_in(notice), address, _NOTICE))
            _replace(notice, address, "")
            found.append(notice)
    return Embeds(found[:_MOST], dropped[:_MOST])


def _is_within(body: HtmlElement, element: HtmlElement) -> bool:
    return element is body or body in element.iterancestors()


def _first(element: HtmlElement, attributes: tuple[str, ...]) -> str:
    """The first of ``attributes`` that says something."""
    return next(filter(None, map(element.get, attributes)), None) or ""


def embed_of(element: HtmlElement) -> str:
    """The address of the embed that ``element`` stands for; empty if it stands for none."""
    return element.get(EMBED) or ""


def left_out(found: list[HtmlElement], scope: HtmlElement) -> Iterator[Dropped]:
    """The embeds in ``found`` that are not in ``scope``."""
    for element in found:
        address = embed_of(element)
        if address and not any(outer is scope for outer in element.iterancestors()):
            yield _dropped(element, element.get("alt") or "", address, "embedded beside the text")


def call(found: list[HtmlElement], titles: Mapping[Url, str], base: str) -> None:
    """Gives those embeds that are called by their kind alone the ``titles`` of their addresses."""
    for element in found if titles else ():
        if (element.get("alt") or "") in _KINDS:
            title = titles.get(urls.from_page(base, embed_of(element)) or Url(""))
            element.set("alt", title or element.get("alt") or "")


def _mark(element: HtmlElement, found: list[HtmlElement], dropped: list[Dropped]) -> None:
    address, title = _address(element), _title(element)
    if _is_unseen(element):
        return
    said = " ".join([address, title, element.get("id") or "", element.get("name") or ""])
    rule = ""
    if names.NO_EMBED.search(said[:_LONGEST_ADDRESS]) or _is_in_advert(element):
        rule = "advertising, counter or button, embedded"
    elif not address or len(address) > _LONGEST_ADDRESS:
        rule = "embedded, without an address"
    if not rule:
        if names.NO_TITLE.fullmatch(title):
            title = _taken_title(element) or title
        if element.tag in PLAYERS and names.NO_TITLE.fullmatch(title):
            title = _file_name(address) or medium_of(element).capitalize()
        _replace(element, watched.place_of(address), title)
        found.append(element)
    elif address or title:
        dropped.append(_dropped(element, title, address, rule))


def _replace(element: HtmlElement, address: str, title: str) -> None:
    element.clear(keep_tail=True)
    element.tag = "img"
    element.set(EMBED, address)
    element.set("alt", title or _name(address))


def _address(element: HtmlElement) -> str:
    if element.tag in PLAYERS and (address := address_of(element)):
        return "" if address.lower().startswith(_NOWHERE) else address
    if made := _OF_SERVICES.get(element.tag):
        value = (element.get(made[0]) or "").strip()
        return made[1].format(value) if value else ""
    for one in (element, *element.iter("source")):
        for name in _ADDRESSES:
            value = (one.get(name) or "").strip()
            if value and not value.lower().startswith(_NOWHERE):
                return value
    return ""


def _title(element: HtmlElement) -> str:
    titles = (characters.cleaned((element.get(name) or "")[:_LONGEST_TITLE]) for name in _TITLES)
    return next(filter(None, titles), "")


def _taken_title(element: HtmlElement) -> str:
    """The title that stands beside ``element``, and no longer does."""
    beside = _caption(element)
    if beside is None and element.tag in PLAYERS:
        beside = title_beside(element)
    if beside is None:
        return ""
    title = dom.line_in(beside)
    dom.remove(beside)
    return title


def _caption(element: HtmlElement) -> HtmlElement | None:
    """The caption of the figure that ``element`` is all of."""
    figure = next(element.iterancestors("figure"), None)
    if figure is None or len(list(islice(figure.iter(*_FRAMES, *PLAYERS, "img"), 3))) > 1:
        return None
    caption = next(figure.iter("figcaption"), None)
    if caption is None or not 0 < len(dom.line_in(caption)) <= _LONGEST_TITLE:
        return None
    return caption


def _file_name(address: str) -> str:
    """The name of the file at ``address``, if it is made of words."""
    name = sources.file_name(address)
    words = _PARTS.split(name.rpartition(".")[0])
    return name if len(words) > 1 and all(map(_WORD.fullmatch, words)) else ""


def _name(address: str) -> str:
    """What an embed without a title is called: its file, if it has one, else its site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    name = unquote(parts.path.rpartition("/")[2])
    is_file = re.search(r"\.[A-Za-z]\w{1,3}$", name) and not name.endswith((".html", ".php"))
    site = (parts.hostname or "").removeprefix("www.")
    return characters.cleaned(name if is_file else site or name or address)


def _is_post(post: HtmlElement, address: str) -> bool:
    """Whether ``post`` is of another site, and without a link that leads to its ``address``."""
    if not names.POST.search(post.get("class") or ""):
        return False
    if any(one.tag == "iframe" or embed_of(one) for one in post.iter("iframe", "img")):
        return False
    own = _bare(address)
    return all(_bare(link.get("href") or "") != own for link in post.iter("a"))


def _mark_card(link: HtmlElement, found: list[HtmlElement], dropped: list[Dropped]) -> None:
    """Puts an embed in the place of ``link``, if that is a card."""
    said = cards.words_of(link)
    if said is None:
        return
    if said.rest:
        dropped.append(Dropped(dom.line_of(link), said.rest, "card of a link, but for its title"))
    _replace(link, link.get("href") or "", said.title)
    found.append(link)


def _bare(address: str) -> str:
    return _QUERY.split(address, maxsplit=1)[0].rstrip("/")


def _is_notice(element: HtmlElement) -> bool:
    """Whether ``element`` stands for an embed until people agree to what that does."""
    called = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(names.CONSENT.search(called)) and len(dom.line_in(element)) <= _LONGEST_NOTICE


def _is_unseen(element: HtmlElement) -> bool:
    sizes = [(element.get(name) or "").strip().removesuffix("px") for name in ("width", "height")]
    return "0" in sizes or sizes == ["1", "1"] or visible.is_hidden(element)


def _is_in_advert(element: HtmlElement) -> bool:
    outer: HtmlElement | None = element
    for _ in range(4):
        outer = outer.getparent() if outer is not None else None
        if outer is None or outer.tag in ("body", "article", "main"):
            return False
        if names.ADVERTISING.search(dom.names_of(outer)):
            return True
    return False


def _dropped(element: HtmlElement, title: str, address: str, rule: str) -> Dropped:
    words = " ".join(filter(None, (title, address)))
    return Dropped(dom.line_of(element), dom.shortened(words), rule)
