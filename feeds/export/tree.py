"""The revisions of a directory: folders that they share, and the link to the one that readers see.

    ROOT/current -> revisions/12.3f9c        what a web server has for its root
    ROOT/revisions/12.3f9c/feeds/…           a revision: files, and links to …
    ROOT/parts/7.81d0+feeds+static/…         folders below, with files, and links to others

Rules
- A revision is made beside the one that is there, out of hard links to what is unchanged; of a
  folder in which nothing changed it has a link alone: so it costs what changed. Then ``current`` is
  replaced, in one step.
- What was replaced stays for a little, for a server that is just about to open it. A part that a
  revision has and the next one hasn't is in none after that, and goes with it.
- What was made by one that was killed was never seen, and goes.
- Names have in them who made what: so nobody ever writes into what another one makes or shows, and
  a revision is told from every other, also from those of a copy of ROOT.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from feeds.newsroom.whole import give_if_root, sync

CURRENT = "current"
_REVISIONS = "revisions"
_PARTS = "parts"
_UNFINISHED = ".part"
_OPEN = 0o755


class Tree:
    """The revisions below ``root``, for ``who`` works on them. All of it may raise OSError."""

    def __init__(self, root: Path, who: str) -> None:
        self._root = root
        self._who = who
        self._revisions = root / _REVISIONS
        self._parts = root / _PARTS

    def open(self) -> None:
        """Makes it ready, and removes what one that was killed has left."""
        for path in (self._revisions, self._parts):
            self.make_folder(path)
        current = self.current()
        shown = _number(current) if current else 0
        left = [
            path
            for path in self._revisions.iterdir()
            if _number(path) >= shown and path.name != (current and current.name)
        ]
        for path in left:
            shutil.rmtree(path)
        for link in self._root.glob(f"{CURRENT}.*"):
            if link.is_symlink():
                link.unlink()
        if left:
            self._sweep()

    def current(self) -> Path | None:
        """The revision that readers see; None if there is none."""
        link = self._root / CURRENT
        if not link.is_symlink():
            return None
        found = self._root / link.readlink()
        return found if found.is_dir() else None

    def has_others(self, base: str) -> bool:
        """Whether readers see anything that is not below ``base``."""
        place = self.current()
        for name in base.split("/"):
            if place is None or not place.is_dir():
                return False
            if any(entry.name != name for entry in place.iterdir()):
                return True
            place /= name
        return False

    def switch(
        self, base: str, changes: Mapping[str, Path | None], hold: Callable[[], None], *, only: bool
    ) -> None:
        """Has readers see a revision with ``changes``: files by their paths below ``base``.

        They are moved there; None stands for what is to go. ``only``: nothing is to be but what is
        below ``base``. It is made, and then, once ``hold`` has returned, shown.
        """
        old = self.current()
        number = 1 + max((_number(path) for path in self._finished()), default=0)
        name = f"{number}.{self._who}"
        new = self._revisions / f"{name}{_UNFINISHED}"
        self.make_folder(new)
        if old and not only:
            self._keep(old, new, base)
        part = f"{name}+{base.replace('/', '+')}"
        self._grow(old / base if old else None, new / base, _nested(changes), part)
        hold()
        new.rename(self._revisions / name)
        link = self._root / f"{CURRENT}.{self._who}"
        link.symlink_to(f"{_REVISIONS}/{name}")
        link.replace(self._root / CURRENT)
        with suppress(OSError):
            sync(self._root)
        if old:
            os.utime(old)  # since when it is replaced

    def collect(self, lingering: float) -> None:
        """Removes what was replaced for ``lingering`` seconds."""
        current = self.current()
        shown = _number(current) if current else 0
        there = sorted((one for one in self._finished() if _number(one) <= shown), key=_number)
        for path, following in pairwise(there):
            # without lingering no clock is asked: that of a server of files may be ahead
            if lingering > 0 and time.time() - path.stat().st_mtime < lingering:
                break
            for part in [*self._dropped(path, following)]:
                shutil.rmtree(self._parts / part, ignore_errors=True)
            shutil.rmtree(path)

    def _finished(self) -> list[Path]:
        return [one for one in self._revisions.iterdir() if not one.name.endswith(_UNFINISHED)]

    def make_folder(self, path: Path) -> None:
        """Makes a folder that everybody may read, if there is none."""
        if not path.is_dir():
            path.mkdir(parents=True)
            path.chmod(_OPEN)
            give_if_root(path, self._root if self._root.is_dir() else path.parent)

    def files(self, base: str) -> Iterator[str]:
        """What readers see below ``base``, as paths from there; folders are opened for everybody.

        Nothing is followed but links to parts in their own places: others may lead in a circle.
        """
        current = self.current()
        if current:
            for path in (self._revisions, self._parts, current):
                _open_to_all(path)
            yield from self._files(current / base, base.replace("/", "+"), "")

    def _files(self, folder: Path, name: str, above: str) -> Iterator[str]:
        _open_to_all(folder)
        for entry in _entries(folder):
            place = f"{above}{entry.name}"
            part = _part(entry)
            within = f"{name}+{entry.name}"
            if part and part.partition("+")[2] == within and (self._parts / part).is_dir():
                yield from self._files(self._parts / part, within, f"{place}/")
            elif entry.is_dir(follow_symlinks=False):
                yield from self._files(Path(entry.path), within, f"{place}/")
            else:
                yield place

    def _keep(self, old: Path, new: Path, base: str) -> None:
        """Has in ``new`` what ``old`` has elsewhere than below ``base``."""
        for place, folders, files in os.walk(old):
            folder = Path(place).relative_to(old)
            if folder.as_posix() == base:
                folders.clear()
                continue
            for name in files:
                self.make_folder(new / folder)
                os.link(Path(place, name), new / folder / name)
            for name in folders:
                path, there = Path(place, name), folder / name
                if path.is_symlink() and not Path(base).is_relative_to(there):
                    self.make_folder(new / folder)
                    (new / there).symlink_to(path.readlink())

    def _grow(self, old: Path | None, new: Path, changes: _Changes, name: str) -> int:
        """Makes ``new`` of what is in ``old``, with ``changes``; returns how much is in it.

        ``name`` is that of the part that it is, and how names of parts in it begin.
        """
        shutil.rmtree(new, ignore_errors=True)
        self.make_folder(new)
        before = {entry.name: _part(entry) for entry in _entries(old)}
        count = self._link(old, new, {*changes.files, *changes.folders})
        parts = os.path.relpath(self._parts, new)
        for file, staged in changes.files.items():
            if staged:
                staged.rename(new / file)
                count += 1
        for folder, within in changes.folders.items():
            part, known = f"{name}+{folder}", before.get(folder)
            if self._grow(self._parts / known if known else None, self._parts / part, within, part):
                (new / folder).symlink_to(f"{parts}/{part}")
                count += 1
            else:
                (self._parts / part).rmdir()
        return count

    def _link(self, old: Path | None, new: Path, changed: Collection[str]) -> int:
        """Has in ``new`` what ``old`` has and is not ``changed``; returns how much that is."""
        parts = os.path.relpath(self._parts, new)
        count = 0
        for entry in _entries(old):
            if entry.name in changed:
                continue
            part = _part(entry)
            if part and (self._parts / part).is_dir():
                (new / entry.name).symlink_to(f"{parts}/{part}")
                count += 1
            elif entry.is_file(follow_symlinks=False):
                os.link(entry.path, new / entry.name)
                count += 1
        return count

    def _dropped(self, old: Path, new: Path | None) -> Iterator[str]:
        """The parts that ``old`` has and ``new`` hasn't."""
        kept = {entry.name: entry for entry in _entries(new)}
        for entry in _entries(old):
            other = kept.get(entry.name)
            if entry.is_dir(follow_symlinks=False):
                yield from self._dropped(Path(entry.path), other and Path(other.path))
            elif part := _part(entry):
                there = _part(other) if other else ""
                if part != there:
                    within = self._parts / there if there else None
                    yield from self._dropped(self._parts / part, within)
                    yield part

    def _sweep(self) -> None:
        """Removes all parts that no revision has."""
        needed = {part for path in self._revisions.iterdir() for part in self._dropped(path, None)}
        for path in self._parts.iterdir():
            if path.name not in needed:
                shutil.rmtree(path)


