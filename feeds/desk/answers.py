"""What an editor is told of something that she had done."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template
from flask_babel import lazy_gettext as _

from feeds.desk.commands import Done
from feeds.desk.pages import entry_of

_DONE = {
    "publish": _("What lies in the folder is published."),
    "correct": _("The correction is published. Readers have the story so from now on."),
    "retract": _("The story is taken back: no feed has it any more."),
    "erase": _("The story is erased: no feed has it any more, and its words are deleted here."),
    "restore": _("Readers have the story again."),
    "merge": _("The two are one story from now on, and this one stays."),
    "keep-apart": _("They stay two stories, and nobody asks again."),
    "undo": _("The last decision is taken back."),
    "gone": _("The page is gone on purpose, and nobody is told of it any more. Its story stays."),
    "mend": _("The decision is written so, and is done."),
    "add": _("The page is in the folder, and what is in it is published."),
    "state": _("It is written down, and published."),
}
_WRITES = {"mend", "add", "state"}
"""What is written before anything is published."""


def done(act: str, what: Done, entry_hash: str = "", pages: Sequence[str] = ()) -> tuple[str, int]:
    """The page that says how ``act`` ended, with the way back to a story or to pages.

    ``what`` became of its command, or of publishing what was written.
    """
    shown = render_template(
        "done.html",
        told=_DONE[act],
        done=what,
        is_written=what.is_decided or act in _WRITES,
        entry_hash=entry_hash,
        pages=[(path, entry_of(path)) for path in pages],
    )
    return shown, 200 if what.is_done else 409
