"""Prints what belongs into feeds/text/dates/names.json: ``make names``, after a new Babel.

Names that a locale inherits are left out: its language has them.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

import msgspec
from babel import localedata

from feeds.text.dates.names import Names, Unit, fold, half_word
from feeds.text.dates.zones import Order

Numbers = dict[str, dict[int, set[str]]]

# A word of theirs means what it means in them, whatever it means elsewhere.
NEWSPAPERS = frozenset(
    "ar az be bg bs ca cs da de el en es et fa fi fr he hr hu hy id is it ja ka kk ko ky lt lv mk "
    "ms nb nl pl pt ro ru sk sl sq sr sv tg tk tr uk uz vi zh".split()
)
QUOTED = re.compile("'[^']*'")
UNITS: dict[str, Unit] = {
    "minute": "minute", "hour": "hour", "day": "day",
    "week": "coarse", "month": "coarse", "year": "coarse",
}  # fmt: skip


def own_data(*, of_newspapers: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Languages, in order, and what Babel has for each of their locales alone."""
    for identifier in sorted(localedata.locale_identifiers()):
        if (identifier in NEWSPAPERS) == of_newspapers:
            # Babel keeps this as all that there is to the locale: do nothing else in this process
            data = localedata.load(identifier, merge_inherited=False)
            yield identifier.partition("_")[0], data


def tables(value: Any) -> Iterator[Any]:
    return (part for part in value.values() if hasattr(part, "items"))


def numbered(kind: str) -> Numbers:
    """What number of month or day a word stands for, and in which languages."""
    found: tuple[Numbers, Numbers] = {}, {}
    for words, of_newspapers in zip(found, (True, False), strict=True):
        for language, data in own_data(of_newspapers=of_newspapers):
            for context in tables(data.get(kind, {})):
                for width, names in context.items():
                    for number, name in names.items() if width != "narrow" else ():
                        word = fold(name)
                        if len(word) > 1 and not word.isdigit():
                            words.setdefault(word, {}).setdefault(number, set()).add(language)
    return found[1] | found[0]


def by_language(words: Numbers) -> dict[str, str]:
    numbers = sorted({number for meanings in words.values() for number in meanings})
    lines: dict[str, dict[int, list[str]]] = {}
    for word, meanings in sorted(words.items()):
        for number, languages in meanings.items():
            for language in languages:
                lines.setdefault(language, {}).setdefault(number, []).append(word)
    return {
        language: ";".join("|".join(line.get(number, ())) for number in numbers)
        for language, line in sorted(lines.items())
    }


def halves() -> tuple[list[str], list[str]]:
    """Words for before and after noon, those apart that are written in plain Latin letters."""
    found: dict[str, str] = {}
    for of_newspapers in (False, True):
        for _, data in own_data(of_newspapers=of_newspapers):
            for context in tables(data.get("day_periods", {})):
                for width in tables(context):
                    for half in ("am", "pm"):
                        name = width.get(half, "")
                        word = half_word(name)
                        if not name.isascii() and len(word) > (not of_newspapers):
                            found[word] = half
    mornings, afternoons = (
        sorted(word for word, half in found.items() if half == wanted) for wanted in ("am", "pm")
    )
    return mornings, afternoons


def past_times() -> tuple[dict[Unit, list[str]], dict[Unit, list[str]]]:
    """Patterns of "{0} hours ago", by unit: for one or any number, and for two."""
    found: dict[str, tuple[bool, Unit]] = {}
    for of_newspapers in (True, False):
        for _, data in own_data(of_newspapers=of_newspapers):
            for field, forms in data.get("date_fields", {}).items():
                unit = UNITS.get(field.partition("-")[0])
                if unit is not None:
                    for count, text in forms.get("past", {}).items():
                        pattern = " ".join(fold(word) for word in text.split())
                        found.setdefault(pattern, (count == "two", unit))
    one, two = (
        {
            unit: sorted(pattern for pattern, meant in found.items() if meant == (is_two, unit))
            for unit in dict.fromkeys(UNITS.values())
        }
        for is_two in (False, True)
    )
    return one, two


def orders() -> dict[Order, list[str]]:
    """The languages, and countries of a language, that don't write the day of a date first.

    Those that do are named only where their language otherwise doesn't.
    """
    importlib.reload(localedata)  # which keeps what it loaded without what is inherited
    found = {
        name: order_of(localedata.load(name))
        for name in sorted(localedata.locale_identifiers())
        if len(name.split("_")) < 3
    }
    for name in sorted(localedata.locale_identifiers()):  # zh_Hant_HK is what pages call zh-HK
        language, *more = name.split("_")
        if len(more) == 2:
            found.setdefault(f"{language}_{more[1]}", order_of(localedata.load(name)))
    usual: Order = "day first"
    differing: dict[Order, list[str]] = {}
    for name, order in sorted(found.items()):
        if order != (found.get(name.partition("_")[0], usual) if "_" in name else usual):
            differing.setdefault(order, []).append(name)
    return dict(sorted(differing.items()))


def order_of(data: Any) -> Order:
    """The order in a locale's dates in figures; in its longer ones, if the year comes first."""
    short, medium = (
        "".join(
            dict.fromkeys(re.findall("[dMy]", QUOTED.sub("", data["date_formats"][width].pattern)))
        )
        for width in ("short", "medium")
    )
    if short.startswith("y"):
        return "day first" if medium.startswith("d") else "unsettled"
    return "month first" if short.startswith(("M", "L")) else "day first"


def names_of_babel() -> Names:
    months, weekdays = (by_language(numbered(kind)) for kind in ("months", "days"))
    return Names(months, weekdays, *halves(), *past_times(), orders())


if __name__ == "__main__":
    plain = msgspec.to_builtins(names_of_babel())
    sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=1) + "\n")
