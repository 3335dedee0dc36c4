"""What a batch of pages changed in the ledger, written at once.

Rules
- Statements run with many rows each, and are made once: building them costs more than SQLite.
- What was decided about an entry stays above it: of one that is told otherwise than it is shown,
  only what its pages tell is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from feeds.ledger import clues, history, numbers, paid, rows
from feeds.ledger.doubts import Kept
from feeds.ledger.history import Happening
from feeds.ledger.holds import HeldStory
from feeds.ledger.schema import aliases, entries, held, listed, readings
from feeds.model import Entry, EntryId, PaidText
from feeds.model.names import Alias, Fingerprints

_ENTER = sa.insert(entries)
_REPLACE = sa.update(entries).where(entries.c.id == sa.bindparam("_id"))
_ENTRY = numbers.of_entry(sa.bindparam("_entry"))
_PAGE = numbers.of_page(sa.bindparam("_path"))
_NAME = sa.insert(aliases).values(entry=_ENTRY)
_MOVE = (
    sa.update(aliases)
    .where(aliases.c.kind == sa.bindparam("_kind"), aliases.c.value == sa.bindparam("_value"))
    .values(entry=_ENTRY)
)
_UNLIST = sa.delete(listed).where(listed.c.page == _PAGE)
_LIST = sa.insert(listed).values(page=_PAGE, entry=_ENTRY)
_RELEASE = sa.delete(held).where(held.c.path == sa.bindparam("_path"))
_HOLD = sa.insert(held)
_SETTLE = (
    sa.update(readings)
    .where(readings.c.path == sa.bindparam("_path"))
    .values(
        decided=True,
        outside=sa.bindparam("_outside"),
        secret=sa.bindparam("_secret"),
        doubts=sa.bindparam("_doubts"),
        unaddressed=sa.bindparam("_unaddressed"),
        expires=sa.bindparam("_expires"),
        clued=False,
    )
)


class Written(NamedTuple):
    """An entry as its pages tell it by now, and what it is looked for by.

    ``is_overlaid``: readers are shown something else, which stays. Without ``fingerprints``, it
    keeps those that it has.
    """

    entry: Entry
    fingerprints: Fingerprints | None
    is_overlaid: bool


class Settled(NamedTuple):
    """A reading all of whose stories are decided, but those that are held.

    ``applied`` is the hash of what was applied to it from outside; ``secret`` says that its
    article has words that readers must not see; ``had_held``, that some were held before;
    ``found`` is what is doubtful about it; ``expires`` the moment from which readers are not to
    have its article any more, if that is still to come.
    """

    path: str
    kept_out: Sequence[HeldStory]
    applied: str
    secret: bool
    had_held: bool
    found: Kept
    expires: datetime | None = None


class Changes(NamedTuple):
    """``entered`` in the order in which they came in; ``lists`` by the path of their page.

    ``happened``: what became of entries, in order; ``paid``: the texts of what has to be paid for,
    None for those that are free by now.
    """

    entered: Sequence[Written]
    replaced: Sequence[Written]
    named: Mapping[Alias, EntryId]
    moved: Mapping[Alias, EntryId]
    lists: Mapping[str, Sequence[EntryId]]
    settled: Sequence[Settled]
    happened: Sequence[Happening]
    paid: Mapping[EntryId, PaidText | None] = {}


def apply(connection: sa.Connection, changes: Changes, revision: int, moment: datetime) -> None:
    """Writes ``changes``, which belong to ``revision``, and happened at ``moment``."""

    def run(statement: sa.Executable, values: Sequence[Mapping[str, object]]) -> None:
        if values:
            connection.execute(statement, values)

    run(_ENTER, [{**_columns(one), "revision": revision} for one in changes.entered])
    _replace(connection, [one for one in changes.replaced if not one.is_overlaid], _columns)
    _replace(connection, [one for one in changes.replaced if one.is_overlaid], _beneath)
    paid.put(connection, changes.paid)
    run(_NAME, [{**name._asdict(), "_entry": owner} for name, owner in changes.named.items()])
    run(
        _MOVE,
        [
            {"_kind": name.kind, "_value": name.value, "_entry": owner}
            for name, owner in changes.moved.items()
        ],
    )
    run(_UNLIST, [{"_path": path} for path in changes.lists])
    run(
        _LIST,
        [
            {"_path": path, "position": number, "_entry": entry}
            for path, ordered in changes.lists.items()
            for number, entry in enumerate(ordered, start=1)
        ],
    )
    run(_RELEASE, [{"_path": one.path} for one in changes.settled if one.had_held])
    run(_HOLD, [story._asdict() for one in changes.settled for story in one.kept_out])
    run(
        _SETTLE,
        [
            {
                "_path": one.path,
                "_outside": one.applied,
                "_secret": one.secret,
                "_doubts": one.found.doubts,
                "_unaddressed": one.found.unaddressed,
                "_expires": one.expires,
            }
            for one in changes.settled
        ],
    )
    clues.forget(connection, (one.path for one in changes.settled if not one.secret))
    history.add(connection, changes.happened, revision, moment)


def _replace(
    connection: sa.Connection,
    written: Sequence[Written],
    columns: Callable[[Written], dict[str, object]],
) -> None:
    """Writes the ``columns`` of ``written``, of those with the same ones at once."""
    alike: dict[tuple[str, ...], list[dict[str, object]]] = {}
    for one in written:
        values = columns(one)
        alike.setdefault(tuple(values), []).append({**values, "_id": one.entry.id})
    for values_of_all in alike.values():
        connection.execute(_REPLACE, values_of_all)


def _columns(one: Written) -> dict[str, object]:
    return {**rows.values(one.entry), **_printed(one)}


def _beneath(one: Written) -> dict[str, object]:
    told = {"told": rows.json(one.entry), "withdrawn": one.entry.withdrawn}
    return {**told, **_printed(one)}


def _printed(one: Written) -> dict[str, object]:
    return one.fingerprints._asdict() if one.fingerprints else {}
