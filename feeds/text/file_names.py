"""What the name of a page's file says, as site generators have it.

Rules
- ``index.md`` is called what its folder is called; so are ``index.de.md``, and ``contents.lr`` and
  ``contents+de.lr`` of Lektor's.
- A post of Jekyll's has its date before its name.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from feeds.text.languages import known_language

DATED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")
"""The name of a post as Jekyll has it, without its ending."""
_LANGUAGE = r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)"
_INDEX = re.compile(rf"index(?:\.{_LANGUAGE})?")
_CONTENTS = re.compile(rf"contents(?:\+{_LANGUAGE})?")


def stem_of(path: str) -> str:
    """The name of the file at ``path`` without its ending; of an index its folder's, if any."""
    page = PurePosixPath(path)
    if page.parent.name and _index(page):
        return page.parent.name
    return page.stem


def _index(page: PurePosixPath) -> re.Match[str] | None:
    pattern = _CONTENTS if page.suffix.lower() == ".lr" else _INDEX
    return pattern.fullmatch(page.stem)


def slug_of(path: str) -> str:
    """What the file at ``path`` calls its page."""
    stem = stem_of(path)
    if _INDEX.fullmatch(stem):
        return "index"
    match = DATED_NAME.fullmatch(stem)
    return match[2] if match else stem


def language_of(path: str) -> str:
    """The language that the name of an index states (``index.de.md``); empty if it states none."""
    match = _index(PurePosixPath(path))
    return (known_language(match[1]) or "") if match and match[1] else ""
