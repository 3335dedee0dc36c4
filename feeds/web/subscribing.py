"""Where readers on the web take a feed's address. Pure.

Each of these opens the reader with the feed in it and asks whether to subscribe; it says nothing
to anybody before a person follows it.
"""

from __future__ import annotations

from urllib.parse import quote

_READERS = (
    ("Feedly", "https://feedly.com/i/subscription/feed/{}"),
    ("Inoreader", "https://www.inoreader.com/?add_feed={}"),
    ("NewsBlur", "https://www.newsblur.com/?url={}"),
    ("Feedbin", "https://feedbin.com/?subscribe={}"),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url={}"),
)


def links(feed_url: str) -> list[tuple[str, str]]:
    """The name of each reader, and the address at which it takes ``feed_url``."""
    return [(name, address.format(quote(feed_url, safe=""))) for name, address in _READERS]
