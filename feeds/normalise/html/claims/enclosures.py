"""Sound and video that an HTML page states: players, JSON-LD, ``og:video`` and ``og:audio``.

Rules
- A player counts if it stands with the headline and the text: not in a widget, a menu, or another
  story's teaser. The sources of one player are one recording, in the form that most can play.
- So does a link to a file in the article, after all others: it stays a link too.
- JSON-LD counts if it is the article's own, or stands by itself and is at no other page's
  address: what is nested in a list is somebody else's.
- ``og:video`` and ``og:audio`` often name one recording in several forms: the first counts, and
  only where nothing else on the page is one.
- Files of one address are one enclosure, of which each place may tell something else. A file that
  nobody can fetch, or of which nobody says what it is, is left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from itertools import islice
from typing import NamedTuple

import msgspec
from lxml.html import HtmlElement

from feeds.model import Dropped, Enclosure, Evidence, Url
from feeds.normalise.html import dom
from feeds.normalise.html.body import beside
from feeds.normalise.html.claims import jsonld
from feeds.normalise.html.claims.files import LONGEST_TITLE, MOST_LOOKED_AT, File, file_url
from feeds.normalise.html.claims.players import PLAYERS, played
from feeds.normalise.html.claims.stated_files import of_jsonld, of_meta
from feeds.text import media, urls

_OTHERS = frozenset(("article", "aside", "nav", "footer", "form"))
_FEWEST_BLANKS = 2
_MAY_BE_RECORDED = re.compile(
    r"\.(?:mp|m4|og|op|wa|fl|web)\w{1,2}(?:[?#]|\Z)", re.IGNORECASE
).search
"""A dear question, and nearly no link leads to a file: so a cheaper one first."""
_MOST = 10
"""So many enclosures has an article at most."""


class Player(NamedTuple):
    """A recording that people are shown, and the element in which its player stands."""

    file: File
    around: HtmlElement


class Place(NamedTuple):
    """Where the article is: the smallest element that holds it, and headline and text in it.

    ``others`` are elements in it that are something else, ``around`` those in which text stands.
    """

    scope: HtmlElement
    others: Set[HtmlElement]
    around: Set[HtmlElement]


class Found(NamedTuple):
    """The recordings of players and links of a page, wherever these stand; of JSON-LD, ``meta``."""

    players: tuple[Player, ...] = ()
    stated: tuple[File, ...] = ()
    named: tuple[File, ...] = ()
    linked: tuple[Player, ...] = ()


def find_files(
    root: HtmlElement, found: jsonld.JsonLd, base: str, own: set[str], site: str
) -> Found:
    """All recordings of the page, of which nothing is cut out yet.

    ``own`` are the addresses of the page itself, ``site`` is the name of what it belongs to.
    """
    players = [
        Player(file, around)
        for element in islice(root.iter(*PLAYERS), MOST_LOOKED_AT)
        if (around := element.getparent()) is not None
        for file in played(element, base)
    ]
    stated = (_untitled(file, site) for file in of_jsonld(found, base, own))
    return Found(
        tuple(players),
        tuple(islice(stated, MOST_LOOKED_AT)),
        tuple(of_meta(root, base)),
        tuple(islice(_linked(root, base), MOST_LOOKED_AT)),
    )


def of_article(found: Found, article: Place) -> list[File]:
    """The recordings of the article, which is still whole in its tree."""
    shown = [player.file for player in found.players if _belongs(player.around, article)]
    files = [*shown, *found.stated]
    known = {file.enclosure.medium for file in files if file.enclosure}
    for file in found.named:
        if file.enclosure and file.enclosure.medium not in known:
            known.add(file.enclosure.medium)
            files.append(file)
    return [*files, *(link.file for link in found.linked if _belongs(link.around, article))]


def _linked(root: HtmlElement, base: str) -> Iterator[Player]:
    """The recordings that links of the page lead to."""
    for link in root.iter("a"):
        address = link.get("href") or ""
        if not _MAY_BE_RECORDED(address) or not urls.is_recording(address):
            continue
        url, around = file_url(address, base), link.getparent()
        kind = media.sound_or_video(url) if url is not None else ""
        if url is None or not kind or around is None:
            continue
        made = Enclosure(url, kind, title=_words_of(link))
        yield Player(File(url, made, dom.line_of(link), "link of the text to a file"), around)


def _words_of(link: HtmlElement) -> str:
    """What a link says, if that may be a title, as "Download MP3" is none."""
    words = dom.line_in(link)
    is_title = words.count(" ") >= _FEWEST_BLANKS and not urls.is_recording(words)
    return words if is_title and len(words) <= LONGEST_TITLE else ""


def titles_of(files: Iterable[File]) -> dict[Url, str]:
    """What ``files`` are called, by their addresses; the name of a site is no title."""
    titles: dict[Url, str] = {}
    for one in filter(None, (file.enclosure for file in files)):
        if one.title and (" " in one.title or "." not in one.title):
            titles.setdefault(one.url, one.title)
    return titles


def merged(
    files: Iterable[File], path: str
) -> tuple[tuple[Enclosure, ...], Evidence | None, list[Dropped]]:
    """The enclosures that ``files`` are, the evidence of the first, and what was left out."""
    made: dict[Url, Enclosure] = {}
    evidence: Evidence | None = None
    dropped: dict[str, Dropped] = {}
    for file in files:
        one = file.enclosure
        if one is None:
            said = Dropped(file.line, dom.shortened(file.address), f"no file to play ({file.rule})")
            dropped.setdefault(file.address, said)
        elif one.url in made:
            made[one.url] = _both(made[one.url], one)
        elif len(made) < _MOST:
            made[one.url] = one
            evidence = evidence or Evidence(path, file.line, file.rule)
        else:
            said = Dropped(file.line, dom.shortened(one.url), f"more than {_MOST} enclosures")
            dropped.setdefault(one.url, said)
    return tuple(made.values()), evidence, list(dropped.values())


def _both(first: Enclosure, second: Enclosure) -> Enclosure:
    """``first`` with what only ``second`` tells."""
    told = msgspec.structs.asdict(second)
    missing = {
        name: told[name] for name, value in msgspec.structs.asdict(first).items() if not value
    }
    return msgspec.structs.replace(first, **missing)


def _belongs(around: HtmlElement, article: Place) -> bool:
    """Whether what stands in ``around`` is part of the article."""
    for element in (around, *around.iterancestors()):
        if element is article.scope:
            return True
        if element in article.others:
            return False
        if element not in article.around and (element.tag in _OTHERS or beside.is_beside(element)):
            return False
    return False


def _untitled(file: File, site: str) -> File:
    """``file`` without its title, if that is the name of the site."""
    one = file.enclosure
    if one is None or not one.title or one.title.casefold() != site.casefold():
        return file
    return file._replace(enclosure=msgspec.structs.replace(one, title=""))
