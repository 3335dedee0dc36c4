"""Connections on which nobody asks, or nobody takes the answer, and those who ask meanwhile."""

from __future__ import annotations

import http.client
import os
import resource
import select
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest

from feeds.web import connections
from feeds.web.connections import Reaper
from tests.newsrooms import PROJECT, TestNewsroom
from tests.web.asking import HOST, over_a_socket, port_of_ours, serving

RSS = "/feeds/latest.rss"
FILES = 1024
MANY = 1100
LONG = 60.0
"""Longer than any of these tests: what has ended by then has ended for another reason."""
BEGUN = b"GET / HTTP/1.1\r\nHost: desk.test\r\nX-Slow: "
WHOLE = b"GET /feeds/latest.rss HTTP/1.1\r\nHost: desk.test\r\n\r\n"
BODY = b"POST /feeds/ HTTP/1.1\r\nHost: desk.test\r\nContent-Length: 1000\r\n\r\na"


@pytest.fixture(autouse=True, scope="module")
def _all_files() -> None:
    connections.allow_all_files()


class Pair(NamedTuple):
    """Both ends of a connection."""

    client: socket.socket
    server: socket.socket


class Listening:
    """A server of ours, whose connections lie side by side."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._socket = stack.enter_context(socket.create_server((HOST, 0)))
        self.port: int = self._socket.getsockname()[1]

    def pair(self, said: bytes = b"", answered: bytes = b"", said_then: bytes = b"") -> Pair:
        client = self._stack.enter_context(socket.create_connection((HOST, self.port)))
        server = self._stack.enter_context(self._socket.accept()[0])
        for sender, taker, data in (
            (client, server, said),
            (server, client, answered),
            (client, server, said_then),
        ):
            if answered:
                time.sleep(0.02)  # the kernel counts in steps of up to ten milliseconds
            sender.sendall(data)
            left = len(data)
            while left:
                left -= len(taker.recv(left))
        return Pair(client, server)

    def unread(self) -> Pair:
        """One whose client reads nothing of a long answer."""
        made = self.pair(b"a")
        made.server.setblocking(False)
        with suppress(BlockingIOError):
            while True:
                made.server.send(bytes(65536))
        return made


@pytest.fixture
def listening() -> Iterator[Listening]:
    with ExitStack() as stack:
        yield Listening(stack)


@pytest.fixture
def _no_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection counts as old at once."""
    monkeypatch.setattr("feeds.web.connections._MOMENT_MS", 0)
    monkeypatch.setattr("feeds.web.connections._CALM_LOOKS", 1)


def has_ended(pair: Pair) -> bool:
    """Whether somebody ended the connection, at the end of the server."""
    poll = select.poll()
    poll.register(pair.server, select.POLLIN)
    return any(what & select.POLLHUP for _, what in poll.poll(0))


def look(reaper: Reaper) -> None:
    """Looks twice: what came in between is left."""
    reaper.look()
    reaper.look()


def look_for_one(port: int) -> None:
    """Looks with so much room that one connection has to go."""
    files = len(list(Path("/proc/self/fd").iterdir()))
    look(Reaper(port, 2 * (files - 1), LONG))


