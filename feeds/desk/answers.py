"""What an editor is told of something that she had done."""

from __future__ import annotations

from flask import render_template

from feeds.desk.commands import Done


def done(what: Done, entry_hash: str = "", page: str = "") -> tuple[str, int]:
    """The page that says how a command ended, with the way back to a story or a page."""
    shown = render_template("done.html", done=what, entry_hash=entry_hash, page=page)
    return shown, 200 if what.is_done else 409
