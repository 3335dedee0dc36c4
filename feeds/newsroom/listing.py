"""Which pages are there: looked for when somebody asks, one alone or all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path

from feeds.newsroom import folder
from feeds.newsroom.folder import Found


class Listing(Collection[str]):
    """The paths of all pages in the folder ``root``.

    Whoever asks for one has that one looked at; whoever goes through them, the whole folder, once.
    """

    def __init__(self, root: Path) -> None:
        """Raises FeedsError if there is no such folder, or it may not be looked at."""
        folder.refuse_missing(root)
        self._root = root
        self.is_complete = False

    @cached_property
    def everything(self) -> dict[str, Found]:
        """All pages by path, in its order. Raises FeedsError if the folder can't be listed."""
        found = {item.path: item for item in folder.pages(self._root)}
        self.is_complete = True
        return found

    def find(self, path: str) -> Found | None:
        """The page at ``path``; None if there is none."""
        if self.is_complete:
            return self.everything.get(path)
        return folder.page(self._root, path)

    def __contains__(self, path: object) -> bool:
        """Whether there is a page at ``path``."""
        return isinstance(path, str) and self.find(path) is not None

    def __iter__(self) -> Iterator[str]:
        """Goes through the paths of all of them, in order."""
        return iter(self.everything)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.everything)
