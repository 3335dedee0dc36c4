"""What a module calls its own."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

MODULES = sorted((Path(__file__).parents[2] / "feeds").rglob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_constant_is_given_twice(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    given = Counter(
        target.id
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name) and target.id.strip("_").isupper()
    )
    assert not [name for name, times in given.items() if times > 1]
