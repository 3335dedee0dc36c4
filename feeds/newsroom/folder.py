"""The newsroom's folder: which pages are in it, and their bytes, read with suspicion.

Rules
- A file is left for the next run if it changes while it is read.
- Nothing outside the folder is read: a link out of it is refused, and linked folders are
  not entered. What is no regular file is not opened.
- What a program keeps beside a page that it saved "complete" (``NAME_files`` beside
  ``NAME.html``, in whatever language) is part of that page, and no page: it is passed over in
  silence.
- Pictures, recordings, styles, scripts, fonts and what systems leave in folders are no pages by the
  ending of their names, and are counted alone: they lie beside pages everywhere. What may hold a
  story (``.pdf``, ``.doc``) is among the pages, and refused there by its name.
- Paths are relative to the folder, with ``/``, and in a fixed order.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO

import msgspec

from feeds.model.errors import FeedsError, PageError
from feeds.newsroom import files
from feeds.newsroom.theme import FOLDER as THEME
from feeds.text import saved_pages

SETTLED = timedelta(seconds=0.3)

TABLE = "pages.csv"
DECISIONS = "decisions.toml"
IMPORTED = "imported"
"""The folder in which feeds that were taken over are kept."""
_NOT_PAGES = {"site.toml", TABLE, DECISIONS, IMPORTED, THEME}
_LEADS_OUT = "a link to a file outside the newsroom's folder", "copy the file here"
_NO_NAMES = (".", "~$")
"""How the names of hidden files begin, and of those that Word keeps beside what it has open."""
_BESIDE = frozenset(
    "jpg jpeg jpe png gif webp avif heic bmp tif tiff svg ico mp3 m4a ogg oga opus wav flac aac "
    "mp4 m4v webm mov avi mkv ogv vtt srt css scss sass less js mjs woff woff2 ttf otf eot".split()
)
"""Endings of what lies beside pages, and holds no story."""
_OF_SYSTEMS = frozenset(["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"])
_OF_FOLDERS = ".11tydata."
"""In the names of programs that may keep a folder's pages back (``folder_rules``)."""
_LEFTOVERS = ("~", ".swp", ".swx", ".tmp", ".part", ".bak")


class Found(msgspec.Struct, frozen=True):
    """A file in the folder. ``signature`` changes whenever the file may have changed."""

    path: str
    signature: str
    written: float
    size: int
    refusal: PageError | None = None

    @property
    def modified(self) -> datetime:
        """When the file was last written to, in UTC; ``written`` in seconds since 1970."""
        return datetime.fromtimestamp(self.written, UTC)


class ChangedError(PageError):
    """A file changed while it was read."""

    def __init__(self, path: str) -> None:
        super().__init__(
            "the file changed while it was read", file=path, remedy="left for the next run"
        )


def pages(root: Path, below: str = "", beside: Counter[str] | None = None) -> list[Found]:
    """Every file under ``root`` that should be a page, by path.

    ``beside`` counts the others, by the endings of their names or as what these name.

    With ``below``, the path of a file or folder, only what is there, and nothing else is looked at.
    Raises FeedsError if the folder itself can't be listed; a folder inside it that can't
    be is among the results, with its refusal.
    """
    refuse_missing(root)
    base = os.path.realpath(root)
    found: list[Found] = []
    if not below:
        _look_into(base, "", base, found, beside)
    elif _may_be_pages(base, below):
        place, name = os.path.split(below)
        if not _is_folder(f"{base}/{below}"):
            found += filter(None, [page(root, below)])
        elif not _is_part_of_a_page(f"{base}/{place}", name):
            _look_into(f"{base}/{below}", f"{below}/", base, found, beside)
    found.sort(key=attrgetter("path"))
    return found


def page(root: Path, path: str) -> Found | None:
    """The one of ``pages`` that is at ``path``; None if there is none."""
    base = os.path.realpath(root)
    file = Path(base, path)
    if not _may_be_pages(base, path) or _is_folder(file) or not os.path.lexists(file):
        return None
    if kind_beside(file.name):
        return None
    return _found(file, path, base)


