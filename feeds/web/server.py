"""``feeds serve``: the app on granian, a production WSGI server."""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from feeds.ledger import loss, revisions
from feeds.ledger.connect import open_to_read
from feeds.metrics.counts import Row
from feeds.model import FORMATS
from feeds.model.errors import ConfigError, FeedsError
from feeds.newsroom import Newsroom, machine
from feeds.newsroom.database import url_of
from feeds.web import connections

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from feeds.newsroom.site import Site
    from feeds.web.cache import Shelf

_KILL_SECONDS = 5
"""How long a worker may take to finish its answers when the server stops."""
_BETWEEN_SECONDS = 1.0
"""How long the next worker waits for the one before it when all are replaced."""
_LOOK_SECONDS = 1.0
_THREADS = 1  # more only wait for one another: nothing here waits for anything else
_LOG, _PROXY, _PORT = "FEEDS_SERVE_LOG", "FEEDS_SERVE_BEHIND_PROXY", "FEEDS_SERVE_PORT"
_COUNTS = "FEEDS_SERVE_COUNTS"
"""How the server tells its workers, which are processes of their own."""
_PATIENCE = "FEEDS_SERVE_PATIENCE"
_PATIENCE_SECONDS = 10.0
"""How long a connection may be open without a whole request, or without taking of its answer.

Somebody who can't wait that long, such as a test, has another number in the environment.
"""
_LARGEST_HEAD = 32 * 1024
"""In bytes; the server itself refuses more (431), whatever it is that is asked for."""
_BACKLOG = 4096
"""So many connections may wait for a worker; the system may allow fewer (net.core.somaxconn)."""

_log = logging.getLogger("feeds")


class Options(NamedTuple):
    """How to serve. ``access_log`` is a file, "-" for standard output, empty for none.

    ``metrics`` is an address, empty for none; None for what the configuration says.
    """

    host: str
    port: int
    workers: int
    access_log: str
    behind_proxy: bool
    metrics: str | None = None


def usual_workers() -> int:
    """One for each processor that this program may use."""
    return machine.processors()


def serve_newsroom(newsroom: Newsroom, options: Options, say: Callable[[str], object]) -> None:
    """Serves ``newsroom`` until it is stopped; says first where its feeds are.

    On SIGHUP its workers are replaced one by one: each finishes its answers and closes its idle
    connections, while another takes new ones. Raises FeedsError if
    an address can't be listened on, the log can't be written, the configuration is broken
    before anything was published, or the ledger can't be read.
    """
    with ExitStack() as beside:
        _log_of(options.access_log)
        site, announced = _announcement(newsroom, options)
        metrics = options.metrics
        if metrics is None:
            metrics = _as_written(newsroom, site).serve.metrics
        if metrics:
            from feeds.metrics.beside import figures  # late: seldom wanted

            counts = beside.enter_context(figures(newsroom, metrics, options.workers))
            os.environ[_COUNTS] = str(counts)
            announced.append(f"Figures for Prometheus: http://{metrics}/metrics")
        address = free_address(options.host, options.port)
        for line in announced:
            say(line)
        sys.stdout.flush()
        _serve(newsroom, options, address)


def _as_written(newsroom: Newsroom, in_force: Site) -> Site:
    """The configuration as it is by now, for what is no subscriber's business."""
    try:
        return newsroom.site()
    except ConfigError:
        return in_force


def _serve(newsroom: Newsroom, options: Options, address: str) -> None:
    os.environ["FEEDS_SOURCE"] = str(newsroom.root)
    os.environ["FEEDS_DATABASE"] = url_of(newsroom.database)
    os.environ[_LOG] = options.access_log
    os.environ[_PROXY] = "yes" if options.behind_proxy else ""
    os.environ[_PORT] = str(options.port)
    connections.allow_all_files()
    from granian import Granian  # late: it starts threads of its own
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    Granian(
        "feeds.web.server:worker",
        factory=True,
        address=address,
        port=options.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,  # it gives no time-out to who may be about to speak HTTP/2
        http1_settings=HTTP1Settings(
            header_read_timeout=int(1000 * _patience()), max_buffer_size=_LARGEST_HEAD
        ),
        backlog=_BACKLOG,
        backpressure=connections.room(),
        workers=options.workers,
        blocking_threads=_THREADS,
        log_level=LogLevels.warning,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=_BETWEEN_SECONDS,
        workers_kill_timeout=_KILL_SECONDS,
    ).serve()


