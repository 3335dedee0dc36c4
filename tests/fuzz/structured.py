"""Mutations that leave the form whole: a value, a cell, a key is another, and all else as it was.

What looks like no JSON, TOML or CSV any more is refused at once, and nothing behind is tried.
"""

from __future__ import annotations

import json
import random
import re
from typing import Any

from tests.fuzz.pieces import DATES, NASTY, OF_KIND

_LINE = re.compile(r"(?m)^([ \t]*[\w\"'.-]+\s*[=:]\s*)(.+)$")
_SCRIPT = re.compile(r"(<script[^>]*ld\+json[^>]*>)(.*?)(</script>)", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(\s[\w:-]+=)("[^"]*"|'[^']*'|[^\s"'>]+)""")
_CELL = re.compile(r'"[^"]*"|[^",;\n]+')
_ATOMS = (
    "true", "1", "-1", "1.5", "inf", "nan", "[]", "{}", "[[]]", '["a", 1]', '[""]', "[{}]", "''", '""', "07:32:00",
    "1979-05-27", "0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
    "1979-05-27T07:32:00", '"""\na\n"""', "{a = 1}", "{a = {b = []}}", "1e400", "0x7fffffffffffffff", "99999999999999999999",
    "'en'", "'xx-yy'", "'draft'", "'paid'", "'2026-02-30'", "'news.example,2026'", "'a,9999-99-99'", "'https://[::1]/'",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, [], {}, "", 0, -1, 1.5, 10**30, [[]], [None], [{}], {"@id": []}, {"@id": {}}, {"name": [1]}, {"url": {}},
    {"@type": [[]]}, ["a", None, 1], {"@list": []}, [[[["a"]]]], {"name": {"name": "a"}}, {"@id": None}, [{"@id": []}],
)  # fmt: skip


def _nasty(chance: random.Random) -> str:
    return chance.choice(DATES if chance.random() < 0.3 else NASTY)


def another_value(text: str, kind: str, chance: random.Random) -> str:
    """``text`` with one value that is another; as it is if it has none."""
    if kind == "json":
        return _other_json(text, chance)
    if kind in {"decisions", "site", "front matter"}:
        return _sub(_LINE, text, lambda found: found[1] + _assigned(found[1], chance), chance)
    if kind == "table":
        return _sub(_CELL, text, lambda _: _quoted(chance), chance)
    if kind == "html" and "ld+json" in text and chance.random() < 0.6:
        return _sub(
            _SCRIPT, text, lambda found: found[1] + _other_json(found[2], chance) + found[3], chance
        )
    if kind in {"html", "rss", "atom"}:
        return _sub(_ATTRIBUTE, text, lambda found: found[1] + _attribute(kind, chance), chance)
    return text


def _sub(pattern: re.Pattern[str], text: str, made: Any, chance: random.Random) -> str:
    places = list(pattern.finditer(text))
    if not places:
        return text
    found = chance.choice(places)
    return text[: found.start()] + str(made(found)) + text[found.end() :]


def _assigned(key: str, chance: random.Random) -> str:
    """A value that the key may have: most are texts."""
    if chance.random() < 0.4:
        return chance.choice(_ATOMS)
    text = _nasty(chance)
    return text if ":" in key and chance.random() < 0.3 else json.dumps(text, ensure_ascii=False)


def _quoted(chance: random.Random) -> str:
    text = chance.choice(OF_KIND["table"]) if chance.random() < 0.3 else _nasty(chance)
    return '"' + text.replace('"', '""') + '"'


def _attribute(kind: str, chance: random.Random) -> str:
    text = _nasty(chance).replace('"', "&quot;")
    if kind != "html":
        text = re.sub("<|&(?!#|quot;)", "&lt;", text)
    return f'"{text}"'


def _other_json(text: str, chance: random.Random) -> str:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return text
    places = list(_places(data))
    if places:
        inside, key = chance.choice(places)
        draw = chance.random()
        if draw < 0.5:
            inside[key] = _nasty(chance)
        elif draw < 0.9:
            inside[key] = chance.choice(_VALUES)
        elif isinstance(inside, dict):
            inside[
                chance.choice(("@id", "@type", "name", "url", "id", "items", "date_published"))
            ] = inside.pop(key)
        else:
            inside += [inside[key]] * chance.choice((1, 30))
    return json.dumps(data, ensure_ascii=chance.random() < 0.5)


def _places(data: Any) -> Any:
    """Where in ``data`` values are: in what, and under which key."""
    waiting = [data]
    while waiting:
        item = waiting.pop()
        inside = (
            item.items()
            if isinstance(item, dict)
            else enumerate(item)
            if isinstance(item, list)
            else ()
        )
        for key, value in list(inside):
            yield item, key
            waiting.append(value)
