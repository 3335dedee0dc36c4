"""``feeds serve`` as a program, and the app that other servers are given."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from tests.newsrooms import PROJECT, SITE, TestNewsroom, process
from tests.web.asking import HOST, over_a_socket, port_of_ours, serve, serving
from tests.web.conftest import Server


def test_a_port_in_use_is_refused_in_one_line(newsroom: TestNewsroom) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = serve(newsroom, "--port", str(port))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"feeds: can't listen on {HOST}, port {port}: ")
    assert done.stderr.count("\n") == 1


def test_a_second_server_on_the_same_port_is_refused(
    newsroom: TestNewsroom, server: Server
) -> None:
    assert process(newsroom, "serve", "--port", str(server.port)).returncode == 2


@pytest.mark.parametrize("host", ["no.such.host.invalid", "256.1.1.1"])
def test_a_host_that_is_none_is_refused_in_one_line(newsroom: TestNewsroom, host: str) -> None:
    done = serve(newsroom, "--host", host)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_a_damaged_ledger_is_refused_in_one_line(newsroom: TestNewsroom) -> None:
    newsroom.publish()
    newsroom.database.write_bytes(b"This is no database. " * 1000)
    with port_of_ours() as port:
        done = serve(newsroom, "--port", str(port))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert str(newsroom.database) in done.stderr


def test_a_broken_configuration_is_refused_before_anything_was_published(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure("[site]\ntitle = Harbour Desk\n")
    with port_of_ours() as port:
        done = serve(newsroom, "--port", str(port))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "site.toml:2" in done.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_server_says_where_its_feeds_are_and_stops_when_told(
    own: TestNewsroom, how: signal.Signals
) -> None:
    with port_of_ours() as port, serving(own, port) as server:
        assert over_a_socket(port)("/feeds/latest.rss").status == 200
        server.send_signal(how)
        said, _ = server.communicate(timeout=60)
    assert server.returncode == 0
    lines = said.splitlines()
    assert lines[0] == f"Harbour Desk: serving on http://{HOST}:{port}/ (Ctrl-C stops it)"
    for form in ("rss", "atom", "json"):
        assert f"  https://desk.test/feeds/latest.{form}" in lines
    assert "Traceback" not in said


def test_another_port_than_that_of_the_address_may_be_a_proxy_s(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("https://desk.test/feeds/", "http://localhost/feeds/"))
    with port_of_ours() as port:
        said = serve(newsroom, "--port", str(port)).stdout
    assert f"names port 80, and this is {port}: right for a proxy there" in said
    assert f"to try it out without one, publish with FEEDS_URL=http://localhost:{port}/" in said


def test_a_server_without_a_ledger_says_that_its_feeds_are_empty(newsroom: TestNewsroom) -> None:
    with port_of_ours() as port:
        said = serve(newsroom, "--port", str(port))
    assert said.returncode == 0
    assert "Nothing was published yet" in said.stdout


def test_a_double_slash_leads_nowhere_else(server: Server) -> None:
    ask = over_a_socket(server.port)
    for path in ("//other.test/", "//other.test/feeds/latest.rss", "/\\other.test"):
        answer = ask(path)
        assert "other.test" not in answer.headers.get("Location", "").partition("/feeds")[0]
        assert answer.status == 404


def test_other_servers_find_the_app_in_wsgi_py(own: TestNewsroom) -> None:
    code = "from wsgi import app; print(app.test_client().get('/feeds/latest.rss').status)"
    done = process(own, "-c", code, program=[sys.executable], cwd=PROJECT)
    assert done == (0, "200 OK\n", "")


def test_wsgi_py_exposes_a_flask_app(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEEDS_SOURCE", str(newsroom.root))
    monkeypatch.setenv("FEEDS_DATABASE", newsroom.url)
    monkeypatch.syspath_prepend(PROJECT)
    import wsgi

    assert isinstance(wsgi.app, Flask)


def children(process: subprocess.Popen[str]) -> list[int]:
    """The processes that ``process`` started, its workers among them."""
    return children_of(process.pid)


def children_of(number: int) -> list[int]:
    """The same of a process that has this number."""
    listed = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


def test_ctrl_c_reaches_the_server_alone_and_not_its_workers(server: Server) -> None:
    """A worker that stopped before its parent told it to was seen to hang the parent."""
    assert over_a_socket(server.port)("/feeds/healthz").status == 200  # a worker is up
    groups = {os.getpgid(child) for child in children(server.process)}
    assert groups
    assert os.getpgid(server.process.pid) not in groups
