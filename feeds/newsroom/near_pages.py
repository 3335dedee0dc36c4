"""Which page a path was probably meant for that leads to none.

Rules
- The ending, capitals, what stands between words, and folders above do not make another page; nor
  does a letter or two, but a digit does: ``part-1`` and ``part-2`` are two stories.
- What keeps a page from readers counts for each page that is near, for that is the safe side.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath

from feeds.model import Statement
from feeds.readers.front_matter import keeps_back
from feeds.text.file_names import stem_of

_LIKE = 0.8
_SHORTEST = 5
"""Names of fewer letters are alike by chance."""
_MOST_COMPARED = 20_000
_APART = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_OPEN = {"access": {"free"}, "status": {"published"}}
"""What is said in fields that keep pages back, and keeps none back."""


def may_keep_back(said: Iterable[Statement]) -> bool:
    """Whether any of what is ``said`` keeps a page from readers, or may be meant to."""
    return any(
        keeps_back(one.field)
        and str(one.value).strip().casefold() not in _OPEN.get(one.field, set())
        for one in said
    )


def name_in(path: str) -> str:
    """What a page at ``path`` is called, but for what makes no other page of it."""
    return _APART.sub("-", unicodedata.normalize("NFC", stem_of(path)).casefold()).strip("-")


def is_near(path: str, page: str) -> bool:
    """Whether ``path`` may be meant for ``page``, another path."""
    if not _is_same_folder(path, page):
        return False
    one, other = name_in(path), name_in(page)
    return bool(one) and (one == other or _is_slip(one, other))


def nearest(path: str, pages: Collection[str]) -> str:
    """The one of ``pages`` that ``path`` is probably meant for; empty if that can't be told."""
    near = [page for page in pages if is_near(path, page)]
    name = name_in(path)
    same = [page for page in near if name_in(page) == name]
    if len(same or near) == 1:
        return (same or near)[0]
    if not near and len(pages) <= _MOST_COMPARED:
        elsewhere = [page for page in pages if name_in(page) == name and name]
        return elsewhere[0] if len(elsewhere) == 1 else ""
    return ""


def _is_same_folder(path: str, page: str) -> bool:
    """Whether one folder is the other's end: paths are seen from another folder, too."""
    one, other = (
        [part.casefold() for part in PurePosixPath(some).parts[:-1]] for some in (path, page)
    )
    if len(one) > len(other):
        one, other = other, one
    return not one or other[-len(one) :] == one


def _is_slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST or abs(len(one) - len(other)) > 2:
        return False
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    found = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return found.quick_ratio() >= _LIKE and found.ratio() >= _LIKE
