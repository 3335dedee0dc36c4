"""Versions of the stages whose change must be noticed, kept where reading them costs nothing."""

READER_VERSION = 9
"""Raised when the same bytes would give another reading; every reading carries it."""

RENDERER_VERSION = 7
"""Raised when the same ledger and configuration would give other document bytes."""

SCHEMA_VERSION = "0009"
"""The newest migration in ``feeds/ledger/migrations``."""
