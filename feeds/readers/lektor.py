"""Lektor's pages (``contents.lr``): fields parted by lines of dashes, of which one is the text.

Rules
- A field is ``key: value`` and goes on to the next such line, or it begins below ``key:``.
- ``body`` is the text, in Markdown, and stays in its lines; all other fields are front matter.
- What can't be read is a statement of the field ``BROKEN``: a text that is made of blocks
  (``#### name ####``), a line that is no field, more than front matter may be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feeds.model import Evidence, Statement
from feeds.readers import front_matter
from feeds.readers.meanings import meaning_of
from feeds.text.characters import visible
from feeds.text.patterns import compile_late

_TEXT = "body"
_DASHES = "---"
_LISTS = frozenset(["categories", "tags", "authors"])
"""Fields of which each line is a name."""
_BLOCK = compile_late(r"\s*####[^#\n]+####\s*")


def split_fields(path: str, text: str) -> tuple[tuple[Statement, ...], str]:
    """What the fields of the page with the decoded ``text`` say, and its body, line by line."""
    lines = text.split("\n")
    markup = [""] * len(lines)
    found: list[Statement] = []
    said = 0
    for start, end in _fields(lines):
        key, colon, first = visible(lines[start]).partition(":")
        key, value = (
            key.strip(),
            [first.strip(), *(line.strip() for line in lines[start + 1 : end])],
        )
        if not colon or not key:
            what = f"'{lines[start].strip()[:60]}' is no field; write 'key: value'"
            found.append(_broken(path, start, what))
        elif key.casefold() == _TEXT:
            markup[start:end] = [first.lstrip(), *lines[start + 1 : end]]
        else:
            said += sum(map(len, value))
            name = key.casefold() if key.casefold() in front_matter.FIELDS else key
            words = tuple(filter(None, value))
            is_list = name in _LISTS or meaning_of(key) in _LISTS
            told = words if is_list and len(words) > 1 else " ".join(words)
            found.append(Statement(name, told, Evidence(path, start + 1, f"front matter: {name}")))
    if said > front_matter.LONGEST:
        what = f"the fields are longer than {front_matter.LONGEST:,} characters"
        return (_broken(path, 0, what),), "\n".join(markup)
    begin = next((number for number, line in enumerate(markup) if line.strip()), 0)
    if _BLOCK.fullmatch(markup[begin]):
        what = "a text made of Lektor's blocks ('#### name ####') is not read; write it as Markdown"
        found.append(_broken(path, begin, what))
    if not front_matter.says_when(found):
        found += front_matter.notices(path, markup[begin:][: front_matter.FIRST], begin)
    return tuple(found), "\n".join(markup)


def _fields(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each field begins, and where the line is that ends it."""
    start: int | None = None
    for number, line in enumerate([*lines, _DASHES]):
        if visible(line).rstrip() == _DASHES:
            if start is not None:
                yield start, number
            start = None
        elif start is None and line.strip():
            start = number


def _broken(path: str, line: int, what: str) -> Statement:
    return Statement(front_matter.BROKEN, what, Evidence(path, line + 1, "front matter"))
