"""TOML tables of one name: what is wrong with one costs no other."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.text.tables import Table, find_tables
from feeds.text.toml import TomlError

_HEADERS = (
    "[[decision]]",
    "  [[ decision ]]  # of Tuesday",
    '[["decision"]]',
    "# [[decision]]\n# action = 'x'\n[[decision]]",
)
_VALUES = (
    'title = "Bell [[decision]] hangs"',
    "reason = 'said so'  # see [[decision]] above",
    'authors = [\n  "A",\n  "B",  # and others\n]',
    "when = 2026-01-09T10:00:00Z",
)
_WITH_HEADERS = (
    'notice = """\nBell\n[[decision]]\naction = 1\n"""',
    "notice = '''\n[[decision]]\n'''",
)
_JUNK = st.text("x\"'[]=#\n\\ {}.,é", min_size=1, max_size=4)


def found(text: str) -> list[Table]:
    return list(find_tables(text, "decision", largest=100_000))


def sound(text: str) -> list[dict[str, Any]]:
    return [one.values for one in found(text) if isinstance(one.values, dict)]


@st.composite
def tables(draw: st.DrawFn, *, more: tuple[str, ...] = ()) -> list[str]:
    made = []
    for number in range(draw(st.integers(1, 6))):
        values = draw(st.lists(st.sampled_from((*_VALUES, *more)), unique=True))
        values = list({one.partition(" ")[0]: one for one in values}.values())
        rows = [draw(st.sampled_from(_HEADERS)), f'action = "retract"\nentry = "{number}"', *values]
        made.append("\n".join(rows) + draw(st.sampled_from(["\n", "\n\n", " \t# end\n\n"])))
    return made


@given(tables(more=_WITH_HEADERS))
def test_of_a_sound_text_tables_are_what_toml_says(made: list[str]) -> None:
    text = "".join(made)
    assert sound(text) == tomllib.loads(text)["decision"]
    rows = text.split("\n")
    assert all("decision" in rows[one.line - 1] for one in found(text))


@given(tables(), st.data())
def test_whatever_is_wrong_with_one_table_all_others_are_read(
    made: list[str], data: st.DataObject
) -> None:
    whole = tomllib.loads("".join(made))["decision"]
    number = data.draw(st.integers(0, len(made) - 1), label="broken")
    table = made[number]
    header = table.index("[[")  # without any of its header two tables are one
    start = data.draw(st.integers(0, len(table) - 1), label="start")
    end = data.draw(st.integers(start, max(start, header + 4 if start <= header else len(table))))
    end = min(end, header + 4) if start < header + 4 else end
    made[number] = table[:start] + data.draw(st.one_of(st.just(""), _JUNK)) + table[end:]
    others = [one for one in whole if one["entry"] != str(number)]
    assert [one for one in sound("".join(made)) if one in others] == others


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ("[[decision]\nentry = 'x'\n", 3),
        ("decision]]\nentry = 'x'\n", 3),
        ("[decision]\nentry = 'x'\n", 3),
        ("[[decisions]]\nentry = 'x'\n", 3),
        ("[[decision]]\nentry 'x'\n", 4),
        ('[[decision]]\n\nentry = "x\nentry = 1\n', 5),
        ('[[decision]]\nentry = """x\n', 3),
        ("[[decision]]\nauthors = ['a',\n", 3),
        ("[[decision]]\nentry = 1\nentry = 2\n", 5),
        ("[[decision]]\n[site]\n", 4),
    ],
)
def test_a_broken_table_is_named_by_its_line(broken: str, line: int) -> None:
    around = '[[decision]]\nentry = "before"\n', '[[decision]]\nentry = "after"\n'
    text = broken.join(around)
    assert [one["entry"] for one in sound(text) if one] == ["before", "after"]
    (wrong,) = (one.values.line for one in found(text) if isinstance(one.values, TomlError))
    assert wrong == line


def test_blanks_and_comments_are_no_tables() -> None:
    assert found("") == found("\n# nothing\n\n  # yet") == []


@pytest.mark.parametrize(
    "table", ['x = """\n', 'x = \\"""\n', "x = [\n", '"\n', "[[decision]]", "y='''\n[[decision]]\n"]
)
def test_thousands_of_broken_tables_take_no_longer_than_their_length(table: str) -> None:
    text = f"[[decision]]\n{table}" * 4000  # in the square of it, that would be minutes
    assert len(list(find_tables(text, "decision", largest=len(text)))) >= 1000
