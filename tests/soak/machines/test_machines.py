"""A part of ``python -m tests.soak --machines``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import nginx
from tests.soak.machines.network import NoNetworkError
from tests.soak.machines.soak import soak_machines
from tests.thorough import THOROUGH

_SECONDS = 10
"""So long steps are begun; what comes before and after takes about as long again."""
_PAUSE_SECONDS = 0.2
"""Other tests run beside it."""


@pytest.mark.skipif(not THOROUGH, reason="FEEDS_THOROUGH=1 has machines fail")
@pytest.mark.skipif(nginx.PROGRAM is None, reason="needs nginx; on Debian: apt install nginx")
def test_readers_get_whole_revisions_whichever_machine_is_killed_or_cut_off(tmp_path: Path) -> None:
    try:
        result = soak_machines(tmp_path, _SECONDS, seed=1, pause=_PAUSE_SECONDS, soon=True)
    except NoNetworkError as error:
        pytest.skip(str(error))
    assert not result.wrong, "\n".join([str(result), "the steps:", *result.steps])
