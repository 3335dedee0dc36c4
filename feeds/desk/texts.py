"""What editors write themselves: a new page, front matter above one, a misspelt decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask import Blueprint, Response, abort, g, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from feeds.desk import commands, pages, sources, words
from feeds.desk.answers import done
from feeds.desk.desk import desk
from feeds.desk.sources import Source
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom, written_page, written_table
from feeds.normalise import normalise, statements
from feeds.publish import edit
from feeds.readers import read_page
from feeds.text import dates

blueprint = Blueprint("texts", __name__)

_OF_A_NEW_PAGE = ("title", "date", "authors", "categories", "url", "image", "summary", "language",
                  "embargo", "access", "rights", "image_rights")  # fmt: skip
_Answer = str | tuple[str, int] | BaseResponse


@blueprint.before_request
def _only_if_pages_may_be_written() -> BaseResponse | None:
    if may_write() or request.endpoint in {"texts.unread", "texts.mend"}:
        return None
    return Response("403 Forbidden: pages are written elsewhere\n", 403, mimetype="text/plain")


def may_write() -> bool:
    """Whether the desk may write pages, or decisions alone, since they come from elsewhere."""
    site = words.site()
    return site is not None and site.desk.pages == "here"


@blueprint.get("/new")
def new() -> str:
    """The form for a new page."""
    return render_template("new.html", form={}, names=_OF_A_NEW_PAGE)


@blueprint.post("/new")
def add() -> _Answer:
    """Shows what would be understood of a text, or publishes it as a page, or a file."""
    handed_in = [file for file in request.files.getlist("file") if file.filename]
    if handed_in:
        return _added([(file.filename or "", file.read()) for file in handed_in])
    text = request.form.get("text", "").replace("\r\n", "\n")
    form = {name: request.form.get(name, "") for name in (*_OF_A_NEW_PAGE, "text")}
    try:
        data = written_page.with_front_matter("new.txt", text, _fields(form)).encode()
        page = read_page("new.txt", data)
        reading = statements.with_statements(normalise(page), (), "", ())
    except FeedsError as error:
        return _again(form, error), 400
    if request.form.get("step") == "publish":
        title = reading.article.title if reading.article else ""
        return _added([(f"{title or 'page'}.txt", data)], form)
    return render_template(
        "new.html",
        form=form,
        names=_OF_A_NEW_PAGE,
        reading=reading,
        article=reading.article,
    )


def _added(files: Sequence[tuple[str, bytes]], form: Mapping[str, str] = {}) -> _Answer:
    """Puts ``files``, names and what is in them, into the folder, all or none, and publishes."""
    newsroom, day = desk().newsroom, _today()
    with commands.one_at_a_time:
        try:
            if len(files) > words.MOST_FILES:
                what = f"these are {len(files)} files"
                raise FeedsError(what, remedy=f"hand in up to {words.MOST_FILES} together")
            for name, data in files:
                written_page.refuse_no_page(name, data)
            paths = [written_page.add_page(newsroom.root, *file, day) for file in files]
        except FeedsError as error:
            return _again(form, error, several=len(files) > 1), 400
        places = [str(newsroom.root / path) for path in paths]
        return done("add", commands.run(newsroom, commands.PUBLISH, places), pages=paths)


def _again(form: Mapping[str, str], error: FeedsError, *, several: bool = False) -> str:
    return render_template(
        "new.html",
        form=form,
        names=_OF_A_NEW_PAGE,
        problems=error.problems,
        several=several,
    )


def _today() -> date:
    site = words.site()
    return desk().now().astimezone(dates.zone(site.timezone if site else "UTC")).date()


def _fields(form: Mapping[str, str]) -> dict[str, str | Sequence[str]]:
    """What ``form`` says of a page, as front matter has it; what is empty is left out."""
    found: dict[str, str | Sequence[str]] = {}
    for name, value in form.items():
        lines = [line.strip() for line in value.splitlines() if line.strip()]
        if lines and name in written_page.STATED:
            found[name] = lines if name in written_page.LISTS else " ".join(lines)
    return found


@blueprint.post("/pages/<path:path>")
def state(path: str) -> _Answer:
    """Shows what would be said of a page, or writes it down and publishes."""
    newsroom = desk().newsroom
    asked = {name: request.form.get(name, "") for name in written_page.STATED}
    with commands.one_at_a_time:
        source = sources.open_source(newsroom, path)
        if source is None:
            abort(404)
        seen = request.form.get("version", "")
        if seen != source.version:
            return pages.shown_page(source, is_changed=True, form=asked), 409
        fields = _otherwise(source, asked)
        try:
            if request.form.get("step") == "publish":
                _write(newsroom, source, fields)
                made = commands.run(newsroom, commands.PUBLISH, [str(newsroom.root / path)])
                return done("state", made, pages=[path])
            lines = _to_write(source, fields)
        except FeedsError as error:
            return pages.shown_page(source, problems=error.problems, form=asked), 400
        return render_template("state.html", source=source, form=asked, lines=lines)


@blueprint.post("/heads/<path:path>")
def mend_head(path: str) -> _Answer:
    """Writes the first lines of a page anew that can't be understood, and publishes."""
    newsroom = desk().newsroom
    after = request.form.get("head", "").replace("\r\n", "\n")
    with commands.one_at_a_time:
        source = sources.open_source(newsroom, path)
        if source is None:
            abort(404)
        if request.form.get("version", "") != source.version:
            return pages.shown_page(source, is_changed=True, head=after), 409
        try:
            written_page.mend_head(newsroom.root, path, after, source.signature)
        except FeedsError as error:
            return pages.shown_page(source, problems=error.problems, head=after), 400
        made = commands.run(newsroom, commands.PUBLISH, [str(newsroom.root / path)])
        return done("state", made, pages=[path])