def refuse_missing(root: Path) -> None:
    """Raises FeedsError unless the newsroom's folder is there, and may be looked at."""
    try:
        is_there = root.is_dir()
    except OSError as error:
        raise FeedsError(
            f"can't be looked at: {error.strerror}",
            file=str(root),
            remedy="let this user into the folders above it",
        ) from error
    if not is_there:
        raise FeedsError(
            "there is no such folder",
            file=str(root),
            remedy="name the newsroom's folder with --source, or make one with 'feeds init'",
        )


def beside(root: Path, name: str) -> Found | None:
    """The file called ``name`` in ``root``, which is no page; None if there is none."""
    file = root / name
    if not os.path.lexists(file):
        return None
    base = os.path.realpath(root)
    if not _leads_into(file.parent, base):
        return _refused(name, *_LEADS_OUT)
    return _found(file, name, base)


def kind_beside(name: str) -> str:
    """What a file called ``name`` is that lies beside pages, and is none; else empty."""
    name = name.lower()
    ending = name.rpartition(".")[2]
    if name in _OF_SYSTEMS:
        return name.strip()
    if _OF_FOLDERS in name:
        return ""
    if ending == "lr" and not name.startswith("contents"):
        return "*.lr"  # what Lektor notes of the picture or the like beside it
    return f"*.{ending}" if ending in _BESIDE and ending != name else ""


def _look_into(
    folder: str, prefix: str, base: str, found: list[Found], beside: Counter[str] | None
) -> None:
    """Adds what is in ``folder`` to ``found``, at the cost of one look at each file."""
    folders: list[str] = []
    try:
        with os.scandir(folder) as items:
            for item in items:
                name = item.name
                path = prefix + name
                if _is_passed_over(name, path):
                    continue
                if not (name.isascii() or _is_text(name)):
                    found.append(_refused(ascii(path), "its name is no UTF-8", "rename it"))
                elif item.is_dir(follow_symlinks=False):
                    folders.append(name)
                elif kind := kind_beside(name):
                    if beside is not None:
                        beside[kind] += 1
                else:
                    found.append(_found(item, path, base))
    except OSError as error:
        found.append(_refused(prefix.rstrip("/") or ".", f"can't be listed: {error.strerror}"))
    for name in folders:
        if not _is_part_of_a_page(folder, name):
            _look_into(f"{folder}/{name}", f"{prefix}{name}/", base, found, beside)


def _is_passed_over(name: str, path: str) -> bool:
    return name.startswith(_NO_NAMES) or name.endswith(_LEFTOVERS) or path in _NOT_PAGES


def _may_be_pages(base: str, path: str) -> bool:
    """Whether neither its name nor a folder above it keeps what is at ``path`` from that."""
    place, prefix = base, ""
    *above, name = path.split("/")
    for part in above:
        if _is_passed_over(part, prefix + part) or _is_part_of_a_page(place, part):
            return False
        place, prefix = f"{place}/{part}", f"{prefix}{part}/"
        if not _is_folder(place):
            return False
    return not _is_passed_over(name, path) and _is_text(path)


def _is_folder(place: str | Path) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(place).st_mode)
    except OSError:
        return False


def _is_part_of_a_page(folder: str, name: str) -> bool:
    page = saved_pages.page_of(name)
    return bool(page) and any(os.path.lexists(f"{folder}/{page}.{end}") for end in ("html", "htm"))


