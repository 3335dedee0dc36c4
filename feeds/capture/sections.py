"""A site's sections as feeds: which there are, and how their stories are known.

Rules
- A section is one that the site's navigation names, and that has stories: what is below its
  address, or says that it belongs to it.
- Stories that state no category get that of their section by a rule for its folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from feeds.model import Reading
from feeds.newsroom import captured
from feeds.text import characters, values

_MOST = 12


class Section(NamedTuple):
    """A section that may be a feed, called ``name``, of what has the ``category``.

    ``path`` is a pattern for its pages, empty if they state their category themselves.
    """

    name: str
    title: str
    category: str
    path: str = ""


def proposed_sections(
    called: Mapping[str, str], addresses: Iterable[str], readings: Mapping[str, Reading]
) -> list[Section]:
    """The sections that a front page leads to, by addresses with their words in ``called``.

    ``addresses`` are those of stories, ``readings`` what some of these say.
    """
    paths = [urlsplit(one).path for one in addresses]
    made: dict[str, Section] = {}
    for address, words in called.items():
        title = characters.cleaned(words)
        path = urlsplit(address).path.strip("/")
        name = path.rpartition("/")[2].lower()
        if not title or values.wrong("name", name) or name in made or len(made) == _MOST:
            continue
        below = f"/{path}/"
        own = [one for where, one in readings.items() if urlsplit(where).path.startswith(below)]
        if stated := _stated(own, readings.values(), title):
            made[name] = Section(name, title, stated)
        elif any(one.startswith(below) for one in paths):
            folder = captured.folder_of(address)
            if folder == f"{captured.FOLDER}/{path}":
                made[name] = Section(name, title, title, f"{folder}/**")
    return list(made.values())


def _stated(own: list[Reading], every: Iterable[Reading], title: str) -> str:
    """The category that the pages of a section state; empty if they state none of their own."""
    if own:
        known = Counter(name for one in own for name in _categories(one))
        alike = [name for name, count in known.items() if count == len(own)]
        others = {name for one in every if one not in own for name in _categories(one)}
        return next((name for name in alike if name not in others), "")
    known = Counter(name for one in every for name in _categories(one))
    return next((name for name in known if name.casefold() == title.casefold()), "")


def _categories(reading: Reading) -> set[str]:
    return set(reading.article.categories) if reading.article else set()
