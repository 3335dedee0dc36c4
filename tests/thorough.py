"""How much is tried of what could be tried without end: by default some of it.

FEEDS_THOROUGH=1 has all of it tried that is worth its time: ``.ci/run`` says so, and whoever
changed what a property or the killer watches over.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

THOROUGH = bool(os.environ.get("FEEDS_THOROUGH"))

settings.register_profile(
    "ours",
    max_examples=100 if THOROUGH else 40,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ours")  # here, since OFTEN and COSTLY are made of it

OFTEN = settings(max_examples=200 if THOROUGH else 100)
"""For a property of anything that anybody may send, which costs next to nothing to ask."""
COSTLY = settings(max_examples=8 if THOROUGH else 4)
"""For a property each example of which publishes newsrooms, again and again."""


def forget_constants() -> None:
    """Has the same examples tried wherever this checkout is, and whatever ran before.

    Hypothesis likes to take values from the modules that were imported so far, unless a folder
    on their path is called "tests".
    """
    nothing = providers._local_constants
    pytest.MonkeyPatch().setattr(providers, "_get_local_constants", lambda: nothing)
