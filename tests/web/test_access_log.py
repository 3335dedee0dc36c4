"""The access log: one line for each answer, which nobody who asks can forge."""

from __future__ import annotations

import http.client
import itertools
import os
import re
import select
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from feeds.web import create_app, server
from feeds.web.access import AccessLog, Output, Together
from tests.newsroom.odd import opening
from tests.newsrooms import TestNewsroom
from tests.web.asking import HOST, of_app, over_a_socket, port_of_ours, serving, website

COMBINED = re.compile(
    r'(?P<address>\S+) - - \[(?P<time>[^\]]+)\] "(?P<request>[^"]*)" (?P<status>\d{3}) '
    r'(?P<size>\d+|-) "(?P<referer>[^"]*)" "(?P<agent>[^"]*)" (?P<coding>\S+)\n'
)


def logged(
    newsroom: TestNewsroom, path: str = "/feeds/latest.rss", method: str = "GET", **options: Any
) -> dict[str, str]:
    """What the log says of one request; ``options`` with small letters are the log's."""
    lines: list[bytes] = []
    app = create_app(str(newsroom.root), newsroom.url)
    own = {name: options.pop(name) for name in list(options) if name.islower()}
    app.wsgi_app = AccessLog(  # type: ignore[method-assign] # Flask's way
        app.wsgi_app, lines.append, clock=lambda: 1768383000.5, **own
    )
    app.test_client().open(path, method=method, environ_overrides=options)
    (line,) = lines
    found = COMBINED.fullmatch(line.decode("ascii"))
    assert found
    return found.groupdict()


def test_a_line_has_the_combined_format_with_bytes_and_coding(published: TestNewsroom) -> None:
    stored = published.document()
    assert logged(
        published, HTTP_USER_AGENT="Reader/1.0", HTTP_REFERER="https://b.test/?a=b",
        HTTP_ACCEPT_ENCODING="gzip", QUERY_STRING="a=b",
    ) == {
        "address": "127.0.0.1",
        "time": "14/Jan/2026:09:30:00 +0000",
        "request": "GET /feeds/latest.rss?a=b HTTP/1.1",
        "status": "200",
        "size": str(len(stored.gzip)),
        "referer": "https://b.test/?a=b",
        "agent": "Reader/1.0",
        "coding": "gzip",
    }  # fmt: skip


def test_what_has_no_body_has_no_size(published: TestNewsroom) -> None:
    tag = f'"{published.document().document.etag}"'
    same = logged(published, HTTP_IF_NONE_MATCH=tag)
    assert (same["status"], same["size"], same["coding"]) == ("304", "-", "-")
    assert logged(published, method="HEAD")["size"] == "-"


@pytest.mark.parametrize(
    ("sent", "written"),
    [
        ('a" 200 1 "b', r"a\x22 200 1 \x22b"),
        ("a\nb\r\tc\0", r"a\x0Ab\x0D\x09c\x00"),
        ("\\x22", r"\x5Cx22"),
        ("é\x7f", r"\xE9\x7F"),
        ("a" * 2000, "a" * 1024 + "..."),
        ("", "-"),
    ],
)
def test_nothing_that_is_sent_ends_a_field_or_a_line(
    published: TestNewsroom, sent: str, written: str
) -> None:
    found = logged(published, HTTP_USER_AGENT=sent, HTTP_REFERER=sent)
    assert found["agent"] == found["referer"] == written


def test_a_path_is_written_as_it_was_asked_for(published: TestNewsroom) -> None:
    assert logged(published, "/feeds/%C3%A9%20b")["request"] == "GET /feeds/%C3%A9%20b HTTP/1.1"


def test_the_forwarded_address_counts_behind_a_proxy_of_ones_own_alone(
    published: TestNewsroom,
) -> None:
    sent = "198.51.100.7, 203.0.113.9"
    assert logged(published, HTTP_X_FORWARDED_FOR=sent)["address"] == "127.0.0.1"
    behind = logged(published, HTTP_X_FORWARDED_FOR=sent, behind_proxy=True)
    assert behind["address"] == "203.0.113.9"
    assert logged(published, behind_proxy=True)["address"] == "127.0.0.1"
    for odd in ('"', "a b, c d", ",", " "):
        assert logged(published, HTTP_X_FORWARDED_FOR=odd, behind_proxy=True)["address"]


def test_a_server_writes_its_log_where_it_is_told(
    published: TestNewsroom, tmp_path_factory: pytest.TempPathFactory
) -> None:
    log = tmp_path_factory.mktemp("log") / "access.log"
    sent = {"X-Forwarded-For": "198.51.100.7", "User-Agent": "Reader/1.0"}
    options = ("--access-log", str(log), "--behind-proxy")
    with port_of_ours() as port, serving(published, port, "serve", *options):
        over_a_socket(port)("/feeds/latest.rss", headers=sent)
        over_a_socket(port)("/feeds/", headers=sent)
    first, second = log.read_text(encoding="ascii").splitlines()
    assert first.startswith("198.51.100.7 - - [")
    assert '"GET /feeds/latest.rss HTTP/1.1" 200' in first
    assert '"GET /feeds/ HTTP/1.1" 200' in second


