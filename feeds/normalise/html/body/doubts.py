"""Whether much of an article may be missing from its text.

Rules
- What a page states for machines as its text is compared with what was read. Where hardly any of
  it was, the page is held: readers would get a stub.
- Where more prose was left out than read, an editor is told.
"""

from __future__ import annotations

from feeds.model.problem import Problem, Weight
from feeds.normalise.html import dom
from feeds.normalise.html.body.select import OUTSIDE, TEXT, Selection
from feeds.normalise.html.body.witness import Witness, words_in
from feeds.normalise.words import names

_LEAST, _HALF, _STUB = 60, 0.5, 0.2
_LEFT = frozenset((OUTSIDE, names.BOX, "beside the text", "beside the article"))
_REMEDY = "save the page again when it has loaded, or as plain text"


def doubts_of(selection: Selection, stated: str, *, paid: bool) -> list[Problem]:
    """What is doubtful about the text; ``stated`` is what the page states as its text.

    ``paid``: whether the page says that its text isn't for everybody.
    """
    read = [
        piece.words
        for piece, verdict in zip(selection.pieces, selection.verdicts, strict=True)
        if verdict == TEXT
    ]
    line = dom.line_of(selection.scope)
    words = words_in(stated)
    share = Witness(read).share(words) if len(words) >= _LEAST else 1.0
    if share < _HALF:
        what = f"{share:.0%} of what the JSON-LD states as the article's text is in what was read"
        weight: Weight = "hold" if share < _STUB and not paid else "doubt"
        return [Problem("text-incomplete", what, line, _REMEDY, weight=weight)]
    left = sum(
        len(piece.words)
        for piece, verdict in zip(selection.pieces, selection.verdicts, strict=True)
        if verdict in _LEFT and len(piece.words) >= dom.PROSE and not piece.linked
    )
    if left > sum(map(len, read)) > 0:
        what = f"more prose of the page was left out ({left:,} characters) than read"
        return [Problem("text-incomplete", what, line, _REMEDY)]
    return []
