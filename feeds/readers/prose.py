"""Prose below a rule that has colons, as front matter does: headlines, questions, bylines.

Rules
- Keys of people begin with a capital and are no field; ``Port : la jetée rouvre`` is a headline.
- One such line is prose if several words follow; several are if all have some, or a sentence ends.
- A byline above the text, and a rule below, are no front matter that holds the whole text.
- A key that may keep the page back, or that other programs know, is no prose, whatever follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.readers.keys import BYLINE, FIELDS, Key, find_key, keeps_back

_OTHERS = frozenset([
    "byline", "category", "deck", "description", "from", "headline", "keywords", "lang", "layout",
    "permalink", "publish", "release", "section", "slug", "subject", "subtitle", "tags", "time",
    "to", "type", "weight",
])  # fmt: skip
_ONE_WORD = frozenset(["date", "updated", "url", "image", "audio", "video", "language", "id"])
"""Fields whose values are no sentences."""
_SENTENCE = re.compile(r"[.?!…।。？！][\"'»”’)]*\Z")
_SEVERAL = 3
_DIGIT = re.compile(r"\d")


def is_prose(content: Sequence[str]) -> bool:
    """Whether the lines of ``content``, which stand below a rule, are prose in spite of colons."""
    said = [line for line in content if line.strip()]
    first = find_key("---", said[0]) if said else None
    if first is None:
        return False
    keys = [key for line in said if (key := find_key("---", line))]
    if any(key.has_sign or keeps_back(key.name) for key in keys) or first.is_plain:
        return False
    if first.name.casefold() in FIELDS:
        return _is_byline(content, first) or (
            len(said) == 1
            and first.name.casefold() in _ONE_WORD
            and _has_words(first.value, _SEVERAL)
            and not _DIGIT.search(first.value)
        )
    if any(key.is_plain or key.name.casefold() in {*FIELDS, *_OTHERS} for key in keys):
        return False
    values = [key.value for key in keys]
    if len(said) == 1:
        return _has_words(first.value, 2)
    return any(map(_SENTENCE.search, values)) or all(
        _has_words(value, _SEVERAL) for value in values
    )


def _has_words(value: str, count: int) -> bool:
    """Whether so many words are in ``value``, numbers apart."""
    return sum(any(map(str.isalpha, word)) for word in value.split()) >= count


def _is_byline(content: Sequence[str], first: Key) -> bool:
    """Whether nothing but a byline, ``first`` in it, is in ``content`` above a text."""
    if first.name.casefold() not in BYLINE:
        return False
    lines = iter(content)
    begun = False
    for line in lines:
        key = find_key("---", line)
        if key is not None and key.name.casefold() in BYLINE and not key.is_plain:
            begun = True
        elif line.strip():
            return False
        elif begun:
            break
    text = next((line for line in lines if line.strip()), "")
    return bool(text) and not text[0].isspace() and find_key("---", text) is None
