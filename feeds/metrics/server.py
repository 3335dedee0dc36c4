"""A small server that answers GET /metrics, and nothing else.

It is for a few programs of the newsroom's own. Whoever says nothing, or takes nothing, is cut off
after ``_SECONDS``, and no more than ``_MOST`` are answered at a time.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import BaseServer, ThreadingTCPServer
from threading import BoundedSemaphore, Timer

from prometheus_client import CONTENT_TYPE_LATEST

PATH = "/metrics"
_SECONDS = 10.0
_MOST = 8
_LINE = 1024


class Server(ThreadingTCPServer):
    """Serves what ``text`` returns, on ``listening``."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, listening: socket.socket, text: Callable[[], bytes]) -> None:
        BaseServer.__init__(self, listening.getsockname(), _Handler)
        self.socket = listening
        self.text = text
        self._room = BoundedSemaphore(_MOST)

    def process_request(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Answers in a thread, if there is one left."""
        if self._room.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Answers, and is done with it after ``_SECONDS`` in any case."""
        end = Timer(_SECONDS, self.shutdown_request, (request,))
        end.daemon = True
        end.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            end.cancel()
            self._room.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: whoever asked has gone."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = _SECONDS

    def do_GET(self) -> None:
        """Answers one request, and closes the connection."""
        if self.path.partition("?")[0] != PATH:
            self._answer(HTTPStatus.NOT_FOUND, b"only /metrics is here\n", "text/plain")
        else:
            self._answer(HTTPStatus.OK, self.server.text(), CONTENT_TYPE_LATEST)

    def version_string(self) -> str:
        """What the Server header says."""
        return "newsroom-feeds"

    def log_message(self, format: str, *values: object) -> None:  # noqa: A002 its own name
        """Says nothing."""

    def _answer(self, status: HTTPStatus, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
