"""The first schema: no ledger is older, and a new one is made from ``schema.py`` at once.

Migrations go on from here. They are append-only, and say in full what they make: they must not
change when ``schema.py`` does.
"""

revision = "0005"
down_revision = None


def upgrade() -> None:
    """Does nothing: who comes here has all that there is."""
