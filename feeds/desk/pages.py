"""What is looked at: today, the stories, one story beside its page, what was done."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request
from markupsafe import Markup

from feeds.desk import sources, stories, words
from feeds.desk.desk import desk
from feeds.desk.sources import Source
from feeds.desk.today import gather_today, having
from feeds.entries.identity import page_alias
from feeds.ledger import aliases, decisions, shown
from feeds.ledger.connect import open_to_read
from feeds.ledger.decisions import Record
from feeds.model import Entry
from feeds.model.errors import FeedsError, PageError
from feeds.newsroom import written_page
from feeds.reports import history
from feeds.reports.entry import EntryAnswer, PageName
from feeds.reports.lookup import open_ledger
from feeds.text import markup

blueprint = Blueprint("pages", __name__)

_A_PAGE = 50
_MOST = 20_000
_FRAME = "sandbox; default-src 'none'; frame-ancestors 'self'"
_LOGGED = 20


@blueprint.get("/")
def today() -> str:
    """What is wrong now, what readers have, what waits."""
    found = gather_today(desk().newsroom, words.site(), desk().now())
    return render_template("today.html", today=found)


@blueprint.get("/stories")
def listed() -> str:
    """All stories, or those with some words in their headline, a page at a time."""
    text = request.args.get("q", "")[:200]
    hidden = "hidden" in request.args
    number = max(1, min(_MOST // _A_PAGE, request.args.get("page", 1, int)))
    newsroom = desk().newsroom
    end = number * _A_PAGE
    found = history.list_entries(newsroom, text, end, hidden=hidden, start=end - _A_PAGE)
    with open_ledger(newsroom).read() as connection:
        had = having(connection, shown.in_order(connection, [one.id for one in found.entries]))
    return render_template(
        "stories.html",
        found=[(one, each.feeds, each.entry) for one, each in zip(found.entries, had, strict=True)],
        text=text,
        hidden=hidden,
        number=number,
        count=found.count,
        is_last=end >= found.count,
    )


@blueprint.get("/stories/<entry_hash>")
def story(entry_hash: str) -> str:
    """A story: its page, what was understood, and what can be done about it."""
    return shown_story(entry_hash, other=request.args.get("other", ""))


def shown_story(entry_hash: str, **more: object) -> str:
    """The page of a story; ``more`` is what the form has, and what is wrong with that."""
    found = stories.find_story(desk().newsroom, entry_hash)
    if found is None:
        abort(404)
    source = _source_of(found.about)
    entry = found.entry
    return render_template(
        "story.html",
        story=found,
        entry=entry,
        about=found.about,
        source=source,
        content=content_of(entry),
        form=more.pop("form", stories.written(entry)),
        told=stories.written(found.told),
        lists=stories.LISTS,
        long=stories.LONG,
        line_of=lambda name: _line_of(found.about, source, name),
        can_undo=stories.undoing(entry.id, decided(found)) is not None,
        decision_line=history.decision_line,
        **more,
    )


def decided(found: stories.StoryAnswer) -> list[Record]:
    """What was decided of a story, oldest first."""
    with open_ledger(desk().newsroom).read() as connection:
        return decisions.of_entry(connection, found.entry.id)


def content_of(entry: Entry) -> Markup:
    """The text of ``entry`` with its picture, for a page."""
    # it was cleaned by this program when the page was read
    return Markup(markup.for_a_page(markup.with_image(entry.content, entry.image)))  # noqa: S704


def _source_of(about: EntryAnswer) -> Source | None:
    """The page of a story that is there, or the one whose list has it."""
    paths = [one.path for one in about.names if isinstance(one, PageName) and one.is_there]
    for path in (*paths, *about.lists):
        try:
            if found := sources.open_source(desk().newsroom, path):
                return found
        except FeedsError:
            continue
    return None


def _line_of(about: EntryAnswer, source: Source | None, name: str) -> int:
    """The line of the page beside it to which a field is owed; 0 for none."""
    field = about.fields.get(name)
    evidence = field and field.evidence
    if not evidence or not source or evidence.file != source.path:
        return 0
    return evidence.line if evidence.line <= len(source.lines) else 0


@blueprint.get("/pages/<path:path>")
def page(path: str) -> str | tuple[str, int]:
    """A page beside its reading, of whatever became of it."""
    try:
        found = sources.open_source(desk().newsroom, path)
    except PageError as error:
        shown = render_template("unreadable.html", path=path, problems=error.problems)
        return shown, 409
    if found is None:
        abort(404)
    return shown_page(found)


def entry_of(path: str) -> Entry | None:
    """The entry of the article on the page at ``path``, as readers have it; None without one."""
    ledger = open_to_read(desk().newsroom.database)
    if ledger is None:
        return None
    with ledger.read() as connection:
        found = aliases.ids_named(connection, [page_alias(path)])
        states = shown.by_ids(connection, found.values())
    return next((state.entry for state in states.values()), None)


def shown_page(source: Source, **more: object) -> str:
    """A page beside its reading; ``more`` is what the form has, and what is wrong with that."""
    stated = {
        name: value if isinstance(value, str) else "\n".join(value)
        for name in written_page.STATED
        for value in [source.stated.get(name, "")]
    }
    return render_template(
        "page.html",
        source=source,
        entry_hash=entry.hash if (entry := entry_of(source.path)) else "",
        article=source.reading.article,
        form=more.pop("form", stated),
        **more,
    )


@blueprint.get("/frames/<path:path>")
def frame(path: str) -> Response:
    """A page of HTML as it looks, for a frame in which nothing runs."""
    found = sources.framed(desk().newsroom, path)
    if found is None:
        abort(404)
    response = Response(found, mimetype="text/html")
    response.headers["Content-Security-Policy"] = _FRAME
    return response


@blueprint.get("/log")
def log() -> str:
    """What was published and decided, newest first."""
    found, zone = history.collect_log(desk().newsroom, _LOGGED, history.LINES)
    made = [(history.decision_line(one, zone), one) for one in found.decisions]
    return render_template("log.html", log=found, decisions=made)
