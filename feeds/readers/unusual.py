"""What was meant as front matter, and isn't written as one: other fences, line ends, JSON.

Rules
- A fence is a line of one sign (``----``, ``–––``, ``++++``), or of such as other programs take.
  Between two of them, keys and nothing else are front matter if one is a field in small letters,
  or several are fields, and more than a byline.
- Only LF, CR LF and CR end lines. What would be front matter if a vertical tab or the like did, is.
- JSON begins with a brace and a key, and ends with a brace, or its key is a field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.readers.keys import BYLINE, FIELDS, find_key, is_nearly_key
from feeds.text import characters
from feeds.text.patterns import compile_late

_JSON = compile_late(
    r"(?:\[\s{0,200})?\{\s{0,200}(?:\"([^\"\n]{0,200})\"|'([^'\n]{0,200})'|([^\W\d]\w{0,40}))\s{0,9}:"
)
_JSON_END = compile_late(r"\}[ \t\]),;]*$", re.MULTILINE)
_FENCE = compile_late(
    r"(([-–—―−－_=~*+＋;`.%])(?:[ \t]?\2)*)[ \t]*(ya?ml|toml|json)?", re.IGNORECASE
)
_USUAL = frozenset(["---", "+++"])
_RARE_LINE_ENDS = compile_late("[\v\f\x1c-\x1e\x85\u2028\u2029]")
_SHAPED = compile_late(r"\s+\S|-\s|[]}#\[]")
_MOST_LINES = 200
_UNCLOSED = 2
"""So many fields, one below the other, are front matter without a closing line."""


def unread(text: str) -> str:
    """What is wrong with the front matter with which ``text`` begins; empty if nothing is.

    Nothing is, too, where it is between the lines that it should be, or where there is none.
    """
    if text.startswith(("{", "[")):
        if _is_json(text):
            return "front matter in JSON is not read; write 'key: value' between two lines '---'"
        return ""
    first, _, rest = text.partition("\n")
    if rare := _RARE_LINE_ENDS.search(first):
        lines = [*_RARE_LINE_ENDS.split(first), *rest.split("\n", _MOST_LINES)[:_MOST_LINES]]
        if _FENCE.fullmatch(lines[0].strip()) and _has_fields(lines):
            return (
                f"front matter whose lines end with U+{ord(rare[0]):04X} is not read; "
                "save the page with usual line ends"
            )
        return ""
    fence = _FENCE.fullmatch(characters.visible(first).strip())
    if fence is None or fence[1] in _USUAL:
        return ""
    if _has_fields([first, *rest.split("\n", _MOST_LINES)[:_MOST_LINES]]):
        told = fence[1][:20]
        return f"front matter below '{told}' is not read; write '---' (YAML) or '+++' (TOML)"
    return ""


def _is_json(text: str) -> bool:
    match = _JSON.match(text)
    if match is None:
        return False
    if match[3]:
        return match[3] in FIELDS and bool(_JSON_END.search(text))
    return (match[1] or match[2]) in FIELDS or bool(_JSON_END.search(text))


def _has_fields(lines: Sequence[str]) -> bool:
    """Whether below the first of ``lines``, a fence, are keys alone, and fields among them."""
    sign = lines[0].strip()[:1]
    is_first, fields = True, 0
    names: set[str] = set()
    for line in lines[1:]:
        end = _FENCE.fullmatch(characters.visible(line).strip())
        if end and end[2] == sign:
            return fields > 0 or (len(names) > 1 and not names <= BYLINE)
        said = line.strip()
        if not said and fields >= _UNCLOSED:
            return True
        if not said or said[0] == "#":
            continue
        is_field = is_nearly_key(line)
        if is_first and _JSON.match(said):
            return True
        keys = (find_key("---", line), find_key("+++", line))
        if not (is_field or any(keys) or _SHAPED.match(line)):
            return False
        is_first = False
        fields += is_field
        names |= {key.name.casefold() for key in keys if key} & set(FIELDS)
    return False