def _otherwise(source: Source, asked: Mapping[str, str]) -> dict[str, str | Sequence[str]]:
    """What of all that is ``asked`` for is said otherwise than before; empty to say nothing."""
    said = _fields(asked)
    names = [name for name in asked if name in said or name in source.stated]
    return {
        name: said.get(name, "")
        for name in names
        if said.get(name, "") != _as_stated(source.stated.get(name, ""))
    }


def _as_stated(value: str | Sequence[str]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)


def _to_write(source: Source, fields: Mapping[str, str | Sequence[str]]) -> list[str]:
    """The lines that would be written, for people."""
    if not source.is_writable:
        return [f"{name}: {value}" for name, value in _cells(fields).items()]
    text = "\n".join(line.text for line in source.lines)
    after = written_page.with_front_matter(source.path, text, fields)
    return after.split("\n")[: after.count("\n") - text.count("\n") + source.head + 1]


def _write(newsroom: Newsroom, source: Source, fields: Mapping[str, str | Sequence[str]]) -> None:
    if source.is_writable:
        written_page.state(newsroom.root, source.path, fields, source.signature)
    else:
        written_table.state_in_table(newsroom.root, source.path, _cells(fields))


def _cells(fields: Mapping[str, str | Sequence[str]]) -> dict[str, str]:
    """``fields`` as a table has them."""
    return {
        name: value if isinstance(value, str) else " | ".join(value)
        for name, value in fields.items()
    }


@blueprint.get("/decisions")
def unread() -> str:
    """The decisions that can't be understood, to be mended."""
    return render_template("decisions.html", tables=edit.unread_tables(desk().newsroom))


@blueprint.post("/decisions")
def mend() -> _Answer:
    """Writes a decision anew that can't be understood, and publishes."""
    before, after = (
        request.form.get(name, "").replace("\r\n", "\n") for name in ("before", "after")
    )
    newsroom = desk().newsroom
    with commands.one_at_a_time:
        waited = commands.wait(newsroom)
        try:
            edit.mend(newsroom, before, after, g.user)
        except FeedsError as error:
            tables = edit.unread_tables(newsroom)
            tried = {"tried": after, "before": before, "problems": error.problems}
            return render_template("decisions.html", tables=tables, **tried), 400
        made = commands.run(newsroom, commands.PUBLISH)
        return done("mend", made._replace(waited=waited + made.waited))
