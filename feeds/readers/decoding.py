"""Bytes to text: what a byte order mark says, else what is declared, else UTF-8."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes, declared: str = "") -> tuple[str, str]:
    """The encoding of ``data`` and its text; bytes that don't decode become U+FFFD."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :].decode(encoding, "replace")
    try:
        encoding = codecs.lookup(declared).name if declared else "utf-8"
        return encoding, data.decode(encoding, "replace")
    except (LookupError, ValueError):
        return "utf-8", data.decode("utf-8", "replace")
