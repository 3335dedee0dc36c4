"""What is doubtful about pages that were decided before it was kept: it is noted once.

A page of which that can't be told costs itself alone; ``feeds check`` looks at it each time.
"""

from __future__ import annotations

import msgspec

from feeds.entries import identity
from feeds.ledger import doubts, readings
from feeds.ledger.packing import DamagedError
from feeds.publish.failures import concerns_run
from feeds.publish.run import Run


def note_unknown(run: Run) -> None:
    """Notes what is doubtful about the pages that are there, where that is not known."""
    for path in doubts.unknown(run.connection):
        try:
            reading = run.applied(readings.load_pending(run.connection, path).reading)
            found = doubts.kept_of(reading, unaddressed=identity.is_unaddressed(reading))
        except (DamagedError, msgspec.DecodeError):
            continue  # its own row alone is damaged, as the check says
        except BaseException as error:  # whatever it is, it is this page's, and the check says so
            if concerns_run(error, run.connection):
                raise
            continue
        doubts.note(run.connection, path, found)
