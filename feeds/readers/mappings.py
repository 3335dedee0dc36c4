"""YAML, TOML and JSON to keys with texts, as front matter has them: each with its line.

Rules
- Values are kept as they were written: in YAML, ``No`` is a word and 2026-01-09 ten characters.
- YAML is never constructed, only composed. Anchors and aliases, which could grow without end, and
  tags, which ask for more than a text, are refused; so is what is nested too deeply or has too
  many keys.
- Whatever is wrong is an ``UnreadableError`` with its line; no other exception leaves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from feeds.text.toml import TomlError, parse_toml

if TYPE_CHECKING:
    import yaml

_DEEPEST = 8
_MOST_KEYS = 1000
_LONGEST_TOLD = 200
_LONGEST_NAME = 60
_LONGEST_PATH = 400
_STANDARD = "tag:yaml.org,2002:"
_TAGS = frozenset(
    f"{_STANDARD}{name}" for name in "map seq str int float bool null timestamp".split()
)
_TOML_KEY = re.compile(r"\s*\[{0,2}\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([\w-]+))\s*[=.\]]")


class UnreadableError(Exception):
    """Why a mapping can't be read: ``what`` is wrong with it, in which of its lines."""

    def __init__(self, what: str, line: int = 0) -> None:
        what = sound(what)
        super().__init__(what)
        self.what = what if len(what) <= _LONGEST_TOLD else f"{what[: _LONGEST_TOLD - 1]}…"
        self.line = line


class Value(NamedTuple):
    """What a key says, and its line, counted from 1; 0 if that isn't known.

    ``value`` is None for what is neither a text nor a list of texts; ``below`` are then the texts
    of the keys inside it, each with the names of all that it is in: ``params.draft``.
    """

    key: str
    value: str | tuple[str, ...] | None
    line: int
    below: tuple[tuple[str, str], ...] = ()


def read_yaml(text: str) -> list[Value]:
    """Everything in the YAML mapping ``text``; raises UnreadableError."""
    import yaml  # late: most pages have none

    found = []
    for key_node, node in _composed(yaml, text):
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise UnreadableError("a key that is no text", line)
        found.append(_valued(str(key_node.value), _of_node(yaml, node), line))
    return found


def read_tree(text: str, language: Literal["yaml", "toml", "json"]) -> dict[str, object]:
    """The same as mappings and lists of texts, of which nobody needs the lines.

    Raises UnreadableError.
    """
    if language == "toml":
        return {key: _of_toml(value) for key, value in _parsed_toml(text).items()}
    if language == "json":
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UnreadableError("not JSON") from error
        if not isinstance(found, dict):
            raise UnreadableError("no object of JSON")
        _refuse_deep(found)
        return {key: _of_toml(value) for key, value in found.items()}
    import yaml

    nodes = _composed(yaml, text)
    return {str(key.value): _of_node(yaml, node) for key, node in nodes}


def leaves(tree: dict[str, object]) -> dict[str, tuple[str, ...]]:
    """The texts in ``tree``, by the names of all keys that they are in: ``params.draft``."""
    found: dict[str, list[str]] = {}
    for key, value in tree.items():
        for path, text in _inside(key, value):
            found.setdefault(path, []).append(text)
    return {path: tuple(texts) for path, texts in found.items()}


def _composed(yaml: Any, text: str) -> list[tuple[Any, Any]]:
    try:
        _refuse_excess(yaml, text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnreadableError(
            f"not YAML: {error.problem} (a text with ': ' in it stands in quotes)",
            mark.line + 1 if mark else 0,
        ) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise UnreadableError(
            f"not YAML: a character that it forbids ({error.reason})", line
        ) from (error)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise UnreadableError("not YAML: an escape that is no character") from error
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise UnreadableError("no lines of 'key: value'", 1)
    _refuse_many(len(root.value))
    return list(root.value)


def read_toml(text: str) -> list[Value]:
    """Everything in the TOML document ``text``; raises UnreadableError."""
    table = _parsed_toml(text)
    lines: dict[str, int] = {}
    for number, row in enumerate(text.split("\n"), start=1):
        if match := _TOML_KEY.match(row):
            lines.setdefault(next(filter(None, match.groups()), ""), number)
    return [_valued(key, _of_toml(value), lines.get(key, 0)) for key, value in table.items()]


def _parsed_toml(text: str) -> dict[str, Any]:
    try:
        table = parse_toml(text, largest=len(text), exact=True)
    except TomlError as error:
        told = f"not TOML: {error.what} (texts stand in double quotes)"
        raise UnreadableError(told, error.line) from error
    _refuse_many(len(table))
    return table


def sound(text: str) -> str:
    """``text`` with escaped surrogates joined, as JSON writes them; a lone one is no character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _refuse_excess(library: Any, text: str) -> None:
    """Looks at events, of which nothing grows, before anything is built."""
    depth = 0
    for event in library.parse(text, Loader=library.SafeLoader):
        line = event.start_mark.line + 1
        if getattr(event, "anchor", None) is not None:
            what = "anchors (&) and aliases (*) are not read; put it in quotes"
            raise UnreadableError(what, line)
        tag = getattr(event, "tag", None)
        if tag is not None and tag not in _TAGS:
            name = tag.removeprefix(_STANDARD)[:_LONGEST_NAME]
            raise UnreadableError(f"the tag '{name}' is not read; put the value in quotes", line)
        if isinstance(event, library.CollectionStartEvent):
            depth += 1
        elif isinstance(event, library.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise UnreadableError("nested too deeply", line)


def _refuse_deep(tree: dict[str, Any]) -> None:
    level: list[Any] = [tree]
    for _ in range(_DEEPEST):
        inside = ((item.values() if isinstance(item, dict) else item) for item in level)
        level = [one for some in inside for one in some if isinstance(one, dict | list)]
    if level:
        raise UnreadableError("nested too deeply")


def _refuse_many(keys: int) -> None:
    if keys > _MOST_KEYS:
        raise UnreadableError(f"more than {_MOST_KEYS} keys")


def _of_node(library: Any, node: yaml.Node) -> object:
    if isinstance(node, library.ScalarNode):
        return "" if node.tag == "tag:yaml.org,2002:null" else sound(str(node.value))
    if isinstance(node, library.SequenceNode):
        return [_of_node(library, item) for item in node.value]
    return {
        str(key.value): _of_node(library, item)
        for key, item in node.value
        if isinstance(key, library.ScalarNode)
    }


def _of_toml(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return [_of_toml(item) for item in value]
    if isinstance(value, dict):
        return {key: _of_toml(item) for key, item in value.items()}
    return str(value)


def _valued(key: str, value: object, line: int) -> Value:
    texts = _texts(value)
    return Value(sound(key), texts, line, tuple(_inside(key, value)) if texts is None else ())


def _inside(path: str, value: object) -> Iterator[tuple[str, str]]:
    """The texts in ``value``, each with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(f"{path}.{key}"[-_LONGEST_PATH:], item)
    elif isinstance(value, list):
        for item in value:
            yield from _inside(path, item)
    else:
        yield sound(path), str(value)


def _texts(value: object) -> str | tuple[str, ...] | None:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return None
