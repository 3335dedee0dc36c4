"""A newsroom's saved pages, published as RSS, Atom and JSON feeds.

Data goes one way. ``folder`` finds the pages of ``source/``; ``readers`` turn bytes
into a ``Page``; ``normalise`` turns a page into stories with their evidence; ``decide``
says what each story is to the ledger; ``ledger`` keeps it for ever; ``selection`` and
``render`` make the documents; ``gate`` objects to bad ones; ``publish`` runs all of
these, from cron; ``web`` serves what was published and writes nothing.
"""

__version__ = "0.1.0"
