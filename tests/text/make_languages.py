"""Prints what belongs into feeds/text/languages.json: ``make names``, after a new Babel."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

import msgspec
from babel import Locale
from babel.core import get_global

from feeds.text.languages import NONE, Table

UNKNOWN = {"ZZ", "XA", "XB", "Zzzz", *NONE}
LETTERS_OF_TERRITORY = (2, 3)


def listed(codes: Iterable[object]) -> list[str]:
    """``codes`` in order, without those that stand for none."""
    return sorted({str(code) for code in codes} - UNKNOWN)


def table_of_babel() -> Table:
    """What CLDR, as Babel has it, knows of the parts of language tags."""
    english = Locale("en")
    languages = [code for code in listed(english.languages) if "_" not in code]
    # what has a name in English is a language of its own, whatever it is put together with
    aliases = {
        str(old): str(new).partition("_")[0]
        for old, new in sorted(get_global("language_aliases").items())
        if old not in languages and str(new).partition("_")[0] in languages
    }
    regions = {
        str(old): str(new[0])
        for old, new in sorted(get_global("territory_aliases").items())
        if len(new) == 1 and len(old) == len("UK")
    }
    return Table(
        languages=" ".join(languages),
        scripts=" ".join(listed(english.scripts)),
        regions=" ".join(
            code for code in listed(english.territories) if len(code) in LETTERS_OF_TERRITORY
        ),
        variants=" ".join(code.lower() for code in listed(english.variants)),
        aliases=aliases,
        former_regions=regions,
    )


if __name__ == "__main__":
    plain = msgspec.to_builtins(table_of_babel())
    sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=1) + "\n")
