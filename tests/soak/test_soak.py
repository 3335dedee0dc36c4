"""A part of a minute of ``python -m tests.soak``, or all of it if the tests are thorough."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publish.killing import compiler
from tests.soak.soak import soak
from tests.thorough import THOROUGH

_SECONDS = 45 if THOROUGH else 20
"""What comes before and after makes a minute of it, or half of one."""
_PAUSE_SECONDS = 0.1
"""Other tests run beside it."""


def test_readers_get_whole_revisions_at_once_whatever_is_killed_or_slow(tmp_path: Path) -> None:
    found = compiler()
    if found is None:
        pytest.skip("needs a C compiler, such as the packages gcc and libc6-dev bring")
    result = soak(tmp_path, found, _SECONDS, seed=1, pause=_PAUSE_SECONDS)
    assert not result.wrong, "\n".join([str(result), "the steps:", *result.steps])
