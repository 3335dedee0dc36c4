"""Access logs to estimates of who reads the feeds.

In go the lines of logs, out come numbers with what they rest on. ``logs`` opens files, ``record``
keeps days in the ledger, all else is pure: ``logline`` takes a line apart, ``clients`` says what a
User-Agent is, ``counting`` adds up to ``groups``, with a ``hyperloglog`` sketch of readers;
``parts`` tells what was counted before; ``estimating`` makes numbers of it, ``table``
and ``charts`` show them. No address is ever stored or shown.
"""

__all__ = ["charts", "estimating", "logs", "record", "table"]
