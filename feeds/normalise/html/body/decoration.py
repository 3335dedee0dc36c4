"""Pictures that show nothing of a story: counters, fillers, icons, faces, other stories.

Rules
- A picture of one pixel, or of a known counter, counts readers.
- A picture with a caption is one, whatever it is called. Without one, small pictures, drawings of
  lines, and what is called a logo or an icon aren't; nor are faces beside names, and previews of
  other pages, to which they link.
"""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.words import names
from feeds.text import urls

_WIDTH = re.compile(r"(?:^|;)\s*(?:max-)?(?:width|height)\s*:\s*[0-3](?:px)?\s*(?=;|$)", re.ASCII)
_LARGEST_PIXEL = 3
_LARGEST_ICON = 64
_LONGEST_STYLE = 2000


def is_counter(image: HtmlElement, address: str) -> bool:
    """Whether a picture is there to count readers, or to fill a gap."""
    if _is_within(image, _LARGEST_PIXEL):
        return True
    style = (image.get("style") or "")[:_LONGEST_STYLE]
    return len(_WIDTH.findall(style)) > 1 or bool(names.COUNTER.search(address[:_LONGEST_STYLE]))


def is_decoration(image: HtmlElement, address: str, base: str) -> bool:
    """Whether a picture without a caption at ``address`` shows nothing of the story at ``base``."""
    return (
        is_drawing(image, address)
        or _leads_elsewhere(image, base)
        or any(dom.is_called(outer, names.FACE) for outer in islice(image.iterancestors(), 4))
    )


def is_drawing(image: HtmlElement, address: str) -> bool:
    """Whether a picture at ``address`` is a logo, an icon or the like, by its name or its size."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return False
    if path.lower().endswith(".svg") or _is_within(image, _LARGEST_ICON):
        return True
    return bool(names.DECORATION.search(path[:_LONGEST_STYLE]))


def _leads_elsewhere(image: HtmlElement, base: str) -> bool:
    """Whether ``image`` is in a link to another page, and not to itself in large."""
    link = next(image.iterancestors("a"), None)
    url = urls.absolute(base, link.get("href") or "") if link is not None else None
    if url is None or urls.canonical(url) == urls.canonical(base):
        return False
    return not urls.is_picture(url)


def _is_within(image: HtmlElement, size: int) -> bool:
    """Whether ``image`` says that it is no larger than ``size`` pixels either way."""
    stated = [(image.get(name) or "").strip().removesuffix("px") for name in ("width", "height")]
    return all(one.isdecimal() and int(one[:9]) <= size for one in stated)
