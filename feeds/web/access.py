"""The access log: combined format, with the coding of the answer behind it.

    203.0.113.9 - - [23/Nov/2026:05:20:00 +0000] "GET /feeds/latest.rss HTTP/1.1" 200 6316 "-" \
"NetNewsWire (RSS Reader)" gzip

Rules
- Lines of some milliseconds are written in one go, since each write costs as much as what it tells
  of, and are short enough for a pipe to take them so: workers share the log.
- Nobody waits for the log. Lines that it doesn't take at once are lost, and are counted; when it
  takes lines again, one of them says how many.
- What clients send is escaped: it can neither end a line nor a field.
- No token of a key is in it: the key's name stands in its place, also as the user; where a token
  opens nothing, in a query or another field, there is a hyphen.
"""

from __future__ import annotations

import os
import re
import select
import socket
import stat
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from feeds.ledger.keys import TOKEN_MARK
from feeds.web import keys

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_UNSAFE = re.compile(r"[^ !#-\[\]-~]")
_LONGEST = 1024
"""Of a field, in characters as they are written; three such fields go into a pipe at once."""
_LONGEST_ADDRESS = 64
_TOKEN = re.compile(rf"{TOKEN_MARK}[\w%~.-]*", re.ASCII)
_TOGETHER_SECONDS = 0.02
_TOGETHER_BYTES = select.PIPE_BUF - 100
"""What a pipe takes in one go, or not at all, but for what is said of lines that were lost."""
_MOST_WAITING = 512
"""Lines that wait, of some 200 bytes as a rule and 4 kB at most."""


class Output:
    """An open file that lines go to; it is never waited for. For one thread.

    ``descriptor`` stays open, and others who have it may still write to it as they did.
    """

    def __init__(self, descriptor: int) -> None:
        self._send = _sender(descriptor)
        self._begun = b""
        self._lost = 0

    def write(self, lines: bytes) -> None:
        """Writes ``lines``, or counts as lost what isn't taken. Never raises, never waits."""
        if self._begun:
            self._begun = self._begun[self._sent(self._begun) :]
        if self._put(lines):
            return
        each = lines.splitlines(keepends=True)
        for line in each:  # there may be room for some of several
            if len(each) == 1 or not self._put(line):
                self._lost += 1

    def _put(self, lines: bytes) -> bool:
        """Whether ``lines`` were taken; if only a part was, the rest comes first from now on."""
        if self._lost:
            were = "line was" if self._lost == 1 else "lines were"
            lines = b"%d %s lost here: the log took none\n%s" % (self._lost, were.encode(), lines)
        size = 0 if self._begun else self._sent(lines)
        if size:
            self._begun, self._lost = lines[size:], 0
        return bool(size)

    def _sent(self, data: bytes) -> int:
        """How much of ``data`` was taken at once."""
        try:
            return self._send(data)
        except OSError:  # nobody reads, a full disk
            return 0


def _sender(descriptor: int) -> Callable[[bytes], int]:
    """Writes to the same file as ``descriptor``, and raises BlockingIOError where that waited."""
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISSOCK(mode):
        connected = socket.socket(fileno=os.dup(descriptor))
        return lambda data: connected.send(data, socket.MSG_DONTWAIT)
    if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        # opened anew, since whoever shares the open file would not wait any more either
        with suppress(OSError):
            flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY
            descriptor = os.open(f"/dev/fd/{descriptor}", flags)
        os.set_blocking(descriptor, False)
    return lambda data: os.write(descriptor, data)


