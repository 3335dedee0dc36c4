"""Lines that are visibly cut short: they end in an ellipsis, in whatever signs and brackets."""

from __future__ import annotations

_BLANKS = " \t\u00a0\u2009\u202f"
_OPENING = _BLANKS + "([{<〔【（［「『«„“‘\"'"
_CLOSING = _BLANKS + ")]}>〕】）］」』»“”’\"'"
_SINGLE = "…⋯‥᠁︙"
_DOTS = {".": 3, "。": 2, "۔": 2, "．": 3}
"""How many of such a sign are an ellipsis, blanks between them or not."""
_SIGNS = frozenset((*_SINGLE, *_DOTS))
MARKS = (*_SINGLE, "...", ". .", ".\u00a0.", "。。", "۔۔", "．．")
"""One of these is among the last signs of whatever is cut short."""


def stem(title: str) -> str:
    """What is left of a headline before the ellipsis in which it ends; empty if it is not cut."""
    shown = title.rstrip(_CLOSING)
    if shown[-1:] not in _SIGNS:
        return ""
    bare = shown.rstrip(_BLANKS + _SINGLE + "".join(_DOTS))
    mark = shown[len(bare) :]
    is_cut = any(sign in mark for sign in _SINGLE) or any(
        mark.count(sign) >= enough for sign, enough in _DOTS.items()
    )
    return bare.rstrip(_OPENING) if is_cut else ""


def is_cut(title: str) -> bool:
    """Whether a headline ends in an ellipsis, as one does of which a list has no room for more."""
    return bool(stem(title))
