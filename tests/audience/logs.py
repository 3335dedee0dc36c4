"""Access logs to test with, made with a known truth."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

START = datetime(2026, 1, 14, tzinfo=UTC)
_FIRST_NETWORK = 11


class Poller(NamedTuple):
    """Somebody who polls: under which ``agent``, from where, what, and how.

    ``validates``: it gets 304 where nothing changed. ``addresses``: it has several.
    """

    agent: str
    addresses: Sequence[str]
    path: str = "/feeds/latest.rss"
    seconds: int = 900
    validates: bool = True


def address(number: int) -> str:
    """A different address for each number."""
    high, low = divmod(number, 250)
    upper, middle = divmod(high, 250)
    return f"{_FIRST_NETWORK + upper}.{middle}.7.{low + 1}"


def line(
    agent: str,
    at: datetime = START,
    *,
    address: str = "203.0.113.9",
    path: str = "/feeds/latest.rss",
    status: int = 200,
    size: int | str = 6316,
    rest: str = " gzip",
) -> str:
    """One line as ``feeds serve`` writes it, without its end."""
    when = at.strftime("%d/%b/%Y:%H:%M:%S %z")
    return (
        f'{address} - - [{when}] "GET {path} HTTP/1.1" {status} '
        f'{size if status == 200 else "-"} "-" "{agent}"{rest if status == 200 else " -"}'
    )


def polls(
    pollers: Sequence[Poller],
    *,
    start: datetime = START,
    seconds: int = 86_400,
    changes: int = 3 * 3600,
    seed: int = 7,
) -> Iterator[str]:
    """Lines of ``pollers`` for so many ``seconds``, in order of time.

    The document changes every ``changes`` seconds, and has another size then.
    """
    chance = random.Random(seed)  # noqa: S311 - a log, no secret
    due: list[tuple[int, int, int]] = []
    for number, poller in enumerate(pollers):
        first = chance.randrange(min(poller.seconds, seconds))
        due += [(at, number, at == first) for at in range(first, seconds, poller.seconds)]
    seen: dict[int, int] = {}
    for at, number, _ in sorted(due):
        poller = pollers[number]
        version = at // changes
        known = poller.validates and seen.get(number) == version
        seen[number] = version
        yield line(
            poller.agent,
            start + timedelta(seconds=at),
            address=poller.addresses[at // poller.seconds % len(poller.addresses)],
            path=poller.path,
            status=304 if known else 200,
            size=6000 + version,
        )


AGENTS = (
    "NetNewsWire (RSS Reader; https://netnewswire.com/)",
    "newsboat/2.21.0 (Linux x86_64)",
    "Mozilla/5.0 (compatible; Miniflux/2.2.1; +https://miniflux.app)",
    "FreshRSS/1.24.3 (Linux; https://freshrss.org)",
    "feedparser/6.0.14 +https://github.com/kurtmckee/feedparser/",
    "Reeder/5040001 CFNetwork/1494.0.7 Darwin/23.4.0",
    "Tiny Tiny RSS/24.01 (https://tt-rss.org/)",
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)",
    "Feedbin feed-id:1234 - 12 subscribers",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
)
"""User-Agents as they are seen in the wild, one of them of an unlikely day."""


def many(count: int, readers: int = 10_000, seed: int = 3) -> Iterator[bytes]:
    """``count`` lines of so many ``readers`` and of people on the site, with their ends.

    Within a day; four of five lines are polls, and of these again four of five get 304.
    """
    chance = random.Random(seed)  # noqa: S311 - a log, no secret
    paths = ("/feeds/latest.rss", "/feeds/latest.atom", "/feeds/sport.rss")
    people = [(address(n), AGENTS[n % len(AGENTS)], paths[n % 3]) for n in range(readers)]
    for number in range(count):
        at = START + timedelta(seconds=number * 86_399 // count)
        who, agent, path = people[chance.randrange(readers)]
        if number % 5 == 4:
            path = f"/news/2026/01/story-{chance.randrange(5000)}.html"
        status = 304 if chance.random() < 0.8 else 200
        yield line(agent, at, address=who, path=path, status=status).encode() + b"\n"
