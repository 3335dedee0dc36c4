"""A feed, or what was published of an export, is kept in the newsroom's folder and decided on.

Rules
- A feed is kept as it is. Of an export there is a feed of what was taken, and nothing else of it:
  not for a moment, in no file.
- What is kept once is kept once: the same bytes have the same name.
- What was taken before, and is no longer public by a newer export, is taken back, unless an editor
  restored it since. What an editor took back stays so, whatever an export says.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from feeds.ledger import aliases, loss, shown
from feeds.ledger.connect import open_to_read
from feeds.model import EntryId, hash_of
from feeds.model.errors import FeedsError
from feeds.model.names import Alias
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom, fetching, files, folder, space
from feeds.newsroom.decisions import Decision
from feeds.newsroom.whole import write_whole
from feeds.publish.imported import MOST, few
from feeds.readers.feed import Imported, exports, parse_feed
from feeds.readers.feed.exports import Export
from feeds.readers.feed.kept import write_parts, written_part
from feeds.readers.feed.left_out import LEFT_OUT
from feeds.text import dates

if TYPE_CHECKING:  # nothing is loaded for types
    from sqlalchemy import Connection


class Kept(NamedTuple):
    """What is to be decided so that what was kept takes effect; what stays as it was decided.

    ``headlines`` are those of what is to be retracted, by id.
    """

    decisions: list[Decision]
    told: tuple[Problem, ...] = ()
    headlines: Mapping[str, str] = MappingProxyType({})


def keep_feed(newsroom: Newsroom, where: str, address: str) -> Kept:
    """Keeps the feed, or what was published of the export, at ``where``: a file or URL.

    There is nothing to be decided if all of it was before.
    ``address`` is where the feed, or the site of the export, was reached. Raises FeedsError if it
    can't be had, or is neither.
    """
    loss.refuse_loss(newsroom, read_only=False)
    site = newsroom.site()
    exported, name_there = None, ""
    before = [one for one in newsroom.decided().decisions if one.action == "import"]
    known = {one.feed for one in before}
    with fetching.opened(where) as (file, found):
        zone = dates.zone(site.timezone)
        export = exports.export_in(file, Path(where).name, address or site.site_url, zone)
        if export is not None:
            names = _keep_all(newsroom, _parts(export))
            address, exported, name_there = export.address, export.exported, Path(where).name
            standing = _stands(newsroom, export, where)
            if _is_latest(export, before):
                known = set()  # what is as it was once may have been otherwise between
        else:
            data = fetching.read_bounded(file, where)
            address, standing = address or found, Kept([])
            taken, odd = parse_feed(data, address, where)
            if any(one.code == LEFT_OUT for one in odd):  # it has what nobody is to see
                names = _keep_all(newsroom, _without_drafts(taken, odd))
                name_there = Path(where).name
            else:
                suffix = "json" if data.lstrip()[:1] == b"{" else "xml"
                names = _keep_all(newsroom, [data], suffix)
    made = [
        Decision("import", feed=name, address=address, export=name_there, exported=exported)
        for name in names
        if name not in known
    ]
    return standing._replace(decisions=made + standing.decisions)


def _parts(export: Export) -> Iterator[bytes]:
    """What was published, in parts; the last one says what was left out, and what is wrong."""
    before: list[bytes] | None = None
    for items in write_parts(export.items(), export.left_out):
        if before is not None:
            yield written_part(before)
        before = items
    yield written_part(before or [], export.left_out, _unplaced([*export.odd, *export.doubts]))


def _without_drafts(taken: Sequence[Imported], odd: Sequence[Problem]) -> Iterator[bytes]:
    """A feed that has drafts, as it is without them, in parts."""
    *parts, last = [*write_parts(taken, Counter())] or [[]]
    yield from map(written_part, parts)
    yield written_part(last, odd=_unplaced(odd))


def _unplaced(odd: Sequence[Problem]) -> Iterable[Problem]:
    """``odd``, as far as anybody reads that, whatever the file is called: the decision says so."""
    return (msgspec.structs.replace(one, file="") for one in few(odd, MOST - 2))


def _keep_all(newsroom: Newsroom, parts: Iterable[bytes], suffix: str = "json") -> list[str]:
    """Writes each of ``parts`` into the newsroom's folder, all or none; their names there."""
    place = newsroom.root / folder.IMPORTED
    names: list[str] = []
    new: list[Path] = []
    path = place
    try:
        for leftover in place.glob(".*.part"):  # of one that was killed
            leftover.unlink(missing_ok=True)
        for data in parts:
            name = f"{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"
            path = place / name
            names.append(f"{folder.IMPORTED}/{name}")
            if files.is_there(path):
                continue
            with space.explained(path, len(data)):
                place.mkdir(exist_ok=True)
                write_whole(path, data)
            new.append(path)
    except BaseException as error:
        for path_made in new:
            path_made.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise FeedsError(
                f"can't be kept: {error.strerror}",
                file=str(path),
                remedy="let this user write there",
            ) from error
        raise
    return list(dict.fromkeys(names))


