"""The access log: combined format, with the coding of the answer behind it.

    203.0.113.9 - - [23/Nov/2026:05:20:00 +0000] "GET /feeds/latest.rss HTTP/1.1" 200 6316 "-" \
"NetNewsWire (RSS Reader)" gzip

A line is written in one go, so that workers can share a file. What clients send is escaped: it
can neither end a line nor a field.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_UNSAFE = re.compile(r"[^ !#-\[\]-~]")
_LONGEST = 1024


class AccessLog:
    """WSGI middleware that hands a line for each answer to ``write``.

    ``behind_proxy``: the client's address is the last that X-Forwarded-For has, which the proxy
    wrote; without a proxy of one's own a client could write there what it likes.
    """

    def __init__(
        self,
        app: WSGIApplication,
        write: Callable[[bytes], object],
        *,
        behind_proxy: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._app = app
        self._write = write
        self._behind_proxy = behind_proxy
        self._clock = clock

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Has the app answer, and notes how."""
        started: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            started[:] = status, headers.copy()
            return start_response(status, headers, *more)

        body = self._app(environ, start)
        status, headers = started
        size = coding = "-"
        for name, value in headers:
            if name == "Content-Encoding":
                coding = value
            elif name == "Content-Length" and environ["REQUEST_METHOD"] != "HEAD":
                size = value
        agent = _safe(environ.get("HTTP_USER_AGENT") or "-")
        referer = _safe(environ.get("HTTP_REFERER") or "-")
        line = (
            f"{self._address(environ)} - - [{_moment(int(self._clock()))}] "
            f'"{_request(environ)}" {status[:3]} {size} "{referer}" "{agent}" {coding}\n'
        )
        self._write(line.encode("ascii"))
        return body

    def _address(self, environ: dict[str, Any]) -> str:
        forwarded = environ.get("HTTP_X_FORWARDED_FOR") if self._behind_proxy else None
        if forwarded:
            return _safe(forwarded.rpartition(",")[2].strip()).replace(" ", "") or "-"
        return environ.get("REMOTE_ADDR") or "-"


def _request(environ: dict[str, Any]) -> str:
    path = environ["PATH_INFO"]
    if not path.isascii() or " " in path:
        path = quote(path.encode("latin-1", "replace"))  # as PEP 3333 has it
    query = environ.get("QUERY_STRING")
    asked = f"{path}?{query}" if query else path
    protocol = environ.get("SERVER_PROTOCOL", "HTTP/1.1")
    if protocol == "HTTP/1":
        protocol = "HTTP/1.0"
    return _safe(f"{environ['REQUEST_METHOD']} {asked} {protocol}")


@lru_cache(maxsize=2)
def _moment(second: int) -> str:
    """A second since 1970 in UTC; months in English whatever the locale."""
    at = time.gmtime(second)
    month = _MONTHS[at.tm_mon - 1]
    return f"{at.tm_mday:02}/{month}/{at.tm_year}:" + time.strftime("%H:%M:%S +0000", at)


def _safe(text: str) -> str:
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}..."
    return _UNSAFE.sub(_escaped, text) if _UNSAFE.search(text) else text


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02X}" for byte in found[0].encode("latin-1", "replace"))
