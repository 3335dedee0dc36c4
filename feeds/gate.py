"""The last look at documents before subscribers get them.

Pure: it is given the documents about to be published and answers with objections, each
of which concerns a whole document. An objection means that nothing is published and
that the documents of before stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec
from lxml import etree

from feeds.model import Document

_ATOM = "{http://www.w3.org/2005/Atom}"
_ROOTS = {
    "rss": ("rss", "channel/item/guid"),
    "atom": (f"{_ATOM}feed", f"{_ATOM}entry/{_ATOM}id"),
}


class _Item(msgspec.Struct):
    id: str


class _JsonFeed(msgspec.Struct):
    items: list[_Item]


def objections(documents: Iterable[Document]) -> list[str]:
    """Why ``documents`` must not be published, a line each; empty if they may."""
    found = []
    for document in documents:
        name = f"{document.feed}.{document.format}"
        try:
            ids = _ids(document)
        except (etree.XMLSyntaxError, msgspec.DecodeError, ValueError) as error:
            found.append(f"{name} is not well-formed: {error}")
            continue
        found += [
            f"{name} holds the id {entry_id} {count} times"
            for entry_id, count in Counter(ids).items()
            if count > 1
        ]
    return found


def _ids(document: Document) -> list[str]:
    """The ids in ``document``; raises what its parser does, or ValueError for another format."""
    if document.format == "json":
        feed = msgspec.json.decode(document.body, type=_JsonFeed)
        return [item.id for item in feed.items]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(document.body, parser)
    tag, path = _ROOTS[document.format]
    if root.tag != tag:
        raise ValueError(f"its root is {root.tag}")
    return [node.text or "" for node in root.iterfind(path)]