def _found(file: Path | os.DirEntry[str], path: str, base: str) -> Found:
    try:
        status = file.stat(follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            if not _leads_into(file, base):
                return _refused(path, *_LEADS_OUT)
            if file.is_dir():
                return _refused(path, "a link to a folder, not followed", "move the folder here")
            status = file.stat()
    except OSError as error:
        return _refused(path, f"can't be looked at: {error.strerror}")
    if not stat.S_ISREG(status.st_mode):
        kind = files.other_kind(status.st_mode)
        return _refused(path, f"this is {kind}, and no file")
    return Found(path, signature(status), status.st_mtime, status.st_size)


def _leads_into(file: os.PathLike[str], base: str) -> bool:
    """Whether ``file`` is in the folder ``base``, whatever links lead there."""
    return Path(os.path.realpath(file)).is_relative_to(base)


def _refused(path: str, what: str, remedy: str = "move it out of the folder, or mend it") -> Found:
    error = PageError(what, file=path, remedy=remedy)
    return Found(path, f"refused: {what}", 0.0, 0, error)


def read_file(root: Path, found: Found) -> bytes:
    """The bytes of a file that ``pages`` found.

    Raises PageError if it can't be read or is too large, ChangedError if it is not the
    file that was found, or changes meanwhile.
    """
    if found.refusal is not None:
        raise found.refusal
    if found.size > files.MOST_BYTES:
        _refuse_unread(root, found)
    with _opened(root, found) as file:
        data = file.read(found.size + 1)  # one more, which tells that it grew
        after = os.fstat(file.fileno())
    if signature(after) != found.signature or len(data) != found.size:
        raise ChangedError(found.path)
    return data


def size_as_page(root: Path, found: Found) -> int:
    """How many bytes of ``found`` are read as a page: none if size, name or start say it is none.

    No more than its start is looked at.
    """
    if found.refusal is not None:
        return 0
    try:
        _refuse_unread(root, found)
    except PageError:
        return 0
    return found.size


def _refuse_unread(root: Path, found: Found) -> None:
    """Raises PageError if ``found`` is no page, as far as its size, name and start tell."""
    from feeds.readers import (
        MAX_PAGE_BYTES,
        START_BYTES,
        refuse_unread,
    )  # late: mostly nothing is new

    if _is_beside(found.path):
        if found.size > MAX_PAGE_BYTES:
            raise PageError(
                f"{found.size:,} bytes are more than this file may have ({MAX_PAGE_BYTES:,})",
                file=found.path,
                remedy="put the file back that was meant",
            )
        return
    with _opened(root, found) as file:
        start = file.read(START_BYTES)
    refuse_unread(found.path, start, found.size)


def _is_beside(path: str) -> bool:
    """Whether what is at ``path`` is no page by its name."""
    return path.partition("/")[0] in _NOT_PAGES


@contextmanager
def _opened(root: Path, found: Found) -> Iterator[BinaryIO]:
    """The file that was ``found``, to be read; raises PageError, or ChangedError if it is gone."""
    try:
        with files.open_regular(root / found.path) as file:
            yield file
    except (FileNotFoundError, files.OddFileError) as error:
        raise ChangedError(found.path) from error
    except OSError as error:
        raise PageError(
            f"can't be read: {error.strerror}",
            file=found.path,
            remedy="let the user who runs 'feeds publish' read it",
        ) from error


def unchanged(root: Path, found: Found) -> bool:
    """Whether the file still is what was found."""
    try:
        return signature((root / found.path).stat()) == found.signature
    except OSError:
        return False


def signature(status: os.stat_result) -> str:
    """Changes whenever the file of that status may have changed."""
    # ctime tells of changes that keep size and mtime, as a careful copy does
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def read_settled(root: Path, file: Found, now: datetime, wait: Callable[[float], None]) -> bytes:
    """What is in ``file``, of which nobody may see a half: it may keep a page from readers.

    ``wait`` is called with seconds if it was written a moment before ``now``. Raises PageError
    if it can't be read, ChangedError if it is just being written to.
    """
    data = read_file(root, file)
    if now - file.modified < SETTLED:
        wait(SETTLED.total_seconds())
    if not unchanged(root, file):
        raise ChangedError(file.path)
    return data
