"""The texts that have to be paid for: what of entries is for those alone who have a key.

Nothing else that finds entries finds these. Whoever asks for them hands them to feeds that are
keyed: see ``publish.paid``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec
import sqlalchemy as sa

from feeds.ledger import numbers, rows
from feeds.ledger.batches import matching
from feeds.ledger.schema import entries, paid
from feeds.model import EntryId, PaidText

_DROP = sa.delete(paid).where(paid.c.entry == numbers.of_entry(sa.bindparam("_entry")))
_PUT = sa.insert(paid).values(entry=numbers.of_entry(sa.bindparam("_entry")))


def of_entries(connection: sa.Connection, ids: Collection[EntryId]) -> dict[EntryId, PaidText]:
    """The texts of those of the entries called ``ids`` that have one."""
    query = sa.select(entries.c.id, paid.c.text).join(paid, paid.c.entry == entries.c.sequence)
    found = matching(connection, query, entries.c.id, ids)
    return {EntryId(row.id): msgspec.json.decode(row.text, type=PaidText) for row in found}


def put(connection: sa.Connection, texts: Mapping[EntryId, PaidText | None]) -> None:
    """Stores the texts of entries; None: it has none any more."""
    if not texts:
        return
    connection.execute(_DROP, [{"_entry": name} for name in texts])
    made = [{"_entry": name, "text": rows.json(text)} for name, text in texts.items() if text]
    if made:
        connection.execute(_PUT, made)
