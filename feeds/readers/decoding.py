"""Bytes to text: which encoding a page is in, and how sure that is.

Rules, in this order
- A byte order mark says it.
- UTF-16 without a mark shows in its high bytes, which are nearly all below 32.
- What is valid UTF-8 is UTF-8, whatever the page declares of itself; so is what has at least
  twice as many whole UTF-8 characters as broken ones.
- A declaration, in the names that browsers know (WHATWG, Encoding), if the bytes allow it.
- Otherwise the reading whose letters a language is most likely to use (``alphabets``), looked
  for in a sample. It is a guess, and said to be one. If no reading makes sense the text is
  decoded as UTF-8, and the damage is there for the caller to count.

Bytes that don't decode become U+FFFD. No word is ever repaired.
"""

from __future__ import annotations

import codecs
import re
from math import inf
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_REPLACEMENT = "\ufffd"
_SAMPLES = 3
_SAMPLE_BYTES = 4096
_HEAD_BYTES = 4096
_MARGIN = 3.0
"""Nats by which a reading must be better than any other, not to be called doubtful."""

# The name that browsers give an encoding, and Python's. Where two give a text alike, the first
# names it; those further down are older and rarer, and must be more likely to be believed.
_COMMON = {
    "windows-1252": "cp1252",
    "windows-1251": "cp1251",
    "windows-1254": "cp1254",
    "windows-1250": "cp1250",
    "windows-1253": "cp1253",
    "windows-1255": "cp1255",
    "windows-1256": "cp1256",
    "windows-1257": "cp1257",
    "windows-874": "cp874",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
}
_RARE = {
    "iso-8859-2": "iso8859_2",
    "iso-8859-5": "iso8859_5",
    "iso-8859-6": "iso8859_6",
    "iso-8859-7": "iso8859_7",
    "iso-8859-15": "iso8859_15",
    "iso-8859-16": "iso8859_16",
    "ibm866": "cp866",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
}
_SURPRISE = {"windows-1252": 0.0, "windows-1251": 1.5} | dict.fromkeys(_RARE, 6.0)
_SURPRISE_OF_OTHERS = 3.0
"""Nats that it costs to assume an encoding, before a letter is seen: so rare each of them is."""

