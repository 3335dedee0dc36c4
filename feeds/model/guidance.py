"""What an editor knows of a site's pages: which lines are furniture, where in HTML things stand."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

IDLE, MUTE, DEAR = "selector-idle", "selector-mute", "selector-dear"
"""The codes of doubts about a rule: it matches nothing, or nothing that it is for, or takes too
long. They are a page's, and many pages have the same: people are told once."""

Guided = Literal["furniture", "drop", "title", "date", "byline", "body", "list"]


class Hint(msgspec.Struct, frozen=True, gc=False):
    """One thing that an editor said: a line of pages of text, or a CSS selector.

    ``rule`` names who said it, as evidence does: "[[pages]] rule 2: title".
    """

    field: Guided
    value: str
    rule: str


class Guidance(msgspec.Struct, frozen=True):
    """All that was said of a page, the strongest first."""

    hints: tuple[Hint, ...] = ()

    def of(self, field: Guided) -> tuple[Hint, ...]:
        """What was said of ``field``, the strongest first."""
        return tuple(hint for hint in self.hints if hint.field == field)

    @property
    def digest(self) -> str:
        """Changes with what is said, wherever that stands; empty if nothing is."""
        said = [(hint.field, hint.value) for hint in self.hints]
        return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16] if said else ""


UNGUIDED = Guidance()
"""Of a page of which nothing was said."""
