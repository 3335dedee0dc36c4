"""Feeds to render: what goes in. What has to come out lies beside this file.

``NAME.rss``, ``NAME.atom`` and ``NAME.json`` are the documents of the example called NAME.
After a change that is meant, write them anew with

    .venv/bin/python -m tests.syndication.examples

and read the difference before it is committed: subscribers will get those bytes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from feeds.model import (
    Document,
    Enclosure,
    Entry,
    EntryId,
    Image,
    StatedDate,
    Tombstone,
    Url,
)
from feeds.newsroom.site import Feed, Site
from feeds.syndication.documents import archive, documents
from feeds.text.markup import from_paragraphs, summary

DOCUMENTS = Path(__file__).with_name("documents")


class Example(NamedTuple):
    """One feed and its entries, or the archive of it with the number ``archive``."""

    site: Site
    feed: Feed
    entries: tuple[Entry, ...]
    tombstones: tuple[Tombstone, ...] = ()
    archive: int = 0
    archives: int = 0

    def documents(self) -> list[Document]:
        """The feed in every format."""
        if self.archive:
            return archive(self.site, self.feed, self.archive, self.entries, self.tombstones)
        return documents(self.site, self.feed, self.entries, self.tombstones, self.archives)

    def document(self, form: str) -> Document:
        """The feed in the format ``form``."""
        return next(made for made in self.documents() if made.format == form)


PLAIN = Site(
    title="Harbour Desk",
    site_url="https://desk.test/",
    feeds_url="https://desk.test/feeds/",
    authority="desk.test,2026",
    timezone="Asia/Baku",
)

RICH = Site(
    title="Harbour & Quay <Desk>",
    description="News from the quay, “as it is” & as it was.",
    site_url="https://desk.test/",
    feeds_url="https://desk.test/feeds/",
    authority="desk.test,2026",
    timezone="Asia/Baku",
    language="en",
    copyright="© 2026 Harbour & Quay",
    logo="https://desk.test/logo.png",
    icon="https://desk.test/icon.png",
    ttl=60,
    hubs=("https://hub.test/?a=1&b=2", "https://push.test/"),
)

_BELL = (
    "The harbour bell hangs again; two men carried it & a third held the door.",
    "“Nobody asked for it,” the porter said. 5 < 6, she added, and wrote ]]> on the crate.",
)
_TIDE = (
    "Прилив пришёл в полдень и не спросил никого.",
    "שלום, said the pilot, and مرحبا said the other. 🔔",
)

ARTICLE = Entry(
    id=EntryId("tag:desk.test,2026:aaaaaaaaaaaa"),
    kind="article",
    title="Bell & crate return: <script>alert(1)</script> “nine years” later 🔔",
    entered=datetime(2026, 1, 14, 9, 30, tzinfo=UTC),
    updated=datetime(2026, 1, 15, 6, 0, tzinfo=UTC),
    stated=StatedDate("2026-01-14T11:03", "minute"),
    published=datetime(2026, 1, 14, 7, 3, tzinfo=UTC),
    captured=datetime(2026, 1, 14, 8, 0, tzinfo=UTC),
    authors=("Nora Lind", "Noor & Son <noor@desk.test>"),
    summary=summary(_BELL),
    content=from_paragraphs(_BELL),
    categories=("Bells & whistles", "Quay"),
    image=Image(
        url=Url("https://desk.test/bell.jpg?w=9&h=6"),
        type="image/jpeg",
        length=48213,
        alt='The bell, seen "from below"',
        credit="Nora Lind & crew",
    ),
)
"""A dated article with everything."""

ABROAD = Entry(
    id=EntryId("tag:desk.test,2026:bbbbbbbbbbbb"),
    kind="article",
    title="Прилив в полдень",
    entered=datetime(2026, 1, 13, 9, 30, tzinfo=UTC),
    updated=datetime(2026, 1, 13, 8, 0, tzinfo=UTC),
    published=datetime(2026, 1, 13, 8, 0, tzinfo=UTC),
    stated=StatedDate("2026-01-13", "day"),
    summary=summary(_TIDE),
    content=from_paragraphs(_TIDE),
    url=Url("https://desk.test/ru/tide?a=1&b=2"),
    language="ru",
    image=Image(url=Url("https://desk.test/tide.png"), type="image/png"),
)
"""An article of another language with a URL of its own; its picture's length is unknown."""

