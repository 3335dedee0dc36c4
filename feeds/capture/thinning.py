"""Captured lists of some days ago, made small: a front page is a hundred times what its lines are.

Rules
- Only what reads the same afterwards is made small; whatever doesn't is left as it came.
- The newest of an address stays as it came, and so do all of the last days: somebody may want to
  see why something was read as it was.
- Each run makes a bounded number small, the newest first, and stops where earlier runs have been.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feeds.model.errors import FeedsError, PageError
from feeds.model.guidance import UNGUIDED, Guidance
from feeds.newsroom import captured, small_lists
from feeds.newsroom.files import read_regular
from feeds.normalise import normalise
from feeds.normalise.alike import reads_alike
from feeds.readers import warc

AGE = timedelta(days=2)
"""So long a list stays as it came."""
_MOST = 100
_DONE = 20
"""So many in a row that need nothing: earlier runs have been here."""


def _unguided(_: str) -> Guidance:
    return UNGUIDED


def thin(
    root: Path,
    addresses: Iterable[str],
    now: datetime,
    guidance: Callable[[str], Guidance] = _unguided,
    most: int = _MOST,
) -> int:
    """Makes old captures of the lists at ``addresses`` small; returns how many.

    ``root`` is the newsroom's folder, ``guidance`` says for a path how to read the page; no more
    than ``most`` are made small. Nothing is raised for a file that can't be read or written.
    """
    made = 0
    before = captured.name_of(now.astimezone(UTC) - AGE)
    for address in addresses:
        paths = captured.versions(root, captured.folder_of(address))[:-1]
        done = 0
        for path in reversed([path for path in paths if path.rpartition("/")[2] < before]):
            if made >= most or done >= _DONE:
                break
            if _made_small(root, path, guidance(path)):
                made, done = made + 1, 0
            else:
                done += 1
    return made


def _made_small(root: Path, path: str, guidance: Guidance) -> bool:
    """Whether the file at ``path`` was made small: that was worth it, and reads the same."""
    try:
        data = read_regular(root / path)
        capture = warc.read_capture(path, data)
        if not capture.is_list or capture.original:
            return False
        found = normalise(warc.page_of(path, capture), guidance)
        small = small_lists.small(capture, found.latest)
        again = normalise(warc.page_of(path, small), guidance)
        if len(warc.record_of(small)) >= len(data) or not reads_alike(again, found):
            return False
        captured.replace(root, path, small)
    except (OSError, PageError, FeedsError):
        return False
    return True
