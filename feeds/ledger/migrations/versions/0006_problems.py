"""What is wrong is a value, and what became of an entry has a name: no sentence is searched.

Here alone, and once, sentences of the program before are taken apart, as far as they tell.
"""

import json
import re
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_CODES = (
    (r"its date is unknown", "undated"),
    (r"its date \S+ is in the future", "future"),
    (r"its status is draft", "draft"),
    (r"its embargo ends on", "embargo"),
    (r"(?:it has )?no headline", "no-headline"),
    (r"its headline has characters", "undecoded-headline"),
    (r"it has a headline and no text|a headline without a text|no text of an article", "no-text"),
    (r"'.*' in the list has no ", "list-undated"),
    (r"'(?P<value>.+?)' is no day of the calendar; .* is left out", "list-impossible-date"),
    (r"unknown key", "statement-unknown"),
    (r"not YAML|not TOML|it |its row", "statement-broken"),
    (
        r"(?P<field>date|updated|status|embargo|access|url|image|language|id) (?:'|is a )",
        "statement",
    ),
)
_CHANGES = {
    "entered: %": "entered",
    "taken over from %": "imported",
    "enriched: %": "enriched",
    "corrected: %": "corrected",
    "corrected: %: its words changed (%": "reworded",
    "corrected": "reworded",
    "merged into %": "merged",
    "retracted%": "retracted",
    "erased%": "erased",
    "restored": "restored",
}
_UNKNOWN = "unknown: "


def upgrade() -> None:
    """Adds columns, and fills them and what is stored as JSON by the sentences of before."""
    for table, column in (("held", "code"), ("history", "change")):
        op.add_column(table, sa.Column(column, sa.Text, nullable=False, server_default=""))
    for what, change in _CHANGES.items():
        _run("UPDATE history SET change = :change WHERE what LIKE :what", change=change, what=what)
    for row in _rows("SELECT rowid, why FROM held"):
        why = row[1].replace(_UNKNOWN, "", 1)
        code = _coded({"what": why}).get("code", "")
        update = "UPDATE held SET code = :code, why = :why WHERE rowid = :id"
        _run(update, code=code, why=why, id=row[0])
    _run(
        "UPDATE entries SET objection = json_object('code', 'held', 'what', objection, 'remedy',"
        " 'mend the page; all else is published', 'weight', 'hold') WHERE objection != ''"
    )
    _rewrite("readings", "failure", _failure)
    _rewrite("readings", "reading", lambda text: _dumped(_told(json.loads(text))))
    for column in ("evidence", "told"):
        _rewrite("entries", column, lambda text: _dumped(_told(json.loads(text))))
    for name, wrapped in (("unsaid", _both), ("hubs given up", _each)):
        for (text,) in _rows("SELECT value FROM settings WHERE key = :name", name=name):
            value = _dumped(wrapped(json.loads(text)))
            _run("UPDATE settings SET value = :value WHERE key = :name", value=value, name=name)


def _run(statement: str, **values: object) -> None:
    op.get_bind().execute(sa.text(statement), values)


def _rows(query: str, **values: object) -> list[Any]:
    return list(op.get_bind().execute(sa.text(query), values))


def _rewrite(table: str, column: str, change: Callable[[str], str]) -> None:
    # SQLite goes through the rows by itself: all texts of a ledger have no room in memory
    plain: Any = op.get_bind().connection.driver_connection
    plain.create_function("changed", 1, change, deterministic=True)
    _run(f"UPDATE {table} SET {column} = changed({column}) WHERE {column} != ''")  # noqa: S608 - names from above


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _told(value: Any) -> Any:
    """``value`` with codes for what is doubtful, and evidence that says whether it knows."""
    if isinstance(value, list):
        return [_told(one) for one in value]
    if not isinstance(value, dict):
        return value
    made = {key: _told(one) for key, one in value.items()}
    if value.keys() == {"file", "line", "rule"} and value["rule"].startswith(_UNKNOWN):
        return {**made, "rule": value["rule"].removeprefix(_UNKNOWN), "is_known": False}
    return _coded(made) if {"what", "weight"} <= value.keys() else made


def _coded(problem: dict[str, Any]) -> dict[str, Any]:
    for pattern, code in _CODES:
        if found := re.match(pattern, problem["what"]):
            parts = found.groupdict()
            if field := parts.pop("field", ""):
                code = f"{code}-{field}"
            return {**problem, "code": code, **parts}
    return problem


def _failure(text: str) -> str:
    """``path:line: what; remedy``, where of the path nothing but its end is known."""
    found = re.fullmatch(r"(.*?\.\w+|[^:]*)(?::(\d+))?: (.*?)(?:; (.*))?", text, re.DOTALL)
    if found is None:
        return _dumped({"code": "page-unreadable", "what": text})
    file, line, what, remedy = found.groups(default="")
    return _dumped(
        {
            "code": "page-unreadable",
            "what": what,
            "line": int(line or 0),
            "remedy": remedy,
            "weight": "error",
            "file": file,
        }
    )


def _both(said: list[list[str]]) -> list[list[dict[str, str]]]:
    return [[{"what": line} for line in lines] for lines in said]


def _each(hubs: dict[str, str]) -> dict[str, dict[str, Any]]:
    return {
        hub: {**json.loads(_failure(line)), "code": "hub-given-up"} for hub, line in hubs.items()
    }