CODECS = _COMMON | _RARE
_OF_DECLARED = {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso8859-9": "windows-1254",
    "iso8859-11": "windows-874",
    "tis-620": "windows-874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5",
    "shift_jis": "shift_jis",
    "euc_kr": "euc-kr",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
"""What a declaration means to a browser, where that isn't what it says."""

_LABEL = re.compile(r"[a-z0-9][a-z0-9_:-]{0,39}")
_DECLARATION = re.compile(
    rb"<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([\w:-]{1,40})"
    rb"|<meta\s[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w:-]{1,40})",
    re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


class Decoded(NamedTuple):
    """A text, its encoding by the name that browsers use, and what is doubtful about that."""

    encoding: str
    text: str
    doubt: str = ""


def decoded(data: bytes, declared: str = "") -> Decoded:
    """The text of ``data``; ``declared`` is what the page, or who sent it, calls its encoding.

    Never fails: bytes that don't decode are U+FFFD in the text. Takes time in proportion to
    the size of ``data``.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(encoding, data[len(mark) :].decode(encoding, "replace"))
    if encoding := _utf_16_without_mark(data):
        return Decoded(encoding, data.decode(encoding, "replace"))
    name, codec, doubt = _declared(declared)
    if b"\x1b" in data and name == "iso-2022-jp":
        return Decoded(name, data.decode(codec, "replace"))
    text, is_whole = _as_utf_8(data)
    if is_whole or _is_utf_8(text):
        return Decoded("utf-8", text)
    if name and name != "utf-8":
        found = data.decode(codec, "replace")
        if _damage(found) * 10 <= _beyond_ascii(found):
            return Decoded(name, found)
        doubt = f"the bytes are not in the declared encoding {name}"
    elif not doubt:
        doubt = f"the bytes are no {name.upper()}" if name else "no encoding is declared"
    guess, rival = _guess(data)
    if not guess:
        return Decoded("utf-8", text)
    doubt += f", taken for {guess}" + (f", though {rival} is nearly as likely" if rival else "")
    return Decoded(guess, data.decode(CODECS[guess], "replace"), doubt)


def declaration(data: bytes) -> str:
    """What the start of an HTML or XML page declares as its encoding, or an empty text."""
    found = _DECLARATION.search(_COMMENT.sub(b"", data[:_HEAD_BYTES]))
    return (found[1] or found[2]).decode("ascii") if found else ""


def _declared(label: str) -> tuple[str, str, str]:
    """The browsers' name and Python's codec for ``label``, both empty if there is none; a doubt."""
    plain = label.strip().lower().removeprefix("x-")
    if not plain:
        return "", "", ""
    try:
        if not _LABEL.fullmatch(plain):
            raise LookupError(plain)
        codec = codecs.lookup(plain).name
    except LookupError:
        return "", "", f"the declared encoding '{label.strip()[:40]}' is unknown"
    ours = {codecs.lookup(value).name: name for name, value in CODECS.items()}
    name = ours.get(codec) or _OF_DECLARED.get(codec)
    if name is None and codec.startswith("iso8859-"):
        name = codec.replace("iso", "iso-", 1)
    elif name is None and codec in {"utf-8", "iso2022_jp", "cp1258"}:
        name = {"iso2022_jp": "iso-2022-jp", "cp1258": "windows-1258"}.get(codec, codec)
    if name is None:
        return "", "", f"the declared encoding '{label.strip()[:40]}' is unknown"
    return name, CODECS.get(name, codec), ""


def _utf_16_without_mark(data: bytes) -> str:
    """The UTF-16 that ``data`` is in, or an empty text.

    The alphabets of the world all lie below U+2000: one byte in two is then below 32.
    """
    units = len(data) // 2
    if b"\x00" not in data[:_HEAD_BYTES]:
        return ""
    even = units + len(data) % 2 - _above_controls(data[::2])
    odd = units - _above_controls(data[1::2])
    if max(even, odd) * 5 < units * 4 or min(even, odd) * 5 > units:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _above_controls(data: bytes) -> int:
    return len(data.translate(None, bytes(range(32))))


def _as_utf_8(data: bytes) -> tuple[str, bool]:
    """The text of ``data`` in UTF-8, and whether all of it is."""
    try:
        return data.decode("utf-8"), True
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace"), False


def _is_utf_8(text: str) -> bool:
    """Whether ``text``, decoded as UTF-8, was that: whole, nearly so, or but for its end."""
    broken = text.count(_REPLACEMENT)
    if not broken:
        return True
    whole = _beyond_ascii(text) - broken
    return 2 * broken <= whole or (broken == 1 <= whole and text.endswith(_REPLACEMENT))


def _damage(text: str) -> int:
    return text.count(_REPLACEMENT) + sum(text.count(chr(code)) for code in range(0x80, 0xA0))


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _guess(data: bytes) -> tuple[str, str]:
    """The likeliest legacy encoding, and another that is nearly as likely; empty if there is none.

    Looks at a sample of ``data``, of a size that doesn't depend on the page's.
    """
    from feeds.readers import alphabets

    sample = b"\n".join(_samples(data))
    readings: dict[str, tuple[float, str, bool]] = {}
    limit = inf
    for name, codec in CODECS.items():
        text = sample.decode(codec, "replace")
        if text not in readings:
            found = alphabets.cheapest(text, limit)
            cost = found.cost + _SURPRISE.get(name, _SURPRISE_OF_OTHERS)
            limit = min(limit, cost + _MARGIN)
            readings[text] = cost, name, found.plausible
    best, *others = sorted(readings.values())
    if not best[2]:
        return "", ""
    rival = others[0] if others and others[0][2] and others[0][0] < best[0] + _MARGIN else None
    return best[1], rival[1] if rival else ""


def _samples(data: bytes) -> list[bytes]:
    """A few stretches of ``data`` that begin with bytes beyond ASCII."""
    found: list[bytes] = []
    end = 0
    for part in range(_SAMPLES):
        after = max(end, len(data) * part // _SAMPLES)
        first = _BEYOND_ASCII.search(data, after)
        if first is None:
            break
        # from the last blank, so that no character of two bytes is cut
        before = max(after, first.start() - 64)
        blank = max(data.rfind(gap, before, first.start()) for gap in (b" ", b"\n"))
        start = blank + 1 or before
        end = start + _SAMPLE_BYTES
        found.append(data[start:end])
    return found