class Together:
    """Hands lines to ``write`` as many at a time as came within some milliseconds.

    Any thread may bring some; one at a time hands them on. What waits when the process ends as it
    should is handed on then, and what still comes at once.
    """

    def __init__(
        self, write: Callable[[bytes], object], seconds: float = _TOGETHER_SECONDS
    ) -> None:
        self._write = write
        self._seconds = seconds
        # added to and taken from, never replaced: who is just adding a line holds no lock
        self._lines: deque[bytes] = deque()
        self._some = threading.Event()
        self._writing = threading.Lock()
        threading.Thread(target=self._keep_writing, daemon=True).start()
        self._is_ending = False
        Finalize(None, self._end, exitpriority=0)  # atexit is not asked where workers end

    def add(self, line: bytes) -> None:
        """Takes ``line``, which is written within some milliseconds."""
        self._lines.append(line)
        if self._is_ending or len(self._lines) >= _MOST_WAITING:
            self.flush()
        elif not self._some.is_set():
            self._some.set()

    def flush(self) -> None:
        """Has written what was added so far, in its order."""
        with self._writing:
            some, size = list[bytes](), 0
            while self._lines:
                if some and size + len(self._lines[0]) > _TOGETHER_BYTES:
                    self._write(b"".join(some))
                    some, size = [], 0
                some.append(self._lines.popleft())
                size += len(some[-1])
            if some:
                self._write(b"".join(some))

    def _end(self) -> None:
        self._is_ending = True  # what is answered from now on waits for nobody
        self.flush()

    def _keep_writing(self) -> None:
        while True:
            self._some.wait()
            time.sleep(self._seconds)
            self._some.clear()  # before lines are taken: what comes from now on wakes again
            self.flush()


class AccessLog:
    """WSGI middleware that hands a line for each answer to ``write``.

    ``behind_proxy``: the client's address is the last that X-Forwarded-For has, which the proxy
    wrote; without a proxy of one's own a client could write there what it likes.
    """

    def __init__(
        self,
        app: WSGIApplication,
        write: Callable[[bytes], object],
        *,
        behind_proxy: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._app = app
        self._write = write
        self._behind_proxy = behind_proxy
        self._clock = clock

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Has the app answer, and notes how."""
        started: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            started[:] = status, headers.copy()
            return start_response(status, headers, *more)

        body = self._app(environ, start)
        status, headers = started
        size = coding = "-"
        for name, value in headers:
            if name == "Content-Encoding":
                coding = value
            elif name == "Content-Length" and environ["REQUEST_METHOD"] != "HEAD":
                size = value
        agent = _safe(environ.get("HTTP_USER_AGENT") or "-")
        referer = _safe(environ.get("HTTP_REFERER") or "-")
        user = environ.get(keys.USER, "-")
        line = (
            f"{self._address(environ)} - {user} [{_moment(int(self._clock()))}] "
            f'"{_request(environ)}" {status[:3]} {size} "{referer}" "{agent}" {coding}\n'
        )
        if TOKEN_MARK in line:
            line = _TOKEN.sub(keys.NO_KEY, line)
        self._write(line.encode("ascii"))
        return body

    def _address(self, environ: dict[str, Any]) -> str:
        forwarded = environ.get("HTTP_X_FORWARDED_FOR") if self._behind_proxy else None
        if forwarded:
            last = forwarded.rpartition(",")[2].strip()[:_LONGEST_ADDRESS]
            return _safe(last).replace(" ", "") or "-"
        return environ.get("REMOTE_ADDR") or "-"


def _request(environ: dict[str, Any]) -> str:
    path = environ["PATH_INFO"]
    if not path.isascii() or " " in path:
        path = quote(path.encode("latin-1", "replace"))  # as PEP 3333 has it
    query = environ.get("QUERY_STRING")
    asked = f"{path}?{query}" if query else path
    protocol = environ.get("SERVER_PROTOCOL", "HTTP/1.1")
    if protocol == "HTTP/1":
        protocol = "HTTP/1.0"
    return _safe(f"{environ['REQUEST_METHOD']} {asked} {protocol}")


@lru_cache(maxsize=2)
def _moment(second: int) -> str:
    """A second since 1970 in UTC; months in English whatever the locale."""
    at = time.gmtime(second)
    month = _MONTHS[at.tm_mon - 1]
    return f"{at.tm_mday:02}/{month}/{at.tm_year}:" + time.strftime("%H:%M:%S +0000", at)


def _safe(text: str) -> str:
    if _UNSAFE.search(text):
        text = _UNSAFE.sub(_escaped, text[:_LONGEST])
    return f"{text[:_LONGEST]}..." if len(text) > _LONGEST else text


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02X}" for byte in found[0].encode("latin-1", "replace"))
