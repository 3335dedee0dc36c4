"""Who asks: the ``User-Agent`` that servers see (RFC 9110, section 10.1.5)."""

from __future__ import annotations

from feeds import __version__

TOKEN = "newsroom-feeds"  # noqa: S105 # the name by which robots.txt knows this program
AGENT = f"{TOKEN}/{__version__}"


def with_contact(contact: str) -> str:
    """The program's name and version, and where its operator is found: a URL or an address."""
    told = "".join(
        one for one in contact if one.isascii() and one.isprintable() and one not in "()"
    )
    return f"{AGENT} (+{told})" if told else AGENT
