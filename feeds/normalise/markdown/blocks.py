"""A Markdown page as blocks, and these as the lines in which lists are looked for.

Rules
- A block is what stands at the page's left edge: a paragraph, a heading, a whole list.
- A table is one line, so that no list is found in it, unless each row is a headline with a link and
  a date.
- "[Headline](URL) date" is two lines, the headline's with its link. A wrapped paragraph is one
  line, unless one of its own lines is a date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from feeds.model import Line
from feeds.normalise.markdown.parsing import Source, tokens_of
from feeds.text.dates import resolve

if TYPE_CHECKING:
    from markdown_it.token import Token

_BETWEEN = " \t–—-,;:|·()[]"


class Block(NamedTuple):
    """One block of the page: paragraph, heading, list … ``rows`` are its lines, wrapped or not."""

    tokens: list[Token]
    line: int
    rows: tuple[Line, ...]

    @property
    def kind(self) -> str:
        """The HTML element that it becomes; empty for none."""
        return self.tokens[0].tag

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of a part of the page."""
        return self.tokens[0].type == "heading_open"

    @property
    def text(self) -> str:
        """Its text in one line."""
        return " ".join(row.text for row in self.rows)


def blocks_in(source: Source, base: str) -> Iterator[Block]:
    """The blocks of the page from top to bottom."""
    open_tokens: list[Token] = []
    depth = 0
    for token in tokens_of(source):
        open_tokens.append(token)
        depth += token.nesting
        if depth == 0:
            if token.type == "table_close":
                rows = _rows_of_table(open_tokens, base)
            else:
                rows = [row for inner in open_tokens for row in _rows(inner, base)]
            line = (open_tokens[0].map or [0])[0] + 1
            yield Block(open_tokens, line, tuple(rows))
            open_tokens = []


def _rows(token: Token, base: str) -> Iterator[Line]:
    """The lines of a token with text in it; "[Headline](URL) date" is two."""
    if token.type in {"fence", "code_block"} and token.map:
        yield Line(token.map[0] + 1, " ".join(token.content.split()))
    if token.type != "inline" or token.map is None:
        return
    number, is_inside, is_struck = token.map[0] + 1, False, False
    links: list[str] = []
    texts: list[tuple[bool, str]] = []
    for child in [*(token.children or ()), None]:
        if child is None or child.type in {"softbreak", "hardbreak"}:
            yield from _row(number, texts, [_address(base, link) for link in links])
            number, links, texts = number + 1, [], []
        elif child.type in {"link_open", "link_close"}:
            is_inside = child.type == "link_open"
            if is_inside:
                links.append(str(child.attrs.get("href", "")))
        elif child.type in {"s_open", "s_close"}:
            is_struck = child.type == "s_open"
        elif not is_struck and child.type in {"text", "code_inline", "text_special"}:
            texts.append((is_inside, child.content))


def _rows_of_table(tokens: Sequence[Token], base: str) -> list[Line]:
    """The lines of a table: headlines with their dates, or one with all that it says."""
    cells: list[list[Line]] = []
    for token in tokens:
        if token.type == "tr_open":
            cells.append([])
        elif token.type == "inline":
            cells[-1] += _rows(token, base)
    pairs = [_pair(row) for row in cells[1:]]
    if len(pairs) > 1 and all(pairs):
        return [line for pair in pairs for line in pair]
    every = [line for row in cells for line in row]
    text = " ".join(line.text for line in every)
    return [Line(every[0].number, text)] if every else []


def _pair(row: Sequence[Line]) -> list[Line]:
    """The headline and the date that a row of a table is; nothing if it is something else."""
    linked = [cell for cell in row if cell.url]
    dated = [cell for cell in row if resolve.read_date(cell.text) is not None]
    return [*linked, *dated] if (len(linked), len(dated), len(row)) == (1, 1, 2) else []


def _row(number: int, texts: Sequence[tuple[bool, str]], links: Sequence[str]) -> Iterator[Line]:
    def joined(parts: Iterator[str]) -> str:
        return " ".join("".join(parts).split())

    whole = joined(text for _, text in texts)
    linked = joined(text for is_inside, text in texts if is_inside)
    beside = joined(text for is_inside, text in texts if not is_inside).strip(_BETWEEN)
    if len(links) == 1 and linked and beside and resolve.read_date(beside) is not None:
        yield Line(number, linked, links[0])
        yield Line(number, beside)
    elif whole:
        yield Line(number, whole, links[0] if len(links) == 1 and not beside else "")


def _address(base: str, link: str) -> str:
    """``link`` seen from ``base``; empty if it is no address."""
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def lines_of(found: Sequence[Block]) -> Iterator[Line]:
    """The page as lines: a paragraph's joined, unless one of them is a date."""
    for block in found:
        if block.line > 1:
            yield Line(block.line - 1, "")
        is_prose = block.kind in {"p", "blockquote"} and len(block.rows) > 1
        if is_prose and not any(resolve.read_date(row.text) for row in block.rows):
            yield Line(block.rows[0].number, block.text)
        else:
            yield from block.rows
