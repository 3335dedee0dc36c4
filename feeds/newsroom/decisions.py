"""``source/decisions.toml``: what editors decreed, one ``[[decision]]`` table each.

Rules
- The file is written by the commands, line by line, and may be written by hand. It is only ever
  added to: what was decided once stays in force until something later undoes it.
- If it can't be understood nothing is published, as with site.toml: a table in it may be a
  retraction. Every table is looked at, so that one run names all that is wrong.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from typing import Any, Literal, get_args

import msgspec

from feeds.model import StatedDate
from feeds.model.errors import ConfigError
from feeds.model.problem import Problem
from feeds.text import characters, dates, toml, urls
from feeds.text.dates import resolve

FILE = "decisions.toml"
Action = Literal["retract", "restore", "correct", "merge", "archive", "import"]

_NEEDED: dict[str, tuple[str, ...]] = {
    "retract": ("entry",),
    "restore": ("entry",),
    "correct": ("entry",),
    "merge": ("entry", "duplicate"),
    "archive": ("path",),
    "import": ("feed",),
}
_MORE: dict[str, tuple[str, ...]] = {
    "retract": ("notice", "erase", "day"),
    "restore": ("day",),
    "correct": ("title", "published", "authors", "url", "day"),
    "import": ("address",),
}
_OTHER_THAN_TEXT = {
    "erase": "true or false",
    "authors": 'a list of texts: ["A", "B"]',
    "when": "a date and time: 2026-01-09T10:00:00Z",
}
_ALWAYS = ("action", "when", "who", "reason")
_LARGEST = 16 * 1024 * 1024
_MOST_FAULTS = 100
"""So many are told in one run: who has more has not written them one by one."""
_HEADER = re.compile(r"\s*\[\[\s*decision\s*\]\]")


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """One decree.

    ``when`` is in UTC, or naive and in the newsroom's zone; None if it was not written down.

    ``entry`` and ``duplicate`` name entries by id, URL or headline, the latter with its
    ``day`` (ISO 8601) if that is needed. ``notice`` is public, ``reason`` is not. ``key``
    names the decree itself; ``line`` is where it begins.
    """

    action: Action
    entry: str = ""
    duplicate: str = ""
    day: str = ""
    title: str = ""
    published: StatedDate | None = None
    authors: tuple[str, ...] = ()
    url: str = ""
    notice: str = ""
    erase: bool = False
    path: str = ""
    feed: str = ""
    address: str = ""
    reason: str = ""
    who: str = ""
    when: datetime | None = None
    key: str = ""
    line: int = 0


def decode_decisions(data: bytes, file: str = FILE) -> list[Decision]:
    """The decisions in the bytes of a file; raises ConfigError."""
    try:
        return parse_decisions(data.decode("utf-8-sig"), file)
    except UnicodeDecodeError as error:
        raise ConfigError(
            [Problem("encoding", "not UTF-8", remedy="save it as UTF-8", file=file)]
        ) from error


def parse_decisions(text: str, file: str = FILE) -> list[Decision]:
    """The decisions in ``text``, in its order. Raises ConfigError with a line for each fault."""
    try:
        raw = toml.parse_toml(text, largest=_LARGEST)
    except toml.TomlError as error:
        problem = Problem(
            "not-toml",
            f"not TOML: {error.what}",
            error.line,
            "correct the line; nothing is published before",
            file=file,
        )
        raise ConfigError([problem]) from error
    starts = [n for n, row in enumerate(text.splitlines(), 1) if _HEADER.match(row)]
    tables = raw.pop("decision", [])
    found: list[Problem] = []
    if raw or not isinstance(tables, list):
        what = f"'{next(iter(raw), 'decision')}' is no [[decision]]"
        found.append(
            Problem(
                "decisions-unknown-key",
                what,
                remedy="write [[decision]] above each decision",
                file=file,
            )
        )
        tables = []
    made: list[Decision] = []
    seen: Counter[str] = Counter()
    for number, table in enumerate(tables):
        start = starts[number] if number < len(starts) else 0
        try:
            decision = _decision(table, start)
        except _WrongError as error:
            found.append(Problem("decision-unreadable", str(error), start, error.remedy, file=file))
            if len(found) == _MOST_FAULTS:
                break
            continue
        key = _key(decision)
        seen[key] += 1
        made.append(msgspec.structs.replace(decision, key=f"{key}.{seen[key]}"))
    if found:
        raise ConfigError(found)
    return made


def as_toml(decision: Decision, headline: str = "") -> str:
    """``decision`` as TOML, to be put at the end of the file; ``headline`` is for people."""
    comment = [f"# {' '.join(headline.split())}"] if headline else []
    fields = (
        "action",
        *_NEEDED[decision.action],
        *_MORE.get(decision.action, ()),
        "when",
        "who",
        "reason",
    )
    values = [f"{key} = {_toml(value)}" for key in fields if (value := getattr(decision, key))]
    return "\n".join(["", "[[decision]]", *comment, *values, ""])


def _toml(value: Any) -> str:
    if isinstance(value, StatedDate):
        return _toml(value.iso)
    if isinstance(value, datetime):
        return dates.rfc3339(value)
    # a JSON text or list of texts is a TOML one as well
    return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")


def _key(decision: Decision) -> str:
    """Names what is decreed, and when: not who did, nor why."""
    told = msgspec.structs.replace(decision, reason="", who="", line=0)
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:32]


class _WrongError(Exception):
    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


def _decision(table: object, line: int) -> Decision:
    if not isinstance(table, dict):
        raise _WrongError("no table", "write [[decision]] above each decision")
    action = table.get("action")
    if not isinstance(action, str) or action not in get_args(Action):
        known = ", ".join(get_args(Action))
        shown = "no action" if action is None else f"unknown action '{action}'"
        raise _WrongError(shown, f"write one of: {known}")
    allowed = (*_ALWAYS, *_NEEDED[action], *_MORE.get(action, ()))
    for key in table:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(allowed)}"
            raise _WrongError(f"unknown key '{key}' for {action}", hint)
    for key in _NEEDED[action]:
        if not table.get(key):
            raise _WrongError(f"{action} needs '{key}'", f'write {key} = "…"')
    if action == "correct" and not any(table.get(key) for key in _MORE["correct"][:-1]):
        raise _WrongError("correct says nothing new", f"give {', '.join(_MORE['correct'][:-1])}")
    fields = {str(key): _value(key, value) for key, value in table.items()}
    return msgspec.convert({**fields, "line": line}, Decision)


def _value(key: str, value: object) -> object:
    """What is written down for ``key``; raises _WrongError."""
    if key == "when" and isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(*value.timetuple()[:3])  # noqa: DTZ001 - given below
        if MINYEAR < moment.year < MAXYEAR:  # others have no day in some zone
            return moment.astimezone(UTC) if moment.tzinfo else moment
    elif key == "erase" and isinstance(value, bool):
        return value
    elif key == "authors" and isinstance(value, list):
        if all(isinstance(name, str) and name.strip() for name in value):
            return tuple(value)
    elif key in {"published", "day"} and isinstance(value, date | str):
        return _date(key, value if isinstance(value, str) else value.isoformat())
    elif key == "url" and isinstance(value, str):
        try:
            return urls.checked(value)
        except ValueError as error:
            raise _WrongError(f"url '{value}': {error}", "correct it") from error
    elif isinstance(value, str) and key not in _OTHER_THAN_TEXT:
        return characters.cleaned(value)
    raise _WrongError(f"{key} is not {_OTHER_THAN_TEXT.get(key, 'a text')}", "correct it")


def _date(key: str, text: str) -> StatedDate | str:
    stated = resolve.read_any_date(text)
    if not isinstance(stated, StatedDate):
        raise _WrongError(f"{key} '{text}' is no date", "write it as 2026-01-09")
    return stated if key == "published" else stated.day.isoformat()


def gone(decision: Decision, entry: str | None) -> Problem:
    """Says that ``decision``, which took effect on ``entry``, is no longer written down."""
    about = entry or decision.entry
    return Problem(
        "decision-gone",
        f"a decision is gone ({decision.action} {about}), and stays in force",
        remedy='write it again, or undo it with another: action = "restore"',
        file=FILE,
    )


def digest(decisions: Iterable[Decision]) -> str:
    """Changes with anything that was decreed."""
    return hashlib.sha256(msgspec.json.encode([item.key for item in decisions])).hexdigest()
