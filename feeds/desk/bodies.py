"""Requests are handed to the desk once they are there as a whole, and no thread waits for one.

ASGI on the one side, WSGI on the other: a server's thread that reads what a stranger doesn't send
is one that an editor doesn't get, and there are few.

Rules
- What comes too slowly is answered 408, what is too large 413.
- Of who has no session, as far as can be seen here, no more is taken than a password is long.
"""

from __future__ import annotations

import asyncio
import io
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_Answer = tuple[int, list[tuple[bytes, bytes]], bytes]

PATIENCE = 5.0
"""In seconds: so long nothing may come."""
_LEAST_RATE = 4000
"""In bytes a second, once that is over."""
LARGEST = 8 * 1024 * 1024
"""In bytes: a page that somebody hands in, and all that belongs to it."""
LARGEST_OF_STRANGERS = 16 * 1024
"""A name and a password have room in a hundredth of it."""
_IN_MEMORY = 256 * 1024
_THREADS = 16
"""Most of them wait for somebody else's command."""
_PLAIN = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
_REFUSED = {
    408: b"408 Request Timeout: it came too slowly\n",
    413: b"413 Content Too Large\n",
}


class _Refused(Exception):  # noqa: N818 an answer, and no error
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Whole:
    """The ASGI application that has ``app`` answer; ``is_known``: whether a head has a session."""

    def __init__(self, app: WSGIApplication, is_known: Callable[[dict[str, str]], bool]) -> None:
        self._app = app
        self._is_known = is_known
        self._threads = ThreadPoolExecutor(_THREADS)

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            return
        try:
            environ = _environ(scope)
            with SpooledTemporaryFile(_IN_MEMORY) as body:
                await self._read(environ, receive, body)
                body.seek(0)
                environ["wsgi.input"] = body
                loop = asyncio.get_running_loop()
                answer = await loop.run_in_executor(self._threads, self._answered, environ)
        except _Refused as refused:
            kind = [(b"content-type", b"text/plain"), (b"connection", b"close")]
            answer = refused.status, kind, _REFUSED[refused.status]
        status, headers, content = answer
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    async def _read(self, environ: dict[str, Any], receive: _Receive, body: IO[bytes]) -> None:
        said = environ.get("CONTENT_LENGTH", "0")
        largest = LARGEST if self._is_known(environ) else LARGEST_OF_STRANGERS
        if not (said.isascii() and said.isdigit()) or int(said) > largest:
            raise _Refused(413)
        is_over = said == "0" and "HTTP_TRANSFER_ENCODING" not in environ
        begun, size = time.monotonic(), 0
        while not is_over:
            until = begun + PATIENCE + size / _LEAST_RATE
            try:
                message = await asyncio.wait_for(receive(), until - time.monotonic())
            except TimeoutError as error:
                raise _Refused(408) from error
            if message["type"] != "http.request":
                raise _Refused(408)  # who sent it is gone, maybe in the middle
            size += body.write(message.get("body", b""))
            if size > largest:
                raise _Refused(413)
            is_over = not message.get("more_body")
        if size < int(said):
            raise _Refused(408)  # it ended before its end
        environ["CONTENT_LENGTH"] = str(size)

    def _answered(self, environ: dict[str, Any]) -> _Answer:
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        written: list[bytes] = []

        def start(
            status: str, headers: list[tuple[str, str]], _error: object = None, /
        ) -> Callable[[bytes], object]:
            begun.append((status, headers))
            return written.append

        found: Iterable[bytes] = self._app(environ, start)
        try:
            written.extend(found)
        finally:
            if close := getattr(found, "close", None):
                close()
        status, headers = begun[-1]
        encoded = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
        return int(status.split(" ", 1)[0]), encoded, b"".join(written)


def _environ(scope: _Message) -> dict[str, Any]:
    """What WSGI (PEP 3333) tells of a request."""
    raw = scope.get("raw_path") or str(scope["path"]).encode()
    host, port = scope.get("server") or ("localhost", 0)
    found: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(raw.partition(b"?")[0]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if "_" in name:  # it would be another's name, that a proxy takes away
            continue
        key = _PLAIN.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
        between = "; " if name == "cookie" else ","
        found[key] = f"{found[key]}{between}{value}" if key in found else value
    return found
