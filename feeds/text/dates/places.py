"""Where a page is from, by its language and its address, and what that settles of its dates.

Rules
- The order of day and month is that of CLDR's short dates in the language and the country.
- Plain ``en`` is no country's: it settles nothing. So does a language of dates that begin with
  the year, and a page whose language and address are of countries that differ in the order.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

from feeds.text.dates import names
from feeds.text.dates.resolve import Settled
from feeds.text.dates.zones import Order, Place

# Domains of countries that whoever likes has his site in.
_ANYWHERE = frozenset("ai am cc co eu fm gg io la ly me nu re sh su to tv ws".split())
_DOMAINS = {"UK": "GB"}
_OPEN = frozenset(("en",))


def settled_in(tags: Sequence[str], address: str) -> Settled:
    """What ``tags``, languages of a page, the most trusted first, and its ``address`` settle."""
    languages = [_divided(tag) for tag in tags if tag]
    language = languages[0][0] if languages else ""
    country = next((found for own, found in languages if own == language and found), "")
    domain = _country_of(address)
    order = _order(language, country or domain) if language else "unsettled"
    if country and domain and _order(language, domain) != order:
        order = "unsettled"
    return Settled(order, place=Place(language, country or domain))


def _divided(tag: str) -> tuple[str, str]:
    """The language and the country of a tag such as ``zh-Hant-TW`` or ``en_GB``."""
    language, *rest = tag.replace("_", "-").split(".")[0].split("-")
    country = next((part.upper() for part in rest if len(part) == 2 and part.isalpha()), "")
    return language.lower(), country


def _country_of(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    domain = host.rpartition(".")[2]
    if len(domain) != 2 or domain in _ANYWHERE:
        return ""
    return _DOMAINS.get(domain.upper(), domain.upper())


def _order(language: str, country: str) -> Order:
    if not country and language in _OPEN:
        return "unsettled"
    orders = _orders()
    return orders.get(f"{language}_{country}") or orders.get(language) or "day first"


@cache
def _orders() -> dict[str, Order]:
    known = names.cldr_names().orders
    return {locale: order for order, locales in known.items() for locale in locales}
