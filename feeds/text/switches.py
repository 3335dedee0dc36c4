"""Yes and no, as people and programs write them."""

from __future__ import annotations

_YES_WORDS = frozenset("true yes on ja да oui sí evet bəli tak так sim wahr vrai".split())
_NO_WORDS = frozenset("false no off nein нет non hayır xeyr nie ні não nej falsch faux".split())
_YES = _YES_WORDS | frozenset("1 y t si".split())
_NO = _NO_WORDS | frozenset("0 n f none null nil ~".split())


def is_yes(text: str) -> bool:
    """Whether ``text`` says yes."""
    return text.strip().casefold() in _YES


def is_no(text: str) -> bool:
    """Whether ``text`` says no."""
    return text.strip().casefold() in _NO


def is_switch(text: str) -> bool:
    """Whether ``text`` is one of the words that say yes or no, and no number."""
    return text.strip().casefold() in _YES_WORDS | _NO_WORDS
