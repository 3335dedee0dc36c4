"""In which language a text is, where names of months mean one month here and another there.

Rules
- Only languages whose months are so called are told apart, by the letters that they alone have.
- A few letters are those of somebody's name: without many of one language, and few that are none
  of its, nothing is said.
"""

from __future__ import annotations

from collections import Counter

_LETTERS = {"cs": "áčďéěíňóřšťúůýž", "hr": "čćđšž", "pl": "ąćęłńóśźż"}
_FEWEST, _FEWEST_KINDS = 8, 3
_OWN, _OTHERS = 0.95, 0.85
LONGEST = 20_000
"""Characters of a text that tell as much as all of them."""


def languages_by_letters(text: str) -> frozenset[str]:
    """The one language that the letters of ``text`` are of; none if they don't tell."""
    counts = Counter(char for char in text[:LONGEST].lower() if char > "\x7f" and char.isalpha())
    every = sum(counts.values())
    if every < _FEWEST:
        return frozenset()
    shares = sorted(
        (sum(counts[letter] for letter in letters) / every, language)
        for language, letters in _LETTERS.items()
    )
    (second, _), (first, language) = shares[-2:]
    kinds = sum(1 for letter in _LETTERS[language] if counts[letter])
    is_sure = first >= _OWN and second <= _OTHERS and kinds >= _FEWEST_KINDS
    return frozenset((language,)) if is_sure else frozenset()
