"""The ledger's own settings: texts by their keys, some of them JSON."""

from __future__ import annotations

from typing import TypeVar

import msgspec
import sqlalchemy as sa

from feeds.ledger import rows
from feeds.ledger.schema import settings

_Value = TypeVar("_Value")


def find(connection: sa.Connection, key: str) -> str | None:
    """The setting called ``key``; None if it was never made."""
    return connection.scalar(sa.select(settings.c.value).where(settings.c.key == key))


def put(connection: sa.Connection, key: str, value: str) -> None:
    """Makes a setting, or changes it."""
    drop(connection, key)
    connection.execute(sa.insert(settings).values(key=key, value=value))


def drop(connection: sa.Connection, key: str) -> None:
    """Takes a setting away."""
    connection.execute(sa.delete(settings).where(settings.c.key == key))


def find_json(connection: sa.Connection, key: str, kind: type[_Value]) -> _Value | None:
    """The value of type ``kind`` that ``put_json`` stored; None if it never did."""
    text = find(connection, key)
    return msgspec.json.decode(text, type=kind) if text else None


def put_json(connection: sa.Connection, key: str, value: object) -> None:
    """Makes a setting of ``value``, or changes it."""
    put(connection, key, rows.json(value))
