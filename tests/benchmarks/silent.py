"""What pollers notice of connections that ask for nothing: ``python -m tests.benchmarks.silent``.

``feeds serve`` has one worker, once with all the files that it may have here, and once with as few
as a shell usually allows. Some thousand connections are opened at once, and say nothing, or begin a
request and never end it; a poller asks meanwhile, each time on a connection of its own.
"""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from feeds.web import connections
from tests.benchmarks.polled import Writer, newsroom
from tests.newsrooms import TestNewsroom
from tests.web.asking import HOST, over_a_socket, port_of_ours, serving

PATH = "/feeds/latest.rss"
BEGUN = b"GET / HTTP/1.1\r\nHost: desk.test\r\nX-Slow: "
SAID = {"silent": b"", "begun": BEGUN}
COUNTS = (1100, 5000)
FILES = (0, 1024)
SECONDS = 6.0
_PAUSE_SECONDS = 0.1


def main() -> None:
    """Measures and prints."""
    connections.allow_all_files()
    with tempfile.TemporaryDirectory() as folder:
        made = newsroom(Path(folder) / "desk", Writer())
        for files in FILES:
            has = f"{files} files" if files else "all files"
            for said in SAID:
                for count in COUNTS:
                    seconds, wrong, ended = _polled(made, files, count, SAID[said])
                    half = sorted(seconds)[len(seconds) // 2]
                    sys.stdout.write(
                        f"{count} {said} connections, {has}: {len(seconds)} polls, {wrong} wrong, "
                        f"first {seconds[0]:.3f} s, median {half:.3f} s, "
                        f"longest {max(seconds):.3f} s; {ended} connections were ended\n"
                    )
                    sys.stdout.flush()


def _polled(
    made: TestNewsroom, files: int, count: int, said: bytes
) -> tuple[list[float], int, int]:
    """How long each poll took, how many were not answered 200, how many connections were ended."""
    with (
        ExitStack() as stack,
        port_of_ours() as port,
        serving(made, port, output=subprocess.DEVNULL, files=files),
    ):
        ask = over_a_socket(port)
        ask(PATH)
        poll = select.poll()
        for _ in range(count):
            one = stack.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex((HOST, port))
            poll.register(one, select.POLLOUT | select.POLLRDHUP)
        for descriptor, _ in poll.poll(0):
            with suppress(OSError):  # it had to make room
                os.write(descriptor, said)
        seconds, wrong = list[float](), 0
        last = time.monotonic() + SECONDS
        while time.monotonic() < last:
            start = time.monotonic()
            try:
                wrong += ask(PATH).status != 200
            except OSError:
                wrong += 1
            seconds.append(time.monotonic() - start)
            time.sleep(_PAUSE_SECONDS)
        ended = sum(bool(what & select.POLLRDHUP) for _, what in poll.poll(0))
        return seconds, wrong, ended


if __name__ == "__main__":
    main()
