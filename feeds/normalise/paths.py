"""What the place and the name of a page's file say of it, as site generators have them.

Rules
- A page in ``_drafts`` is a draft, unless somebody says that its status is *published*.
- A Markdown or HTML file called ``2026-01-09-bell.md`` is of that day, if it has front matter, and
  nothing that somebody states says otherwise. Without front matter any date that the page shows
  counts more, and of HTML the name says nothing: who saves pages puts the day of saving there.
- ``_index.md`` is a section of a site, and no story; nor is what its programs are made with, or
  made, their settings, and data for a folder or page.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath

import msgspec

from feeds.model import Dropped, Evidence, Reading, Statement
from feeds.model.versions import READER_VERSION
from feeds.readers.front_matter import BROKEN, NOTICE
from feeds.text.file_names import DATED_NAME, language_of, stem_of

_DRAFTS = frozenset(["_drafts"])
_OF_PROGRAMS = frozenset(
    ["_layouts", "_includes", "_site", "_data", "_sass", "_plugins", "archetypes", "node_modules"]
)
_SETTINGS = frozenset(["_config.yml", "_config.yaml"])
_SECTION = re.compile(r"_index(?:\.[\w-]+)?\.(?:md|markdown|html?)", re.IGNORECASE)
_MARKDOWN, _HTML = (".md", ".markdown"), (".html", ".htm", ".xhtml")
_FIRST_YEAR, _LAST_YEAR = 1990, 2050


def part_of_site(path: str) -> str:
    """Why the page at ``path`` is a part of a site and no story; empty if it may be one."""
    page = PurePosixPath(path)
    if _SECTION.fullmatch(page.name):
        return "the page of a section"
    is_data = page.name == f"{page.parent.name}.json" or ".11tydata." in page.name
    if is_data or page.name in _SETTINGS or not _OF_PROGRAMS.isdisjoint(page.parts[:-1]):
        return "a part of another program's site"
    return ""


def reading_of_part(path: str, why: str, guided: str) -> Reading:
    """The reading of the file at ``path``, which is no story for that reason, whatever is in it.

    ``guided`` is the digest of the guidance that there is.
    """
    return Reading(path, "utf-8", READER_VERSION, dropped=(Dropped(0, "", why),), guided=guided)


def without_stories(reading: Reading, why: str) -> Reading:
    """``reading`` of a page that has none, for what its file's place says."""
    article = reading.article
    gone = (Dropped(article.line, article.title, why),) if article and article.title else ()
    return msgspec.structs.replace(
        reading, article=None, latest=(), findings=(), dropped=(*reading.dropped, *gone)
    )


def statements_of(reading: Reading) -> list[Statement]:
    """What the file's name and folder state of the page that was read."""
    page = PurePosixPath(reading.page)
    found: list[Statement] = []
    if not _DRAFTS.isdisjoint(page.parts[:-1]):
        source = Evidence(reading.page, 0, "the folder of drafts that it is in")
        found.append(Statement("status", "draft", source))
    if language := language_of(reading.page):
        source = Evidence(reading.page, 0, "the language in the file's name")
        found.append(Statement("language", language, source))
    match = DATED_NAME.fullmatch(stem_of(reading.page))
    has_front_matter = any(one.field not in {BROKEN, NOTICE} for one in reading.statements)
    shows_none = reading.article is not None and reading.article.published is None
    ending = page.suffix.lower()
    is_post = (ending in _MARKDOWN and (has_front_matter or shows_none)) or (
        ending in _HTML and has_front_matter
    )
    if match and is_post and _is_day(match[1]):
        source = Evidence(reading.page, 0, "the date in the file's name")
        found.append(Statement("date", match[1], source))
    return found


def _is_day(text: str) -> bool:
    try:
        return _FIRST_YEAR <= date.fromisoformat(text).year <= _LAST_YEAR
    except ValueError:
        return False
