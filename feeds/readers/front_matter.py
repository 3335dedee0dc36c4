"""Front matter: what an editor wrote above a page, between two lines of ``---`` or ``+++``.

Rules
- ``---`` encloses YAML, ``+++`` TOML, from the first line of the page that isn't blank. A page that
  merely begins with such a line (none closes it, or no ``key: value`` follows) is left as it is.
- Values are kept as they were written: in YAML, ``No`` is a word and 2026-01-09 ten characters.
- What can't be read, or isn't closed, is a statement too if one of its keys is known, of the
  field ``BROKEN``: its editor meant to say something, perhaps an embargo.
- Bounded: 32 KiB, a few levels, no anchors and no aliases, which could grow without end.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from feeds.model import Evidence, Statement

if TYPE_CHECKING:
    import yaml

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
_DEEPEST = 8
_TOP = 200
_NEAR = 2000
"""So many characters are looked at for what begins, or is nearly, front matter."""
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
_CLOSING = {"---": ("---", "..."), "+++": ("+++",)}
_KEY = {
    "---": re.compile(r"[\"']?([^\W\d][\w -]{0,60}?)[\"']?\s*:(?:\s|$)"),
    "+++": re.compile(r"(?:\[+\s*)?[\"']?([\w-]{1,60})[\"']?\s*[=.\]]"),
}


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
            what = f"'{_sound(match.group().strip())}' may be meant to keep this page back"
            return (Statement(BROKEN, what, evidence),)
    return ()


class _BrokenError(Exception):
    """Front matter that can't be read: ``what`` is wrong with it, in which of its lines."""

    def __init__(self, what: str, line: int = 0) -> None:
        super().__init__(what)
        self.what = what
        self.line = line


def split_front_matter(path: str, text: str) -> Split:
    """The front matter above the page whose decoded ``text`` is given; never raises.

    Lines end with a line feed.
    """
    head = text[:_TOP].lstrip()
    mark = head[:3]
    if mark not in _CLOSING or head.partition("\n")[0].rstrip() != mark:
        return Split(_nearly(path, text[:_NEAR].split("\n")[:_UNCLOSED]), 0)
    lines = text[: 2 * _LONGEST].split("\n")
    blank = next(number for number, line in enumerate(lines) if line.strip())
    found = _split(path, mark, lines[blank:])
    if not found.length:
        return found
    length = blank + found.length
    statements = tuple(
        msgspec.structs.replace(each, evidence=_below(each.evidence, blank))
        for each in found.statements
    )
    if not _RULES.isdisjoint(each.field for each in statements):
        return Split(statements, length)
    return Split((*statements, *_nearly(path, lines[length : length + _FIRST], length)), length)


def _below(evidence: Evidence, blank: int) -> Evidence:
    return msgspec.structs.replace(evidence, line=evidence.line + blank)


def _split(path: str, mark: str, lines: Sequence[str]) -> Split:
    """The same for ``lines`` of which the first is ``mark``."""
    end, size = 0, 0
    for number, text in enumerate(lines[1:], start=1):
        size += len(text) + 1
        if size > _LONGEST:
            break
        if text.rstrip() in _CLOSING[mark]:
            end = number
            break
    content = lines[1 : end or _UNCLOSED]
    first = next((text for text in content if text.strip() and text.lstrip()[0] != "#"), "")
    if first and not _KEY[mark].match(first):
        return Split((), 0)
    try:
        if not end:
            raise _BrokenError(f"the front matter has no closing line '{mark}'")
        found = (_yaml if mark == "---" else _toml)("\n".join(content))
    except _BrokenError as error:
        keys = [match[1] for text in content if (match := _KEY[mark].match(text))]
        if not any(key.casefold() in FIELDS or keeps_back(key) for key in keys):
            return Split((), 0)
        evidence = Evidence(path, error.line + 1, "front matter")
        broken = Statement(BROKEN, _sound(error.what), evidence)
        return Split((broken,), end + 1 if end else 0)
    statements = tuple(
        Statement(key, value, Evidence(path, line + 1, f"front matter: {key}"))
        for key, value, line in found
    )
    return Split(statements, end + 1)


def _known_field(key: str) -> str:
    """``key`` as FIELDS has it, whatever its case; as it is if it isn't there."""
    return key.casefold() if key.casefold() in FIELDS else key


def _yaml(text: str) -> list[tuple[str, str | tuple[str, ...], int]]:
    """Key, value and line of everything in a YAML mapping; raises _BrokenError."""
    import yaml  # late: most pages have none

    try:
        _refuse_excess(yaml, text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _BrokenError(
            f"not YAML: {error.problem} (a text with ': ' in it stands in quotes)",
            mark.line + 1 if mark else 0,
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise _BrokenError(f"not YAML: {str(error).splitlines()[0]}") from error
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise _BrokenError("no lines of 'key: value'", 1)
    found: dict[str, tuple[str, str | tuple[str, ...], int]] = {}
    for key_node, node in root.value:
        line = key_node.start_mark.line + 1
        key = _known_field(_sound(str(key_node.value)))
        if not isinstance(key_node, yaml.ScalarNode):
            raise _BrokenError("a key that is no text", line)
        if key in found:
            raise _BrokenError(f"'{key}' is there twice", line)
        found[key] = (key, _plain(key, _of_node(yaml, node), line), line)
    return list(found.values())


def _refuse_excess(yaml: Any, text: str) -> None:
    """Looks at events, of which nothing grows, before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if getattr(event, "anchor", None) is not None:
            line = event.start_mark.line + 1
            raise _BrokenError("anchors (&) and aliases (*) are not read; put it in quotes", line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise _BrokenError("nested too deeply", event.start_mark.line + 1)


def _of_node(library: Any, node: yaml.Node) -> object:
    if isinstance(node, library.ScalarNode):
        return "" if node.tag == "tag:yaml.org,2002:null" else _sound(str(node.value))
    if isinstance(node, library.SequenceNode):
        return [_of_node(library, item) for item in node.value]
    return {}


def _sound(text: str) -> str:
    """``text`` with escaped surrogates joined, as JSON writes them; a lone one is no character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _toml(text: str) -> list[tuple[str, str | tuple[str, ...], int]]:
    """Key, value and line of everything in a TOML document; raises _BrokenError."""
    try:
        table = tomllib.loads(text, parse_float=str)
    except RecursionError as error:
        raise _BrokenError("nested too deeply") from error
    except ValueError as error:
        where = re.search(r"\(at line (\d+)", str(error))
        what = str(error).partition(" (at line")[0]
        told = f"not TOML: {what} (texts stand in double quotes)"
        raise _BrokenError(told, int(where[1]) if where else 0) from error
    lines = text.split("\n")
    found = []
    for key, value in table.items():
        pattern = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
        line = next((index for index, row in enumerate(lines, start=1) if pattern.match(row)), 0)
        field = _known_field(key)
        found.append((field, _plain(field, _of_toml(value), line), line))
    return found


def _of_toml(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return [_of_toml(item) for item in value]
    return value if isinstance(value, dict) else str(value)


def _plain(key: str, value: object, line: int) -> str | tuple[str, ...]:
    """A text or a tuple of texts; raises _BrokenError for what is neither under a known key."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if key in FIELDS:
        raise _BrokenError(f"'{key}' is neither a text nor a list of texts", line)
    return "(nested)"


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