def test_a_log_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "log")
    with opening():
        descriptor = server._log_of(str(tmp_path / "log"))
    try:
        Output(descriptor).write(b"before anybody reads\n")
        with (tmp_path / "log").open("rb", buffering=0) as reading:
            Output(descriptor).write(b"after that\n")
            assert read(reading.fileno()) == b"before anybody reads\nafter that\n"
    finally:
        os.close(descriptor)


def test_a_log_that_cannot_be_written_stops_no_answer(published: TestNewsroom) -> None:
    app = website(published)
    with Path("/dev/full").open("wb", buffering=0) as full:
        log = AccessLog(app.wsgi_app, Output(full.fileno()).write)
        app.wsgi_app = log  # type: ignore[method-assign] # Flask's way
        assert of_app(app)("/feeds/latest.rss").status == 200


def read(descriptor: int) -> bytes:
    """What can be read at once."""
    found = b""
    while select.select([descriptor], [], [], 0)[0]:
        found += os.read(descriptor, 65536)
    return found


def pipe() -> tuple[int, int]:
    return os.pipe()


def stream() -> tuple[int, int]:
    """What a journal gives a service for its output; it has room for a few lines."""
    there, here = socket.socketpair()
    here.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    return there.detach(), here.detach()


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # it ends with its process
@pytest.mark.parametrize("opened", [pipe, stream])
def test_a_log_that_nobody_reads_loses_lines_and_says_how_many(
    opened: Callable[[], tuple[int, int]],
) -> None:
    there, here = opened()
    output = Output(here)
    sent = [b"%d %s\n" % (number, b"a" * 900) for number in range(300)]
    for line in sent:
        output.write(line)
    first = read(there).splitlines(keepends=True)
    assert first == sent[: len(first)]
    lost = len(sent) - len(first)
    assert lost > 100
    output.write(b"again\n")
    output.write(b"and again\n")
    assert read(there) == b"%d lines were lost here: the log took none\nagain\nand again\n" % lost
    assert os.get_blocking(here)  # others who have it are not disturbed
    os.close(there)
    output.write(b"nobody is there\n")
    os.close(here)


def test_a_line_of_which_a_part_was_written_is_finished_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = os.open(tmp_path / "log", os.O_WRONLY | os.O_CREAT)
    room, write = [2, 0, 1, 1, 3, 100, 100], os.write
    output = Output(log)
    monkeypatch.setattr(os, "write", lambda to, data: write(to, data[: room.pop(0)]))
    for line in (b"first\n", b"second\n", b"third\n", b"fourth\n", b"fifth\n"):
        output.write(line)
    os.close(log)
    assert (tmp_path / "log").read_bytes() == (
        b"first\n3 lines were lost here: the log took none\nfifth\n"
    )


NEVER = 3600.0
"""Seconds after which no test is there any more."""


def test_lines_that_come_soon_after_one_another_are_written_together() -> None:
    written: list[bytes] = []
    log = Together(written.append, NEVER)
    for line in (b"first\n", b"second\n", b"third\n"):
        log.add(line)
    assert not written
    log.flush()
    assert written == [b"first\nsecond\nthird\n"]
    log.flush()
    assert len(written) == 1


def test_a_line_is_written_soon_though_no_other_comes() -> None:
    written: list[bytes] = []
    came = threading.Event()

    def write(lines: bytes) -> None:
        written.append(lines)
        came.set()

    log = Together(write)
    for line in (b"first\n", b"second\n"):
        log.add(line)
        assert came.wait(60)
        came.clear()
    assert written == [b"first\n", b"second\n"]


def test_what_is_written_together_goes_into_a_pipe_at_once_in_its_order() -> None:
    written: list[bytes] = []
    log = Together(written.append, NEVER)
    sent = [b"%d %s\n" % (number, b"a" * (37 * number % 1000)) for number in range(100)]
    sent.append(b"b" * (select.PIPE_BUF - 1) + b"\n")
    for line in (*sent, *sent):
        log.add(line)
    log.flush()
    assert b"".join(written) == b"".join((*sent, *sent))
    assert max(map(len, written)) <= select.PIPE_BUF
    assert len(written) < 40


def test_only_so_many_lines_wait() -> None:
    written: list[bytes] = []
    log = Together(written.append, NEVER)
    for number in range(10_000):
        log.add(b"%d\n" % number)
    waiting = 10_000 - b"".join(written).count(b"\n")
    assert 0 <= waiting < 1000


