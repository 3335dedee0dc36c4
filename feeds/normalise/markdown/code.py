"""Where in a Markdown source code is, in which signs of other programs are text."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt

_TICKS = re.compile(r"(?<![`\\])`+")
_HTML = re.compile(r"<!--|<(pre|code|kbd|samp|textarea|script)\b", re.IGNORECASE)


class Code:
    """The spans of a source that are code, or a comment of HTML."""

    def __init__(self, source: str) -> None:
        spans = sorted(_spans(source)) if _may_have_code(source) else []
        self._begins = [begin for begin, _ in spans]
        self._ends = list(accumulate((end for _, end in spans), max))

    def end_around(self, place: int) -> int:
        """Where the code around ``place`` ends; 0 if there is none."""
        number = bisect_right(self._begins, place) - 1
        return self._ends[number] if number >= 0 and self._ends[number] > place else 0


def _may_have_code(source: str) -> bool:
    return any(sign in source for sign in ("`", "~~~", "    ", "\t", "<"))


def _spans(source: str) -> Iterator[tuple[int, int]]:
    begins = [0, *accumulate(len(line) + 1 for line in source.split("\n"))]
    seen: set[int] = set()
    for token in _blocks().parse(source):
        if token.map is None:
            continue
        begin, end = begins[token.map[0]], begins[token.map[1]] - 1
        if token.type in ("fence", "code_block"):
            yield begin, end
        elif token.type in ("inline", "html_block") and begin not in seen:
            seen.add(begin)
            if token.type == "inline":
                yield from _between_ticks(source, begin, end)
            yield from _in_html(source, begin, end)


def _between_ticks(source: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between ticks and as many ticks."""
    ticks = [(found.start(), found.end()) for found in _TICKS.finditer(source, begin, end)]
    after: dict[int, list[int]] = {}
    for place, close in reversed(ticks):
        after.setdefault(close - place, []).append(place)
    last = begin
    for place, close in ticks:
        alike = after[close - place]
        while alike and alike[-1] <= place:
            alike.pop()
        if place >= last and alike:
            last = alike[-1] + close - place
            yield place, last


def _in_html(source: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Comments, and what stands in elements of code."""
    unclosed: set[str] = set()
    place = begin
    while found := _HTML.search(source, place, end):
        closing = f"</{found[1].lower()}" if found[1] else "-->"
        place = found.end()
        if closing in unclosed:
            continue
        close = source.find(closing, place, end)
        if close < 0:
            unclosed.add(closing)
        else:
            place = close + len(closing)
            yield found.start(), place


@cache
def _blocks() -> MarkdownIt:
    """A parser that knows blocks alone, and not what stands in them."""
    from markdown_it import MarkdownIt  # late: other pages need none of it

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser
