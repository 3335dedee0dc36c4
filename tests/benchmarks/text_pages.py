"""How many text pages a second are read, and how many times as many as trafilatura reads.

The pages have the size and shape of a news article with its dated list; no two share a
sentence, headline or date, so that nothing remembered helps. They leave the rules nothing to
guess; the same pages with menus around them, whose lines are labelled, are timed apart: with menus
of their own, and with those of one site, as the pages of a newsroom have them.
trafilatura's ``bare_extraction`` gets the same articles marked up as HTML, in the same run and by
turns: once for the text alone, once with what it calls metadata (title, author, date), which is
more like what is read here.
"""

from __future__ import annotations

import html
import itertools
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from trafilatura import bare_extraction

from feeds.normalise import normalise
from feeds.readers import read_page

PAGES = 400
BATCH = 40
TARGET = 2000
TIMES = 5
LISTED = 10
MENU = 14
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LETTERS = "aeioubcdfghklmnprstvw"
Written = TypeVar("Written", bytes, str)


class Made:
    """An article and its list, in words that nobody wrote before."""

    def __init__(self, chance: random.Random, days: Iterator[date]) -> None:
        self.chance = chance
        self.headline = self.title(9)
        self.paragraphs = [self.paragraph() for _ in range(8)]
        self.author = self.title(2)
        self.latest = [(self.title(chance.randint(6, 13)), next(days)) for _ in range(LISTED)]
        self.saved = next(days)

    def word(self) -> str:
        return "".join(self.chance.choices(LETTERS, k=self.chance.randint(2, 9)))

    def title(self, words: int) -> str:
        return " ".join(self.word().title() for _ in range(words))

    def paragraph(self) -> str:
        sentences = (
            " ".join(self.word() for _ in range(self.chance.randint(8, 22))) for _ in range(3)
        )
        return " ".join(f"{sentence.capitalize()}." for sentence in sentences)

    def text(self) -> bytes:
        rows = [f"{title}\n{written(day, '.')}" for title, day in self.latest]
        listed = "\n".join(rows)
        body = "\n".join(self.paragraphs)
        saved = written(self.saved, " ")
        return (
            f"{self.headline}\n\n{body}\n{self.author}\nLatest news{listed}\n\n{saved}\n".encode()
        )

    def menu(self) -> str:
        return "\n".join(self.title(self.chance.randint(1, 3)) for _ in range(MENU))

    def text_between(self, above: str, below: str) -> bytes:
        return f"{above}\n{self.text().decode()}{below}\n".encode()

    def markup(self) -> str:
        body = "".join(f"<p>{html.escape(text)}</p>" for text in self.paragraphs)
        rows = "".join(
            f"<li><a href='/{number}'>{title}</a> <span>{written(day, '.')}</span></li>"
            for number, (title, day) in enumerate(self.latest)
        )
        return (
            f"<!doctype html><html><head><title>{self.headline}</title></head><body><main><article>"
            f"<h1>{self.headline}</h1>{body}<p class='author'>{self.author}</p></article></main>"
            f"<aside><h2>Latest news</h2><ul>{rows}</ul></aside></body></html>"
        )


def written(day: date, mark: str) -> str:
    return f"{day.day:02}{mark}{MONTHS[day.month - 1]}{mark}{day.year}"


def made(count: int) -> list[Made]:
    """That many pages, the same in every run."""
    chance = random.Random(2026)  # noqa: S311 - no secret is made of it
    days = (date(1990, 1, 1) + timedelta(days=number) for number in itertools.count())
    return [Made(chance, days) for _ in range(count)]


def ours(page: bytes) -> None:
    """Reads the page as text."""
    found = normalise(read_page("a.txt", page))
    if found.article is None or len(found.latest) != LISTED:
        raise RuntimeError(f"{page[:60]!r} was misread")


def with_menus(page: bytes) -> None:
    """Reads the page, which has menus around the article, as text."""
    if normalise(read_page("a.txt", page)).article is None:
        raise RuntimeError(f"{page[:60]!r} was misread")


def theirs(page: str, *, with_metadata: bool = False) -> None:
    """Lets trafilatura read the page as HTML."""
    if bare_extraction(page, with_metadata=with_metadata) is None:
        raise RuntimeError(f"{page[:60]!r} was not read")


def seconds(work: Callable[[Written], None], pages: list[Written]) -> float:
    """CPU seconds for all ``pages``."""
    start = time.process_time()
    for page in pages:
        work(page)
    return time.process_time() - start


def main() -> None:
    """Measures and prints."""
    pages = made(PAGES)
    texts, markups = [page.text() for page in pages], [page.markup() for page in pages]
    all_of_it = partial(theirs, with_metadata=True)
    for page in markups[:3]:
        all_of_it(page)
    seconds(ours, texts[:3])
    ours_took = 0.0
    theirs_took = {"text alone": 0.0, "with metadata": 0.0}
    for start in range(3, PAGES, BATCH):
        some = markups[start : start + BATCH]
        ours_took += seconds(ours, texts[start : start + BATCH])
        theirs_took["text alone"] += seconds(theirs, some)
        theirs_took["with metadata"] += seconds(all_of_it, some)
    count = PAGES - 3
    own = [page.text_between(page.menu(), page.menu()) for page in pages]
    above, below = pages[0].menu(), pages[0].menu()
    of_site = [page.text_between(above, below) for page in pages]
    seconds(with_menus, [*own[:BATCH], *of_site[:BATCH]])
    own_took = site_took = 0.0
    for start in range(BATCH, PAGES, BATCH):
        own_took += seconds(with_menus, own[start : start + BATCH])
        site_took += seconds(with_menus, of_site[start : start + BATCH])
    size = sum(map(len, texts)) / PAGES
    sys.stdout.write(
        f"text pages of {size:,.0f} bytes: {count / ours_took:,.0f} a second (target {TARGET:,})\n"
    )
    for what, took in (("their own", own_took), ("one site's", site_took)):
        sys.stdout.write(f"with {what} menus: {(PAGES - BATCH) / took:,.0f} a second\n")
    for what, took in theirs_took.items():
        sys.stdout.write(
            f"trafilatura on the same as HTML, {what}: {count / took:,.0f} a second; "
            f"ours are {took / ours_took:.1f} times as many (target {TIMES})\n"
        )


if __name__ == "__main__":
    main()
