"""What a run goes by: what somebody asked for, and what is in the newsroom's folder."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from feeds.model.outcome import Again
from feeds.model.problem import Problem
from feeds.model.versions import RENDERER_VERSION
from feeds.model.watching import Watch, unwatched
from feeds.newsroom import Newsroom
from feeds.newsroom.folder import Found
from feeds.newsroom.listing import Listing
from feeds.newsroom.theme import Theme

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from feeds.newsroom.decisions import Decision
    from feeds.newsroom.page_rules import Outside
    from feeds.newsroom.site import Site


class Order(NamedTuple):
    """What somebody asked for at ``now``, an aware moment.

    ``only`` restricts reading to some files or folders; ``again`` asks for reading them although
    they did not change; ``accept`` names objections of the gate that somebody overrides.
    ``decisions_only``: pages are left for another run, and what editors decided takes effect.
    ``rebuild``: a ledger that is missing, older than what was published, or another one, is meant.
    ``jobs`` is by how many processes many pages are read, as many as there are cores if it is 0;
    ``start`` gives an executor with so many, in the place of processes of this machine.
    ``wait`` is called with seconds where a file was written a moment ago; ``watch`` is handed what
    takes long.
    """

    newsroom: Newsroom
    now: datetime
    only: Sequence[Path] = ()
    again: Again | None = None
    accept: Sequence[str] = ()
    decisions_only: bool = False
    wait: Callable[[float], None] = time.sleep
    watch: Watch = unwatched
    rebuild: bool = False
    jobs: int = 0
    start: Callable[[int], Executor] | None = None

    @property
    def keeps_readings(self) -> bool:
        """Whether what it reads and stores stays for the next run if it comes to no end.

        What is read again, or into a ledger that is to take the place of another, is one piece.
        """
        return not (self.again or self.rebuild or self.decisions_only)


class Source(NamedTuple):
    """What a newsroom's folder has: its configuration, what editors wrote, its pages.

    ``outside`` is what is said about pages outside of them. ``listed`` are all the pages that
    are there, ``found`` those that are to be read if they changed. ``unread`` are the decisions
    that can't be understood: what was decided before stays in force, also if it is not there.
    ``theme`` are the looks of pages for people.
    """

    site: Site
    outside: Outside
    decisions: Sequence[Decision]
    listed: Listing
    found: list[Found]
    unread: Sequence[Problem] = ()
    theme: Theme = Theme()


def render_key(site: Site) -> str:
    """Changes whenever the configuration or the renderer could change a document."""
    data = b"%d\n%s" % (RENDERER_VERSION, msgspec.json.encode(site.published))
    return hashlib.sha256(data).hexdigest()
