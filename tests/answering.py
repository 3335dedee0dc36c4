"""A server on this machine that answers as it is told, well or badly."""

from __future__ import annotations

import http.server
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FEED = b"<rss version='2.0'/>"
Serve = Callable[[dict[str, "Answer"]], str]


class Answer:
    """What a server sends: its status, headers and body; ``pause`` seconds before each byte."""

    def __init__(
        self,
        body: bytes = FEED,
        status: int = 200,
        pause: float = 0,
        length: int | None = None,
        **headers: str,
    ) -> None:
        self.asked: list[dict[str, str]] = []
        self.body = body
        self.status = status
        self.pause = pause
        self.length = len(body) if length is None else length
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@contextmanager
def serving_answers(context: ssl.SSLContext | None = None) -> Iterator[Serve]:
    """Serves answers on this machine, by path, encrypted by ``context``: gives their address."""
    stopping = threading.Event()
    servers: list[http.server.ThreadingHTTPServer] = []

    def served(answers: dict[str, Answer]) -> str:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer = answers[self.path]
                answer.asked.append(dict(self.headers))
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(answer.length))
                self.end_headers()
                step = 1 if answer.pause else len(answer.body) or 1
                try:
                    for at in range(0, len(answer.body), step):
                        if answer.pause and stopping.wait(answer.pause):
                            return
                        self.wfile.write(answer.body[at : at + step])
                        self.wfile.flush()
                except OSError:
                    return

            def log_message(self, *_: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        servers.append(server)
        return f"{'https' if context else 'http'}://127.0.0.1:{server.server_port}"

    try:
        yield served
    finally:
        stopping.set()
        for server in servers:
            server.shutdown()
            server.server_close()
