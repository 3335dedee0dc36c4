"""What is wrong with the documents that subscribers are served."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from feeds.ledger import archives, carried, members, revisions, shown
from feeds.ledger import documents as stored_documents
from feeds.ledger.engines import go_back_in
from feeds.ledger.packing import DamagedError
from feeds.ledger.shown import Name
from feeds.model import FORMATS, Document
from feeds.model.problem import Problem
from feeds.newsroom.site import Feed, Site
from feeds.reports.problems import Found, Severity
from feeds.syndication import sections

if TYPE_CHECKING:
    from sqlalchemy import Connection

_OTHERS = "its bytes are not those that were published: its ETag is another's"


def wrong(connection: Connection, site: Site, most: int | None) -> Iterator[Iterable[Found]]:
    """What is wrong with every document, held against its ETag, the ledger, its feed's members.

    In pieces of what is of one kind, and of one document. Of archives those that hold the ``most``
    newest entries of their feed, or all.
    """
    from feeds.syndication.documents import etag  # late: it brings feedgen

    stored = stored_documents.validators(connection)
    published = revisions.latest(connection)
    site = sections.widened(site, revisions.sections(connection).made)
    last = published[0].site.feeds if published else ()
    archived = {feed.first_name for feed in last if feed.archive}
    for feed in site.feeds:
        wanted = [member.id for member in members.of_feed(connection, feed.name)]
        called = shown.named(connection, wanted)
        yield _of_members(connection, feed.name, wanted, called)
        for form in FORMATS:
            place = f"{feed.name}.{form}"
            if there := stored_documents.find(connection, feed.name, form):
                if etag(there.document.body) != there.document.etag:
                    yield [_damaged(connection, place, _OTHERS)]
                if not feed.is_of_corrections:  # what is in it has ids of its own
                    yield _of_document(connection, feed, there.document, wanted, called)
            else:
                what = "this feed is configured, and was not published yet"
                yield [_waiting("warning", place, what)]
        if feed.first_name in archived:
            yield _of_archives(connection, feed, most)
    configured = {feed.name for feed in site.feeds}
    what = "this feed is configured no longer, and still served"
    unwanted = sorted({str(feed) for feed, _ in stored if feed not in configured})
    yield from ([_waiting("hint", name, what)] for name in unwanted)


def _damaged(connection: Connection, place: str, what: str) -> Found:
    remedy = go_back_in(connection)
    return "error", Problem("document-damaged", what, remedy=remedy, file=place)


def _waiting(severity: Severity, place: str, what: str) -> Found:
    return severity, Problem("document-waiting", what, remedy="run 'feeds publish'", file=place)


def _of_archives(connection: Connection, feed: Feed, most: int | None) -> Iterator[Found]:
    """What is wrong with the bytes of archives; what stands in them is not looked at."""
    from feeds.syndication.documents import etag  # late, as above
    from feeds.syndication.view import path_of

    name = feed.first_name
    last = archives.newest_assigned(connection, name)
    first = 1 if most is None else archives.back(connection, name, most)
    for number in range(first, last + 1):
        for form in FORMATS:
            place = f"{path_of(feed, number)}.{form}"
            try:
                found = archives.document(connection, name, number, form)
            except DamagedError as error:
                yield _damaged(connection, place, f"can't be unpacked: {error}")
                continue
            if found is None:
                yield _damaged(connection, place, "this archive is missing")
            elif etag(found.body) != found.etag:
                yield _damaged(connection, place, _OTHERS)


def _of_members(
    connection: Connection, feed: str, wanted: Sequence[str], called: Mapping[str, Name]
) -> Iterator[Found]:
    """Members that readers must not be shown."""
    for member in wanted:
        if member in called and called[member].hidden:
            what = f"{called[member].hash} is {called[member].hidden}, and in it"
            yield _damaged(connection, feed, what)


def _of_document(
    connection: Connection,
    feed: Feed,
    document: Document,
    wanted: Sequence[str],
    called: Mapping[str, Name],
) -> Iterator[Found]:
    """What is wrong with the entries in one document; ``called`` are those that are ``wanted``.

    What a partner's feed took back stands there as a removal, and is none of these.
    """
    from feeds.syndication import contents  # late, as above

    place = f"{feed.name}.{document.format}"
    try:
        ids = [item.id for item in contents.items(document)]
        gone = contents.tombstones(document)
        removals = contents.removals(document)
    except contents.UNREADABLE as error:
        yield _damaged(connection, place, f"not well-formed: {error}")
        return
    called = {**called, **shown.named(connection, {*ids, *gone} - called.keys())}
    named = [called[item].id for item in removals if item in called]
    taken_back = carried.of_feed(connection, feed.first_name, named)
    wrong = []
    for item in ids:
        name = called.get(item)
        if name is None:
            wrong.append(f"the ledger knows no entry {item}")
        elif item in removals:
            if name.id not in taken_back or not taken_back[name.id].removed:
                wrong.append(f"it says that {name.hash} is to be removed, which was not taken back")
        elif name.hidden:
            wrong.append(f"it shows {name.hash}, which is {name.hidden}")
    still = [called[item].hash for item in gone if item in called and not called[item].hidden]
    wrong += [f"it says that {name} is gone, which is shown" for name in still]
    there = [called[item].id for item in ids if item in called and item not in removals]
    if not wrong and there != list(wanted):
        wrong = [f"its {len(there)} entries are not the {len(wanted)} that its feed has by now"]
    for what in wrong:
        yield _damaged(connection, place, what)
