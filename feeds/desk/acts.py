"""What editors do, each by the command that does it in a shell.

Whatever is done to a story says in which state the editor saw it. If it is another one by now,
nothing is done, she is told, and what she wrote stays in the form.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, g, render_template, request
from flask_babel import gettext as _

from feeds.desk import commands, pages, stories, words
from feeds.desk.answers import done
from feeds.desk.desk import desk
from feeds.desk.stories import StoryAnswer
from feeds.ledger import shown
from feeds.model.errors import FeedsError
from feeds.newsroom.decisions import CORRECTIONS
from feeds.reports.lookup import open_ledger
from feeds.text import characters

blueprint = Blueprint("acts", __name__)

_ERASE = "ERASE"
_Answer = str | tuple[str, int]


@blueprint.post("/publish")
def publish() -> _Answer:
    """Publishes what is in the folder, as cron does."""
    with commands.one_at_a_time:
        return done("publish", commands.run(desk().newsroom, commands.PUBLISH))


@blueprint.post("/stories/<entry_hash>/correct")
def correct(entry_hash: str) -> _Answer:
    """Shows what a correction would come to, or publishes it."""
    form = {name: request.form.get(name, "") for name in CORRECTIONS}
    reason, notice = (request.form.get(name, "").strip() for name in ("reason", "notice"))
    with commands.one_at_a_time:
        found = _found(entry_hash)
        if request.form.get("version") != found.version:
            return _changed(entry_hash, form)
        told = stories.changed(found.entry, form)
        site = words.site()
        if not told or site is None:
            return pages.shown_story(
                entry_hash, form=form, wrong=_("Nothing is other than before.")
            ), 400
        try:
            after = stories.preview(found, told, site, desk().now())
        except FeedsError as error:
            return pages.shown_story(entry_hash, form=form, problems=error.problems), 400
        if request.form.get("step") == "publish":
            options = [*stories.as_options(told), f"--reason={reason}"]
            if notice:
                options.append(f"--notice={notice}")
            return done("correct", _do("correct", [found.entry.id], options), entry_hash)
        return render_template(
            "preview.html",
            before=stories.written(found.entry),
            after=stories.written(after),
            names=CORRECTIONS,
            entry=after,
            content=pages.content_of(after),
            rss=stories.rss_item(after, site),
            form=form,
            reason=reason,
            notice=notice,
            version=found.version,
        )


@blueprint.post("/stories/<entry_hash>/retract")
def retract(entry_hash: str) -> _Answer:
    """Takes a story back, with a notice for readers; every word of it, if that is typed in."""
    options = [f"--notice={request.form.get('notice', '')}"]
    if "erase" in request.form:
        if request.form["erase"].strip() != _ERASE:
            return pages.shown_story(
                entry_hash, wrong=_("Nothing was erased: type %(word)s.", word=_ERASE)
            ), 400
        options.append("--erase")
    return _act(entry_hash, "retract", options)


@blueprint.post("/stories/<entry_hash>/restore")
def restore(entry_hash: str) -> _Answer:
    """Shows a story again."""
    return _act(entry_hash, "restore")


@blueprint.post("/stories/<entry_hash>/merge")
def merge(entry_hash: str) -> _Answer:
    """Makes one entry of two: this one stays."""
    return _act(entry_hash, "merge", other=True)


@blueprint.post("/stories/<entry_hash>/keep-apart")
def keep_apart(entry_hash: str) -> _Answer:
    """Says that two entries are two."""
    return _act(entry_hash, "keep-apart", other=True)


@blueprint.post("/stories/<entry_hash>/undo")
def undo(entry_hash: str) -> _Answer:
    """Takes back the last decision about a story."""
    with commands.one_at_a_time:
        found = _found(entry_hash)
        if request.form.get("version") != found.version:
            return _changed(entry_hash)
        command = stories.undoing(found.entry.id, pages.decided(found))
        if command is None:
            return pages.shown_story(entry_hash, wrong=_("There is nothing to take back.")), 400
        action, names, options = command
        return done("undo", _do(action, names, [*options, "--reason=undone"]), entry_hash)


@blueprint.post("/gone")
def gone() -> _Answer:
    """Says that a page is gone on purpose."""
    path = request.form.get("path", "")
    with commands.one_at_a_time:
        return done("gone", _do("gone", [str(desk().newsroom.root / path)], yes=False))


def _act(
    entry_hash: str, action: str, options: Sequence[str] = (), *, other: bool = False
) -> _Answer:
    """Does ``action`` to a story, unless it changed since the editor saw it."""
    with commands.one_at_a_time:
        found = _found(entry_hash)
        if request.form.get("version") != found.version:
            return _changed(entry_hash)
        names: list[str] = [found.entry.id]
        if other:
            second = _called(request.form.get("other", ""))
            if not second or second == found.entry.id:
                return pages.shown_story(
                    entry_hash, wrong=_("Name another story by its number.")
                ), 400
            names.append(second)
        reason = f"--reason={request.form.get('reason', '')}"
        act = "erase" if "--erase" in options else action
        return done(act, _do(action, names, [*options, reason]), entry_hash)


def _called(name: str) -> str:
    """The id of the entry whose number, or page of the desk, ``name`` is; empty for none."""
    part = characters.cleaned(name).rstrip("/").rpartition("/")[2]
    with open_ledger(desk().newsroom).read() as connection:
        state = shown.by_hash(connection, part)
    return state.entry.id if state else ""


def _found(entry_hash: str) -> StoryAnswer:
    found = stories.find_story(desk().newsroom, entry_hash)
    if found is None:
        abort(404)
    return found


def _do(
    action: str, names: Sequence[str], options: Sequence[str] = (), *, yes: bool = True
) -> commands.Done:
    sure = ["--yes"] if yes else []
    return commands.run(desk().newsroom, [action, *options, *sure, f"--who={g.user}"], names)


def _changed(entry_hash: str, form: dict[str, str] | None = None) -> _Answer:
    more = {"form": form} if form else {}
    return pages.shown_story(entry_hash, is_changed=True, **more), 409
