"""Properties are checked on the same examples in every run: nothing depends on luck or speed."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.load_profile("same")
