"""Front matter: what an editor wrote above a page, between two lines of ``---`` or ``+++``.

Rules
- ``---`` encloses YAML, ``+++`` TOML, from the first line of the page on that isn't blank.
- A page that merely begins with such a line is left as it is: no ``key: value`` (``key = value``)
  follows. Neither is prose front matter for its colons, if it can't be read: a key was meant for
  machines if it begins with a small letter and is one word, if it is known, or if a sign of YAML
  follows; or if the lines up to the closing one are keys without a blank line.
- What was meant as front matter and can't be read (its syntax, its size, no closing line, the other
  language between these lines, JSON) is a statement too, of the field ``BROKEN``: its editor
  meant to say something, perhaps an embargo. It is never a story.
- Bounded: 32 KiB, a few levels, a thousand keys; see ``mappings``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from feeds.model import Evidence, Statement
from feeds.readers.mappings import UnreadableError, Value, read_toml, read_yaml, sound
from feeds.text import characters

FIELDS = (
    "title",
    "date",
    "updated",
    "author",
    "authors",
    "categories",
    "url",
    "image",
    "summary",
    "language",
    "id",
    "access",
    "status",
    "embargo",
)
"""What front matter and pages.csv may say."""
BROKEN = "front matter"
"""The field of a statement that stands for front matter, or a row, that can't be read."""
_KEEPING_BACK = {"status", "embargo", "access", BROKEN}
_ELSEWHERE = {"draft": "status", "hidden": "status", "private": "status", "published": "date"}
"""What other programs call it; some say ``draft: false``, or ``published: false``."""
_KEEPERS = {
    "embargo", "embargoed", "эмбарго", "hold", "draft", "unpublish", "unpublished", "retracted",
    "withdrawn", "paid", "premium", "private", "hidden", "isaccessibleforfree",
}  # fmt: skip

_LONGEST = 32 * 1024
_UNCLOSED = 20
"""So many lines are looked at where no line closes the front matter."""
_NEAR = 2000
"""So many characters are looked at for what is nearly front matter."""
_FIRST = 5
"""So many lines below the front matter may keep a page back, too."""
_RULES = {"embargo", "status", BROKEN}
"""Whoever states one of these has said what may be published when."""
_KEPT_BACK = re.compile(
    r"\W{0,4}(?:(?:under\s+)?(?:embargo\w*|эмбарго|ембарго|embarqo)\b[^\w\n]*(?:until|till|до|by)?\W{0,3}.{0,40}\d"
    r"|not\s+for\s+(?:publication|release)\s+before\b.{0,40}\d"
    r"|status\s*[:=]\s*(?:draft|retracted|private|hidden)\b)",
    re.IGNORECASE,
)
_KEPT_BACK_STARTS = frozenset(["em", "эм", "ем", "no", "st", "un"])
_ABOVE = re.compile("[\\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*+")
_MARK = re.compile(r"(---|\+\+\+)[ \t]*(ya?ml|toml|json)?[ \t]*", re.IGNORECASE)
_CLOSING = {"---": ("---", "..."), "+++": ("+++",)}
_JSON = re.compile(r"\{\s{0,200}\"[^\"\n]{0,200}\"\s{0,9}:")
_NAME = r"\"([^\"\n]*)\"|'([^'\n]*)'"
_KEY = {
    "---": re.compile(
        r"\s*+((?:(?:[-?]|[!&]\S*+)\s++)*+)\{?\s*+(?:"
        rf"{_NAME}|(<<|[^\W\d][\w.$/-]*+|[^\W\d][\w -]{{0,60}}?))\s*:(?:\s+|$)"
    ),
    "+++": re.compile(
        rf"\s*()(?:{_NAME}|([\w-]++))(?:\s*\.\s*(?:\"[^\"\n]*\"|'[^'\n]*'|[\w-]++))*+\s*=(?!=)\s*"
    ),
}
"""A line of either language: what is before the key, and the key, quoted or not."""
_TABLE = re.compile(r"\s*\[{1,2}[^\[\]\n]+\]{1,2}\s*(?:#.*)?$")
_SIGN = re.compile(r"&\w|!!?\w|[|>][+-]?\d?\s*$|\{|\[(?![^\]\n]*\][\[(:])")
"""How a value begins that is no prose, nor a link of Markdown."""
_SHAPED = re.compile(r"\s+\S|[-?]\s|[]}#]")


class Split(NamedTuple):
    """``length`` is how many lines at the top of the page are front matter, its marks included."""

    statements: tuple[Statement, ...]
    length: int


def _nearly(path: str, lines: Sequence[str], above: int = 0) -> tuple[Statement, ...]:
    """What keeps a page back whose ``lines`` begin with words of front matter, but not as one does.

    So many lines are ``above`` them.
    """
    for number, line in enumerate(lines, start=above + 1):
        if line[:1].isalpha() and line[:2].casefold() not in _KEPT_BACK_STARTS:
            continue
        if match := _KEPT_BACK.match(line):
            evidence = Evidence(path, number, "a line above the text")
            what = f"'{sound(match.group().strip())}' may be meant to keep this page back"
            return (Statement(BROKEN, what, evidence),)
    return ()


class _Key(NamedTuple):
    """The key with which a line begins.

    ``is_plain``: it is one word, and begins as keys do; ``is_item``: a dash or the like stands
    before it; ``has_sign``: what follows is no prose.
    """

    name: str
    is_plain: bool
    is_item: bool
    has_sign: bool

    @property
    def is_known(self) -> bool:
        """Whether it is a field, or may keep a page back."""
        return self.name.casefold() in FIELDS or keeps_back(self.name)


