"""What pages are made by: for who keeps them, and has to know when they would be others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from feeds import __version__


def made_by() -> str:
    """Changes with the program, its templates, texts and static files."""
    told = hashlib.sha256(__version__.encode())
    for folder in ("templates", "translations", "static"):
        for file in _files(files("feeds.web").joinpath(folder)):
            told.update(file.name.encode() + b"\n" + file.read_bytes())
    return told.hexdigest()[:32]


def _files(folder: Traversable) -> Iterator[Traversable]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _files(item)
        else:
            yield item
