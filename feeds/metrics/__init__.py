"""Figures for Prometheus: how requests were answered, and how publishing is doing.

In go the newsroom's ledger and what workers of ``feeds serve`` count; out comes text, on an address
of its own. ``counts`` is the memory in which workers count, ``facts`` asks the ledger, ``figures``
gives both their names, ``server`` hands them out, ``beside`` runs that in a process of its own,
which a server of feeds starts. Alone imports prometheus_client. Nothing here writes to the ledger.
"""

__all__ = ["beside", "counts"]
