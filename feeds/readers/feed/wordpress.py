"""Which items of a WordPress export are published posts.

Rules
- An export holds all that a site has: drafts, private posts, those behind a password, pages,
  pictures, menus. Only a post that says that it is published, and has no password, is a story.
- What says nothing of itself stays out too: what is kept back by mistake can be imported later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from feeds.model.problem import Problem
from feeds.readers.feed.elements import Part


def not_public(parts: Iterable[Part]) -> str:
    """What an item of these ``parts`` is instead of a published post; empty if it is one.

    An item of another feed than a WordPress export is no matter of this, and empty too.
    """
    said = {part.name: part.text() for part in parts if part.name.startswith("wp:")}
    if not said:
        return ""
    if (kind := said.get("wp:post_type", "")) != "post":
        return kind or "without a type"
    if (status := said.get("wp:status", "")) != "publish":
        return status or "without a status"
    return "with a password" if said.get("wp:post_password") else ""


def told(left_out: list[str]) -> Iterator[Problem]:
    """What an editor is told of the items that were ``left_out``, by what each was."""
    if left_out:
        kinds = ", ".join(f"{number} {kind}" for kind, number in Counter(left_out).most_common())
        what = f"{len(left_out)} items are no published posts, and are left out: {kinds}"
        yield Problem("item-doubtful", what, remedy="publish them in WordPress before the export")
