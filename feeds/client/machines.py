"""Which machines may be asked: those of the public networks, and the one that somebody means.

Rules
- A name is looked up once, and the numeric address that was checked is the one that is asked: a
  name server that says something else a moment later leads nowhere.
- What is inside a network may trust whoever asks from within. So a name that leads there is
  refused, unless it leads to the very machine that the operator's own setting leads to.
- Whatever stands for an IPv4 address in IPv6 (RFC 4291, 3056, 6052) is judged as that.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from feeds.model.errors import FetchError

Lookup = Callable[[str, int], list[str]]
"""The numeric addresses of a host, to be asked at a port; raises OSError."""
_ASSIGNED = ipaddress.IPv6Network("2000::/3")
"""What IPv6 has of public addresses."""
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""Where networks without IPv4 find the rest of the world, and maybe a neighbour (RFC 6052)."""


def looked_up(host: str, port: int) -> list[str]:
    """The numeric addresses of ``host``, as the system knows them; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_named_by_address(host: str) -> bool:
    """Whether ``host`` is this machine, or a numeric address: nothing that names can change."""
    return host == "localhost" or _numeric(host) is not None


class Machines:
    """The addresses that may be asked, of whatever host; ``own`` is one that may be anywhere.

    ``own`` is a host that the operator named, empty for none. Each host is looked up once.
    """

    def __init__(self, own: str = "", lookup: Lookup = looked_up) -> None:
        self._own = own
        self._lookup = lookup
        self._found: dict[tuple[str, int], list[str]] = {}
        self._pinned: list[str] | None = None

    def addresses(self, host: str, port: int) -> list[str]:
        """The numeric addresses of ``host`` that may be asked at ``port``, in their order.

        Raises FetchError if there is none, and OSError if it is not known.
        """
        if (host, port) not in self._found:
            self._found[host, port] = self._permitted(host, port)
        return self._found[host, port]

    def _permitted(self, host: str, port: int) -> list[str]:
        own = self._means(port)
        if host == self._own:
            return own
        found = self._lookup(host, port)
        if good := [one for one in found if is_public(one) or one in own]:
            return good
        raise FetchError(
            f"{host} leads to {', '.join(found[:1]) or 'nothing'}, which is no machine of the "
            "public network",
            file=host,
            remedy="if you mean that one, name it by its address",
            code="private-address",
        )

    def _means(self, port: int) -> list[str]:
        """Where the operator's own host is."""
        if self._pinned is None:
            self._pinned = self._lookup(self._own, port) if self._own else []
        return self._pinned


def is_public(address: str) -> bool:
    """Whether the numeric ``address`` is one of the networks that everybody can reach."""
    numeric = _numeric(address)
    if isinstance(numeric, ipaddress.IPv6Address):
        numeric = _inner(numeric) or (numeric if numeric in _ASSIGNED else None)
    return numeric is not None and numeric.is_global and not numeric.is_multicast


def _numeric(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address to which a gateway, or this system, takes what is sent to ``address``."""
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour
