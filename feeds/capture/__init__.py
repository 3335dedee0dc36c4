"""A newsroom's own website, looked at politely: what is new there is saved as pages.

In go site.toml and what the site answers, out come files below ``source/captured``. What a story
is, is for ``publish`` to decide, which reads them; here pages are found and saved. ``discovery``
finds where stories are, ``sources`` asks for what names them, ``plan`` says what of it is to be
fetched, ``pages`` fetches and saves, ``run`` is all of it; ``visits`` has the manners, ``state``
the memory. ``looking`` looks a site over once, before there is a newsroom.
"""

__all__ = ["looking", "plan", "run", "sections", "standing", "state", "visits"]
