"""Strangers who begin a request and don't go on."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.desk.editing import NAME, PASSWORD, DeskOf
from tests.newsrooms import FEEDS
from tests.web.asking import HOST, port_of_ours, wait_for

SECONDS = 2.0
SLOW = 50
HEAD = b"POST /sign-in HTTP/1.1\r\nHost: desk.test\r\nContent-Type: text/plain\r\n"
BEGUN = {
    "nothing": b"",
    "head": b"GET /sign-in HTTP/1.1\r\nHost: desk.t",
    "body": HEAD + b"Content-Length: 1000\r\n\r\na",
    "form": HEAD.replace(b"text/plain", b"application/x-www-form-urlencoded")
    + b"Content-Length: 1000\r\n\r\nname=",
    "chunks": HEAD.replace(b"text/plain", b"application/x-www-form-urlencoded")
    + b"Transfer-Encoding: chunked\r\n\r\n5\r\nname=\r\n",
}


@pytest.fixture
def port(desk: DeskOf) -> Iterator[int]:
    """Where the desk is served by the command."""
    with port_of_ours() as port:
        command = [str(FEEDS), "desk", "--port", str(port)]
        process = subprocess.Popen(
            command, env=desk.newsroom.environment(), stdout=subprocess.PIPE, text=True
        )
        try:
            wait_for(process, port)
            yield port
        finally:
            process.terminate()
            process.communicate(timeout=30)


def test_fifty_slow_strangers_keep_nobody_from_the_desk(port: int) -> None:
    for begun in BEGUN.values():
        with ExitStack() as stack:
            for _ in range(SLOW):
                slow = stack.enter_context(socket.create_connection((HOST, port)))
                slow.sendall(begun)
            started = time.monotonic()
            assert asked(port, b"GET /sign-in HTTP/1.1").startswith(b"HTTP/1.1 200")
            assert asked(port, b"POST /publish HTTP/1.1").startswith(b"HTTP/1.1 403")
            assert time.monotonic() - started < 2 * SECONDS, begun


def asked(port: int, request: bytes, body: bytes = b"") -> bytes:
    """The answer to a request."""
    with socket.create_connection((HOST, port), timeout=30) as connection:
        length = str(len(body)).encode()
        end = b"\r\nHost: desk.test\r\nConnection: close\r\nContent-Length: " + length
        connection.sendall(request + end + b"\r\n\r\n" + body)
        found = b""
        while data := connection.recv(65536):
            found += data
        return found


def test_who_signs_in_meanwhile_is_let_in(port: int) -> None:
    with ExitStack() as stack:
        for _ in range(SLOW):
            slow = stack.enter_context(socket.create_connection((HOST, port)))
            slow.sendall(BEGUN["form"])
        form = f"name={NAME}&password={PASSWORD.replace(' ', '+')}"
        said = asked(port, b"GET /sign-in HTTP/1.1")
        token = said.partition(b'name="csrf_token" value="')[2].partition(b'"')[0].decode()
        cookie = said.partition(b"set-cookie: ")[2].partition(b";")[0]
        body = f"{form}&csrf_token={token}".encode()
        head = b"POST /sign-in HTTP/1.1\r\nCookie: " + cookie
        head += b"\r\nContent-Type: application/x-www-form-urlencoded"
        assert asked(port, head, body).startswith(b"HTTP/1.1 303")


@pytest.mark.parametrize(
    ("begun", "status"),
    [
        (BEGUN["form"], b"408"),
        (BEGUN["chunks"], b"408"),
        (HEAD + b"Content-Length: 20000\r\n\r\n", b"413"),
        (HEAD + b"Cookie: __Host-desk=x\r\nContent-Length: 9000000\r\n\r\n", b"413"),
        (HEAD + b"Content-Length: x\r\n\r\n", b"400"),
    ],
    ids=["slow", "endless", "large for a stranger", "too large", "no number"],
)
def test_what_does_not_come_as_a_whole_is_refused(port: int, begun: bytes, status: bytes) -> None:
    with socket.create_connection((HOST, port), timeout=30) as connection:
        connection.sendall(begun)
        assert connection.recv(100).split()[1] == status


def test_what_breaks_off_in_the_middle_is_not_taken_for_all(port: int) -> None:
    with socket.create_connection((HOST, port), timeout=30) as connection:
        connection.sendall(BEGUN["chunks"])
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(100).split()[1:2] in ([], [b"408"])
