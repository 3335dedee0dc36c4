"""A run that is killed anywhere lost nothing, and fetches nothing twice but what it was at."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

from tests.capture.capturing import desk
from tests.capture.sites import NOW, NewsSite, Request
from tests.capture.words import stories
from tests.newsrooms import PROJECT
from tests.thorough import THOROUGH

RUN = """
import sys
from datetime import datetime
from pathlib import Path
from feeds.capture import run
from feeds.capture.visits import Clock
from feeds.newsroom import Newsroom
place = Newsroom(Path(sys.argv[1]), Path(sys.argv[2]))
moment = datetime.fromisoformat(sys.argv[3])
run.capture(run.Order(place, place.site(), Clock(lambda: moment, lambda _: None)))
"""
_LONGEST_MS = 60


class KillingSite(NewsSite):
    """A site that has who asks for the ``last`` story killed, so many milliseconds later."""

    def __init__(self, count: int) -> None:
        super().__init__(stories(count, NOW, apart=timedelta(minutes=1)))
        self.sitemap = "plain"
        self.process: subprocess.Popen[bytes] | None = None
        self.last = 0
        self.after = 0.0

    def told(self, request: Request) -> None:
        super().told(request)
        if self.process and len(self.story_paths) == self.last:
            threading.Timer(self.after, self._kill, [self.process.pid]).start()

    def _kill(self, process: int) -> None:
        os.kill(process, signal.SIGKILL)


def test_a_run_that_is_killed_anywhere_goes_on_where_it_was(tmp_path: Path) -> None:
    count, kills = (120, 40) if THOROUGH else (24, 6)
    with desk(tmp_path, site := KillingSite(count)) as one:
        moment = NOW
        for number in range(kills + 1):
            site.last = (number + 1) * 3 if number < kills else 0
            site.after = _LONGEST_MS / 1000 * number / kills
            moment += timedelta(minutes=1)
            arguments = [str(one.newsroom.root), str(one.newsroom.database), moment.isoformat()]
            site.process = subprocess.Popen([sys.executable, "-c", RUN, *arguments], cwd=PROJECT)
            code = site.process.wait()
            assert code == (-signal.SIGKILL if number < kills else 0)
        site.process = None
        fetched = Counter(one.site.story_paths)
        assert set(fetched) == {story.path for story in site.stories}
        assert fetched.total() <= count + kills
        saved = [path.rpartition("/")[0] for path in one.files if "/news/" in path]
        assert len(saved) == len(set(saved)) == count
