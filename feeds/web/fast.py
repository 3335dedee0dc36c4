"""What stands before the Flask app: documents straight from memory, the rest is the app's.

Whatever is unusual about a request, a method, a browser's navigation, a header without end, is
left to the app as well; it gives the same answers by the same function, only later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from feeds.metrics.counts import Counting
from feeds.web import keys
from feeds.web.cache import Shelf
from feeds.web.conditional import answer, exceeds, refuses_stale

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

_METHODS = frozenset({"GET", "HEAD"})
_LONGEST = 1024
"""A header or a query beyond this is no feed reader's."""


class FastPath:
    """WSGI middleware. ``app`` is what it stands before."""

    def __init__(self, app: WSGIApplication, shelf: Shelf) -> None:
        self.app = app
        self._shelf, self._get = shelf, shelf.get
        self._count: Callable[[str, str], None] | None = None

    def count_with(self, count: Callable[[str, str], None]) -> None:
        """Has each answer counted from now on, by its status and coding."""
        self._count = count
        self.app = Counting(self.app, count)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answers, or has the app answer."""
        path = environ["PATH_INFO"]
        document = self._get(path)
        asked = None
        if document is None and path.startswith(keys.WAYS):
            asked, document = self._shelf.admit(environ)
        if (
            document is None
            or environ["REQUEST_METHOD"] not in _METHODS
            or "HTTP_SEC_FETCH_MODE" in environ
            or len(environ.get("QUERY_STRING", "")) > _LONGEST
            or exceeds(environ, _LONGEST)
            or (not self._shelf.is_current and refuses_stale(environ))
        ):
            # nothing here has a use for a body: who sends one slowly must keep nobody waiting
            environ["wsgi.input"] = BytesIO()
            return self.app(environ, start_response)
        status, headers, body, coding = answer(document, environ)
        if self._count:
            self._count(status, coding)
        headers = headers.copy()  # PEP 3333 lets servers change the list
        if asked and asked.key:
            headers.append((keys.HEADER, asked.key.name))
        start_response(status, headers)
        return body
