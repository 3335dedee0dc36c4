"""Where the files of a page's folder came from: whoever saves a page "complete" loses that.

Rules
- A file's original is an address on the page that ends in its name: in the link around the
  picture, or wherever else there is exactly one. Nothing is put together of a name and a site.
- Browsers give files of one name a number in brackets; then it can't be told which it was.
"""

from __future__ import annotations

import re
from functools import cached_property
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from feeds.model import Url
from feeds.text import urls

_ADDRESS = re.compile(r"https?:(?:\\?/){2}[^\s\"'<>()\\]{1,500}(?:\\/[^\s\"'<>()\\]{1,500}){0,20}")
_MOST = 20_000


class Originals:
    """The addresses of pictures that a page has, by the names of their files."""

    def __init__(self, markup: str) -> None:
        self._markup = markup

    def find(self, image: HtmlElement, address: str) -> Url | None:
        """The original of ``image``, whose file was saved as ``address``; None if unknown."""
        outer = image.getparent()
        while outer is not None and outer.tag in ("picture", "source", "span", "div", "figure"):
            outer = outer.getparent()
        if outer is not None and outer.tag == "a":
            linked = urls.absolute("", outer.get("href") or "")
            if linked and urls.is_picture(linked):
                return linked
        found = self._by_name.get(_name_of(address), {})
        return next(iter(found.values())) if len(found) == 1 else None

    @cached_property
    def _by_name(self) -> dict[str, dict[str, Url]]:
        """By name and by address without a query, in which there is but a size."""
        found: dict[str, dict[str, Url]] = {}
        for count, match in enumerate(_ADDRESS.finditer(self._markup)):
            if count > _MOST:
                break
            url = urls.absolute("", match[0].replace("\\/", "/").replace("&amp;", "&"))
            name = _name_of(url) if url else ""
            if url and urls.is_picture(name):
                found.setdefault(name, {}).setdefault(url.partition("?")[0], url)
        return found


def _name_of(address: str) -> str:
    """The name of the file at ``address``; empty for none."""
    if address.startswith("data:"):
        return ""
    try:
        return unquote(urlsplit(address).path.rpartition("/")[2])
    except ValueError:
        return ""
