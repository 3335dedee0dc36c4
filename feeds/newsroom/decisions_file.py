"""``source/decisions.toml``, read: its tables become decisions, or problems.

Rules
- A table that can't be understood is named and left out, and costs no other: not one that is no
  TOML at all, nor one that is not UTF-8. One that may be a retraction is named first.
- An empty value of a correction takes back what was corrected: the page's own counts again.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, get_args
from urllib.parse import urljoin

import msgspec

from feeds.model import StatedDate
from feeds.model.errors import ConfigError
from feeds.model.problem import Problem
from feeds.newsroom.decisions import (
    CORRECTIONS,
    FILE,
    LISTS,
    MOMENTS,
    MORE,
    NEEDED,
    Action,
    Decision,
)
from feeds.text import characters, languages, urls
from feeds.text.dates import resolve
from feeds.text.rights import read_rights
from feeds.text.tables import Table, find_tables
from feeds.text.toml import TomlError

RETRACTION = "retraction-unreadable"
"""The code of the problem that a table can't be understood which may be a retraction."""
_OTHER_THAN_TEXT = {
    "erase": "true or false",
    **dict.fromkeys(LISTS, 'a list of texts: ["A", "B"]'),
    **dict.fromkeys(MOMENTS, "a date and time: 2026-01-09T10:00:00Z"),
}
_ALWAYS = ("action", "when", "who", "mended_by", "reason")
_LARGEST = 16 * 1024 * 1024
_MOST_FAULTS = 100
"""So many are told in one run: who has more has not written them one by one."""
_MOST_NAMES = 100
_ANYWHERE = "https://site.invalid/"
_LOOKED_AT = 64 * 1024
_KEY = re.compile(r"\W*+(\w++)\W*+(.*+)")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Written(NamedTuple):
    """What is written in decisions.toml, in its order.

    ``wrong`` are the tables that can't be understood, and are left out: a hundred at most, first
    those that may be retractions (``RETRACTION`` is their code).
    """

    decisions: list[Decision]
    wrong: list[Problem]


def decode_decisions(data: bytes, file: str = FILE) -> Written:
    """What is written in the bytes of ``file``; never raises."""
    if data.startswith(_UTF_16):
        what = "not UTF-8, so nothing of it is read; what was decided before stays in force"
        wrong = Problem("encoding", what, remedy="save it as UTF-8", weight="error", file=file)
        return Written([], [wrong])
    return parse_decisions(data.decode("utf-8-sig", "surrogateescape"), file)


def parse_decisions(text: str, file: str = FILE) -> Written:
    """What is written in ``text``, in which bytes that are not UTF-8 are lone surrogates."""
    made: list[Decision] = []
    seen: Counter[str] = Counter()
    wrong = _Wrong(file)
    for table in tables_in(text):
        try:
            decision = _decision(table)
        except _WrongError as error:
            wrong.add(table, error)
            continue
        key = _key(decision)
        seen[key] += 1
        made.append(msgspec.structs.replace(decision, key=f"{key}.{seen[key]}"))
    return Written(made, wrong.told())


def parse_decision(text: str) -> Decision:
    """The one decision in ``text``; raises ConfigError if it can't be understood."""
    try:
        return _decision(next(tables_in(text)))
    except _WrongError as error:
        raise ConfigError(
            [Problem(error.code, str(error), remedy=error.remedy, weight="error")]
        ) from error


def tables_in(text: str) -> Iterator[Table]:
    """The tables in ``text``, whether they can be understood or not."""
    return find_tables(text, "decision", largest=_LARGEST)


class _WrongError(Exception):
    def __init__(
        self, what: str, remedy: str, key: str = "", *, line: int = 0, code: str = ""
    ) -> None:
        super().__init__(what)
        self.remedy = remedy
        self.key = key
        self.line = line
        self.code = code or "decision-unreadable"


class _Wrong:
    """The tables of ``file`` that can't be understood."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._others: list[Problem] = []
        self._count = 0
        self._retractions: list[Problem] = []

    def add(self, table: Table, error: _WrongError) -> None:
        self._count += 1
        is_retraction = _may_retract(table.text)
        found = self._retractions if is_retraction else self._others
        if len(found) == _MOST_FAULTS:
            return
        code, what, remedy = error.code, f"{error}; this table is left out", error.remedy
        if is_retraction:
            code, what = RETRACTION, f"THIS MAY BE A RETRACTION, AND IS NOT DONE: {error}"
            remedy = f"{remedy}; until it is mended readers go on seeing the story"
        line = error.line or _line_of(error.key, table)
        found.append(Problem(code, what, line, remedy, weight="error", file=self._file))

    def told(self) -> list[Problem]:
        found = [*self._retractions, *self._others][:_MOST_FAULTS]
        if count := self._count - len(found):
            found.append(Problem("more", f"… and {count:,} more like these", file=self._file))
        return found


def _line_of(key: str, table: Table) -> int:
    """The line of ``key`` in ``table``, else that of its header."""
    pattern = rf"^[ \t]*+[\"']?{re.escape(key)}[\"']?[ \t]*+="
    found = re.search(pattern, table.text[:_LOOKED_AT], re.MULTILINE) if key else None
    begun = table.text.find("[[")
    if found is None or begun < 0:
        return table.line
    return table.line + table.text.count("\n", begun, found.start())


def _may_retract(text: str) -> bool:
    """Whether a table that can't be understood may have been meant as a retraction."""
    actions, others = [], []
    for row in text[:_LOOKED_AT].splitlines():
        found = _KEY.match(row.partition("#")[0].casefold())
        if found is None:
            continue
        key, value = found.groups()
        said = re.findall(r"\w+", value)[:3]
        if _is_like(key, "action"):
            actions += said
        elif key in {"notice", "erase"} or _is_like(key, "retract", "erase"):
            others.append("retract")
    return any(_is_like(word, "retract", "erase") for word in (*actions, *others))


