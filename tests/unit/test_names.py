"""What a module calls its own."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

MODULES = sorted((Path(__file__).parents[2] / "feeds").rglob("*.py"))


def _given_twice(module: Path) -> list[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    given = Counter(
        target.id
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name) and target.id.strip("_").isupper()
    )
    return [name for name, times in given.items() if times > 1]


def test_no_constant_is_given_twice() -> None:
    twice = {module.name: names for module in MODULES if (names := _given_twice(module))}
    assert not twice
