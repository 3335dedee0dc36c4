"""What days, months and past times are called, in every language that CLDR knows.

Rules
- CLDR's names, in all their cases, are in ``names.json``: ``make names`` writes it from Babel's
  data, nobody by hand. English is dateutil's own, so that most pages don't need the file.
- A word of a language that many newsrooms write in means what it means there, whatever it is
  elsewhere. One that means two months in two of those languages means neither.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from dateutil.parser import parserinfo

from feeds.text.dates.zones import Order

Unit = Literal["minute", "hour", "day", "coarse"]

_PERIODS = ("am", "pm")
_VIETNAMESE = ("SA", "CH")  # in capitals alone: other words are as short

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
_MOST_WORDS_AGO = 7  # of CLDR's own
_MOST_DIGITS_AGO = 3
_NUMBER = re.compile(r"\d+")
# Other words for "ago" than CLDR's choice.
_AGO = {"منذ": "قبل", "əvvəl": "öncə", "evvel": "önce"}

# Spellings and cases that newspapers prefer to CLDR's.
_SPELT = {
    "জানুয়ারি": "জানুয়ারী", "ফেব্রুয়ারি": "ফেব্রুয়ারী",
    "janvārī": "janvāris", "maijā": "maijs", "septembrī": "septembris", "oktobrī": "oktobris",
    "novembrī": "novembris", "decembrī": "decembris",
}  # fmt: skip


class Names(msgspec.Struct):
    """What ``names.json`` holds, every word of it folded.

    ``months`` and ``weekdays`` have a line for each language: ";" after all words for January, or
    Monday, "|" between them. In ``ago`` and ``two_ago``, "{0}" stands for the number. ``orders``
    has the languages, and countries of a language, whose order is not the usual one.
    """

    months: dict[str, str]
    weekdays: dict[str, str]
    mornings: list[str]
    afternoons: list[str]
    ago: dict[Unit, list[str]]
    two_ago: dict[Unit, list[str]]
    orders: dict[Order, list[str]]


def fold(word: str) -> str:
    """``word`` without case, accents, a full stop at its end; ı as i, apostrophes alike."""
    if word.isascii():
        return word.lower().rstrip(".")
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = re.sub("[\u0300-\u036f]", "", plain).replace("ı", "i").rstrip(".")
    return re.sub("[\u2019\u02bc]", "'", plain)


@cache
def cldr_names() -> Names:
    """What ``names.json`` holds; read once, and by the first page that needs it."""
    return msgspec.json.decode(files(__package__).joinpath("names.json").read_bytes(), type=Names)


@cache
def _month_names() -> dict[str, dict[int, set[str]]]:
    return _by_word(cldr_names().months, 1)


@cache
def _weekday_names() -> dict[str, dict[int, set[str]]]:
    return _by_word(cldr_names().weekdays, 0)


def _by_word(lines: dict[str, str], first: int) -> dict[str, dict[int, set[str]]]:
    """The numbers that a word stands for, and in which languages."""
    found: dict[str, dict[int, set[str]]] = {}
    for language, line in lines.items():
        for number, names in enumerate(line.split(";"), first):
            for word in filter(None, names.split("|")):
                found.setdefault(word, {}).setdefault(number, set()).add(language)
    return found


@cache
def _past_times() -> dict[str, tuple[int, Unit]]:
    counted = ((1, cldr_names().ago), (2, cldr_names().two_ago))
    return {
        pattern: (count, unit)
        for count, units in counted
        for unit, patterns in units.items()
        for pattern in patterns
    }


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
        meanings = _weekday_names().get(fold(name), {})
        return next(iter(meanings)) if len(meanings) == 1 else None


_INFO = Info()


def month(name: str) -> int | None:
    """The month called ``name``; None for none, or for two of different languages."""
    return _INFO.month(name)


def weekday(name: str) -> int | None:
    """The weekday called ``name``, Monday being 0; None for none, or for several."""
    return _INFO.weekday(name)


def is_english_weekday(name: str) -> bool:
    """Whether ``name`` is a weekday in English, shortened or not."""
    return parserinfo.weekday(_INFO, name.rstrip(".")) is not None


def is_some_weekday(name: str) -> bool:
    """Whether ``name`` is a weekday in several languages, and not the same in each."""
    return len(_weekday_names().get(fold(name), ())) > 1


def afternoon(word: str) -> bool | None:
    """Whether ``word`` means afternoon rather than morning; None if it means neither."""
    plain = word.lower().replace(".", "").replace(" ", "")
    if plain in _PERIODS:
        return plain == "pm"
    if word.isascii():
        return word == "CH" if word in _VIETNAMESE else None
    # of the two ways in which people write an Arabic adverb, the plain one is known
    names, word = cldr_names(), half_word(word.replace("\u064b", ""))
    return word in names.afternoons if word in names.mornings + names.afternoons else None


def half_word(word: str) -> str:
    """``word``, for before or after noon, as ``names.json`` has it: folded, of letters alone."""
    return _BETWEEN_LETTERS.sub("", fold(word))


_BETWEEN_LETTERS = re.compile("[.\\s\u200c\u200d]")


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
    return _past_times().get(" ".join(words))


def months(name: str) -> dict[int, set[str]]:
    """The months that are called ``name``, and in which languages."""
    word = fold(name)
    known = _month_names()
    word = _folded_spellings().get(word, word)
    return known.get(word) or known.get(word.removeprefix(_HEBREW_IN)) or {}


@cache
def _folded_spellings() -> dict[str, str]:
    return {fold(one): fold(other) for one, other in _SPELT.items()}
