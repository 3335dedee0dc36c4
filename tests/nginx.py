"""A real nginx on a loopback port, with all its files in a folder of the test's."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.newsrooms import PROJECT
from tests.web.asking import HOST, answers, port_of_ours

PROGRAM = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
"""Where it is, if it is installed; Debian's users don't have /usr/sbin in their path."""

_START_SECONDS = 30
_TEMPORARY = ("client_body", "fastcgi", "proxy", "scgi", "uwsgi")


def configuration(home: Path, port: int, server: str, http: str, main: str) -> str:
    """nginx.conf: one worker that listens on ``port``, with lines of ours for three blocks."""
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    folders = "\n".join(f"    {name}_temp_path {home}/{name};" for name in _TEMPORARY)
    return f"""\
{user}
daemon off;
worker_processes 1;
pid {home}/nginx.pid;
error_log {home}/error.log;
{main or "events {}"}
http {{
    access_log off;
{folders}
    types {{
        text/html html;
        application/rss+xml rss;
        application/atom+xml atom;
        application/feed+json json;
    }}
{http}
    server {{
        listen {HOST}:{port};
{server}
    }}
}}
"""


def of_compose(app: int, log: Path) -> tuple[str, str]:
    """The lines of compose.yaml's nginx for the blocks server and http: the app is on a port."""
    text = (PROJECT / "container" / "nginx.conf").read_text(encoding="utf-8")
    for ours, here in (("app:8000", f"{HOST}:{app}"), ("/var/log/nginx/access.log", str(log))):
        assert ours in text
        text = text.replace(ours, here)
    http, _, server = text.partition("server {")
    return server.rpartition("}")[0].replace("listen 80;", ""), http


@contextmanager
def running(home: Path, server: str, http: str = "", main: str = "") -> Iterator[int]:
    """The port of an nginx that keeps its files in ``home``, an absolute path.

    ``server`` and ``http`` are lines for those blocks, ``main`` those outside of all, the block of
    events among them. Needs PROGRAM.
    """
    assert PROGRAM is not None
    home.mkdir(parents=True, exist_ok=True)
    with port_of_ours() as port:
        file = home / "nginx.conf"
        file.write_text(configuration(home, port, server, http, main), encoding="utf-8")
        log = home / "error.log"
        process = subprocess.Popen(
            [PROGRAM, "-p", str(home), "-e", str(log), "-c", str(file)],
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        try:
            last = time.monotonic() + _START_SECONDS
            while not answers(port):
                if process.poll() is not None or time.monotonic() > last:
                    raise AssertionError(f"nginx didn't start: {log.read_text(encoding='utf-8')}")
                time.sleep(0.02)
            yield port
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
