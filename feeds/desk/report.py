"""The editor's report: the desk's first page as a file, for somebody who has no desk and no shell.

It needs no other file, runs nothing, and asks nobody for anything. Where the desk has a button or
leads further, it says what to write where. Drafts and embargoed stories are named in it. However
many stories there are, it stays a page that somebody reads.
"""

from __future__ import annotations

import base64
import hashlib
import os
from datetime import datetime
from pathlib import Path

from flask import Flask, render_template
from markupsafe import Markup

from feeds.desk import looks, words
from feeds.desk.desk import Desk
from feeds.desk.guesses import Guesses
from feeds.desk.today import gather_today
from feeds.desk.users import Users, users_file
from feeds.model.errors import FeedsError
from feeds.model.watching import Watch, unwatched
from feeds.newsroom import Newsroom, files, folder, space
from feeds.newsroom.whole import PRIVATE, write_whole
from feeds.text import characters

_START = b"<!doctype html>"


def write_report(newsroom: Newsroom, file: Path, now: datetime, watch: Watch = unwatched) -> None:
    """Writes the report on ``newsroom`` as of ``now`` (aware) to ``file``, whole or not at all.

    An earlier report leaves it its permissions. Raises FeedsError where it can't be written, would
    be read as a page of the newsroom, or would replace something else.
    """
    folder.refuse_missing(newsroom.root)
    file = Path(os.path.realpath(file))  # resolve() has no OSError for a link to itself
    if file.is_relative_to(newsroom.root.resolve()):
        raise FeedsError(
            "the report would lie among the pages",
            file=str(file),
            remedy="name a place outside of the newsroom's folder",
        )
    try:
        _refuse_others(file)
        data = report(newsroom, now, watch).encode()
        with space.explained(file, len(data), "the report"):
            write_whole(file, data, PRIVATE, PRIVATE)
    except OSError as error:
        raise FeedsError(
            f"the report can't be written: {error.strerror}",
            file=str(file),
            remedy="name another place, or let this user write there",
        ) from error


def _refuse_others(file: Path) -> None:
    """Raises FeedsError if something else than a report is called ``file``, or OSError."""
    what = "there is something else of this name, which stays as it is"
    try:
        with files.open_regular(file) as opened:
            if opened.read(len(_START)) in {b"", _START}:
                return
    except FileNotFoundError:
        return
    except files.OddFileError as error:
        what = f"{error.strerror}; it stays as it is"
    raise FeedsError(what, file=str(file), remedy="name another file")


def report(newsroom: Newsroom, now: datetime, watch: Watch = unwatched) -> str:
    """The report as HTML. What is wrong with the newsroom is in it, and raises nothing."""
    app = Flask("feeds.desk", static_folder=None)
    users = Users(users_file(newsroom))  # whom nobody asks for
    app.extensions["desk"] = Desk(newsroom, users, Guesses(), lambda: now, "", "")
    words.teach(app)
    with app.app_context():
        site = words.site()
        style = looks.whole(site)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        made = render_template(
            "today.html",
            today=gather_today(newsroom, site, now, watch, with_notes=True),
            in_file=True,
            name=newsroom.root.parent.name,
            now=now,
            style=Markup(style),  # noqa: S704 files of this program
            policy=f"default-src 'none'; style-src 'sha256-{digest}'",
        )
    return characters.shown(made)  # names of files and lines of pages may have anything in them
