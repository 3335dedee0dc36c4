"""The words of a text, to compare texts by: without case, punctuation and spacing."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
_FEW_SIGNS = 100


def words(text: str) -> str:
    """The words of ``text`` in their order, without case, punctuation and spacing."""
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    return " ".join(folded(text).split())


def folded(text: str) -> str:
    """``text`` without case, and with blanks for all that is no part of a word but line feeds."""
    # a capital dotted I folds to i and a dot
    text = unicodedata.normalize("NFKC", text).casefold().replace("i\u0307", "i")
    # marks are letters' parts, in Hindi vowels
    others = [
        letter
        for letter in set(text)
        if not letter.isalnum() and letter != "\n" and unicodedata.category(letter)[0] != "M"
    ]
    if len(others) > _FEW_SIGNS:
        return text.translate(dict.fromkeys(map(ord, others), " "))
    for letter in others:  # what no other way does as fast
        text = text.replace(letter, " ")
    return text
