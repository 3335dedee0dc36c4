"""Heads of pages between no marks: Pelican's, and Nikola's lines that begin with two dots.

Rules
- ``Title: Bell hangs again`` and lines like it, up to the first blank one, are the head of a
  Markdown page if all of them are keys, of one word, and two of them are known: its title, or its
  date, or the like is the first.
- ``.. title: Bell hangs again``, in a comment or not, begins one in any page.
- A value goes on in lines that are indented. Several authors are parted by commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feeds.model import Evidence, Statement
from feeds.readers.keys import FIELDS
from feeds.readers.meanings import meaning_of, plain
from feeds.text import characters
from feeds.text.patterns import compile_late

_MARKDOWN = (".md", ".markdown")
_FIRST = frozenset(["title", "date", "slug", "author", "authors", "category", "tags", "status"])
_ENOUGH = 2
_MOST = 60
_PLAIN = compile_late(r"([A-Za-z][\w-]{1,40}):(?:[ \t]+(.*))?")
_DOTS = compile_late(r"\.\. ([\w-]{1,40}):(?:[ \t]+(.*))?")
_INDENTED = re.compile(r"(?: {2,}|\t)\S")
_KEPT_BY_TAG = frozenset(["draft", "private"])


def split_head(path: str, lines: Sequence[str]) -> tuple[tuple[Statement, ...], int]:
    """What the head in the first of ``lines`` says, and how many of them it is; 0: none."""
    first = lines[0].strip() if lines else ""
    if first == "<!--" or first.startswith("<!-- .. "):
        return _commented(path, lines)
    if first.startswith(".. "):
        rows = list(_rows(lines, _DOTS, 0))
        return _dotted(path, rows), _end(rows)
    if path.lower().endswith(_MARKDOWN) and _PLAIN.match(first):
        return _unmarked(path, lines)
    return (), 0


def _commented(path: str, lines: Sequence[str]) -> tuple[tuple[Statement, ...], int]:
    start = 1
    first = lines[0].strip()
    if first != "<!--":
        lines, start = [first.removeprefix("<!-- "), *lines[1:]], 0
    rows = list(_rows(lines, _DOTS, start))
    end = _end(rows)
    while 0 < end < len(lines) and not lines[end].strip():
        end += 1
    if not rows or end >= len(lines) or not lines[end].strip().startswith("-->"):
        return (), 0
    return _dotted(path, rows), end + 1


def _unmarked(path: str, lines: Sequence[str]) -> tuple[tuple[Statement, ...], int]:
    rows = list(_rows(lines, _PLAIN, 0))
    end = _end(rows)
    is_closed = end >= len(lines) or not lines[end].strip()
    known = [key for _, _, key, _ in rows if plain(key) in FIELDS or meaning_of(key) != "unknown"]
    if len(known) < _ENOUGH or not is_closed or plain(rows[0][2]) not in _FIRST:
        return (), 0
    return tuple(_statement(path, *row) for row in rows), end


Row = tuple[int, int, str, str]


def _rows(lines: Sequence[str], pattern: re.Pattern[str], start: int) -> Iterator[Row]:
    """Where each key begins and ends, the key, and its value."""
    number = start
    while number < min(len(lines), start + _MOST):
        match = pattern.fullmatch(characters.visible(lines[number]).rstrip())
        if match is None:
            return
        begin, value = number, match[2] or ""
        number += 1
        while number < len(lines) and _INDENTED.match(lines[number]):
            value += f" {lines[number].strip()}"
            number += 1
        yield begin, number, match[1], value.strip()


def _end(rows: Sequence[Row]) -> int:
    return rows[-1][1] if rows else 0


def _dotted(path: str, rows: Sequence[Row]) -> tuple[Statement, ...]:
    found = [_statement(path, *row) for row in rows]
    for begin, _, key, value in rows:
        if plain(key) == "tags":
            kept = _KEPT_BY_TAG & {plain(tag) for tag in value.split(",")}
            found += [_statement(path, begin, 0, "status", word) for word in sorted(kept)]
    return tuple(found)


def _statement(path: str, begin: int, _: int, key: str, value: str) -> Statement:
    name = key.casefold() if key.casefold() in FIELDS else key
    said: str | tuple[str, ...] = value
    if name in {"author", "authors"} and "," in value and ";" not in value:
        said = tuple(part.strip() for part in value.split(","))
    return Statement(name, said, Evidence(path, begin + 1, f"front matter: {name}"))
