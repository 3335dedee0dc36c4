"""What to do about a ledger that is a file."""

GO_BACK = "'feeds restore-ledger FILE' goes back to a copy made with 'feeds backup'"
"""What to do where something is amiss that can be lived with."""
RESTORE = f"{GO_BACK}; without any copy, 'feeds publish --rebuild' makes it anew from the pages"
"""What to do about a ledger that is damaged."""
