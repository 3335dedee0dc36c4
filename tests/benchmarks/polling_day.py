"""What polling a feed for a day costs in bytes: requests and answers, headers and bodies.

A feed of 30 full-text stories, polled every 15 minutes, on a day with 20 new ones, evenly spread
from the day's beginning on. Every byte on the socket is counted; only the clock is told the time.
"""

from __future__ import annotations

import http.client
import io
import socket
import sys
import time
from datetime import timedelta
from typing import cast

from tests.benchmarks.polled import Writer
from tests.newsrooms import NOW, TestNewsroom
from tests.web.asking import HOST, over_a_socket

PATH = "/feeds/latest.rss"
POLLS = 96
NEW = 20
_NOTICED_SECONDS = 10


class Client:
    """A feed reader that counts its bytes; ``coding`` may be empty."""

    def __init__(self, port: int, coding: str, *, conditional: bool) -> None:
        self._port = port
        self._coding = coding
        self._conditional = conditional
        self._validators: dict[str, str] = {}
        self.bytes = 0
        self.unchanged = 0

    def poll(self) -> None:
        """Asks once; remembers validators if it is a client that does."""
        sent = {"Host": f"{HOST}:{self._port}", "User-Agent": "reader/1.0", "Accept": "*/*"}
        if self._coding:
            sent["Accept-Encoding"] = self._coding
        sent |= self._validators
        lines = [f"GET {PATH} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
        request = "\r\n".join([*lines, "Connection: close", "", ""]).encode()
        raw = _answered(self._port, request)
        self.bytes += len(request) + len(raw)
        answer = http.client.HTTPResponse(cast(socket.socket, _Received(raw)))
        answer.begin()
        self.unchanged += answer.status == 304
        if answer.status not in ({200, 304} if self._validators else {200}):
            raise RuntimeError(f"status {answer.status}")
        if answer.status == 200 and answer.headers.get("Content-Encoding", "") != self._coding:
            raise RuntimeError(f"no {self._coding} for who asks for it")
        if self._conditional and answer.status == 200:
            self._validators = {
                "If-None-Match": answer.headers["ETag"],
                "If-Modified-Since": answer.headers["Last-Modified"],
            }


class _Received:
    """What http.client needs of a socket."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self._data)


def _answered(port: int, request: bytes) -> bytes:
    with socket.create_connection((HOST, port), timeout=30) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(1 << 16), b""))


def measure(newsroom: TestNewsroom, writer: Writer, port: int) -> None:
    """Prints what each kind of client needs beside one that knows neither validators nor codings.

    ``newsroom`` is served on ``port``.
    """
    naive = Client(port, "", conditional=False)
    clients = {
        "gzip": Client(port, "gzip", conditional=False),
        "br": Client(port, "br", conditional=False),
        "conditional": Client(port, "", conditional=True),
        "conditional + gzip (target 0.08)": Client(port, "gzip", conditional=True),
        "conditional + br (target 0.08)": Client(port, "br", conditional=True),
    }
    written = 0
    for number in range(POLLS):
        now = NOW + timedelta(minutes=15 * (number + 1))
        while written * POLLS <= number * NEW:
            newsroom.page(f"day-{written}.md", writer.story(now), now)
            written += 1
        newsroom.publish(now)
        _wait_for(newsroom, port)
        for client in (naive, *clients.values()):
            client.poll()
    sys.stdout.write(
        f"a day of polling: {POLLS} polls, {written} new stories, {naive.bytes:,} bytes if naive\n"
    )
    for name, client in clients.items():
        sys.stdout.write(
            f"  {name:34} {client.bytes / naive.bytes:8.4f}, {client.unchanged} × 304\n"
        )


def _wait_for(newsroom: TestNewsroom, port: int) -> None:
    """Returns as soon as the server has noticed what was published last."""
    wanted = f'"{newsroom.document().document.etag}"'
    last = time.monotonic() + _NOTICED_SECONDS
    while over_a_socket(port)(PATH, "HEAD").headers["ETag"] != wanted:
        if time.monotonic() > last:
            raise RuntimeError("the new revision isn't served")
        time.sleep(0.005)
