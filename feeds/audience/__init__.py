"""The audience: access logs to estimates of who reads the feeds. All of it is pure.

``lines`` takes a line apart, ``clients`` says what a User-Agent is, ``counting`` adds lines up to
``groups``, with a ``sketch`` of readers whom nobody can tell any more; ``parts`` finds out what was
counted before, ``estimating`` makes numbers for people, ``telling`` and ``plots`` show them.
"""
