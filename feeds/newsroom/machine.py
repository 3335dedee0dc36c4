"""What this machine has, wherever it is: Linux tells more than other Unixes do."""

from __future__ import annotations

import os


def processors() -> int:
    """How many processors this program may use; all that there are, where nobody says."""
    allowed = getattr(os, "sched_getaffinity", None)  # macOS has none
    return len(allowed(0)) if allowed else os.cpu_count() or 1
