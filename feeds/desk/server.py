"""``feeds desk``: the desk on granian, in one process, which remembers wrong passwords."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from feeds.desk.bodies import PATIENCE, Whole
from feeds.desk.users import open_users
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom, locate
from feeds.newsroom.database import url_of
from feeds.text import urls
from feeds.web import connections
from feeds.web.server import free_address

_LARGEST_HEAD = 32 * 1024
_KILL_SECONDS = 5
_USERS, _PROXY, _PORT = "FEEDS_DESK_USERS", "FEEDS_DESK_BEHIND_PROXY", "FEEDS_DESK_PORT"
"""How the server tells its worker, which is a process of its own."""


class Options(NamedTuple):
    """Where to listen, where its users are, and whether a proxy has made sure who somebody is."""

    host: str
    port: int
    users: Path | None = None
    behind_proxy: bool = False


def serve_desk(newsroom: Newsroom, options: Options, say: Callable[[str], object]) -> None:
    """Serves the desk of ``newsroom`` until it is stopped; says first where it is.

    Raises FeedsError if nobody could sign in, or an address can't be listened on.
    """
    header, _peer = _proxy(newsroom) if options.behind_proxy else ("", "")
    users = open_users(newsroom, options.users)
    if not (header or users.names or users.programs):
        raise FeedsError("nobody may use the desk yet", remedy="feeds desk user add NAME")
    address = free_address(options.host, options.port)
    shown = f"[{options.host}]" if ":" in options.host else options.host
    say(f"{newsroom.site().title}: the desk is at http://{shown}:{options.port}/ (Ctrl-C stops it)")
    if not urls.is_loopback(f"http://{shown}/"):
        say("Passwords go over this address unencrypted: put a proxy with https before it.")
    sys.stdout.flush()
    os.environ |= {
        "FEEDS_SOURCE": str(newsroom.root),
        "FEEDS_DATABASE": url_of(newsroom.database),
        _USERS: str(users.file),
        _PROXY: "yes" if options.behind_proxy else "",
        _PORT: str(options.port),
    }
    connections.allow_all_files()
    from granian import Granian  # late: it starts threads of its own
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    Granian(
        "feeds.desk.server:worker",
        factory=True,
        address=address,
        port=options.port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=int(1000 * PATIENCE), max_buffer_size=_LARGEST_HEAD
        ),
        backpressure=connections.room(),
        workers=1,
        workers_kill_timeout=_KILL_SECONDS,
        log_level=LogLevels.warning,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()


def worker() -> Whole:
    """The desk, for a worker process."""
    os.setpgid(0, 0)  # Ctrl-C is for the parent, which stops this one
    from feeds.desk.app import COOKIE, app_of  # late: the parent needs no Flask

    newsroom = locate()
    users = open_users(newsroom, Path(os.environ[_USERS]))
    header, peer = _proxy(newsroom) if os.environ.get(_PROXY) else ("", "")
    if connections.can_be_seen():
        # whoever is at work here may be waited for: those alone make room who said nothing
        port = int(os.environ[_PORT])
        connections.Reaper(port, connections.room(), PATIENCE, lambda: 1.0).start()
    made = app_of(newsroom, users, header=header, peer=peer)

    def is_known(environ: dict[str, str]) -> bool:
        if header:
            return environ["REMOTE_ADDR"] == peer
        return COOKIE in environ.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in environ

    return Whole(made, is_known)


def _proxy(newsroom: Newsroom) -> tuple[str, str]:
    """The header that says who somebody is, and the address of who may say so."""
    desk = newsroom.site().desk
    if not (desk.user_header and desk.peer):
        raise FeedsError(
            "site.toml doesn't say by which header a proxy tells who somebody is",
            remedy='write below [desk]: user_header = "RemoteUser" and peer = "127.0.0.1"',
        )
    return desk.user_header, desk.peer
