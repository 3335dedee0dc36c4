"""Which connections of a worker are ended, so that there is always room for those who ask.

The server itself ends a connection on which no request comes; it has no bound for those who don't
take their answers, and once it has as many connections as it may have, nobody else is let in.

Rules
- Who takes nothing of an answer for ``patience``, or takes it at less than ``_LEAST_RATE``, is cut
  off.
- Where three quarters of the room are taken, connections make room until half of it is free: first
  those on which nothing was ever said, then those that have their answer, then those that have
  begun to ask and don't go on; each time the one that has been waiting longest. One that came a
  moment ago is left; so are those that have said something, while the app has so much to do that
  they may have asked already, and be waiting for it.
- All of it is asked of the kernel, from time to time. No request waits for it.
"""

from __future__ import annotations

import os
import resource
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

_LOOK_SECONDS = 0.05
_CALM_LOOKS = 20
"""So many looks make one at those who don't take their answers, while there is room."""
_CROWDED, _CALM = 0.75, 0.5
"""From which part of the room on some have to go, and up to which."""
_BUSY = 0.5
_BEGUN = 2
"""The rank of those that have said something, and were not answered since."""
_LEAST_RATE = 500
"""In bytes a second; a telephone of thirty years ago took more."""
_MOMENT_MS = 500
_MOST = 4096
"""So many connections a worker has, at 20 kB each."""

# struct tcp_info of linux/tcp.h: state; unacked; last_data_sent, last_data_recv (in ms);
# bytes_acked, bytes_received; notsent_bytes; busy_time (in µs)
_INFO = struct.Struct("=B 23x I 16x I 4x I 64x Q Q 8x I 20x Q")
_OPEN = frozenset({1, 8})
"""ESTABLISHED, and CLOSE_WAIT: the other side says no more, but may listen."""
_OPEN_FILES = "/proc/self/fd"
_LINGER = struct.pack("ii", 1, 0)


class State(NamedTuple):
    """What the kernel tells of a connection. Times in milliseconds, since it began if never.

    ``name`` is one that no other has. ``waiting``: not all of an answer was taken yet; ``busy`` is
    how long that was so, all in all.
    """

    name: int
    waiting: bool
    since_sent: int
    since_heard: int
    taken: int
    heard: int
    busy: int

    def takes_nothing(self, patience: float) -> bool:
        """Whether the other side doesn't take its answers."""
        if not self.waiting:
            return False
        is_slow = self.busy > 1000 * patience and self.taken < _LEAST_RATE * self.busy / 1000
        return is_slow or self.since_sent >= 1000 * patience

    @property
    def progress(self) -> tuple[int, int, int]:
        """Stays the same as long as nothing happens on this connection."""
        return self.name, self.taken, self.heard

    @property
    def rank(self) -> tuple[int, int]:
        """The lower, the sooner it makes room for others."""
        if self.waiting:
            kind = _BEGUN + 1
        elif not self.heard:
            kind = 0
        elif self.taken > 1 and self.since_heard >= self.since_sent:  # 1: of the handshake
            kind = 1
        else:
            kind = _BEGUN
        return kind, -self.since_sent


def room() -> int:
    """How many connections this process may have: the rest of its files is for itself."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return min(_MOST, files * 3 // 4)


def allow_all_files() -> None:
    """Lets this process, and those that it starts, have as many files as it may."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # macOS says "without end", and gives nobody that
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def can_be_seen() -> bool:
    """Whether the kernel tells of connections, which Linux alone does in this way."""
    return hasattr(socket, "TCP_INFO") and os.path.isdir(_OPEN_FILES)  # noqa: PTH112 as it is listed


class Workload:
    """WSGI middleware that notes for how long the app was at work; exact for one thread."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._seconds = 0.0
        self._begun = 0.0
        self._told = 0.0
        self._at = time.perf_counter()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Has the app answer."""
        self._begun = time.perf_counter()
        try:
            return self._app(environ, start_response)
        finally:
            self._seconds += time.perf_counter() - self._begun
            self._begun = 0.0

    def share(self) -> float:
        """Which part of the time since it was asked last the app was at work, about."""
        now, begun = time.perf_counter(), self._begun
        seconds = self._seconds + (now - begun if begun else 0.0)
        share = (seconds - self._told) / max(now - self._at, 1e-9)
        self._told, self._at = seconds, now
        return share


class Reaper:
    """Looks after the connections of this process to its own ``port``, of which it has ``room``.

    ``patience`` is in seconds; ``busy`` tells which part of the time since it was asked last the
    app was at work.
    """

    def __init__(
        self, port: int, room: int, patience: float, busy: Callable[[], float] = lambda: 0.0
    ) -> None:
        self._port = port
        self._room = room
        self._patience = patience
        self._busy = busy
        self._looks = 0
        self._known = frozenset[int]()
        """The names of the connections that were there at the last look."""

    def start(self) -> None:
        """Looks from time to time, for as long as the process lives."""
        threading.Thread(target=self._keep_looking, daemon=True).start()

    def _keep_looking(self) -> None:
        while True:
            time.sleep(_LOOK_SECONDS)
            with suppress(OSError):  # no file is left to look with
                self.look()

    def look(self) -> None:
        """Ends what has to be ended by now."""
        descriptors = [int(name) for name in os.listdir(_OPEN_FILES)]  # noqa: PTH208 thousands
        is_crowded = len(descriptors) > _CROWDED * self._room
        self._looks += 1
        if not is_crowded and self._looks % _CALM_LOOKS:
            return
        is_busy = self._busy() > _BUSY
        found = list(_states(descriptors, self._port))
        for descriptor, state in found:
            if state.takes_nothing(self._patience):
                self._end(descriptor, state)
        if is_crowded:
            found.sort(key=lambda one: one[1].rank)
            for descriptor, state in found[: len(descriptors) - int(_CALM * self._room)]:
                may_wait = is_busy and state.rank[0] >= _BEGUN
                if state.since_sent >= _MOMENT_MS and state.name in self._known and not may_wait:
                    self._end(descriptor, state)
        self._known = frozenset(state.name for _, state in found)

    def _end(self, descriptor: int, seen: State) -> None:
        """Ends the connection that was ``seen`` as that descriptor, if it still is that one."""
        try:
            own = socket.socket(fileno=os.dup(descriptor))
        except OSError:
            return  # it has just ended
        with own:
            state = _state(own)
            if state is None or state.progress != seen.progress:
                return  # it is another by now, or goes on
            if state.waiting:  # or the kernel would go on trying to send
                own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
            with suppress(OSError):  # it has just ended
                own.shutdown(socket.SHUT_RDWR)


def _states(descriptors: list[int], port: int) -> Iterator[tuple[int, State]]:
    for descriptor in descriptors:
        # of whatever it is: only its state is asked for, which fails for what is no connection
        try:
            borrowed = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, fileno=descriptor)
        except OSError:
            continue
        try:
            state = _state(borrowed)
            is_own = state and borrowed.getsockname()[1] == port
        finally:
            borrowed.detach()
        if state and is_own:
            yield descriptor, state


def _state(connection: socket.socket) -> State | None:
    """The state of an open connection; None for whatever else it is."""
    try:
        told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO.size)
        name = os.fstat(connection.fileno()).st_ino
    except OSError:
        return None
    if len(told) < _INFO.size:
        return None  # a kernel from before 2017, which doesn't tell
    state, unacked, sent, heard, acked, received, notsent, busy = _INFO.unpack(told)
    if state not in _OPEN:
        return None
    return State(name, bool(unacked or notsent), sent, heard, acked, received, busy // 1000)
