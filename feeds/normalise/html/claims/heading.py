"""The heading that is the article's: where it stands on the page, and its words.

Rules
- It is the one ``h1`` that is no name of a site; of several, the one that the metadata names,
  else the first in an ``article`` or ``main``. Without ``h1``, a lower heading counts if the
  metadata names it, or nearly; or if it begins an article, with a date or a byline below it,
  or the h1 is the site's.
- Not of its words: what is struck out, a time, a sign that links to it, what only screen
  readers are told; a kicker or badge before or behind them, which other sources don't state,
  or which is called so.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.claims import agreement, dated, signed
from feeds.normalise.html.claims.unmarked import find_largest, find_stated
from feeds.normalise.html.labels import is_label
from feeds.normalise.words import is_list_heading, names
from feeds.text.characters import cleaned

_AT_AN_END = re.compile(r"\s*(?:[|–—»:·•-]|\Z)")
_SIGN = re.compile(r"[\s¶#§🔗⚓_]*|\(\d+\)")
_STRUCK = ("del", "s", "strike")
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
    found = _first_within(body, name, is_signed=True) if site else None
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
    if element.tag == "time" or signed.is_byline(element):
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
    home = len(links) == 1 and (links[0].get("href") or "").rstrip("/").count("/") < 3
    return (home and dom.line_in(links[0]) == dom.line_in(heading)) or any(
        outer.tag in ("nav", "aside", "footer") for outer in heading.iterancestors()
    )


class Shown(NamedTuple):
    """The headline that a heading shows, and the labels that stand beside it there."""

    words: str
    labels: tuple[str, ...] = ()


def words_of(heading: HtmlElement, stated: list[str]) -> Shown:
    """The headline in ``heading``; ``stated`` are the titles that other sources give."""
    parts = _parts(heading)
    whole = _joined(parts)
    own = agreement.key(whole)
    keys = {agreement.key(title) for title in stated} - {""}
    if any(own in known for known in keys):
        return Shown(whole)
    for first, last in ((1, 0), (0, 1), (2, 0), (0, 2), (1, 1)):
        some = parts[first : len(parts) - last]
        found = agreement.key(_joined(some))
        if found and any(
            found == known or (len(found) > _LONG and found in known) for known in keys
        ):
            break
    else:
        first = _labels(parts)
        last = _labels(parts[first:][::-1])
        some = parts[first : len(parts) - last]
    labels = (_joined(parts[:first]), _joined(parts[len(parts) - last :]))
    return Shown(_joined(some), tuple(label for label in labels if label))


def _labels(parts: list[_Part]) -> int:
    """How many of ``parts`` are labels, one after the other, before the last."""
    found = (place for place, part in enumerate(parts[:-1]) if not _is_label(part))
    return next(found, max(0, len(parts) - 1))


class _Part:
    """A run of a heading's words and the innermost element that holds nothing else."""

    def __init__(self, words: str, element: HtmlElement, is_whole: bool) -> None:
        self.words, self.element, self.is_whole = words, element, is_whole


def _parts(heading: HtmlElement) -> list[_Part]:
    """The words of ``heading`` by the children of the innermost element that holds them all."""
    while len(heading) == 1 and not cleaned(heading.text or "") + cleaned(heading[0].tail or ""):
        if _is_outside(heading[0]):
            break
        heading = heading[0]
    found = [_Part(heading.text or "", heading, False)]
    for child in heading:
        if child.tag in dom.BLOCKS:
            found.append(_Part(" ", heading, False))
        if not _is_outside(child):
            found.append(_Part(_inner_words(child), child, True))
        if child.tag in dom.BLOCKS:
            found.append(_Part(" ", heading, False))
        found.append(_Part(child.tail or "", heading, False))
    while found and not cleaned(found[0].words):
        found.pop(0)
    while found and not cleaned(found[-1].words):
        found.pop()
    return found


def _inner_words(element: HtmlElement) -> str:
    """The words of ``element``, blanks at its ends included, without what is outside of them."""
    words: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if len(words) > _MOST_INSIDE * 2:
            break
        if node.tag in dom.BLOCKS:
            words.append(" ")
        if event == "start":
            if node is not element and _is_outside(node):
                walk.skip_subtree()
                continue
            words.append(node.text or "")
        elif node is not element:
            words.append(node.tail or "")
    return "".join(words)


def _is_outside(element: HtmlElement) -> bool:
    if element.tag in ("time", *_STRUCK):
        return True
    if dom.is_called(element, names.UNHEARD):
        return True
    return element.tag == "a" and bool(_SIGN.fullmatch(dom.line_in(element)))


def _is_label(part: _Part) -> bool:
    if not part.is_whole:
        return not cleaned(part.words)
    return is_label(cleaned(part.words), part.element)


def _joined(parts: list[_Part]) -> str:
    """The words of ``parts`` in one line; a blank where two lines only seem to be one word."""
    words = ""
    for part in parts:
        glued = words[-1:].isalnum() or words[-1:] in ".:;,!?)»”"
        if words and glued and part.words[:1].isupper() and not words[-1:].isupper():
            words += " "
        words += part.words
    return cleaned(words)
