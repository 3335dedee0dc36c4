"""What stands beside names in a byline and is nobody who wrote the text.

Rules
- Whoever took the pictures or edited the text is named behind a word that says so, or before it
  in brackets: "photos by Ada Borg", "Ada Borg (photos)".
- The buttons of a byline's box, the day, and the channel somebody works for are no part of a name,
  even if nothing divides them from it. Letters are a channel's behind a whole name, if they are
  an agency's, or too many without a vowel for a surname.
"""

from __future__ import annotations

import re

from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of, small, words_of
from feeds.text.dates.names import ago

_PHOTOS = any_of(vocabulary.PHOTOS, vocabulary.PHOTOGRAPHED)
_PICTURES = any_of(vocabulary.PHOTOS, vocabulary.PICTURES, vocabulary.PHOTOGRAPHED)
_AND_OR_WITH = any_of(vocabulary.AND, vocabulary.WITH)
_OTHERS = Words(
    r"(?:\s*[.,;|/–—-]\s*|\s+)(?:special (?:to|for)\s"
    rf"|(?:{any_of(vocabulary.WITH)} )?{any_of(vocabulary.MADE_BY)}"
    rf"|(?:(?:{_AND_OR_WITH}|&) )?{_PICTURES}(?:\s*[:：]|\s+{any_of(vocabulary.BYLINES)}\s))"
)
_IN_BRACKETS = Words(
    rf"(?:^|[,;&]|\s{_AND_OR_WITH}\s)(?:(?!\s{_AND_OR_WITH}\s)[^,;&()\[\]])*[(\[]{_PHOTOS}(?:[)\]]|$)"
)
_KIND = any_of(vocabulary.BYLINES_LABELLED, vocabulary.BYLINES_OF_TEXT)
_BOTH = Words(
    rf"[\W_]{{0,3}}(?P<kind>{_KIND})\s*(?:,|&|\+|/|{any_of(vocabulary.AND)})\s*{_PICTURES}"
    rf"(?=\s*[:：]|\s+{any_of(vocabulary.BYLINES)}\s)"
)
_WITHOUT_COLONS = Words(
    rf"[\W_]{{0,3}}(?P<kind>{_KIND})\s+(?P<names>[^,:：]{{3,60}}),\s+{_PHOTOS}\s+[^,:：.]{{3,60}}"
)
_MAIL = re.compile(r"[\s|,(<]+[\w.+-]+@[\w.-]+\w[)>]?$")
_AGENCY = Words(any_of(vocabulary.AGENCIES))
_BUTTONS = frozenset(words_of(vocabulary.BEHIND_NAMES))
_LETTERS = re.compile(r"[B-DF-HJ-NP-TV-XZ]{3,6}")
_SHORTEST, _SHORTEST_IN_SMALL = 3, 7


def text_alone(text: str) -> str:
    """``text``, a byline, with what only somebody who wrote is introduced by.

    "Words and pictures by Ada Borg" is "Words by Ada Borg", "Text Ada Borg, photos Ida Storm" is
    "Text: Ada Borg".
    """
    if both := _BOTH.match(text):
        return text[slice(*both.span("kind"))] + text[both.end() :]
    if parted := _WITHOUT_COLONS.fullmatch(text):
        kind, names = (text[slice(*parted.span(group))] for group in ("kind", "names"))
        return f"{kind}: {names}" if names[0].isupper() else text  # "words by …"
    return text


def without_others(text: str) -> str:
    """``text``, a byline, without those who did something else than to write."""
    if behind := _OTHERS.search(text, _SHORTEST):
        text = text[: behind.start()]
    while ("(" in text or "[" in text) and (one := _IN_BRACKETS.search(text)):
        text = text[: one.start()] + text[one.end() :]
    return _MAIL.sub("", text) if "@" in text else text


def without_ago(text: str) -> str:
    """``text`` without how long ago it was written, at its end: "Nora Lind 3 hours ago"."""
    words = text.split()
    for place in range(max(1, len(words) - 4), len(words)):
        if ago(" ".join(words[place:])):
            return " ".join(words[:place])
    return text


def without_buttons(words: list[str]) -> list[str]:
    """``words``, of a whole name, up to the first that is a button, a day or a channel."""
    for place, word in enumerate(words):
        if small(word.strip(".,:")) in _BUTTONS:
            words = words[:place] if place > 1 else []
            break
    return words[:-1] if len(words) > 2 and _is_channel(words[-1]) else words


def _is_channel(word: str) -> bool:
    if word.isupper() and _LETTERS.fullmatch(word):
        return True
    is_written_so = word.isupper() or len(word) >= _SHORTEST_IN_SMALL
    return is_written_so and _AGENCY.fullmatch(word) is not None