def _stands(newsroom: Newsroom, export: Export, where: str) -> Kept:
    """Retractions of what was taken before, and isn't public in ``export``; what stays as it is."""
    decisions = newsroom.decided().decisions
    last: dict[str, str] = {
        one.entry: one.action for one in decisions if one.action in ("retract", "restore")
    }
    later = _later(export, decisions)
    ledger = open_to_read(newsroom.database) if last or export.withheld else None
    if ledger is None:
        return Kept([])

    def decided(entry_id: EntryId) -> str:
        return last.get(entry_id, last.get(hash_of(entry_id), ""))

    with ledger.read() as connection:
        withheld = shown.unhidden(connection, _entries_of(connection, export.withheld))
        taken = _entries_of(connection, export.taken) if last else ()
        retracted = [entry_id for entry_id in taken if decided(entry_id) == "retract"]
        hidden = [one.entry for one in shown.by_ids(connection, retracted).values()]
    restored = [entry for entry in withheld if decided(entry.id) == "restore"]
    both = (
        (restored, "is not public there, and stays: it was restored here", "retract", "takes it"),
        (hidden, "is public there, and stays retracted here", "restore", "brings it"),
    )
    told = few(
        [
            Problem(
                "decided-here",
                f"'{entry.title or entry.id}' {what}",
                remedy=f"feeds {command} {entry.hash} {does} back",
                file=where,
            )
            for found, what, command, does in both
            for entry in found
        ]
    )
    if later and withheld:
        what = (
            f"this export takes nothing back: it is older than one of {later:%Y-%m-%d %H:%M} UTC, "
            f"which was taken over before; {len(withheld)} of the posts that are not public in it "
            "are public here"
        )
        told += (Problem("export-outdated", what, remedy="export the site again", file=where),)
        withheld = []
    reason = "no longer public where it came from"
    gone = [entry for entry in withheld if not decided(entry.id)]
    made = [Decision("retract", entry=one.id, reason=reason) for one in gone]
    return Kept(made, told, {one.id: one.title for one in gone})


def _later(export: Export, known: Iterable[Decision]) -> datetime | None:
    """When the last export of the same site was made that was taken over, if that is later."""
    made = export.exported
    return max((one for one in _moments(export, known) if made and one > made), default=None)


def _is_latest(export: Export, known: Iterable[Decision]) -> bool:
    """Whether it was made after all that were taken over of the same site, of which there are."""
    last = max(_moments(export, known), default=None)
    return bool(last and export.exported and export.exported > last)


def _moments(export: Export, known: Iterable[Decision]) -> Iterator[datetime]:
    """When exports of the same site were made that were taken over."""
    return (one.exported for one in known if one.exported and one.address == export.address)


def _entries_of(connection: Connection, guids: Iterable[str]) -> Iterable[EntryId]:
    names = (Alias("imported", guid) for guid in guids)
    return aliases.ids_named(connection, names).values()
