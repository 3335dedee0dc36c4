"""What is known of a feed's audience, day by day."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["aggregator", "reader", "script", "browser", "bot"]


class Daily(NamedTuple):
    """One client's polls of one feed on one ``day`` (YYYY-MM-DD).

    ``subscribers`` are as many as it stands for, or distinct readers; ``size`` the bytes sent,
    ``saved`` those that 304 spared.
    """

    day: str
    feed: str
    client: str
    kind: Kind
    subscribers: int
    polls: int
    unchanged: int
    size: int
    saved: int
