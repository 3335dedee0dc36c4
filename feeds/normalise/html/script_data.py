r"""The article's markup among the data that a page has for its own scripts.

Rules
- Frameworks send what they are about to show as JSON within scripts: a text is a string of it that
  has paragraphs, be it a string within another, as what streams a page writes them.
- Of several texts it is the one that is by far the longest: where others are nearly as long,
  nothing tells whose it is.
- Data that speak of payment hold a text that isn't for everybody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

# what nobody ended is taken whole, too: looked at once, and not from each of its signs on
_SCRIPT = re.compile(r"<script\b([^<>]{0,500})>(.*?)(?:</script|\Z)", re.IGNORECASE | re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*("?)')
_PARAGRAPH = re.compile(r"<p\b[^<>]{0,300}>(.*?)(?=</p|<p\b|\Z)", re.IGNORECASE | re.DOTALL)
_MARKED = re.compile(r"(?:<|\\+u003c)p\b", re.IGNORECASE)
_HOLDS_JSON = re.compile(r"\s*(?:[\[{]|[0-9a-f]{1,6}:)")
_TAG = re.compile(r"<[^<>]*>")
_PAID = re.compile(
    r'"(?:is_?)?(?:premium|paid|paywall(?:ed)?|pay_?walled|locked|subscribers?_?only|members?_?only)'
    r'(?:_?(?:content|article))?"\s*:\s*(?:true|1\b|"(?!free|none|no"|false|0?")[^"]+")',
    re.IGNORECASE,
)
_JSON_LD, _MOST, _DEEPEST = "ld+json", 200, 2
_FEWEST, _SHORTEST, _SHORT = 2, 300, 60


class Text(NamedTuple):
    """The markup of a text, and the line of the page on which the script begins that has it."""

    markup: str
    line: int


def find_text(page: str) -> Text | None:
    """The text in the scripts of ``page``, its source; None if there is none, or it isn't free."""
    found: dict[str, tuple[int, str, int]] = {}
    for script in _SCRIPT.finditer(page):
        if _JSON_LD in script[1].lower() or not _MARKED.search(script[2]):
            continue
        if _PAID.search(script[2].replace("\\", "")):
            return None
        for markup in _texts(script[2], _DEEPEST):
            if (size := _prose_in(markup)) >= _SHORTEST and len(found) < _MOST:
                found.setdefault(_TAG.sub("", markup), (size, markup, script.start(2)))
    texts = sorted(found.values(), reverse=True)
    if not texts or (len(texts) > 1 and 2 * texts[1][0] > texts[0][0]):
        return None
    _, markup, place = texts[0]
    return Text(markup, page.count("\n", 0, place) + 1)


def _texts(data: str, deepest: int) -> Iterator[str]:
    """The strings in ``data`` that have paragraphs; of those that hold JSON, the ones in that."""
    for string in _STRING.finditer(data):
        if not string[1] or len(string[0]) < _SHORTEST or not _MARKED.search(string[0]):
            continue
        try:
            said = json.loads(string[0], strict=False)
        except ValueError:
            continue
        if _HOLDS_JSON.match(said) and deepest:
            yield from _texts(said, deepest - 1)
        else:
            yield said


def _prose_in(markup: str) -> int:
    """How many characters the longer paragraphs of ``markup`` have, if there are several."""
    sizes = [len(_TAG.sub("", inner[1]).strip()) for inner in _PARAGRAPH.finditer(markup)]
    longer = [size for size in sizes if size >= _SHORT]
    return sum(longer) if len(longer) >= _FEWEST else 0
