"""Pieces in the place of their numbers, among the tokens of a page.

Rules
- A piece is HTML that nobody wrote on the page: its token says so (``MADE``). In HTML, and in the
  text beside a picture, it is its markup or its words; in an address it is nothing.
- A paragraph that is pieces and nothing else is no paragraph. A picture or player in a heading
  stands below it.
- An address that nobody can make is none.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from feeds.normalise.markdown.addresses import UNMADE
from feeds.normalise.markdown.pieces import PLACE, Piece, in_words

if TYPE_CHECKING:
    from markdown_it.token import Token

MADE = "made"
"""What the ``info`` of a token says whose HTML is a piece's."""
_MOST_ABBREVIATIONS = 100
_UNMADE = (UNMADE, "%EF%B7%92")
_PLACED = re.compile("\ufdd0\\d+\ufdd1|%EF%B7%90\\d+%EF%B7%91")
_ATTRIBUTE = re.compile(f"=\\s*(?:\"[^\"]*{UNMADE}[^\"]*\"|'[^']*{UNMADE}[^']*')")
_MARK = re.compile(r"\[\^([^\]\s^]{1,50})\]")


def placed(
    tokens: Sequence[Token], pieces: Sequence[Piece], abbreviations: dict[str, str]
) -> Iterator[Token]:
    """``tokens`` with the ``pieces`` that stand in them, and with what abbreviations mean."""
    short = sorted(abbreviations, key=len, reverse=True)[:_MOST_ABBREVIATIONS]
    words = "|".join(map(re.escape, short))
    means = re.compile(rf"(?<!\w)(?:{words})(?!\w)") if words else None
    signs = [PLACE.pattern, _MARK.pattern, *([f"({means.pattern})"] if means else [])]
    writer = _Writer(pieces, abbreviations, re.compile("|".join(signs)))
    found = list(tokens)
    below: list[Token] = []
    place = 0
    while place < len(found):
        token = found[place]
        alone = writer.alone(found[place + 1]) if token.type == "paragraph_open" else []
        if alone:
            for one in alone:
                one.map = token.map
            yield from alone
            place += 3
            continue
        if token.type == "heading_open":
            below = writer.moved(found[place + 1])
        writer.fill(token)
        yield token
        if token.type == "heading_close":
            yield from below
        place += 1


class _Writer:
    """Puts pieces in the place of what stands for them."""

    def __init__(
        self, pieces: Sequence[Piece], abbreviations: dict[str, str], signs: re.Pattern[str]
    ) -> None:
        from markdown_it.token import Token as NewToken  # late: other pages need none of it

        self._new = NewToken
        self._pieces = pieces
        self._abbreviations = abbreviations
        self._signs = signs

    def alone(self, inline: Token) -> list[Token]:
        """The blocks that the text of a paragraph is, if it is pieces and nothing else."""
        if not inline.content.startswith("\ufdd0") or PLACE.sub("", inline.content).strip():
            return []
        named = [self._pieces[int(number)] for number in PLACE.findall(inline.content)]
        if any(piece.is_within_words for piece in named):
            return []
        return [self._block(piece) for piece in named]

    def moved(self, inline: Token) -> list[Token]:
        """The blocks that stand in ``inline``, which is without them then."""
        named = [self._piece(one) for one in PLACE.finditer(inline.content)]
        blocks = [piece for piece in named if piece.kind == "html" and not piece.is_within_words]
        for child in inline.children or () if blocks else ():
            child.content = PLACE.sub(
                lambda found: "" if self._piece(found) in blocks else found[0], child.content
            )
        return [self._block(piece) for piece in blocks]

    def _block(self, piece: Piece) -> Token:
        if piece.kind == "code":
            return self._new("code_block", "code", 0, content=f"{piece.content}\n", block=True)
        markup = f"<p>{piece.markup}</p>" if piece.markup.startswith("<img") else piece.markup
        return self._new("html_block", "", 0, content=f"{markup}\n", info=MADE, block=True)

    def fill(self, token: Token) -> None:
        """Puts pieces into ``token``."""
        if token.type == "html_block":
            token.content = self._html(token.content)
        elif token.type in ("fence", "code_block"):
            token.content = self._words(token.content)
        elif token.type == "inline" and token.children:
            token.children = list(self._children(token.children))

    def _piece(self, found: re.Match[str]) -> Piece:
        return self._pieces[int(found[1])]

    def _html(self, markup: str) -> str:
        if UNMADE in markup:
            markup = _ATTRIBUTE.sub('=""', markup).replace(UNMADE, "")
        return PLACE.sub(lambda found: self._piece(found).markup, markup)

    def _children(self, children: Sequence[Token]) -> Iterator[Token]:
        for child in children:
            if child.attrs and not self._has_address(child):
                continue
            if child.type == "image" and child.children:
                child.children = [
                    self._new("text", "", 0, content=self._words(one.content))
                    if one.type == "text" else one
                    for one in child.children
                ]  # fmt: skip
            elif child.type == "html_inline":
                child.content = self._html(child.content)
            elif child.type == "code_inline":
                child.content = self._words(child.content)
            if child.type == "text":
                yield from self._text(child)
            else:
                yield child

    def _has_address(self, child: Token) -> bool:
        """Whether ``child`` stays; its attributes are without pieces then."""
        for name, value in child.attrs.items():
            text = str(value)
            if any(sign in text for sign in _UNMADE):
                if child.type == "image":
                    return False
                child.attrs[name] = ""
            elif _PLACED.search(text):
                child.attrs[name] = _PLACED.sub("", text)
        return True

    def _words(self, text: str) -> str:
        return in_words(text, self._pieces).replace(UNMADE, "")

    def _text(self, token: Token) -> Iterator[Token]:
        end = 0
        text = token.content.replace(UNMADE, "")
        for sign in self._signs.finditer(text):
            if between := text[end : sign.start()]:
                yield self._new("text", "", 0, content=between)
            end = sign.end()
            if sign[1]:
                yield from self._inline(self._pieces[int(sign[1])])
            elif sign[2]:
                mark = f"<sup>[{html.escape(sign[2])}]</sup>"
                yield self._new("html_inline", "", 0, content=mark, info=MADE)
            else:
                title = html.escape(self._abbreviations[sign[0]])
                yield self._new("html_inline", "", 0, content=f'<abbr title="{title}">', info=MADE)
                yield self._new("text", "", 0, content=sign[0])
                yield self._new("html_inline", "", 0, content="</abbr>", info=MADE)
        if not end:
            yield token
        elif text[end:]:
            yield self._new("text", "", 0, content=text[end:])

    def _inline(self, piece: Piece) -> Iterator[Token]:
        if piece.kind == "text":
            yield self._new("text", "", 0, content=piece.content)
        elif piece.kind == "code":
            yield self._new("code_inline", "code", 0, content=" ".join(piece.content.split()))
        else:
            yield self._new("html_inline", "", 0, content=piece.content, info=MADE)
