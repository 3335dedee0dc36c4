"""HTML from a page made fit to publish: nh3, and a list of all that may stay.

Rules
- Only the elements and attributes below stay; the text of others is kept, but not that of
  scripts and styles. What is struck out stays struck out. Links lead to http, https, mailto
  or tel, images to http or https.
- An address that is relative is resolved against where the page is, if that is known; else the
  link loses its address and the image goes.
- A character reference is a way in as well: what no text is made of is taken out when all are
  read, and not before.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from feeds.text import characters, urls

_INLINE = {"a", "em", "strong", "b", "i", "img", "br", "code", "sub", "sup"}
_MEANT = {"del", "s", "ins", "q", "cite", "abbr", "ruby", "rt", "rp"}
_LISTS = {"ul", "ol", "li", "dl", "dt", "dd"}
_TABLES = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
_BLOCKS = {"p", "blockquote", "h2", "h3", "h4", "figure", "figcaption", "hr", "pre"}
# nobody is given the attributes that nh3 lets any element have, unless it is told
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href"},
    "img": {"src", "alt"},
    "abbr": {"title"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "*": set(),
}
_NUMBERS = {"start": 5, "value": 5, "colspan": 2, "rowspan": 3}
"""Attributes that are numbers, and how many digits these have at most."""
_STRIKE = re.compile(r"<(/?)strike(?=[\s/>])", re.IGNORECASE)
"""What HTML once had for ``s``: nh3 would keep the words, and not that they are struck out."""
_START_TAG = re.compile(r'<([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*)>')
_ANY_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_CLOSED_BY_ITSELF = re.compile(
    "area|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|tr|td|th|option",
    re.IGNORECASE,
)
_DEEPEST = 200
_HEAVIEST = 10**10
"""What a text weighs is its length, times how often it has one of ``_HEAVY``: as nh3 feels it."""
_HEAVY = ("&", "\u00a0")
_MOST_REFERENCES = 20_000
"""Each costs nh3 as much as all text before it: where there are more, characters stand for them."""
_TAG_OR_REFERENCE = re.compile("<[^<>]*>|&(?:amp|lt|gt|nbsp);|\u00a0|&(?![#\\w])")
_STANDING_FOR = {
    "&amp;": "\ufdd0",
    "&": "\ufdd0",
    "&lt;": "\ufdd1",
    "&gt;": "\ufdd2",
    "&nbsp;": "\ufdd3",
    "\u00a0": "\ufdd3",
}
_STOOD_FOR = {"\ufdd0": "&amp;", "\ufdd1": "&lt;", "\ufdd2": "&gt;", "\ufdd3": "&nbsp;"}
_TO_PEOPLE = ("mailto:", "tel:")
_UNLINKED = re.compile(r"<a>(.*?)</a>", re.DOTALL)


def clean(fragment: str, base: str = "") -> str:
    """``fragment`` with nothing in it but what readers may be given.

    ``base`` is the absolute URL of the page, empty if it is not known. Never raises. What is
    nested more deeply than anybody writes, or has hundreds of thousands of references to letters in
    one text, comes to nothing: it would take hours to clean.
    """
    has_many = sum(map(fragment.count, _HEAVY)) > _MOST_REFERENCES
    if has_many:
        fragment = _TAG_OR_REFERENCE.sub(_stand_in, fragment)
    if _is_too_deep(fragment) or _is_too_heavy(fragment):
        return ""
    import nh3  # late: text pages need no HTML

    def checked(tag: str, name: str, value: str) -> str | None:
        if name in ("alt", "title"):
            return " ".join(value.split())
        value = value.strip()
        if name in ("reversed", "type"):
            return _of_list(name, value)
        if name in _NUMBERS:
            digits = value.removeprefix("-")
            return value if digits.isdecimal() and len(digits) <= _NUMBERS[name] else None
        if tag == "a" and value.lower().startswith(_TO_PEOPLE):
            return value
        return urls.absolute(base, value)

    cleaned = nh3.clean(
        _STRIKE.sub(r"<\1s", fragment),
        tags=_INLINE | _MEANT | _LISTS | _TABLES | _BLOCKS,
        attributes=_ATTRIBUTES,
        attribute_filter=checked,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    if has_many:
        for character, reference in _STOOD_FOR.items():
            cleaned = cleaned.replace(character, reference)
    cleaned = characters.allowed_in_markup(cleaned)
    # whole tags are matched one after the other, so that no quoted text is taken for one
    without = _START_TAG.sub(lambda match: "" if _is_bare_image(match) else match[0], cleaned)
    return _UNLINKED.sub(r"\1", without).strip()


def narrowed(fragment: str, tags: Collection[str]) -> str:
    """``fragment``, which is clean, without all elements but ``tags``; their text is kept."""
    import nh3  # late: as above

    return nh3.clean(
        fragment,
        tags=set(tags),
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    ).strip()


def _of_list(name: str, value: str) -> str | None:
    """What an ordered list may say of itself: that it counts down, or in letters."""
    if name == "reversed":
        return ""
    return value if value in ("a", "A", "i", "I") else None


def _stand_in(part: re.Match[str]) -> str:
    return _STANDING_FOR.get(part[0], part[0])


def _is_too_deep(fragment: str) -> bool:
    depth = 0
    for tag in _ANY_TAG.finditer(fragment):
        if not _CLOSED_BY_ITSELF.fullmatch(tag[2]):
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > _DEEPEST:
                return True
    return False


def _is_too_heavy(fragment: str) -> bool:
    return any(len(part) * sum(map(part.count, _HEAVY)) > _HEAVIEST for part in fragment.split("<"))


def _is_bare_image(tag: re.Match[str]) -> bool:
    return tag[1] == "img" and ' src="' not in tag[2]
