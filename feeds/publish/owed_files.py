"""What a revision owes to exports: which pages of stories it changes, by what it touched.

Rules
- It is written down in the transaction of the revision. Whatever else a revision changes,
  an export sees by itself.
- A story's page leads to the stories of its language before and after it. So what is beside a
  story that came, went or moved changes too: where it is, and where it was.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from feeds.ledger import exports, shown
from feeds.ledger.exports import STORIES
from feeds.model import Entry, EntryId
from feeds.model.exports import Stage
from feeds.newsroom.site import Site
from feeds.publish.run import Run
from feeds.syndication.filters import belongs, language_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOST = 500
"""Of more touched entries than these all pages are looked at: to ask which costs as much."""
_NEAR = 50
"""So many neighbours of an entry are asked for; one of the first few is in a feed, as a rule."""
_LED_TO = 20
"""No page leads further than so many stories, of any language: ``feeds.web.store`` has the same."""


def owe_files(run: Run, before: Connection, touched: Collection[EntryId]) -> None:
    """Notes for each target that it is behind, and which stories' pages that is about.

    ``before`` sees the ledger as it was. Nothing is noted where nothing was ever exported.
    """
    connection = run.connection
    targets = exports.all_targets(connection)
    if not targets:
        return
    now = shown.by_ids(connection, touched)
    stages = {
        STORIES + state.entry.hash: Stage.TOMBSTONE if state.entry.hidden else Stage.STORY
        for state in now.values()
    }
    places = None if len(touched) > _MOST else [state.entry for state in now.values()]
    if places is not None:
        old = (state.entry for state in shown.by_ids(before, touched).values())
        places += [entry for entry in old if _place(entry) != _place(now[entry.id].entry)]
        for entry in places:
            near = _near(connection, run.site, entry)
            if near is None:
                places = None
                break
            for one in near:
                stages.setdefault(STORIES + one, Stage.REFRESH)
    if places is None:
        exports.distrust(connection)
    for target in targets:
        exports.mark_stale(connection, target.name, stages)
    exports.owe(connection, run.now)


def _place(entry: Entry) -> tuple[object, ...]:
    return entry.ordered, entry.rank, entry.language


def _near(connection: Connection, site: Site, entry: Entry) -> list[str] | None:
    """The hashes of those whose pages may lead to ``entry``, or over it; None for no telling.

    Those are, of each language, all from it up to the first that is itself led to: of another
    language, a story may come too near to ``entry`` to be led to, or too far from it.
    """
    found = []
    for some, are_all in shown.beside(connection, entry, _NEAR):
        led_to: set[str] = set()
        public = 0
        for other in some:
            language = language_of(site, other.entry)
            public += other.is_public
            if language in led_to:
                continue
            found.append(other.entry.hash)
            if other.is_public and any(
                belongs(feed, other.entry) for feed in site.without_keyed.feeds
            ):
                led_to.add(language)
        if not (are_all or public >= _LED_TO or language_of(site, entry) in led_to):
            return None
    return found
