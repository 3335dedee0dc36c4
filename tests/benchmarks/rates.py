"""Polls a second, beside nginx with the same bytes, the least under granian, and a feedgen view.

One worker each, on this machine's loopback, by turns, so that noise hits both. What is printed
is the ratio of the medians; the rates themselves say more about the machine.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests import nginx
from tests.newsrooms import PROJECT, TestNewsroom
from tests.web.asking import HOST, answers, over_a_socket, port_of_ours

RUNS = 5
SECONDS = 2
CONNECTIONS = 16
PATH = "/feeds/latest.rss"
GZIP = {"Accept-Encoding": "gzip"}
WRK = shutil.which("wrk")
_START_SECONDS = 60
# as a module, so that these tests come before those that other packages install
_GUNICORN = (sys.executable, "-m", "gunicorn", "--no-control-socket")
# with the settings of feeds.web.server
_GRANIAN = (
    sys.executable,
    "-m",
    "granian",
    "--interface=wsgi",
    "--blocking-threads=1",
    "--no-ws",
    "--no-log",
)


class Polled(NamedTuple):
    """A server, what its clients send besides, and what they ask for."""

    port: int
    headers: Mapping[str, str]
    path: str = PATH


def rate(polled: Polled) -> float:
    """Answers a second, of one run of wrk. Raises RuntimeError if any went wrong."""
    assert WRK is not None
    command = [WRK, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s"]
    for name, value in polled.headers.items():
        command += ["-H", f"{name}: {value}"]
    command.append(f"http://{HOST}:{polled.port}{polled.path}")
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if found is None or "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    return float(found[1])


def compared(ours: Polled, theirs: Polled) -> tuple[float, float]:
    """The median rates of both, measured by turns."""
    both = [(rate(ours), rate(theirs)) for _ in range(RUNS)]
    first, second = zip(*both, strict=True)
    return statistics.median(first), statistics.median(second)


def unchanged(port: int, headers: Mapping[str, str]) -> Polled:
    """A client that has the document already; checks that the server agrees."""
    tag = over_a_socket(port)(PATH, headers=headers).headers["ETag"]
    sent = {**headers, "If-None-Match": tag}
    answer = over_a_socket(port)(PATH, headers=sent)
    if (answer.status, answer.body) != (304, b""):
        raise RuntimeError(f"port {port} answers {answer.status} to its own tag")
    return Polled(port, sent)


def whole(ours: int, theirs: int, headers: Mapping[str, str]) -> tuple[Polled, Polled]:
    """Clients that have nothing; checks that both servers answer with the same bytes."""
    mine, other = (over_a_socket(port)(PATH, headers=headers) for port in (ours, theirs))
    for answer in (mine, other):
        coding = answer.headers.get("Content-Encoding", "")
        if answer.status != 200 or coding != headers.get("Accept-Encoding", ""):
            raise RuntimeError(f"an answer has status {answer.status} and coding '{coding}'")
    if mine.body != other.body:
        raise RuntimeError("the servers answer with different bytes")
    return Polled(ours, headers), Polled(theirs, headers)


@contextmanager
def static(home: Path, port: int) -> Iterator[int]:
    """The port of an nginx that has in files what the server on ``port`` sends."""
    root = home / "static"
    file = root / PATH[1:]
    file.parent.mkdir(parents=True)
    ask = over_a_socket(port)
    file.write_bytes(ask(PATH).body)
    file.with_name(file.name + ".gz").write_bytes(ask(PATH, headers=GZIP).body)
    # sendfile and tcp_nopush as Debian has them; a connection may go on as long as with us
    lines = "gzip_static on;\nsendfile on;\ntcp_nopush on;\nkeepalive_requests 100000000;"
    with nginx.running(home / "nginx", f"root {root};", lines) as theirs:
        yield theirs


@contextmanager
def bare(home: Path, port: int) -> Iterator[int]:
    """The port of a granian that hands out what the one on ``port`` does, and decides nothing."""
    known = unchanged(port, GZIP)
    cases = {known.headers["If-None-Match"]: known.headers, "": GZIP}
    ready = {}
    for tag, headers in cases.items():
        answer = over_a_socket(port)(PATH, headers=headers)
        named = [(name, value) for name, value in answer.headers.items() if name != "Date"]
        ready[tag] = (f"{answer.status} As Before", named, answer.body.decode("latin-1"))
    file = home / "bare.json"
    file.write_text(json.dumps(ready), encoding="utf-8")
    app = "tests.benchmarks.bare:app"
    with (
        port_of_ours() as given,
        _started([*_GRANIAN, "--port", str(given), app], given, BARE=file),
    ):
        yield given


@contextmanager
def feedgen_view(newsroom: TestNewsroom) -> Iterator[int]:
    """The port of a gunicorn that builds the same feed on each request."""
    file = newsroom.root.parent / "entries.json"
    entries = [
        {
            "id": entry.id,
            "title": entry.title,
            "url": f"https://desk.test/{entry.id}",
            "published": str(entry.published and entry.published.isoformat()),
            "content": entry.content,
        }
        for entry in newsroom.entries()
    ]
    file.write_text(json.dumps(entries), encoding="utf-8")
    with port_of_ours() as port:
        app = "tests.benchmarks.feedgen_view:app"
        worker = ("--workers=1", "--worker-class=sync", f"--bind={HOST}:{port}")
        with _started([*_GUNICORN, *worker, app], port, ENTRIES=file):
            yield port


@contextmanager
def _started(command: list[str], port: int, **environment: Path) -> Iterator[None]:
    """A server that answers on ``port``, until it is left."""
    told = {name: str(value) for name, value in environment.items()}
    process = subprocess.Popen(
        command, cwd=PROJECT, env={**os.environ, **told}, stderr=subprocess.DEVNULL
    )
    try:
        last = time.monotonic() + _START_SECONDS
        while not answers(port):
            if process.poll() is not None or time.monotonic() > last:
                raise RuntimeError(f"{command[2]} didn't start")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def measure(newsroom: TestNewsroom, home: Path, ours: int) -> None:
    """Prints all ratios of ``feeds serve`` on the port ``ours``, which has one worker."""
    if WRK is None:
        sys.stdout.write("polls a second: skipped, needs wrk (on Debian: apt install wrk)\n")
        return
    _show("304 / the feed built by feedgen", 50, *_against_feedgen(newsroom, ours))
    with bare(home, ours) as least:
        known = unchanged(ours, GZIP), unchanged(least, GZIP)
        _show("304 / the least under granian", 0.9, *compared(*known))
        both = Polled(ours, GZIP), Polled(least, GZIP)
        _show("200 gzip / the least under granian", 0.9, *compared(*both))
    if nginx.PROGRAM is None:
        sys.stdout.write("beside nginx: skipped, needs nginx (on Debian: apt install nginx)\n")
        return
    with static(home, ours) as theirs:
        known = unchanged(ours, GZIP), unchanged(theirs, GZIP)
        _show("304 / nginx", 0.6, *compared(*known))
        _show("200 gzip / nginx gzip_static", 0.5, *compared(*whole(ours, theirs, GZIP)))
        _show("200 uncompressed / nginx", 0.7, *compared(*whole(ours, theirs, {})))


def _against_feedgen(newsroom: TestNewsroom, ours: int) -> tuple[float, float]:
    with feedgen_view(newsroom) as theirs:
        return compared(unchanged(ours, GZIP), unchanged(theirs, GZIP))


def _show(name: str, target: float, ours: float, theirs: float) -> None:
    sys.stdout.write(
        f"{name:36} {ours / theirs:8.2f} (target {target:g}; "
        f"{ours:,.0f} and {theirs:,.0f} a second)\n"
    )
    sys.stdout.flush()
