"""What pollers notice while something is published every second.

Some clients poll without rest, each on a connection of its own and in a coding of its own,
while ``feeds publish`` corrects a story once a second. No answer may be an error, no body
another than its ETag names, and no connection may see an older revision after a newer one.
"""

from __future__ import annotations

import gzip
import http.client
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import brotli

from feeds.syndication.documents import etag
from tests.benchmarks.polled import Writer, newsroom
from tests.newsrooms import FEEDS, NOW, TestNewsroom
from tests.web.asking import HOST, over_a_socket, port_of_ours, serving

PATH = "/feeds/latest.rss"
PUBLISHES = 10
CODINGS = ("", "gzip", "br", "gzip, br")
_PAUSE_SECONDS = 0.002
_DECODERS = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


class Client(Thread):
    """Polls until it is told to stop, every second time with its validator."""

    def __init__(self, port: int, coding: str, stop: Event) -> None:
        super().__init__()
        self._port, self._coding, self._stop_polling = port, coding, stop
        self.seconds: list[float] = []
        self.errors: list[str] = []
        self.mixed: list[str] = []
        self.revisions: list[int] = []

    def run(self) -> None:
        """Polls."""
        with closing(http.client.HTTPConnection(HOST, self._port, timeout=30)) as connection:
            tag = ""
            while not self._stop_polling.is_set():
                try:
                    tag = self._poll(connection, tag)
                except (OSError, http.client.HTTPException) as error:
                    self.errors.append(repr(error))
                    connection.close()
                time.sleep(_PAUSE_SECONDS)

    def _poll(self, connection: http.client.HTTPConnection, tag: str) -> str:
        """One poll; returns the tag to send with the next."""
        sent = {"Accept-Encoding": self._coding or "identity"}
        if tag:
            sent["If-None-Match"] = tag
        start = time.perf_counter()
        connection.request("GET", PATH, headers=sent)
        answer = connection.getresponse()
        body = answer.read()
        self.seconds.append(time.perf_counter() - start)
        if answer.status == 200:
            return self._look(answer, body)
        if answer.status != 304 or not tag or body:
            self.errors.append(f"status {answer.status}")
        return ""

    def _look(self, answer: http.client.HTTPResponse, body: bytes) -> str:
        document = _DECODERS[answer.headers.get("Content-Encoding", "")](body)
        tag = answer.headers["ETag"]
        if not tag.strip('"').startswith(etag(document)):
            self.mixed.append(f"{tag} isn't of these bytes")
        found = re.search(rb"correction number (\d+)", document)
        number = int(found[1]) if found else -1
        if self.revisions and number < self.revisions[-1]:
            self.mixed.append(f"{number} after {self.revisions[-1]}")
        self.revisions.append(number)
        return tag


def memory(pid: int) -> dict[str, int]:
    """Resident and proportional size of a process, in kB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return {name: int(size) for name, size in re.findall(r"^(Rss|Pss): +(\d+) kB", text, re.M)}


def workers(pid: int) -> Iterator[int]:
    """The processes below ``pid`` that have none below them."""
    children = [
        int(child)
        for file in Path(f"/proc/{pid}/task").glob("*/children")
        for child in file.read_text(encoding="ascii").split()
    ]
    for child in children:
        below = list(workers(child))
        yield from below or [child]


def measure(home: Path, writer: Writer) -> None:
    """Prints latency, errors, mixed revisions, and the worker's memory."""
    made = newsroom(home, writer)
    _correct(made, 0)
    made.publish(NOW)
    with port_of_ours() as port, serving(made, port, output=subprocess.DEVNULL) as server:
        over_a_socket(port)(PATH)
        before = [memory(pid) for pid in workers(server.pid)]
        clients = _polled(made, port)
        after = [memory(pid) for pid in workers(server.pid)]
    _show(clients, before, after)


def _polled(made: TestNewsroom, port: int) -> list[Client]:
    stop = Event()
    clients = [Client(port, coding, stop) for coding in CODINGS]
    for client in clients:
        client.start()
    try:
        start = time.monotonic()
        for number in range(1, PUBLISHES + 1):
            _correct(made, number)
            publish = [str(FEEDS), "publish", "--quiet"]
            subprocess.run(publish, env=made.environment(), check=True)
            time.sleep(max(0, start + number - time.monotonic()))
    finally:
        stop.set()
        for client in clients:
            client.join()
    return clients


def _correct(made: TestNewsroom, number: int) -> None:
    text = f"---\ntitle: The log of the harbour office\ndate: {NOW.isoformat()}\n---\n\n"
    # the times of pages are past, so that no run waits for one to be finished
    saved = NOW + timedelta(seconds=number)
    made.page("log.md", f"{text}This is correction number {number} of the log.\n", saved)


def _show(clients: list[Client], before: list[dict[str, int]], after: list[dict[str, int]]) -> None:
    seconds = sorted(one for client in clients for one in client.seconds)
    half, most = (seconds[int(len(seconds) * part)] * 1000 for part in (0.5, 0.99))
    errors = [one for client in clients for one in client.errors]
    mixed = [one for client in clients for one in client.mixed]
    seen = min(len(set(client.revisions)) for client in clients)
    sys.stdout.write(
        f"publishing under load: each client saw at least {seen} of {PUBLISHES + 1} revisions\n"
        f"  {len(seconds):,} polls: p50 {half:.1f} ms, p99 {most:.1f} ms, "
        f"longest {seconds[-1] * 1000:.0f} ms\n"
        f"  errors {len(errors)}, mixed revisions {len(mixed)} (target 0 and 0)\n"
    )
    for problem in [*errors, *mixed][:10]:
        sys.stdout.write(f"    {problem}\n")
    for first, last in zip(before, after, strict=True):
        sys.stdout.write(
            f"  the worker's memory: RSS {first['Rss'] / 1024:.0f} MB before, "
            f"{last['Rss'] / 1024:.0f} MB after; PSS {first['Pss'] / 1024:.0f} and "
            f"{last['Pss'] / 1024:.0f} MB\n"
        )
