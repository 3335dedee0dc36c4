"""Bytes to ``Page``: a table says by a file's ending which reader takes it.

A new kind of page is one module here and one row. Readers are pure, and bytes that can't
be decoded are never an exception; a file that is no page at all is a ``PageError``. What a page
means is none of their business. ``feed`` reads feeds that somebody else made.
"""

from __future__ import annotations

from collections.abc import Callable

from feeds.model import Page
from feeds.model.errors import PageError
from feeds.readers import docx, html, markdown, text, warc
from feeds.readers.filetypes import MAX_PAGE_BYTES, refuse_other_kinds

__all__ = [
    "MAX_PAGE_BYTES",
    "ONE_STORY",
    "START_BYTES",
    "decoding",
    "feed",
    "front_matter",
    "keeping_back",
    "lektor",
    "mappings",
    "meanings",
    "read_page",
    "refuse_unread",
    "warc",
]

Reader = Callable[[str, bytes], Page]

READERS: dict[str, Reader] = {
    ".txt": text.read_text,
    ".html": html.read_html,
    ".htm": html.read_html,
    ".xhtml": html.read_html,
    ".md": markdown.read_markdown,
    ".markdown": markdown.read_markdown,
    ".mdx": markdown.read_markdown,
    ".lr": markdown.read_markdown,
    ".docx": docx.read_docx,
    ".warc": warc.read_warc,
}

ONE_STORY = '<meta name="newsroom-feeds" content="one story">'
"""In the head of a page of HTML: all that it has is one story, and a list in it is no site's."""

START_BYTES = 8192
"""So much of a file's start tells what kind of file it is, as far as that can be told."""


_SAVED = [ending for ending in READERS if ending != ".warc"]
"""What somebody saves a page as; the other is what the program captures."""


def read_page(path: str, data: bytes) -> Page:
    """The page in ``data``; ``path`` names it and chooses the reader by its ending.

    Raises PageError for a file that no reader takes, or that holds no text.
    """
    if len(data) > MAX_PAGE_BYTES:
        raise _too_large(path, len(data))
    refuse_other_kinds(path, data)
    return _reader(path)(path, data)


def refuse_unread(path: str, start: bytes, size: int) -> None:
    """Raises PageError if a file of ``size`` bytes that begin with ``start`` is no page.

    It may be none nevertheless, which its other bytes tell.
    """
    refuse_other_kinds(path, start)
    _reader(path)
    if size > MAX_PAGE_BYTES:
        raise _too_large(path, size)


def _reader(path: str) -> Reader:
    suffix = _ending(path)
    reader = READERS.get(suffix)
    if reader is None:
        raise PageError(
            f"no reader for files called '*{suffix}'" if suffix else "no reader for this file",
            file=path,
            remedy=f"save the page as {', '.join(_SAVED)} or move the file out of the folder",
        )
    return reader


def _ending(path: str) -> str:
    """The ending of a file's name with its dot, in small letters; empty if it has none."""
    name, _, ending = path.rpartition("/")[2].rpartition(".")
    return f".{ending.lower()}" if name and ending else ""


def _too_large(path: str, size: int) -> PageError:
    """The refusal of a file of ``size`` bytes."""
    return PageError(
        f"{size:,} bytes are more than a page may have ({MAX_PAGE_BYTES:,})",
        file=path,
        remedy="put each story into a file of its own",
    )
