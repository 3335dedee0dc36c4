"""What to do about a ledger that a server has."""

GO_BACK = "pg_restore brings back what pg_dump copied"
"""What to do where something is amiss that can be lived with."""
RESTORE = (
    "bring a copy that pg_dump made into an empty database with pg_restore, then run "
    "'feeds publish --rebuild', with --database naming that one; without any copy, rename this "
    "database, make an empty one of its name, and run 'feeds publish --rebuild', which makes the "
    "ledger anew from the pages"
)
"""What to do about one that is damaged: no program of ours sets a database aside."""
