"""The reader of Markdown pages: decoded and cleaned, but for blanks, which carry meaning there."""

from __future__ import annotations

from feeds.model import Page
from feeds.model.errors import PageError
from feeds.readers import front_matter, lektor, text
from feeds.text.characters import visible, with_blanks

_LARGEST = 512 * 1024
"""Parsing takes seconds for each MiB, and nobody writes a longer story by hand."""
_MARKS = "[*_`<!&\\~|{$=%^"
_MOST_MARKS = 20_000
_MOST_LINES = 10_000
"""Both are what the parser takes its time for, however short they are."""


def read_markdown(path: str, data: bytes) -> Page:
    """The Markdown page ``data``, each line of it where it was; raises PageError if it is empty."""
    if len(data) > _LARGEST:
        raise PageError(
            f"{len(data):,} bytes are more than a Markdown page may have ({_LARGEST:,})",
            file=path,
            remedy="put each story into a file of its own, or save it as plain text",
        )
    encoding, source, _, findings = text.decode_text(path, data)
    _refuse_excess(path, source)
    if path.lower().endswith(".lr"):
        statements, markup = lektor.split_fields(path, source)
    else:
        statements, length = front_matter.split_front_matter(path, source)
        markup = "\n" * length + "\n".join(source.split("\n")[length:])
    markup = with_blanks(visible(markup))
    if not markup.strip() and not text.says_enough(statements):
        raise text.empty_page(path)
    return Page(path, encoding, (), tuple(findings), "markdown", markup, statements)


def _refuse_excess(path: str, source: str) -> None:
    marks = sum(map(source.count, _MARKS))
    lines = source.count("\n")
    for count, what, most in (
        (marks, f"marks of Markdown ({' '.join(_MARKS)})", _MOST_MARKS),
        (lines, "lines", _MOST_LINES),
    ):
        if count > most:
            raise PageError(
                f"{count:,} {what} are more than a Markdown page may have ({most:,})",
                file=path,
                remedy="put each story into a file of its own, or save it as plain text",
            )
