"""The reader of plain-text pages.

Rules
- The encoding is what a byte order mark says, else UTF-8. Bytes that don't decode
  become U+FFFD and are reported by line; no word is ever repaired by guessing.
- Characters that XML forbids (XML 1.0, section 2.2) and invisible ones that only a
  trickster or a word processor leaves behind are removed, and the former reported.
- Runs of blanks, no-break spaces included, are one blank; blank lines are kept, since
  they carry meaning. The lines of front matter are blank, so that all others keep their number.
"""

from __future__ import annotations

import codecs
import re

from feeds.errors import PageError
from feeds.model import Finding, Line, Page
from feeds.readers import front_matter

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NONCHARACTER = re.compile("[\ufdd0-\ufdef]")
_INVISIBLE = re.compile("[\u00ad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,200}>|\]\]>|<!\[CDATA\[")
_REPLACEMENT = "\ufffd"


def read(path: str, data: bytes) -> Page:
    """The lines of the plain-text page ``data``, cleaned; raises PageError if there are none."""
    encoding, raw = raw_lines(path, data)
    statements, length = front_matter.split(path, raw)
    findings: list[Finding] = []
    lines: list[Line] = [Line(number, "") for number in range(1, length + 1)]
    seen: set[str] = set()

    def report_once(what: str, number: int, remedy: str) -> None:
        if what not in seen:
            seen.add(what)
            findings.append(Finding(what, number, remedy))

    for number, text in enumerate(raw[length:], start=length + 1):
        if _REPLACEMENT in text:
            report_once(
                f"bytes that are no {encoding.upper()}, shown as {_REPLACEMENT}",
                number,
                "save the page as UTF-8",
            )
        cleaned = _NONCHARACTER.sub("", _FORBIDDEN.sub("", text))
        if cleaned != text:
            report_once("control characters, removed", number, "save the page as plain text")
        cleaned = " ".join(_INVISIBLE.sub("", cleaned).split())
        if _MARKUP.search(cleaned):
            report_once(
                "markup in a plain-text page, shown as the characters it is",
                number,
                "delete it, if readers shouldn't see it",
            )
        lines.append(Line(number, cleaned))
    if not any(line.text for line in lines):
        raise empty(path)
    return Page(path, encoding, tuple(lines), tuple(findings), statements=statements)


def raw_lines(path: str, data: bytes) -> tuple[str, list[str]]:
    """The encoding and the lines of ``data`` as they are; raises PageError for what is no text."""
    encoding, text = _decoded(data)
    if _damaged(text) * 10 > len(text):
        raise PageError(
            f"this is binary data, or text in another encoding than {encoding.upper()}",
            file=path,
            remedy="save the page as plain text in UTF-8",
        )
    return encoding, _LINE_ENDS.split(text)


def printable(text: str) -> str:
    """``text`` without what XML forbids and what is invisible; blanks and line ends stay."""
    return _INVISIBLE.sub("", _NONCHARACTER.sub("", _FORBIDDEN.sub("", text)))


def empty(path: str) -> PageError:
    """The refusal of a page in which nothing is to be read."""
    return PageError("the page is empty", file=path, remedy="save it again, or delete the file")


def _damaged(text: str) -> int:
    """How many characters show that ``text`` is none."""
    return text.count(_REPLACEMENT) + sum(len(found) for found in _FORBIDDEN.findall(text))


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :].decode(encoding, "replace")
    return "utf-8", data.decode("utf-8", "replace")
