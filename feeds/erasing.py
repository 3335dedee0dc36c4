"""No word left of a story: what is taken out of entries and readings when one is erased.

A story that is erased has to be known again, or the next list would bring it back. So
fingerprints of its headline and its paragraphs stay, from which nothing can be read.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from feeds import identity
from feeds.model import Entry, Reading


def erased(entry: Entry) -> Entry:
    """What stays of ``entry``: its id, its moments, its fingerprints."""
    return msgspec.structs.replace(
        entry,
        title="",
        authors=(),
        summary="",
        content="",
        url=None,
        language=None,
        categories=(),
        image=None,
        evidence={},
        hidden="erased",
        trace=entry.trace or identity.trace(entry),
    )


def without(reading: Reading, traces: Collection[tuple[str, ...]]) -> Reading:
    """``reading`` without any line of the stories that left ``traces``."""
    titles = {trace[0] for trace in traces if trace}
    lines = {part for trace in traces for part in trace}
    article = reading.article
    if article is not None:
        title, *paragraphs = identity.traced(article.title, article.paragraphs)
        shared = sum(part in lines for part in paragraphs)
        if title in titles or (shared and 2 * shared >= len(paragraphs)):
            article = None
    gone = article is None and reading.article is not None
    return msgspec.structs.replace(
        reading,
        article=article,
        latest=tuple(
            story for story in reading.latest if not lines & set(identity.traced(story.title, ()))
        ),
        dropped=tuple(
            row for row in reading.dropped if not lines & set(identity.traced(row.text, ()))
        ),
        # both may quote it
        findings=() if gone else reading.findings,
        statements=() if gone else reading.statements,
    )
