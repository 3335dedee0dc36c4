"""Opening a ledger that a server has.

Rules
- Who reads sees one state throughout; who writes locks the publisher's token first, and so waits
  for whoever wrote before, and sees all of that.
- The app's connections are few, are kept, and wait for no answer longer than its patience. One that
  was lost since is opened again; one that says nothing is not, since another would say nothing too.
- A publisher waits for a slow disk, and not for ever: a server that says nothing for a minute is as
  good as away. Only that all tables are written anew may take longer.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from psycopg import IsolationLevel

from feeds.ledger.postgresql import lock, plain
from feeds.ledger.schema import metadata
from feeds.newsroom.database import Address

_AT_ONCE = 1.0
"""Who has less patience than so many seconds is the app, which answers somebody."""
_PUBLISHER_SECONDS = 60.0
_COMPACT_SECONDS = 3600.0
_POOL = 4
_STATISTICS = "pg_statistic"
"""Where the server has words of columns, to know how often there are which."""


def connected(address: Address, *, read_only: bool, patience: float) -> sa.Engine:
    """What connects to the ledger at ``address``: anew for each who asks, but for the app."""
    is_app = patience < _AT_ONCE

    def connect() -> Any:
        wait, lock_wait = (plain.APP_SECONDS,) * 2 if is_app else (_PUBLISHER_SECONDS, 5.0)
        made = plain.connect(address, patience=wait, lock_seconds=lock_wait)
        made.autocommit = False
        made.read_only = read_only
        return made

    kept: dict[str, Any] = {"poolclass": sa.NullPool}
    if is_app:
        kept = {"pool_size": _POOL, "pool_pre_ping": True, "pool_timeout": plain.APP_SECONDS}
    engine = sa.create_engine(
        "postgresql+psycopg://",
        creator=connect,
        isolation_level="REPEATABLE READ",
        use_native_hstore=False,
        **kept,
    )

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("immediate", False):
            # each statement is to see what the writer before this one committed
            plain_connection: Any = connection.connection.driver_connection
            plain_connection.isolation_level = IsolationLevel.READ_COMMITTED
            token = connection.exec_driver_sql(lock.LOCKED).scalar()
            lock.refuse_superseded(address, str(token))

    @sa.event.listens_for(engine, "handle_error")
    def judge(context: sa.engine.ExceptionContext) -> None:
        if context.is_pre_ping and isinstance(context.original_exception, plain.SilentError):
            context.is_disconnect = False  # or another would be opened, and waited for

    return engine


def compact(connection: sa.Connection) -> None:
    """Writes all tables anew, without words which were erased.

    What the server's own logs and copies have of these is not in its reach.
    """
    plain_connection: Any = connection.connection.driver_connection
    plain_connection.autocommit = True
    patience, plain_connection.patience = plain_connection.patience, _COMPACT_SECONDS
    try:
        for table in metadata.sorted_tables:
            plain_connection.execute(f'VACUUM (FULL, ANALYZE) "{table.name}"')
        plain_connection.execute(f"VACUUM (FULL) {_STATISTICS}")
    finally:
        plain_connection.patience = patience
        plain_connection.autocommit = False
