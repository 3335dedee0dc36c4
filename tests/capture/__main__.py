"""Serves a generated site on this machine, to be looked at by ``feeds init --from``.

python -m tests.capture [PORT]
"""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from tests.capture.sites import NewsSite, serving
from tests.capture.words import ZONE, Story

_STORIES = 12
_SECTIONS = ("iqtisadiyyat", "idman")


def sample(now: datetime) -> NewsSite:
    """A site in Azerbaijani with twelve stories of the last day, the newest an hour old."""
    newest = now.astimezone(ZONE).replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    made = NewsSite(
        Story(
            number, newest - timedelta(hours=2 * (_STORIES - number)), _SECTIONS[number % 2], "az"
        )
        for number in range(1, _STORIES + 1)
    )
    made.now, made.language, made.sections = now, "az", _SECTIONS
    made.sitemap, made.feed, made.named_feeds = "news", True, ("/rss.xml",)
    return made


def main() -> None:
    """Serves until somebody stops it."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
    with serving(sample(datetime.now(UTC)), port=port) as site:
        sys.stdout.write(f"Quay Gazette is at {site.url}/\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
