"""Where a page is and was, made of what front matter and templates say.

Rules
- ``{slug}``, ``{title}``, ``{year}``, ``{month}``, ``{day}``, ``{category}`` and ``{categories}``
  in a template, and what Jekyll and Hugo have with a colon before it (``:year/:title``), stand for
  what the page says; what it doesn't say makes no address.
- A slug is the page's own, else its file's name without the date before it; of ``index.md`` its
  folder's.
- What begins with a slash is below the site's address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from feeds.model import StatedDate, Url
from feeds.text import urls
from feeds.text.file_names import slug_of

_PLACE = re.compile(r"\{(slug|title|year|month|day|category|categories)\}(/?)")
_TOKEN = re.compile(r":([a-z_]+)")
_OTHERS = re.compile(r"[^\w]+|_+")
_STYLES = {
    "pretty": "/:categories/:year/:month/:day/:title/",
    "date": "/:categories/:year/:month/:day/:title.html",
    "none": "/:categories/:title.html",
    "ordinal": "/:categories/:year/:y_day/:title.html",
}
_SLUGS = {"title": "slug"}
"""Jekyll makes no address of a headline."""
_INDEX = re.compile(r"(^|/)index\.html?\Z")
_MOST_FORMER = 50


class Known(NamedTuple):
    """What of a page its address is made of; empty or None where nobody knows it."""

    path: str
    site_url: str
    title: str
    slug: str
    date: StatedDate | None
    categories: tuple[str, ...]


def address_of(text: str, known: Known) -> Url:
    """The address that a template, a permalink or a URL means for a page; raises ValueError."""
    if "{{" in text or "{%" in text or "{{<" in text:
        raise ValueError("it is a template of another program; write the address itself")
    text = _STYLES.get(text, text)
    is_pattern = not urlsplit(text).scheme and ":" in text
    filled = _PLACE.sub(lambda match: _part(match, known), text)
    if is_pattern:
        filled = _TOKEN.sub(lambda match: _filled(_SLUGS.get(match[1], match[1]), known), filled)
        filled = re.sub("/{2,}", "/", f"/{filled.lstrip('/')}")
    return _placed(filled, known.site_url)


def former_addresses(texts: Iterable[str], known: Known) -> tuple[Url, ...]:
    """Those of ``texts`` that are addresses; notes have other names as well, which are none."""
    found: list[Url] = []
    for text in texts:
        if not (text.startswith(("/", "http://", "https://"))):
            continue
        try:
            found.append(_placed(text, known.site_url))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))[:_MOST_FORMER]


def _placed(text: str, site_url: str) -> Url:
    if text.startswith("/") and not text.startswith("//") and site_url:
        below = urlsplit(site_url).path
        rest = text.removeprefix(below) if below != "/" else text[1:]
        text = site_url + rest.lstrip("/")
        text = _INDEX.sub(r"\1", text)
    if found := urls.absolute("", text):
        return found
    return urls.checked(text)


def _part(match: re.Match[str], known: Known) -> str:
    """What stands for a place in a template; no empty folder is left of it."""
    made = _filled(match[1], known)
    return f"{made}{match[2]}" if made else ""


def _filled(name: str, known: Known) -> str:
    make = _MADE.get(name)
    made = make(known) if make else ""
    if made is None or make is None:
        raise ValueError(f"nobody knows its {name.replace('_', ' ')}")
    return quote(made, safe="/")


def _slugified(text: str) -> str:
    return _OTHERS.sub("-", unicodedata.normalize("NFC", text.casefold())).strip("-")


def _of_date(form: str) -> Callable[[Known], str | None]:
    def made(known: Known) -> str | None:
        if known.date is None:
            return None
        if form in {"%H", "%M", "%S"} and known.date.precision == "day":
            return None
        moment = datetime.fromisoformat(known.date.iso)
        text = moment.strftime(form)
        return text.lstrip("0") if form in {"%-m", "%-d"} else text

    return made


def _slug(known: Known) -> str:
    return known.slug or slug_of(known.path)


def _categories(known: Known) -> str:
    return "/".join(filter(None, map(_slugified, known.categories)))


_MADE: dict[str, Callable[[Known], str | None]] = {
    "slug": _slug,
    "title": lambda known: _slugified(known.title) or None,
    "year": _of_date("%Y"),
    "month": _of_date("%m"),
    "day": _of_date("%d"),
    "i_month": _of_date("%-m"),
    "i_day": _of_date("%-d"),
    "short_year": _of_date("%y"),
    "y_day": _of_date("%j"),
    "hour": _of_date("%H"),
    "minute": _of_date("%M"),
    "second": _of_date("%S"),
    "categories": _categories,
    "category": lambda known: _slugified(known.categories[0]) if known.categories else None,
    "sections": lambda known: str(PurePosixPath(known.path).parent).removeprefix("."),
    "section": lambda known: PurePosixPath(known.path).parts[0] if "/" in known.path else "",
    "filename": _slug,
    "contentbasename": _slug,
    "slugorfilename": _slug,
    "slugorcontentbasename": _slug,
    "name": _slug,
    "basename": _slug,
    "output_ext": lambda _: ".html",
}
