"""By which numbers entries and pages go in other tables, for use in a statement."""

from __future__ import annotations

import sqlalchemy as sa

from feeds.ledger.schema import entries, readings

_Name = str | sa.BindParameter[str]


def of_entry(name: _Name) -> sa.ScalarSelect[int]:
    """The number of the entry whose id is ``name``."""
    return sa.select(entries.c.sequence).where(entries.c.id == name).scalar_subquery()


def of_page(path: _Name) -> sa.ScalarSelect[int]:
    """The number of the page at ``path``."""
    return sa.select(readings.c.number).where(readings.c.path == path).scalar_subquery()
