"""Markdown to tokens: CommonMark, and what GitHub and most programs add to it.

Rules
- Tables, ``~~``, footnotes and lists of definitions count. A footnote stands where it was written,
  behind its mark; no link leads there or back, since readers are given one text among others.
- A task of a list begins with a box, ticked or not, as readers of feeds have no other.
- An address in the text is a link.
- What other programs write in Markdown is made Markdown, or taken out, before anything is read.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from feeds.model import Dropped
from feeds.normalise.markdown.addresses import at_root
from feeds.normalise.markdown.commands import Commands
from feeds.normalise.markdown.dialects import Dialects
from feeds.normalise.markdown.pieces import Piece
from feeds.normalise.markdown.placing import placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_TEXT_ENDS = re.compile(r"[\n!&*<\[\\\]_`~]")
"""Where text may end within a line: at signs of which a rule that is on makes something."""
_DEFINITION = re.compile(r"^ {0,3}:[ \t]+\S", re.MULTILINE)
_BOXES = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}
_ADDRESS = re.compile(r"(?<![\w@./:-])(?:https?://|www\.)[^\s<>\"“”«»]{3,2000}")
_AFTER_ADDRESS = "?!.,:;*_~'"


class Source(NamedTuple):
    """Markdown without what other programs write in it.

    ``pieces`` stand in it by number, ``abbreviations`` say what words of it stand for.
    """

    markup: str
    pieces: list[Piece]
    abbreviations: dict[str, str]
    dropped: list[Dropped]


def read_source(text: str, *, is_mdx: bool = False) -> Source:
    """The Markdown that ``text`` is; ``is_mdx``: with commands between single braces."""
    pieces: list[Piece] = []
    commands = Commands(text, pieces, is_mdx=is_mdx)
    dialects = Dialects(at_root(commands.run()), pieces)
    markup = dialects.run()
    dropped = [*commands.dropped, *dialects.dropped]
    return Source(markup, pieces, dialects.abbreviations, dropped)


def tokens_of(source: Source) -> list[Token]:
    """The tokens of ``source``; footnotes stand where they were written."""
    from markdown_it.token import Token as NewToken

    found: list[Token] = []
    label = ""
    parser = _parser(
        footnotes="[^" in source.markup,
        definitions=_DEFINITION.search(source.markup) is not None,
    )
    for token in placed(parser.parse(source.markup), source.pieces, source.abbreviations):
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
    """The HTML of ``tokens``, in which addresses are links."""
    parser = _parser(footnotes=True, definitions=False)
    for token in tokens:
        if token.type == "inline" and ("://" in token.content or "www." in token.content):
            token.children = list(_linked(token.children or ()))
    return str(parser.renderer.render(tokens, parser.options, {}))


def _linked(children: Sequence[Token]) -> Iterator[Token]:
    """``children``, whose texts are links where they are addresses."""
    from markdown_it.token import Token as NewToken

    depth = 0
    for child in children:
        depth += child.nesting if child.type in ("link_open", "link_close") else 0
        if child.type != "text" or depth:
            yield child
            continue
        end = 0
        for found in _ADDRESS.finditer(child.content):
            address = _trimmed(found[0])
            yield NewToken("text", "", 0, content=child.content[end : found.start()])
            end = found.start() + len(address)
            link = address if address.startswith("http") else f"http://{address}"
            yield NewToken("link_open", "a", 1, attrs={"href": link})
            yield NewToken("text", "", 0, content=address)
            yield NewToken("link_close", "a", -1)
        yield NewToken("text", "", 0, content=child.content[end:])


def _trimmed(address: str) -> str:
    """``address`` without what ends the sentence that it stands in."""
    while True:
        shorter = address.rstrip(_AFTER_ADDRESS)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter


@cache
def _parser(*, footnotes: bool, definitions: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt  # late: other pages need none of it
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.validateLink = _is_link  # type: ignore[assignment,method-assign]
    # else it ends at every sign that any rule of CommonMark or another grammar could begin with
    parser.inline.terminator_re = _TEXT_ENDS
    if footnotes:  # asks at every line and sign
        parser.use(footnote_plugin, inline=False, move_to_end=False)
        parser.add_render_rule("footnote_ref", _mark)
    if definitions:
        parser.use(deflist_plugin)
    return parser


def _is_link(_: str) -> bool:
    """Every address makes a link: what nobody may be led to goes when the HTML is cleaned."""
    return True


def _mark(_: object, tokens: Sequence[Token], place: int, *__: object) -> str:
    return f"<sup>[{html.escape(str(tokens[place].meta['label']))}]</sup>"
