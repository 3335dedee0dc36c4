"""A real S3 API on loopback, which is moto's server, and a proxy before it that fails on demand.

The server has an environment of its own, ``.venv/s3-server``, since it needs other versions of what
the program needs.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, NamedTuple

import obstore
from obstore.store import from_url

from tests.web.asking import HOST, answers, port_of_ours

PROGRAM = Path(sys.prefix) / "s3-server" / "bin" / "moto_server"
"""Where it is, if it is installed: see the Makefile."""
SECRET = "hush-it-is-a-secret"  # noqa: S105 - of a server in a test
_START_SECONDS = 60


class Stored(NamedTuple):
    """An object: what it says, and its headers."""

    body: bytes
    content_type: str
    caching: str


@contextmanager
def running() -> Iterator[int]:
    """The port of a server without a bucket."""
    with port_of_ours() as port:
        process = subprocess.Popen(
            [PROGRAM, "-H", HOST, "-p", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            last = time.monotonic() + _START_SECONDS
            while not answers(port):
                assert process.poll() is None, "no S3 server came up"
                assert time.monotonic() < last, "no S3 server came up"
                time.sleep(0.05)
            yield port
        finally:
            process.kill()
            process.wait()


def make_bucket(port: int, name: str) -> None:
    """Makes an empty bucket."""
    with closing(http.client.HTTPConnection(HOST, port, timeout=30)) as connection:
        connection.request("PUT", f"/{name}")
        assert connection.getresponse().status == 200


def environment(port: int) -> dict[str, str]:
    """What leads the program to the server, or the proxy, on ``port``."""
    return {
        "AWS_ACCESS_KEY_ID": "somebody",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT": f"http://{HOST}:{port}",
        "AWS_ALLOW_HTTP": "true",
    }


def objects(target: str) -> dict[str, Stored]:
    """All objects of ``target``, by their names below its prefix; needs the environment."""
    store = from_url(target)
    found = {}
    for some in obstore.list(store):
        for one in some:
            answer = obstore.get(store, one["path"])
            attributes: Any = answer.attributes
            found[one["path"]] = Stored(
                bytes(answer.bytes()),
                attributes.get("Content-Type", ""),
                attributes.get("Cache-Control", ""),
            )
            assert "Content-Encoding" not in attributes
    return found


class Proxy:
    """Passes requests on to the server on ``behind``, and remembers them, unless told to fail.

    ``fail_from``: the number of the first changing request that fails, by an answer 500, or by
    being cut if ``cuts``; None for none. ``hold_at``: the number of the one that waits for
    ``go_on``, ``hold_for``: how the path ends of the first that does; ``held`` is set then.
    ``loses``: what changes is passed on, and no answer comes back.
    """

    def __init__(self, behind: int) -> None:
        self.behind = behind
        self.fail_from: int | None = None
        self.cuts = False
        self.hold_at: int | None = None
        self.hold_for: str | None = None
        self.loses = False
        self.held = Event()
        self.go_on = Event()
        self.asked: list[tuple[str, str]] = []
        self._lock = Lock()

    def note(self, method: str, path: str) -> int:
        """Remembers a request; returns its number among those that change something."""
        with self._lock:
            if method in {"PUT", "POST", "DELETE"}:
                self.asked.append((method, path))
            return len(self.asked)

    def holds(self, path: str) -> bool:
        """Whether a change of ``path`` is the one that waits."""
        with self._lock:
            is_it = self.hold_for is not None and path.endswith(self.hold_for)
            if is_it:
                self.hold_for = None
            return is_it


@contextmanager
def proxy(behind: int) -> Iterator[tuple[Proxy, int]]:
    """A proxy before the server on ``behind``, and its port."""
    state = Proxy(behind)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            changes = self.command in {"PUT", "POST", "DELETE"}
            number = state.note(self.command, self.path)
            if changes and (state.hold_at == number or state.holds(self.path)):
                state.held.set()
                state.go_on.wait(30)
            if state.fail_from is not None and number >= state.fail_from:
                if state.cuts:
                    self.close_connection = True
                    return
                self._answer(500, [], b"<Error><Code>InternalError</Code></Error>")
                return
            with closing(http.client.HTTPConnection(HOST, state.behind, timeout=30)) as connection:
                headers = dict(self.headers.items())
                connection.request(self.command, self.path, body, headers)
                answer = connection.getresponse()
                if changes and state.loses:
                    self.close_connection = True
                    return
                kept = [
                    (name, text)
                    for name, text in answer.getheaders()
                    if name.lower() not in {"content-length", "transfer-encoding", "connection"}
                ]
                self._answer(answer.status, kept, answer.read())

        def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response_only(status)
            for name, text in headers:
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _pass  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer((HOST, 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state, server.server_address[1]
    finally:
        state.go_on.set()
        server.shutdown()
        server.server_close()
