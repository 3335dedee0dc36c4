"""Patterns of pages' paths, as people write them.

``*`` and ``?`` stand for what is in one folder, ``**`` for folders as well.
"""

from __future__ import annotations

import re
import unicodedata

_GLOB = re.compile(r"\*\*/|\*\*|\*|\?")
_IN_A_PATTERN = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


class Pattern:
    """What ``pattern`` matches: paths relative to where it is, with ``/``."""

    def __init__(self, pattern: str) -> None:
        parts, start = [], 0
        for found in _GLOB.finditer(pattern):
            parts += [re.escape(pattern[start : found.start()]), _IN_A_PATTERN[found[0]]]
            start = found.end()
        whole = "".join([*parts, re.escape(pattern[start:])])
        self._expression = re.compile(composed(whole), re.DOTALL)

    def matches(self, path: str) -> bool:
        """Whether it is a pattern of ``path``."""
        return self._expression.fullmatch(composed(path)) is not None


def composed(path: str) -> str:
    """``path`` with accents in one piece: some machines store names with them apart."""
    return unicodedata.normalize("NFC", path)
