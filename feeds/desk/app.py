"""The app: who is let in, what browsers may do, and the room's parts put together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask, Response, abort, g, render_template, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException

from feeds.desk import acts, looks, pages, pushed, sessions, texts, words
from feeds.desk.bodies import LARGEST, LARGEST_OF_STRANGERS
from feeds.desk.desk import Desk
from feeds.desk.guesses import Guesses
from feeds.desk.users import Users
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: http:; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_LARGEST_FIELDS = 1024 * 1024
"""In bytes: all that is no file."""
COOKIE = "__Host-desk"
_STATIC = {
    "style.css": "text/css",
    "desk.css": "text/css",
    "lines.js": "text/javascript",
    "drop.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def app_of(
    newsroom: Newsroom,
    users: Users,
    *,
    header: str = "",
    peer: str = "",
    now: Callable[[], datetime] = _now,
) -> Flask:
    """The desk of ``newsroom``, for ``users``; ``now`` is an aware moment.

    With a ``header``, a proxy at the address ``peer`` has made sure who somebody is, and that
    header says so; nobody else is let in, and no password is asked for.
    """
    app = Flask("feeds.desk", static_folder=None)
    app.config.update(
        SECRET_KEY=users.secret,
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=LARGEST,
        MAX_FORM_MEMORY_SIZE=_LARGEST_FIELDS,
        MAX_FORM_PARTS=200,
        WTF_CSRF_TIME_LIMIT=None,  # it ends with the session
        WTF_CSRF_SSL_STRICT=False,  # a proxy may hide the address; the token and the cookie do
    )
    app.extensions["desk"] = Desk(newsroom, users, Guesses(), now, header, peer)
    app.url_map.merge_slashes = False  # it redirects to wherever the Host header says
    words.teach(app)
    app.before_request(sessions.let_in)
    app.before_request(_bounded)
    csrf = CSRFProtect(app)
    csrf.exempt(pushed.blueprint)  # a browser has no token to send, whoever made it ask
    app.register_blueprint(sessions.blueprint)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(acts.blueprint)
    app.register_blueprint(texts.blueprint)
    app.register_blueprint(pushed.blueprint)
    app.add_url_rule("/static/<name>", "static", _static)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(FeedsError, _failed)
    app.after_request(_secured)
    return app


def _bounded() -> None:
    """Has less room for what is no file, and least for who has not signed in.

    There is nothing whose name has a null character, which neither files nor databases know.
    """
    if any("\0" in text for text in (request.path, *request.args.values())):
        abort(404)
    if not g.user:
        request.max_content_length = LARGEST_OF_STRANGERS
    elif request.mimetype != "multipart/form-data" and request.endpoint != pushed.ENDPOINT:
        request.max_content_length = _LARGEST_FIELDS


def _static(name: str) -> Response:
    if name == "colours.css":
        return Response(looks.colours_of(words.site()), mimetype="text/css")
    if name not in _STATIC:
        return Response("404 Not Found\n", 404, mimetype="text/plain")
    return Response(looks.file(name), mimetype=_STATIC[name])


def _forged(_error: CSRFError) -> tuple[str, int]:
    return render_template("nothing.html", what="forged"), 403


def _refused(error: HTTPException) -> tuple[str, int] | Response:
    if request.endpoint == pushed.ENDPOINT:
        return pushed.problem(error.name, error.code or 500)
    return render_template("nothing.html", what="nothing", code=error.code), error.code or 500


def _failed(error: FeedsError) -> tuple[str, int] | Response:
    if not g.get("user"):  # a stranger is told of no path
        what = "500: the desk can't be used now; 'feeds desk user list' tells why\n"
        return Response(what, 500, mimetype="text/plain")
    return render_template("failed.html", problems=error.problems), 500


def _secured(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["X-Robots-Tag"] = "noindex"
    is_static = request.endpoint == "static"
    headers["Cache-Control"] = "private, max-age=300" if is_static else "no-store"
    return response
