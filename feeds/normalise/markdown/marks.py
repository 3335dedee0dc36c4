"""A line without Markdown's marks, where it is read by no parser: a title, a caption.

Marks count only around words: what stands within one (``sh*t``) is a letter to its writer.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[*_`~\[\\]")
_LONGEST = 5000


def _around(sign: str, count: int) -> re.Pattern[str]:
    one = re.escape(sign)
    mark = one * count
    return re.compile(
        rf"(?<![\w\\{one}]){mark}(?=[^\s{one}])([^{one}\n]+)(?<=\S){mark}(?![\w{one}])"
    )


_MARKS = (
    (re.compile(r"!?\[([^\[\]\n]+)\]\([^()\n]*\)"), r"\1"),
    (re.compile(r"(?<![`\\])(`{1,2})(?!`)([^`\n]+)\1(?!`)"), r"\2"),
    (re.compile(r"~~(?=\S)[^~\n]*~~ ?"), ""),
    *((_around(sign, count), r"\1") for count in (2, 1) for sign in "*_"),
    (re.compile(r"\\([*_`~\[\]#\\])"), r"\1"),
)


def without_marks(text: str) -> str:
    """``text`` as people see it; what is struck out is gone."""
    if len(text) > _LONGEST or _SIGNS.search(text) is None:
        return text
    for mark, inner in _MARKS:
        text = mark.sub(inner, text)
    return text