def _key(mark: str, line: str) -> _Key | None:
    match = _KEY[mark].match(line)
    if match is None:
        return None
    name = next(filter(None, match.groups()[1:]), "")
    is_plain = " " not in name and (name[:1].islower() or name[:1] in "_<")
    has_sign = mark == "+++" or _SIGN.match(line, match.end()) is not None
    return _Key(name, is_plain, bool(match[1]), has_sign)


def split_front_matter(path: str, text: str) -> Split:
    """The front matter above the page whose decoded ``text`` is given; never raises.

    Lines end with a line feed.
    """
    above = _ABOVE.match(text)
    start = above.end() if above else 0
    if text[start : start + 3] not in _CLOSING:
        if text.startswith("{", start) and (why := _json(text[start : start + _LONGEST])):
            line = text.count("\n", 0, start) + 1
            return Split((Statement(BROKEN, why, Evidence(path, line, "front matter")),), 0)
        return Split(_nearly(path, text[:_NEAR].split("\n")[:_UNCLOSED]), 0)
    blank = text.count("\n", 0, start)
    lines = text[start : start + 2 * _LONGEST].split("\n")
    match = _MARK.fullmatch(characters.visible(lines[0]).rstrip())
    found = _split(path, match, lines) if match else Split((), 0)
    length = blank + found.length if found.length else 0
    statements = tuple(
        msgspec.structs.replace(each, evidence=_below(each.evidence, blank))
        for each in found.statements
    )
    if not _RULES.isdisjoint(each.field for each in statements):
        return Split(statements, length)
    rest = lines[found.length : found.length + (_FIRST if length else _UNCLOSED)]
    return Split((*statements, *_nearly(path, rest, blank + found.length)), length)


def _json(text: str) -> str:
    """What is wrong with ``text``, which begins with a brace; empty if it is no front matter."""
    if _JSON.match(text) and re.search(r"^\}\s*$", text, re.MULTILINE):
        return "front matter in JSON is not read; write 'key: value' between two lines '---'"
    return ""


def _below(evidence: Evidence, blank: int) -> Evidence:
    return msgspec.structs.replace(evidence, line=evidence.line + blank)


def _split(path: str, opening: re.Match[str], lines: Sequence[str]) -> Split:
    """The same for ``lines`` of which the first is ``opening``."""
    mark, end, size = opening[1], 0, 0
    for number, text in enumerate(lines[1:], start=1):
        size += len(text) + 1
        if size > _LONGEST:
            break
        if text.startswith(_CLOSING[mark]) and characters.visible(text).rstrip() in _CLOSING[mark]:
            end = number
            break
    content = lines[1 : end or _UNCLOSED]
    first = next((text for text in content if text.strip() and text.lstrip()[0] != "#"), "")
    is_meant = bool(opening[2]) or _is_meant(mark, first, content, is_closed=bool(end))
    if first and not is_meant and not _key(mark, first):
        return Split((), 0)
    try:
        if opening[2]:
            what = (
                f"'{lines[0].strip()[:20]}' is not read; write '---' alone (YAML), or '+++' (TOML)"
            )
            raise UnreadableError(what)
        if size > _LONGEST:
            raise UnreadableError(f"the front matter is longer than {_LONGEST:,} characters")
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


def _is_meant(mark: str, first: str, content: Sequence[str], *, is_closed: bool) -> bool:
    """Whether ``content``, below a ``mark``, was meant as front matter, readable or not.

    ``first`` is its first line that says anything.
    """
    other = "+++" if mark == "---" else "---"
    begins = _key(mark, first)
    keys = [key for line in content if (key := _key(mark, line))]
    if begins is not None and (
        begins.has_sign
        or (begins.is_plain and (is_closed or not begins.is_item))
        or any(key.is_known for key in keys)
    ):
        return True
    if mark == "+++" and _TABLE.match(first) and (is_closed or keys):
        return True
    foreign = [key for line in content if (key := _key(other, line))]
    strange = _key(other, first)
    if not is_closed:
        return strange is not None and strange.is_plain and strange.is_known
    shaped = (bool(_SHAPED.match(line)) or _is_word(_key(mark, line)) for line in content)
    return (
        (begins is not None and all(shaped))
        or (strange is not None and any(key.is_known for key in foreign))
        or any(key.is_plain and key.is_known for key in (*keys, *foreign))
    )


def _is_word(key: _Key | None) -> bool:
    return key is not None and " " not in key.name


def _known(found: Iterable[Value]) -> Iterator[tuple[str, str | tuple[str, ...], int]]:
    """Key, value and line of all that was ``found``; raises UnreadableError.

    Keys that are known are as FIELDS has them, whatever their case.
    """
    seen: set[str] = set()
    for name, value, line in found:
        key = name.casefold() if name.casefold() in FIELDS else name
        if key in seen:
            raise UnreadableError(f"'{key[:60]}' is there twice", line)
        seen.add(key)
        if value is None and key in FIELDS:
            raise UnreadableError(f"'{key}' is neither a text nor a list of texts", line)
        yield key, "(nested)" if value is None else value, line


def nearest_field(key: str) -> str:
    """The name in FIELDS that ``key`` was probably meant to be; empty if it is like none."""
    close = difflib.get_close_matches(key.casefold(), FIELDS, n=1, cutoff=0.75)
    return close[0] if close else _ELSEWHERE.get(key.casefold(), "")


def keeps_back(key: str) -> bool:
    """Whether ``key`` is, or was probably meant to be, one that keeps a page from readers."""
    parts = set(re.split(r"[\W_]+", key.casefold()))
    return (
        key in _KEEPING_BACK
        or nearest_field(key) in _KEEPING_BACK
        or not parts.isdisjoint(_KEEPERS)
    )
