"""A hub on a loopback socket that does what a test wants, and remembers what it was told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from tests.web.asking import HOST

Answer = Callable[[BaseHTTPRequestHandler], None]


def status(code: int, words: str = "", **headers: str) -> Answer:
    """Answers with a status, some words and headers."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(words.encode())

    return answer


def raw(data: bytes) -> Answer:
    """Answers with bytes that need not be HTTP."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(data)

    return answer


class Hub:
    """A hub at ``url``. ``got`` are the forms of its requests; ``answer`` may be set anew."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.url = f"http://{HOST}:{server.server_address[1]}/hub"
        self.got: list[dict[str, list[str]]] = []
        self.answer = status(202)
        self.asked = threading.Event()
        self.over = threading.Event()

    @property
    def topics(self) -> list[str]:
        """What it was told of, in that order."""
        return [form["hub.topic"][0] for form in self.got]

    def hang(self, _: BaseHTTPRequestHandler) -> None:
        """An answer that does not come before the test is over."""
        self.over.wait()


@contextmanager
def hub() -> Iterator[Hub]:
    """A hub, for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            made.got.append(parse_qs(self.rfile.read(length).decode()))
            made.asked.set()
            with suppress(OSError):  # whoever asked may be gone
                made.answer(self)

        def do_GET(self) -> None:
            raise AssertionError("a hub is told by POST alone")

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    server.daemon_threads = True
    made = Hub(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        made.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
