"""What it costs to be counted for Prometheus: ``python -m tests.benchmarks.counted``.

Two servers with one worker each, one with figures and one without, polled by turns by wrk. What is
printed is the ratio of the medians, of this one run, of the processor's time that a request takes;
and what it takes to have the figures once, in a process of its own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks import rates
from tests.benchmarks.polled import Writer, newsroom
from tests.benchmarks.rates import GZIP, RUNS, SECONDS, Polled, rate, unchanged
from tests.web.asking import HOST, over_a_socket, port_of_ours, serving
from tests.web.test_serving import children

SCRAPES = 10
_TICK = 1 / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measures and prints."""
    if rates.WRK is None:
        sys.exit("needs wrk (on Debian: apt install wrk)")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        made = newsroom(Path(folder) / "desk", Writer())
        metrics = stack.enter_context(port_of_ours())
        servers = {}
        for address in (f"{HOST}:{metrics}", ""):
            port, options = stack.enter_context(port_of_ours()), ("--metrics", address)
            serve = serving(made, port, "serve", *options, output=subprocess.DEVNULL)
            servers[port] = stack.enter_context(serve)
        over_a_socket(metrics)("/metrics")  # it has started by then
        for name, is_known in (("304", True), ("200 gzip", False)):
            clients = {
                port: unchanged(port, GZIP) if is_known else Polled(port, GZIP) for port in servers
            }
            measured = [
                [_cost(clients[port], server) for port, server in servers.items()]
                for _ in range(RUNS)
            ]
            counted, bare = map(statistics.median, zip(*measured, strict=True))
            sys.stdout.write(
                f"{name:10} {counted / bare:.3f} with figures / without "
                f"({1e6 * counted:.1f} and {1e6 * bare:.1f} µs a request)\n"
            )
            sys.stdout.flush()
        _show_scrapes(metrics, next(iter(servers.values())))


def _show_scrapes(port: int, server: subprocess.Popen[str]) -> None:
    ask, before = over_a_socket(port), _used(server)
    for _ in range(SCRAPES):
        ask("/metrics")
        time.sleep(1)  # what was asked within a second is not asked of the ledger again
    milliseconds = 1000 * (_used(server) - before) / SCRAPES
    sys.stdout.write(f"figures    {milliseconds:.0f} ms each time\n")


def _cost(client: Polled, server: subprocess.Popen[str]) -> float:
    """Seconds of the processor that a request of ``client`` takes."""
    before = _used(server)
    requests = rate(client) * SECONDS
    return (_used(server) - before) / requests


def _used(server: subprocess.Popen[str]) -> float:
    """Seconds of the processor that all processes of ``server`` have used."""
    used = 0
    for process in children(server):
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2]
        used += sum(map(int, fields.split()[11:13]))
    return used * _TICK


if __name__ == "__main__":
    main()
