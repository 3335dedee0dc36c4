"""TOML that people wrote, and that may be of any size: looked over before it is parsed.

Rules
- How deeply values are nested and how many parts a key has is counted in one pass, since the
  parser's time and memory grow with the square of the one, and its stack with the other.
- Whatever is wrong is a ``TomlError`` with its line; no other exception leaves.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

DEEPEST = 16
"""So many brackets may be open, and so many names may a key have."""

PIECE = re.compile(
    # what is closed, and passed over as a whole; one that is not ends the parser's work as well
    r'"""(?>[^"\\]+|\\.|"(?!""))*+"{3,5}|\'\'\'(?>[^\']+|\'(?!\'\'))*+\'{3,5}'
    r'|"(?!"")(?>[^"\\\n]+|\\[^\n])*+"|\'(?!\'\')[^\'\n]*+\'|#[^\n]*+'
    # what counts
    r"|[\[\]{}.=,\n]"
    r"|[^\"'#\[\]{}.=,\n]++"
    r"|(?P<open>[\"'])",
    re.DOTALL,
)


class TomlError(Exception):
    """What is wrong with a text as TOML, and on which line; 0 if that isn't known."""

    def __init__(self, what: str, line: int = 0) -> None:
        super().__init__(what)
        self.what = what
        self.line = line


def parse_toml(text: str, *, largest: int, exact: bool = False) -> dict[str, Any]:
    """The table in ``text``, which may have ``largest`` characters. Raises TomlError.

    ``exact``: numbers with a point stay the texts that they were.
    """
    if len(text) > largest:
        raise TomlError(f"{len(text):,} characters are more than it may have ({largest:,})")
    _refuse_excess(text)
    try:
        return tomllib.loads(text, parse_float=str if exact else float)
    except RecursionError as error:
        raise TomlError("nested too deeply") from error
    except ValueError as error:
        where = re.search(r"\(at line (\d+)", str(error))
        what = str(error).partition(" (at ")[0]
        if not isinstance(error, tomllib.TOMLDecodeError):
            what = "a number of thousands of digits"
        raise TomlError(what, int(where[1]) if where else 0) from error


def _refuse_excess(text: str) -> None:
    """Raises TomlError for what is nested, or whose keys are parted, beyond all measure."""
    depth = names = 0
    line = 1
    for piece in PIECE.finditer(text):
        mark = piece[0]
        if piece["open"]:
            return  # never closed: the parser comes to that, and no further
        if mark == ".":
            names += 1
        elif mark in "=,\n[]{}":
            names = 0
            depth += (mark in "[{") - (mark in "]}")
        if depth > DEEPEST:
            raise TomlError(f"nested more than {DEEPEST} levels deep", line)
        if names >= DEEPEST:
            raise TomlError(f"a key of more than {DEEPEST} names with dots between them", line)
        line += mark.count("\n")
