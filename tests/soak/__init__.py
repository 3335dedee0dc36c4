"""A newsroom at work while everything fails that can: ``python -m tests.soak``.

Real processes on a real ledger: ``feeds publish`` and its sisters, at times with a disk that is
slow to sync, at times killed; ``feeds serve`` with two workers, one of which is killed now and
then; other programs that read the ledger; and pollers, who ask without rest.

``desk`` writes pages and knows what readers should have, ``steps`` is what happens there, ``runs``
has commands run to their end; ``commands`` and ``website`` are the processes. ``observer`` looks
into the ledger, and what it saw becomes a ``timeline``. ``pollers`` ask, and ``judge`` says whether
what they got is what stood in the ledger then, and whether that is what the desk put in. ``audit``
looks once more when all is over. ``machines`` is the same with several of them.
"""
