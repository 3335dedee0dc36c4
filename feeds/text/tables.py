"""TOML that has nothing but ``[[tables]]`` of one name, parsed table by table.

Rules
- A table is what stands from its header up to the next. What is wrong with one costs no other.
- Of a sound text it is just what TOML says: a header inside a string is none, on whatever line.
- Where a table can't be read, it is tried up to whatever can't be a line of one: another header,
  a misspelt one too, or one that came to stand behind a value.
- Time is linear: what is looked over once more for the end of a string is bounded for the text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from feeds.text.toml import PIECE, TomlError, parse_toml

_SPARE = 4
"""So many times a text's length may be looked over in vain for where a string ends."""
_TRIED = 4
"""At so many headers inside of a piece that can't be read a table is tried."""
_LONG = 64 * 1024
"""In characters: what is longer, and has no header up to there, is not worth parsing."""
_ALIKE = 0.6
_BLANK = re.compile(r"(?:[ \t\r]*+(?:#[^\n]*+)?\n)*+")

Values = dict[str, Any] | TomlError


class Table(NamedTuple):
    """One table: the line of its header, the text that it is, and its values.

    These are a ``TomlError``, with the line in the whole text, if it can't be read. Then ``text``
    may be of no table at all.
    """

    line: int
    text: str
    values: Values


def find_tables(text: str, name: str, *, largest: int) -> Iterator[Table]:
    """The tables called ``name`` in ``text``, which may have ``largest`` characters, in its order.

    Comments and blank lines between them are none.
    """
    if len(text) > largest:
        what = f"{len(text):,} characters are more than it may have ({largest:,})"
        yield Table(0, "", TomlError(what))
        return
    headers = _Headers(text, name)
    start, line = 0, 1
    while start < len(text):
        end, values = headers.table(start)
        if values is not None:
            yield _table(text[start:end], line, values)
        line += text.count("\n", start, end)
        start = end


def _table(text: str, line: int, values: Values) -> Table:
    begun = _BLANK.match(text)
    first = line + (text.count("\n", 0, begun.end()) if begun else 0)
    if isinstance(values, TomlError):
        values = TomlError(values.what, line + values.line - 1 if values.line else first)
    return Table(first, text, values)


class _Headers:
    """The headers of tables called ``name`` in ``text``, and what may have been meant as one."""

    def __init__(self, text: str, name: str) -> None:
        self._text, self._name = text, name
        brackets = rf"\[\[[ \t]*+(?:{name}|\"{name}\"|'{name}')[ \t]*+\]\]"
        self._header = re.compile(brackets)
        self._line = re.compile(rf"^[ \t]*+{brackets}", re.MULTILINE)
        self._spare = _SPARE * len(text)

    def table(self, start: int) -> tuple[int, Values | None]:
        """Where the table that begins at ``start`` ends, and its values, as for ``_values``."""
        plain = self._after(start)
        wrong = self._values(start, plain)
        if not isinstance(wrong, TomlError):
            return plain, wrong
        beyond = self._beyond(start, plain)
        last = beyond or plain
        for end in (beyond, self._seam(start, last)):
            found = self._values(start, end) if end else wrong
            if not isinstance(found, TomlError):
                return end, found
        for header in islice(self._header.finditer(self._text, start + 1, last), _TRIED):
            line = self._text.rfind("\n", 0, header.start()) + 1
            is_comment = not self._text[line : header.start()].strip(" \t#")
            if is_comment and line <= start:
                continue
            if is_comment or isinstance(self._values(header.start(), last), dict):
                ends = [line] if is_comment else [header.start(), line]
                parts = [(end, self._values(start, end)) for end in ends if end > start]
                return next((one for one in parts if not isinstance(one[1], TomlError)), parts[0])
        return plain, wrong

    def _values(self, start: int, end: int) -> Values | None:
        """What the table between ``start`` and ``end`` has; None if there are but comments."""
        text = self._text[start:end]
        if len(text) > _LONG and not self._line.search(text, 0, _LONG):
            return TomlError(f"no [[{self._name}]]")
        try:
            raw = parse_toml(text, largest=len(text))
        except TomlError as error:
            return error
        if not raw:
            return None
        tables = raw.pop(self._name, None)
        if raw or not isinstance(tables, list) or len(tables) != 1:
            return TomlError(f"'{next(iter(raw), self._name)}' is no [[{self._name}]]")
        (table,) = tables
        return table if isinstance(table, dict) else TomlError(f"no [[{self._name}]]")

    def _after(self, start: int) -> int:
        """Where the next header stands at the beginning of a line, else the end of the text."""
        found = self._line.search(self._text, start + 1)
        return found.start() if found else len(self._text)

    def _beyond(self, start: int, plain: int) -> int:
        """Where a table ends that has the header at ``plain`` in a string; 0 if that is in none."""
        target, last = plain, min(len(self._text), plain + self._spare)
        if last <= plain:
            return 0
        for piece in PIECE.finditer(self._text, start, last):
            if piece["open"]:
                self._spare -= last - plain
                break
            if piece.start() >= target:
                break
            if piece.end() > target:
                target = self._after(piece.end() - 1)
        self._spare -= target - plain
        return target if target != plain else 0

    def _seam(self, start: int, end: int) -> int:
        """Where, outside of strings and lists, something begins that is no line of a table.

        0 if nothing does.
        """
        depth, line, is_first = 0, start, True
        for piece in PIECE.finditer(self._text, start, end):
            mark, at = piece[0], piece.start()
            found = line if is_first else at
            if depth == 0 and found > start and self._is_seam(mark, at, end, is_first=is_first):
                return found
            if piece["open"]:
                break
            if mark in {"[", "]"}:
                depth = max(0, depth + (mark == "[") - (mark == "]"))
            is_first = mark == "\n" or (is_first and not mark.strip(" \t\r"))
            if "\n" in mark:
                line = piece.end()
                if mark == "\n" and depth == 0 and self._is_misspelt(line, end):
                    return line
        return 0

    def _is_seam(self, mark: str, at: int, end: int, *, is_first: bool) -> bool:
        """Whether at ``mark``, the first of its line or not, something begins that is no value."""
        if mark == "[":
            return is_first or bool(self._header.match(self._text, at, end))
        if not is_first or mark[0] not in {'"', "'"}:
            return False
        line_end = self._text.find("\n", at, end)
        line = self._text[at : line_end if line_end >= 0 else end]
        header = self._header.search(line)
        return header is not None and "=" not in line[: header.start()]

    def _is_misspelt(self, start: int, end: int) -> bool:
        """Whether the line at ``start`` may have been meant as a header."""
        line_end = self._text.find("\n", start, end)
        line = self._text[start : line_end if line_end >= 0 else end].partition("#")[0].strip()
        if not line or set(line) & set("=\"'") or len(line) > 4 * len(self._name):
            return False
        return line.endswith("]") or _is_alike(line.strip("[] \t"), self._name)


@lru_cache(1 << 10)  # nobody has so many ways to misspell one word
def _is_alike(word: str, name: str) -> bool:
    return difflib.SequenceMatcher(None, word, name).ratio() >= _ALIKE
