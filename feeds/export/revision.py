"""What there is to know of the newest revision, before any of its files is made."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from feeds.export import wanted
from feeds.export.wanted import Facts, Validators
from feeds.ledger import archives, documents, exports, revisions, themes
from feeds.model.errors import TargetError
from feeds.newsroom.theme import Theme
from feeds.syndication import sections
from feeds.web import endpoints, made_by, sitemap

if TYPE_CHECKING:
    from sqlalchemy import Connection


def is_newer(connection: Connection, facts: Facts) -> bool:
    """Whether the ledger has a newer revision than that of ``facts``."""
    mark = revisions.mark(connection)
    return (mark.epoch, mark.revision) > (facts.epoch, facts.revision)


def facts(connection: Connection, now: datetime) -> tuple[Facts, str]:
    """What there is to know of the newest revision, and the ledger's id.

    Raises TargetError if there is none.
    """
    newest = revisions.latest(connection)
    if not newest:
        raise TargetError("nothing is published yet", remedy="run 'feeds publish' first")
    (revision,) = newest
    made = revisions.sections(connection).made
    site = sections.widened(revision.site, made).without_keyed
    mark = revisions.mark(connection)
    stored = documents.validators(connection)
    kept = {
        feed.first_name: {
            name: Validators(*one)
            for name, one in archives.validators(connection, feed.first_name).items()
        }
        for feed in site.feeds
        if feed.archive
    }
    written = msgspec.json.encode(revision.site).decode()
    found = Facts(
        mark.epoch,
        mark.revision,
        site,
        {name: Validators(one.etag, one.last_modified) for name, one in stored.items()},
        kept,
        wanted.digest([written, made_by.made_by()]),
        endpoints.static_files(site, themes.find(connection) if site.theme else Theme()),
        exports.oldest_since(connection, now - sitemap.PERIOD),
    )
    return found, mark.ledger
