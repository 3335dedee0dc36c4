"""Keyed feeds that nobody can read, and keys that open nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from feeds.ledger import keys
from feeds.model.problem import Problem
from feeds.newsroom import CONFIGURATION
from feeds.newsroom.site import Site
from feeds.reports.problems import Found

if TYPE_CHECKING:
    from sqlalchemy import Connection


def of_no_use(connection: Connection, site: Site) -> Iterator[Found]:
    """Keys of which no feed of ``site`` is kept for, and keyed feeds to which there is no key."""
    live = [key for key in keys.all_keys(connection) if not key.revoked]
    keyed = {feed.first_name: feed for feed in site.feeds if feed.keyed}
    for key in live:
        if key.feed not in keyed:
            what = f"the key '{key.name}' opens nothing: '{key.feed}' is no keyed feed"
            remedy = f"write 'keyed = true' into that feed again, or: feeds key revoke {key.name}"
            yield "warning", Problem("key-useless", what, remedy=remedy, file=CONFIGURATION)
    for name in keyed.keys() - {key.feed for key in live}:
        feed = keyed[name].name
        what = f"nobody has a key to '{feed}', and so nobody can read it"
        remedy = f"feeds key add NAME --feed {feed}"
        yield "hint", Problem("feed-without-key", what, remedy=remedy, file=CONFIGURATION)
