"""Whatever comes in, and whatever editors decide: nothing published is out of reach.

After every publish, what is polled and the archives together hold what readers may see, each
entry is in one archive, and an archive changes only with an entry in it.
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import EntryId
from feeds.newsroom.site import Feed
from feeds.syndication import archives, filters
from tests.archived import FORMATS, everything, walk
from tests.newsrooms import SITE, TestNewsroom
from tests.postgres import newsroom_on
from tests.publish.test_replay import AFTER, Made, made_decisions, made_newsroom
from tests.thorough import COSTLY

FEEDS = {
    "latest": Feed("latest", "Latest"),
    "articles": Feed("articles", "Articles", kinds=("article",)),
}
SMALL = (
    SITE.replace("limit = 30", "limit = 2")
    + '\n[[feeds]]\nname = "articles"\ntitle = "Articles"\nlimit = 1\nkinds = ["article"]\n'
    "archive = true\n"
)
IDS = st.lists(st.integers(0, 999).map(lambda n: EntryId(f"tag:desk.test:{n}")), unique=True)


@given(IDS, st.data())
def test_archives_part_what_waits_evenly_and_in_its_order(
    waiting: list[EntryId], data: st.DataObject
) -> None:
    polled = data.draw(st.sets(st.sampled_from(waiting))) if waiting else set()
    made = archives.closed(waiting, polled)
    if set(waiting) == polled:
        assert made == []
        return
    assert [name for ids in made for name in ids] == waiting
    sizes = {len(ids) for ids in made}
    assert max(sizes) <= archives.MOST
    assert max(sizes) - min(sizes) <= 1


def assigned(newsroom: TestNewsroom) -> dict[tuple[str, str], int]:
    """In which archive each entry is, by feed and entry; without those that wait for one."""
    found = newsroom.rows(
        "SELECT feed, id, number FROM archived JOIN entries ON sequence = entry WHERE number > 0"
    )
    return {(str(feed), str(entry)): int(number) for feed, entry, number in found}


def seen(newsroom: TestNewsroom) -> dict[str, tuple[object, ...]]:
    """What readers could see of each entry, or that they can't."""
    rows = newsroom.rows(
        "SELECT id, kind, title, published, updated, texts, authors, url, hidden,"
        " notice, gone, objection <> '' FROM entries"
    )
    return {str(row[0]): row[1:] for row in rows}


def wanted(newsroom: TestNewsroom, feed: Feed) -> set[str]:
    """The ids of all that readers may see of ``feed``, whenever it was published."""
    held = {str(name) for (name,) in newsroom.rows("SELECT id FROM entries WHERE objection <> ''")}
    shown = {str(entry.id): entry for entry in newsroom.entries()}
    return {name for name, entry in shown.items() if filters.belongs(feed, entry)} - held


@pytest.mark.engines(thorough=True)
@COSTLY
@given(made_newsroom(), st.data())
def test_everything_published_is_reachable_and_archives_stay(
    engine: str, pages: list[Made], data: st.DataObject
) -> None:
    decisions = data.draw(made_decisions(pages))
    with tempfile.TemporaryDirectory() as folder:
        newsroom = newsroom_on(engine, Path(folder), SMALL)
        written = ""
        for number in range(len(pages) + len(decisions)):
            before = assigned(newsroom) if number else {}
            shown = seen(newsroom) if number else {}
            stored = {name: everything(newsroom, name) for name in FEEDS} if number else {}
            if number < len(pages):
                page = pages[number]
                newsroom.page(page.name, page.text, page.saved)
            else:
                written += decisions[number - len(pages)] + "\n"
                (newsroom.root / "decisions.toml").write_text(written, encoding="utf-8")
            newsroom.publish(AFTER + timedelta(days=3 * number), accept=("empty",))
            after = assigned(newsroom)
            assert {key: after[key] for key in before} == before
            now = seen(newsroom)
            touched = {
                (feed, archive)
                for (feed, entry), archive in before.items()
                if shown[entry] != now[entry]
            }
            for name, feed in FEEDS.items():
                for form in FORMATS:
                    walked = walk(newsroom, form, name)
                    reached = [entry for page in walked[1:] for entry in page.ids]
                    assert len(set(reached)) == len(reached)
                    if feed.kinds == ("article", "headline"):
                        assert {*reached, *walked[0].ids} == wanted(newsroom, feed)
                    else:
                        assert {*reached, *walked[0].ids} >= wanted(newsroom, feed)
                held = everything(newsroom, name)
                for key, item in stored.get(name, {}).items():
                    if (name, key[0]) not in touched:
                        assert held[key] == item
