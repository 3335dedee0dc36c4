"""Dates, directions and languages for people, by CLDR's data (Babel).

Pure: the same language and date give the same words. A language is a BCP 47 tag; one that CLDR
doesn't know is treated as English.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date

from feeds.model import StatedDate

INTERFACES = ("en", "az", "ru")
"""The languages that the pages' own few texts are there in, see ``translations``."""
_INTERNATIONAL = "en_001"  # "9 January 2026": English without a country is nobody's own
_RIGHT_TO_LEFT = frozenset("Adlm Arab Aran Hebr Mand Nkoo Rohg Samr Syrc Thaa".split())
_LETTERS_OF_SCRIPT = 4
_LETTERS_OF_TERRITORY = 2
_ENOUGH = 3
_DAY = 86400.0


@lru_cache(maxsize=64)
def _locale_of(language: str) -> Locale:
    """What CLDR knows under ``language``, or under its first part."""
    for tag in (language, language.partition("-")[0]):
        try:
            found = Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
        return Locale.parse(_INTERNATIONAL) if str(found) == "en" else found
    return Locale.parse(_INTERNATIONAL)


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way ``language`` is written: as its script is, the one it states or its usual one."""
    return "rtl" if _script(language) in _RIGHT_TO_LEFT else "ltr"


def territorial(language: str) -> str:
    """``language`` with a territory, the one it states or its usual one: ``az_AZ``.

    Empty where that isn't known.
    """
    first, *others = language.split("-")
    stated = [part.upper() for part in others if len(part) == _LETTERS_OF_TERRITORY]
    usual = [part for part in _usual(language)[1:] if len(part) == _LETTERS_OF_TERRITORY]
    return next((f"{first.lower()}_{part}" for part in (*stated, *usual)), "")


def _script(language: str) -> str:
    stated = [part for part in language.split("-")[1:2] if len(part) == _LETTERS_OF_SCRIPT]
    if stated:
        return stated[0].title()
    return next((part for part in _usual(language) if len(part) == _LETTERS_OF_SCRIPT), "")


@lru_cache(maxsize=64)
def _usual(language: str) -> tuple[str, ...]:
    """Language, script and territory that go with ``language``, as far as CLDR knows."""
    first, *others = language.split("-")
    known = get_global("likely_subtags")
    cased = [cased for part in others for cased in (part.upper(), part.title())]
    regional = [f"{first.lower()}_{part}" for part in cased]
    found = next((known[tag] for tag in (*regional, first.lower()) if tag in known), "")
    return tuple(found.split("_"))


def language(tag: str, interface: str) -> str:
    """What the language ``tag`` is called in the language ``interface``."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(interface) or tag
    except (ValueError, UnknownLocaleError):
        return tag


def interface(language: str) -> str:
    """The one of ``INTERFACES`` that a site in ``language`` gets."""
    first = language.lower().partition("-")[0]
    return first if first in INTERFACES else INTERFACES[0]


def day(when: date, language: str) -> str:
    """A day in words: ``9 January 2026``."""
    return format_date(when, "long", _locale_of(language))


def stated(when: StatedDate, language: str) -> str:
    """A stated date in words, no more precise than it was stated: ``9 January 2026, 11:03``."""
    words = day(when.day, language)
    if when.precision == "day":
        return words
    return str(_locale_of(language).datetime_formats["medium"]).format(when.iso[11:16], words)


def rate(moments: Sequence[datetime]) -> tuple[int, Literal["day", "week", "month"]] | None:
    """How many there usually are of what happened at ``moments``, newest first, in what period.

    None for too few to tell.
    """
    if len(moments) < _ENOUGH:
        return None
    days = max((moments[0] - moments[-1]).total_seconds() / _DAY, 1.0)
    daily = (len(moments) - 1) / days
    if daily >= 1:
        return round(daily), "day"
    if daily * 7 >= 1:
        return round(daily * 7), "week"
    return max(round(daily * 30), 1), "month"
