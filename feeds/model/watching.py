"""How somebody watches a long run: what it goes through is handed to them, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

_Item = TypeVar("_Item")


class Watch(Protocol):
    """Whoever watches."""

    def __call__(self, items: Sequence[_Item], doing: str) -> Iterable[_Item]:
        """Gives back ``items`` as they are asked for, and may tell people how far that is.

        ``doing`` says what is done with them: "reading pages".
        """
        ...


def unwatched(items: Sequence[_Item], doing: str) -> Iterable[_Item]:  # noqa: ARG001 a Watch has it
    """Nobody watches: cron, or another program."""
    return items
