"""The reader of Markdown pages: decoded and cleaned, but for blanks, which carry meaning there."""

from __future__ import annotations

from feeds.model import Page
from feeds.model.errors import PageError
from feeds.readers import front_matter, text
from feeds.text.characters import visible, with_blanks

_LARGEST = 512 * 1024
"""Parsing takes seconds for each MiB, and nobody writes a longer story by hand."""


def read_markdown(path: str, data: bytes) -> Page:
    """The Markdown page ``data``, each line of it where it was; raises PageError if it is empty."""
    if len(data) > _LARGEST:
        raise PageError(
            f"{len(data):,} bytes are more than a Markdown page may have ({_LARGEST:,})",
            file=path,
            remedy="put each story into a file of its own, or save it as plain text",
        )
    encoding, source, _, findings = text.decode_text(path, data)
    statements, length = front_matter.split_front_matter(path, source)
    body = with_blanks(visible("\n".join(source.split("\n")[length:])))
    markup = "\n" * length + body
    if not markup.strip() and not text.has_status(statements):
        raise text.empty_page(path)
    return Page(path, encoding, (), tuple(findings), "markdown", markup, statements)
