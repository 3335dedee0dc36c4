"""All that is written in an entry, and all addresses in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from feeds.model import Entry
from feeds.text import markup

# Quoted values may hold anything. From wherever it starts, a match ends at the next "<" that is
# not quoted, so that broken markup takes no longer than whole one.
_START_TAG = re.compile(r"""<[a-z][^<>"']*+(?:(?:"[^"]*+"|'[^']*+')[^<>"']*+)*+>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?<![^\s"'/])(href|src|alt)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)|"[^"]*+"|'[^']*+'""",
    re.IGNORECASE,
)
_WRITTEN = re.compile(r"""(?:https?://|www\.)[^\s<>"']+""", re.IGNORECASE)


def texts(entry: Entry) -> Iterator[str]:
    """All that is written in an entry."""
    yield entry.title
    yield entry.summary
    yield from entry.categories
    yield from entry.tags
    yield from entry.authors
    if entry.image is not None:
        yield entry.image.alt
        yield entry.image.credit
    for enclosure in entry.enclosures:
        yield enclosure.title
    yield markup.plain(entry.content)
    for name, value in attributes(entry.content):
        if name == "alt":
            yield value


def addresses(entry: Entry) -> Iterator[str]:
    """All addresses in an entry, its ids and those that are written out included."""
    yield from (entry.id, entry.guid, entry.url or "")
    if entry.image is not None:
        yield from (entry.image.url, entry.image.thumbnail or "")
    for enclosure in entry.enclosures:
        yield from (enclosure.url, enclosure.thumbnail or "")
    yield from (*entry.author_urls.values(), *entry.translations.values())
    for name, value in attributes(entry.content):
        if name != "alt":
            yield value
    for text in texts(entry):
        yield from _WRITTEN.findall(text)


def attributes(fragment: str) -> Iterator[tuple[str, str]]:
    """Where the links and images of an HTML fragment lead, and what stands for images."""
    for tag in _START_TAG.finditer(fragment):
        for name, value in _ATTRIBUTE.findall(tag[0]):
            if name:
                unquoted = value[1:-1] if value[0] in "\"'" else value
                yield name.lower(), html.unescape(unquoted)
