"""Exports: which targets there are, how far each of them is, what of each file is to be looked at.

Rules
- A file of a target has a row from before it is first written there, until after it was removed.
  So no file can be there of which the ledger doesn't know.
- ``stage`` is there while a file is to be looked at. What a revision does to files is written down
  in its own transaction, so that nothing of it can be forgotten.
- An empty ``digest``: what the target has there isn't known.
- Who exports claims the target, for a while, and renews that; the claim of one that died ends.
- What the ledger knows of a target is true of the one that bears its seal, and of no copy of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from feeds.ledger.batches import batches
from feeds.ledger.schema import EMPTY, entries, exported, history, targets
from feeds.model.exports import Stage

_T = targets.c
_F = exported.c
_E = entries.c
STORIES = "stories/"
"""How addresses of stories' pages begin, before an entry's hash."""
_SOME = 500


class Target(NamedTuple):
    """A target of exports, by its name in the one spelling that it has.

    ``revision`` is the last of which it had all, in ``epoch`` and under the configuration ``key``;
    there are newer ones ``since`` a moment, None if not. ``seal`` is the target's own word for how
    it was left; empty: what is there was not all looked at. ``followed``: each revision is to get
    there, and is tried again from ``due`` on. ``failure``: why the last of ``attempts`` failed.
    """

    name: str
    followed: bool
    epoch: int
    revision: int
    key: str
    seal: str
    since: datetime | None
    due: datetime | None
    failure: str
    attempts: int


class File(NamedTuple):
    """A file of a target: its ``address`` below the feeds' own, and what is there.

    ``kind`` says what it tells: *page*, *moved* or *gone*; ``version`` what it was made of, where
    that is known without making it; ``digest`` its content and ``tag`` the target's name for that;
    ``modified`` is since when it has it.
    """

    address: str
    kind: str = ""
    version: str = ""
    digest: str = ""
    tag: str = ""
    modified: datetime | None = None
    stage: Stage | None = None


_TARGET = [_T[name] for name in Target._fields]
_FILE = [_F[name] for name in File._fields]


def find(connection: sa.Connection, name: str) -> Target | None:
    """The target called ``name``; None if nothing was ever exported there."""
    row = connection.execute(sa.select(*_TARGET).where(_T.name == name)).first()
    return Target(*row) if row else None


def failing(connection: sa.Connection) -> list[Target]:
    """The targets that are followed, are behind, and could not be exported to, by name."""
    return [
        target
        for target in all_targets(connection)
        if target.followed and target.since and target.failure
    ]


def behind(connection: sa.Connection) -> list[Target]:
    """The targets that have files, and not all of what is published, by name."""
    has_files = sa.exists().where(_F.target == _T.name)
    query = sa.select(*_TARGET).where(_T.since.is_not(None), has_files).order_by(_T.name)
    return [Target(*row) for row in connection.execute(query)]


def all_targets(connection: sa.Connection) -> list[Target]:
    """All targets, by name."""
    return [Target(*row) for row in connection.execute(sa.select(*_TARGET).order_by(_T.name))]


def add(connection: sa.Connection, name: str, now: datetime, *, followed: bool) -> None:
    """Makes ``name`` a target, which is to get everything, or has it be followed from now on."""
    if find(connection, name) is None:
        values = {"name": name, "followed": followed, "since": now, "due": now}
        connection.execute(sa.insert(targets).values(**values))
    elif followed:
        change = sa.update(targets).where(_T.name == name, _T.followed.is_(False))
        connection.execute(change.values(followed=True, due=now))


def forget(connection: sa.Connection, name: str) -> None:
    """Forgets a target; its files stay where they are."""
    connection.execute(sa.delete(exported).where(_F.target == name))
    connection.execute(sa.delete(targets).where(_T.name == name))


def forget_unused(connection: sa.Connection, name: str) -> None:
    """Forgets a target to which nothing was ever brought, unless it is followed."""
    has_files = sa.exists().where(_F.target == name)
    is_unused = (_T.name == name) & _T.followed.is_(False) & ~has_files
    connection.execute(sa.delete(targets).where(is_unused))


def followed(connection: sa.Connection) -> list[str]:
    """The names of the targets that each revision is exported to."""
    return [one.name for one in all_targets(connection) if one.followed]


def next_due(connection: sa.Connection) -> datetime | None:
    """The first moment at which something is to get to a target; None if all have all."""
    query = sa.select(sa.func.min(_T.due)).where(_T.followed.is_(True))
    found: datetime | None = connection.scalar(query)
    return found


def owe(connection: sa.Connection, now: datetime, name: str | None = None) -> None:
    """Notes that ``name``, or each target, is behind since ``now``, if it was not before."""
    is_it = sa.true() if name is None else _T.name == name
    connection.execute(sa.update(targets).where(is_it).values(due=now))
    connection.execute(sa.update(targets).where(is_it, _T.since.is_(None)).values(since=now))


def distrust(connection: sa.Connection) -> None:
    """Has every target's pages of stories looked at again."""
    connection.execute(sa.update(targets).values(key=""))


