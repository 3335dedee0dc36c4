"""What programs other than feed readers ask for: monitors, Google News, browsers' stylesheets."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files
from mimetypes import guess_type

from flask import Blueprint, Response, abort, jsonify, render_template
from werkzeug.wrappers import Response as BaseResponse

from feeds.model.errors import ConfigError, FeedsError, LedgerOlderError
from feeds.newsroom.site import Site
from feeds.newsroom.theme import Theme
from feeds.syndication import encodings, licence
from feeds.text import dates
from feeds.web import caching, colours, conditional, sitemap
from feeds.web.conditional import Finished
from feeds.web.documents import handed_out, store, unnamed_format
from feeds.web.store import View

blueprint = Blueprint("endpoints", __name__)

COLOURS = "colours.css"
"""A stylesheet that sites have which say what their colour is."""
_KEPT = 4
_themes: dict[str, dict[str, Finished]] = {}
"""The files of the themes in force last, by the themes' keys."""
_VECTORS = {"image/svg+xml"}
_STATIC = "public, max-age=86400"
_SITEMAP = "public, max-age=300"
_LICENCE = "public, max-age=300"
_LOST = "the ledger is lost or can't be read"
_MOVED = "the ledger was moved, and this is the one of before: name the other and restart the app"
_OF_THEME = "a template of the theme fails: the app's log says which"
_AWAY = {
    ConfigError.code: "site.toml is lost or can't be read",
    LedgerOlderError.code: "the ledger is an older copy than what was published",
    "ledger-another": "the ledger is another one than was published into",
    "ledger-away": "the ledger's server can't be reached",
    "ledger-moved": _MOVED,
}
"""Why the ledger isn't read, by the code of the problem or the error, without any path."""
_XML = "application/xml; charset=utf-8"


@blueprint.get("/feeds/healthz")
def healthz() -> Response:
    """Alive, which revision is served, and what a monitor should tell somebody.

    The HTTP status is 200 as long as feeds are served, warnings or not, and else 503.
    """
    shelf = store().shelf
    shelf.refresh()
    try:
        with store().view() as view:
            told = {"revision": view.number, **_ages(view, store().now())}
        status = "warning" if told["warnings"] else "ok"
    except FeedsError as error:
        shelf.complaints.request_fails(error)
        why = _AWAY.get(error.problem.code, _AWAY.get(error.code, _LOST))
        told = {"revision": shelf.number, "warnings": [why]}
        status = "warning" if shelf.number else "failed"
    response = jsonify(status=status, **told)
    response.headers["Cache-Control"] = "no-store"
    if status == "failed":
        response.status_code = 503
    return response


def _ages(view: View, now: datetime) -> dict[str, object]:
    moments, run = view.moments, store().shelf.last_run
    newest = moments[0] if moments else None
    warnings = [_MOVED] if store().is_moved(view) else []
    warnings += [_OF_THEME] if store().shelf.complaints.of_theme else []
    if not view.number:
        warnings.append("nothing is published")
    if run is None:
        warnings.append("no run of 'feeds publish' is on record")
    elif run.exit_code > 1:
        warnings.append(f"the last run failed, with exit code {run.exit_code}")
    else:
        if run.refused:  # their names are nobody else's business
            pages = "1 page" if run.refused == 1 else f"{run.refused} pages"
            warnings.append(f"{pages} can't be read: 'feeds status' says which")
        if run.unrendered:
            feeds = "1 feed" if run.unrendered == 1 else f"{run.unrendered} feeds"
            warnings.append(f"{feeds} can't be rendered: 'feeds status' says which")
        if run.unread:
            decisions = "1 decision" if run.unread == 1 else f"{run.unread} decisions"
            warnings.append(
                f"{decisions} can't be understood, and may be a retraction: "
                "'feeds status' says which"
            )
        if now - run.finished > caching.run_overdue(moments):
            warnings.append("'feeds publish' has not run for longer than usual")
    if behind := view.failing_exports:
        targets = "1 target of exports is" if behind == 1 else f"{behind} targets of exports are"
        warnings.append(f"{targets} behind: 'feeds status' says which")
    if newest and now - newest > caching.story_overdue(moments):
        warnings.append("nothing new has been published for longer than usual")
    return {
        "last_run": dates.rfc3339(run.finished) if run else None,
        "newest": dates.rfc3339(newest) if newest else None,
        "warnings": warnings,
    }


