"""What is wrong with the documents that subscribers are served."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from feeds.ledger import archives, members, revisions, shown
from feeds.ledger import documents as stored_documents
from feeds.ledger.connect import Ledger
from feeds.ledger.shown import Name
from feeds.model import FORMATS, Document
from feeds.model.problem import Problem
from feeds.newsroom.site import Feed, Site
from feeds.reports.check.remarks import Remark, Severity, capped
from feeds.syndication import sections

if TYPE_CHECKING:
    from sqlalchemy import Connection

_RESTORE = "restore a copy made with 'feeds backup'"
_OTHERS = "its bytes are not those that were published: its ETag is another's"


def documents(ledger: Ledger, site: Site) -> list[Remark]:
    """Every document, held against its ETag, the ledger's entries, and its feed's members."""
    from feeds.syndication.documents import etag  # late: it brings feedgen

    said: list[Remark] = []
    with ledger.read() as connection:
        names = shown.names(connection)
        called = {name.id: name for name in names} | {
            name.guid: name for name in names if name.guid
        }
        stored = stored_documents.validators(connection)
        published = revisions.latest(connection)
        site = sections.widened(site, revisions.sections(connection).made)
        last = published[0].site.feeds if published else ()
        archived = {feed.first_name for feed in last if feed.archive}
        for feed in site.feeds:
            wanted = [member.id for member in members.of_feed(connection, feed.name)]
            said += _of_members(feed.name, wanted, called)
            for form in FORMATS:
                found = stored_documents.find(connection, feed.name, form)
                place = f"{feed.name}.{form}"
                if found is None:
                    what = "this feed is configured, and was not published yet"
                    said.append(_waiting("warning", place, what))
                    continue
                if etag(found.document.body) != found.document.etag:
                    said.append(_damaged(place, _OTHERS))
                said += capped(_of_document(place, found.document, wanted, called), 10)
            if feed.first_name in archived:
                said += capped(_of_archives(connection, feed), 10)
        configured = {feed.name for feed in site.feeds}
        for name in sorted({str(feed) for feed, _ in stored if feed not in configured}):
            what = "this feed is configured no longer, and still served"
            said.append(_waiting("hint", name, what))
    return said


def _damaged(place: str, what: str) -> Remark:
    problem = Problem("document-damaged", what, remedy=_RESTORE, file=place)
    return Remark("documents", "error", problem)


def _waiting(severity: Severity, place: str, what: str) -> Remark:
    problem = Problem("document-waiting", what, remedy="run 'feeds publish'", file=place)
    return Remark("documents", severity, problem)


def _of_archives(connection: Connection, feed: Feed) -> Iterator[Remark]:
    """What is wrong with the bytes of archives; what stands in them is not looked at."""
    from feeds.syndication.documents import etag  # late, as above
    from feeds.syndication.view import path_of

    name = feed.first_name
    for number in range(1, archives.newest_assigned(connection, name) + 1):
        for form in FORMATS:
            found = archives.document(connection, name, number, form)
            place = f"{path_of(feed, number)}.{form}"
            if found is None:
                yield _damaged(place, "this archive is missing")
                continue
            try:
                body = gzip.decompress(found.gzip)
            except (OSError, EOFError, zlib.error) as error:
                yield _damaged(place, f"can't be unpacked: {error}")
                continue
            if etag(body) != found.etag:
                yield _damaged(place, _OTHERS)


def _of_members(feed: str, wanted: Sequence[str], called: dict[str, Name]) -> list[Remark]:
    """Members that readers must not be shown."""
    return capped(
        (
            _damaged(feed, f"{called[member].hash} is {called[member].hidden}, and in it")
            for member in wanted
            if member in called and called[member].hidden
        ),
        10,
    )


def _of_document(
    place: str, document: Document, wanted: Sequence[str], called: dict[str, Name]
) -> list[Remark]:
    """What is wrong with the entries in one document."""
    from feeds.syndication import contents  # late, as above

    try:
        ids = [item.id for item in contents.items(document)]
        gone = contents.tombstones(document)
    except contents.UNREADABLE as error:
        return [_damaged(place, f"not well-formed: {error}")]
    said = []
    for item in ids:
        name = called.get(item)
        if name is None:
            said.append(_damaged(place, f"the ledger knows no entry {item}"))
        elif name.hidden:
            what = f"it shows {name.hash}, which is {name.hidden}"
            said.append(_damaged(place, what))
    for item in gone:
        if item in called and not called[item].hidden:
            what = f"it says that {called[item].hash} is gone, which is shown"
            said.append(_damaged(place, what))
    if not said and [called[item].id for item in ids] != list(wanted):
        what = f"its {len(ids)} entries are not the {len(wanted)} that its feed has by now"
        said.append(_damaged(place, what))
    return said
