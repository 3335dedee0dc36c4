"""What front matter states in Markdown, as people see it: words without marks, whole addresses."""

from __future__ import annotations

import msgspec

from feeds.model import Dropped, Page, Statement
from feeds.normalise.markdown import addresses
from feeds.normalise.markdown.commands import Commands
from feeds.normalise.markdown.dialects import Dialects
from feeds.normalise.markdown.marks import without_marks
from feeds.normalise.markdown.pieces import Piece, in_words

_WORDS = frozenset(("title", "summary"))
_ADDRESSES = frozenset(("image", "url"))
_LONGEST = 5000


def plainly_stated(page: Page) -> tuple[Page, list[Dropped]]:
    """``page``, whose front matter has words as people see them, and what of it is no text."""
    dropped: list[Dropped] = []
    statements: list[Statement] = []
    for statement in page.statements:
        value = statement.value
        if statement.field in _WORDS and isinstance(value, str):
            value, left_out = _plain_words(value, statement.evidence.line)
            dropped += left_out
        elif statement.field in _ADDRESSES and isinstance(value, str):
            value = addresses.as_stated(value)
        statements.append(msgspec.structs.replace(statement, value=value))
    return msgspec.structs.replace(page, statements=tuple(statements)), dropped


def _plain_words(text: str, line: int) -> tuple[str, list[Dropped]]:
    """``text`` as people see it, and what of it is no text; ``line`` is where it stands."""
    if len(text) > _LONGEST:
        return text, []
    pieces: list[Piece] = []
    commands = Commands(text, pieces)
    dialects = Dialects(commands.run(), pieces, draws=False)  # programs draw none there
    words = without_marks(in_words(dialects.run(), pieces))
    dropped = [
        Dropped(line + one.line - 1, one.text, one.rule)
        for one in (*commands.dropped, *dialects.dropped)
    ]
    return (text if words == text else " ".join(words.split())), dropped
