"""Feeds over HTTP: a look-up, the validators, and nothing made on the way.

Rules
- ``If-None-Match`` beats ``If-Modified-Since`` (RFC 9110, section 13.2.2); werkzeug
  compares. A feed varies on Accept-Encoding alone, whatever Accept says.
- Only a browser's navigation, which names itself in ``Sec-Fetch-Mode`` and
  ``Sec-Fetch-Dest``, is sent to the page for people; that answer is never stored.
"""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, abort, current_app, request
from werkzeug.wrappers import Response as BaseResponse

from feeds.model import Format
from feeds.web.links import redirected, within
from feeds.web.store import Store

blueprint = Blueprint("documents", __name__)

_MAX_AGE = 300
_GUESSED: dict[str, Format] = {
    "/rss": "rss",
    "/rss.xml": "rss",
    "/feed": "rss",
    "/feed/": "rss",
    "/feed.xml": "rss",
    "/index.xml": "rss",
    "/atom": "atom",
    "/atom.xml": "atom",
    "/feed.json": "json",
}


def store() -> Store:
    """The app's store."""
    return cast(Store, current_app.extensions["feeds"])


@blueprint.get("/feeds/<name>.<any(rss,atom,json):form>")
def document(name: str, form: Format) -> BaseResponse:
    """A feed in one format."""
    with store().view() as view:
        if _is_navigation():
            return redirected(within(view.site, "pages.feed", name=name), 303, "no-store")
        found = view.document(name, form)
        max_age = min(_MAX_AGE, view.site.ttl * 60)
    if found is None:
        abort(404)
    response = Response(found.document.body, content_type=found.document.content_type)
    response.set_etag(found.document.etag)
    response.last_modified = found.last_modified
    response.headers["Cache-Control"] = f"public, max-age={max_age}"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response.make_conditional(request)


def _is_navigation() -> bool:
    return (
        request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest") == "document"
        and "raw" not in request.args
    )


def guessed() -> BaseResponse:
    """The main feed, for those who guess its address."""
    form = _GUESSED[request.path]
    with store().view() as view:
        if not view.site.feeds:
            abort(404)
        name = view.site.feeds[0].name
        address = within(view.site, "documents.document", name=name, form=form)
    # permanent, but not for ever: another feed may become the main one
    return redirected(address, 308, "public, max-age=3600")


for _path in _GUESSED:
    blueprint.add_url_rule(_path, view_func=guessed, strict_slashes=True)
