"""What days, months and past times are called, in every language that CLDR knows.

Rules
- Babel has the names, in all their cases; none is written down here. English is
  dateutil's own, so that most pages need no Babel at all.
- Languages that many newsrooms write in are loaded first, all others only for a word that
  none of them knows. A word that means two months in two of those languages means neither.
"""

from __future__ import annotations

import pickle
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from dateutil.parser import parserinfo

Unit = Literal["minute", "hour", "day", "coarse"]

# The first to be asked, for speed alone; the rest of CLDR comes after them.
_FIRST = frozenset(
    "ar az be bg bs ca cs da de el en es et fa fi fr he hr hu hy id is it ja ka kk ko ky lt lv mk "
    "ms nb nl pl pt ro ru sk sl sq sr sv tg tk tr uk uz vi zh".split()
)
_PERIODS = ("am", "pm")
_UNITS: dict[str, Unit] = {
    "minute": "minute", "hour": "hour", "day": "day",
    "week": "coarse", "month": "coarse", "year": "coarse",
}  # fmt: skip

# CLDR names these days, but Babel leaves them out.
_DAYS_AGO = dict.fromkeys(
    "today hoy hoje aujourd’hui oggi heute vandaag idag dzisiaj dziś dnes danas azi astăzi bugün "
    "bugun бугүн бүгін сегодня сьогодні сёння днес денес данас დღეს այսօր اليوم امروز היום".split(),
    0,
) | dict.fromkeys(
    "yesterday ayer ontem hier ieri gestern gisteren igår wczoraj včera jučer juče dün dünən kecha "
    "кечээ кеше вчера вчора учора јуче გუშინ երեկ أمس ديروز אתמול".split(),
    1,
)
_HEBREW_IN = "ב"  # written as one word with the month after it
# Other words for "ago" than CLDR's choice.
_MOST_WORDS_AGO = 7  # of CLDR's own
_MOST_DIGITS_AGO = 3
_NUMBER = re.compile(r"\d+")
_AGO = {"منذ": "قبل", "əvvəl": "öncə", "evvel": "önce"}


class Names(NamedTuple):
    """Folded words and what they mean, with the languages in which they do."""

    months: dict[str, dict[int, set[str]]]
    weekdays: dict[str, dict[int, set[str]]]
    halves: dict[str, bool]
    ago: dict[str, tuple[int, Unit]]


def fold(word: str) -> str:
    """``word`` without case, accents, and a full stop at its end; dotless ı as i."""
    if word.isascii():
        return word.lower().rstrip(".")
    plain = unicodedata.normalize("NFKD", word.casefold())
    return re.sub("[\u0300-\u036f]", "", plain).replace("ı", "i").rstrip(".")


@cache
def names(*, everywhere: bool) -> Names:
    """The names in the languages that are asked first, or in all others."""
    from babel import localedata  # late: few pages need it

    found = Names({}, {}, {}, {})
    for identifier in localedata.locale_identifiers():
        if (identifier in _FIRST) != everywhere:
            language = identifier.partition("_")[0]
            _add(found, language, _own(identifier))
    return found


def _own(identifier: str) -> dict[str, Any]:
    """What a locale has itself, without what it inherits.

    Babel's own function would keep that as all there is to the locale, for everybody after us.
    """
    file = files("babel").joinpath("locale-data", f"{identifier}.dat")
    found: dict[str, Any] = pickle.loads(file.read_bytes())  # noqa: S301 as Babel reads its own
    return found


def _add(found: Names, language: str, data: dict[str, Any]) -> None:
    for key, table in (("months", found.months), ("days", found.weekdays)):
        for number, name in _named(data.get(key, {})):
            if len(word := fold(name)) > 1 and not word.isdigit():
                table.setdefault(word, {}).setdefault(number, set()).add(language)
    for width in (
        width for context in _tables(data.get("day_periods")) for width in _tables(context)
    ):
        for half in _PERIODS:
            name = width.get(half)
            if isinstance(name, str) and not name.isascii() and name.isalpha():
                found.halves[fold(name)] = half == "pm"
    for field, forms in data.get("date_fields", {}).items():
        unit = _UNITS.get(field.partition("-")[0])
        if unit and isinstance(forms, dict):
            for count, text in forms.get("past", {}).items():
                pattern = " ".join(fold(word) for word in text.split())
                found.ago.setdefault(pattern, (2 if count == "two" else 1, unit))


