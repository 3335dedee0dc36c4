"""Patterns that have only the words which a text may have find what those of all words find."""

from __future__ import annotations

import importlib
import pkgutil
import re

from hypothesis import given
from hypothesis import strategies as st

import feeds.normalise
from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of, small

for _found in pkgutil.walk_packages(feeds.normalise.__path__, "feeds.normalise."):
    importlib.import_module(_found.name)

_ALL = {
    f"{module}.{name}": value
    for module, loaded in sorted(
        (name, one)
        for name, one in vars(importlib.import_module("sys"))["modules"].items()
        if name.startswith("feeds.normalise")
    )
    for name, value in vars(loaded).items()
    if isinstance(value, Words)
}
_TABLES = [
    value for name, value in vars(vocabulary).items() if name.isupper() and isinstance(value, str)
]
_PIECES = sorted({word for table in _TABLES for word in re.findall(r"\w+", table)})
_SIGNS = [" ", " ", " ", ": ", ", ", "\n", "(", ")", "/", " — ", "2026", "©", "."]
_TEXTS = st.lists(
    st.one_of(st.sampled_from(_PIECES), st.sampled_from(_SIGNS)), min_size=1, max_size=9
).map("".join)


def written(pattern: str) -> str:
    return pattern.replace("ı", "i")


def test_the_parts_of_each_pattern_are_all_of_it() -> None:
    for name, pattern in _ALL.items():
        words = Words(pattern._written)
        told = [
            part if isinstance(part, str) else f"(?:{'|'.join(one for _, one in part)})"
            for part in words._parts
        ]
        assert "".join(told) == words._written, name
        for part in words._parts:
            if not isinstance(part, str):
                for _, one in part:
                    re.compile(one)


@given(text=_TEXTS, name=st.sampled_from(sorted(_ALL)))
def test_what_is_found_is_the_same(text: str, name: str) -> None:
    pattern = _ALL[name]._written
    lowered = small(text)
    some, everything = Words(pattern).for_text(lowered), re.compile(pattern)
    for way in ("match", "fullmatch", "search"):
        found, wanted = getattr(some, way)(lowered), getattr(everything, way)(lowered)
        assert (found and found.regs) == (wanted and wanted.regs)


def test_a_choice_of_which_no_word_is_there_matches_nothing() -> None:
    words = Words(rf"[\W_]*{any_of(vocabulary.PUBLISHED)}[\W_]*")
    assert words.match("---") is None
    assert not words.for_text("---").match("---")


def test_once_that_cost_as_much_all_words_are_in_the_pattern() -> None:
    words = Words(any_of(vocabulary.NETWORKS))
    assert words.for_text("nothing") is words.for_text("nobody")
    assert words.for_text("nothing").pattern == "(?:(?!))"
    named = re.findall(r"\w{5,}", words._written)
    made = [words.for_text(f"{one} {other}").pattern for one in named for other in named[:5]]
    assert made[-1] == words._written
    assert sum(map(len, dict.fromkeys(made))) < 4 * len(words._written)
