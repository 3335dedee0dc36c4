"""Exports of WordPress and Ghost are taken over: all that was published, and nothing else."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import exports
from tests.benchmarks.exports import write_export
from tests.benchmarks.processes import cost_of
from tests.exports import HELD, HOME, IP, as_json, ghost, ghost_post, wxr, wxr_item
from tests.newsrooms import NOW, PROJECT, SITE, Ran, TestNewsroom, feeds
from tests.web.asking import in_process

LATER = NOW + timedelta(hours=1)
COUNT = 240


Filled = Callable[[Callable[[TestNewsroom], object]], TestNewsroom]
"""The fixture: a newsroom that a function has filled."""


def take_over(newsroom: TestNewsroom, data: str | bytes, name: str, *options: str) -> Ran:
    file = newsroom.root.parent / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    done = feeds(newsroom, "import", file, *options)
    file.unlink()
    return done


def many_of_wordpress(newsroom: TestNewsroom) -> None:
    newsroom.configure(
        SITE.replace("limit = 30", "limit = 500").replace("desk.test/", "tarn.test/")
    )
    done = take_over(newsroom, wxr(exports.wxr_posts(COUNT)), "export.xml")
    assert (done.returncode, f"{COUNT} new" in done.stdout) == (0, True), done


def many_of_ghost(newsroom: TestNewsroom) -> None:
    newsroom.configure(
        SITE.replace("limit = 30", "limit = 500").replace("desk.test/", "tarn.test/")
    )
    done = take_over(newsroom, as_json(ghost(exports.ghost_posts(COUNT))), "ghost.json")
    assert (done.returncode, f"{COUNT} new" in done.stdout) == (0, True), done


def items(newsroom: TestNewsroom) -> list[dict[str, Any]]:
    answer = in_process(newsroom)("/feeds/latest.json")
    assert answer.status == 200
    found: list[dict[str, Any]] = json.loads(answer.body)["items"]
    return found


def responses(newsroom: TestNewsroom) -> Iterable[str]:
    """What readers can get, with the page of each story of the newest."""
    ask = in_process(newsroom)
    paths = ["/feeds/latest.rss", "/feeds/latest.atom", "/feeds/latest.json", "/feeds/latest"]
    paths += ["/feeds/", "/feeds/feeds.opml", "/feeds/news-sitemap.xml"]
    paths += [f"/feeds/stories/{entry.hash}" for entry in newsroom.entries()[:10]]
    for path in paths:
        yield ask(path).text


def kept_files(newsroom: TestNewsroom) -> Iterable[tuple[str, bytes]]:
    """All that is there of a newsroom, its ledger and a backup, as it is and decompressed."""
    copy = TestNewsroom(newsroom.root.parent / "backup")
    copy.database = copy.root.parent / "backup.db"
    assert feeds(newsroom, "backup", copy.database).returncode == 0
    for file in newsroom.root.parent.rglob("*"):
        if file.is_file():
            yield str(file), file.read_bytes()
    for one in (newsroom, copy):
        dumped = "\n".join(one.dump())
        assert "sails" in dumped or "mended" in dumped
        yield str(one.database), dumped.encode()


@pytest.mark.parametrize("fill", [many_of_wordpress, many_of_ghost])
def test_nothing_but_what_was_published_is_kept_or_shown(
    filled: Filled, fill: Callable[[TestNewsroom], object]
) -> None:
    newsroom = filled(fill)
    assert len(items(newsroom)) == COUNT
    for answer in responses(newsroom):
        assert HELD not in answer
        assert IP not in answer
    for place, data in kept_files(newsroom):
        assert HELD.encode() not in data, place
        assert IP.encode() not in data, place


@pytest.mark.parametrize("fill", [many_of_wordpress, many_of_ghost])
def test_an_empty_ledger_takes_the_same_over_again(
    filled: Filled, fill: Callable[[TestNewsroom], object]
) -> None:
    newsroom = filled(fill)
    before = items(newsroom)
    for file in newsroom.database.parent.iterdir():
        file.unlink()
    newsroom.publish(LATER, rebuild=True)
    assert items(newsroom) == before


@pytest.mark.parametrize("fill", [many_of_wordpress, many_of_ghost])
def test_what_was_left_out_is_told_when_it_is_checked(
    filled: Filled, fill: Callable[[TestNewsroom], object]
) -> None:
    checked = feeds(filled(fill), "check")
    (line,) = [line for line in checked.stdout.splitlines() if "left out:" in line]
    assert line.startswith("hint")
    assert re.search(r"\d+ drafts", line)


def test_the_same_export_again_brings_nothing_new(filled: Filled) -> None:
    newsroom = filled(many_of_wordpress)
    before = items(newsroom)
    done = take_over(newsroom, wxr(exports.wxr_posts(COUNT)), "export.xml")
    assert done.returncode == 0
    assert "taken over before" in done.stdout
    assert items(newsroom) == before
    assert len(list((newsroom.root / "imported").iterdir())) == 1


def test_a_newer_export_brings_what_is_new_and_takes_back_what_is_not_public_any_more(
    filled: Filled,
) -> None:
    newsroom = filled(many_of_wordpress)
    before = {item["id"]: item for item in items(newsroom)}
    text = wxr(exports.wxr_posts(COUNT + 20))
    closed = [f"{HOME}/?p={number}" for number in (3, 4, 5)]
    for number, said in ((3, "private"), (4, "draft"), (5, "trash")):
        old = wxr_item(number).partition("<wp:post_id>")[2].partition("<wp:post_parent>")[0]
        assert old in text
        text = text.replace(old, old.replace("[publish]", f"[{said}]"))
    text = text.replace("The weir 7 was mended", "The weir 7 was never mended")
    done = take_over(newsroom, text, "export.xml")
    assert done.returncode == 0, done.stderr
    assert "20 new" in done.stdout
    after = {item["id"]: item for item in items(newsroom)}
    assert before.keys() - after.keys() == set(closed)
    assert len(after) == COUNT + 20 - 3
    assert all(after[name] == before[name] for name in after.keys() & before.keys()), "as it was"
    gone = [hash_ for (hash_,) in newsroom.rows("SELECT id FROM entries WHERE hidden != ''")]
    assert sorted(gone) == sorted(closed)
    take_over(newsroom, text, "export.xml")
    assert {item["id"]: item for item in items(newsroom)} == after


def test_what_an_editor_restored_or_retracted_stays_so_whatever_an_export_says(
    newsroom: TestNewsroom,
) -> None:
    take_over(newsroom, as_json(ghost([ghost_post(1), ghost_post(2)])), "ghost.json")
    closed = as_json(ghost([ghost_post(1, status="draft"), ghost_post(2)]))
    entry = next(one for one in newsroom.entries() if one.guid == f"{1:024x}")
    assert "1 retracted" in take_over(newsroom, closed, "ghost.json").stdout
    again = take_over(newsroom, as_json(ghost([ghost_post(1), ghost_post(2)])), "ghost.json")
    assert "is public there, and stays retracted here" in again.stderr
    assert [item["id"] for item in items(newsroom)] == [f"{2:024x}"]
    assert feeds(newsroom, "restore", entry.hash).returncode == 0
    done = take_over(newsroom, closed, "ghost.json")
    assert "is not public there, and stays: it was restored here" in done.stderr
    assert "nothing new" in done.stdout
    assert len(items(newsroom)) == 2


def test_what_members_pay_for_is_in_no_response(filled: Filled) -> None:
    newsroom = filled(many_of_ghost)
    by_id = {item["id"]: item for item in items(newsroom)}
    free, paid = by_id[f"{1:024x}"], by_id[f"{2:024x}"]
    assert "content_html" in free
    assert "content_html" not in paid
    assert paid["summary"] == "Ferry 2 in short."
    entry = next(one for one in newsroom.entries() if one.guid == f"{2:024x}")
    assert (entry.kind, entry.content) == ("article", "")


def test_posts_of_ghost_without_an_address_are_below_the_newsrooms_own(
    newsroom: TestNewsroom,
) -> None:
    take_over(newsroom, as_json(ghost([ghost_post(1)])), "ghost.json")
    assert [item["url"] for item in items(newsroom)] == ["https://desk.test/ferry-1/"]
    take_over(newsroom, as_json(ghost([ghost_post(2)])), "g.json", "--address", "https://b.test/")
    assert {item["url"] for item in items(newsroom)} >= {"https://b.test/ferry-2/"}


def test_an_import_that_fails_leaves_nothing_behind(newsroom: TestNewsroom) -> None:
    (newsroom.root / "imported").write_text("no folder")
    done = take_over(newsroom, wxr(exports.wxr_posts(3)), "export.xml")
    assert done.returncode == 2
    assert "can't be kept" in done.stderr
    (newsroom.root / "imported").unlink()
    (newsroom.root / "imported").mkdir()
    (newsroom.root / "imported" / ".x.json.part").write_text("half of it")
    assert take_over(newsroom, wxr(exports.wxr_posts(3)), "export.xml").returncode == 0
    assert len(list((newsroom.root / "imported").iterdir())) == 1


def test_an_export_that_somebody_put_there_by_hand_is_no_feed(newsroom: TestNewsroom) -> None:
    (newsroom.root / "imported").mkdir()
    (newsroom.root / "imported" / "whole.xml").write_text(wxr(exports.wxr_posts(12)))
    newsroom.decide('action = "import"\nfeed = "imported/whole.xml"')
    assert newsroom.publish().entered == 12
    assert HELD not in "\n".join(newsroom.dump())


PODCAST = f"""<rss version="2.0"><channel><title>P</title><link>{HOME}</link>
<description>d</description><item><title>First</title><guid>p1</guid>
<pubDate>Fri, 09 Jan 2026 10:00:00 GMT</pubDate><description>Words.</description>
<enclosure url="{HOME}/1.mp3" length="123" type="audio/mpeg"/></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x</id><title>P</title>
<updated>2026-01-09T10:00:00Z</updated><entry><id>urn:x:1</id><title>First</title>
<updated>2026-01-09T10:00:00Z</updated><content>Words.</content>
<link rel="enclosure" href="{HOME}/1.mp3" length="123" type="audio/mpeg"/></entry></feed>"""
ATTACHED = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "P",
    "items": [{"id": "j1", "title": "First", "content_text": "Words.",
        "date_published": "2026-01-09T10:00:00Z", "attachments": [
        {"url": f"{HOME}/1.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 123}]}],
})  # fmt: skip


@pytest.mark.parametrize("feed", [PODCAST, ATOM, ATTACHED])
def test_any_feeds_enclosures_are_kept_by_an_empty_ledger_too(
    newsroom: TestNewsroom, feed: str
) -> None:
    assert take_over(newsroom, feed, "old.feed").returncode == 0
    before = items(newsroom)
    assert before[0]["attachments"] == [
        {"url": f"{HOME}/1.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 123}
    ]
    for file in newsroom.database.parent.iterdir():
        file.unlink()
    newsroom.publish(LATER, rebuild=True)
    assert items(newsroom) == before
    assert f'url="{HOME}/1.mp3" length="123"' in in_process(newsroom)("/feeds/latest.rss").text


BLOGGER = f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app"
 xmlns:blogger="http://schemas.google.com/blogger/2018"><id>urn:b</id><title>B</title>
<updated>2026-01-09T10:00:00Z</updated>
<entry><id>urn:b:1</id><title>Out</title><updated>2026-01-09T10:00:00Z</updated>
<category scheme="http://schemas.google.com/g/2005#kind"
 term="http://schemas.google.com/blogger/2008/kind#post"/><content>Words.</content></entry>
<entry><id>urn:b:2</id><title>Draft</title><updated>2026-01-09T10:00:00Z</updated>
<content>{HELD}</content><app:control><app:draft>yes</app:draft></app:control></entry>
<entry><id>urn:b:3</id><title>Draft</title><updated>2026-01-09T10:00:00Z</updated>
<content>{HELD}</content><blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status>
</entry><entry><id>urn:b:4</id><title>Comment</title><updated>2026-01-09T10:00:00Z</updated>
<category scheme="http://schemas.google.com/g/2005#kind"
 term="http://schemas.google.com/blogger/2008/kind#comment"/><content>{HELD}</content></entry>
</feed>"""


def test_what_a_feed_calls_a_draft_stays_out_and_is_kept_nowhere(newsroom: TestNewsroom) -> None:
    done = take_over(newsroom, BLOGGER, "feed.atom")
    assert (done.returncode, "left out: 2 drafts, 1 comment" in done.stderr) == (0, True)
    assert [item["id"] for item in items(newsroom)] == ["urn:b:1"]
    assert not [file for file in newsroom.root.rglob("*.*") if HELD in file.read_text()]
    assert HELD not in "\n".join(newsroom.dump())


def test_a_large_export_takes_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom collections import Counter\n"
        "from feeds.readers.feed.exports import export_in\n"
        "from feeds.readers.feed.kept import write_parts\n"
        "with open(sys.argv[1], 'rb') as file:\n"
        "    for part in write_parts(export_in(file, 'x').items(), Counter()): pass\n"
    )
    peaks = []
    for size in (1, 20):
        file = tmp_path / f"{size}.xml"
        write_export(file, size * 1_000_000)
        cost = cost_of(
            [sys.executable, "-c", program, file], {**os.environ, "PYTHONPATH": str(PROJECT)}
        )
        peaks.append(cost.peak)
    assert peaks[1] < peaks[0] + 25, peaks
