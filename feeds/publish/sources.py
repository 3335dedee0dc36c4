"""What editors wrote beside pages, read for a run: pages.csv and decisions.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.newsroom import folder
from feeds.newsroom.listing import Listing
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.site import Site
from feeds.publish.order import Order

if TYPE_CHECKING:
    from feeds.newsroom.decisions_file import Written


def outside_of(order: Order, site: Site, table: folder.Found | None) -> Outside:
    """What is said about pages outside of them; ``table`` is pages.csv, if there is one.

    Raises PageError if that can't be read, ConfigError if it can't be understood.
    """
    root = order.newsroom.root
    if table is None:
        return Outside(site.pages, root.as_posix())
    data = folder.read_settled(root, table, order.now, order.wait)
    file = str(root / table.path)
    return Outside(site.pages, root.as_posix(), data, file, Listing(root).__contains__)


def decisions_of(order: Order, file: folder.Found | None) -> Written:
    """What editors decided; ``file`` is decisions.toml, if there is one.

    Raises PageError if that can't be read.
    """
    from feeds.newsroom import decisions_file  # late: it brings python-dateutil

    if file is None:
        return decisions_file.Written([], [])
    root = order.newsroom.root
    data = folder.read_settled(root, file, order.now, order.wait)
    return decisions_file.decode_decisions(data, str(root / file.path))
