"""What every target can do, and the mark that it bears."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from feeds.export.layout import File
from feeds.ledger import exports
from feeds.model.errors import TargetError

MARK = ".newsroom-feeds.json"
"""The file by which a target is known as this newsroom's own."""


Hold = Callable[[], None]
"""Renews the claim on a target, if need be: to be called at least once a minute.

Raises TargetError if it is lost.
"""


class Mark(msgspec.Struct, frozen=True):
    """Whose a target is: the id of the ledger, and where the feeds are.

    ``seal`` changes with all else that is there, where nothing else does.
    """

    ledger: str
    feeds_url: str
    about: str = "Written by 'feeds export'. All files of the export are its own: don't edit them."
    seal: str = ""


class Target(Protocol):
    """Where files are put.

    What was put, or removed, is there once ``publish`` has returned; until then readers may have
    either. All of it may raise TargetError.
    """

    most: int
    """So many files may wait to be published."""
    is_whole: bool
    """Whether what is published is seen at once; else each file is as soon as it is put."""

    def open(self, mark: Mark, base: str, hold: Hold) -> str:
        """Its seal, by which it is known as it was left; empty if it has no files of ours.

        If it is empty it is marked. Raises TargetError if it is somebody else's. ``base`` is the
        path of the feeds at their website, without slashes at its ends.
        """

    def put(self, files: Sequence[File]) -> Mapping[str, str]:
        """Takes ``files``; returns the target's own names for their contents, by address."""

    def remove(self, addresses: Collection[str]) -> None:
        """Takes away what is at ``addresses``."""

    def publish(self, *, last: bool = False) -> str:
        """Has readers see what was put and removed; ``last``: nothing more is to come.

        Returns its seal, another one if anything changed.
        """

    def faults(self, known: Iterable[exports.File]) -> list[str]:
        """The addresses whose files are not as they are ``known``.

        What is there besides, and is not put, is removed when the last is published.
        """


def decoded(data: bytes, place: str) -> Mark:
    """The mark in ``data``; raises TargetError if that is none."""
    try:
        return msgspec.json.decode(data, type=Mark)
    except msgspec.DecodeError as error:
        raise foreign(place, "has a mark that can't be read") from error


def refuse_others(found: Mark, mark: Mark, place: str) -> None:
    """Raises TargetError if ``found`` is the mark of another newsroom than ``mark``'s."""
    if found.ledger != mark.ledger:
        raise foreign(place, f"is another newsroom's export, of {found.feeds_url}")


def foreign(place: str, what: str) -> TargetError:
    """What is said of a target that is not ours."""
    return TargetError(
        f"{what}; nothing was written there",
        file=place,
        remedy="name another one, or empty it if nothing in it is needed",
        code="export-foreign",
    )
