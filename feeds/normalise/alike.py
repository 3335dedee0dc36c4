"""Whether two readings of one captured page come to the same, wherever on it that stands."""

from __future__ import annotations

import msgspec

from feeds.model import Reading, Story


def reads_alike(one: Reading, other: Reading) -> bool:
    """Whether both have the same stories in the same order, of the same capture.

    Lines, evidence, and what was dropped or doubtful may differ.
    """
    return _told(one) == _told(other)


def _told(reading: Reading) -> tuple[object, ...]:
    article = _without_lines(reading.article) if reading.article else None
    dated = tuple(_without_lines(story) for story in reading.latest if story.published)
    return reading.captured, reading.fetched, article, dated, reading.statements


def _without_lines(story: Story) -> Story:
    return msgspec.structs.replace(story, line=0, evidence={})
