"""Pages as they are read, for tests to look at."""

from __future__ import annotations

from feeds.model import Reading, Story
from feeds.normalise import normalise
from feeds.readers import read_page


def reading(text: str | bytes, name: str = "a.txt") -> Reading:
    """What is read in a page of the name ``name``."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    return normalise(read_page(name, data))


def article(text: str | bytes, name: str = "a.txt") -> Story:
    """The article of a page; there has to be one."""
    found = reading(text, name).article
    assert found is not None
    return found
