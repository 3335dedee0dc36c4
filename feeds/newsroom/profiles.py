"""What partners ask of a feed that is made for them: a row for each, and where it says so.

Rules
- A row says what stories must have, what the feed may hold, what is written into it besides, and
  how the partner hears of a change and of a removal. Nothing else in the program knows a partner.
- It is RSS alone that a partner gets; the other formats of the feed are as those of any.
- As read in November 2026. Partners change their rules: a row is to be read again with its source.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

Element = Literal[
    "pubDate", "logo", "thumbnail", "cover", "icon", "related", "updated", "hasSyndicationRights"
]
"""What may be written into a partner's RSS besides what is in any."""


Needed = Literal["picture", "date", "text", "url", "author", "category", "rights", "picture rights"]
"""What each story may have to have."""


class Profile(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one partner asks.

    ``needs`` is what each story must have. ``title`` is from how many characters to how many;
    ``description`` how many it has at least; ``picture`` the width and height of a picture at
    least, in pixels, where these are known. The feed has ``items`` at most, none older than
    ``days``, in ``size`` bytes; 0 is no bound. ``tags`` are the elements that a text may have, all
    others are turned into these by ``INSTEAD`` or dissolved; empty for any. ``elements`` are
    written besides. ``is_untracked``: links say nothing of where a reader came from.
    ``is_redated``: a change is seen by another ``pubDate``, else by ``dcterms:modified``. A
    ``removal`` is an item that is *deleted* (``media:status``), or no longer *valid*
    (``dcterms:valid``); else the item is left out. ``description_of_feed`` and ``ttl`` are the most
    characters and minutes that a feed may say.
    """

    partner: str
    source: str
    needs: tuple[Needed, ...] = ()
    title: tuple[int, int] = (1, 0)
    description: int = 0
    picture: tuple[int, int] = (0, 0)
    items: int = 0
    days: int = 0
    size: int = 0
    tags: frozenset[str] = frozenset()
    elements: tuple[Element, ...] = ()
    is_redated: bool = False
    removal: Literal["", "deleted", "valid"] = ""
    is_https: bool = False
    is_untracked: bool = False
    one_language: bool = False
    description_of_feed: int = 0
    ttl: int = 0


INSTEAD: Mapping[str, str] = {
    "strong": "b",
    "em": "i",
    "cite": "i",
    "del": "s",
    "ins": "u",
    "h5": "h4",
    "h6": "h4",
    "tr": "p",
    "caption": "p",
    "pre": "p",
    "dt": "p",
    "dd": "p",
}
"""What stands for an element where it may not be, if that may."""

READERS = Profile("", "", title=(0, 0))
"""What readers' feeds are made by: nothing is asked, and nothing bounds them."""

PROFILES: Mapping[str, Profile] = {
    "msn": Profile(
        "MSN",
        "Microsoft Start Partner Hub: feed item metadata, feed content specifications",
        needs=("text", "date", "url"),
        title=(21, 150),
        items=29,
        days=364,
        size=10_000_000,
        elements=("hasSyndicationRights",),
        removal="valid",
        is_https=True,
        one_language=True,
    ),
    "smartnews": Profile(
        "SmartNews",
        "SmartFormat: elements of channel and item",
        needs=("text", "date", "url"),
        size=1_000_000,
        elements=("pubDate", "logo", "thumbnail"),
        is_redated=True,
        is_untracked=True,
        removal="deleted",
        description_of_feed=30,
        ttl=5,
    ),
    "flipboard": Profile(
        "Flipboard",
        "Flipboard: RSS specification",
        needs=("text", "date", "url", "author"),
        description=300,
        picture=(400, 400),
        items=30,
    ),
    "apple": Profile(
        "Apple News",
        "Apple News: RSS channels, as far as others quote it",
        needs=("text", "url"),
        elements=("updated",),
    ),
    "newsbreak": Profile(
        "NewsBreak",
        "NewsBreak: publishers' help, on feeds that are paused",
        needs=("text", "url", "picture"),
    ),
    "dzen": Profile(
        "Dzen",
        "Dzen: what it takes of RSS, as far as others quote it",
        needs=("text", "date", "url", "picture", "category"),
        picture=(480, 320),
        items=500,
        days=8,
        size=10_000_000,
        tags=frozenset(
            "p a b i u s h1 h2 h3 h4 blockquote ul ol li figure img figcaption video".split()
        ),
    ),
    "feedly": Profile(
        "Feedly",
        "Feedly: how to optimise a feed, and feeds in use",
        elements=("cover", "icon", "related"),
    ),
}
