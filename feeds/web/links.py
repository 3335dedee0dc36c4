"""Addresses within the app, below whatever path ``feeds_url`` has in front of ``/feeds/``.

A proxy may publish the app below a path of its own and cut that off before it asks; links
have to have it nevertheless. They are never absolute: no Host header gets into an answer.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import redirect, url_for
from werkzeug.wrappers import Response

from feeds.config import Site


def within(site: Site, endpoint: str, **values: Any) -> str:
    """The path of ``endpoint`` as a browser has to ask for it."""
    prefix = urlsplit(site.feeds_url).path.removesuffix("/feeds/")
    return prefix + url_for(endpoint, **values)


def redirected(address: str, code: int, cache: str) -> Response:
    """A redirect to ``address`` with the given Cache-Control."""
    response = redirect(address, code)
    response.headers["Cache-Control"] = cache
    return response
