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

_ATOM_ID = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}id"


def objections(documents: Iterable[Document]) -> list[str]:
    """Why ``documents`` must not be published, a line each; empty if they may."""
    found = []
    for document in documents:
        name = f"{document.feed}.{document.format}"
        try:
            ids = _ids(document)
        except (etree.XMLSyntaxError, msgspec.DecodeError) as error:
            found.append(f"{name} is not well-formed: {error}")
            continue
        found += [
            f"{name} holds the id {entry_id} {count} times"
            for entry_id, count in Counter(ids).items()
            if count > 1
        ]
    return found


def _ids(document: Document) -> list[str]:
    if document.format == "json":
        return [item["id"] for item in msgspec.json.decode(document.body)["items"]]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(document.body, parser)
    path = "channel/item/guid" if document.format == "rss" else _ATOM_ID
    return [node.text or "" for node in root.iterfind(path)]
