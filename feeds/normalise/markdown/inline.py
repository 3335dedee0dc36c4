"""Words of front matter, such as a title, without what other programs would make of them."""

from __future__ import annotations

from feeds.model import Dropped
from feeds.normalise.markdown.commands import Commands
from feeds.normalise.markdown.dialects import Dialects
from feeds.normalise.markdown.marks import without_marks
from feeds.normalise.markdown.pieces import Piece, in_words

_LONGEST = 5000


def plain_words(text: str, line: int) -> tuple[str, list[Dropped]]:
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
