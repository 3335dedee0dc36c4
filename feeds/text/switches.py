"""Yes and no, as people and programs write them."""

from __future__ import annotations

_YES = frozenset("true yes on 1 y t".split())
_NO = frozenset("false no off 0 n f none null nil ~".split())
_WORDS = frozenset("true yes on false no off".split())


def is_yes(text: str) -> bool:
    """Whether ``text`` says yes."""
    return text.strip().casefold() in _YES


def is_no(text: str) -> bool:
    """Whether ``text`` says no."""
    return text.strip().casefold() in _NO


def is_switch(text: str) -> bool:
    """Whether ``text`` is one of the words that say yes or no, and no number."""
    return text.strip().casefold() in _WORDS
