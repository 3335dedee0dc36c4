"""Bylines as elements: which they are, and whom they name, with the addresses of their pages.

Rules
- An element is a byline if its class, id, ``rel`` or ``itemprop`` says so; "metaInfoAuthorList"
  says it as "meta-info-author-list" does. So is a person's name that links to an author's page,
  in a line of its own.
- Links that are called so name one person each. Else elements that follow each other are
  different people if each could be one, and parts of one name if not.
- Elements of its kind that follow a byline name others, so do such within it that are called names.
- Blocks are different things: people, if they are of one kind or items of a list, else what a
  stroke would divide.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise.bylines import authors_in, signed_in
from feeds.normalise.html import dom
from feeds.normalise.people import is_role, parts_of, people_in
from feeds.normalise.words import names, vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.normalise.words.patterns import words_of as table_words
from feeds.text.characters import cleaned

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAME = re.compile(r"(?:^|[\s_-])(?:name|author|fn)(?:$|[\s_-])")
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|profile?s?|people|person|staff|reporters?|by)/"
)
_AUTHORS_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|e|i|a|zy)?|auteurs?|yazar(?:lar)?|reporters?|journalists?"
    r"|skribenter?|forfattere?|contributors?|writers?|columnists?|column?istas?|firmas?|penulis)"
    r"/[^/?#]+/?(?:[?#].*)?$|^(?:https?://[^/]+)?/@[^/?#]+/?(?:[?#].*)?$"
)
_GOES_ON = Words(rf"{any_of(vocabulary.AND)}|&|{'|'.join(table_words(vocabulary.WRITES_FROM))}")
_BREAK = "| "  # a line's end divides less than a block's
_LONGEST, _LONGEST_LINE = 300, 100
_MOST_INSIDE = 60
_MOST_BESIDE, _LONGEST_BETWEEN = 12, 4


def is_byline(element: HtmlElement) -> bool:
    """Whether ``element`` is called a byline, or leads to an author."""
    attributes = element.attrib
    if not attributes:
        return False
    if "author" in attributes.get("rel", "").lower().split():
        return True
    return _is_link_to_author(element) or any(
        _is_name_of_bylines(attributes[name])
        for name in ("class", "id", "itemprop", "data-testid")
        if name in attributes
    )


@lru_cache(maxsize=2000)  # a page calls many things alike, and the header is asked several times
def _is_name_of_bylines(called: str) -> bool:
    return names.BYLINE.search(_HUMP.sub("-", called)) is not None


def _is_link_to_author(element: HtmlElement) -> bool:
    if element.tag != "a" or not _AUTHORS_PAGE.search(element.get("href", "").lower()):
        return False
    block = next((outer for outer in element.iterancestors() if outer.tag in dom.BLOCKS), element)
    return len(dom.line_in(block)) <= _LONGEST_LINE and bool(authors_in(dom.line_in(element)))


def people_from(byline: HtmlElement) -> dict[str, str]:
    """The people of ``byline`` and of the elements of its kind right behind it."""
    found = people_of(byline)
    if not found:
        return found
    for other in islice(byline.itersiblings(), _MOST_BESIDE):
        before = other.getprevious()
        if before is None or len((before.tail or "").strip()) > _LONGEST_BETWEEN:
            break
        if (other.tag, other.get("class")) == (byline.tag, byline.get("class")):
            more = people_of(other) if is_byline(other) else {}
            found |= {name: at for name, at in more.items() if " " in name and name not in found}
        elif len(dom.line_in(other)) > _LONGEST_BETWEEN:
            break
    return found


def people_of(byline: HtmlElement) -> dict[str, str]:
    """The people whom ``byline`` names, with the addresses of their pages if it links to them."""
    links = [link for link in byline.iter("a") if _leads_to_author(link)]
    if links:
        found = {
            name: link.get("href", "")
            for link in islice(links, _MOST_INSIDE)
            for name in people_in(words_of(link))
        }
        if found:
            return found
    words = words_of(byline)
    if len(several := _people_apart(byline)) > 1:
        return several
    if len(words) > _LONGEST_LINE:  # it goes on with what there is to say of somebody
        words = words.split("|")[0].strip()
    alone = [part.strip() for part in parts_of(words)]
    addresses = addresses_in(byline)
    return {
        name: addresses.get(name, "")
        for name in signed_in(words) or people_in(words)
        # a single word may be a label, unless another introduces it
        if " " in name or name not in alone or not name.isascii() or name.isupper()
    }


def _people_apart(byline: HtmlElement) -> dict[str, str]:
    """The people whom elements of one kind, called names within ``byline``, name one by one."""
    kinds: dict[tuple[object, ...], dict[str, str]] = {}
    for element in islice(byline.iterdescendants(), _MOST_INSIDE):
        called = element.get("class") or ""
        if called and _NAME.search(_HUMP.sub("-", called)):
            found = people_in(words_of(element))
            if len(found) == 1:
                at = addresses_in(element).get(found[0], "")
                kind = element.getparent(), element.tag, called
                kinds.setdefault(kind, {})[found[0]] = at
    return max(kinds.values(), key=len, default={})


def addresses_in(byline: HtmlElement) -> dict[str, str]:
    """Where the links of ``byline`` lead, by the name that each of them is."""
    found: dict[str, str] = {}
    for link in islice(byline.iter("a"), _MOST_INSIDE):
        address = link.get("href", "")
        if address and not address.lower().startswith(("mailto:", "#", "javascript:")):
            found.setdefault(dom.line_in(link), address)
    return found


def _leads_to_author(link: HtmlElement) -> bool:
    if "author" in (link.get("rel") or "").lower():
        return True
    return bool(_PROFILE.search((link.get("href") or "").lower())) and bool(dom.line_in(link))


def words_of(byline: HtmlElement) -> str:
    """The words of ``byline``, with signs between what is divided by elements alone."""
    if not len(byline):
        return cleaned(byline.text or "")
    words = ""
    sign = ""
    before = ""
    walk = etree.iterwalk(byline, events=("start", "end"))
    for number, (event, node) in enumerate(walk):
        if number > 2 * _MOST_INSIDE or len(words) > _LONGEST:
            break
        if node is not byline and (event == "start" or node.tag != "time"):
            sign = _stronger(sign, _sign_of(node))
        text = (node.text if event == "start" else node.tail if node is not byline else "") or ""
        if cleaned(text):
            if sign != "|" and words and _goes_on(text):
                sign, text = "", f" {text}"
            if words and not sign and _could_be_two(before, text):
                sign = ","
            words += f" {sign[0]} {text}" if sign else text
            before, sign = text, ""
        elif text:
            words += " "
            before += " "
    return cleaned(words)


def _sign_of(block: HtmlElement) -> str:
    """What divides ``block`` from what stands beside it; nothing if it is none."""
    if block.tag == "time":
        return "|"
    if block.tag == "br":
        return _BREAK
    if block.tag not in dom.BLOCKS:
        return ""
    if block.tag == "li":
        return ","
    beside = [block.getprevious(), block.getnext()]
    kinds = {(one.tag, one.get("class")) for one in beside if one is not None}
    return "," if (block.tag, block.get("class")) in kinds else "|"


def _stronger(one: str, other: str) -> str:
    return max(one, other, key=("", ",", _BREAK, "|").index)


def _goes_on(text: str) -> bool:
    """Whether ``text``, of an element or a line, goes on with what stands before it: "and"."""
    first, _, behind = text.lstrip().partition(" ")
    return (
        bool(behind.strip()) and not first[:1].isupper() and _GOES_ON.fullmatch(first) is not None
    )


def _could_be_two(one: str, other: str) -> bool:
    """Whether two texts of different elements are two people, and not the parts of a name."""
    if one.rstrip().endswith((",", ";", "&", "|", "/", ":")):
        return False
    begun = other.lstrip()[:1]
    if begun == "@" or (begun.isalpha() and " " in one.strip() and is_role(cleaned(other))):
        return True
    if not (one[-1:].isspace() or other[:1].isspace()):
        return one[-1:].isalpha() and other[:1].isalpha() and not other[:1].islower()
    if len(one.split()) < 2 or len(other.split()) < 2:
        return False
    full = [people_in(text) for text in (one, other)]
    return all(len(names_in) == 1 and " " in names_in[0] for names_in in full)
