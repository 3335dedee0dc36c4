"""A directory as a target: readers see one revision or another, and never a half.

    TARGET/current -> revisions/12       what a web server has for its root
    TARGET/revisions/12/feeds/…          a revision: files, and links to …
    TARGET/parts/7+feeds+static/…        folders below, which revisions share until they change

Rules
- A revision is made beside the one that is there, out of hard links to what is unchanged, and of a
  folder that is unchanged it has a link alone: so it costs what changed. Then ``current`` is
  replaced, in one step.
- A file's time is since when it is as it is, and its codings have the same: by time and size nginx
  tells files apart, and codings must be as old as what they are of.
- Files are for everybody to read, whatever the umask: all of it is public.
- What was replaced stays for a little, for a server that is just about to open it. But where a
  story was taken back nothing of before stays: who has a file open reads it to its end.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from feeds.export import layout
from feeds.export.layout import File, Kind
from feeds.export.targets import MARK, Mark, decoded, foreign, refuse_others
from feeds.ledger import exports
from feeds.model.errors import DiskFullError, TargetError
from feeds.newsroom import space
from feeds.newsroom.whole import give_if_root, sync, write_whole
from feeds.syndication import encodings

CURRENT = "current"
_REVISIONS = "revisions"
_PARTS = "parts"
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
    """The directory called ``name``, an absolute path."""

    most = 5000
    is_whole = True

    def __init__(self, name: str) -> None:
        self._root = Path(name)
        self._base = ""
        self._changes: dict[str, Path | None] = {}
        self._staged = 0
        self._takes_back = False

    def open(self, mark: Mark, base: str) -> bool:
        """See ``Target``."""
        self._base = base
        file = self._root / MARK
        with self._explained():
            is_marked = file.is_file()
            if is_marked:
                refuse_others(decoded(file.read_bytes(), str(self._root)), mark, str(self._root))
            elif self._root.is_dir() and any(self._root.iterdir()):
                raise foreign(str(self._root), "holds files of others")
            self._root.mkdir(parents=True, exist_ok=True)
            if not is_marked:
                write_whole(file, msgspec.json.encode(mark), 0o644)
            for name in (_REVISIONS, _PARTS):
                self._folder(self._root / name)
            shutil.rmtree(self._root / _STAGING, ignore_errors=True)  # of one that was killed
            self._folder(self._root / _STAGING)
            old = self._current()
            return is_marked and old is not None and (old / base).is_dir()

    def put(self, files: Sequence[File]) -> Mapping[str, str]:
        """See ``Target``."""
        self._takes_back |= any(file.kind == "gone" for file in files)
        return {file.address: self._put(file) for file in files}

    def _put(self, file: File) -> str:
        self.remove([file.address])
        bodies = {"": file.body}
        if file.has_brotli:
            bodies[".gz"], bodies[".br"] = encodings.codings(file.body)
        else:
            bodies[".gz"] = encodings.gzipped(file.body)
        name = f"{self._base}/{layout.place(file.address, file.kind)}"
        moment = int(file.modified.timestamp())
        with self._explained():
            for suffix, body in bodies.items():
                if body or not suffix:
                    self._staged += 1
                    staged = self._root / _STAGING / str(self._staged)
                    staged.write_bytes(body)
                    staged.chmod(0o644)
                    give_if_root(staged, self._root)
                    os.utime(staged, (moment, moment))
                    if self._staged <= _FEW:
                        sync(staged)
                    self._changes[name + suffix] = staged
        return hashlib.sha256(file.body).hexdigest()[:32]

    def remove(self, addresses: Collection[str]) -> None:
        """See ``Target``."""
        for address in addresses:
            for kind in _KINDS:
                for suffix in _CODINGS:
                    name = f"{self._base}/{layout.place(address, kind)}{suffix}"
                    self._changes[name] = None

    def publish(self, *, last: bool = False) -> None:
        """See ``Target``."""
        with self._explained():
            old = self._current()
            if self._changes or old is None or (last and self._has_others(old)):
                self._switch(old, last=last)
            self._changes = {}
            self._collect(0.0 if last and self._takes_back else _LINGERING_SECONDS)

    def _switch(self, old: Path | None, *, last: bool) -> None:
        """Makes the revision, and has readers see it."""
        known = [int(path.name) for path in self._revisions()]
        number = max(known, default=0) + 1
        new = self._root / _REVISIONS / f"{number}.part"
        shutil.rmtree(new, ignore_errors=True)
        links = self._links(old) if old else {}
        if last:
            links = {folder: part for folder, part in links.items() if self._is_ours(folder)}
        by_folder: dict[str, dict[str, Path | None]] = {self._base: {}}
        for name, staged in self._changes.items():
            folder, _, file = name.rpartition("/")
            by_folder.setdefault(folder, {})[file] = staged
        self._folder(new)
        self._grow(old / self._base if old else None, new / self._base, by_folder.pop(self._base))
        links = self._shared(links, by_folder, number)
        if old and not last:
            for folder in self._elsewhere(old):
                self._grow(old / folder, new / folder, {})
        for folder, part in links.items():
            self._folder((new / folder).parent)
            there = os.path.relpath(self._root / _PARTS / part, (new / folder).parent)
            # the revision is renamed within its folder, so that links stay right
            (new / folder).symlink_to(there)
        if self._staged > _FEW:
            os.sync()  # what is linked to is on the disk before the link is
        made = new.with_name(str(number))
        new.rename(made)
        link = self._root / f"{CURRENT}.new"
        link.unlink(missing_ok=True)
        link.symlink_to(f"{_REVISIONS}/{number}")
        link.replace(self._root / CURRENT)
        with suppress(OSError):
            sync(self._root)
        if old:
            os.utime(old)  # since when it is replaced

    def _shared(
        self,
        links: Mapping[str, str],
        by_folder: Mapping[str, Mapping[str, Path | None]],
        number: int,
    ) -> dict[str, str]:
        """``links`` with new parts for the folders that changed, without those left empty."""
        found = {**links}
        for folder, changes in by_folder.items():
            before = self._root / _PARTS / found.pop(folder) if folder in found else None
            part = f"{number}+{folder.replace('/', '+')}"
            if self._grow(before, self._root / _PARTS / part, changes):
                found[folder] = part
        return found

    def _grow(self, old: Path | None, new: Path, changes: Mapping[str, Path | None]) -> int:
        """Makes ``new`` of what is in ``old``, with ``changes``; returns how many files it has."""
        shutil.rmtree(new, ignore_errors=True)
        self._folder(new)
        count = 0
        if old and old.is_dir():
            with os.scandir(old) as entries:
                for entry in entries:
                    if entry.name not in changes and entry.is_file(follow_symlinks=False):
                        os.link(entry.path, new / entry.name)
                        count += 1
        for name, staged in changes.items():
            if staged:
                staged.rename(new / name)
                count += 1
        if not count and new.parent.name == _PARTS:
            new.rmdir()
        return count

    def _current(self) -> Path | None:
        link = self._root / CURRENT
        if not link.is_symlink():
            return None
        found = self._root / link.readlink()
        return found if found.is_dir() else None

    def _links(self, revision: Path) -> dict[str, str]:
        """The folders that ``revision`` shares, and the parts that they are."""
        found = {}
        for place, folders, _ in os.walk(revision):
            for name in folders:
                path = Path(place, name)
                if path.is_symlink():
                    found[path.relative_to(revision).as_posix()] = path.readlink().name
        return found

    def _revisions(self) -> list[Path]:
        return [path for path in (self._root / _REVISIONS).iterdir() if path.name.isdigit()]

    def _is_ours(self, folder: str) -> bool:
        return folder.startswith(f"{self._base}/")

    def _has_others(self, revision: Path) -> bool:
        """Whether anything in it is not where the feeds are now."""
        shared = (folder for folder in self._links(revision) if not self._is_ours(folder))
        return any(shared) or bool(self._elsewhere(revision))

    def _elsewhere(self, revision: Path) -> list[str]:
        """The folders with files of their own that are not where the feeds are now."""
        walked = (Path(place) for place, _, files in os.walk(revision) if files)
        found = [path.relative_to(revision).as_posix() for path in walked]
        return [folder for folder in found if folder != self._base]

    def _collect(self, lingering: float) -> None:
        """Removes what was replaced for ``lingering`` seconds."""
        current = self._current()
        kept = []
        for path in (self._root / _REVISIONS).iterdir():
            is_left = path != current and (
                not path.name.isdigit() or time.time() - path.stat().st_mtime >= lingering
            )
            if is_left:
                shutil.rmtree(path)
            else:
                kept.append(path)
        needed = {part for path in kept for part in self._links(path).values()}
        for path in (self._root / _PARTS).iterdir():
            if path.name not in needed:
                shutil.rmtree(path)

    def faults(self, known: Iterable[exports.File]) -> list[str]:
        """See ``Target``."""
        current = self._current()
        base = current / self._base if current else None
        damaged = []
        expected: set[str] = set()
        for file in known:
            place = layout.place(file.address, file.kind)
            expected.update(f"{place}{suffix}" for suffix in _CODINGS)
            if base is None or not _is_whole(base / place, file):
                damaged.append(file.address)
        if base is None:
            return damaged
        # a link may have been put where a file was: only what is there is told
        for place in _walked(base):
            if place not in expected:
                self._changes[f"{self._base}/{place}"] = None
        return damaged

    def _folder(self, path: Path) -> None:
        if not path.is_dir():
            path.mkdir(parents=True)
            path.chmod(0o755)
            give_if_root(path, self._root)

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
        if file.modified is None or int(path.stat().st_mtime) != int(file.modified.timestamp()):
            return False
        for suffix, coded in _CODED.items():
            beside = path.with_name(path.name + suffix)
            if beside.exists():
                is_same = beside.read_bytes() == coded(body)
                if not is_same or beside.stat().st_mtime != path.stat().st_mtime:
                    return False
            elif suffix == ".gz" and coded(body):
                return False
    except OSError:
        return False
    return True


def _walked(base: Path) -> Iterator[str]:
    """The files below ``base``, as paths from there."""
    for place, _, files in os.walk(base, followlinks=True):
        for name in files:
            yield Path(place, name).relative_to(base).as_posix()
