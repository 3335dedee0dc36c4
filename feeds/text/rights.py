"""Whether others may show a story or a picture, as people and programs write it."""

from __future__ import annotations

import re

from feeds.model.media import Rights
from feeds.text.switches import is_no, is_yes

_OWN = frozenset(["ownsite"])
_ALL = frozenset(["syndicate", "syndication"])
_NO_LETTERS = re.compile(r"[\W_]+")


def read_rights(text: str) -> Rights:
    """What ``text`` says; raises ValueError, with what may be written, for all else."""
    word = _NO_LETTERS.sub("", text.casefold())
    if word in _ALL or is_yes(text):
        return "syndicate"
    if word in _OWN or is_no(text):
        return "own-site"
    raise ValueError("syndicate or own-site")