def claim(
    connection: sa.Connection, name: str, who: str, now: datetime, until: datetime
) -> datetime | None:
    """Lets ``who`` alone export to ``name`` ``until`` then; else says until when another does."""
    is_free = sa.or_(_T.claim == "", _T.claim == who, _T.claimed_until <= now)
    change = sa.update(targets).where(_T.name == name, is_free)
    if connection.execute(change.values(claim=who, claimed_until=until)).rowcount:
        return None
    held: datetime | None = connection.scalar(sa.select(_T.claimed_until).where(_T.name == name))
    return held


def renew(connection: sa.Connection, name: str, who: str, until: datetime) -> bool:
    """Has the claim of ``who`` last ``until`` then; False if it has none any more."""
    change = sa.update(targets).where(_T.name == name, _T.claim == who)
    return bool(connection.execute(change.values(claimed_until=until)).rowcount)


def release(connection: sa.Connection, name: str, who: str) -> None:
    """Ends the claim of ``who``."""
    change = sa.update(targets).where(_T.name == name, _T.claim == who)
    connection.execute(change.values(claim="", claimed_until=None))


def failed(connection: sa.Connection, name: str, failure: str) -> None:
    """Notes why exporting to ``name`` failed; it is as due as it was."""
    change = sa.update(targets).where(_T.name == name)
    connection.execute(change.values(failure=failure, attempts=_T.attempts + 1))


def planned(connection: sa.Connection, name: str, epoch: int, key: str) -> None:
    """Notes that what ``key`` and ``epoch`` change is among what is to be looked at."""
    change = sa.update(targets).where(_T.name == name)
    connection.execute(change.values(epoch=epoch, key=key))


def sealed(connection: sa.Connection, name: str, seal: str) -> None:
    """Notes as what ``name`` is known, as it was left."""
    connection.execute(sa.update(targets).where(_T.name == name).values(seal=seal))


def reached(connection: sa.Connection, name: str, revision: int, due: datetime | None) -> None:
    """Notes that ``name`` has all of ``revision``, and is to be looked at again when it is due."""
    change = sa.update(targets).where(_T.name == name)
    values = {"revision": revision, "since": None, "due": due, "failure": "", "attempts": 0}
    connection.execute(change.values(**values))


def files(connection: sa.Connection, target: str, *, stories: bool = False) -> Iterator[File]:
    """What is known of the files of ``target``, by address: of its stories, or of all others."""
    is_story = _F.address.startswith(STORIES)
    query = sa.select(*_FILE).where(_F.target == target, is_story if stories else ~is_story)
    query = query.order_by(_F.address).limit(_SOME)
    found = connection.execute(query).all()
    while found:
        yield from (_file(row) for row in found)
        found = connection.execute(query.where(_F.address > found[-1].address)).all()


def stale(
    connection: sa.Connection, target: str, stage: Stage, after: str | None, most: int
) -> list[File]:
    """Up to ``most`` files of ``target`` that are to be looked at in ``stage``, by address.

    Those ``after`` an address alone, unless that is None.
    """
    query = sa.select(*_FILE).where(_F.target == target, _F.stage == stage)
    if after is not None:
        query = query.where(_F.address > after)
    found = connection.execute(query.order_by(_F.address).limit(most))
    return [_file(row) for row in found]


