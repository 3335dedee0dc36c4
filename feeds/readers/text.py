"""The reader of plain-text pages.

Rules
- ``decoding`` says what the encoding is, ``characters`` what is taken out. Bytes that don't
  decode become U+FFFD and are reported by line; no word is ever repaired by guessing.
- Lines are those of an editor: they end with LF, CR LF or CR, and are counted so. In a text
  without any of these, the rarer line ends of Unicode end lines.
- Runs of blanks, no-break spaces included, are one blank; blank lines are kept, since
  they carry meaning. The lines of front matter are blank, so that all others keep their number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from feeds.model import Line, Page, Statement
from feeds.model.errors import PageError
from feeds.model.problem import Problem
from feeds.readers import front_matter
from feeds.readers.decoding import decoded
from feeds.text.characters import allowed, forbidden, is_plain, visible

_RARE_LINE_ENDS = re.compile("[\v\f\x85\u2028\u2029]")
_MARKUP = re.compile(r"</?[A-Za-z](?![^<>\s]{0,100}@)[^<>\n]{0,200}>|\]\]>|<!\[CDATA\[")
_HTML = re.compile(
    r"\s*(?:<!doctype\s+html|<html[\s>]|<\?xml[^>]{0,200}\?>\s*<!doctype\s+html)", re.IGNORECASE
)
_BLANKS = re.compile("[\t\v\f\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_REPLACEMENT = "\ufffd"


def read_text(path: str, data: bytes) -> Page:
    """The lines of the plain-text page ``data``, cleaned; raises PageError if nothing is in it."""
    encoding, text, plain, findings = decode_text(path, data)
    if _HTML.match(text):
        raise PageError(
            "this is HTML in a file whose name says plain text",
            file=path,
            remedy="give it a name that ends in .html",
        )
    statements, length = front_matter.split_front_matter(path, text)
    shown = text if plain else visible(text)
    cleaned = shown.split("\n")
    # most pages have no blanks but single spaces inside their lines
    squeezed = "  " not in text and (plain or _BLANKS.search(text) is None)
    texts = map(str.strip if squeezed else _squeezed, cleaned[length:])
    lines = tuple(map(Line, count(1), [*[""] * length, *texts]))
    if not any(line.text for line in lines) and not says_enough(statements):
        raise empty_page(path)
    if "<" in shown or "]" in shown:
        body = "\n".join(cleaned[length:])
        if markup := _MARKUP.search(body):
            what = "markup in a plain-text page, shown as the characters it is"
            number = length + body.count("\n", 0, markup.start()) + 1
            findings.append(
                Problem("markup-in-text", what, number, "delete it, if readers shouldn't see it")
            )
    return Page(path, encoding, lines, tuple(findings), statements=statements)


def says_enough(statements: Sequence[Statement]) -> bool:
    """Whether front matter says enough by itself: a status, or what keeps the page back."""
    enough = {"status", front_matter.BROKEN, front_matter.NOTICE}
    return any(statement.field in enough for statement in statements)


def _squeezed(line: str) -> str:
    return " ".join(line.split())


class DecodedText(NamedTuple):
    """The text of a page, in which no character is forbidden; its lines end with a line feed.

    ``plain``: it was seen to have only visible characters and spaces besides.
    """

    encoding: str
    text: str
    plain: bool
    findings: list[Problem]


def decode_text(path: str, data: bytes) -> DecodedText:
    """The text of ``data``, and what is doubtful about the bytes.

    Raises PageError for what is no text.
    """
    encoding, raw, doubt = decoded(data)
    plain = is_plain(raw)
    controls, control = (0, -1) if plain else forbidden(raw)
    if (raw.count(_REPLACEMENT) + controls) * 10 > len(raw):
        raise PageError(
            "this is binary data, or text in an encoding that could not be told",
            file=path,
            remedy="save the page as plain text in UTF-8",
        )
    findings: list[Problem] = []
    if doubt:
        findings.append(Problem("encoding-doubtful", doubt, remedy="save the page as UTF-8"))
    if _REPLACEMENT in raw:
        what = f"bytes that are no {encoding.upper()}, shown as {_REPLACEMENT}"
        number = _with_line_feeds(raw[: raw.index(_REPLACEMENT)]).count("\n") + 1
        findings.append(Problem("undecoded", what, number, "save the page as UTF-8"))
    if controls:
        number = _with_line_feeds(raw[:control]).count("\n") + 1
        findings.append(
            Problem(
                "control-characters",
                "control characters, removed",
                number,
                "save the page as plain text",
            )
        )
    return DecodedText(
        encoding, _with_line_feeds(allowed(raw) if controls else raw), plain, findings
    )


def _with_line_feeds(text: str) -> str:
    """``text`` with line feeds for whatever else ends its lines."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if "\n" in text else _RARE_LINE_ENDS.sub("\n", text)


def empty_page(path: str) -> PageError:
    """The refusal of a page in which nothing is to be read."""
    return PageError("the page is empty", file=path, remedy="save it again, or delete the file")
