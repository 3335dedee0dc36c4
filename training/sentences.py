"""The sentences of a text, as far as their marks tell."""

from __future__ import annotations

import re

_SENTENCES = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])")


def beginning(text: str, count: int) -> str:
    """The first sentences of ``text``, no fewer than make a line of a text."""
    parts = _SENTENCES.split(text)
    found = " ".join(parts[:count]).strip()
    while len(found) < 25 and count < len(parts):
        count += 1
        found = " ".join(parts[:count]).strip()
    return found or text


def sentences_of(text: str) -> list[str]:
    """The sentences of ``text`` that are long enough to stand alone; else all of it."""
    return [part for part in _SENTENCES.split(text) if len(part) > 30] or [text]
