"""What was erased is not fetched again: its address is known by a fingerprint alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from feeds.entries.identity import url_names
from feeds.ledger import aliases, entries
from feeds.newsroom.site import Site

if TYPE_CHECKING:
    from sqlalchemy import Connection


def erased(connection: Connection, site: Site, addresses: Iterable[str]) -> set[str]:
    """Those of ``addresses``, of the ``site``, at which a story was that is erased.

    By ``feeds restore`` it is none of them any more.
    """
    names = {name: address for address in addresses for name in url_names(site, address)}
    gone = {entry.id for entry in entries.erased(connection)}
    found = aliases.ids_named(connection, names) if gone else {}
    return {names[name] for name, entry in found.items() if entry in gone}
