"""What a site's robots.txt permits (RFC 9309), and what else it says.

Rules
- 500 KiB are read of it (section 2.5). It is UTF-8, or as near as it comes.
- What answers 4xx permits everything (2.3.1.3); what can't be had, or 5xx, nothing (2.3.1.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.client.agents import TOKEN

if TYPE_CHECKING:
    from protego import Protego

MOST_BYTES = 500 * 1024
NOTHING = "User-agent: *\nDisallow: /\n"
"""What stands for a robots.txt that can't be had."""
_LONGEST_DELAY = 3600.0


class Robots:
    """One origin's robots.txt, whose ``text`` may be empty."""

    def __init__(self, text: str) -> None:
        from protego import Protego  # late: who asks for no site needs none

        self._rules: Protego = Protego.parse(text)

    def permits(self, url: str) -> bool:
        """Whether ``url``, of the same origin, may be asked for by this program."""
        return self._rules.can_fetch(url, TOKEN)

    @property
    def delay(self) -> float:
        """The seconds that are to lie between two requests, 0 if it asks for none."""
        seconds = self._rules.crawl_delay(TOKEN) or 0.0
        return min(max(seconds, 0.0), _LONGEST_DELAY)  # no number compares with what is none

    @property
    def sitemaps(self) -> list[str]:
        """The addresses of sitemaps that it names, as written, once each."""
        return list(dict.fromkeys(self._rules.sitemaps))


def read_robots(data: bytes) -> str:
    """The text of the file in ``data``, as far as it is looked at."""
    return data[:MOST_BYTES].decode("utf-8-sig", "replace")
