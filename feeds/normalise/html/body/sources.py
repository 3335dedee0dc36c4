"""Where a picture is: of all addresses that an ``img`` may have, the one that counts.

Rules
- The largest counts: of a ``srcset`` the widest or densest, unless the picture is wider than that.
- What a script would load counts more than what stands there until then.
- The address of a file that was saved with the page counts only where there is no other.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from feeds.text import saved_pages

_ADDRESSES = ("data-src", "data-original", "data-lazy-src", "data-url", "src")
_SETS = ("data-srcset", "srcset", "data-lazy-srcset")
_INLINE_PICTURE = 2000
"""So many characters of a ``data:`` address are more than fill a gap until the picture is there."""
_DENSEST = 10
"""Above this a number in a ``srcset`` is a width."""


def is_saved(address: str) -> bool:
    """Whether ``address`` is that of a file which was saved with the page."""
    if address.startswith("data:"):
        return True
    if "://" in address or address.startswith("/"):
        return address.startswith("file:")
    folder = address.removeprefix("./").partition("/")[0]
    return "/" in address and bool(saved_pages.page_of(unquote(folder)))


def file_name(address: str) -> str:
    """What the file at ``address`` is called, to tell somebody which it is."""
    if address.startswith("data:"):
        return address[: address.find(",")][:30]
    try:
        return unquote(urlsplit(address).path.rpartition("/")[2])
    except ValueError:
        return address


def source_of(image: HtmlElement) -> str:
    """The address of a picture, the largest where there are several, lazy ones included.

    One of a saved file only if there is no other.
    """
    outer = image.getparent()
    sources = [image]
    while outer is not None and outer.tag == "source":  # to the parser, source has contents
        sources.append(outer)
        outer = outer.getparent()
    if outer is not None and outer.tag == "picture":
        sources += [source for source in outer.iter("source") if source not in sources]
    single = [(image.get(name) or "").strip() for name in _ADDRESSES]
    single = [one for one in single if one and not (one.startswith("data:") and _is_small(one))]
    own = next((one for one in single if not is_saved(one)), "")
    width = (image.get("width") or "").strip()
    for name in _SETS:
        for element in sources:
            address, size = _largest(element.get(name) or "")
            if address and own and width.isdecimal() and size < int(width[:9]) and size > _DENSEST:
                continue
            if address:
                return address
    return own or next(iter(single), "")


def _is_small(address: str) -> bool:
    return len(address) < _INLINE_PICTURE or address.startswith("data:image/svg")


def _largest(srcset: str) -> tuple[str, float]:
    """The candidate of a ``srcset`` with the largest width or density, and that."""
    best, most = "", -1.0
    for candidate in re.split(r",\s+|,(?=https?:|/)", srcset[:10_000]):
        address, _, size = candidate.strip().partition(" ")
        number = re.match(r"\d+(?:\.\d+)?", size.strip())
        value = float(number[0]) if number and len(number[0]) < 10 else 0.0
        if address and not is_saved(address) and value > most:
            best, most = address, value
    return best, most
