"""Pages in a newsroom's own looks: its theme's templates, else the program's.

A template of a theme is somebody else's program: it runs in Jinja's sandbox, with everything
escaped, and sees what it is given alone. If it fails, the program's own answers in its place.

Rules
- A template of the theme stands in the place of the program's of that name, also where another one
  is made of that; the program's is ``own/NAME`` then.
"""

from __future__ import annotations

import traceback
from typing import Any

from flask import current_app, render_template
from flask_babel import gettext, ngettext
from jinja2 import BaseLoader, ChoiceLoader, Environment, FunctionLoader, PrefixLoader
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from feeds.newsroom.theme import FOLDER, Theme
from feeds.web.documents import store

_environments: dict[str, Environment] = {}
"""Of the themes in force last, by their keys; templates are compiled once."""
_KEPT = 4


def rendered(name: str, theme: Theme, values: dict[str, object]) -> str:
    """The page that the template ``name`` makes of ``values``."""
    if theme.templates:
        try:
            return _environment(theme).get_template(name).render(values)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the theme's
            store().shelf.complaints.theme_fails(_place(error), error)
    return render_template(name, **values)


def _environment(theme: Theme) -> Environment:
    found = _environments.get(theme.key)
    if found is None:
        found = _environments[theme.key] = _made(theme)
        for other in list(_environments)[:-_KEPT]:
            _environments.pop(other, None)
    return found


class _Sandbox(SandboxedEnvironment):
    intercepted_binops = frozenset(["*", "**"])

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuses what makes long texts or numbers of short ones."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" or not numbers:
            raise SecurityError(f"'{operator}' is for two numbers, and no power")
        return super().call_binop(context, operator, left, right)


def _made(theme: Theme) -> Environment:
    templates, jinja = theme.templates, current_app.jinja_env

    def source(name: str) -> tuple[str, str, None] | None:
        return (templates[name], f"{FOLDER}/{name}", None) if name in templates else None

    own = jinja.loader or BaseLoader()
    found = _Sandbox(
        loader=ChoiceLoader([FunctionLoader(source), own, PrefixLoader({"own": own})]),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in ("range", "lipsum"):  # a page goes through what it is given, and no further
        del found.globals[name]
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
