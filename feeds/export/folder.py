"""A directory as a target: readers see one revision or another, and never a half.

Rules
- A file's time is since when it is as it is, and its codings have the same: by time and size nginx
  tells files apart, and codings must be as old as what they are of.
- Files are for everybody to read, whatever the umask: all of it is public.
- Who was overtaken finds what it staged gone, and shows nothing.
- Where a story was taken back nothing of before stays: who has a file open reads it to its end.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from feeds.export import layout
from feeds.export.layout import File, Kind
from feeds.export.targets import MARK, Hold, Mark, decoded, foreign, refuse_others
from feeds.export.tree import Tree
from feeds.ledger import exports
from feeds.model.errors import DiskFullError, TargetError
from feeds.newsroom import space
from feeds.newsroom.whole import PUBLIC, give_if_root, sync, write_whole
from feeds.syndication import encodings

_STAGING = "staging"
_KINDS: tuple[Kind, ...] = ("page", "moved", "gone")
_CODED: dict[str, Callable[[bytes], bytes]] = {
    ".gz": encodings.gzipped,
    ".br": lambda body: encodings.codings(body).brotli,
}
_CODINGS = ("", *_CODED)
_LINGERING_SECONDS = 30.0
_FEW = 200
"""So many files are brought to the disk one by one; of more, all that the system has."""


class Folder:
    """The directory called ``name``, an absolute path; raises TargetError for a file."""

    most = 5000
    is_whole = True

    def __init__(self, name: str) -> None:
        self._root = Path(name)
        if self._root.is_file():
            raise TargetError(
                "is a file, not a directory; nothing was written",
                file=name,
                remedy="name a directory, or move the file away",
            )
        who = secrets.token_hex(8)
        self._tree = Tree(self._root, who)
        self._staging = self._root / _STAGING / who
        self._base = ""
        self._changes: dict[str, Path | None] = {}
        self._stray: set[str] = set()
        self._staged = 0
        self._takes_back = False

    def open(self, mark: Mark, base: str, hold: Hold) -> str:
        """See ``Target``."""
        self._base, self._hold = base, hold
        file = self._root / MARK
        with self._explained():
            is_marked = file.is_file()
            if is_marked:
                refuse_others(decoded(file.read_bytes(), str(self._root)), mark, str(self._root))
            elif self._root.is_dir() and any(self._root.iterdir()):
                raise foreign(str(self._root), "holds files of others")
            for folder in (*reversed(self._root.parents), self._root):
                self._tree.make_folder(folder)
            if not is_marked:
                write_whole(file, msgspec.json.encode(mark), PUBLIC)
                file.chmod(PUBLIC)
            self._tree.open()
            # of one that was killed, or overtaken
            shutil.rmtree(self._root / _STAGING, ignore_errors=True)
            for folder in (self._staging.parent, self._staging):
                self._tree.make_folder(folder)
            old = self._tree.current()
            return old.name if is_marked and old and (old / base).is_dir() else ""

    def put(self, files: Sequence[File]) -> Mapping[str, str]:
        """See ``Target``."""
        self._takes_back |= any(file.kind == "gone" for file in files)
        tags = {}
        for file in files:
            self._hold()
            tags[file.address] = self._put(file)
        return tags

    def _put(self, file: File) -> str:
        self.remove([file.address])
        bodies = {"": file.body}
        if layout.has_brotli(file.address):
            bodies[".gz"], bodies[".br"] = encodings.codings(file.body)
        else:
            bodies[".gz"] = encodings.gzipped(file.body)
        name = layout.place(file.address, file.kind)
        moment = int(file.modified.timestamp())
        with self._explained():
            for suffix, body in bodies.items():
                if body or not suffix:
                    self._staged += 1
                    staged = self._staging / str(self._staged)
                    staged.write_bytes(body)
                    staged.chmod(PUBLIC)
                    give_if_root(staged, self._root)
                    os.utime(staged, (moment, moment))
                    if self._staged <= _FEW:
                        sync(staged)
                    self._changes[name + suffix] = staged
                    self._stray.discard(name + suffix)
        return hashlib.sha256(file.body).hexdigest()[:32]

    def remove(self, addresses: Collection[str]) -> None:
        """See ``Target``."""
        for address in addresses:
            for kind in _KINDS:
                for suffix in _CODINGS:
                    name = f"{layout.place(address, kind)}{suffix}"
                    self._changes[name] = None

    def publish(self, *, last: bool = False) -> str:
        """See ``Target``."""
        if last:
            self._changes |= dict.fromkeys(self._stray)
            self._stray = set()
        with self._explained():
            is_changed = self._changes or self._tree.current() is None
            if self._staged > _FEW:
                os.sync()  # what is linked to is on the disk before the link is
            if is_changed or (last and self._tree.has_others(self._base)):
                self._tree.switch(self._base, self._changes, self._hold, only=last)
            self._changes = {}
            self._tree.collect(0.0 if last and self._takes_back else _LINGERING_SECONDS)
            shown = self._tree.current()
        return shown.name if shown else ""

    def faults(self, known: Iterable[exports.File]) -> list[str]:
        """See ``Target``."""
        current = self._tree.current()
        base = current / self._base if current else None
        damaged = []
        expected: set[str] = set()
        for file in known:
            self._hold()
            place = layout.place(file.address, file.kind)
            expected.update(f"{place}{suffix}" for suffix in _CODINGS)
            if base is None or not _is_whole(base / place, file):
                damaged.append(file.address)
        if base is None:
            return damaged
        # a link may have been put where a file was: only what is there is told
        with self._explained():
            self._stray = {place for place in self._tree.files(self._base) if place not in expected}
        return damaged

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            with space.explained(self._root):
                yield
        except DiskFullError as error:  # the target's fault alone: others aren't kept waiting
            raise TargetError(
                error.problem.what,
                file=error.problem.file or str(self._root),
                remedy="make room on this disk",
                code=error.problem.code,
            ) from error
        except OSError as error:
            raise TargetError(
                f"can't be written: {error.strerror}",
                file=str(error.filename or self._root),
                remedy="let the user who runs it own this directory",
            ) from error


def _is_whole(path: Path, file: exports.File) -> bool:
    """Whether the file at ``path``, and its codings, are as they were put."""
    try:
        body = path.read_bytes()
        if hashlib.sha256(body).hexdigest()[:32] != file.tag or path.is_symlink():
            return False
        told = path.stat()
        if file.modified is None or int(told.st_mtime) != int(file.modified.timestamp()):
            return False
        if told.st_mode & PUBLIC != PUBLIC:
            return False
        for suffix, coded in _CODED.items():
            beside = path.with_name(path.name + suffix)
            if beside.exists():
                is_same = beside.read_bytes() == coded(body)
                if not is_same or _seen(beside.stat()) != _seen(told):
                    return False
            elif (suffix == ".gz" or layout.has_brotli(file.address)) and coded(body):
                return False
    except OSError:
        return False
    return True


def _seen(file: os.stat_result) -> tuple[float, int]:
    return file.st_mtime, file.st_mode
