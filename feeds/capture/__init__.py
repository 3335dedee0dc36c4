"""A newsroom's own website, looked at politely: what is new there is saved as pages.

In go site.toml and what the site answers, out come files below ``source/captured``. What a story
is, is for ``publish`` to decide, which reads them; here pages are found and saved. ``discovery``
finds where stories are.
"""

__all__ = ["visiting"]
