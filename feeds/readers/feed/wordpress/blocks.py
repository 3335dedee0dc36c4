"""The comments that WordPress's block editor leaves in a post: ``<!-- wp:paragraph -->``.

Rules
- What stands between the comments of a block is its HTML, and stays. A block that has none shows
  what WordPress makes when it is asked, and is named.
- What a block shows to some people alone goes with it. Behind a pay wall nothing is left.
- What stands in no block is a classic post's, and gets its paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from feeds.readers.feed.wordpress.restrictions import RESTRICTED, is_hidden
from feeds.readers.feed.wordpress.shortcodes import link
from feeds.text.patterns import compile_late

_COMMENT = compile_late(r"<!--\s{0,9}(/?)wp:([a-z][\w/-]{0,100})\s{0,9}([^<>]*?)(/?)-->", re.I)
_QUIET = re.compile(r"(?:core/)?(?:more|nextpage|spacer|separator|paragraph|missing|freeform|html)")
_WALL = re.compile(r"(?:[\w-]+/)?pay-?wall")


class Unblocked(NamedTuple):
    """A post without its blocks' comments; ``is_walled``: the rest is for those who pay."""

    html: str
    left_out: tuple[str, ...] = ()
    is_walled: bool = False


def has_blocks(text: str) -> bool:
    """Whether ``text`` was written in the block editor."""
    return "<!-- wp:" in text and _COMMENT.search(text) is not None


def without_blocks(
    text: str, paragraphs: Callable[[str], str], shown: Mapping[str, str]
) -> Unblocked:
    """``text``, which has blocks, as HTML; ``paragraphs`` makes that of what stands in none.

    ``shown`` is the HTML of blocks that have none, as far as it is known, by their names.
    """
    parts: list[str] = []
    left_out: dict[str, None] = {}
    depth = place = 0
    comments = iter(_COMMENT.finditer(text))
    for comment in comments:
        name = comment[2].lower()
        between = text[place : comment.start()]
        parts.append(between if depth else paragraphs(between))
        place = comment.end()
        if _WALL.fullmatch(name):
            return Unblocked(_joined(parts), tuple(left_out), is_walled=True)
        if comment[4]:
            address = _address(name, comment[3])
            made = f"<p>{link(address)}</p>" if address else shown.get(name, "")
            parts.append(made)
            if not made and not _QUIET.fullmatch(name):
                left_out[f"wp:{name}"] = None
        elif comment[1]:
            depth = max(0, depth - 1)
        elif RESTRICTED.search(name) or is_hidden(comment[3]):
            left_out[f"hidden wp:{name}"] = None
            place = _end_of(name, comments, len(text))
        else:
            depth += 1
    parts.append(text[place:] if depth else paragraphs(text[place:]))
    return Unblocked(_joined(parts), tuple(left_out))


def _joined(parts: list[str]) -> str:
    return "\n".join(filter(None, (part.strip() for part in parts)))


def _end_of(name: str, comments: Iterator[re.Match[str]], last: int) -> int:
    """Where the block called ``name`` ends that was begun before ``comments``, else ``last``."""
    depth = 1
    for comment in comments:
        if comment[2].lower() == name and not comment[4]:
            depth += -1 if comment[1] else 1
            if not depth:
                return comment.end()
    return last


def _address(name: str, told: str) -> str:
    """Where an embed leads that has no HTML; empty for other blocks."""
    if "embed" not in name:
        return ""
    try:
        said = msgspec.json.decode(told.strip() or "{}", type=dict[str, object])
    except msgspec.DecodeError:
        return ""
    url = said.get("url")
    return url if isinstance(url, str) and url.startswith(("https://", "http://")) else ""
