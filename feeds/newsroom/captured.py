"""Where captured pages lie among the others: a folder for each address, a file for each version.

Rules
- ``https://desk.example/economy/bell`` at 09:35:00 UTC is
  ``captured/economy/bell/20261201T093500Z.warc``, so that names are in the order of their moments.
- A path says the address as it is, as far as folders can be called so on any machine. Whatever was
  changed for that, and a query, puts a digest of the address behind it: two addresses never share
  a folder, but that a slash at the end, the scheme and the host are left out.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from feeds.model.errors import FeedsError
from feeds.newsroom import folder, space, whole
from feeds.readers import warc
from feeds.text import saved_pages

FOLDER = "captured"
ENDING = ".warc"
_HOME = "index"
_MOST_PARTS = 10
_MOST_BYTES = 120
"""Of a folder's name; no system takes more than 255."""
_PLAIN = re.compile(r"[^\W_](?:[\w.-]*[\w-])?")
"""A name that means nothing to any system or program, and none has another name for."""
_NAME = re.compile(r"\d{8}T\d{6}Z\.warc")
_ODD = re.compile(r"[^\w.-]+")
_TAKEN = re.compile(
    r"(?:aux|con|nul|prn|com\d|lpt\d|node_modules|archetypes)(?:\..*)?|.*\.(?:warc|tmp|part|bak|sw[px])"
)
"""What systems mean by these names, or other parts of this program."""


def place_of(address: str, moment: datetime) -> str:
    """The path, relative to the newsroom's folder, of what came from ``address`` at ``moment``."""
    return f"{folder_of(address)}/{name_of(moment)}"


def name_of(moment: datetime) -> str:
    """The name of a file that was captured at ``moment``: their order is that of the moments."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S}Z{ENDING}"


def folder_of(address: str) -> str:
    """The folder in which all versions of the page at ``address`` are."""
    try:
        parts = urlsplit(address)
        path, query = parts.path.strip("/"), parts.query
    except ValueError:
        path, query = "", address
    names = path.split("/") if path else [_HOME]
    made = [_name(name) for name in names[:_MOST_PARTS]]
    is_exact = not query and made == [unquote(name) for name in names] and path != _HOME
    if not is_exact:
        whole_path = f"/{path}?{query}".encode("utf-8", "surrogatepass")
        digest = base64.b32encode(hashlib.sha256(whole_path).digest()[:10]).decode().lower()
        made[-1] = f"{made[-1]}-{digest}"
    return "/".join((FOLDER, *made))


def is_captured(path: str) -> bool:
    """Whether the page at ``path`` lies where captured pages do, and is called as they are."""
    return path.startswith(f"{FOLDER}/") and bool(_NAME.fullmatch(path.rpartition("/")[2]))


def page_of(path: str) -> str:
    """What the page at ``path`` is called where something is said of it.

    A captured one is called by its folder, since that holds for each version of it.
    """
    return path.rpartition("/")[0] if is_captured(path) else path


def are_versions(path: str, other: str) -> bool:
    """Whether the pages at both paths were captured from one address, at whatever moments."""
    is_same = path.rpartition("/")[0] == other.rpartition("/")[0]
    return is_same and is_captured(path) and is_captured(other)


def versions(root: Path, place: str) -> list[str]:
    """The paths of the pages in the folder ``place``, the newest last; none if it can't be seen."""
    try:
        names = sorted(file.name for file in Path(root, place).iterdir())
    except OSError:
        return []
    return [f"{place}/{name}" for name in names if _NAME.fullmatch(name)]


def older(root: Path, path: str) -> list[str]:
    """The paths of the versions that were captured before the one at ``path``."""
    return [one for one in versions(root, path.rpartition("/")[0]) if one < path]


def save(root: Path, capture: warc.Capture) -> str:
    """Writes ``capture`` into the newsroom's folder ``root``, whole or not at all, and says where.

    Raises FeedsError.
    """
    path = place_of(capture.address, capture.moment)
    replace(root, path, capture)
    return path


def replace(root: Path, path: str, capture: warc.Capture) -> None:
    """Puts ``capture`` into the file at ``path``, whatever is there. Raises FeedsError."""
    file = root / path
    data = warc.record_of(capture)
    try:
        with space.explained(root, len(data), "a captured page"):
            _make_folder(root, file.parent)
            whole.write_whole(file, data)
    except OSError as error:
        raise FeedsError(
            f"can't be written: {error.strerror}",
            file=path,
            remedy="let this user write into the folder of captured pages",
        ) from error


def saved(root: Path) -> Iterator[str]:
    """The path of every captured page in the newsroom's folder ``root``, in order.

    Raises FeedsError if that folder can't be looked into.
    """
    for found in folder.pages(root, FOLDER):
        if is_captured(found.path) and found.refusal is None:
            yield found.path


def _make_folder(root: Path, wanted: Path) -> None:
    """Makes ``wanted``, which is below ``root`` and by no link anywhere else. Raises OSError."""
    missing = [one for one in (wanted, *wanted.parents) if one != root and one.is_relative_to(root)]
    for one in reversed(missing):
        if one.is_symlink():
            raise OSError(0, f"'{one.relative_to(root)}' is a link, and not followed")
        if not one.is_dir():
            one.mkdir(exist_ok=True)
            whole.give_if_root(one, one.parent)
    if not Path(os.path.realpath(wanted)).is_relative_to(os.path.realpath(root)):
        raise OSError(0, "it would lie outside of the newsroom's folder")


def _name(part: str) -> str:
    """The name of the folder for ``part`` of an address' path: that itself, if it can be."""
    name = unicodedata.normalize("NFC", unquote(part))
    if _can_be(name):
        return name
    name = unicodedata.normalize("NFC", _ODD.sub("-", name).lower()).strip("-._")
    while len(name.encode()) > _MOST_BYTES:
        name = name[: len(name) // 2].rstrip("-._")
    return name if _can_be(name) else f"x-{_ODD.sub('-', name).replace('.', '-')}-x"


def _can_be(name: str) -> bool:
    """Whether a folder can be called ``name`` anywhere, and is called so by nobody else."""
    # systems that don't tell Bell from bell would have one folder for both
    return (
        bool(_PLAIN.fullmatch(name))
        and name == unicodedata.normalize("NFC", name.lower())
        and not _TAKEN.fullmatch(name)
        and not saved_pages.page_of(name)
        and len(name.encode()) <= _MOST_BYTES
    )
