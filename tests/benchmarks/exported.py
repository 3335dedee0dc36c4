"""What finished files cost: ``python -m tests.benchmarks.exported [STORIES]``.

How many polls a second nginx answers from an export by the printed lines, beside nginx with bare
files and beside ``feeds serve``; what a poll costs each of them in processor time, which says more
where others use the machine as well, and in bytes on the wire; and how long an export takes, the
first one of STORIES stories and the next one of one more.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feeds.export import recipes, run
from tests import nginx
from tests.benchmarks import rates
from tests.benchmarks.polled import Writer, newsroom
from tests.benchmarks.rates import GZIP, PATH, compared, static, unchanged, whole
from tests.newsrooms import NOW, SITE, TestNewsroom
from tests.web.asking import HOST, port_of_ours, serving

STORIES = 1000
_TYPICAL = {"User-Agent": "NetNewsWire (RSS Reader; https://netnewswire.com/)", "Accept": "*/*"}


def main() -> None:
    """Measures and prints."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else STORIES
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        home, writer = Path(folder), Writer()
        home.chmod(0o755)
        made = newsroom(home / "desk", writer)
        exported(made, home / "out", NOW)
        lines = recipes.nginx(made.place.site(), str(home / "out"))
        http = "sendfile on;\ntcp_nopush on;\nkeepalive_requests 100000000;"
        port = stack.enter_context(port_of_ours())
        process = stack.enter_context(serving(made, port, output=subprocess.DEVNULL))
        files = stack.enter_context(nginx.running(home / "exported", lines, http))
        if rates.WRK:
            bare = stack.enter_context(static(home, port))
            shown("304: exported / bare files", *compared(known(files), known(bare)))
            shown("200 gzip: exported / bare files", *compared(*whole(files, bare, GZIP)))
            shown("304: exported / feeds serve", *compared(known(files), known(port)))
            shown("200 gzip: exported / feeds serve", *compared(*whole(files, port, GZIP)))
            pid = int((home / "exported" / "nginx.pid").read_text())
            for name, one, parent in (("nginx", files, pid), ("feeds serve", port, process.pid)):
                costs(f"{name}, a 304", known(one), parent)
                costs(f"{name}, the feed in gzip", rates.Polled(one, GZIP), parent)
        tag = dict(unchanged(files, GZIP).headers)
        say(f"a poll that gets nothing new: {wire(files, tag):,} bytes, both ways")
        say(f"a poll that gets the feed: {wire(files, GZIP):,} bytes, both ways")
        made.configure(SITE.replace('content = "full"', 'content = "summary"'))
        made.publish(NOW + timedelta(hours=1))
        exported(made, home / "out", NOW + timedelta(hours=1))
        say(f"the same of summaries: {wire(files, GZIP):,} bytes")
    with tempfile.TemporaryDirectory() as folder:
        exporting(Path(folder), count)


def known(port: int) -> rates.Polled:
    """Who has the feed already."""
    return unchanged(port, GZIP)


def shown(name: str, ours: float, theirs: float) -> None:
    """Prints a ratio."""
    say(f"{name:36} {ours / theirs:8.2f} ({ours:,.0f} and {theirs:,.0f} a second)")


def costs(name: str, polled: rates.Polled, parent: int) -> None:
    """Prints what an answer takes of a processor, by the processes below ``parent``."""
    before = used(parent)
    answers = rates.rate(polled) * rates.SECONDS
    taken = (used(parent) - before) / answers
    say(f"{name}: {1e6 * taken:.0f} µs of a processor, {1 / taken:,.0f} a second of one")


def used(parent: int) -> float:
    """Seconds of processors that ``parent`` and its children took until now."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if parent in {int(stat.parent.name), int(fields[1])}:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def say(line: str) -> None:
    """Prints a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def wire(port: int, headers: Mapping[str, str]) -> int:
    """The bytes of a request as a feed reader sends it, and of its answer."""
    sent = {"Host": "feeds.desk.test", **_TYPICAL, **headers, "Connection": "close"}
    lines = [f"GET {PATH} HTTP/1.1", *(f"{name}: {text}" for name, text in sent.items())]
    request = "\r\n".join([*lines, "", ""]).encode()
    with socket.create_connection((HOST, port)) as connection:
        connection.sendall(request)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert re.match(rb"HTTP/1.1 (200|304)", answer)
    return len(request) + len(answer)


def exported(made: TestNewsroom, target: Path, now: datetime) -> run.Exported:
    """Exports, or ends the benchmark."""
    done = run.export(made.place, str(target), lambda: now)
    if done.problem:
        raise RuntimeError(str(done.problem))
    return done


def exporting(home: Path, count: int) -> None:
    """Prints what exports take in processor time and how many files they write."""
    made, writer = TestNewsroom(home / "desk"), Writer()
    first = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(count):
        moment = first + timedelta(hours=number)
        made.page(f"{number:06}.md", writer.story(moment), moment)
    now = first + timedelta(hours=count + 100)
    made.publish(now, accept=("first-load",))
    taken(f"the first export of {count:,} stories", made, home / "out", now)
    moment = first + timedelta(hours=count)
    made.page("newest.md", writer.story(moment), moment)
    made.publish(now + timedelta(hours=1))
    taken("the next, of one more", made, home / "out", now + timedelta(hours=1))
    taken("one with nothing to do", made, home / "out", now + timedelta(hours=1))
    size = sum(path.stat().st_size for path in (home / "out").rglob("*") if path.is_file())
    say(f"the directory has {size / 1e6:,.1f} MB")


def taken(name: str, made: TestNewsroom, target: Path, now: datetime) -> None:
    """Exports, and prints what that took."""
    before, clock = time.process_time(), time.monotonic()
    done = exported(made, target, now)
    seconds, passed = time.process_time() - before, time.monotonic() - clock
    say(f"{name}: {seconds:.2f} s of a processor, {passed:.2f} s in all, {done.put:,} files")


if __name__ == "__main__":
    main()
