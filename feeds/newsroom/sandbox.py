"""Where a theme's templates are compiled and run: Jinja's sandbox, and less than that.

Nothing there makes a long text, or a long number, of a short one, neither when a template is
compiled, where constants would be worked out, nor when a page is made of it.
"""

from __future__ import annotations

from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

_FILTERS = ("center", "format", "indent", "replace", "wordwrap")
_METHODS = frozenset(["center", "expandtabs", "ljust", "replace", "rjust", "translate", "zfill"])


class Sandbox(SandboxedEnvironment):
    """Jinja's sandbox without what grows; everything is escaped. ``options`` are Jinja's."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def __init__(self, **options: Any) -> None:
        super().__init__(
            extensions=["jinja2.ext.i18n"],
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,
            **options,
        )
        for name in _FILTERS:
            del self.filters[name]
        for name in ("range", "lipsum"):  # a page goes through what it is given, and no further
            del self.globals[name]

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuses what makes long texts or numbers of short ones."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" or not numbers:
            raise SecurityError(f"'{operator}' is for two numbers, and no power")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may use the attribute ``attr``, which is ``value``, of ``obj``."""
        is_growing = isinstance(obj, str) and attr in _METHODS
        return not is_growing and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Any:
        """Refuses ``format`` of a text, whose widths may be anything."""
        if super().wrap_str_format(value) is not None:
            raise SecurityError("no text is formatted here")
        return None