@pytest.mark.usefixtures("_no_moment")
def test_silent_connections_make_room_first_and_those_that_are_served_last(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_CROWDED", 0)
    begun = listening.pair(said=BEGUN)
    unread = listening.unread()
    idle = listening.pair(said=WHOLE, answered=b"200")
    silent = listening.pair()
    again = listening.pair(said=WHOLE, answered=b"200", said_then=BEGUN)
    everybody = [silent, idle, begun, again, unread]
    for count, pair in enumerate(everybody):
        assert not has_ended(pair)
        look_for_one(listening.port)
        assert [pair for pair in everybody if has_ended(pair)] == everybody[: count + 1]


@pytest.mark.usefixtures("_no_moment")
def test_while_there_is_room_nobody_is_ended_who_takes_the_answers(listening: Listening) -> None:
    pairs = [listening.pair(), listening.pair(said=BEGUN), listening.pair(WHOLE, b"200")]
    look(Reaper(listening.port, 10_000, 0.0))
    assert not any(map(has_ended, pairs))


@pytest.mark.usefixtures("_no_moment")
def test_who_takes_nothing_of_an_answer_is_ended(listening: Listening) -> None:
    unread = listening.unread()
    Reaper(listening.port, 10_000, LONG).look()
    assert not has_ended(unread)
    Reaper(listening.port, 10_000, 0.0).look()
    assert has_ended(unread)


@pytest.mark.usefixtures("_no_moment")
def test_who_takes_an_answer_by_the_byte_is_ended(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    unread = listening.unread()
    monkeypatch.setattr(connections.State, "since_sent", 0)
    monkeypatch.setattr(connections, "_LEAST_RATE", 10**15)
    Reaper(listening.port, 10_000, -1.0).look()
    assert has_ended(unread)


@pytest.mark.usefixtures("_no_moment")
def test_what_is_no_connection_to_the_website_is_left_alone(listening: Listening) -> None:
    with ExitStack() as stack:
        other = Listening(stack)
        theirs = [other.pair(), other.unread()]
        left, right = socket.socketpair()
        read, write = os.pipe()
        for file in (left, right, open(read, "rb"), open(write, "wb", 0)):  # noqa: SIM115, PTH123
            stack.enter_context(file)
        look(Reaper(listening.port, 1, 0.0))
        assert not any(map(has_ended, theirs))
        left.send(b"a")
        os.write(write, b"a")
        assert (right.recv(1), os.read(read, 1)) == (b"a", b"a")


@pytest.mark.usefixtures("_no_moment")
def test_who_may_have_asked_is_left_while_the_app_has_much_to_do(listening: Listening) -> None:
    """It may be waiting for its answer, and that is not its fault."""
    pairs = [listening.pair(), listening.pair(WHOLE, b"200"), listening.pair(said=BEGUN)]
    look(Reaper(listening.port, 1, LONG, lambda: 0.9))
    assert [has_ended(pair) for pair in pairs] == [True, True, False]
    look(Reaper(listening.port, 1, LONG, lambda: 0.1))
    assert has_ended(pairs[2])


def test_the_workload_is_the_part_of_time_in_which_the_app_was_at_work() -> None:
    clock = iter([0.0, 10.0, 12.0, 20.0, 21.0, 30.0, 40.0, 41.0, 45.0, 50.0])
    inside = list[float]()

    def app(environ: dict[str, Any], _start: object) -> list[bytes]:
        if environ:
            inside.append(workload.share())
        return []

    with patch("feeds.web.connections.time.perf_counter", lambda: next(clock)):
        workload = connections.Workload(app)
        workload({}, _start)  # from 10 to 12
        assert workload.share() == 2 / 20
        workload({"asks": "itself"}, _start)  # from 21 to 40, asked at 30
        assert inside == [9 / 10]
        assert workload.share() == 10 / 11


def _start(*_: object) -> Callable[[bytes], object]:
    return len


def test_a_connection_that_came_a_moment_ago_is_left(listening: Listening) -> None:
    reaper = Reaper(listening.port, 1, LONG)
    old = listening.pair()
    time.sleep(0.6)
    reaper.look()
    new = listening.pair()
    reaper.look()
    assert (has_ended(old), has_ended(new)) == (True, False)


class Slow(NamedTuple):
    """A server that may have FILES files; or one that waits for a second, where that is said."""

    port: int


@pytest.fixture(scope="module")
def patient(published: TestNewsroom) -> Iterator[Slow]:
    environment = {"FEEDS_SERVE_PATIENCE": str(LONG)}
    with (
        port_of_ours() as port,
        serving(published, port, environment=environment, files=FILES),
    ):
        yield Slow(port)


@pytest.fixture(scope="module")
def impatient(published: TestNewsroom) -> Iterator[Slow]:
    environment = {"FEEDS_SERVE_PATIENCE": "1"}
    with port_of_ours() as port, serving(published, port, environment=environment):
        yield Slow(port)


@pytest.fixture
def crowd(patient: Slow) -> Iterator[list[socket.socket]]:
    """More connections than the server may have files."""
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < 2 * MANY:
        pytest.skip(f"needs {2 * MANY} files")
    with ExitStack() as stack:
        yield [stack.enter_context(opened(patient.port)) for _ in range(MANY)]


def opened(port: int) -> socket.socket:
    """A connection that may still be on its way."""
    made = socket.socket()
    made.setblocking(False)
    made.connect_ex((HOST, port))
    return made


@pytest.mark.parametrize("said", [b"", BEGUN, WHOLE], ids=["silent", "begun", "idle"])
def test_who_asks_is_answered_while_more_are_silent_than_there_is_room_for(
    patient: Slow, crowd: list[socket.socket], said: bytes
) -> None:
    poll = select.poll()
    for one in crowd:
        poll.register(one, select.POLLOUT)
    for descriptor, _ in poll.poll(0):
        with suppress(OSError):  # it had to make room
            os.write(descriptor, said)
    ask = over_a_socket(patient.port)
    assert {ask(RSS).status for _ in range(20)} == {200}


def test_connections_are_kept_while_there_is_room_for_them(patient: Slow) -> None:
    with closing(http.client.HTTPConnection(HOST, patient.port, timeout=30)) as connection:
        for _ in range(3):
            connection.request("GET", RSS)
            answer = connection.getresponse()
            assert (answer.status, bool(answer.read())) == (200, True)
            connection.auto_open = 0


def ends(connection: socket.socket) -> bool:
    """Whether the other side ends it, in patience; nothing of what it says is taken."""
    poll = select.poll()
    poll.register(connection, select.POLLRDHUP)
    return bool(poll.poll(30_000))


@pytest.mark.parametrize("said", [b"", BEGUN, WHOLE, BODY], ids=["silent", "begun", "idle", "body"])
def test_a_connection_without_a_whole_request_is_ended(impatient: Slow, said: bytes) -> None:
    with socket.create_connection((HOST, impatient.port)) as connection:
        connection.sendall(said)
        assert ends(connection)


def test_a_request_that_goes_on_for_ever_is_ended(impatient: Slow) -> None:
    with socket.create_connection((HOST, impatient.port)) as connection:
        connection.sendall(BEGUN)
        poll = select.poll()
        poll.register(connection, select.POLLRDHUP)
        for _ in range(300):
            if poll.poll(100):
                return
            with suppress(OSError):
                connection.sendall(b"a")
    raise AssertionError("it went on for half a minute")


def test_answers_that_nobody_takes_are_ended(impatient: Slow) -> None:
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect((HOST, impatient.port))
        connection.setblocking(False)
        with suppress(BlockingIOError):
            while True:
                connection.send(WHOLE * 100)
        assert ends(connection)


def test_a_server_stops_although_connections_are_silent(
    published: TestNewsroom,
) -> None:
    with (
        port_of_ours() as port,
        serving(published, port) as server,
        socket.create_connection((HOST, port)),
        socket.create_connection((HOST, port)) as begun,
    ):
        begun.sendall(BEGUN)
        server.terminate()
        server.communicate(timeout=30)
        assert server.returncode == 0


def test_a_server_uses_all_files_that_it_may_have() -> None:
    code = (
        "import resource as r; from feeds.web import connections as c; "
        "r.setrlimit(r.RLIMIT_NOFILE, (256, 1000)); c.allow_all_files(); print(c.room())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "750\n"