@lru_cache(1 << 10)
def _is_like(word: str, *known: str) -> bool:
    return bool(difflib.get_close_matches(word[:20], known, n=1, cutoff=0.7))


def _key(decision: Decision) -> str:
    """Names what is decreed, and when: not who did, nor why."""
    told = msgspec.structs.replace(decision, reason="", who="", line=0)
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:32]


def _decision(table: Table) -> Decision:
    """What ``table`` decrees; raises _WrongError."""
    values = _readable(table)
    action = values.get("action")
    if not isinstance(action, str) or action not in get_args(Action):
        known = ", ".join(get_args(Action))
        shown = "no action" if action is None else f"unknown action '{_short(action)}'"
        raise _WrongError(shown, f"write one of: {known}", "action")
    allowed = (*_ALWAYS, *NEEDED[action], *MORE.get(action, ()))
    for key in values:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(allowed)}"
            raise _WrongError(f"unknown key '{_short(key)}' for {action}", hint, key)
    for key in NEEDED[action]:
        value = values.get(key)
        if not (characters.cleaned(value) if isinstance(value, str) else value):
            raise _WrongError(f"{action} needs '{key}'", f'write {key} = "…"', key)
    may_be_empty = (*CORRECTIONS, "notice") if action == "correct" else ()
    if action == "correct" and not any(key in values for key in may_be_empty):
        raise _WrongError("correct says nothing new", f"give {', '.join(may_be_empty)}")
    undone = [key for key in may_be_empty if key in values and values[key] in ("", [])]
    fields = {key: _value(key, value) for key, value in values.items() if key not in undone}
    return msgspec.convert({**fields, "undone": undone, "line": table.line}, Decision)


def _readable(table: Table) -> dict[str, Any]:
    """The values of ``table``; raises _WrongError if it is no TOML, or no UTF-8."""
    values = table.values
    if isinstance(values, TomlError):
        if not _is_utf8(table.text):
            raise _WrongError("not UTF-8", "save the file as UTF-8", code="encoding")
        remedy = "correct the line, and write [[decision]] above each decision"
        raise _WrongError(f"not TOML: {values.what}", remedy, line=values.line, code="not-toml")
    for key, value in values.items():
        if not (_is_utf8(key) and _is_utf8(str(value))):
            raise _WrongError(f"'{_short(key)}' is not UTF-8", "save the file as UTF-8", key)
    return values


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _short(value: object) -> str:
    text = characters.cleaned(str(value).encode(errors="replace").decode())
    return text if len(text) <= 60 else f"{text[:59]}…"


def _value(key: str, value: object) -> object:
    """What is written down for ``key``; raises _WrongError."""
    if key in MOMENTS and isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(*value.timetuple()[:3])  # noqa: DTZ001 - given below
        if key == "exported":
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if MINYEAR < moment.year < MAXYEAR:  # others have no day in some zone
            return moment.astimezone(UTC) if moment.tzinfo else moment
    elif key == "erase" and isinstance(value, bool):
        return value
    elif key in LISTS and isinstance(value, list):
        if all(isinstance(name, str) and characters.cleaned(name) for name in value):
            return _names(key, value)
    elif key in {"published", "day"} and isinstance(value, date | str):
        return _date(key, value if isinstance(value, str) else value.isoformat())
    elif isinstance(value, str) and key not in _OTHER_THAN_TEXT:
        return _text(key, characters.cleaned(value))
    expected = _OTHER_THAN_TEXT.get(key, "a text")
    raise _WrongError(f"{key} is not {expected}: {_short(value)}", "correct it", key)


def _names(key: str, names: Sequence[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(map(characters.cleaned, names)))
    if len(found) > _MOST_NAMES:
        what = f"{len(found):,} {key} are more than a story may have ({_MOST_NAMES})"
        raise _WrongError(what, "write those that matter", key)
    return found


def _text(key: str, text: str) -> str:
    """``text`` as the value of ``key``: an address, a language or a path as all are written."""
    try:
        match key:
            case "url":
                return urls.checked(text)
            case "image":
                urls.checked(urljoin(_ANYWHERE, text))
            case "language":
                if not (known := languages.read_language(text)):
                    raise ValueError("expected a single language")
                return known
            case "rights":
                return read_rights(text)
            case "path":
                return text.removeprefix("./").rstrip("/") or text
    except ValueError as error:
        raise _WrongError(f"{key} '{_short(text)}': {error}", "correct it", key) from error
    return text


def _date(key: str, text: str) -> StatedDate | str:
    stated = resolve.read_any_date(text)
    if not isinstance(stated, StatedDate):
        raise _WrongError(f"{key} '{_short(text)}' is no date", "write it as 2026-01-09", key)
    return stated if key == "published" else stated.day.isoformat()
