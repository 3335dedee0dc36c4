"""A site's front page, asked for once and politely, for a person who named it.

Rules
- http and https alone; of https the certificate is checked, by what the system trusts.
- A redirect is followed within the host, to its www or from it, or to https, and nowhere else;
  never from https to http, nor to another port than theirs.
- Who names a host gets no other machine: a name that leads outside the public networks is refused
  (what is there may trust whoever asks from within). Somebody who means such a machine names it by
  its address, or as localhost. The address that was checked is the one that is asked.
- All of it takes 15 seconds at most, whatever the server does, and 1 MiB: the rest is left there.
- No proxy is asked: what a proxy would reach can't be checked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from contextlib import closing, suppress
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from feeds import __version__
from feeds.model.errors import FeedsError
from feeds.newsroom import fetching
from feeds.newsroom.front_page import FrontPage, read_front_page
from feeds.text import urls

SECONDS = 15.0
_MOST_BYTES = 1024 * 1024
_MOST_REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}
_ASSIGNED = ipaddress.IPv6Network("2000::/3")
"""What IPv6 has of public addresses."""
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""Where networks without IPv4 find the rest of the world, and maybe a neighbour (RFC 6052)."""
_REDIRECTS = {301, 302, 303, 307, 308}
_REMEDY = "correct the address, or leave out --from"


class _Answer(NamedTuple):
    status: int
    location: str
    kind: str
    charset: str
    coding: str
    data: bytes


def look_at(where: str, seconds: float = SECONDS) -> FrontPage:
    """What the front page at the URL ``where`` says; its ``site_url`` is where it was found.

    Raises FeedsError if it is not to be had in ``seconds``, or must not be asked for.
    """
    url = urls.absolute("", where)
    if url is None or "@" in urlsplit(url).netloc:
        raise FeedsError(
            "expected a URL that begins with https:// or http://, without a name or password",
            field="--from",
        )
    late = FeedsError(
        f"the site doesn't answer within {seconds:g} seconds", file=where, remedy=_REMEDY
    )
    return fetching.within(seconds, lambda: _looked_at(url, seconds), late)


def _looked_at(where: str, seconds: float) -> FrontPage:
    url, answer = where, _ask(where, seconds)
    for _ in range(_MOST_REDIRECTS):
        if answer.status not in _REDIRECTS:
            break
        url = redirected(where, url, answer.location)
        answer = _ask(url, seconds)
    if answer.status != http.client.OK:
        raise FeedsError(f"the site answers {answer.status}", file=url, remedy=_REMEDY)
    if answer.kind not in {"text/html", "application/xhtml+xml"}:
        said = f"'{answer.kind[:80]}'" if answer.kind else "nothing of its kind"
        raise FeedsError(f"expected an HTML page, and it says {said}", file=url, remedy=_REMEDY)
    if answer.coding not in {"", "identity"}:
        what = f"the page comes as '{answer.coding[:80]}', which was not asked for"
        raise FeedsError(what, file=url, remedy=_REMEDY)
    found = read_front_page(answer.data, answer.charset, url)
    asked, got = urlsplit(where), urlsplit(url)
    path = asked.path if asked.path.endswith("/") else "/"
    return found._replace(
        settings={**found.settings, "site_url": f"{got.scheme}://{got.netloc}{path}"}
    )


def _ask(url: str, seconds: float) -> _Answer:
    parts = urlsplit(url)
    try:
        with closing(_Connection(parts, seconds)) as connection:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            headers = {"User-Agent": f"newsroom-feeds/{__version__}", "Accept": "text/html"}
            connection.request("GET", path, headers=headers)
            with connection.getresponse() as answer:  # which has the socket by now
                return _Answer(
                    answer.status,
                    answer.headers.get("Location", ""),
                    answer.headers.get_content_type() if "Content-Type" in answer.headers else "",
                    answer.headers.get_content_charset() or "",
                    answer.headers.get("Content-Encoding", "").strip().lower(),
                    answer.read(_MOST_BYTES) if answer.status == http.client.OK else b"",
                )
    except (OSError, http.client.HTTPException, ValueError) as error:
        what = f"the site can't be asked: {fetching.why(error)}"
        raise FeedsError(what, file=url, remedy=_REMEDY) from error


class _Connection(http.client.HTTPConnection):
    """A connection to the one address of a host that was checked, encrypted or not."""

    def __init__(self, parts: SplitResult, seconds: float) -> None:
        self.default_port = _PORTS[parts.scheme]  # a Host header has the port if it is another
        super().__init__(parts.hostname or "", parts.port or self.default_port, timeout=seconds)
        self._is_secure = parts.scheme == "https"

    def connect(self) -> None:
        """Opens it; raises FeedsError for a machine that must not be asked, and OSError."""
        connected = self._connected()
        if self._is_secure:
            try:
                context = ssl.create_default_context()
                connected = context.wrap_socket(connected, server_hostname=self.host)
            except BaseException:
                connected.close()
                raise
        self.sock = connected

    def _connected(self) -> socket.socket:
        *others, last = _addresses(self.host, self.port)
        for address in others:
            with suppress(OSError):
                return socket.create_connection((address, self.port), self.timeout)
        return socket.create_connection((last, self.port), self.timeout)


def _addresses(host: str, port: int) -> list[str]:
    """The numeric addresses of ``host`` that may be asked; raises FeedsError if there is none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if host == "localhost" or _numeric(host):
        return addresses
    if public := [address for address in addresses if _is_public(address)]:
        return public
    raise FeedsError(
        f"{host} leads to {addresses[0]}, which is no machine of the public network",
        file=host,
        remedy="if you mean that one, name it by its address",
    )


def _numeric(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _is_public(address: str) -> bool:
    numeric = _numeric(address)
    if isinstance(numeric, ipaddress.IPv6Address):
        numeric = _inner(numeric) or (numeric if numeric in _ASSIGNED else None)
    return numeric is not None and numeric.is_global and not numeric.is_multicast


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address to which a gateway, or this system, takes what is sent to ``address``."""
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour


def redirected(asked: str, url: str, location: str) -> str:
    """Where a redirect from ``url`` leads, when ``asked`` was asked for.

    Raises FeedsError if that is another site.
    """
    target = urls.absolute(url, location)
    before, after = urlsplit(url), urlsplit(target or "")
    is_same = _site(urlsplit(asked)) == _site(after)
    schemes = before.scheme, after.scheme
    kept = len(set(schemes)) == 1 and urls.server(url)[1] == urls.server(target or "")[1]
    upgraded = schemes == ("http", "https") and target and urls.server(target)[1] is None
    if target is None or "@" in after.netloc or not is_same or not (kept or upgraded):
        raise FeedsError(
            f"the site leads to '{urljoin(url, location)[:200]}', which is another one",
            file=asked,
            remedy="name that if you mean it",
        )
    return target.partition("#")[0]


def _site(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")
