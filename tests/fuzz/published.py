"""Files through the whole of ``feeds publish``: what is in one costs that one, and nothing else."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from feeds.model.errors import FeedsError
from tests.newsrooms import PAGE, TestNewsroom

_FAILED = "program-failed"
_GOOD = "After its long absence the harbour bell hangs again"
_OTHER = (
    "Gate of the yard is closed at night from Monday\n\nTwo men close it, and a third watches.\n"
)


@cache
def _begun() -> TestNewsroom:
    """A newsroom that has published a page, to be copied."""
    made = TestNewsroom(Path(tempfile.mkdtemp(prefix="fuzz-")) / "desk")
    made.page("bell.txt", PAGE)
    made.publish()
    return made


def publish(name: str, data: bytes) -> str:
    """What is wrong when a file called ``name`` lies beside good pages; empty if nothing is.

    Raises what publishing should not raise.
    """
    home = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        newsroom = _begun().copy(home / "desk")
        newsroom.page("gate.txt", _OTHER)
        newsroom.page(name, data)
        if name.startswith("feed."):
            newsroom.decide(f'action = "import"\nfeed = "{name}"\naddress = "https://desk.test/"\n')
        try:
            outcome = newsroom.publish()
        except FeedsError:
            # a table, a configuration that can't be understood: what was published before stays
            is_new = False
        else:
            is_new = name not in {"decisions.toml", "site.toml"}
            failed = [found for found in outcome.problems if found.code == _FAILED]
            if failed:
                return str(failed[0])
        document = newsroom.document().document.body.decode()
        if _GOOD not in document and name not in {"decisions.toml", "site.toml"}:
            return "what was published before is gone"
        return (
            "" if "Gate of the yard" in document or not is_new else "a good page is not published"
        )
    finally:
        shutil.rmtree(home)
