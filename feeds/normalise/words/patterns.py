"""How words become patterns: those of a table as alternatives, in any case, made when needed.

To compile all words of all languages takes longer than to read the one page of a run, and hardly
any of them stands in a text: so a text is first looked through for the letters that the words begin
with, and the pattern is of those that may be there. Once that took as long as all would have, it
is of all.
"""

from __future__ import annotations

import re
from functools import cached_property

_GROUP = re.compile(r"\(\?:[^()]*\)")
_SIGN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:[:=!]|<[=!]|P<\w+>)|[()|]|[^\\\[()|]+", re.DOTALL
)
_LETTERS = re.compile(r"\w+(?![?*+{])")
_BEGINNING = re.compile(r"\(\?:([^()\[\\]*)\)(?![?*{])")
_MANY = 12
_AT_LEAST = 100
"""What the shortest pattern takes to compile, and to be made, in characters of others."""
_LOOKS = 100
"""So many looks for the words of a text take at least as long as to compile all words."""


class Words:
    """A pattern of words, written in small letters, that matches them in any case.

    Its positions are those in the text itself.
    """

    def __init__(self, pattern: str) -> None:
        # small letters and a pattern without flags are several times faster than IGNORECASE
        self._written = pattern.replace("ı", "i")
        self._some: dict[str, re.Pattern[str]] = {}
        self._taken = 0

    def for_text(self, lowered: str) -> re.Pattern[str]:
        """The pattern to ask about ``lowered``, which is ``small``, and about no other text."""
        if self._taken > len(self._written):
            return self._all
        self._taken += len(self._written) // _LOOKS
        fitting = "".join(_fitting(part, lowered) for part in self._parts)
        found = self._some.get(fitting)
        if found is None:
            self._taken += len(fitting) + _AT_LEAST
            found = self._some[fitting] = re.compile(fitting)
        return found

    @cached_property
    def _all(self) -> re.Pattern[str]:
        return re.compile(self._written)

    @cached_property
    def _parts(self) -> list[str | _Choice]:
        return _parted(self._written)

    @classmethod
    def either(cls, *others: Words) -> Words:
        """A pattern for all that one of ``others`` matches: asked once, mostly in vain."""
        return cls("|".join(f"(?:{one._written})" for one in others))

    def match(self, text: str) -> re.Match[str] | None:
        """The words at the beginning of ``text``."""
        lowered = small(text)
        return self.for_text(lowered).match(lowered)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The words, if they are all of ``text``."""
        lowered = small(text)
        return self.for_text(lowered).fullmatch(lowered)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The words, wherever in ``text``, from ``start`` on, they stand first."""
        lowered = small(text)
        return self.for_text(lowered).search(lowered, start)


class _Choice(tuple[tuple[tuple[str, ...], str], ...]):
    """Many alternatives, each with the letters it may begin with: empty where that isn't plain."""

    __slots__ = ()


def _fitting(part: str | _Choice, text: str) -> str:
    """A part of a pattern, without the alternatives of which the letters are not in ``text``."""
    if isinstance(part, str):
        return part
    # without any it matches nothing, which isn't the same as an empty text
    there = (one for letters, one in part if any(some in text for some in letters))
    return f"(?:{'|'.join(there) or '(?!)'})"


def _parted(pattern: str) -> list[str | _Choice]:
    """``pattern`` in parts; those with many alternatives, none of which has many, are choices."""
    open_groups: list[list[str | _Choice]] = [[]]
    for sign in _SIGN.findall(pattern):
        if sign[0] == "(":
            open_groups.append([sign])
        elif sign == ")":
            closed = _closed(open_groups.pop())
            open_groups[-1].extend(closed)
        else:
            open_groups[-1].append(sign)
    (parts,) = open_groups
    return parts


def _closed(group: list[str | _Choice]) -> list[str | _Choice]:
    plain = [part for part in group if isinstance(part, str)]
    if len(plain) < len(group):
        return [*group, ")"]
    if plain[0] == "(?:" and plain.count("|") >= _MANY:
        alternatives = [""]
        for part in plain[1:]:
            if part == "|":
                alternatives.append("")
            else:
                alternatives[-1] += part
        return [_Choice((_letters(one), one) for one in alternatives)]
    return ["".join((*plain, ")"))]


def _letters(alternative: str) -> tuple[str, ...]:
    group = _BEGINNING.match(alternative)
    begins = group[1].split("|") if group else [alternative]
    found = [_LETTERS.match(one) for one in begins]
    return tuple(one[0] if one else "" for one in found)


def small(text: str) -> str:
    """``text`` in small letters, as long as it was; dotted and dotless i are one."""
    if text.isascii():
        return text.lower()
    return text.replace("İ", "i").replace("ı", "i").lower()


def any_of(*tables: str) -> str:
    """A pattern for all words of ``tables``, in their order."""
    lines = (line for table in tables for line in table.strip().splitlines())
    return f"(?:{'|'.join(line.partition(' ')[2] for line in lines)})"


def in_language(tag: str, table: str) -> str:
    """A pattern for the words of ``table`` that are of one language."""
    return any_of(*(line for line in table.strip().splitlines() if line.startswith(f"{tag} ")))


def words_of(table: str) -> list[str]:
    """The words of a ``table`` that has no patterns, divided by blanks."""
    return [word for line in table.strip().splitlines() for word in line.split()[1:]]


def beginnings(*tables: str) -> tuple[str, ...]:
    """The letters that each word of ``tables`` begins with, up to its first group or sign."""
    return tuple(re.findall(r"(?<=[:|])\w+", _GROUP.sub("", any_of(*tables))))
