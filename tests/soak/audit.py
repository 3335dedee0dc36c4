"""What is looked at in the end, when nothing is going on any more."""

from __future__ import annotations

import time

from tests.soak.observer import ids
from tests.soak.runs import Place, Runs, Way


def audit(place: Place, runs: Runs) -> None:
    """Publishes what is left, and looks closely at what came of all."""
    _wait_for_embargoes(place)
    runs.finish("the last pages", Way(), "publish")
    runs.finish("nothing new in the end", Way(), "publish", says="nothing new")
    for command in ("check", "status"):
        runs.expect(runs.run(command))
    found = place.observer.integrity()
    runs.wrong += [f"integrity_check of the ledger: {what}" for what in found]
    _rebuild(place, runs)


def _rebuild(place: Place, runs: Runs) -> None:
    """A ledger that is made of the pages alone has the same ids, as far as pages tell them."""
    again = place.newsroom.root.parent / "again" / "feeds.db"
    runs.expect(runs.run("publish", database=again))
    found = ids(again)
    for story in place.desk.stories:
        known = found.get(story.title)
        if story.is_public and not story.renamed and known != story.entry:
            runs.wrong.append(f"'{story.title}' was {story.entry}, and is {known} once rebuilt")


def _wait_for_embargoes(place: Place) -> None:
    left = [until - time.time() for until in place.desk.secrets(time.time()).values()]
    time.sleep(max(0.0, *left, 0.0))
