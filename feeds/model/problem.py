"""What is wrong with something, as a value from where it is found to where it is shown.

A sentence is made of it there, once, for people; nothing takes one apart again. Programs go by
``code``.
"""

from __future__ import annotations

from typing import Literal

import msgspec

PROPERTIES = "word-properties"
"""The code of what the properties of a file say, which count for nothing."""

Weight = Literal["wait", "doubt", "loss", "hold", "error"]


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that is wrong, or doubtful: what, where, what to do.

    ``code`` says which problem it is, the same in every release. ``file`` is empty for the page
    that it was found on; where it is about no file it names the document, entry or address.
    ``line`` counts from 1; 0 is the file as a whole. ``value`` is what was written there, if that
    alone is to be replaced; ``entries`` are those that it is about, by the last parts of their ids.

    ``weight``: a *wait* is an article that its editor keeps back, and no fault; a *doubt* changes
    nothing; a *loss* left something out; a *hold* keeps the article from being published; of an
    *error*, nothing can be used.
    """

    code: str = ""
    what: str = ""
    line: int = 0
    remedy: str = ""
    weight: Weight = "doubt"
    file: str = ""
    field: str = ""
    value: str = ""
    entries: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The file and the line, as far as they are known."""
        return f"{self.file}:{self.line}" if self.file and self.line else self.file

    @property
    def told(self) -> str:
        """What is wrong with which field, for people."""
        return ": ".join(part for part in (self.field, self.what) if part)

    def __str__(self) -> str:
        """One readable line: ``file:line: field: what is wrong; what to do``."""
        text = ": ".join(part for part in (self.place, self.told) if part)
        return " ".join((f"{text}; {self.remedy}" if self.remedy else text).split())

    def at(self, file: str, line: int = 0) -> Problem:
        """The same problem, found in ``file`` unless it names another."""
        found = self.file or file
        return msgspec.structs.replace(self, file=found, line=self.line or line)
