"""Two machines, a database's and a front one, in network namespaces: ``--machines``.

``network`` are the hosts and what connects them, which can be cut; ``hosts`` is what runs on them:
PostgreSQL, an app and a publisher on each of two, nginx before both apps. ``observer`` looks into
the ledger, ``happenings`` is what befalls them, besides what happens on one machine as well.

What a poller may see, through nginx: each app goes from lower revisions to higher alone, and shows
no older one than was committed a second before, as long as it reaches the database. nginx asks the
other one instead of an app that does not, unless neither does: then both show what they read last.
So whoever is sent to another app may be shown an older revision than before in that one second. An
app has the newest again ``hosts.BACK_SECONDS`` after it can reach the database.
"""
