"""How a feed's entries are parted into archives, whose sets never change.

Rules
- An archive is closed when it is made: what is in it stays in it, and nothing is added. So its
  URL may be kept for ever, and by everybody on the way.
- As long as all that is in no archive yet is in the document that subscribers poll, nothing is
  closed. Once something has left it, or was never in it, all of it is, that which can still be
  polled included: archives would be tiny else. So whatever was ever published is always in that
  document, or in exactly one archive, or in both.
- Archives follow the order in which entries came into the ledger, and hold at most ``MOST``.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Collection, Sequence

import msgspec

from feeds.model import EntryId
from feeds.model.problem import Problem
from feeds.model.versions import RENDERER_VERSION
from feeds.newsroom.site import Feed, Site
from feeds.syndication import filters

MOST = 100
_GONE = "if it was renamed, write its name into former_names of the other, else mark it gone = true"


def closed(waiting: Sequence[EntryId], polled: Collection[EntryId]) -> list[Sequence[EntryId]]:
    """The archives to be made now, oldest first; none if all that is ``waiting`` can be polled.

    ``waiting`` is what is in no archive, in the order in which it came in; ``polled`` what is in
    the document that subscribers poll.
    """
    if set(waiting) <= set(polled):
        return []
    count = -(-len(waiting) // MOST)
    bounds = [len(waiting) * number // count for number in range(count + 1)]
    return [waiting[start:end] for start, end in itertools.pairwise(bounds)]


def filters_hash(feed: Feed) -> str:
    """Changes with whatever makes other entries belong to ``feed``."""
    return _digest((filters.VERSION, *(getattr(feed, name) for name in filters.FIELDS)))


def look_hash(site: Site, feed: Feed) -> str:
    """Changes with whatever makes other bytes of the same archive of ``feed``."""
    shown = (
        site.title,
        site.site_url,
        site.feeds_url,
        site.authority,
        site.description,
        site.language,
        site.copyright,
        site.logo,
        site.icon,
        site.former_urls,
    )
    own = (feed.name, feed.first_name, feed.title, feed.description, feed.content)
    return _digest((RENDERER_VERSION, shown, own))


def lost_archives(before: Site, now: Site) -> list[Problem]:
    """What the new configuration takes from subscribers and hardly anybody means."""
    said = []
    for feed in before.feeds:
        names = {feed.name, *feed.former_names}
        after = next((one for one in now.feeds if names & {one.name, *one.former_names}), None)
        if after is None:
            if not names & set(now.gone):
                said.append(_lost(f"the feed '{feed.name}' is no longer served", _GONE))
        elif after.first_name != feed.first_name:
            what = (
                f"the feed '{after.name}' has another id, and other archives, under the first name "
                f"'{after.first_name}'"
            )
            said.append(_lost(what, f"write '{feed.first_name}' first in its former_names"))
        elif feed.archive and not after.archive:
            what = f"the archives of the feed '{after.name}' are no longer served"
            said.append(_lost(what, "write archive = true if that isn't meant"))
    return said


def _lost(what: str, remedy: str) -> Problem:
    return Problem("archives-lost", what, remedy=remedy, file="site.toml")


def _digest(parts: object) -> str:
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]
