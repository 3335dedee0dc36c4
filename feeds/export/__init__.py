"""What is published as finished files: in a directory, or in a bucket behind a CDN.

In go the ledger and what the app answers, out come files at a target: documents, archives, pages,
with their types and codings. ``run`` does it, as a reconciliation: what the ledger says is to be
there and isn't, is looked at until it is. What files there are is ``wanted``, and how they are
called ``layout``; ``folder`` and ``bucket`` put them there, under a ``claim``; ``recipes`` has the
lines of servers.
It publishes nothing and decides nothing.
"""

__all__ = ["names", "recipes", "run"]