def worker() -> WSGIApplication:
    """The app, for a worker process.

    Ctrl-C reaches every process of the terminal's group. A worker that stops before its
    parent told it to was seen to leave the parent waiting for ever, so it leaves the group.
    """
    os.setpgid(0, 0)
    from feeds.web import create_app  # late: the parent needs no Flask
    from feeds.web.access import AccessLog, Output, Together
    from feeds.web.fast import FastPath

    app = create_app()
    log = os.environ.pop(_LOG, "")
    behind_proxy = bool(os.environ.pop(_PROXY, ""))
    shelf = app.extensions["feeds"].shelf
    shelf.refresh()  # what it has, it serves, whatever becomes of the ledger
    row = _row()
    threading.Thread(target=_keep_looking, args=(shelf, row), daemon=True).start()
    port = int(os.environ.pop(_PORT))
    busy = app.extensions["workload"].share
    if connections.can_be_seen():
        connections.Reaper(port, connections.room(), _patience(), busy).start()
    if row and isinstance(app.wsgi_app, FastPath):
        app.wsgi_app.count_with(row.counter())
    if not log:
        return app
    lines = Together(Output(_log_of(log)).write)
    return AccessLog(app, lines.add, behind_proxy=behind_proxy)


def _row() -> Row | None:
    """Where this worker counts; None if nobody wants to know."""
    file = os.environ.pop(_COUNTS, "")
    try:
        return Row(Path(file)) if file else None
    except OSError as error:
        _log.error("this worker counts nothing: %s", error)
        return None


def _keep_looking(shelf: Shelf, row: Row | None) -> None:
    """Takes over what is published, though nobody asks for it."""
    while True:
        if row:
            row.serve(shelf.served)
        time.sleep(_LOOK_SECONDS)
        shelf.refresh()


def _patience() -> float:
    return float(os.environ.get(_PATIENCE, _PATIENCE_SECONDS))


def _log_of(name: str) -> int:
    """The open file that lines of the log go to."""
    if name in {"", "-"}:
        return sys.stdout.fileno()
    try:
        # a pipe that is opened to write alone waits for somebody to read
        way = os.O_RDWR if Path(name).is_fifo() else os.O_WRONLY
        return os.open(name, way | os.O_APPEND | os.O_CREAT, 0o640)
    except OSError as error:
        raise FeedsError(
            f"the access log can't be written: {error.strerror}",
            file=name,
            remedy="name another file with --access-log",
        ) from error


def _announcement(newsroom: Newsroom, options: Options) -> tuple[Site, list[str]]:
    """The configuration, and what a person needs to know when the server starts."""
    loss.refuse_loss(newsroom)
    if moved := loss.find_moved(newsroom):
        raise loss.lost(moved)
    ledger = open_to_read(newsroom.database)
    site, published = None, False
    if ledger is not None:
        with ledger.read() as connection:
            newest = revisions.latest(connection)
        if newest:
            site, published = newest[0].site, True
    if site is None:
        site = newsroom.site()
    host, port = options.host, options.port
    shown = f"[{host}]" if ":" in host else host
    lines = [f"{site.title}: serving on http://{shown}:{port}/ (Ctrl-C stops it)"]
    if not published:
        lines.append("Nothing was published yet: the feeds are empty until 'feeds publish' ran.")
    lines.append("Paste one of these into a feed reader:")
    for feed in (feed for feed in site.without_keyed.feeds if feed.section is None):
        lines += [f"  {site.feeds_url}{feed.name}.{form}" for form in FORMATS]
    lines.append(f"Everything there is to subscribe to: {site.feeds_url}")
    reached = urlsplit(site.feeds_url)
    is_here = reached.hostname in {"localhost", "127.0.0.1"} and not options.behind_proxy
    if is_here and (reached.port or 80) != port:
        lines.append(
            f"But feeds_url names port {reached.port or 80}, and this is {port}: right for a proxy "
            "there that asks here; to try it out without one, "
            f"publish with FEEDS_URL=http://localhost:{port}/feeds/"
        )
    return site, lines


def free_address(host: str, port: int) -> str:
    """``host`` as a numeric address on which ``port`` is free; raises FeedsError if it isn't.

    granian shares a port with others that share it, so it must be tried here.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise FeedsError(
            f"can't listen on {host}, port {port}: {error.strerror}",
            remedy="choose another with --port (with make: PORT=8001), or stop what has it",
        ) from error
    return str(address[0])