class _Changes:
    """What is to be in a folder, and in those within: files, or None for what is to go."""

    def __init__(self) -> None:
        self.files: dict[str, Path | None] = {}
        self.folders: dict[str, _Changes] = {}


def _nested(changes: Mapping[str, Path | None]) -> _Changes:
    """``changes`` by folders."""
    found = _Changes()
    for path, staged in changes.items():
        *folders, name = path.split("/")
        place = found
        for folder in folders:
            place = place.folders.setdefault(folder, _Changes())
        place.files[name] = staged
    return found


def _entries(folder: Path | None) -> Iterator[os.DirEntry[str]]:
    """What is in ``folder``: nothing, if there is none."""
    if folder and folder.is_dir():
        with os.scandir(folder) as entries:
            yield from entries


def _open_to_all(folder: Path) -> None:
    if folder.is_dir() and folder.stat().st_mode & _OPEN != _OPEN:
        folder.chmod(_OPEN)


def _part(entry: os.DirEntry[str]) -> str:
    """The part that ``entry`` is a link to; empty if it is none, as what somebody put there."""
    if not entry.is_symlink():
        return ""
    folder, _, name = os.readlink(entry.path).rpartition("/")  # noqa: PTH115 - there are many
    return name if "+" in name and folder.endswith(("..", _PARTS)) else ""


def _number(revision: Path) -> float:
    """The number of a revision; of one that was never finished, one above all."""
    number = revision.name.partition(".")[0]
    is_finished = number.isdigit() and not revision.name.endswith(_UNFINISHED)
    return int(number) if is_finished else float("inf")
