"""The reader of Markdown pages: decoded and cleaned, but for blanks, which carry meaning there."""

from __future__ import annotations

from feeds.errors import PageError
from feeds.model import Finding, Page
from feeds.readers import front_matter, text

_LARGEST = 512 * 1024
"""Parsing takes seconds for each MiB, and nobody writes a longer story by hand."""


def read(path: str, data: bytes) -> Page:
    """The Markdown page ``data``, each line of it where it was; raises PageError if it is empty."""
    if len(data) > _LARGEST:
        raise PageError(
            f"{len(data):,} bytes are more than a Markdown page may have ({_LARGEST:,})",
            file=path,
            remedy="put each story into a file of its own, or save it as plain text",
        )
    encoding, lines = text.raw_lines(path, data)
    statements, length = front_matter.split(path, lines)
    findings = [
        Finding(
            f"bytes that are no {encoding.upper()}, shown as \ufffd",
            number,
            "save the page as UTF-8",
        )
        for number, line in enumerate(lines, start=1)
        if "\ufffd" in line
    ]
    markup = "\n".join([*[""] * length, *(text.printable(line) for line in lines[length:])])
    if not markup.strip():
        raise text.empty(path)
    return Page(path, encoding, (), tuple(findings[:1]), "markdown", markup, statements)
