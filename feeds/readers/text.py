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

from feeds.errors import PageError
from feeds.model import Finding, Line, Page
from feeds.readers.cleaning import allowed, damaged, visible
from feeds.readers.decoding import decoded

_LINE_ENDS = re.compile("\r\n|[\n\r]")
_RARE_LINE_ENDS = re.compile("[\v\f\x85\u2028\u2029]")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,200}>|\]\]>|<!\[CDATA\[")
_REPLACEMENT = "\ufffd"


def read(path: str, data: bytes) -> Page:
    """The lines of the plain-text page ``data``, cleaned; raises PageError if there are none."""
    encoding, text, doubt = decoded(data)
    damage = damaged(text)
    if damage * 10 > len(text):
        raise PageError(
            "this is binary data, or text in an encoding that could not be told",
            file=path,
            remedy="save the page as plain text in UTF-8",
        )
    findings: list[Finding] = []
    lines: list[Line] = []
    seen: set[str] = set()

    def report_once(what: str, number: int, remedy: str) -> None:
        if what not in seen:
            seen.add(what)
            findings.append(Finding(what, number, remedy))

    if doubt:
        report_once(doubt, 0, "save the page as UTF-8")
    ends = _LINE_ENDS if _LINE_ENDS.search(text) else _RARE_LINE_ENDS
    for number, raw in enumerate(ends.split(text), start=1):
        if _REPLACEMENT in raw:
            report_once(
                f"bytes that are no {encoding.upper()}, shown as {_REPLACEMENT}",
                number,
                "save the page as UTF-8",
            )
        kept = allowed(raw) if damage else raw
        if kept != raw:
            report_once("control characters, removed", number, "save the page as plain text")
        line = visible(kept)
        if _MARKUP.search(line):
            report_once(
                "markup in a plain-text page, shown as the characters it is",
                number,
                "delete it, if readers shouldn't see it",
            )
        lines.append(Line(number, line))
    if not any(line.text for line in lines):
        raise PageError("the page is empty", file=path, remedy="save it again, or delete the file")
    return Page(path, encoding, tuple(lines), tuple(findings))
