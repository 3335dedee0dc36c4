"""The Flask app: it reads the ledger and never writes to it. Alone imports Flask.

In come requests, out go documents as they were stored, and pages for people about them. It knows
neither pages nor publishing, and renders no feed.

``create_app`` is the factory; ``wsgi.py`` at the top level, and ``feeds serve``, call it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, g, request
from flask_babel import Babel
from werkzeug.exceptions import HTTPException

from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom, locate
from feeds.syndication import licence
from feeds.web import conditional, documents, endpoints, keys, pages
from feeds.web.connections import Workload
from feeds.web.fast import FastPath
from feeds.web.policy import POLICY, REFERRER
from feeds.web.store import Store

if TYPE_CHECKING:
    from werkzeug.test import Client

__all__ = [
    "app_of",
    "caching",
    "client_of",
    "colours",
    "connections",
    "create_app",
    "documents",
    "endpoints",
    "i18n",
    "made_by",
    "policy",
    "server",
    "sitemap",
]

_LONGEST_URL = 4096
_LONGEST_FIELD = 4096
_LARGEST_HEAD = 16 * 1024
_LARGEST_BODY = 64 * 1024
"""In bytes; nothing that this app does needs half as much."""


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(
    source: str | None = None,
    database: str | None = None,
    *,
    now: Callable[[], datetime] = _now,
) -> Flask:
    """The app for the newsroom that ``source`` and ``database`` (a URL) name.

    Without them the environment does (FEEDS_SOURCE, FEEDS_DATABASE), else the defaults. ``now``
    is an aware moment; only the news sitemap and /feeds/healthz go by it.
    Raises LedgerError for a database URL that is none of ours.
    """
    return app_of(locate(source, database), now)


def app_of(newsroom: Newsroom, now: Callable[[], datetime] = _now) -> Flask:
    """The app for ``newsroom``."""
    app = Flask("feeds.web", static_folder=None)
    store = Store(newsroom, now)
    app.extensions["feeds"] = store
    Babel(app, locale_selector=lambda: g.get("interface", "en"))
    # letters that aren't Latin would take three times their room in a story's JSON-LD
    app.json.ensure_ascii = False  # type: ignore[attr-defined] # of the provider that Flask has
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.merge_slashes = False  # it redirects to wherever the Host header says
    app.before_request(_bounded)
    app.before_request(_permitted)
    app.register_blueprint(documents.blueprint)
    app.register_blueprint(endpoints.blueprint)
    app.register_blueprint(pages.blueprint)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(FeedsError, _away)
    app.after_request(_secured)
    workload = app.extensions["workload"] = Workload(app.wsgi_app)
    app.wsgi_app = FastPath(workload, store.shelf)  # type: ignore[method-assign] # Flask's way
    return app


def client_of(app: Flask) -> Client:
    """What asks ``app`` within this process, and keeps no cookies."""
    # late: only exports ask; not Flask's own, which wants modules that are loaded late here
    from werkzeug.test import Client

    return Client(app, use_cookies=False)


def _bounded() -> None:
    """Refuses requests that are larger than any program that asks for feeds makes them.

    In 4 kB of If-None-Match there is room for the tags of ninety copies of a feed.
    """
    environ = request.environ
    if len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", "")) > _LONGEST_URL:
        abort(414)
    if conditional.exceeds(environ, _LONGEST_FIELD):
        abort(431)
    head = (len(key) + len(value) for key, value in environ.items() if key.startswith("HTTP_"))
    if sum(head) > _LARGEST_HEAD:
        abort(431)
    if (request.content_length or 0) > _LARGEST_BODY:
        abort(413)


def _permitted() -> Response | None:
    """What scripts of other sites may ask, wherever there is something to ask for."""
    if request.method != "OPTIONS" or request.url_rule is None:
        return None
    response = Response(status=204)
    del response.headers["Content-Type"]
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
    allowed = "If-None-Match, If-Modified-Since, A-IM"
    if request.path.startswith(keys.BY_PASSWORD):
        allowed += ", Authorization"
    response.headers["Access-Control-Allow-Headers"] = allowed
    response.headers["Access-Control-Max-Age"] = "86400"
    response.headers["Allow"] = "GET, HEAD, OPTIONS"
    return response


def _refused(error: HTTPException) -> Response:
    if error.code in {404, 410} and documents.is_navigation():
        with suppress(FeedsError):  # without a ledger, people have to do with a line as well
            return pages.nothing(error)
    response = Response(f"{error.code} {error.name}\n", error.code, mimetype="text/plain")
    for name, value in error.get_headers():
        if name.lower() == "allow":
            response.headers[name] = value
    if error.code == 410:
        response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _away(error: FeedsError) -> Response:
    """Ledger or configuration can't be read: say so to the log, ask clients to come back."""
    shelf = documents.store().shelf
    shelf.complaints.request_fails(error)
    if shelf.site and (pages.is_page(request.endpoint) or documents.is_navigation()):
        response = pages.unavailable(shelf.site)
    else:
        text = "503 the newsroom is being mended; try again soon\n"
        response = Response(text, 503, mimetype="text/plain")
    response.headers["Retry-After"] = "60"
    response.headers["Cache-Control"] = "no-store"
    return response


def _secured(response: Response) -> Response:
    if response.status_code == 304:
        return response  # it changes nothing that a client has but what it has to
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    if request.path.startswith(keys.WAYS):  # also what is no feed, and whose page has links
        for name, value in conditional.PRIVATE:
            response.headers[name] = value
    if request.blueprint != "pages" or response.mimetype != "text/html":
        response.headers.setdefault("Access-Control-Allow-Origin", "*")
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Referrer-Policy", REFERRER)
    if request.path.startswith("/feeds/stories/"):
        response.headers.setdefault("X-Robots-Tag", "noindex")
    site = documents.store().shelf.site
    if site and response.status_code == 200 and request.path.startswith("/feeds/"):
        for name, value in licence.headers(site):
            response.headers.setdefault(name, value)
    return response
