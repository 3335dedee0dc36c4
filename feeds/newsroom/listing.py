"""Which pages are there: looked for when somebody asks, one alone or all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from feeds.model.problem import Problem
from feeds.newsroom import captured, folder
from feeds.newsroom.folder import Found

BESIDE = "files-beside"
"""The code of what is told of files that are no pages; the ledger's setting is called so, too."""
_KINDS = 6


def told_beside(counts: Mapping[str, int]) -> list[Problem]:
    """That so many files of these kinds lie beside the pages, in one; none if there are none."""
    count = sum(counts.values())
    if not count:
        return []
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    some = [f"{number:,} {kind}" for kind, number in most[:_KINDS]]
    more = "" if len(most) <= _KINDS else ", …"
    files = "1 file that is no page is" if count == 1 else f"{count:,} files that are no pages are"
    return [Problem(BESIDE, f"{files} passed over: {', '.join(some)}{more}", weight="wait")]


class Listing(Collection[str]):
    """The paths of all pages in the folder ``root``.

    Whoever asks for one has that one looked at; whoever goes through them, the whole folder, once.
    """

    def __init__(self, root: Path) -> None:
        """Raises FeedsError if there is no such folder, or it may not be looked at."""
        folder.refuse_missing(root)
        self._root = root
        self.is_complete = False
        self.beside: Counter[str] = Counter()
        """How many files of which kind lie beside the pages, once all were looked for."""

    @cached_property
    def everything(self) -> dict[str, Found]:
        """All pages by path, in its order. Raises FeedsError if the folder can't be listed."""
        found = {item.path: item for item in folder.pages(self._root, beside=self.beside)}
        self.is_complete = True
        return found

    def find(self, path: str) -> Found | None:
        """The page at ``path``; None if there is none."""
        if self.is_complete:
            return self.everything.get(path)
        return folder.page(self._root, path)

    def is_superseded(self, path: str) -> bool:
        """Whether a newer version of the captured page at ``path`` is there."""
        if not captured.is_captured(path):
            return False
        place = path.rpartition("/")[0]
        if self.is_complete:
            return self._newest.get(place, path) != path
        return captured.versions(self._root, place)[-1:] != [path]

    @cached_property
    def _newest(self) -> dict[str, str]:
        """The newest captured page of each folder that has some."""
        found = filter(captured.is_captured, self.everything)
        return {path.rpartition("/")[0]: path for path in found}

    def __contains__(self, path: object) -> bool:
        """Whether there is a page at ``path``."""
        return isinstance(path, str) and self.find(path) is not None

    def __iter__(self) -> Iterator[str]:
        """Goes through the paths of all of them, in order."""
        return iter(self.everything)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.everything)
