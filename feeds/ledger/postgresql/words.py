"""What to do about a ledger that a server has."""

GO_BACK = "pg_restore brings back what pg_dump copied"
"""What to do where something is amiss that can be lived with."""
RESTORE = (
    "bring a copy that pg_dump made into an empty database with pg_restore, then run "
    "'feeds publish --rebuild', with --database naming that one"
)
"""How to go back to a copy."""
