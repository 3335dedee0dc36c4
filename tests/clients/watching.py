"""A relay between a feed reader and the server, that notes what the reader asked and got."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

from tests.web.asking import HOST

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding"}


class Exchange(NamedTuple):
    """What a reader sent, the status that it got, and the type of what came."""

    path: str
    sent: Message
    status: int
    content_type: str


class Watched(NamedTuple):
    """A relay's port, and all that went through it."""

    port: int
    exchanges: list[Exchange]


@contextmanager
def watched(upstream: int) -> Iterator[Watched]:
    """A relay to the server that will listen on the port ``upstream``."""
    exchanges: list[Exchange] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with closing(http.client.HTTPConnection(HOST, upstream, timeout=30)) as server:
                server.request(self.command, self.path, headers=dict(self.headers.items()))
                answer = server.getresponse()
                body = answer.read()
            content_type = answer.getheader("Content-Type", "")
            exchanges.append(Exchange(self.path, self.headers, answer.status, content_type))
            self.send_response_only(answer.status, answer.reason)
            for name, value in answer.getheaders():
                if name.lower() not in _HOP_BY_HOP:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody reads a log."""

    with ThreadingHTTPServer((HOST, 0), Handler) as relay:
        thread = Thread(target=relay.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield Watched(relay.server_port, exchanges)
        finally:
            relay.shutdown()
            thread.join()
