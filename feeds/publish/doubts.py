"""What is doubtful about pages that were decided before it was kept: it is noted once."""

from __future__ import annotations

from feeds.entries import identity
from feeds.ledger import doubts, readings
from feeds.publish.run import Run


def note_unknown(run: Run) -> None:
    """Notes what is doubtful about the pages that are there, where that is not known."""
    for path in doubts.unknown(run.connection):
        try:
            reading = run.applied(readings.load_pending(run.connection, path).reading)
        except Exception:  # noqa: BLE001, S112 - whatever it is, it is this page's: the check says so
            continue
        found = doubts.kept_of(reading, unaddressed=identity.is_unaddressed(reading))
        doubts.note(run.connection, path, found)
