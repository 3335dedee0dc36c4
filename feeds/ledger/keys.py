"""Keys: who may read which keyed feed. Of a token there is a hash alone."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from feeds.ledger import settings
from feeds.ledger.schema import keys

_C = keys.c
TOKEN_MARK = "FeedsKey"  # noqa: S105 no password, but what all have
"""What every token begins with: wherever one stands, it is told from all else, to keep it back."""
_TOKEN_BYTES = 32
_CHANGES = "keys"
"""The setting by which the app sees that a key came or was revoked, which is no revision."""


class Key(NamedTuple):
    """A key by its ``name``, which no other ever has, to the ``feed`` of that first name.

    ``hash`` is that of its token; ``revoked`` is since when it opens nothing, None if it does.
    """

    name: str
    feed: str
    hash: str
    made: datetime
    revoked: datetime | None = None


def new_token() -> str:
    """A token that nobody has or guesses."""
    return f"{TOKEN_MARK}-{secrets.token_urlsafe(_TOKEN_BYTES)}"


def hash_of(token: str) -> str:
    """By what a token is known: so much chance is in it that nothing slower is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def all_keys(connection: sa.Connection) -> list[Key]:
    """All keys, by name, revoked or not."""
    columns = (_C.name, _C.feed, _C.hash, _C.made, _C.revoked)
    return [Key(*row) for row in connection.execute(sa.select(*columns).order_by(_C.name))]


def find(connection: sa.Connection, name: str) -> Key | None:
    """The key called ``name``, revoked or not; None if there never was one."""
    return next((key for key in all_keys(connection) if key.name == name), None)


def add(connection: sa.Connection, key: Key) -> None:
    """Stores ``key``, whose name no other has."""
    connection.execute(sa.insert(keys).values(key._asdict()))
    _count(connection)


def revoke(connection: sa.Connection, name: str, now: datetime) -> None:
    """Has the key called ``name`` open nothing from ``now`` on, for ever."""
    connection.execute(sa.update(keys).where(_C.name == name).values(revoked=now))
    _count(connection)


def take_over(connection: sa.Connection, others: Iterable[Key]) -> None:
    """Has what is known of keys elsewhere count: none is lost, and none is revoked no more."""
    known = {key.name: key for key in all_keys(connection)}
    for key in others:
        if known.get(key.name) != key:
            connection.execute(sa.delete(keys).where(_C.name == key.name))
            add(connection, key)


def _count(connection: sa.Connection) -> None:
    settings.put(connection, _CHANGES, str(int(settings.find(connection, _CHANGES) or 0) + 1))
