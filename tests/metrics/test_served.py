"""Figures of ``feeds serve``, on an address of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from feeds.metrics import beside, server
from feeds.metrics.server import Server
from feeds.model.errors import DiskFullError, FeedsError
from tests.ledger.test_full_disk import limited
from tests.newsrooms import SITE, TestNewsroom, no_temporary_folder, publish_bell
from tests.web.asking import HOST, over_a_socket, port_of_ours, serve, serving
from tests.web.test_serving import children, children_of

_SECONDS = 60
ANSWERED = 'feeds_http_responses_total{code="200",coding="gzip"} 20.0'


def test_figures_of_all_workers_are_on_an_address_of_their_own(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    publish_bell(newsroom)
    with port_of_ours() as port, port_of_ours() as metrics:
        newsroom.configure(f'{SITE}\n[serve]\nmetrics = "{HOST}:{metrics}"\n')
        with (
            log.open("w", encoding="utf-8") as file,
            serving(newsroom, port, "serve", "--workers", "2", output=file.fileno()) as process,
        ):
            ask, figures = over_a_socket(port), over_a_socket(metrics)
            for _ in range(20):
                assert ask("/feeds/latest.rss", headers={"Accept-Encoding": "gzip"}).status == 200
            assert ask("/metrics").status == ask("/feeds/metrics").status == 404
            answer = figures("/metrics")
            assert answer.headers["Content-Type"].startswith("text/plain")
            assert ANSWERED in answer.text
            assert "feeds_served_revision 1.0" in answer.text
            assert "bell" not in answer.text
            before = {*children(process)}
            process.send_signal(signal.SIGHUP)
            last = time.monotonic() + _SECONDS
            while len(before & {*children(process)}) > 1:  # the one that has the figures stays
                assert time.monotonic() < last
                time.sleep(0.05)
            assert ANSWERED in figures("/metrics").text
            os.kill(handing_out(process), signal.SIGKILL)
            assert ANSWERED in figures("/metrics").text
        assert "was ended by signal 9; another is started" in log.read_text(encoding="utf-8")
        with pytest.raises(OSError, match="refused"):
            figures("/metrics")


def test_an_address_of_figures_that_is_taken_is_refused_in_one_line(
    newsroom: TestNewsroom,
) -> None:
    with socket.create_server((HOST, 0)) as taken, port_of_ours() as port:
        address = f"{HOST}:{taken.getsockname()[1]}"
        done = serve(newsroom, "--port", str(port), "--metrics", address)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"feeds: metrics: can't listen on {address}: ")
    assert done.stderr.count("\n") == 1


def test_figures_that_can_be_counted_nowhere_are_refused_in_one_line(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_temporary_folder(monkeypatch)
    with (
        port_of_ours() as port,
        pytest.raises(FeedsError, match="/proc: can't have a file here"),
        beside.figures(newsroom.place, f"{HOST}:{port}", 1),
    ):
        pass
    monkeypatch.undo()
    with port_of_ours() as port, limited(100), pytest.raises(DiskFullError):  # noqa: SIM117
        with beside.figures(newsroom.place, f"{HOST}:{port}", 1):
            pass


@pytest.mark.parametrize("address", ["9100", "localhost", "a:b", "me@127.0.0.1:1", "127.0.0.1:0"])
def test_what_is_no_address_is_said_so(newsroom: TestNewsroom, address: str) -> None:
    done = serve(newsroom, "--metrics", address)
    assert done.returncode == 2
    assert "expected an address and a port" in done.stderr
    newsroom.configure(f'{SITE}\n[serve]\nmetrics = "{address}"\n')
    done = serve(newsroom)
    assert done.returncode == 2
    assert f'"{address}": expected an address and a port' in done.stderr


def handing_out(process: subprocess.Popen[str]) -> int:
    """The process that hands figures out."""
    [found] = [number for child in children(process) for number in children_of(child)]
    return found


@contextmanager
def small_server() -> Iterator[int]:
    """The port of a server whose figures are a word."""
    with socket.create_server((HOST, 0)) as listening:
        made = Server(listening, lambda: b"figures")
        thread = threading.Thread(target=made.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            made.shutdown()
            thread.join()


def test_nothing_but_get_metrics_is_answered() -> None:
    with small_server() as port:
        ask = over_a_socket(port)
        assert ask("/metrics").text == "figures"
        assert ask("/metrics?a=b").status == 200
        for path in ("/", "/feeds/", "/metrics/", "/metrics/../metrics"):
            assert ask(path).status == 404
        for method in ("POST", "PUT", "DELETE"):
            assert ask("/metrics", method).status == 501


def test_who_says_nothing_keeps_nobody_waiting_and_is_cut_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "_SECONDS", 0.3)
    with small_server() as port:
        silent = [socket.create_connection((HOST, port)) for _ in range(server._MOST - 1)]
        for one in silent:
            one.sendall(b"GET /met")
        assert over_a_socket(port)("/metrics").status == 200
        for one in silent:
            one.settimeout(30)
            assert one.recv(1) == b""
            one.close()