def _tables(value: Any) -> Iterator[Any]:
    if value is not None:
        yield from (item for item in value.values() if hasattr(item, "items"))


def _named(contexts: Any) -> Iterator[tuple[int, str]]:
    for context in _tables(contexts):
        for width, table in context.items():
            if width != "narrow" and hasattr(table, "items"):
                for number, name in table.items():
                    if isinstance(number, int) and isinstance(name, str):
                        yield number, name


class Info(parserinfo):
    """dateutil's knowledge, and CLDR's where that ends."""

    def month(self, name: str) -> int | None:
        """The month called ``name``; None for none, or for two of different languages."""
        known = super().month(name.rstrip("."))
        if known is not None:
            return int(known)
        if self.ampm(name) is not None:  # July is "pm" for short in Nheengatu
            return None
        meanings = months(name)
        return next(iter(meanings)) if len(meanings) == 1 else None

    def weekday(self, name: str) -> int | None:
        """The weekday called ``name``, Monday being 0; None for none or several."""
        known = super().weekday(name.rstrip("."))
        if known is not None:
            return int(known)
        if self.ampm(name) is not None:
            return None
        meanings = _weekdays(name)
        return next(iter(meanings)) if len(meanings) == 1 else None


_INFO = Info()


def month(name: str) -> int | None:
    """The month called ``name``; None for none, or for two of different languages."""
    return _INFO.month(name)


def weekday(name: str) -> int | None:
    """The weekday called ``name``, Monday being 0; None for none, or for several."""
    return _INFO.weekday(name)


def afternoon(word: str) -> bool | None:
    """Whether ``word`` means afternoon rather than morning; None if it means neither."""
    plain = word.lower().replace(".", "").replace(" ", "")
    if plain in _PERIODS:
        return plain == "pm"
    return None if word.isascii() else names(everywhere=False).halves.get(fold(word))


def days_ago(word: str) -> int | None:
    """0 for a word that means today, 1 for yesterday, else None."""
    return _folded_days().get(fold(word))


@cache
def _folded_days() -> dict[str, int]:
    return {fold(word): days for word, days in _DAYS_AGO.items()}


def ago(text: str) -> tuple[int, Unit] | None:
    """How long ago ``text`` says that something was: "3 hours ago" is (3, "hour").

    None if it is no such text. A week and longer is "coarse": it names no day.
    """
    words = [fold(_AGO.get(word, word)) for word in text.split()]
    numbers = _NUMBER.findall(text)
    if not words or len(words) > _MOST_WORDS_AGO or len(numbers) > 1:
        return None
    if numbers:
        if len(numbers[0]) > _MOST_DIGITS_AGO or (len(words) == 1 and text.isascii()):
            return None
        if words[-1] == numbers[0]:
            return None  # "Turnout falls to 41": in no language does the number come last
        known = _ago([_NUMBER.sub("{0}", word) for word in words])
        return (int(numbers[0]), known[1]) if known else None
    # "an hour ago", "час назад": the number is a form of the word, an article, or left out
    articles = ([*words[:place], "{0}", *words[place + 1 :]] for place in range(len(words)))
    return next(filter(None, map(_ago, (words, ["{0}", *words], *articles))), None)


def _ago(words: list[str]) -> tuple[int, Unit] | None:
    pattern = " ".join(words)
    return names(everywhere=False).ago.get(pattern) or names(everywhere=True).ago.get(pattern)


def months(name: str) -> dict[int, set[str]]:
    """The months that are called ``name``, and in which languages."""
    word = fold(name)
    found = _lookup(word, lambda known: known.months)
    if not found and word.startswith(_HEBREW_IN):
        return _lookup(word[1:], lambda known: known.months)
    return found


def _weekdays(name: str) -> dict[int, set[str]]:
    """The weekdays that are called ``name``, and in which languages."""
    return _lookup(fold(name), lambda known: known.weekdays)


def _lookup(
    word: str, table: Callable[[Names], dict[str, dict[int, set[str]]]]
) -> dict[int, set[str]]:
    for everywhere in (False, True):
        if found := table(names(everywhere=everywhere)).get(word):
            return found
    return {}
