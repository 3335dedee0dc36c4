"""The reader of HTML pages: bytes to markup. What the markup says is the normaliser's to find.

Rules
- ``decoding`` says what the encoding is; the page may declare it, in its XML declaration or
  in a ``meta`` among the first bytes, where the standard wants it.
- Lines end with a line feed, so that line numbers are those of an editor.
"""

from __future__ import annotations

from feeds.model import Page
from feeds.model.errors import PageError
from feeds.model.problem import Problem
from feeds.readers import decoding, front_matter
from feeds.readers.text import empty_page
from feeds.text import characters

_REPLACEMENT = "\ufffd"


def read_html(path: str, data: bytes) -> Page:
    """The page whose markup is in ``data``; raises PageError if it is empty or no text."""
    return read_declared(path, data, decoding.declaration(data))


def read_declared(path: str, data: bytes, declared: str) -> Page:
    """The same of ``data`` of which page or server say that it is in the encoding ``declared``."""
    encoding, text, doubt = decoding.decoded(data, declared)
    damaged = text.count(_REPLACEMENT)
    if (damaged + text.count("\x00")) * 10 > len(text):
        raise PageError(
            f"this is binary data, or text in another encoding than {encoding.upper()}",
            file=path,
            remedy="save the page as HTML in UTF-8",
        )
    findings: tuple[Problem, ...] = ()
    if doubt:
        findings = (Problem("encoding-doubtful", doubt, remedy="save the page as UTF-8"),)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if damaged:
        line = text.count("\n", 0, text.index(_REPLACEMENT)) + 1
        what = f"bytes that are no {encoding.upper()}, shown as {_REPLACEMENT}"
        findings = (
            *findings,
            Problem("undecoded", what, line, "save the page as UTF-8"),
        )
    if "<" not in text and text.strip():
        raise PageError(
            "this is plain text in a file whose name says HTML",
            file=path,
            remedy="give it a name that ends in .txt",
        )
    text = characters.allowed(text)
    markup = characters.with_blanks(text)
    if not markup.strip():
        raise empty_page(path)
    statements, length = front_matter.split_front_matter(path, text)
    if length:
        markup = "\n" * length + "\n".join(markup.split("\n")[length:])
    return Page(path, encoding, (), findings, form="html", markup=markup, statements=statements)
