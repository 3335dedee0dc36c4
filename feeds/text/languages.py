"""Which language a tag means: what CLDR knows, in the spelling of BCP 47.

Rules
- ``languages.json`` has CLDR's codes: ``make names`` writes it from Babel's data, nobody by hand.
- A withdrawn code, and one of three letters for which there is one of two, is written as today's.
- A country's code stands for a language where everybody means that one, and no language has
  the code: ``ua`` is Ukrainian, but ``se`` is Northern Sami, and ``kr`` Kanuri.
- Parts of a tag that nobody knows are left out; a language that nobody knows is an error. That
  there is none, or more than one, is said by tags too, and is no language and no error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

NONE = frozenset(("und", "mul", "zxx", "mis", "root", "x-default"))
"""Tags that say that no language is known, or not one alone."""
_COUNTRIES = {
    "ua": "uk", "cz": "cs", "jp": "ja", "cn": "zh", "gr": "el", "dk": "da", "vn": "vi", "kz": "kk",
    "ge": "ka", "il": "he", "rs": "sr", "us": "en", "gb": "en",
}  # fmt: skip
_GRANDFATHERED = {
    "i-klingon": "tlh", "i-lux": "lb", "i-navajo": "nv", "i-hak": "hak", "zh-hakka": "hak",
    "zh-min-nan": "nan", "zh-guoyu": "zh", "zh-xiang": "hsn", "art-lojban": "jbo", "no-bok": "nb",
    "no-nyn": "nn", "en-gb-oed": "en-GB",
}  # fmt: skip
_LONGEST = 100
_ENCODING = re.compile(r"[.@].*", re.DOTALL)
_CODE = re.compile(r"[a-z]{2,3}")
_LETTERS_OF_DIALECT = 3
_LETTERS_OF_SCRIPT = 4


class Table(msgspec.Struct):
    """What ``languages.json`` holds; the first four are lists with spaces between their codes."""

    languages: str
    scripts: str
    regions: str
    variants: str
    aliases: dict[str, str]
    former_regions: dict[str, str]


class _Known(msgspec.Struct, frozen=True):
    """The same, to be looked up: as they are written, by small letters."""

    languages: frozenset[str]
    scripts: dict[str, str]
    regions: dict[str, str]
    variants: frozenset[str]
    aliases: dict[str, str]


@cache
def _known() -> _Known:
    data = files(__package__).joinpath("languages.json").read_bytes()
    table = msgspec.json.decode(data, type=Table)
    regions = {code.lower(): code for code in table.regions.split()}
    former = {old.lower(): new for old, new in table.former_regions.items()}
    return _Known(
        languages=frozenset(table.languages.split()),
        scripts={code.lower(): code for code in table.scripts.split()},
        regions={**former, **regions},
        variants=frozenset(table.variants.split()),
        aliases={**table.aliases, **_COUNTRIES},
    )


@lru_cache(maxsize=4096)
def read_language(text: str) -> str:
    """The tag of BCP 47 that ``text`` means; empty if it says that there is no one language.

    Raises ValueError for a language that nobody knows.
    """
    written = _ENCODING.sub("", text[:_LONGEST].strip().casefold()).replace("_", "-")
    if written in NONE or not written:
        return ""
    known = _known()
    if made := _GRANDFATHERED.get(written):
        return made
    first, *others = written.split("-")
    code = known.aliases.get(first, first)
    if code in NONE:
        return ""
    if not _CODE.fullmatch(first) or code not in known.languages:
        raise ValueError('expected a language tag such as "en" or "az"')
    return "-".join((code, *_parts(known, others)))


def _parts(known: _Known, others: Sequence[str]) -> list[str]:
    """Those of the ``others`` that are known to be parts of a tag, in the order that tags have."""
    dialect = script = region = ""
    variants: list[str] = []
    for place, part in enumerate(others):
        if len(part) == 1:
            break  # what follows is for programs
        if place == 0 and len(part) == _LETTERS_OF_DIALECT and part in known.languages:
            dialect = part
        elif part in known.scripts:
            script = script or known.scripts[part]
        elif part in known.regions:
            region = region or known.regions[part]
        elif part in known.variants and part not in variants:
            variants.append(part)
    return [part for part in (dialect, script, region, *variants) if part]


def known_language(text: str | None) -> str | None:
    """The tag that ``text`` means; None if that is no language."""
    try:
        return read_language(text or "") or None
    except ValueError:
        return None


def folded(tag: str) -> str:
    """``tag`` as it is compared: two that mean the same language are the same."""
    return (known_language(tag) or tag).lower()


def without_country(tag: str) -> str:
    """The language of ``tag`` and its script, as they are compared, wherever it is spoken."""
    first, *others = folded(tag).split("-")
    return "-".join([first, *(part for part in others[:1] if len(part) == _LETTERS_OF_SCRIPT)])


@lru_cache(maxsize=256)
def spellings(tag: str) -> tuple[str, ...]:
    """``tag``, and what else it was written as: ``uk``, ``ua``, ``ukr``."""
    first, *others = tag.split("-")
    return (
        tag,
        *("-".join((old, *others)) for old, new in _known().aliases.items() if new == first),
    )
