"""What went wrong, said to the person who can mend it.

Every error carries its problems, each with its subject (file, line, field), what was found, and
what to do. Its text is a line for each.
"""

from __future__ import annotations

from collections.abc import Iterable

from feeds.model.problem import Problem


class FeedsError(Exception):
    """Base of every error that this program raises on purpose.

    ``exit_code`` is what the command exits with when nothing handles the error; ``code`` is what
    its problem is called if it isn't told.
    """

    exit_code = 2
    code = "failed"

    def __init__(
        self,
        what: str,
        *,
        remedy: str = "",
        file: str = "",
        line: int = 0,
        field: str = "",
        code: str = "",
    ) -> None:
        problem = Problem(
            code or self.code, what, line, remedy, weight="error", file=file, field=field
        )
        self.problems: tuple[Problem, ...] = (problem,)
        super().__init__(str(problem))

    @property
    def problem(self) -> Problem:
        """The problem, of several the first."""
        return self.problems[0]

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class ConfigError(FeedsError):
    """``site.toml`` (or what stands in for a part of it) is wrong; may have several problems."""

    code = "configuration"

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__("")
        self.problems = tuple(problems)


class PageError(FeedsError):
    """One file can't be read as a page. It never stops the other pages."""

    code = "page-unreadable"


class FeedImportError(FeedsError):
    """A feed that is to be taken over can't be fetched or read. Nothing of it was taken."""

    code = "feed-unreadable"


class FetchError(FeedsError):
    """Something on the web can't be had, or must not be asked for."""

    code = "not-fetched"


class CaptureError(FeedsError):
    """A document of the newsroom's site isn't what it should be."""

    code = "capture"


class LedgerError(FeedsError):
    """The ledger can't be opened, migrated, read or written."""

    code = "ledger"


class LedgerBusyError(LedgerError):
    """Another program is writing to the ledger."""

    code = "ledger-busy"


class UndecidedError(LedgerBusyError):
    """Others published for so long that a decision was not written: it can be tried again."""

    exit_code = 4


class LedgerOlderError(LedgerError):
    """The ledger is at a revision before the one that is served, which is never gone back to."""

    code = "ledger-older"


class TargetError(FeedsError):
    """The target of an export can't be reached or written, or is not this newsroom's."""

    code = "export"


class DiskFullError(FeedsError):
    """A disk, or a user's part of it, has no room for what is to be written."""

    code = "disk-full"


class GateError(FeedsError):
    """The gate refused the documents; those published before stay. May have several problems.

    ``keeps_readings``: what the run read needs not be read again.
    """

    exit_code = 3
    code = "refused"

    def __init__(self, objections: Iterable[Problem], *, keeps_readings: bool = False) -> None:
        kept = ", and what was read is kept" if keeps_readings else ""
        super().__init__(f"nothing was published; the documents of before stay{kept}")
        self.problems = (*objections, *self.problems)
