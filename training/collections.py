"""Saved pages and what is true of them, in the forms in which public collections have them.

A folder holds any of these collections, each in a folder of its own:

- ``fundus``: ``*.html.gz`` beside one JSON for each publisher, with title, authors, date, body
- ``bodies``: ``html/*.html.gz`` and ``ground-truth.json``, with the article's text
- ``segments``: ``html/*.html.gz`` and ``truth.json``, with words that are and that are not the text

Where truth is thin, the program's own reading of the HTML fills it in, if it agrees with truth.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

from feeds.model import Reading
from feeds.model.errors import FeedsError
from feeds.normalise import normalise
from feeds.readers import read_page
from training.dumps import Block, blocks_of, page_language

_VERSION = re.compile(r"_(\d{4}_\d\d_\d\d)\.html\.gz$")
_HOST = re.compile(r"^https?://(?:www\.)?([^/]+)")
_SHORTEST_BODY = 300


class SavedPage(msgspec.Struct):
    """A page's blocks in their order, and what is true of them."""

    name: str
    collection: str
    publisher: str
    language: str
    title: str
    authors: list[str]
    day: str
    body: list[str]
    subheadings: list[str]
    standfirst: list[str]
    listed: list[str]
    blocks: list[Block]


class _Job(msgspec.Struct):
    collection: str
    name: str
    publisher: str
    path: str
    truth: Any


def saved_pages(folder: Path, workers: int = 1) -> Iterator[SavedPage]:
    """All pages of ``folder`` of which enough is known, always in the same order."""
    jobs = [
        *_fundus(folder / "fundus"),
        *_bodies(folder / "bodies"),
        *_segments(folder / "segments"),
    ]
    if workers == 1:
        found = map(_page, jobs)
        yield from (page for page in found if page)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from (page for page in pool.map(_page, jobs, chunksize=8) if page)


def _fundus(folder: Path) -> Iterator[_Job]:
    for truths in sorted(folder.rglob("*.json")):
        stem = truths.stem
        versions = json.loads(truths.read_text("utf-8"))
        if not isinstance(versions, dict):
            continue
        pages = sorted(
            path for path in truths.parent.glob(f"{stem}_*.html.gz") if _VERSION.search(path.name)
        )
        order = sorted(versions, key=lambda name: [int(n) for n in re.findall(r"\d+", name)])
        if len(order) == len(pages):
            for version, page in zip(order, pages, strict=True):
                yield _Job("fundus", page.name, stem, str(page), versions[version])


def _bodies(folder: Path) -> Iterator[_Job]:
    path = folder / "ground-truth.json"
    for name, truth in sorted(json.loads(path.read_text("utf-8")).items()) if path.exists() else ():
        page = folder / "html" / f"{name}.html.gz"
        yield _Job("bodies", name, _host(truth["url"]), str(page), truth["articleBody"])


def _segments(folder: Path) -> Iterator[_Job]:
    path = folder / "truth.json"
    for name, truth in sorted(json.loads(path.read_text("utf-8")).items()) if path.exists() else ():
        yield _Job("segments", name, _host(truth["url"]), str(folder / "html" / name), truth)


def _host(url: str) -> str:
    found = _HOST.match(url)
    return found[1] if found else url


def _page(job: _Job) -> SavedPage | None:
    data = gzip.decompress(Path(job.path).read_bytes())
    try:
        markup = read_page(f"{job.name}.html", data)
    except FeedsError:
        return None  # a page that can't be read teaches nothing
    blocks = blocks_of(markup.markup)
    if not blocks:
        return None
    reading, language = normalise(markup), page_language(markup.markup)
    page = SavedPage(
        job.name, job.collection, job.publisher, language, "", [], "", [], [], [], [], blocks
    )
    return page if _know(page, job, reading) and page.title else None


def _know(page: SavedPage, job: _Job, reading: Reading) -> bool:
    """Fills in what is true of ``page``; False if that is not enough."""
    article = reading.article
    page.listed = [story.title for story in reading.latest]
    if article:
        page.title, page.authors = article.title, list(article.authors)
        page.day = article.published.iso[:10] if article.published else ""
    shown = letters_of(" ".join(block.text for block in page.blocks))
    if job.collection == "fundus":
        truth = job.truth
        body = truth.get("body") or {}
        sections = body.get("sections") or []
        page.standfirst = list(body.get("summary") or [])
        page.subheadings = [line for part in sections for line in part.get("headline") or []]
        texts = [line for part in sections for line in part.get("paragraphs") or []]
        page.body = [*page.standfirst, *page.subheadings, *texts]
        page.title = truth.get("title") or page.title
        page.authors = truth.get("authors") or page.authors
        page.day = (truth.get("publishing_date") or "")[:10] or page.day
    else:
        paragraphs = list(article.paragraphs) if article else []
        if job.collection == "bodies":
            page.body = [line for line in job.truth.split("\n") if line.strip()]
        else:
            text = " ".join(" ".join(paragraphs).split())
            wanted = job.truth.get("with") or []
            if not wanted or any(" ".join(one.split()) not in text for one in wanted):
                return False
            if any(" ".join(one.split()) in text for one in job.truth.get("without") or []):
                return False
            page.body = paragraphs
    if sum(map(len, page.body)) < _SHORTEST_BODY:
        return False
    found = sum(letters_of(line)[:60] in shown for line in page.body)
    return found >= 0.6 * len(page.body)


_NO_LETTER = re.compile(r"[\W_]+")


def letters_of(text: str) -> str:
    """``text`` as it is compared: its letters and digits alone, all small."""
    return _NO_LETTER.sub("", text).casefold()
