"""What went wrong, said to the person who can mend it.

Every error carries its subject (file, line, field), what was found, and what to do.
Its text is one line: ``file:line: field: what is wrong; what to do``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


def describe(what: str, *, remedy: str = "", file: str = "", line: int = 0, field: str = "") -> str:
    """One readable line of a problem and its subject; parts that are unknown are left out.

    ``line`` counts from 1; 0 stands for "the file as a whole".
    """
    place = f"{file}:{line}" if file and line else file
    text = ": ".join(part for part in (place, field, what) if part)
    return " ".join(f"{text}; {remedy}".split()) if remedy else " ".join(text.split())


class FeedsError(Exception):
    """Base of every error that this program raises on purpose.

    ``exit_code`` is what the command exits with when nothing handles the error.
    """

    exit_code = 2

    def __init__(
        self, what: str, *, remedy: str = "", file: str = "", line: int = 0, field: str = ""
    ) -> None:
        self.what = what
        self.remedy = remedy
        self.file = file
        self.line = line
        self.field = field
        super().__init__(describe(what, remedy=remedy, file=file, line=line, field=field))


class ConfigError(FeedsError):
    """``site.toml`` (or what stands in for a part of it) is wrong; may hold several lines."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("")
        self.problems = problems
        self.what = "\n".join(problems)

    def __str__(self) -> str:
        return self.what


class PageError(FeedsError):
    """One file can't be read as a page. It never stops the other pages."""


class FeedImportError(FeedsError):
    """A feed that is to be taken over can't be fetched or read. Nothing of it was taken."""


class LedgerError(FeedsError):
    """The ledger can't be opened, migrated, read or written."""


class LedgerBusyError(LedgerError):
    """Another program is writing to the ledger."""


class Objection(Protocol):
    """What the gate has against a revision, and what a person can do about it."""

    @property
    def what(self) -> str: ...  # noqa: D102 - see above
    @property
    def remedy(self) -> str: ...  # noqa: D102 - see above


class GateError(FeedsError):
    """The gate refused the documents; those published before stay. May hold several lines."""

    exit_code = 3

    def __init__(self, objections: Iterable[Objection]) -> None:
        lines = [describe(item.what, remedy=item.remedy) for item in objections]
        self.what = "\n".join((*lines, "nothing was published; the documents of before stay"))
        super().__init__(self.what)

    def __str__(self) -> str:
        return self.what
