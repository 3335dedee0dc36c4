"""An existing feed is taken over: its subscribers see nothing twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from tests.newsrooms import NOW, SITE, TestNewsroom, feeds, said

LATER = NOW + timedelta(hours=1)
FEED = """\
<?xml version="1.0"?>
<rss version="2.0"><channel><title>Old</title><link>https://desk.test/</link>
<description>d</description>
<item><title>Harbour opens a second quay for the ferries</title>
<link>https://desk.test/12</link><guid isPermaLink="false">12</guid>
<pubDate>Mon, 12 Jan 2026 09:30:00 GMT</pubDate><description>It was opened.</description></item>
<item><title>Bell is cast anew in the town</title><link>https://desk.test/11</link>
<guid>https://desk.test/?p=11</guid><pubDate>Sun, 11 Jan 2026 21:30:00 GMT</pubDate>
<description>It rang.</description></item>
<item><title>Nobody knows when</title><guid isPermaLink="false">x</guid></item>
</channel></rss>
"""
PAGE = "Harbour opens a second quay for the ferries\n\nIt was opened.\nAll were there.\nNora Lind\n"


def take_over(newsroom: TestNewsroom, feed: str = FEED) -> None:
    """What the command does, at a time that is told."""
    (newsroom.root / "imported").mkdir(exist_ok=True)
    (newsroom.root / "imported" / "old.xml").write_text(feed, encoding="utf-8")
    newsroom.decide('action = "import"\nfeed = "imported/old.xml"')


def guids(body: bytes) -> set[str]:
    return {entry.id for entry in feedparser.parse(body).entries}


def test_subscribers_of_an_old_feed_see_the_same_items(newsroom: TestNewsroom) -> None:
    take_over(newsroom)
    newsroom.publish()
    old = {entry.id: entry for entry in feedparser.parse(FEED).entries}
    new = {e.id: e for e in feedparser.parse(newsroom.document().document.body).entries}
    assert new.keys() == old.keys()
    for guid, entry in old.items():
        assert (new[guid].title, new[guid].get("published_parsed")) == (
            entry.title,
            entry.get("published_parsed"),
        )
    assert new["12"].link == "https://desk.test/12"
    atom = guids(newsroom.document(form="atom").document.body)
    assert all(name.startswith(("tag:", "https:")) for name in atom)


def test_a_page_of_an_imported_story_is_that_story_and_marks_nothing_unread(
    newsroom: TestNewsroom,
) -> None:
    take_over(newsroom)
    newsroom.publish()
    before = {entry.id: (entry.updated, entry.published) for entry in newsroom.entries()}
    newsroom.page("quay.txt", "---\nurl: https://desk.test/12/\n---\n" + PAGE)
    rows = "Latest news\nBell is cast anew in the town\n12.Jan.2026\n\n14 Jan 2026\n"
    newsroom.page("list.txt", "Another story\n\nText of it.\nNora Lind\n" + rows)
    outcome = newsroom.publish(LATER)
    assert outcome.entered == 1, "the day is that of the newsroom: it was past midnight in Baku"
    after = {entry.id: (entry.updated, entry.published) for entry in newsroom.entries()}
    assert before.items() <= after.items()
    quay = next(entry for entry in newsroom.entries() if entry.title.startswith("Harbour"))
    assert "All were there." in quay.content
    assert newsroom.publish(LATER).revision is None


def test_an_empty_ledger_takes_the_feed_over_again(newsroom: TestNewsroom) -> None:
    take_over(newsroom)
    newsroom.page("quay.txt", "---\nurl: https://desk.test/12/\n---\n" + PAGE)
    newsroom.publish()
    before = newsroom.rows("SELECT id, guid, title, published, texts FROM entries ORDER BY id")
    for file in newsroom.database.parent.iterdir():
        file.unlink()
    newsroom.publish(LATER, rebuild=True)
    query = "SELECT id, guid, title, published, texts FROM entries ORDER BY id"
    assert newsroom.rows(query) == before


def test_an_import_is_no_arrival(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("limit = 30", "limit = 2"))
    newsroom.page("quay.txt", PAGE.replace("Harbour", "Harbour town") + "\n14 Jan 2026\n")
    newsroom.publish()
    take_over(newsroom)
    assert newsroom.publish(LATER).entered == 3
    body = newsroom.document().document.body
    assert len(guids(body)) == 2, "the newest two, and not all that came in lately"


@pytest.mark.parametrize(
    ("feed", "told"),
    [("../old.xml", "not there"), ("imported/none.xml", "not there")],
)
def test_a_feed_that_is_not_there_is_named_and_stops_nothing(
    newsroom: TestNewsroom, feed: str, told: str
) -> None:
    newsroom.page("quay.txt", PAGE)
    (newsroom.root.parent / "old.xml").write_text(FEED)
    newsroom.decide(f'action = "import"\nfeed = "{feed}"')
    outcome = newsroom.publish()
    assert told in said(outcome.problems)[0]
    assert len(newsroom.entries()) == 1


def test_the_command_keeps_the_feed_and_writes_the_decision_down(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    file = tmp_path / "rss.xml"
    file.write_text(FEED, encoding="utf-8")
    done = feeds(newsroom, "import", str(file))
    assert "3 new" in done.stdout
    assert 'action = "import"' in (newsroom.root / "decisions.toml").read_text()
    assert len(list((newsroom.root / "imported").iterdir())) == 1
    refused = feeds(newsroom, "import", str(newsroom.root / "site.toml"))
    assert refused.returncode == 2
    assert "no feed" in refused.stderr


def test_old_pages_are_recorded_and_pushed_to_nobody(newsroom: TestNewsroom) -> None:
    newsroom.page("new.txt", PAGE)
    newsroom.publish()
    before = newsroom.document().document.body
    rows = "Latest news\nBell is cast anew in the town\n11.Jan.2026\n\n14 Jan 2026\n"
    newsroom.page("2019/old.txt", "An old story\n\nText of it.\nNora Lind\n" + rows)
    done = feeds(newsroom, "publish", "--as-archive", str(newsroom.root / "2019"))
    assert "2 new" in done.stdout, done.stderr
    after = newsroom.document().document.body
    link = [line for line in after.splitlines() if b'rel="prev-archive"' in line]
    assert [line for line in after.splitlines() if line not in link] == before.splitlines()
    newsroom.page("again.txt", "A third story\n\nIts text.\nNora Lind\n" + rows)
    newsroom.publish(LATER + timedelta(days=400))
    assert {entry.title for entry in newsroom.entries()} == {
        "Harbour opens a second quay for the ferries",
        "A third story",
    }
    assert newsroom.rows("SELECT count(*) FROM entries WHERE standing = 'archived'") == [(2,)]


@pytest.mark.parametrize("date", ["", "date: 2026-01-12\n", "date: 2026-01-11\n"])
def test_a_page_without_its_address_is_the_imported_story_of_its_headline(
    newsroom: TestNewsroom, date: str
) -> None:
    take_over(newsroom)
    newsroom.publish()
    ids = {entry.id for entry in newsroom.entries()}
    matter = f"---\n{date}---\n" if date else ""
    text = "Other words than in the feed stand here.\nAnd more of them.\nNora Lind\n"
    newsroom.page("quay.txt", f"{matter}{PAGE.splitlines()[0]}\n\n{text}\n14 Jan 2026\n")
    newsroom.publish(LATER)
    assert {entry.id for entry in newsroom.entries()} == ids