def test_lines_of_several_threads_are_each_written_once() -> None:
    written: list[bytes] = []
    log = Together(written.append, 0.001)

    def add(thread: int) -> None:
        for number in range(3000):
            log.add(b"%d %d\n" % (thread, number))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.flush()
    lines = [tuple(map(int, line.split())) for line in b"".join(written).splitlines()]
    for each in range(4):
        assert [number for by, number in lines if by == each] == list(range(3000))


def test_of_lines_that_are_written_together_those_are_lost_for_which_there_is_no_room(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = os.open(tmp_path / "log", os.O_WRONLY | os.O_CREAT)
    write, room = os.write, [14]

    def take_whole(to: int, data: bytes) -> int:
        if len(data) > room[0]:
            raise BlockingIOError
        room[0] -= len(data)
        return write(to, data)

    output = Output(log)
    monkeypatch.setattr(os, "write", take_whole)
    output.write(b"first\nsecond\nthird\nfourth\n")
    room[0] = 1000
    output.write(b"fifth\nsixth\n")
    os.close(log)
    assert (tmp_path / "log").read_bytes() == (
        b"first\nsecond\n2 lines were lost here: the log took none\nfifth\nsixth\n"
    )


class Client(threading.Thread):
    """Asks again and again, each time under another name; ``answered`` are those that counted."""

    def __init__(self, port: int, name: int) -> None:
        super().__init__()
        self.asks = over_a_socket(port)
        self.names = (f"{name}-{number}" for number in itertools.count())
        self.answered: list[str] = []
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.is_set():
            name = next(self.names)
            try:
                status = self.asks("/feeds/latest.rss", headers={"User-Agent": name}).status
            except (OSError, http.client.HTTPException):  # of a server that is being replaced
                time.sleep(0.01)
                continue
            assert status == 200
            self.answered.append(name)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_no_line_is_lost_or_torn_when_workers_are_replaced_and_stopped(
    published: TestNewsroom, tmp_path: Path, how: signal.Signals
) -> None:
    log = tmp_path / "access.log"
    with (
        port_of_ours() as port,
        serving(published, port, "serve", "--workers", "2", "--access-log", str(log)) as server,
    ):
        clients = [Client(port, name) for name in range(3)]
        for client in clients:
            client.start()
        time.sleep(0.5)
        log.rename(tmp_path / "access.log.1")
        server.send_signal(signal.SIGHUP)
        last = time.monotonic() + 60
        while not log.exists() or log.stat().st_size < 10_000:
            assert time.monotonic() < last
            time.sleep(0.05)
        server.send_signal(how)
        server.communicate(timeout=60)
        for client in clients:
            client.ended.set()
            client.join()
    assert server.returncode == 0
    files = (log.with_name("access.log.1"), log)
    assert all(file.stat().st_size for file in files)
    lines = [line for file in files for line in file.read_text().splitlines(keepends=True)]
    found = [COMBINED.fullmatch(line) for line in lines]
    agents = Counter(match["agent"] for match in found if match)
    assert sum(agents.values()) == len(lines), "each is whole"
    answered = [name for client in clients for name in client.answered]
    assert [name for name in answered if agents[name] != 1] == []


def test_what_is_answered_while_a_worker_ends_is_written_at_once() -> None:
    written: list[bytes] = []
    together = Together(written.append, seconds=60)
    together.add(b"one\n")
    together._end()
    together.add(b"two\n")
    assert written == [b"one\n", b"two\n"]


def test_the_longest_line_goes_into_a_pipe_at_once(published: TestNewsroom) -> None:
    lines: list[bytes] = []
    app = create_app(str(published.root), published.url)
    log = AccessLog(app.wsgi_app, lines.append, behind_proxy=True)
    sent = {f"HTTP_{name}": '"' * 5000 for name in ("USER_AGENT", "REFERER", "X_FORWARDED_FOR")}
    app.wsgi_app = log  # type: ignore[method-assign] # Flask's way
    app.test_client().get("/feeds/" + '"' * 5000, environ_overrides=sent)
    assert len(lines[0]) + 100 < select.PIPE_BUF
    assert COMBINED.fullmatch(lines[0].decode())


def test_a_server_whose_output_nobody_reads_answers_on(published: TestNewsroom) -> None:
    sent = {"User-Agent": "a" * 1000}
    with (
        port_of_ours() as port,
        serving(published, port, "serve", "--access-log", "-"),
        closing(http.client.HTTPConnection(HOST, port, timeout=60)) as connection,
    ):
        for _ in range(150):
            connection.request("GET", "/feeds/latest.rss", headers=sent)
            response = connection.getresponse()
            response.read()
            assert response.status == 200
