"""A newsroom's saved pages, published as RSS, Atom and JSON feeds.

Data goes one way, and imports run downwards alone; each room says in its ``__init__`` what goes
in, what comes out, and what it never does.

    newsroom ─► readers ─► normalise ─► entries ─► ledger ─► syndication ─► ledger ─► web
      disk       pure        pure        pure       SQL        pure          SQL     HTTP

``model`` and ``text`` are below all of these. ``publish`` runs them, from cron; ``audience`` and
``reports`` stand beside the flow, for people; ``cli`` is the command.
"""

__version__ = "0.1.0"
