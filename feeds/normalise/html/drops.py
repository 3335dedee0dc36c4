"""What was left out of a page, put into words: pieces of one kind are named together."""

from __future__ import annotations

from feeds.model import Dropped

_LONGEST = 500


def name(dropped: list[Dropped], piece: Dropped, *, goes_on: bool) -> None:
    """Adds ``piece`` to ``dropped``: to what was named last, if it ``goes_on`` from there."""
    last = dropped[-1] if goes_on and dropped else None
    if last is None or len(last.text) + len(piece.text) >= _LONGEST:
        dropped.append(piece)
    else:
        dropped[-1] = Dropped(last.line, f"{last.text} | {piece.text}", last.rule)
