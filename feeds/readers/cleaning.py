"""What no text is made of, and is taken out of every page before anything else looks at it.

Rules
- Forbidden: characters that XML forbids (XML 1.0, section 2.2), other control characters and
  noncharacters, and the escape sequences of terminals as a whole. An editor is told of these.
- Invisible: soft hyphens, zero-width blanks, byte order marks inside the text, marks of writing
  direction, tags. Word processors leave them behind; nobody need be told.
- The joiners U+200C and U+200D stay where they are spelling: after a letter of the Arabic or
  an Indic script, and inside emoji. So do the tags of a flag.
- White space of whatever kind is one blank. A vertical tab, form feed, next line or line
  separator inside a line is white space too.
- Nothing else is touched: letters aren't normalised, no word is repaired.
"""

from __future__ import annotations

import re

_ESCAPES = "\x1b\\[[0-?]*[ -/]*[@-~]|\x1b\\][^\n\x07\x1b]*(?:\x07|\x1b\\\\)"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_FORBIDDEN = re.compile(
    f"{_ESCAPES}|[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff{_NONCHARACTERS}]"
)
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    "|(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|[\U000e0000-\U000e007f]"
)
_STRAY_JOINERS = re.compile(
    "(?<![\u0600-\u08ff\u0900-\u109f\u1780-\u18af\u2600-\u27bf\ufb50-\ufdcf\ufe0f\ufe70-\ufefe"
    "\U0001f000-\U0001faff])[\u200c\u200d]"
)


def cleaned(text: str) -> str:
    """``text`` as one line, without what no text is made of; linear in its length."""
    return visible(allowed(text))


def allowed(text: str) -> str:
    """``text`` without what is forbidden; whatever is missing then was no text."""
    return _FORBIDDEN.sub("", text)


def visible(text: str) -> str:
    """``text``, of which nothing is forbidden, as one line without what nobody would see."""
    if not text.isascii():
        text = _STRAY_JOINERS.sub("", _INVISIBLE.sub(r"\1", text))
    return " ".join(text.split())


def damaged(text: str) -> int:
    """How many characters of ``text`` show that it is none."""
    return text.count("\ufffd") + len(_FORBIDDEN.findall(text))
