"""A day of a newsroom, run by run: each story once, with its own minute, for few requests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.captured import KINDS, a_day


@pytest.mark.parametrize("kind", KINDS)
def test_each_story_of_a_day_is_there_once_with_its_own_minute(tmp_path: Path, kind: str) -> None:
    """Two hours of it: in the benchmark it is a whole one."""
    day = a_day(kind, tmp_path, runs=13)
    assert (day.doubles, day.lacking, day.misdated) == (0, 0, 0)
    assert sum(day.requests) * 8 < day.everything[0] * len(day.requests)
    assert max(day.quiet) <= 4
