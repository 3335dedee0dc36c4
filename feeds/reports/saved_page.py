"""A saved page that somebody names on the command line, and what the newsroom says of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from feeds.model import Page, Reading, Statement
from feeds.model.errors import FeedsError, PageError
from feeds.model.guidance import UNGUIDED, Guidance
from feeds.model.unexpected import failure_on
from feeds.newsroom import CONFIGURATION, Newsroom, files
from feeds.normalise import labels, normalise, statements
from feeds.readers import MAX_PAGE_BYTES, START_BYTES, read_page, refuse_unread
from feeds.reports.page_lines import PageLine, as_used, page_line
from feeds.text import dates


class SavedPage(NamedTuple):
    """A page, what is said outside of it, how to read it, and the site's address, if any.

    ``ignored`` are keys of front matter that mean nothing there, ``files_url`` is where the theme's
    files are.
    """

    page: Page
    stated: tuple[Statement, ...]
    guidance: Guidance
    site_url: str
    ignored: tuple[str, ...] = ()
    files_url: str = ""


def open_page(path: Path, newsroom: Newsroom | None = None) -> SavedPage:
    """The page in the file at ``path``.

    What is said outside of it counts only if it lies in the folder of ``newsroom``.
    Raises PageError, and ConfigError if the newsroom's configuration is wrong.
    """
    data = _bytes_of(path)
    with _told_of(path):
        page = read_page(str(path), data)
    inside = _inside(path, newsroom) if newsroom else ""
    if not newsroom or not inside:
        return SavedPage(page, (), UNGUIDED, "")
    site = newsroom.site()
    outside = newsroom.outside(site)
    said, guidance = outside.of(inside), outside.guidance(inside)
    ignored, files_url = site.front_matter_ignore, site.files_url
    return SavedPage(page, said, guidance, site.site_url, ignored, files_url)


def read(saved: SavedPage) -> Reading:
    """The reading of ``saved``, with all that was stated about it applied; raises PageError."""
    with _told_of(Path(saved.page.path)):
        found = normalise(saved.page, guidance=saved.guidance)
        return statements.with_statements(
            found, saved.stated, saved.site_url, saved.ignored, saved.files_url
        )


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Tells of a fault of this program as one of the page at ``path``, which it stumbled over."""
    try:
        yield
    except FeedsError:
        raise
    except Exception as error:
        remedy = "save it in another form, such as plain text; --debug shows where"
        failed = failure_on(error, str(path), "read this page", remedy=remedy)
        raise PageError(
            failed.what, remedy=remedy, file=failed.file, code="page-program-failed"
        ) from error


def lines_of(saved: SavedPage, reading: Reading) -> list[PageLine]:
    """What each line of ``saved`` is taken for, if it is of plain text; raises PageError.

    ``reading`` is what was made of it.
    """
    with _told_of(Path(saved.page.path)):
        labelled = map(page_line, labels.explain(saved.page, saved.guidance))
        return as_used(list(labelled), reading)


def _bytes_of(path: Path) -> bytes:
    """What the file at ``path`` holds, if it is no larger than pages are."""
    try:
        with files.open_regular(path) as file:
            data = file.read(MAX_PAGE_BYTES + 1)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        what, remedy = f"can't be read: {error.strerror}", "name a saved page"
        if isinstance(error, FileNotFoundError):
            what = "there is no such file"
        elif isinstance(error, PermissionError):
            remedy = "let this user read it"
        raise PageError(what, file=str(path), remedy=remedy) from error
    if len(data) > MAX_PAGE_BYTES:
        refuse_unread(str(path), data[:START_BYTES], size)
    return data


def zone_of(newsroom: Newsroom) -> ZoneInfo | None:
    """The zone in which ``newsroom`` means its clocks; None where nothing is configured."""
    if not files.is_file(newsroom.root / CONFIGURATION):
        return None
    return dates.zone(newsroom.site().timezone)


def _inside(path: Path, newsroom: Newsroom) -> str:
    """The name of the page at ``path`` in ``newsroom``; empty if it isn't one of its pages."""
    root, place = newsroom.root.resolve(), path.parent.resolve() / path.name
    if not files.is_file(root / CONFIGURATION) or not place.is_relative_to(root):
        return ""
    return place.relative_to(root).as_posix()
