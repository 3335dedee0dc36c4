"""The reader of HTML pages: bytes to markup. What the markup says is the normaliser's to find.

Rules
- The encoding is what a byte order mark says, else what the page declares: in its XML
  declaration, or in a ``meta`` among the first bytes, where the standard wants it.
- Lines end with a line feed, so that line numbers are those of an editor.
"""

from __future__ import annotations

import re

from feeds import characters
from feeds.errors import PageError
from feeds.model import Finding, Page
from feeds.readers import decoding

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,100}?\sencoding\s*=\s*["']([\w.:-]+)|"""
    rb"""<meta[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
_WHERE_DECLARED = 4096
_REPLACEMENT = "\ufffd"


def read(path: str, data: bytes) -> Page:
    """The page whose markup is in ``data``; raises PageError if it is empty or no text."""
    match = _DECLARED.search(data[:_WHERE_DECLARED])
    name = (match[1] or match[2]).decode("ascii", "replace") if match else ""
    encoding, text = decoding.decoded(data, name)
    damaged = text.count(_REPLACEMENT)
    if (damaged + text.count("\x00")) * 10 > len(text):
        raise PageError(
            f"this is binary data, or text in another encoding than {encoding.upper()}",
            file=path,
            remedy="save the page as HTML in UTF-8",
        )
    findings: tuple[Finding, ...] = ()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if damaged:
        line = text.count("\n", 0, text.index(_REPLACEMENT)) + 1
        what = f"bytes that are no {encoding.upper()}, shown as {_REPLACEMENT}"
        findings = (Finding(what, line, "save the page as UTF-8"),)
    markup = characters.printable(text)
    if not markup.strip():
        raise PageError("the page is empty", file=path, remedy="save it again, or delete the file")
    return Page(path, encoding, (), findings, form="html", markup=markup)
