"""What is wrong is a value, and what became of an entry has a name: no sentence is searched.

Sentences that are there already are kept as they are, as what the problem is.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_CODES = {
    "its date is unknown%": "undated",
    "its date % is in the future": "future",
    "its status is draft": "draft",
    "its embargo ends on %": "embargo",
    "it has no headline: %": "no-headline",
    "its headline has characters %": "undecoded-headline",
    "it has a headline and no text": "no-text",
    "status %": "statement-status",
    "embargo %": "statement-embargo",
    "access %": "statement-access",
}
_CHANGES = {
    "entered: %": "entered",
    "taken over from %": "imported",
    "enriched: %": "enriched",
    "corrected: %": "corrected",
    "corrected: %: its words changed (%": "reworded",
    "corrected": "reworded",
    "merged into %": "merged",
    "retracted%": "retracted",
    "erased%": "erased",
    "restored": "restored",
}


def upgrade() -> None:
    """Adds columns, filled by what the sentences of before can be told by."""
    for table, column in (("held", "code"), ("history", "change")):
        op.add_column(table, sa.Column(column, sa.Text, nullable=False, server_default=""))
    connection = op.get_bind()
    for why, code in _CODES.items():
        query = sa.text("UPDATE held SET code = :code WHERE why LIKE :why")
        connection.execute(query, {"code": code, "why": why})
    for what, change in _CHANGES.items():
        query = sa.text("UPDATE history SET change = :change WHERE what LIKE :what")
        connection.execute(query, {"change": change, "what": what})
    connection.execute(
        sa.text(
            "UPDATE readings SET failure = json_object('code', 'page-unreadable', 'what', failure)"
            " WHERE failure IS NOT NULL"
        )
    )
    for name, wrapped in (("unsaid", _both), ("hubs given up", _each)):
        query = sa.text("SELECT value FROM settings WHERE key = :name")
        if text := connection.scalar(query, {"name": name}):
            update = sa.text("UPDATE settings SET value = :value WHERE key = :name")
            value = json.dumps(wrapped(json.loads(text)), ensure_ascii=False)
            connection.execute(update, {"value": value, "name": name})


def _both(said: list[list[str]]) -> list[list[dict[str, str]]]:
    return [[{"what": line} for line in lines] for lines in said]


def _each(hubs: dict[str, str]) -> dict[str, dict[str, str]]:
    return {hub: {"code": "hub-given-up", "what": line} for hub, line in hubs.items()}
