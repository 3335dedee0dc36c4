"""What was captured from a real server, and published run by run, a new ledger comes to as well."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from feeds.model import ACCEPTABLE
from tests.capture.capturing import desk
from tests.capture.sites import NOW, NewsSite
from tests.capture.words import stories
from tests.publish.test_captured_week import rebuilt, told

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("sitemap", ["plain", ""])
def test_a_new_ledger_comes_to_what_a_days_captures_did(
    tmp_path: Path, sitemap: Literal["plain", ""]
) -> None:
    made = NewsSite(stories(8, NOW, apart=HOUR))
    made.sitemap = sitemap
    made.now -= 7 * HOUR
    with desk(tmp_path / "live", made) as one:
        for number in range(10):
            if number in {3, 6}:
                one.site.out[1].rewrite(one.now)
            one.capture(minutes=50)
            one.newsroom.publish(one.now, accept=ACCEPTABLE)
        live = list(map(told, one.newsroom.entries()))
        again = rebuilt(one.newsroom, tmp_path / "again", one.now + 48 * HOUR)
    assert len(live) == 8
    assert list(map(told, again.entries())) == live
