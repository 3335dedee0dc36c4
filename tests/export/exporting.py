"""Exports to a directory, and what ought to be in it: said by the app and the ledger alone."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import brotli

from feeds.export import run
from feeds.export.run import Exported
from tests.newsrooms import NOW, TestNewsroom
from tests.web.asking import NAVIGATION, Answer, Ask, in_process

FORMATS = ("rss", "atom", "json")
LATER = NOW + timedelta(minutes=10)
CRANE = "Crane falls on an empty quay at night\n\nNobody was hurt.\n\n13.Jan.2026\n"


def export(
    newsroom: TestNewsroom, target: Path | str, now: datetime = LATER, *, verify: bool = False
) -> Exported:
    """Exports to ``target`` at ``now``; what went wrong fails the test."""
    done = run.export(newsroom.place, str(target), lambda: now, verify=verify)
    assert done.problem is None, str(done.problem)
    assert not done.is_busy
    return done


def retract(newsroom: TestNewsroom, title: str, now: datetime = NOW + timedelta(hours=1)) -> str:
    """Has the story with that title taken back; returns its hash."""
    ((name, entry),) = newsroom.rows(f"SELECT hash, id FROM entries WHERE title LIKE '{title}%'")  # noqa: S608
    newsroom.decide(f'action = "retract"\nentry = "{entry}"')
    newsroom.publish(now)
    return str(name)


class Found(NamedTuple):
    """A file of an export: what it says, and since when."""

    body: bytes
    modified: int


def files(target: Path, base: str = "feeds") -> dict[str, Found]:
    """What a web server finds below ``base``, by path from there, without codings.

    A coding that isn't of what it is beside, or of another time, fails the test.
    """
    found = {}
    root = target / "current" / base
    for path in _walked(root):
        name = path.relative_to(root).as_posix()
        plain = path.with_suffix("") if path.suffix in {".gz", ".br"} else path
        body = path.read_bytes()
        if path.suffix == ".gz":
            body = gzip.decompress(body)
        elif path.suffix == ".br":
            body = brotli.decompress(body)
        if plain != path:
            assert body == plain.read_bytes(), name
            assert path.stat().st_mtime == plain.stat().st_mtime, name
            continue
        assert path.stat().st_mode & 0o777 == 0o644, name
        found[name] = Found(body, int(path.stat().st_mtime))
    return found


def _walked(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            yield from _walked(path)
        else:
            yield path


def expected(newsroom: TestNewsroom, now: datetime = LATER) -> dict[str, bytes]:
    """What ought to be there, by path: asked of the app, address by address."""
    ask = in_process(newsroom, now=now)
    return {name: answer.body for name, answer in _answers(newsroom, ask)}


def _answers(newsroom: TestNewsroom, ask: Ask) -> Iterator[tuple[str, Answer]]:
    yield from _beside(ask)
    for feed in {feed for (feed,) in newsroom.rows("SELECT feed FROM documents")}:
        yield f"{feed}.html", ask(f"/feeds/{feed}")
        for form in FORMATS:
            yield f"{feed}.{form}", ask(f"/feeds/{feed}.{form}")
            query = f"SELECT number FROM archives WHERE feed = '{feed}' AND format = '{form}'"  # noqa: S608
            numbers = [number for (number,) in newsroom.rows(query)]
            for number in numbers:
                path = f"{feed}/archive/{number}.{form}"
                yield path, ask(f"/feeds/{path}")
            if numbers:  # what follows the newest is the feed itself, until there is another
                yield f"{feed}/archive/{max(numbers) + 1}.{form}", ask(f"/feeds/{feed}.{form}")
    for (name,) in newsroom.rows("SELECT hash FROM entries"):
        answer = ask(f"/feeds/stories/{name}", headers=NAVIGATION)
        place = f"stories/{name[0]}/{name[:2]}/{name}"
        if answer.status == 200:
            yield f"{place}.html", answer
        elif answer.status == 410:
            yield f"{place}.gone.html", answer


_BESIDE = (
    *(("", "index.html"), ("for-your-site", "for-your-site.html")),
    *((name, name) for name in ("feeds.opml", "news-sitemap.xml")),
)


def _beside(ask: Ask) -> Iterator[tuple[str, Answer]]:
    """What is there besides feeds and stories."""
    for path, name in _BESIDE:
        yield name, ask(f"/feeds/{path}")
    licence = ask("/feeds/license.xml")
    if licence.status == 200:
        yield "license.xml", licence
    for name in ("style.css", "copy.js", "icon.svg"):
        yield f"static/{name}", ask(f"/feeds/static/{name}")


def compare(newsroom: TestNewsroom, target: Path, now: datetime = LATER) -> None:
    """Fails unless ``target`` has exactly what is published, but for what stands for others."""
    there = {name: found.body for name, found in files(target).items()}
    there.pop("healthz")
    there.pop("_nothing.html")
    wanted = expected(newsroom, now)
    moved = {
        name for name in there.keys() - wanted.keys() if b'http-equiv="refresh"' in there[name]
    }
    assert sorted(there.keys() - moved) == sorted(wanted)
    assert [name for name in wanted if there[name] != wanted[name]] == []
