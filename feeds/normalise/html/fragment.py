"""A piece of HTML that is text as a whole, such as Markdown becomes: read as on an HTML page."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from feeds.model import Dropped
from feeds.model.problem import Problem
from feeds.normalise.html import body, depth, parsing, visible
from feeds.normalise.html.attributes import Attributes
from feeds.normalise.html.body import embeds, markup, pictures
from feeds.normalise.html.body.originals import Originals


class Fragment(NamedTuple):
    """Clean HTML, the pictures in it, what is doubtful about it, and what is none of it."""

    content: str
    shown: list[pictures.Picture]
    findings: list[Problem]
    dropped: list[Dropped]


def read_fragment(source: str, base: str) -> Fragment:
    """All that is in ``source``, which is on the page at ``base``; lines are unknown."""
    try:
        root, _ = parsing.root_of(f"<html><body>{source}</body></html>")
    except parsing.NoTreeError:
        return Fragment("", [], [], [])
    tree = root.find("body")
    if tree is None:
        return Fragment("", [], [], [])
    depth.flatten(root, visible.is_hidden)
    attributes = Attributes(tree.iter())
    embedded = embeds.mark_embeds(tree, attributes)
    dropped = [*embedded.dropped, *visible.prune(tree, attributes)]
    taken = pictures.number_pictures(tree, base, Originals(source))
    body.make_links_absolute(tree, base)
    blocks = markup.render_blocks(tree, taken.shown)
    # lines are those of the fragment, which nobody has seen
    dropped = [msgspec.structs.replace(one, line=0) for one in (*dropped, *taken.dropped)]
    findings = [msgspec.structs.replace(one, line=0) for one in taken.findings]
    return Fragment(body.as_html(blocks), taken.shown, findings, dropped)
