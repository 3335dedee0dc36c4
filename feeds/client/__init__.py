"""Asks servers on the web for something, within bounds; one HTTP stack for the whole program.

In go an http(s) URL and headers, out comes an ``Answer`` as it came, or a ``FetchError``. What may
be asked for at all is said here (``machines``, ``inside``, ``robots``); what is made of it is
nothing that is known here. Nothing is stored, nothing is asked twice by itself, and no redirect is
followed but by whoever asked.
"""

__all__ = ["agents", "asking", "coding", "inside", "machines", "robots", "waiting"]