UNDATED = Entry(
    id=EntryId("tag:desk.test,2026:cccccccccccc"),
    kind="article",
    title="Lamp on the quay",
    entered=datetime(2026, 1, 12, 9, 30, tzinfo=UTC),
    updated=datetime(2026, 1, 12, 8, 0, tzinfo=UTC),
    captured=datetime(2026, 1, 12, 8, 0, tzinfo=UTC),
    authors=("Nora Lind",),
    summary="A lamp was lit.",
    content="<p>A lamp was lit.</p>",
)
"""An article whose date is unknown."""

HEADLINE = Entry(
    id=EntryId("tag:desk.test,2026:dddddddddddd"),
    kind="headline",
    title="Ferry to run at night",
    entered=datetime(2026, 1, 12, 9, 30, tzinfo=UTC),
    updated=datetime(2026, 1, 8, 8, 0, tzinfo=UTC),
    stated=StatedDate("2026-01-08", "day"),
    published=datetime(2026, 1, 8, 8, 0, tzinfo=UTC),
    rank=1,
)
"""A story of which only the headline is known."""

HEARD = Entry(
    id=EntryId("tag:desk.test,2026:ffffffffffff"),
    kind="article",
    title="The bell, to be heard",
    entered=datetime(2026, 1, 12, 9, 30, tzinfo=UTC),
    updated=datetime(2026, 1, 11, 8, 0, tzinfo=UTC),
    published=datetime(2026, 1, 11, 8, 0, tzinfo=UTC),
    authors=("Nora Lind", "Ola Berg"),
    summary="It rings at noon.",
    content="<p>It rings at noon.</p>",
    image=Image(
        url=Url("https://desk.test/rope.jpg"),
        type="image/jpeg",
        alt="A rope",
        width=1200,
        height=800,
        thumbnail=Url("https://desk.test/rope-small.jpg"),
    ),
    enclosures=(
        Enclosure(
            Url("https://desk.test/bell.mp3?a=1&b=2"), "audio/mpeg", 1048576, 61, "Bell & <rope>"
        ),
        Enclosure(
            Url("https://desk.test/bell.mp4"),
            "video/mp4",
            width=1920,
            height=1080,
            thumbnail=Url("https://desk.test/bell.png"),
        ),
    ),
    author_urls={"Ola Berg": Url("https://desk.test/people/berg?a=1&b=2")},
    translations={"da": Url("https://desk.test/da/klokke"), "nb": Url("https://desk.test/nb/bell")},
)
"""An article with sound and video, an author who has a page, and translations."""

ENTRIES = (ARTICLE, ABROAD, UNDATED, HEADLINE)

GONE = Tombstone(
    EntryId("tag:desk.test,2026:eeeeeeeeeeee"),
    datetime(2026, 1, 16, 8, 0, tzinfo=UTC),
    "Taken back & <regretted>",
)

LATEST = Feed(
    "latest",
    "Latest: bells & “tides” <all>",
    description="All of it.",
    archive=True,
    former_names=("first", "second"),
)

EXAMPLES = {
    "full": Example(RICH, LATEST, ENTRIES, archives=2),
    "archive": Example(RICH, LATEST, ENTRIES[1:3], (GONE,), archive=2),
    "summary": Example(RICH, Feed("short", "In short", content="summary"), ENTRIES),
    "media": Example(RICH, Feed("heard", "To be heard"), (HEARD,)),
    "empty": Example(PLAIN, Feed("latest", "Harbour Desk: latest"), ()),
}


def refresh() -> None:
    """Writes what the examples give now over what they gave before."""
    for name, example in EXAMPLES.items():
        for made in example.documents():
            (DOCUMENTS / f"{name}.{made.format}").write_bytes(made.body)


if __name__ == "__main__":
    refresh()
