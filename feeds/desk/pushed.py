"""``POST /stories``: a program, a CMS for instance, hands in a story.

Rules
- It is let in by a token in its request's ``Authorization`` (RFC 6750), whoever else is signed in.
- What comes is kept as a page of the folder, and published by the same command as all others.
- The same story again, by its id or its address, changes its page; the same bytes change nothing.
- The answer says what was understood of it, and what became of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec
from flask import Blueprint, Response, g, request

from feeds.desk import commands, words
from feeds.desk.desk import desk
from feeds.entries import identity
from feeds.ledger import aliases, shown
from feeds.ledger.connect import open_to_read
from feeds.model import EntryId, Url
from feeds.model.errors import FeedsError
from feeds.model.names import Alias
from feeds.newsroom import Newsroom, pushed_page
from feeds.newsroom.pushed_page import Pushed
from feeds.newsroom.site import Site
from feeds.normalise import normalise, statements
from feeds.readers import read_page
from feeds.reports.reading import ReadingAnswer, reading_answer
from feeds.text import dates, urls

blueprint = Blueprint("pushed", __name__)
ENDPOINT = "pushed.add"

_JSON, _HTML = "application/json", ("text/html", "application/xhtml+xml")


class Became(msgspec.Struct, frozen=True):
    """An entry, as far as who handed it in has to know it."""

    id: EntryId
    published: datetime | None
    updated: datetime
    is_public: bool


class Answer(msgspec.Struct, frozen=True):
    """What became of a story: its ``page`` in the folder, and what was ``understood`` of it.

    ``is_changed``: the page is another one than before. ``entry`` is null as long as it was
    never published. ``said`` is what the run that published it had to say, line by line.
    """

    page: str
    is_changed: bool
    entry: Became | None
    said: tuple[str, ...]
    understood: ReadingAnswer


def let_in() -> Response | None:
    """Lets a program pass that has a token; all others are told how to ask."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    g.user = desk().users.program(token.strip()) if scheme.lower() == "bearer" else ""
    if g.user:
        return None
    answer = _problem("expected a token: 'Authorization: Bearer …'", 401)
    answer.headers["WWW-Authenticate"] = 'Bearer realm="stories"'
    return answer


@blueprint.post("/stories")
def add() -> Response:
    """Keeps a story as a page, publishes it, and says what came of that."""
    site = words.site()
    if site is None or site.desk.pages != "here":
        return _problem("pages are written elsewhere", 403)
    kind = request.mimetype
    if kind != _JSON and kind not in _HTML:
        return _problem(f"expected {_JSON} or {_HTML[0]}", 415)
    newsroom = desk().newsroom
    try:
        with commands.one_at_a_time:
            return _kept(newsroom, site, _sent(kind))
    except FeedsError as error:
        return _problem("; ".join(map(str, error.problems)), 422)


def _sent(kind: str) -> Pushed:
    """What this request has; raises FeedsError for what is no story."""
    data = request.get_data()
    if kind == _JSON:
        return pushed_page.story_of(data)
    charset = request.mimetype_params.get("charset", "")
    return pushed_page.page_of(data, charset, request.args)


def _kept(newsroom: Newsroom, site: Site, pushed: Pushed) -> Response:
    claimed, url = (str(pushed.stated.get(name, "")) for name in ("id", "url"))
    if claimed and not statements.ID.fullmatch(claimed):  # a number, as most programs have it
        claimed = pushed_page.claimed_id(site.authority, claimed)
    url = urls.absolute(site.site_url, url) or url
    if not claimed and not url:
        article = normalise(
            read_page(f"{pushed_page.FOLDER}/story.html", pushed.html.encode())
        ).article
        url = (article and article.url) or ""
    if not claimed and not url:
        return _problem("expected an id or a url, by which the story is known again", 422)
    path = _place(newsroom, site, claimed, url)
    before = pushed_page.states(newsroom.root, path)
    claimed = claimed or before or pushed_page.claimed_id(site.authority, url)
    data = pushed_page.written(path, pushed._replace(stated={**pushed.stated, "id": claimed}))
    understood = _understood(newsroom, site, path, data)
    is_changed = pushed_page.keep(newsroom.root, path, data)
    made = commands.run(newsroom, commands.PUBLISH, [str(newsroom.root / path)])
    entry = _entry(newsroom, path)
    answer = Answer(path, is_changed, entry, made.said, understood)
    status = 202 if entry is None or not made.is_done else 201 if before is None else 200
    return _answered(answer, status)


def _place(newsroom: Newsroom, site: Site, claimed: str, url: str) -> str:
    """Where the story lies, or is to lie: what has another id is another story."""
    names = [Alias("explicit", claimed)] if claimed else []
    if claimed:
        known = [pushed_page.path_called(claimed), *_pages(newsroom, names)]
        if found := next((path for path in known if _is_there(newsroom, path)), None):
            return found
    story_url = identity.story_url(site, Url(url)) if url else None
    if story_url:
        known = [
            pushed_page.path_called(url),
            *_pages(newsroom, identity.url_names(site, story_url)),
        ]
        for path in known:
            states = pushed_page.states(newsroom.root, path)
            if states is not None and claimed in {"", states}:
                return path
    return pushed_page.path_called(claimed or url)


def _is_there(newsroom: Newsroom, path: str) -> bool:
    return pushed_page.states(newsroom.root, path) is not None


def _pages(newsroom: Newsroom, names: list[Alias] | tuple[Alias, ...]) -> Iterator[str]:
    """The pages that were handed in of the entry that one of ``names`` leads to."""
    ledger = open_to_read(newsroom.database)
    if ledger is None:
        return
    with ledger.read() as connection:
        for entry in dict.fromkeys(aliases.ids_named(connection, names).values()):
            for path in aliases.pages_of(connection, entry):
                if path.startswith(f"{pushed_page.FOLDER}/"):
                    yield path


def _understood(newsroom: Newsroom, site: Site, path: str, data: bytes) -> ReadingAnswer:
    """What is read of a page of these bytes, with all that is said about it elsewhere."""
    outside = newsroom.outside(site)
    reading = normalise(read_page(path, data), guidance=outside.guidance(path))
    reading = statements.with_statements(
        reading, outside.of(path), site.site_url, site.front_matter_ignore
    )
    return reading_answer(reading, dates.zone(site.timezone))


def _entry(newsroom: Newsroom, path: str) -> Became | None:
    """What the page at ``path`` is published as; None if it is held, or was never published."""
    ledger = open_to_read(newsroom.database)
    if ledger is None:
        return None
    with ledger.read() as connection:
        names = aliases.ids_named(connection, [identity.page_alias(path)])
        states = shown.by_ids(connection, names.values())
    for state in states.values():
        one = state.entry
        is_public = not one.hidden and state.objection is None
        return Became(one.id, one.published, one.updated, is_public)
    return None


def _problem(what: str, status: int) -> Response:
    return _answered({"problem": what}, status)


def _answered(answer: object, status: int) -> Response:
    return Response(msgspec.json.encode(answer) + b"\n", status, mimetype=_JSON)
