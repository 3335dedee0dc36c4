"""Front matter: what an editor wrote above a page, between two lines of ``---`` or ``+++``.

Rules
- ``---`` encloses YAML, ``+++`` TOML, from the first line of the page on that isn't blank.
- Other programs' heads have no marks: ``heads``. Lektor's pages are fields: ``lektor``.
- A page that merely begins with such a line is left as it is: no ``key: value`` (``key = value``)
  follows, or ``prose`` that has colons. Nor is prose front matter for its colons, if it can't be
  read: a key was meant for machines if it begins with a small letter and is one word, if it is
  known, or if a sign of YAML follows; or if the lines up to the closing one are keys alone.
- What was meant as front matter and can't be read (its syntax, its size, no closing line, the other
  language between these lines, and what ``unusual`` knows) is a statement too, of the field
  ``BROKEN``: its editor meant to say something, perhaps an embargo. It is never a story.
- A line above the text, or right below front matter, that ``keeping_back`` takes for one, is a
  statement of the field ``NOTICE``, unless front matter says when the page may be published.
- Bounded: 32 KiB, a few levels, a thousand keys; see ``mappings``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from feeds.model import Evidence, Statement
from feeds.readers import unusual
from feeds.readers.heads import split_head
from feeds.readers.keeping_back import find_line
from feeds.readers.keys import (
    BROKEN,
    FIELDS,
    NOTICE,
    RECORDINGS,
    Key,
    find_key,
    is_nearly_key,
    keeps_back,
    nearest_field,
)
from feeds.readers.mappings import UnreadableError, Value, read_toml, read_yaml
from feeds.readers.meanings import matters
from feeds.readers.prose import is_prose
from feeds.text import characters

__all__ = [
    "BROKEN",
    "FIELDS",
    "FIRST",
    "LONGEST",
    "NESTED",
    "NOTICE",
    "RECORDINGS",
    "Split",
    "keeps_back",
    "nearest_field",
    "notice",
    "notices",
    "says_when",
    "split_front_matter",
]

NESTED = "(nested)"
"""The value of a key of which more is known by the keys inside of it."""
_MAPPED = frozenset(["image", "author", "authors", "categories"])
"""Fields that may be mappings, as other programs have them."""
LONGEST = 32 * 1024
"""So many characters front matter may have."""
_UNCLOSED = 20
"""So many lines are looked at where no line closes the front matter."""
_NEAR = 2000
"""So many characters are looked at for what is nearly front matter."""
FIRST = 5
"""So many lines below the front matter may keep a page back, too."""
_ABOVE = re.compile("[\\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*+")
_MARK = re.compile(r"(---|\+\+\+)[ \t]*(ya?ml|toml|json)?[ \t]*", re.IGNORECASE)
_RULES = {"embargo", "status", BROKEN}
_CLOSING = {"---": ("---", "..."), "+++": ("+++",)}
_TABLE = re.compile(r"\s*\[{1,2}[^\[\]\n]+\]{1,2}\s*(?:#.*)?$")
_ASKED = re.compile(r"\s*\?\s+\S")
_SHAPED = re.compile(r"\s+\S|[-?]\s|[]}#]")


class Split(NamedTuple):
    """``length`` is how many lines at the top of the page are front matter, its marks included."""

    statements: tuple[Statement, ...]
    length: int


def split_front_matter(path: str, text: str) -> Split:
    """The front matter above the page whose decoded ``text`` is given; never raises.

    Lines end with a line feed.
    """
    above = _ABOVE.match(text)
    start = above.end() if above else 0
    blank = text.count("\n", 0, start)
    if why := unusual.unread(text[start : start + LONGEST]):
        return Split((Statement(BROKEN, why, Evidence(path, blank + 1, "front matter")),), 0)
    if text[start : start + 3] not in _CLOSING:
        head, length = split_head(path, text[start : start + LONGEST].split("\n"))
        if length:
            said = (
                msgspec.structs.replace(one, evidence=_below(one.evidence, blank)) for one in head
            )
            return Split(tuple(said), blank + length)
        return Split(notices(path, text[:_NEAR].split("\n")[:_UNCLOSED]), 0)
    lines = text[start : start + 2 * LONGEST].split("\n")
    match = _MARK.fullmatch(characters.visible(lines[0]).rstrip())
    found = _split(path, match, lines) if match else Split((), 0)
    length = blank + found.length if found.length else 0
    statements = tuple(
        msgspec.structs.replace(each, evidence=_below(each.evidence, blank))
        for each in found.statements
    )
    if says_when(statements):
        return Split(statements, length)
    rest = lines[found.length : found.length + (FIRST if length else _UNCLOSED)]
    return Split((*statements, *notices(path, rest, blank + found.length)), length)


def notices(path: str, lines: Sequence[str], above: int = 0) -> tuple[Statement, ...]:
    """What keeps a page back whose ``lines`` begin with words of front matter, but not as one does.

    So many lines are ``above`` them.
    """
    for number, line in enumerate(lines, start=above + 1):
        if told := find_line(line):
            return (notice(path, number, told),)
    return ()


def says_when(statements: Iterable[Statement]) -> bool:
    """Whether ``statements`` say when the page may be published, so that no line has to."""
    return not _RULES.isdisjoint(each.field for each in statements)


def notice(path: str, line: int, told: str) -> Statement:
    """That what is ``told`` on this ``line`` may be meant to keep its page back."""
    return Statement(NOTICE, told, Evidence(path, line, "a line above the text"))


def _below(evidence: Evidence, blank: int) -> Evidence:
    return msgspec.structs.replace(evidence, line=evidence.line + blank)


def _split(path: str, opening: re.Match[str], lines: Sequence[str]) -> Split:
    """The same for ``lines`` of which the first is ``opening``."""
    mark = opening[1]
    end, is_long = _end(mark, lines)
    begin = next((number for number, text in enumerate(lines[1:], 1) if _says(text)), 0)
    content = lines[1 : end or begin + _UNCLOSED]
    first = lines[begin] if 0 < begin < 1 + len(content) else ""
    if mark == "---" and not opening[2] and is_prose(content):
        return Split((), 0)
    is_meant = bool(opening[2]) or _is_meant(mark, first, content, is_closed=bool(end))
    if first and not is_meant and not find_key(mark, first):
        return Split((), 0)
    try:
        if opening[2]:
            what = (
                f"'{lines[0].strip()[:20]}' is not read; write '---' alone (YAML), or '+++' (TOML)"
            )
            raise UnreadableError(what)
        if is_long:
            raise UnreadableError(f"the front matter is longer than {LONGEST:,} characters")
        if not end:
            raise UnreadableError(f"the front matter has no closing line '{mark}'")
        found = list(_known((read_yaml if mark == "---" else read_toml)("\n".join(content))))
    except UnreadableError as error:
        if not is_meant:
            return Split((), 0)
        evidence = Evidence(path, error.line + 1, "front matter")
        return Split((Statement(BROKEN, error.what, evidence),), end + 1 if end else 0)
    statements = tuple(
        Statement(key, value, Evidence(path, line + 1, f"front matter: {key}"))
        for key, value, line in found
    )
    return Split(statements, end + 1)


def _end(mark: str, lines: Sequence[str]) -> tuple[int, bool]:
    """Which of ``lines`` closes what ``mark`` opened, 0 for none; whether that is too long."""
    size = 0
    for number, text in enumerate(lines[1:], start=1):
        size += len(text) + 1
        if size > LONGEST:
            return 0, True
        if text.startswith(_CLOSING[mark]) and characters.visible(text).rstrip() in _CLOSING[mark]:
            return number, False
    return 0, False


def _says(line: str) -> bool:
    """Whether ``line`` is neither blank nor a comment."""
    return bool(line.strip()) and line.lstrip()[0] != "#"


def _is_meant(mark: str, first: str, content: Sequence[str], *, is_closed: bool) -> bool:
    """Whether ``content``, below a ``mark``, was meant as front matter, readable or not.

    ``first`` is its first line that says anything.
    """
    other = "+++" if mark == "---" else "---"
    begins = find_key(mark, first)
    keys = [key for line in content if (key := find_key(mark, line))]
    if begins is not None and (
        begins.has_sign
        or (begins.is_plain and (is_closed or not begins.is_item))
        or any(key.is_known for key in keys)
    ):
        return True
    if mark == "+++" and _TABLE.match(first) and (is_closed or keys):
        return True
    if _ASKED.match(first) and any(line.lstrip().startswith(": ") for line in content):
        return True
    if any(map(is_nearly_key, content if is_closed else (first,))):
        return True
    foreign = [key for line in content if (key := find_key(other, line))]
    strange = find_key(other, first)
    if not is_closed:
        return strange is not None and strange.is_plain and strange.is_known
    shaped = (bool(_SHAPED.match(line)) or _is_word(find_key(mark, line)) for line in content)
    return (
        (begins is not None and all(shaped))
        or (strange is not None and any(key.is_known for key in foreign))
        or any(key.is_plain and key.is_known for key in (*keys, *foreign))
    )


def _is_word(key: Key | None) -> bool:
    return key is not None and " " not in key.name


def _known(found: Iterable[Value]) -> Iterator[tuple[str, str | tuple[str, ...], int]]:
    """Key, value and line of all that was ``found``; raises UnreadableError.

    Keys that are known are as FIELDS has them, whatever their case. Of a mapping that is read, each
    text has its key before it, and a blank.
    """
    seen: set[str] = set()
    for name, value, line, below in found:
        key = name.casefold() if name.casefold() in FIELDS else name
        if key in seen:
            raise UnreadableError(f"'{key[:60]}' is there twice", line)
        seen.add(key)
        if value is None and key in RECORDINGS and below:
            value = tuple(f"{inner.rpartition('.')[2]} {said}" for inner, said in below)
        if value is None and key in FIELDS and (key not in _MAPPED or not below):
            raise UnreadableError(f"'{key}' is neither a text nor a list of texts", line)
        if value is not None:
            yield key, value, line
            continue
        inside: dict[str, list[str]] = {}
        for inner, said in below:
            is_name = key in FIELDS and inner == f"{name}.name"  # beside others that are bare
            inside.setdefault(name if is_name else inner, []).append(said)
        own = inside.pop(name, None)
        if own or key not in FIELDS:
            yield key, tuple(own) if own else NESTED, line
        for inner, several in inside.items():
            if matters(inner, several):
                yield inner, several[0] if len(several) == 1 else tuple(several), line
