"""Markdown to tokens: CommonMark, and what GitHub and most programs add to it.

Rules
- Tables, ``~~`` and footnotes count. A footnote stands where it was written, behind its mark; no
  link leads there or back, since readers are given one text among others.
- A task of a list begins with a box, ticked or not, as readers of feeds have no other.
- Shortcodes are other programs' commands, and no text. They are taken out before anything is read,
  but not out of code; their lines stay, so that line numbers are an editor's.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING

from feeds.model import Dropped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SHORTCODE = re.compile(
    r"\{\{[<%][^{}]{0,1000}[>%]\}\}|\{%[^{}]{0,1000}%\}|\{\{[^{}<%][^{}]{0,300}\}\}"
    r"|^\{:[^{}]{0,300}\}$",
    re.MULTILINE,
)
_TEXT_ENDS = re.compile(r"[\n!&*<\[\\\]_`~]")
"""Where text may end within a line: at signs of which a rule that is on makes something."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LONGEST_DROP = 120
_BOXES = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}


def tokens_of(source: str) -> list[Token]:
    """The tokens of the Markdown ``source``; footnotes stand where they were written."""
    from markdown_it.token import Token as NewToken

    found: list[Token] = []
    label = ""
    for token in _parser(footnotes="[^" in source).parse(source):
        if token.type == "footnote_reference_open":
            label = str(token.meta["label"])
        elif token.type != "footnote_reference_close":
            if label and token.type == "inline" and token.children is not None:
                token.children.insert(0, NewToken("text", "", 0, content=f"[{label}] "))
                label = ""
            if [one.type for one in found[-2:]] == ["list_item_open", "paragraph_open"]:
                _draw_box(token)
            found.append(token)
    return found


def _draw_box(item: Token) -> None:
    first = item.children[0] if item.children else item
    if box := _BOXES.get(first.content[:4]):
        first.content = box + first.content[4:]


def rendered(tokens: Sequence[Token]) -> str:
    """The HTML of ``tokens``."""
    parser = _parser(footnotes=True)
    return str(parser.renderer.render(tokens, parser.options, {}))


def without_shortcodes(source: str) -> tuple[str, list[Dropped]]:
    """``source`` without the commands of other programs, and these."""
    if "{" not in source:
        return source, []
    code = _code(source)
    kept: list[str] = []
    dropped: list[Dropped] = []
    line, end = 1, 0
    ticks = 0  # on the line, up to the command: counted on, since a line may hold thousands
    for found in _SHORTCODE.finditer(source):
        between = source[end : found.start()]
        line += between.count("\n")
        ticks = _ticks(between, ticks)
        is_code = line in code or ticks % 2
        lines = found[0].count("\n")
        if not is_code:
            words = " ".join(found[0].split())
            dropped.append(Dropped(line, words[:_LONGEST_DROP], "shortcode of another program"))
        kept += (between, found[0] if is_code else "\n" * lines)
        ticks = _ticks(found[0], ticks)
        line, end = line + lines, found.end()
    return "".join((*kept, source[end:])), dropped


def _ticks(text: str, before: int) -> int:
    """How many back ticks there are on the last line of ``text``; ``before``: on it, above."""
    begin = text.rfind("\n") + 1
    return text.count("`", begin) + (0 if begin else before)


def _code(source: str) -> set[int]:
    """The numbers of the lines that are code between fences."""
    found: set[int] = set()
    fence = ""
    for number, line in enumerate(source.split("\n"), start=1):
        match = _FENCE.match(line)
        if fence:
            found.add(number)
            if match and match[1].startswith(fence) and not line[match.end() :].strip():
                fence = ""
        elif match:
            fence = match[1]
    return found


@cache
def _parser(*, footnotes: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt  # late: other pages need none of it
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # else it ends at every sign that any rule of CommonMark or another grammar could begin with
    parser.inline.terminator_re = _TEXT_ENDS
    if footnotes:  # asks at every line and sign
        parser.use(footnote_plugin, inline=False, move_to_end=False)
        parser.add_render_rule("footnote_ref", _mark)
    return parser


def _mark(_: object, tokens: Sequence[Token], place: int, *__: object) -> str:
    return f"<sup>[{html.escape(str(tokens[place].meta['label']))}]</sup>"
