"""What is known of a site's addresses: when each was asked for, and what came of it.

A file of lines beside the captured pages, one for each thing that was found out, the last of which
counts. It is a memory of what the pages themselves say, and of what there is no page of.

Rules
- A page is saved first, and its line written then: whatever ends the program in between, the next
  run finds a page that it doesn't know, and looks into it.
- A line that was not written to its end is none. At the end of a run that left more lines than
  things, the file is written anew, whole.
- One run at a time: whoever has the lock loses it when the process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from feeds.model.errors import CaptureError, LedgerBusyError
from feeds.newsroom import captured, files, space, whole

FILE = f"{captured.FOLDER}/.state.jsonl"
_LOCK = f"{captured.FOLDER}/.lock"
_LEAST_LINES = 1000

_Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Kind = Literal["page", "list", "sitemap", "feed"]
Came = Literal[
    "saved",
    "same",
    "no-story",
    "undated",
    "older",
    "forbidden",
    "elsewhere",
    "gone",
    "vanished",
    "failed",
    "taken-out",
]
"""What came of the last time: *gone* is not there once, *vanished* twice; *older* was let be; of
what was *taken out* an editor deleted the file; of what is *undated* nothing says that it is a
story."""


class Known(msgspec.Struct, frozen=True, omit_defaults=True, tag="a", tag_field="t"):
    """An address, and what came of it. Moments are in UTC.

    ``found``: when it was first seen, or before that, when the site dates it; ``asked``: when it
    was last asked for, None if it never was. ``changed`` is what the site said of its last change
    then, and ``newest`` the newest day that a sitemap or feed named. ``saved`` is the path of the
    newest version. ``to``: where it leads, or what it calls its own address. ``due``: not before
    that again, whatever is said; and then, if ``again``, in any case. ``tries`` were in vain, one
    after the other. ``told``: of what somebody was told. ``parts``: what is asked along with a list
    or sitemap that itself did not change, its sections or parts; ``feeds`` are those that a page
    names. ``said`` is of a change that the site told while the page was let be.
    """

    address: str
    found: _Moment
    kind: Kind = "page"
    came: Came = "saved"
    asked: _Moment | None = None
    changed: str = ""
    etag: str = ""
    modified: str = ""
    saved: str = ""
    to: str = ""
    due: _Moment | None = None
    again: bool = False
    tries: int = 0
    newest: str = ""
    parts: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    found_in: str = ""
    status: int = 0
    why: str = ""
    told: str = ""
    said: str = ""


class Origin(msgspec.Struct, frozen=True, omit_defaults=True, tag="o", tag_field="t"):
    """A server of the site: its robots.txt, and when it may be asked again.

    ``text`` is what was last read of robots.txt, at ``read``. ``until``: it is asked nothing before
    that, since it said so, or failed ``tries`` times.
    """

    origin: str
    text: str = ""
    read: _Moment | None = None
    until: _Moment | None = None
    tries: int = 0
    told: str = ""


_Line = Known | Origin
_DECODER = msgspec.json.Decoder(_Line)
_ENCODER = msgspec.json.Encoder()


class State:
    """All that is known; each change is in the file when ``put`` returns."""

    def __init__(self, root: Path) -> None:
        self._file = root / FILE
        self._lines = 0
        self._is_torn = _is_torn(self._file)
        self.pages: dict[str, Known] = {}
        self.origins: dict[str, Origin] = {}
        for line in _lines(self._file):
            self._lines += 1
            self._take(line)

    def put(self, line: _Line) -> None:
        """Remembers ``line`` from now on. Raises CaptureError or DiskFullError."""
        self._take(line)
        self._lines += 1
        data = b"\n" * self._is_torn + _ENCODER.encode(line) + b"\n"
        self._is_torn = False
        try:
            what = "what is known of the site"
            with space.explained(self._file, len(data), what), self._file.open("ab") as file:
                file.write(data)
            if self._lines == 1:
                whole.give_if_root(self._file, self._file.parent)
        except OSError as error:
            raise _unwritable(self._file, error) from error

    def tidy(self) -> None:
        """Writes the file anew if most of it is no longer so. Raises CaptureError."""
        known = [*self.origins.values(), *self.pages.values()]
        if self._lines < max(_LEAST_LINES, 2 * len(known)):
            return
        try:
            with space.explained(self._file), whole.replacing(self._file, whole.PRIVATE) as part:
                part.write_bytes(b"".join(_ENCODER.encode(line) + b"\n" for line in known))
        except OSError as error:
            raise _unwritable(self._file, error) from error
        self._lines = len(known)

    def _take(self, line: _Line) -> None:
        if isinstance(line, Known):
            self.pages[line.address] = line
        else:
            self.origins[line.origin] = line


class Unwritten(State):
    """The same for a run that only looks: it remembers, and writes nothing down."""

    def put(self, line: _Line) -> None:
        """Remembers ``line`` for this run."""
        self._take(line)

    def tidy(self) -> None:
        """Does nothing."""


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """A block in which no other run captures for the newsroom's folder ``root``.

    Raises LedgerBusyError at once if another is at work, and CaptureError.
    """
    file = root / _LOCK
    try:
        made = not file.parent.is_dir()
        file.parent.mkdir(exist_ok=True)
        if made:
            whole.give_if_root(file.parent, root)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640)
        whole.give_if_root(file, file.parent)
    except OSError as error:
        raise _unwritable(file, error) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LedgerBusyError(
                "another 'feeds capture' is at work here",
                file=str(root),
                remedy="nothing was done; the next run will do it",
                code="capture-busy",
            ) from error
        yield
    finally:
        os.close(descriptor)


def _is_torn(file: Path) -> bool:
    """Whether the last line in ``file`` was not written to its end."""
    try:
        with files.open_regular(file) as lines:
            return (
                bool(lines.seek(0, os.SEEK_END))
                and lines.seek(-1, os.SEEK_END) >= 0
                and (lines.read(1) != b"\n")
            )
    except OSError:
        return False


def _lines(file: Path) -> Iterator[_Line]:
    try:
        with files.open_regular(file) as lines:
            for line in lines:
                with suppress(msgspec.MsgspecError):  # half of one, or of another release
                    yield _DECODER.decode(line)
    except FileNotFoundError:
        return
    except OSError as error:
        raise CaptureError(
            f"what is known of the site can't be read: {error.strerror}",
            file=str(file),
            remedy="let this user read it, or delete it: it is made again from the captured pages",
        ) from error


def _unwritable(file: Path, error: OSError) -> CaptureError:
    return CaptureError(
        f"can't be written: {error.strerror}",
        file=str(file),
        remedy="let the user who runs 'feeds capture' own the folder of captured pages",
    )
