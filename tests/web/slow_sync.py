"""A disk that is slow to sync, for a process that is started with the environment given here."""

from __future__ import annotations

import subprocess
from pathlib import Path

_SHIM = Path(__file__).with_suffix(".c")


def environment(folder: Path, compiler: str, milliseconds: int) -> dict[str, str]:
    """What a process needs for which every sync takes so long; ``folder`` is for its library."""
    made = folder / "slow_sync.so"
    subprocess.run(
        [compiler, "-O1", "-shared", "-fPIC", "-o", str(made), str(_SHIM), "-ldl"], check=True
    )
    return {"LD_PRELOAD": str(made), "SLOW_SYNC_MS": str(milliseconds)}
