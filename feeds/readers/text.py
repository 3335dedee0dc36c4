"""The reader of plain-text pages.

Rules
- ``decoding`` says what the encoding is, ``cleaning`` what is taken out. Bytes that don't
  decode become U+FFFD and are reported by line; no word is ever repaired by guessing.
- Lines are those of an editor: they end with LF, CR LF or CR, and are counted so. In a text
  without any of these, the rarer line ends of Unicode end lines.
- Runs of blanks, no-break spaces included, are one blank; blank lines are kept, since
  they carry meaning.
"""

from __future__ import annotations

import re

from feeds.characters import allowed, forbidden, visible
from feeds.errors import PageError
from feeds.model import Finding, Line, Page
from feeds.readers.decoding import decoded

_LINE_ENDS = re.compile("\r\n|[\n\r]")
_RARE_LINE_ENDS = re.compile("[\v\f\x85\u2028\u2029]")
_MARKUP = re.compile(r"</?[A-Za-z][^<>\n\r]{0,200}>|\]\]>|<!\[CDATA\[")
_REPLACEMENT = "\ufffd"


def read(path: str, data: bytes) -> Page:
    """The lines of the plain-text page ``data``, cleaned; raises PageError if there are none."""
    encoding, raw, doubt = decoded(data)
    controls, control = forbidden(raw)
    if (raw.count(_REPLACEMENT) + controls) * 10 > len(raw):
        raise PageError(
            "this is binary data, or text in an encoding that could not be told",
            file=path,
            remedy="save the page as plain text in UTF-8",
        )
    ends = _LINE_ENDS if _LINE_ENDS.search(raw) else _RARE_LINE_ENDS
    text = visible(allowed(raw) if controls else raw)
    markup = _MARKUP.search(text)
    lines = tuple(
        Line(number, " ".join(line.split())) for number, line in enumerate(ends.split(text), 1)
    )
    if not any(line.text for line in lines):
        raise PageError("the page is empty", file=path, remedy="save it again, or delete the file")

    def number(of: str, at: int) -> int:
        return len(ends.findall(of, 0, at)) + 1

    findings: list[Finding] = []
    if doubt:
        findings.append(Finding(doubt, remedy="save the page as UTF-8"))
    if _REPLACEMENT in raw:
        what = f"bytes that are no {encoding.upper()}, shown as {_REPLACEMENT}"
        where = number(raw, raw.index(_REPLACEMENT))
        findings.append(Finding(what, where, "save the page as UTF-8"))
    if controls:
        what, where = "control characters, removed", number(raw, control)
        findings.append(Finding(what, where, "save the page as plain text"))
    if markup:
        what = "markup in a plain-text page, shown as the characters it is"
        where = number(text, markup.start())
        findings.append(Finding(what, where, "delete it, if readers shouldn't see it"))
    return Page(path, encoding, lines, tuple(findings))
