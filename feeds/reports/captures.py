"""What is not on the newsroom's own site any more, and is published all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from feeds.capture import standing
from feeds.entries import identity
from feeds.ledger import aliases, decisions, shown
from feeds.model.problem import Problem
from feeds.newsroom.decisions import is_let_go
from feeds.newsroom.site import Site

if TYPE_CHECKING:
    from sqlalchemy import Connection


def lost(root: Path, site: Site, connection: Connection) -> Iterator[Problem]:
    """The stories that vanished from the site, or lead to others there, and are published.

    ``root`` is the newsroom's folder. Raises CaptureError.
    """
    found = {row.address: (row, problem) for row, problem in standing.of_stories(root)}
    names = {name: one for one in found for name in identity.url_names(site, one)}
    ids = aliases.ids_named(connection, names) if names else {}
    public = {entry.id: entry for entry in shown.unhidden(connection, ids.values())}
    meant = decisions.let_go(connection)
    for address, (row, problem) in sorted(found.items()):
        there = [
            public[one] for name, one in ids.items() if names[name] == address if one in public
        ]
        if there and not is_let_go(row.saved, None, meant):
            yield msgspec.structs.replace(problem, entries=(there[0].hash,))
