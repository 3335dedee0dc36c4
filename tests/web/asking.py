"""Two ways to ask a newsroom's website: in this process, and over a real socket."""

from __future__ import annotations

import http.client
import itertools
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from threading import Thread
from typing import NamedTuple, Protocol
from unittest.mock import patch

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.serving import WSGIRequestHandler, make_server

from feeds.web import create_app
from feeds.web.fast import FastPath
from tests.newsrooms import FEEDS, NOW, PROJECT, Ran, TestNewsroom, feeds

HOST = "127.0.0.1"
_START_SECONDS = 60

NAVIGATION = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
"""What a browser sends with an address that a person opened."""


class Answer(NamedTuple):
    """One answer over HTTP."""

    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Ask(Protocol):
    """Asks for a path, which is sent as it is written."""

    def __call__(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> Answer: ...


def in_process(newsroom: TestNewsroom, *, plain: bool = False, now: datetime = NOW) -> Ask:
    """Asks the app itself, at the time ``now``; ``plain``: without its fast path."""
    app = website(newsroom, now)
    if plain:
        assert isinstance(app.wsgi_app, FastPath)
        app.wsgi_app = app.wsgi_app.app  # type: ignore[assignment, method-assign] # as it was put there
    return of_app(app)


def website(newsroom: TestNewsroom, now: datetime = NOW) -> Flask:
    """The app, to which it is ``now``, and which looks at the ledger for every request.

    Otherwise it would depend on a test's speed whether it sees at once what was published.
    """
    app = create_app(str(newsroom.root), newsroom.url, now=lambda: now)
    app.extensions["feeds"].shelf._clock = map(float, itertools.count()).__next__
    return app


def of_app(app: Flask) -> Ask:
    """Asks ``app``."""
    client = app.test_client(use_cookies=False)  # or it would send none that a test sends

    def ask(path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
        with client.open(path, method=method, headers=dict(headers or {})) as response:
            return Answer(response.status_code, response.headers, response.data)

    return ask


def over_a_socket(port: int) -> Ask:
    """Asks the server on ``port``."""

    def ask(path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
        with closing(http.client.HTTPConnection(HOST, port, timeout=30)) as connection:
            connection.request(method, path, headers=dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, Headers(response.getheaders()), response.read())

    return ask


@contextmanager
def port_of_ours() -> Iterator[int]:
    """A port that nobody else is given meanwhile, but that a server can listen on."""
    with socket.socket() as kept:
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        kept.bind((HOST, 0))
        yield kept.getsockname()[1]


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *values: object) -> None:  # noqa: A002 its own name
        """Says nothing."""


@contextmanager
def in_a_thread(newsroom: TestNewsroom, port: int) -> Iterator[None]:
    """The website of ``newsroom`` on ``port``, by a server in this process.

    It is there at once; ``serving`` starts processes, which takes seconds.
    """
    app = website(newsroom)
    with socket.create_server((HOST, port), reuse_port=True) as listening:
        server = make_server(
            HOST, port, app, threaded=True, request_handler=_Silent, fd=listening.fileno()
        )
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def serve(newsroom: TestNewsroom, *arguments: str) -> Ran:
    """``feeds serve``, in this process, up to where it would begin to serve."""
    with patch("granian.Granian"):
        return feeds(newsroom, "serve", "--access-log", os.devnull, *arguments)


@contextmanager
def serving(
    newsroom: TestNewsroom,
    port: int,
    server: str = "serve",
    *options: str,
    output: int = subprocess.PIPE,
    environment: Mapping[str, str] = {},
    files: int = 0,
) -> Iterator[subprocess.Popen[str]]:
    """``feeds serve`` for ``newsroom``, or gunicorn, from when it answers until it is left.

    ``output`` is where its words go; a pipe that nobody reads holds about 64 kB, so there is no
    access log unless ``options`` ask for one. It may have so many ``files``, unless they are 0.
    """
    if server == "serve":
        usual = ["--port", str(port), "--workers", "1", "--access-log", ""]
        command = [str(FEEDS), "serve", *usual, *options]
    else:
        bind = ["--bind", f"{HOST}:{port}", "--reuse-port", "--no-control-socket"]
        command = [str(FEEDS.with_name("gunicorn")), *bind, *options, "wsgi:app"]
    process = subprocess.Popen(
        [*_limited(files), *command],
        env={**newsroom.environment(), **environment},
        cwd=PROJECT,
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_for(process, port)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _limited(files: int) -> list[str]:
    """What a command begins with that may have so many files; any number if they are 0."""
    return ["sh", "-c", f'ulimit -n {files} && exec "$@"', "sh"] if files else []


def answers(port: int) -> bool:
    """Whether somebody listens on ``port``."""
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


def wait_for(process: subprocess.Popen[str], port: int) -> None:
    """Returns when the server ``process`` answers; fails if it ends, or takes too long."""
    last = time.monotonic() + _START_SECONDS
    while not answers(port):
        if process.poll() is not None or time.monotonic() > last:
            process.kill()
            raise AssertionError(f"no server came up: {process.communicate()[0]}")
        time.sleep(0.02)
