"""``POST /stories``: a program, a CMS for instance, hands in a story.

Rules
- It is let in by a token in its request's ``Authorization`` (RFC 6750), whoever else is signed in.
- What comes is kept as a page of the folder, and published by the same command as all others.
- The same story again, by its id or its address, changes its page; the same bytes change nothing.
- The answer says what was understood of it, and what became of it: 200 or 201 if that is what
  readers have now, 202 if it isn't.
- What is wrong with a story is 4xx, and what is wrong here 5xx: who sent it is to send it again.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

import msgspec
from flask import Blueprint, Response, g, request

from feeds.desk import commands, words
from feeds.desk.desk import desk
from feeds.desk.pushed_names import Names, RefusedError, find_place, names_of
from feeds.entries import identity
from feeds.ledger import aliases, holds, shown
from feeds.ledger.connect import open_to_read
from feeds.model import EntryId
from feeds.model.errors import FeedsError, PageError
from feeds.newsroom import Newsroom, pushed_page
from feeds.newsroom.pushed_page import Pushed
from feeds.newsroom.site import Site
from feeds.normalise import normalise, statements
from feeds.readers import read_page
from feeds.reports.reading import ReadingAnswer, reading_answer
from feeds.text import dates

blueprint = Blueprint("pushed", __name__)
ENDPOINT = "pushed.add"

_JSON, _HTML = "application/json", ("text/html", "application/xhtml+xml")
_LATER = "60"
"""Seconds after which it may be tried again, if something is wrong here."""


class Became(msgspec.Struct, frozen=True):
    """An entry, as far as who handed it in has to know it."""

    id: EntryId
    published: datetime | None
    updated: datetime
    is_public: bool


class Answer(msgspec.Struct, frozen=True):
    """What became of a story: its ``page`` in the folder, and what was ``understood`` of it.

    ``is_changed``: the page is another one than before. ``entry`` is null as long as it was
    never published; ``is_current``: readers have what was sent, or have it no more if it was taken
    back. ``said`` is what the run that published it had to say, line by line.
    """

    page: str
    is_changed: bool
    is_current: bool
    entry: Became | None
    said: tuple[str, ...]
    understood: ReadingAnswer


def let_in() -> Response | None:
    """Lets a program pass that has a token; all others are told how to ask."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    g.user = desk().users.program(token.strip()) if scheme.lower() == "bearer" else ""
    if g.user:
        return None
    answer = problem("expected a token: 'Authorization: Bearer …'", 401)
    answer.headers["WWW-Authenticate"] = 'Bearer realm="stories"'
    return answer


@blueprint.post("/stories")
def add() -> Response:
    """Keeps a story as a page, publishes it, and says what came of that."""
    kind = request.mimetype
    if kind != _JSON and kind not in _HTML:
        return problem(f"expected {_JSON} or {_HTML[0]}", 415)
    site = words.site()
    if site is None:
        return _later("site.toml can't be understood")
    if site.desk.pages != "here":
        return problem("pages are written elsewhere", 403)
    try:
        sent = _sent(kind)
        names = names_of(site, g.user, sent)
        with commands.one_at_a_time:
            return _kept(desk().newsroom, site, sent, names)
    except RefusedError as error:
        return problem(str(error), 422)
    except FeedsError as error:
        return _later("; ".join(map(str, error.problems)))


def _sent(kind: str) -> Pushed:
    """What this request has; raises RefusedError for what is no story."""
    data = request.get_data()
    try:
        if kind == _JSON:
            return pushed_page.story_of(data)
        charset = request.mimetype_params.get("charset", "")
        return pushed_page.page_of(data, charset, dict(request.args.lists()))
    except PageError as error:
        raise RefusedError("; ".join(map(str, error.problems))) from error


def _kept(newsroom: Newsroom, site: Site, sent: Pushed, names: Names) -> Response:
    place = find_place(newsroom, site, names)
    stated = {**sent.stated, "id": place.claimed}
    try:
        data = pushed_page.written(place.path, sent._replace(stated=stated))
        understood = _understood(newsroom, site, place.path, data)
    except PageError as error:
        raise RefusedError("; ".join(map(str, error.problems))) from error
    is_changed = pushed_page.keep(newsroom.root, place.path, data, place.before)
    made = commands.run(newsroom, commands.PUBLISH, [str(newsroom.root / place.path)])
    said, entry, is_current = (*_elsewhere(site, names), *made.said), None, False
    try:
        entry, is_current = _became(newsroom, place.path)
    except FeedsError as error:
        said = (*said, *map(str, error.problems))
    is_current = is_current and made.is_done
    answer = Answer(place.path, is_changed, is_current, entry, said, understood)
    return _answered(answer, 202 if not is_current else 200 if place.before else 201)


def _elsewhere(site: Site, names: Names) -> tuple[str, ...]:
    """What is said of an address that isn't on the site: it may be meant, and is kept."""
    if not names.url or _is_of_site(names.url, site):
        return ()
    what = f"url: {names.url} is on another site than {site.site_url}"
    return (f"{what}; send it again with its own address if that is a mistake",)


def _is_of_site(url: str, site: Site) -> bool:
    """Whether ``url`` is on the machine of the site, of one that it was, or on a part of these."""
    host = f".{urlsplit(url).hostname}"
    own = {urlsplit(one).hostname or "" for one in (site.site_url, *site.former_urls)}
    return any(host.endswith(f".{one.removeprefix('www.')}") for one in own)


def _understood(newsroom: Newsroom, site: Site, path: str, data: bytes) -> ReadingAnswer:
    """What is read of a page of these bytes, with all that is said about it elsewhere."""
    outside = newsroom.outside(site)
    reading = normalise(read_page(path, data), guidance=outside.guidance(path))
    reading = statements.with_statements(
        reading, outside.of(path), site.site_url, site.front_matter_ignore
    )
    if reading.article and reading.article.status == "retracted":  # it needs no text
        found = tuple(one for one in reading.findings if one.code != "no-text")
        reading = msgspec.structs.replace(reading, findings=found)
    return reading_answer(reading, dates.zone(site.timezone))


def _became(newsroom: Newsroom, path: str) -> tuple[Became | None, bool]:
    """The entry of the page at ``path``, and whether readers have what it says by now."""
    ledger = open_to_read(newsroom.database)
    if ledger is None:
        return None, False
    with ledger.read() as connection:
        names = aliases.ids_named(connection, [identity.page_alias(path)])
        states = shown.by_ids(connection, names.values())
        is_held = bool(holds.of_page(connection, path))
    for state in states.values():
        told = state.told or state.entry
        source = told.evidence.get("title")
        hidden = state.entry.hidden
        is_public = not hidden and state.objection is None
        is_its_own = source is not None and source.file == path
        is_current = not is_held and ((is_public and is_its_own) or hidden == "retracted")
        one = state.entry
        return Became(one.id, one.published, one.updated, is_public), is_current
    return None, False


def problem(what: str, status: int) -> Response:
    """An answer to a program that says ``what`` is wrong."""
    return _answered({"problem": what}, status)


def _later(what: str) -> Response:
    answer = problem(what, 503)
    answer.headers["Retry-After"] = _LATER
    return answer


def _answered(answer: object, status: int) -> Response:
    return Response(msgspec.json.encode(answer) + b"\n", status, mimetype=_JSON)
