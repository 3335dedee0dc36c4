"""Feeds over HTTP: a look-up, the validators, and nothing made on the way.

Rules
- A feed varies on Accept-Encoding alone, whatever Accept says.
- Only a browser's navigation, which names itself in ``Sec-Fetch-Mode`` and
  ``Sec-Fetch-Dest``, is sent to the page for people; that answer is never stored.
- An address that was ever given out works for ever: feeds that were renamed, and those that
  people guess, are a permanent redirect away; one that is gone says so.
- A keyed feed is at no address but those of its keys, where a browser is shown it as it is. A key
  that was revoked says so (410) in either way; without a password that is known, one is asked for.
- Who wants nothing stale on an error (RFC 5861, section 4) gets 503 while the ledger can't be read:
  a proxy that may ask another app.
"""

from __future__ import annotations

from typing import NoReturn, cast

from flask import Blueprint, Response, abort, current_app, request
from werkzeug.wrappers import Response as BaseResponse

from feeds.model import FORMATS, Format
from feeds.newsroom.site import Site
from feeds.web import conditional, keys
from feeds.web.conditional import Finished
from feeds.web.links import redirected, within
from feeds.web.store import Store

blueprint = Blueprint("documents", __name__)

_FORM = f"any({','.join(FORMATS)})"
_GUESSED: dict[str, Format] = {
    "rss": "rss",
    "rss.xml": "rss",
    "rss2": "rss",
    "rss/feed": "rss",
    "feed": "rss",
    "feed.xml": "rss",
    "feed/rss": "rss",
    "feed/rss2": "rss",
    "feed.rss": "rss",
    "feeds.xml": "rss",
    "index.xml": "rss",
    "index.rss": "rss",
    "rdf.xml": "rss",
    "atom": "atom",
    "atom.xml": "atom",
    "index.atom": "atom",
    "feed.atom": "atom",
    "feed/atom": "atom",
    "feed.json": "json",
    "feed/json": "json",
    "index.json": "json",
}
"""Addresses that other publishers give their main feed, below / and below /feeds/."""


def store() -> Store:
    """The app's store."""
    return cast(Store, current_app.extensions["feeds"])


@blueprint.get(f"/feeds/<name>.<{_FORM}:form>")
def document(name: str, form: Format) -> BaseResponse:
    """A feed in one format."""
    found = store().shelf.get(request.path)
    if found is None and not store().has(name):
        return elsewhere(store().site(), name, f".{form}")
    if is_navigation():
        # relative, whatever path a proxy cuts off; only a name of ours is no other site's address
        return redirected(name, 303, "no-store")
    if not store().shelf.is_current and conditional.refuses_stale(request.environ):
        return _stale()
    if found is None:
        with store().view() as view:
            found = view.document(name, form)
    return handed_out(found) if found else abort(404)


@blueprint.get(f"/feeds/k/<key>/<name>.<{_FORM}:form>")
@blueprint.get(f"/feeds/auth/<name>.<{_FORM}:form>")
def keyed(name: str, form: Format, key: str = "") -> Response:  # noqa: ARG001 the door has it
    """A feed for those alone who have a key to it."""
    if not request.environ["PATH_INFO"].startswith(keys.WAYS):
        abort(404)  # slashes before it, which Flask sees as one
    asked = keys.admit(request.environ, store().shelf.keys)
    if not store().shelf.is_current and conditional.refuses_stale(request.environ):
        return _stale()
    if asked.key is None:
        store().site()  # raises as long as no keys could be read
        return _closed(404, "Not Found") if asked.by_address else _closed(401, "Unauthorized")
    if asked.key.revoked:
        return _closed(410, "Gone: this key was revoked", asked.key.name)
    found = store().shelf.opened(asked)
    if found is None:
        with store().view() as view:
            found = view.keyed(asked.key.feed, name, form, by_address=asked.by_address)
    if found is None:
        return _closed(404, "Not Found", asked.key.name)
    response = handed_out(found)
    response.headers[keys.HEADER] = asked.key.name
    return response


def _closed(status: int, why: str, key: str = "") -> Response:
    """The answer to who has no ``key`` for what they ask; nobody is to keep it."""
    response = Response(f"{status} {why}\n", status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    response.headers.extend(conditional.PRIVATE)
    if key:
        response.headers[keys.HEADER] = key
    if request.path.startswith(keys.BY_PASSWORD):
        response.headers["Vary"] = "Authorization"
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="feeds", charset="UTF-8"'
    return response


@blueprint.get(f"/feeds/<name>/archive/<int(max=999999999):number>.<{_FORM}:form>")
def archive(name: str, number: int, form: Format) -> BaseResponse:
    """An archive of a feed (RFC 5005, section 4); from the newest one leads on to the feed."""
    if not request.path.endswith(f"/{number}.{form}"):
        abort(404)  # 01, and the digits of other scripts
    if not store().has(name):
        return elsewhere(store().site(), name, f"/archive/{number}.{form}")
    if is_navigation():
        return redirected(f"../../{name}", 303, "no-store")
    with store().view() as view:
        found = view.archive(name, number, form)
        if found is None and number == view.newest_archive(name) + 1:
            # it will be there once the feed has no room for what is in it now
            return redirected(f"../../{name}.{form}", 307, "public, max-age=300")
    return handed_out(found) if found else abort(404)


@blueprint.get("/feeds/<name>.xml")
def unnamed_format(name: str) -> BaseResponse:
    """A feed whose format somebody guesses."""
    site = store().site()
    if not store().has(name):
        return elsewhere(site, name, ".rss")
    return _moved(within(site, "documents.document", name=name, form="rss"))


def handed_out(found: Finished) -> Response:
    """The answer to this request for ``found``."""
    answer = conditional.answer(found, request.environ)
    return Response(answer.body, answer.status, answer.headers)


def _stale() -> Response:
    text = "503 the ledger can't be read, and what is known here may be stale\n"
    response = Response(text, 503, mimetype="text/plain")
    response.headers["Retry-After"] = "60"
    response.headers["Cache-Control"] = "no-store"
    return response


def elsewhere(site: Site, name: str, rest: str) -> BaseResponse:
    """The answer for a feed that has no such name: it has another one by now, or is gone.

    ``rest`` follows the name in the address. Aborts with 404 if no feed was ever called so.
    """
    if name in site.gone:
        gone()
    for feed in site.feeds:
        if name in feed.former_names:
            home = within(site, "pages.index")
            return _moved(f"{home}{feed.name}{rest}")
    return abort(404)


def gone() -> NoReturn:
    """Clients that understand stop asking (RFC 9110, section 15.5.11)."""
    abort(410)


def is_navigation() -> bool:
    """Whether a person's browser asks, to show what it gets."""
    return (
        request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest") == "document"
        and "raw" not in request.args
    )


def guessed() -> BaseResponse:
    """The main feed, for those who guess its address."""
    path = request.path.strip("/").removeprefix("feeds/")
    site, form = store().site(), _GUESSED[path]
    return _moved(within(site, "documents.document", name=site.feeds[0].name, form=form))


def guessed_addresses(form: str) -> list[str]:
    """The addresses that people guess for the main feed in the format ``form``."""
    return [path for path, guess in _GUESSED.items() if guess == form]


def _moved(address: str) -> BaseResponse:
    # permanent, but not for ever: another feed may become the main one
    return redirected(address, 308, "public, max-age=3600")


for _path in _GUESSED:
    for _above in ("/", "/feeds/"):
        for _end in ("", "/"):
            blueprint.add_url_rule(f"{_above}{_path}{_end}", view_func=guessed)
