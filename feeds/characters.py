"""Which characters a page may bring along: one rule for all kinds of pages."""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0, section 2.2, forbids, and the control characters that it merely discourages."""

NONCHARACTER = re.compile("[\ufdd0-\ufdef]")
INVISIBLE = re.compile("[\u00ad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
"""What only a trickster or a word processor leaves behind."""


def printable(text: str) -> str:
    """``text`` without the characters that XML forbids."""
    return text if text.isprintable() else NONCHARACTER.sub("", FORBIDDEN.sub("", text))


def line(text: str) -> str:
    """``text`` as one line: nothing invisible, every run of blanks one blank, none around it."""
    return " ".join(INVISIBLE.sub("", printable(text)).split())
