"""Bytes to ``Page``: a table says by a file's ending which reader takes it.

A new kind of page is one module here and one row. Readers are pure, and bytes that can't
be decoded are never an exception; a file that is no page at all is a ``PageError``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from feeds.errors import PageError
from feeds.model import Page
from feeds.readers import markdown, text

Reader = Callable[[str, bytes], Page]

READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
}

MAX_PAGE_BYTES = 16 * 1024 * 1024
"""A larger file is refused unread: no story is that long."""

_MAGIC = {
    b"%PDF-": "a PDF: save the page as plain text",
    b"PK\x03\x04": "a ZIP archive or office document: put its pages here, as plain text",
    b"\x1f\x8b": "gzip-compressed: put the uncompressed page here",
    b"\x89PNG": "an image: put a page here, as plain text",
    b"\xff\xd8\xff": "an image: put a page here, as plain text",
    b"GIF87a": "an image: put a page here, as plain text",
    b"\xd0\xcf\x11\xe0": "an office document: save it as plain text",
    b"GIF89a": "an image: put a page here, as plain text",
    b"SQLite format 3\x00": "a database: put a page here, as plain text",
}


def read(path: str, data: bytes) -> Page:
    """The page in ``data``; ``path`` names it and chooses the reader by its ending.

    Raises PageError for a file that no reader takes, or that holds no text.
    """
    suffix = PurePath(path).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        raise PageError(
            f"no reader for files called '*{suffix}'" if suffix else "no reader for this file",
            file=path,
            remedy=f"save the page as {', '.join(READERS)} or move the file out of the folder",
        )
    if len(data) > MAX_PAGE_BYTES:
        raise too_large(path, len(data))
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            what, _, remedy = kind.partition(": ")
            raise PageError(f"this is no page but {what}", file=path, remedy=remedy)
    return reader(path, data)


def too_large(path: str, size: int) -> PageError:
    """The refusal of a file of ``size`` bytes."""
    return PageError(
        f"{size:,} bytes are more than a page may have ({MAX_PAGE_BYTES:,})",
        file=path,
        remedy="put each story into a file of its own",
    )
