"""Access logs on this machine: opened, unpacked, and counted block by block.

Each log is counted by itself, and asked for lines that logs before it have: what rotated, was
copied or zipped is counted once.
"""

from __future__ import annotations

import gzip
import os
import secrets
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BufferedReader, FileIO
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from feeds.audience.counting import Counter
from feeds.audience.groups import Counted, Part
from feeds.audience.parts import place
from feeds.model.errors import FeedsError
from feeds.model.problem import Problem
from feeds.model.watching import Watch, unwatched
from feeds.newsroom import files

_BLOCK = 1 << 20
_STEP = 1 << 18
_GZIP = b"\x1f\x8b"
_PACKED = {b"\x28\xb5\x2f\xfd": "zstd", b"\xfd7zX": "xz", b"BZh": "bzip2", b"PK\x03\x04": "zip"}
"""How files begin that are packed in another way, and by what."""
_STDIN = "-"
_OPEN_ALREADY = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""What a shell opened for this command, pipes included: somebody writes there."""


class Found(NamedTuple):
    """What logs have: parts of days, each with its salt, and what there is to say of them.

    ``complaints`` are about what was left out.
    """

    parts: list[Part]
    salts: Mapping[str, bytes]
    polls: int
    others: int
    unreadable: int
    complaints: list[Problem]


def count(
    names: Sequence[str],
    salts: Mapping[str, bytes],
    known: Mapping[str, Sequence[Sequence[int]]],
    watch: Watch = unwatched,
) -> Found:
    """What the logs called ``names`` have; ``-`` is standard input.

    ``salts`` and ``known`` marks are those of days that parts are recorded of. ``watch`` is
    handed steps of reading. Raises FeedsError for what can't be read.
    """
    secret = secrets.token_bytes(32)
    found = Found([], dict(salts), 0, 0, 0, [])
    size = sum(path.stat().st_size for path in map(Path, names) if files.is_file(path))
    steps = iter(watch(range(size // _STEP), "reading logs"))
    opened: set[tuple[int, int]] = set()
    for name in names:
        with _open(name) as (log, raw):
            if _identity(raw) in opened:
                twice = Problem("log-named-twice", "named twice; counted once", file=name)
                found.complaints.append(twice)
                continue
            opened.add(_identity(raw))
            counter = Counter(secret, salts, _marks(found.parts, known))
            before = 0
            for some in _lines(log):
                counter.add(some)
                if raw.seekable():
                    for _ in range(raw.tell() // _STEP - before // _STEP):
                        next(steps, None)
                    before = raw.tell()
        found = _with(found, name, counter.counted(), counter.salt)
    for _ in steps:
        pass  # what is left of them when a file was named twice, or grew smaller
    return found


def _marks(
    parts: Sequence[Part], known: Mapping[str, Sequence[Sequence[int]]]
) -> dict[str, frozenset[int]]:
    """What the next log is asked for, by day."""
    made = {day: {mark for some in older for mark in some} for day, older in known.items()}
    for part in parts:
        made.setdefault(part.day, set()).update(part.marks)
    return {day: frozenset(marks) for day, marks in made.items()}


def _with(found: Found, name: str, log: Counted, salt: Callable[[str], bytes]) -> Found:
    """``found``, and what the log called ``name`` has besides."""
    parts, complaints = found.parts, [*found.complaints]
    if log.unreadable and not log.polls and not log.others:
        what = "not a line of it can be read"
        remedy = "give access logs in the combined format, plain or in gzip"
        complaints.append(Problem("log-unreadable", what, remedy=remedy, file=name))
    if log.beyond:
        what = f"{log.beyond:,} polls are not counted: it has too many days, feeds and programs"
        remedy = "give a log of fewer days"
        complaints.append(Problem("log-too-varied", what, remedy=remedy, file=name))
    for part in log.parts:
        same = [one for one in parts if one.day == part.day]
        placed = place(part, [one.marks for one in same])
        if placed.verdict == "overlaps":
            complaints.append(overlap(part.day, name))
        if placed.verdict == "added":
            gone = [same[index] for index in placed.replaced]
            parts = [*(one for one in parts if not any(one is other for other in gone)), part]
    return Found(
        parts,
        {**found.salts, **{part.day: salt(part.day) for part in log.parts}},
        found.polls + log.polls,
        found.others + log.others,
        found.unreadable + log.unreadable,
        complaints,
    )


def overlap(day: str, name: str = "") -> Problem:
    """That a part of ``day`` was left out."""
    return Problem(
        "log-overlaps",
        f"{day} is left out: some of its lines are in another log or recorded already, some not",
        remedy="give whole logs, as the server wrote them",
        file=name,
    )


@contextmanager
def _open(name: str) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """The log called ``name``, unpacked, and the file itself."""
    try:
        raw = _raw(name)
        try:
            start = raw.peek(4)
            for magic, packer in _PACKED.items():
                if start.startswith(magic):
                    raise FeedsError(
                        f"is packed by {packer}, and not in gzip; nothing was done",
                        file=name,
                        remedy="unpack it into a pipe, such as 'zstdcat LOG | feeds audience -'",
                    )
            packed = start.startswith(_GZIP)
            log = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
            yield log, raw
        finally:
            raw.close()
    except (OSError, EOFError, zlib.error) as error:
        if isinstance(error, BrokenPipeError):
            raise
        what = getattr(error, "strerror", None) or f"damaged: {error}"
        raise FeedsError(
            f"can't be read: {what}", file=name, remedy="name a log that is whole; nothing was done"
        ) from error


def _raw(name: str) -> BufferedReader:
    if name == _STDIN:
        return BufferedReader(FileIO(sys.stdin.fileno(), closefd=False))
    if name.startswith(_OPEN_ALREADY):
        return BufferedReader(FileIO(name))
    try:
        return files.open_regular(Path(name))
    except files.OddFileError as error:
        told = f"{error.strerror}; what comes out of a pipe is read as 'feeds audience -'"
        raise OSError(error.errno, told, name) from error


def _identity(raw: BinaryIO) -> tuple[int, int]:
    found = os.fstat(raw.fileno())
    return found.st_dev, found.st_ino


def _lines(log: BinaryIO) -> Iterator[list[bytes]]:
    """The lines of ``log`` without their ends, some at a time."""
    rest = b""
    while block := log.read(_BLOCK):
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        if len(rest) > _BLOCK:
            rest = b" "  # no line is that long; what is left of it can't be read either
        yield lines
    yield [rest]
