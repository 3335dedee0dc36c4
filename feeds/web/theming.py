"""Pages in a newsroom's own looks: its theme's templates, else the program's.

A template of a theme is somebody else's program: it runs in Jinja's sandbox, with everything
escaped, and sees what it is given alone. If it fails, the program's own answers in its place.

Rules
- A template of the theme stands in the place of the program's of that name, also where another one
  is made of that; the program's is ``own/NAME`` then.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator

from flask import current_app, render_template
from flask_babel import gettext, ngettext
from jinja2 import BaseLoader, ChoiceLoader, Environment, FunctionLoader, PrefixLoader
from jinja2.exceptions import SecurityError

from feeds.newsroom.sandbox import Sandbox
from feeds.newsroom.theme import FOLDER, Theme
from feeds.web.documents import store

_environments: dict[str, Environment] = {}
"""Of the themes in force last, by their keys; templates are compiled once."""
_KEPT = 4
_LARGEST = 2_000_000


def rendered(name: str, theme: Theme, values: dict[str, object]) -> str:
    """The page that the template ``name`` makes of ``values``."""
    if theme.templates:
        try:
            return _bounded(_environment(theme).get_template(name).generate(values))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the theme's
            store().shelf.complaints.theme_fails(_place(error), error)
    return render_template(name, **values)


def _bounded(pieces: Iterator[str]) -> str:
    """The page in ``pieces``; raises SecurityError if it is larger than any page is."""
    made: list[str] = []
    size = 0
    for piece in pieces:
        made.append(piece)
        size += len(piece)
        if size > _LARGEST:
            raise SecurityError(f"it makes a page of more than {_LARGEST:,} characters")
    return "".join(made)


def _environment(theme: Theme) -> Environment:
    found = _environments.get(theme.key)
    if found is None:
        found = _environments[theme.key] = _made(theme)
        for other in list(_environments)[:-_KEPT]:
            _environments.pop(other, None)
    return found


def _made(theme: Theme) -> Environment:
    templates, jinja = theme.templates, current_app.jinja_env

    def source(name: str) -> tuple[str, str, None] | None:
        return (templates[name], f"{FOLDER}/{name}", None) if name in templates else None

    own = jinja.loader or BaseLoader()
    found = Sandbox(loader=ChoiceLoader([FunctionLoader(source), own, PrefixLoader({"own": own})]))
    found.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined] # of the extension
    found.policies["json.dumps_function"] = current_app.json.dumps
    return found


def _place(error: Exception) -> str:
    """The file of the theme in which ``error`` came to be, with its line."""
    if not (name := getattr(error, "name", "")) or not getattr(error, "lineno", 0):
        frames = traceback.extract_tb(error.__traceback__)
        ours = [one for one in frames if one.filename.startswith(f"{FOLDER}/")]
        return f"{ours[-1].filename}:{ours[-1].lineno}" if ours else FOLDER
    return f"{FOLDER}/{name}:{getattr(error, 'lineno', 0)}"
