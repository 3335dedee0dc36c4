"""The ledger: what was published under which id, for ever. Alone imports SQLAlchemy.

``connect`` opens it, ``migrate`` brings its schema up to date, ``lock`` lets one publisher
in; ``readings``, ``entries`` and ``revisions`` are functions over an open connection.
"""
