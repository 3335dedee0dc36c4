"""The Flask app: it reads the ledger and never writes to it.

``create_app`` is the factory; ``wsgi.py`` at the top level, and ``feeds serve``, call it.
"""

from __future__ import annotations

import re

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_date

from feeds.errors import FeedsError
from feeds.newsroom import locate
from feeds.web import documents, pages
from feeds.web.store import Store

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' https: http:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_CODING = re.compile(r'[-;](?:gzip|br|deflate|zstd)"')
"""What proxies add to a tag when they compress (RFC 9110, section 8.8.3.3, warns of it)."""


def create_app(source: str | None = None, database: str | None = None) -> Flask:
    """The app for the newsroom that ``source`` and ``database`` (a URL) name.

    Without them the environment does (FEEDS_SOURCE, FEEDS_DATABASE), else the defaults.
    Raises LedgerError for a database URL that is none of ours.
    """
    app = Flask("feeds.web", static_url_path="/feeds/static")
    app.extensions["feeds"] = Store(locate(source, database))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.merge_slashes = False  # it redirects to wherever the Host header says
    app.before_request(_forgiving)
    app.register_blueprint(documents.blueprint)
    app.register_blueprint(pages.blueprint)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(FeedsError, _away)
    app.after_request(_secured)
    return app


def _forgiving() -> None:
    """Mends validators that proxies changed, and drops dates that no calendar has."""
    tags = request.environ.get("HTTP_IF_NONE_MATCH")
    if tags:
        request.environ["HTTP_IF_NONE_MATCH"] = _CODING.sub('"', tags)
    for name in ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE"):
        try:
            parse_date(request.environ.get(name))
        except OverflowError:
            del request.environ[name]


def _refused(error: HTTPException) -> Response:
    response = Response(f"{error.code} {error.name}\n", error.code, mimetype="text/plain")
    for name, value in error.get_headers():
        if name.lower() == "allow":
            response.headers[name] = value
    return response


def _away(error: FeedsError) -> Response:
    """Ledger or configuration can't be read: say so to the log, ask clients to come back."""
    from flask import current_app

    current_app.logger.error("%s", error)
    text = "503 the newsroom is being mended; try again soon\n"
    response = Response(text, 503, mimetype="text/plain")
    response.headers["Retry-After"] = "60"
    response.headers["Cache-Control"] = "no-store"
    return response


def _secured(response: Response) -> Response:
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    if request.path.startswith("/feeds/stories/"):
        response.headers.setdefault("X-Robots-Tag", "noindex")
    return response
