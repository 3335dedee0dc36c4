"""Hosts that are network namespaces, and what connects them.

Two networks, as operators have them: one to the database, one from the front host to the apps. What
is cut is the switch's side of a host's line, so that nobody hears of it: packets are lost, and
whoever waits goes on waiting.

A thread is inside one namespace, and what it starts is, too. So whatever speaks to 127.0.0.1 can be
used on each host as it is.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

APPS = ("a", "b")
"""The hosts that publish and serve."""
DATABASE, FRONT = "database", "front"
_ADDRESSES = {FRONT: "10.1.0", DATABASE: "10.2.0"}
"""Of the networks, which are called by who has the switch; the apps have the numbers 2 and 3."""
DATABASE_ADDRESS = f"{_ADDRESSES[DATABASE]}.1"
_FOLDER = Path("/run/netns")
_NEWNET = 0x40000000

Lan = Literal["database", "front"]


class NoNetworkError(Exception):
    """Namespaces can't be made here; says why."""


class Network:
    """The hosts."""

    def __init__(self) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self.hosts = (DATABASE, FRONT, *APPS)

    def name(self, host: str) -> str:
        """What the namespace of ``host`` is called."""
        return f"feeds-{os.getpid()}-{host}"

    def make(self) -> None:
        """Makes all of it. Raises NoNetworkError where that isn't possible."""
        for host in self.hosts:
            _ip("netns", "add", self.name(host))
            _ip("-n", self.name(host), "link", "set", "dev", "lo", "up")
        for lan, address in _ADDRESSES.items():
            switch = self.name(lan)
            _ip("-n", switch, "link", "add", "name", "lan", "type", "bridge")
            _ip("-n", switch, "address", "add", f"{address}.1/24", "dev", "lan")
            _ip("-n", switch, "link", "set", "dev", "lan", "up")
            for number, host in enumerate(APPS, start=2):
                own = self.name(host)
                ends = "type", "veth", "peer", "name", lan, "netns", own
                _ip("link", "add", "name", host, "netns", switch, *ends)
                _ip("-n", switch, "link", "set", "dev", host, "master", "lan", "up")
                _ip("-n", own, "address", "add", f"{address}.{number}/24", "dev", lan)
                _ip("-n", own, "link", "set", "dev", lan, "up")

    def remove(self) -> None:
        """Removes all of it."""
        for host in self.hosts:
            with suppress(NoNetworkError):
                _ip("netns", "delete", self.name(host))

    @contextmanager
    def inside(self, host: str) -> Iterator[None]:
        """A block in which this thread is on ``host``."""
        with Path("/proc/thread-self/ns/net").open("rb") as before:
            with (_FOLDER / self.name(host)).open("rb") as there:
                self._enter(there.fileno())
            try:
                yield
            finally:
                self._enter(before.fileno())

    def _enter(self, namespace: int) -> None:
        if self._libc.setns(namespace, _NEWNET):
            raise OSError(ctypes.get_errno(), "a namespace can't be entered")

    def cut(self, host: str, *lans: Lan) -> None:
        """Has all packets between ``host`` and these networks lost."""
        for lan in lans:
            _ip("-n", self.name(lan), "link", "set", "dev", host, "down")

    def mend(self, host: str, *lans: Lan) -> None:
        """Undoes that."""
        for lan in lans:
            _ip("-n", self.name(lan), "link", "set", "dev", host, "up")


def _ip(*arguments: str) -> None:
    program = shutil.which("ip", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if program is None:
        raise NoNetworkError("needs the command 'ip'; on Debian: apt install iproute2")
    ended = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if ended.returncode:
        said = ended.stderr.strip()
        raise NoNetworkError(f"needs root and network namespaces: ip {' '.join(arguments)}: {said}")


@contextmanager
def network() -> Iterator[Network]:
    """The hosts, until they are left. Raises NoNetworkError where there can be none."""
    made = Network()
    try:
        made.make()
        yield made
    finally:
        made.remove()
