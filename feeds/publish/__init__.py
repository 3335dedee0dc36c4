"""The cron job: what is new in a newsroom's folder becomes a revision, whole or not at all.

``publish`` is all of it; ``edit`` writes decisions down first, ``kept`` keeps what is to be taken
over; ``hubs`` tells subscribers' hubs afterwards, ``after`` and ``on_problem`` run an operator's
commands, ``watching`` publishes when something changes; ``restore`` goes back to a copy of the
ledger, ``copy_ledger`` has another engine keep it. Here alone the stages are put together: readings
are stored, stories decided, decisions laid over them, documents made, judged and committed. Nothing
here parses, compares or renders.
"""

from feeds.publish.job import publish, summary
from feeds.publish.order import Order

__all__ = [
    "Order",
    "after",
    "copy_ledger",
    "edit",
    "hubs",
    "kept",
    "on_problem",
    "publish",
    "restore",
    "summary",
    "watching",
]
