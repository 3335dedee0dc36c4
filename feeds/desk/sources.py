"""A page beside what was read of it: its lines, and what each was taken for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from markupsafe import escape

from feeds.model import Reading
from feeds.model.errors import PageError
from feeds.newsroom import Newsroom, captured, files, folder, written_page
from feeds.newsroom.folder import Found
from feeds.readers import front_matter, warc
from feeds.readers.decoding import declaration, decoded
from feeds.reports import saved_page
from feeds.reports.saved_page import SavedPage
from feeds.text import sanitise

_ARCHIVE = b"PK\x03\x04"
"""How a Word document begins, which has no lines."""
_LARGEST = 2 * 1024 * 1024
"""In bytes; of a page that is larger no lines are shown."""
_MOST_LINES = 3000
_LONGEST = 2000
_SAME = {"author": "authors"}
_PARTS = re.compile(r"\s*[;|]\s*")
"""Between several authors or categories in a cell of a table."""


class Shown(NamedTuple):
    """A line of a page as it is in the file. ``dropped`` is the rule by which it is in no story.

    ``used`` are the fields that have their value from it.
    """

    number: int
    text: str
    dropped: str = ""
    used: tuple[str, ...] = ()


class Source(NamedTuple):
    """A page and its reading. ``is_text``: a person may read its lines; else it is markup.

    ``more`` lines are not shown. ``stated`` is what stands above it, in ``head`` lines; or in its
    row of pages.csv, where nothing can be written there (``is_writable``). ``version`` changes
    with both, ``signature`` with the file. ``broken_head`` are its first lines where they are meant
    as front matter, and can't be read.
    """

    path: str
    reading: Reading
    lines: list[Shown]
    is_text: bool
    more: int
    stated: dict[str, str | Sequence[str]]
    head: int
    version: str
    signature: str
    is_writable: bool
    broken_head: list[str]


def open_source(newsroom: Newsroom, path: str) -> Source | None:
    """The page at ``path``; None if the newsroom has no such page. Raises FeedsError."""
    file = _page(newsroom, path)
    if file is None:
        return None
    saved = saved_page.open_page(newsroom.root / path, newsroom)
    reading = saved_page.read(saved)
    is_text = saved.page.form != "html"
    texts = source_lines(newsroom.root / path)
    dropped: dict[int, str] = {}
    for one in reading.dropped:
        dropped.setdefault(one.line, one.rule)
    used = _used(reading)
    found = [
        Shown(
            number,
            text[:_LONGEST],
            "" if number in used else dropped.get(number, ""),
            tuple(used.get(number, ())),
        )
        for number, text in enumerate(texts[:_MOST_LINES], 1)
    ]
    more = max(0, len(texts) - _MOST_LINES)
    is_writable = is_text and not more and path.lower().endswith(written_page.WRITABLE)
    stated = _stated(saved, is_writable=is_writable)
    head = front_matter.split_front_matter(path, "\n".join(texts)).length
    version = hashlib.sha256(msgspec.json.encode((file.signature, stated))).hexdigest()[:16]
    broken = written_page.head_of(path, "\n".join(texts)) if is_writable else []
    return Source(
        path,
        reading,
        found,
        is_text,
        more,
        stated,
        head,
        version,
        file.signature,
        is_writable,
        broken,
    )


def source_lines(file: Path) -> list[str]:
    """The lines of the page in ``file`` as they are there; none if it can't be shown."""
    try:
        data = files.read_regular(file, _LARGEST)
    except OSError:
        return []
    if data.startswith(_ARCHIVE):
        return []
    if file.name.endswith(captured.ENDING):
        return _lines_of_capture(data)
    text = decoded(data, declaration(data)).text
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _lines_of_capture(data: bytes) -> list[str]:
    """The lines of the page that was captured in ``data``, without those of its record."""
    try:
        markup = warc.read_warc("", data).markup
    except PageError:
        return []
    return markup.split("\n") if len(markup) <= _LARGEST else []


def _page(newsroom: Newsroom, path: str) -> Found | None:
    """The page at ``path``; raises PageError for one that may not be read, such as a link out."""
    found = folder.page(newsroom.root, path)
    if found and found.refusal:
        raise found.refusal
    return found


def _stated(saved: SavedPage, *, is_writable: bool) -> dict[str, str | Sequence[str]]:
    """What an editor says of a page, where she may say more."""
    if is_writable:
        said = {one.field: one.value for one in saved.page.statements}
        return {_SAME.get(name, name): value for name, value in said.items()}
    rows = [one for one in saved.stated if one.evidence.file == folder.TABLE]
    found: dict[str, str | Sequence[str]] = {}
    for one in rows:
        text = one.value if isinstance(one.value, str) else " | ".join(one.value)
        name = _SAME.get(one.field, one.field)
        is_list = name in written_page.LISTS
        found[name] = _PARTS.split(text.strip()) if is_list else text
    return found


def _used(reading: Reading) -> dict[int, list[str]]:
    """The fields that have their values from each line."""
    found: dict[int, list[str]] = {}
    article = reading.article
    for name, evidence in (article.evidence if article else {}).items():
        if evidence.line and evidence.is_known and name != "paragraphs":
            found.setdefault(evidence.line, []).append(name)
    for story in reading.latest:
        for name in story.evidence:
            line = story.evidence[name].line
            if line:
                found.setdefault(line, []).append(name)
    return found


def framed(newsroom: Newsroom, path: str) -> str | None:
    """The page of HTML at ``path`` without anything that could run or look for something elsewhere.

    None if there is no such page; raises FeedsError.
    """
    if _page(newsroom, path) is None:
        return None
    saved = saved_page.open_page(newsroom.root / path, newsroom)
    clean = sanitise.clean(saved.page.markup)
    return f'<!doctype html><meta charset="utf-8"><title>{escape(path)}</title>{clean}'
