"""A feed's archives as a subscriber's program meets them, straight from the ledger."""

from __future__ import annotations

from typing import NamedTuple

import feedparser
import msgspec

from feeds.ledger import archives
from feeds.ledger.archives import Kept
from feeds.ledger.connect import open_to_read
from feeds.model import Document, Format
from feeds.syndication import contents
from tests.newsrooms import TestNewsroom

FORMATS: tuple[Format, ...] = ("rss", "atom", "json")


class Page(NamedTuple):
    """A document on the way back: its address, its bytes and the ids in it."""

    url: str
    body: bytes
    ids: list[str]


def kept(newsroom: TestNewsroom, number: int, form: Format = "rss", feed: str = "latest") -> Kept:
    """An archive as it is stored; ``feed`` is its feed's first name."""
    ledger = open_to_read(newsroom.database)
    assert ledger is not None
    with ledger.read() as connection:
        found = archives.document(connection, feed, number, form)
    assert found is not None
    return found


def body(newsroom: TestNewsroom, number: int, form: Format = "rss", feed: str = "latest") -> bytes:
    """The bytes of an archive."""
    return kept(newsroom, number, form, feed).body


def count(newsroom: TestNewsroom, feed: str = "latest") -> int:
    """How many archives there are."""
    ledger = open_to_read(newsroom.database)
    assert ledger is not None
    with ledger.read() as connection:
        return archives.newest_stored(connection, feed)


def everything(newsroom: TestNewsroom, feed: str = "latest") -> dict[tuple[int, Format], Kept]:
    """All that is stored of the archives of ``feed``."""
    return {
        (number, form): kept(newsroom, number, form, feed)
        for number in range(1, count(newsroom, feed) + 1)
        for form in FORMATS
    }


def walk(
    newsroom: TestNewsroom, form: Format, name: str = "latest", first_name: str = ""
) -> list[Page]:
    """What is polled, and each archive that a reader comes to from there, link by link."""
    pages = [_page("", newsroom.document(name, form).document.body, form)]
    while url := _before(pages[-1].body, form):
        assert url not in {page.url for page in pages}
        number = int(url.removesuffix(f".{form}").rpartition("/")[2])
        assert url == f"https://desk.test/feeds/{name}/archive/{number}.{form}"
        pages.append(_page(url, body(newsroom, number, form, first_name or name), form))
    return pages


def _page(url: str, text: bytes, form: Format) -> Page:
    items = contents.items(Document("", form, "", text, ""))
    return Page(url, text, [item.id for item in items])


def _before(text: bytes, form: Format) -> str:
    if form == "json":
        return str(msgspec.json.decode(text).get("next_url", ""))
    parsed = feedparser.parse(text)
    assert parsed.bozo is False
    links = {link["rel"]: link["href"] for link in parsed.feed.links}
    return str(links.get("prev-archive", ""))
