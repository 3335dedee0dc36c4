"""The heading of a list of other stories, alone on its line or glued to a headline."""

from __future__ import annotations

import re

from feeds.normalise.words import is_small, vocabulary
from feeds.normalise.words.patterns import Words, any_of

_ANYWHERE, _ALONE = any_of(vocabulary.OTHER_STORIES), any_of(vocabulary.OTHER_STORIES_ALONE)
_HEADING = Words(rf"[\W_]{{0,4}}(?:{_ANYWHERE}|{_ALONE}(?=\s*:|\s*$))(?:\s*:)?")
# the two letters, lowered, that a heading may begin with, and some that none does
_STARTS = frozenset(
    start.replace("i", i)
    for start in re.findall(r"(?<=[|:?])(?=(\w.))", _ANYWHERE + _ALONE)
    for i in ("i", "ı", "i\u0307")
)
# "Latest newsroom opens" has no heading, "Latest newsiPhone sales fall" has one
_CONTINUED = Words(any_of(vocabulary.NEWS_IN_WORDS))
_LONG_ENDING = 4


def heading_of(text: str) -> str:
    """The heading at the start of a line, alone or glued to a headline; empty for none."""
    # the pattern itself is slow where it fails, as it does for nearly every line
    if text[:2].lower() not in _STARTS and text[:1].isalnum():
        return ""
    match = _HEADING.match(text)
    if not match:
        return ""
    heading, rest = text[: match.end()], text[match.end() :]
    return heading if not rest or _is_glued(heading, rest) else ""


def _is_glued(heading: str, rest: str) -> bool:
    """Whether ``rest`` of a line is a headline glued to the heading before it."""
    if heading.rstrip().endswith(":"):
        return True
    if rest[0].isspace() or rest[0] in ",;.!?)–—-/’'" or (is_small(rest) and not rest[0].isascii()):
        return False
    if (is_small(rest) or heading.isupper()) and _CONTINUED.match(rest):
        return False
    if rest[0].isalpha() and not (rest[0].isupper() or is_small(rest)):
        # a script without capitals may go on inside the heading's last word
        return len(rest.partition(" ")[0]) >= _LONG_ENDING
    return not (is_small(rest) and not rest[1:2].isupper())