@blueprint.get("/feeds/news-sitemap.xml")
def news_sitemap() -> Response:
    """The sitemap for Google News: what was published in the last two days."""
    with store().view() as view:
        items = sitemap.sitemap_items(
            view.published_since(store().now() - sitemap.PERIOD), view.site
        )
        body = render_template("sitemap.xml", items=items, site=view.site).encode()
    found = conditional.finished(_XML, digest(body), None, {"": body}, _SITEMAP)
    return handed_out(found)


@blueprint.get(f"/feeds/{licence.NAME}")
def license_for_machines() -> BaseResponse:
    """What machines may do with stories (RSL 1.0), if the site says so."""
    with store().view() as view:
        site = view.site
    if site.rights is None:
        return unnamed_format(licence.NAME.removesuffix(".xml"))  # a feed may be called so
    body = licence.render(site)
    bodies = {"": body, "gzip": encodings.gzipped(body)}
    content_type = f"{licence.MEDIA_TYPE}; charset=utf-8"
    return handed_out(conditional.finished(content_type, digest(body), None, bodies, _LICENCE))


@blueprint.get("/feeds/static/<name>")
def static(name: str) -> Response:
    """A file of the program or of the theme; no request's path gets near a file system."""
    site = store().shelf.site
    with suppress(FeedsError), store().view() as view:  # pages that say so want their styles
        site = view.site
    found = (_files_of(site, store().theme(site)) if site else _static()).get(name)
    if found is None:
        abort(404)
    return handed_out(found)


def _files_of(site: Site, theme: Theme) -> dict[str, Finished]:
    """All static files by name, those of the ``theme`` in the place of the program's."""
    own = {COLOURS: _colours(site.accent)} if site.accent else {}
    return _static() | own | _themed(theme)


def _themed(theme: Theme) -> dict[str, Finished]:
    """What of ``theme`` is served; made once."""
    found = _themes.get(theme.key)
    if found is None:
        found = {name: _served(name, body) for name, body in theme.served.items()}
        _themes[theme.key] = found
        for other in list(_themes)[:-_KEPT]:
            _themes.pop(other, None)
    return found


@cache
def _static() -> dict[str, Finished]:
    """All static files, read once."""
    folder = files("feeds.web").joinpath("static")
    return {file.name: _served(file.name, file.read_bytes()) for file in folder.iterdir()}


@lru_cache(16)
def _colours(accent: str) -> Finished:
    """The stylesheet of a site that has a colour of its own."""
    return _served(COLOURS, colours.stylesheet(accent))


def _served(name: str, body: bytes) -> Finished:
    content_type = guess_type(name)[0] or "application/octet-stream"
    if content_type.startswith("text/"):
        content_type += "; charset=utf-8"
    bodies = {"": body}
    if content_type.startswith("text/") or content_type in _VECTORS:
        codings = encodings.codings(body)
        bodies |= {"gzip": codings.gzip, "br": codings.brotli}
    return conditional.finished(content_type, digest(body), None, bodies, _STATIC)


def version_of(name: str, site: Site, theme: Theme) -> str:
    """What changes in the address of the static file ``name`` whenever it does."""
    return _files_of(site, theme)[name].etag[:8]


def static_files(site: Site, theme: Theme) -> dict[str, str]:
    """The names of all static files of ``site``, and what each one's content is known by."""
    return {name: found.etag for name, found in _files_of(site, theme).items()}


def digest(body: bytes) -> str:
    """An ETag for ``body``."""
    return hashlib.sha256(body).hexdigest()[:26]
