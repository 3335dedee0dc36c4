"""Libraries of libraries that are loaded when they are used: each case in a Python of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

_LATE = """
import sys
from feeds.model.late_imports import import_late, import_names_late
there = lambda: '__file__' in vars(sys.modules['fractions'])
"""


def _run(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", _LATE + program], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (
            "import_late('asyncio'); import asyncio; print('asyncio.base_events' in sys.modules)",
            "False",
        ),
        ("import_late('asyncio'); import asyncio; print(asyncio.run(asyncio.sleep(0, 5)))", "5"),
        ("import_late('asyncio'); from asyncio import sleep; print(sleep.__name__)", "sleep"),
        (
            "import_late('asyncio'); import asyncio.locks; print(asyncio.locks.Lock.__name__)",
            "Lock",
        ),
        (
            "import_late('asyncio', 'iscoroutine'); import asyncio; it = asyncio.iscoroutine;"
            "print('asyncio.events' in sys.modules, it(5), 'asyncio.events' in sys.modules)",
            "False False True",
        ),
        (
            "import_late('importlib.metadata'); from importlib import metadata;"
            "print('email' in sys.modules, metadata.version('click')[:1], 'email' in sys.modules)",
            "False 8 True",
        ),
        (
            "import_late('importlib.metadata'); import importlib.metadata;"
            "print(importlib.metadata.version('click')[:1])",
            "8",
        ),
    ],
)
def test_a_module_is_loaded_by_what_is_asked_of_it_first(program: str, told: str) -> None:
    assert _run(program) == told


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (
            "print(there(), Fraction(1, 2), there())",
            "False 1/2 True",
        ),
        ("print(isinstance(1, Fraction), there())", "False False"),
        (
            "Fraction(1); print(isinstance(1, Fraction), isinstance(Fraction(1), Fraction))",
            "False True",
        ),
        ("int | Fraction | str; print(there())", "False"),
        ("print(Fraction.from_float(0.5))", "1/2"),
        ("from fractions import Decimal; print(Decimal(5), there())", "5 True"),
    ],
)
def test_a_name_is_loaded_by_using_it(program: str, told: str) -> None:
    begin = "import_names_late('fractions', 'Fraction'); from fractions import Fraction;"
    assert _run(begin + program) == told


def test_what_is_loaded_already_stays() -> None:
    assert _run("import json; import_late('json'); print(sys.modules['json'] is json)") == "True"


def test_no_library_of_a_library_is_loaded_that_no_run_uses() -> None:
    program = """
import feeds.publish.revision, feeds.publish.commit
from feeds.normalise import normalise
from feeds.readers import read_page
page = b"<!DOCTYPE html><title>A bell</title><article><h1>A bell</h1><p>It hangs.</p>"
normalise(read_page("bell.html", page))
unused = "asyncio.events sqlalchemy.dialects.postgresql courlan.core htmldate.core urllib3 certifi"
print([name for name in unused.split() if name in sys.modules], "trafilatura" in sys.modules)
"""
    assert _run(program) == "[] True"
