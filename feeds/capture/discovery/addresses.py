"""The one address of each of a site's stories, and addresses without end.

Rules
- A site is what ``site_url`` says, with or without ``www.``, by http or https; what is below a
  former URL is below ``site_url`` now. What this program serves itself (``feeds_url``) is no page
  of it.
- Of a query the order, and whatever may name a story, stays as the site has it: numbers do,
  whatever they are called.
- A path's letters and its last slash are the site's own.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from feeds.newsroom.site import Site
from feeds.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 2000
_DEEPEST = 12
_MOST_ALIKE = 3
_AHEAD = timedelta(days=400)
_LAST_PAGE = 50
_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_SESSION = re.compile(
    r"(?:(?:php|asp|j|cf)?_?sess(?:ion)?_?(?:id|key|token)?|aspsessionid\w*|cfid|cftoken|zenid|osc?sid)\Z",
    re.IGNORECASE,
)
_SID = re.compile(r"s(?:id)?\Z", re.IGNORECASE)
_TOKEN = re.compile(r"(?=\S*[A-Za-z])(?=\S*\d)[\w-]{16,}\Z")
_IN_PATH = re.compile(r";(?:jsessionid|sid|phpsessid)=[^/;?]*", re.IGNORECASE)
_MONTH = re.compile(r"[/=-]((?:19|20|21)\d\d)[/_.-](0?[1-9]|1[0-2])(?=[/_.&]|-\d|\Z)")
_PAGE = re.compile(
    r"(?:/(?:page|seite|pagina|sayfa|strana|stranica|sehife)[/-]?"
    r"|[?&](?:page|paged|pg|seite|offset|start)=)(\d+)",
    re.IGNORECASE,
)
_CALENDAR = re.compile(
    r"[/?&_-](?:calendar|kalender|calendrier|calendario|taqvim|teqvim|takvim|kalendar)"
    r"(?=[/?&=_-]|\Z)",
    re.IGNORECASE,
)


def story_address(address: str, site: Site) -> str | None:
    """The address at which ``site`` has what ``address`` leads to; None if that is no page of it.

    Addresses of the same page that differ in what is no matter come to the same.
    """
    if len(address) > _LONGEST:
        return None
    url = urls.absolute("", address.strip())
    if url is None:
        return None
    moved = urls.rewritten(url, site.former_urls, site.site_url)
    try:
        found = _tidy(moved, site.site_url)
    except ValueError:
        return None
    if found is None or _is_below(found, site.feeds_url):
        return None
    path = urlsplit(found)
    if urls.is_picture(found) or urls.is_document(found) or urls.is_recording(found):
        return None
    if not path.query and path.path == urlsplit(site.site_url).path:
        return None
    return found


def is_trap(address: str, today: date) -> bool:
    """Whether ``address`` is one of those that a site can make without end.

    A path that goes in circles, a calendar, a page of a list far behind the first, and a day that
    is far ahead of ``today``.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    steps = [step for step in parts.path.split("/") if step]
    if len(steps) > _DEEPEST or _is_circle(steps) or parts.query.count("&") > _DEEPEST:
        return True
    asked = parts.path + (f"?{parts.query}" if parts.query else "")
    if _CALENDAR.search(asked):
        return True
    if (page := _PAGE.search(asked)) and int(page[1][:9]) > _LAST_PAGE:
        return True
    return any(day > today + _AHEAD for day in _days_in(asked))


def _days_in(text: str) -> Iterator[date]:
    for year, month in _MONTH.findall(text):
        yield date(int(year), int(month), 1)


def _is_circle(steps: list[str]) -> bool:
    """Whether a path goes the same way again: three times a name, or twice the same two."""
    if any(steps.count(step) >= _MOST_ALIKE and not step.isdigit() for step in set(steps)):
        return True
    pairs = list(pairwise(steps))
    return any(pair == later for pair, later in zip(pairs, pairs[2:], strict=False))


def _tidy(url: str, site_url: str) -> str | None:
    """``url`` in its one spelling, at the site's own scheme and host; None outside of the site.

    Raises ValueError for what is no URL.
    """
    parts, own = urlsplit(url), urlsplit(site_url)
    if "@" in parts.netloc or _place(parts) != _place(own):
        return None
    path = _IN_PATH.sub("", parts.path) or "/"
    if "/." in path:
        path = urlsplit(urljoin(site_url, path)).path
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _is_junk(pair))
    found = f"{own.scheme}://{own.netloc.lower()}{path}" + (f"?{query}" if query else "")
    found = _ESCAPE.sub(lambda escape: escape[0].upper(), found)
    return found if _is_below(found, site_url) else None


def _place(parts: SplitResult) -> tuple[str, int | None]:
    """Host and port, the usual ones of either scheme being alike."""
    port = parts.port
    return (parts.hostname or "").removeprefix("www."), None if port in (80, 443) else port


def _is_below(url: str, base: str) -> bool:
    one, other = urlsplit(url), urlsplit(base)
    within = other.path if other.path.endswith("/") else f"{other.path}/"
    return _place(one) == _place(other) and f"{one.path}/".startswith(within)


def _is_junk(pair: str) -> bool:
    name, _, value = pair.partition("=")
    if _SESSION.match(name) or (_SID.match(name) and _TOKEN.match(value)):
        return True
    return not value.isdecimal() and _is_of_visitors(name)


@lru_cache(maxsize=4096)
def _is_of_visitors(name: str) -> bool:
    """Whether what is called ``name`` in a query tells of visitors, or where they come from."""
    from courlan import clean_url  # late: most addresses have no query

    return "=" not in (clean_url(f"https://desk.example/a?{quote(name, safe='')}=x") or "=")
