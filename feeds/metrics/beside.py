"""Hands figures out for as long as a server of feeds runs, by a process of its own beside it.

The server itself forks its workers, again and again: it must have no thread, nor an open ledger.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from feeds.metrics import counts
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom, space
from feeds.newsroom.database import url_of
from feeds.text import urls

_END_SECONDS = 5


@contextmanager
def figures(newsroom: Newsroom, address: str, workers: int) -> Iterator[Path]:
    """Hands out ``newsroom``'s figures on ``address``, such as "127.0.0.1:9100".

    Gives the file in which so many ``workers`` count. Raises FeedsError if the address can't be
    listened on, or no such file be had.
    """
    with _listening(address) as listening, _counted(workers) as (file, descriptor):
        own = (descriptor, listening.fileno())
        # -P: what lies in the folder where somebody happens to be is none of this program
        command = [sys.executable, "-P", "-m", "feeds.metrics", *map(str, own)]
        # the ledger's address may have a password in it, and everybody sees a command's arguments
        told = {"FEEDS_SOURCE": str(newsroom.root), "FEEDS_DATABASE": url_of(newsroom.database)}
        process = subprocess.Popen(  # noqa: S603 - this very program
            command,
            env={**os.environ, **told},
            stdin=subprocess.PIPE,  # it ends when nobody has the other end any more
            pass_fds=own,
            process_group=0,
        )
        listening.close()
        try:
            yield file
        finally:
            try:
                process.communicate(timeout=_END_SECONDS)  # closes its standard input
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextmanager
def _counted(workers: int) -> Iterator[tuple[Path, int]]:
    """The file in which so many ``workers`` count, and that file opened."""
    place = space.temporary_folder()
    with ExitStack() as stack:
        try:
            with space.explained(place, what="what workers count"):
                folder = stack.enter_context(TemporaryDirectory(prefix="feeds-", dir=place))
                file = Path(folder) / "counts"
                descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
                stack.callback(os.close, descriptor)
                counts.make(descriptor, workers)
        except OSError as error:
            raise FeedsError(
                f"can't have a file here in which requests are counted: {error.strerror}",
                file=str(place),
                remedy="name another folder of temporary files with TMPDIR, or leave out --metrics "
                "and [serve] of site.toml",
            ) from error
        yield file, descriptor


def _listening(address: str) -> socket.socket:
    host, port = urls.socket_address(address)
    try:
        family, kind, _, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(place)
            listening.listen()
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise FeedsError(
            f"can't listen on {address}: {error.strerror}",
            field="metrics",
            remedy="choose another address with --metrics, or in [serve] of site.toml",
        ) from error
    return listening
