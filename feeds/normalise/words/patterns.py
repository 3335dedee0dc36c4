"""How words become patterns: those of a table as alternatives, in any case, made when needed."""

from __future__ import annotations

import re
from functools import cached_property

_GROUP = re.compile(r"\(\?:[^()]*\)")


class Words:
    """A pattern of words, written in small letters, that matches them in any case.

    Its positions are those in the text itself. ``pattern`` is for texts that are ``small``.
    """

    def __init__(self, pattern: str) -> None:
        self._written = pattern

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Made when it is first needed: many runs read no page, and no page needs all."""
        # small letters and a pattern without flags are several times faster than IGNORECASE
        return re.compile(self._written.replace("ı", "i"))

    @classmethod
    def either(cls, *others: Words) -> Words:
        """A pattern for all that one of ``others`` matches: asked once, mostly in vain."""
        return cls("|".join(f"(?:{one._written})" for one in others))

    def match(self, text: str) -> re.Match[str] | None:
        """The words at the beginning of ``text``."""
        return self.pattern.match(small(text))

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The words, if they are all of ``text``."""
        return self.pattern.fullmatch(small(text))

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The words, wherever in ``text``, from ``start`` on, they stand first."""
        return self.pattern.search(small(text), start)


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
