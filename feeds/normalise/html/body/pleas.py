"""What newsrooms ask readers for below a text, in whole sentences.

Rules
- A short paragraph at the very end that begins as an invitation and names a network, a letter, an
  app or a gift is no text. Within the text people are told such things as well.
"""

from __future__ import annotations

from feeds.normalise import verdicts
from feeds.normalise.html.body.pieces import Piece
from feeds.normalise.verdicts import TEXT
from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of

_LONGEST, _MOST = 300, 4
_BEGINNING = Words(rf"[\W_]*(?:{any_of(vocabulary.INVITED)})(?!\w)")
_WHAT_FOR = Words(
    rf"(?<!\w)(?:{any_of(vocabulary.INVITED_TO)}|{any_of(vocabulary.NEWSLETTERS)})(?!\w)"
)
_SURE = Words(rf"[\W_]*(?:{any_of(vocabulary.CLOSING)})")


def leave_pleas(pieces: list[Piece]) -> None:
    """Takes what asks readers for something off the end of the text of ``pieces``."""
    text = [piece for piece in pieces if piece.verdict == TEXT]
    for piece in reversed(text[1:][-_MOST:]):
        if len(piece.words) > _LONGEST or not _is_plea(piece.words):
            return
        piece.verdict = verdicts.INVITATION


def _is_plea(words: str) -> bool:
    if _SURE.match(words):
        return True
    return _BEGINNING.match(words) is not None and _WHAT_FOR.search(words) is not None