def mark_stale(
    connection: sa.Connection, target: str, stages: Mapping[str, Stage], *, unsure: bool = False
) -> None:
    """Has the files at these addresses looked at, in these stages or in earlier ones.

    ``unsure``: it isn't known what the target has there.
    """
    for some in batches(stages):
        query = sa.select(_F.address, _F.stage).where(_F.target == target, _F.address.in_(some))
        known = {row.address: row.stage for row in connection.execute(query)}
        new = [
            {"target": target, "address": address, "stage": stages[address]}
            for address in some
            if address not in known
        ]
        if new:
            connection.execute(sa.insert(exported), new)
        for stage in Stage:
            later = [
                address
                for address, before in known.items()
                if stages[address] == stage and (before is None or before > stage)
            ]
            if later:
                change = sa.update(exported).where(_F.target == target, _F.address.in_(later))
                connection.execute(change.values(stage=stage))
    if unsure:
        doubt(connection, target, stages)


def mark_stories(connection: sa.Connection, target: str) -> None:
    """Has the pages of all stories looked at that may have one: of those that are there last.

    That is of who has no address elsewhere, or had none before; of what was taken back; and of
    what the target has already.
    """
    address = sa.literal(STORIES).concat(_E.hash)
    was_amended = sa.exists().where(
        history.c.entry == _E.sequence, history.c.change.in_(("reworded", "enriched"))
    )
    may = sa.or_(_E.url.is_(None), _E.hidden != EMPTY, was_amended)
    is_known = sa.exists().where(_F.target == target, _F.address == address)
    stage = sa.case((_E.hidden != EMPTY, int(Stage.TOMBSTONE)), else_=int(Stage.STORY))
    query = sa.select(sa.literal(target), address, stage).where(may, ~is_known)
    connection.execute(sa.insert(exported).from_select(["target", "address", "stage"], query))
    again = sa.update(exported).where(_F.target == target, _F.address.startswith(STORIES))
    connection.execute(again.where(_F.stage.is_(None)).values(stage=Stage.REFRESH))


def doubt_all(connection: sa.Connection, target: str) -> None:
    """Forgets what ``target`` has in its files: each is written again that is still wanted."""
    change = sa.update(exported).where(_F.target == target)
    connection.execute(change.values(digest="", tag="", version=""))


def doubt(connection: sa.Connection, target: str, addresses: Collection[str]) -> None:
    """Forgets what ``target`` has at ``addresses``, since it is about to be written."""
    for some in batches(addresses):
        where = (_F.target == target) & _F.address.in_(some) & (_F.digest != EMPTY)
        connection.execute(sa.update(exported).where(where).values(digest="", tag=""))


def record(
    connection: sa.Connection, target: str, done: Iterable[File], *, keep: bool = False
) -> None:
    """Notes what ``target`` has in files that are up to date now.

    With ``keep`` they are to be looked at again nevertheless.
    """
    change = sa.update(exported).where(_F.target == target, _F.address == sa.bindparam("_address"))
    names = ["kind", "version", "digest", "tag", "modified"] + ([] if keep else ["stage"])
    change = change.values({name: sa.bindparam(f"_{name}") for name in names})
    rows = [{f"_{name}": value for name, value in file._asdict().items()} for file in done]
    if rows:
        connection.execute(change, rows)


def drop(connection: sa.Connection, target: str, addresses: Collection[str]) -> None:
    """Forgets files that ``target`` has no longer."""
    for some in batches(addresses):
        where = (_F.target == target) & _F.address.in_(some)
        connection.execute(sa.delete(exported).where(where))


def oldest_since(connection: sa.Connection, moment: datetime) -> datetime | None:
    """When the oldest entry was published of those that were since ``moment``."""
    shown = (_E.hidden == EMPTY) & (_E.standing != sa.literal_column("'archived'"))
    query = sa.select(_E.published).where(shown, _E.published > moment)
    found = connection.scalar(query.order_by(_E.published).limit(1))
    return found if isinstance(found, datetime) else None


def _file(row: sa.Row[*tuple[Any, ...]]) -> File:
    found = File(*row)
    return found._replace(stage=Stage(found.stage) if found.stage else None)
