"""A better reader, on half of the pages, makes no entry new, unread or moved."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import normalise
from feeds.model import Evidence, Page, Reading, StatedDate, Story
from feeds.model.guidance import Guidance
from feeds.model.outcome import Again
from tests.newsrooms import SITE, TestNewsroom
from tests.postgres import newsroom_on
from tests.publish.test_replay import AFTER, Made, made_newsroom
from tests.thorough import COSTLY

LATER = AFTER + timedelta(hours=3)
AGAIN = Again(("feeds", "publish", "--reread"))
_REAL = normalise.normalise


def better(story: Story, how: set[str]) -> Story:
    """``story`` as an imaginary reader of a later release understands it."""
    fields: dict[str, object] = {}
    if "title" in how:
        fields["title"] = f"{story.title}, officials say"
    if "authors" in how:
        fields["authors"] = ("Nora Lind", "Ola Berg")
    if "text" in how and story.paragraphs:
        fields["paragraphs"] = (*story.paragraphs[:1], "A last line that was furniture before.")
    if "date" in how:
        fields["published"] = StatedDate("2026-02-11", "day")
    if "clock" in how and story.published:
        fields["published"] = StatedDate(f"{story.published.iso}T08:15", "minute")
    evidence = {**story.evidence, "published": Evidence("a", 1, "a better rule")}
    return msgspec.structs.replace(story, **fields, evidence=evidence)


def better_reader(
    on: set[str], how: set[str], rows: set[str]
) -> Callable[[Page, Guidance], Reading]:
    def read(page: Page, guidance: Guidance) -> Reading:
        reading = _REAL(page, guidance)
        if page.path not in on:
            return reading
        latest = tuple(better(story, rows & {"title", "clock"}) for story in reading.latest)
        if "found" in rows and latest:
            more = msgspec.structs.replace(latest[0], title="A line nobody saw before", line=999)
            latest = (more, *latest)
        if "lost" in rows:
            latest = latest[1:]
        return msgspec.structs.replace(
            reading,
            article=better(reading.article, how) if reading.article else None,
            latest=latest,
            reader_version=reading.reader_version + 1,
        )

    return read


def run(newsroom: TestNewsroom, *, reread: bool) -> None:
    newsroom.publish(LATER, again=AGAIN if reread else None)


def moments(newsroom: TestNewsroom) -> list[tuple[object, ...]]:
    return newsroom.rows("SELECT id, published, updated, captured, rank FROM entries ORDER BY id")


@pytest.mark.engines(thorough=True)
@COSTLY
@given(
    made_newsroom(),
    st.sets(st.sampled_from(["title", "authors", "text", "date", "clock"])),
    st.sets(st.sampled_from(["title", "clock", "found", "lost"])),
)
def test_a_better_reader_of_half_the_pages_makes_nothing_new_unread_or_moved(
    engine: str, pages: list[Made], how: set[str], rows: set[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = SITE.replace("limit = 30", "limit = 100")
        newsroom = newsroom_on(engine, Path(folder), site)
        for page in pages:
            newsroom.page(page.name, page.text, page.saved)
        newsroom.publish(AFTER)
        before = moments(newsroom)
        order = newsroom.rows("SELECT feed, position, entry FROM members ORDER BY feed, position")
        half = {page.name for page in pages[::2]}
        with patch("feeds.normalise.normalise", better_reader(half, how, rows)):
            run(newsroom, reread=False)
            assert moments(newsroom) == before, "by itself it reads nothing again"
            run(newsroom, reread=True)
        assert moments(newsroom) == before
        # something else is said about every page, and each is decided anew
        (newsroom.root / "pages.csv").write_text(
            "path,categories\n" + "".join(f"{page.name},Sea\n" for page in pages)
        )
        run(newsroom, reread=False)
        assert moments(newsroom) == before
        members = newsroom.rows("SELECT feed, position, entry FROM members ORDER BY feed, position")
        assert members == order
