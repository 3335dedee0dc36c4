"""In which time zone a newsroom is, as far as its pages and its address tell.

Rules
- It is one of the country that the site's address, or the language of its pages, is of, and has the
  offsets that the pages' own dates have. Where a country has several of that kind, it is the first
  one in the table of the time zone database.
- A clock in UTC says nothing: many programs write that, wherever they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from importlib import resources

from feeds.model import StatedDate
from feeds.text import dates
from feeds.text.dates.places import settled_in


def likely_zone(stated: Iterable[StatedDate], language: str, address: str) -> str:
    """The name of the zone; empty if it isn't clear."""
    moments = [moment for one in stated if (moment := _moment(one))]
    country = settled_in([language] if language else [], address).place.country
    zones = _zones().get(country or _usual_country(language), ())
    if not moments:
        return zones[0] if len(zones) == 1 else ""
    for zone in zones:
        if all(_is_local(moment, zone) for moment in moments):
            return zone
    return ""


def _moment(stated: StatedDate) -> datetime | None:
    """The moment with its offset; None if it has none, or that of UTC."""
    if stated.precision == "day":
        return None
    moment = datetime.fromisoformat(stated.iso)
    return moment if moment.utcoffset() else None


def _is_local(moment: datetime, zone: str) -> bool:
    try:
        return moment.astimezone(dates.zone(zone)).utcoffset() == moment.utcoffset()
    except (OverflowError, KeyError, ValueError):
        return False


@lru_cache(maxsize=1)
def _zones() -> dict[str, tuple[str, ...]]:
    """The zones of each country, by its code, in the order of the database."""
    found: dict[str, tuple[str, ...]] = {}
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text()
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            found[country] = (*found.get(country, ()), zone)
    return found


def _usual_country(language: str) -> str:
    """The country in which most people speak ``language``, as CLDR has it; empty if unknown."""
    from babel.core import get_global  # late: most sites say their country

    likely = get_global("likely_subtags").get(language.partition("-")[0].lower(), "")
    return str(likely).rpartition("_")[2]
