"""Patterns that are compiled late are the same patterns, and all of them can be compiled."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from unittest.mock import patch

import feeds
from feeds.text import patterns
from feeds.text.patterns import compile_late


def test_a_pattern_is_compiled_once_when_it_is_first_asked() -> None:
    with patch.object(re, "compile", wraps=re.compile) as compiled:
        late = compile_late(r"(\w+) bell", re.IGNORECASE)
        assert compiled.call_count == 0
        found = late.search("the Harbour BELL")
        assert found is not None
        assert found[1] == "Harbour"
        assert late.sub("-", "one bell, two Bell") == "-, -"
        assert late.split("a bell b") == ["", "a", " b"]
        assert compiled.call_count == 1
    assert late.pattern == r"(\w+) bell"
    assert compile_late(rb"\d").findall(b"1 2") == [b"1", b"2"]


def test_every_pattern_that_is_compiled_late_can_be() -> None:
    modules = [one.name for one in pkgutil.walk_packages(feeds.__path__, "feeds.")]
    late = [
        (name, value)
        for name in modules
        if "migrations" not in name and not name.endswith("__main__")
        for value in vars(import_module(name)).values()
        if isinstance(value, patterns._Late)
    ]
    assert len(late) > 100
    assert [name for name, value in late if not isinstance(value.pattern, str | bytes)] == []
