"""A problem is one line that says where, what, and what to do."""

from __future__ import annotations

import ast
import re

import pytest

from feeds.model.errors import (
    ConfigError,
    FeedsError,
    GateError,
    LedgerBusyError,
    LedgerError,
    PageError,
)
from feeds.model.problem import Problem
from feeds.syndication import gate
from tests.newsrooms import PROJECT


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({}, "it broke"),
        ({"file": "a.txt"}, "a.txt: it broke"),
        ({"file": "a.txt", "line": 3}, "a.txt:3: it broke"),
        ({"line": 3}, "it broke"),
        ({"field": "title"}, "title: it broke"),
        ({"remedy": "mend it"}, "it broke; mend it"),
        (
            {"file": "a.txt", "line": 3, "field": "title", "remedy": "mend it"},
            "a.txt:3: title: it broke; mend it",
        ),
    ],
)
def test_a_problem_names_what_is_known_of_it(given: dict[str, str | int], line: str) -> None:
    assert str(FeedsError("it broke", **given)) == line  # type: ignore[arg-type] # parameters of both kinds


def test_a_problem_is_one_line_whatever_it_quotes() -> None:
    assert str(Problem("a", "it\nbroke\r\n\ttwice", remedy="mend\nit")) == "it broke twice; mend it"


def test_an_error_carries_its_subject() -> None:
    error = PageError("it broke", remedy="mend it", file="a.txt", line=3, field="title")
    assert error.problem == Problem(
        "page-unreadable", "it broke", 3, "mend it", weight="error", file="a.txt", field="title"
    )


def test_a_configuration_error_has_a_line_for_each_problem() -> None:
    error = ConfigError([Problem("a", "a is wrong"), Problem("b", "b is wrong")])
    assert str(error) == "a is wrong\nb is wrong"


@pytest.mark.parametrize(
    ("error", "code"),
    [(PageError, 2), (LedgerError, 2), (LedgerBusyError, 2)],
)
def test_an_error_says_what_the_command_exits_with(error: type[FeedsError], code: int) -> None:
    assert error("it broke").exit_code == code
    assert ConfigError([]).exit_code == 2


def test_a_refusal_of_the_gate_names_each_objection_and_what_to_do() -> None:
    error = GateError([gate.objection("empty", "nothing left"), gate.objection("dates", "moved")])
    assert error.exit_code == 3
    first, second, last = str(error).splitlines()
    assert "--accept empty" in first
    assert "--accept dates" in second
    assert "stay" in last


def test_each_problem_that_is_made_has_a_code_in_small_letters() -> None:
    for path in (PROJECT / "feeds").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Problem":
                code = node.args[0] if node.args else None
                if isinstance(code, ast.Constant):
                    assert re.fullmatch("[a-z-]+", str(code.value)), f"{path}:{node.lineno}"
                elif code is None:
                    assert path.name == "reading.py", f"{path}:{node.lineno} has none"
