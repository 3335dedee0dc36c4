"""One request to a server, and its answer as it came; alone makes connections for it.

Rules
- http and https alone; of https the certificate is checked, by what the system trusts.
- The machine that was looked at (``machines``) is the one that is asked, under its host's name.
- All of it takes so many seconds at most, whatever the server does, the look-up of its name
  included, and so many bytes: who sends more has sent too much, or, if the beginning is enough, is
  left there.
- A redirect is an answer as any other. Nothing is tried again. No proxy is asked: what a proxy
  would reach can't be checked.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from feeds.client import coding
from feeds.client.agents import AGENT
from feeds.client.machines import Machines
from feeds.client.waiting import within
from feeds.model.errors import FetchError

if TYPE_CHECKING:
    import urllib3

SECONDS = 30.0
MOST_BYTES = 16 * 1024 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_PIECE = 64 * 1024
_LONGEST_WHY = 160


class Answer(NamedTuple):
    """What the server at ``url`` said: headers as received, ``body`` with its content coding."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The values of the header ``name``, as one; empty if there is none."""
        return ", ".join(value for one, value in self.headers if one.lower() == name.lower())

    @property
    def kind(self) -> str:
        """Its media type, in small letters, without parameters; empty if it says none."""
        return self.header("Content-Type").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The encoding of its text, as the header has it; empty if it says none."""
        for part in self.header("Content-Type").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'").lower()
        return ""

    def content(self, most: int = MOST_BYTES) -> bytes:
        """The body without its codings; raises FetchError if it is none, or larger."""
        try:
            return coding.decoded(self.body, self.header("Content-Encoding"), most)
        except coding.TooLargeError as error:
            raise FetchError(str(error), file=self.url, code="too-large") from error
        except coding.CodingError as error:
            raise FetchError(str(error), file=self.url) from error


class Bounds(NamedTuple):
    """How much time and room an answer may take; of a ``beginning`` the rest is left there."""

    seconds: float = SECONDS
    bytes: int = MOST_BYTES
    beginning: bool = False


USUAL = Bounds()


class Client:
    """Asks servers, one request at a time, as ``agent``; ``machines`` says which may be asked."""

    def __init__(self, agent: str = AGENT, machines: Machines | None = None) -> None:
        self._agent = agent
        self._machines = machines or Machines()
        self._context: ssl.SSLContext | None = None

    def ask(
        self, url: str, headers: Mapping[str, str] | None = None, bounds: Bounds = USUAL
    ) -> Answer:
        """The answer to a GET of ``url``, absolute and checked, with ``headers`` besides.

        Raises FetchError if there is none in time, or it must not be asked for.
        """
        sent = {
            "Host": _host_header(url),
            "User-Agent": self._agent,
            "Accept-Encoding": coding.KNOWN,
            "Connection": "close",
            **(headers or {}),
        }
        late = FetchError(f"no answer within {bounds.seconds:g} seconds", file=url, code="late")
        opened: list[Any] = []

        def close() -> None:
            for connection in opened:
                with suppress(OSError):
                    if connection.sock:
                        connection.sock.shutdown(socket.SHUT_RDWR)

        return within(bounds.seconds, lambda: self._ask(url, sent, bounds, opened), late, close)

    def _ask(
        self, url: str, headers: Mapping[str, str], bounds: Bounds, opened: list[Any]
    ) -> Answer:
        import urllib3  # late: a run with nothing to ask for needs none

        parts = urlsplit(url)
        try:
            port = parts.port or _PORTS[parts.scheme]
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            *others, last = self._machines.addresses(parts.hostname or "", port)
            for address in others:
                try:
                    return self._asked(url, address, path, headers, bounds, opened)
                except (
                    urllib3.exceptions.NewConnectionError,
                    urllib3.exceptions.ConnectTimeoutError,
                ):
                    continue
            return self._asked(url, last, path, headers, bounds, opened)
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            code, remedy = _advice(error)
            raise FetchError(why(error), file=url, code=code, remedy=remedy) from error

    def _asked(
        self,
        url: str,
        address: str,
        path: str,
        headers: Mapping[str, str],
        bounds: Bounds,
        opened: list[Any],
    ) -> Answer:
        with closing(self._pool(url, address, bounds.seconds)) as pool:
            make = pool.ConnectionCls

            def noted(**options: Any) -> Any:
                opened.append(made := make(**options))
                return made

            pool.ConnectionCls = noted  # type: ignore[assignment] # it is called, and no more
            answer = pool.urlopen(
                "GET",
                path,
                headers=headers,
                redirect=False,
                retries=False,
                assert_same_host=False,
                preload_content=False,
                decode_content=False,
            )
            with closing(answer):
                sent = answer.headers.get("Transfer-Encoding", "chunked").strip().lower()
                if sent != "chunked":  # RFC 9112, section 6.1: no other was asked for
                    raise FetchError(f"it comes as '{sent[:80]}'", file=url)
                found = tuple((str(name), str(value)) for name, value in answer.headers.items())
                return Answer(url, answer.status, found, _body(answer, url, bounds))

    def _pool(self, url: str, address: str, seconds: float) -> urllib3.HTTPConnectionPool:
        """What connects to ``address`` alone, encrypted or not."""
        import urllib3

        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
        timeout = urllib3.Timeout(connect=seconds, read=seconds)
        if parts.scheme == "http":
            return urllib3.HTTPConnectionPool(address, port, timeout=timeout)
        if self._context is None:
            self._context = ssl.create_default_context()
        return urllib3.HTTPSConnectionPool(
            address,
            port,
            timeout=timeout,
            ssl_context=self._context,
            server_hostname=parts.hostname,  # whose name the certificate has to have
        )


def _body(answer: urllib3.BaseHTTPResponse, url: str, bounds: Bounds) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read(_PIECE, decode_content=False):
        pieces.append(piece)
        size += len(piece)
        if size > bounds.bytes:
            if bounds.beginning:
                return b"".join(pieces)[: bounds.bytes]
            raise FetchError(f"it has more than {bounds.bytes:,} bytes", file=url, code="too-large")
    return b"".join(pieces)


def _host_header(url: str) -> str:
    """RFC 9110, section 7.2: with the port if it is another than the usual one."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in {None, _PORTS[parts.scheme]} else f"{host}:{parts.port}"


def why(error: BaseException) -> str:
    """Why there is no answer, in words."""
    from http.client import RemoteDisconnected  # late, as always what only errors need

    from urllib3 import exceptions

    cause: BaseException | None = error
    while cause:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not valid ({cause.verify_message})"
        if isinstance(cause, exceptions.IncompleteRead):
            return "the server stopped in the middle"
        if isinstance(cause, TimeoutError) and not isinstance(cause, exceptions.HTTPError):
            return "the server takes too long"
        if isinstance(cause, RemoteDisconnected):
            return "the server ended the connection without an answer"
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        cause = cause.__cause__ or cause.__context__
    text = " ".join(str(error).split())[:_LONGEST_WHY]
    return f"what it answers is not HTTP ({text or type(error).__name__})"


def _advice(error: BaseException) -> tuple[str, str]:
    """The code of an error, and what to do about it if that is no matter of waiting."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "certificate", (
                "renew the certificate, send those between it and a known authority along, or have "
                "this system trust who signed it (env SSL_CERT_FILE)"
            )
        cause = cause.__cause__ or cause.__context__
    return FetchError.code, ""
