"""Ledgers that are missing, empty, damaged, renewed: what the website makes of them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import feedparser
import msgspec
import pytest

from feeds.ledger import mark
from feeds.ledger.connect import open_to_write
from feeds.ledger.sqlite.lock import path_for
from feeds.model.errors import ConfigError
from tests.newsrooms import NOW, PAGE, SITE, TestNewsroom
from tests.web.asking import NAVIGATION, Ask, in_process, port_of_ours, serve
from tests.web.conftest import Opener

PATHS = [
    "/feeds/",
    "/feeds/latest",
    "/feeds/latest.rss",
    "/feeds/latest.atom",
    "/feeds/latest.json",
    "/feeds/stories/nope",
    "/feeds/healthz",
    "/rss",
]
PAGES = ["/feeds/", "/feeds/latest", "/feeds/stories/nope"]
DOCUMENTS = [path for path in PATHS if "latest." in path]
LATER = NOW + timedelta(hours=1)


def missing(newsroom: TestNewsroom) -> None:
    assert not newsroom.database.exists()


def empty_file(newsroom: TestNewsroom) -> None:
    newsroom.database.parent.mkdir()
    newsroom.database.touch()


def without_pages(newsroom: TestNewsroom) -> None:
    newsroom.publish()


def without_revisions(newsroom: TestNewsroom) -> None:
    newsroom.publish()
    newsroom.change("DELETE FROM documents", "DELETE FROM revisions")
    path_for(newsroom.database).unlink()
    (newsroom.root / mark.FILE).unlink()


@pytest.mark.parametrize("prepare", [missing, empty_file, without_pages, without_revisions])
def test_a_ledger_without_stories_gives_valid_empty_feeds(
    newsroom: TestNewsroom, opened: Opener, prepare: Callable[[TestNewsroom], None]
) -> None:
    prepare(newsroom)
    ask = opened(newsroom)
    for form in ("rss", "atom"):
        answer = ask(f"/feeds/latest.{form}")
        parsed = feedparser.parse(answer.body)
        assert (answer.status, parsed.bozo, parsed.entries) == (200, False, [])
        assert parsed.feed.title == "Harbour Desk: latest"
        tag = {"If-None-Match": answer.headers["ETag"]}
        assert ask(f"/feeds/latest.{form}", headers=tag).status == 304
        assert ask(f"/feeds/latest.{form}").body == answer.body
    assert msgspec.json.decode(ask("/feeds/latest.json").body)["items"] == []
    assert ask("/feeds/").status == 200
    assert re.search("Nothing was published|There is no story in it", ask("/feeds/latest").text)
    assert ask("/feeds/healthz").status == 200
    assert ask("/feeds/stories/nope").status == 404
    assert ask("/feeds/nope.rss").status == 404
    assert ask("/rss").status == 308


def test_the_website_makes_no_ledger(newsroom: TestNewsroom, opened: Opener) -> None:
    ask = opened(newsroom)
    for path in PATHS:
        ask(path)
    assert not newsroom.database.parent.exists()


def test_reading_leaves_the_ledger_as_it_is(own: TestNewsroom, opened: Opener) -> None:
    before = own.database.read_bytes()
    ask = opened(own)
    for path in PATHS:
        ask(path)
    assert own.database.read_bytes() == before


def overwritten(newsroom: TestNewsroom) -> None:
    newsroom.database.write_bytes(b"This is no database. " * 1000)


def cut(newsroom: TestNewsroom) -> None:
    newsroom.database.write_bytes(newsroom.database.read_bytes()[:5000])


def zeroed(newsroom: TestNewsroom) -> None:
    data = newsroom.database.read_bytes()
    newsroom.database.write_bytes(data[:4096] + bytes(len(data) - 4096))


def newer(newsroom: TestNewsroom) -> None:
    newsroom.change("UPDATE alembic_version SET version_num = '9999'")


def of_another_program(newsroom: TestNewsroom) -> None:
    newsroom.database.unlink()
    newsroom.change("CREATE TABLE songs (title TEXT)")


def a_folder(newsroom: TestNewsroom) -> None:
    newsroom.database.unlink()
    newsroom.database.mkdir()


@pytest.mark.parametrize("damage", [overwritten, cut, zeroed, of_another_program, a_folder, newer])
def test_while_a_ledger_cannot_be_read_feeds_are_served_and_people_asked_to_come_back(
    own: TestNewsroom,
    opened: Opener,
    damage: Callable[[TestNewsroom], None],
    capfd: pytest.CaptureFixture[str],
) -> None:
    ask = opened(own)
    before = {path: ask(path) for path in DOCUMENTS}
    damage(own)
    for path in DOCUMENTS:
        assert (ask(path).status, ask(path).body) == (200, before[path].body)
    told = msgspec.json.decode(ask("/feeds/healthz").body)
    assert (told["status"], told["revision"]) == ("warning", 1)
    assert ask("/rss").headers["Location"] == "/feeds/latest.rss"
    for path in {*PATHS} - {*DOCUMENTS, "/feeds/healthz", "/rss"}:
        answer = ask(path)
        assert (path, answer.status) == (path, 503)
        assert answer.headers["Retry-After"] == "60"
        assert answer.headers["Cache-Control"] == "no-store"
        if path in PAGES:
            assert "This page can&#39;t be shown just now" in answer.text
        else:
            assert answer.text.startswith("503 ")
            assert answer.text.count("\n") == 1
        assert ask(path, "HEAD").body == b""
    assert "Traceback" not in "".join(capfd.readouterr())


def test_former_names_are_known_while_a_ledger_cannot_be_read(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace('"latest"', '"latest"\nformer_names = ["news"]'))
    newsroom.publish()
    ask = in_process(newsroom)
    assert ask("/feeds/latest.rss").status == 200
    overwritten(newsroom)
    for rest in (".rss", "/archive/1.json"):
        answer = ask(f"/feeds/news{rest}")
        assert (answer.status, answer.headers["Location"]) == (308, f"/feeds/latest{rest}")
    assert ask("/feeds/latest/archive/1.rss").status == 503


def test_a_person_who_asks_for_nothing_without_a_ledger_is_told_so(newsroom: TestNewsroom) -> None:
    newsroom.publish()
    overwritten(newsroom)
    answer = in_process(newsroom)("/nowhere", headers=NAVIGATION)
    assert (answer.status, answer.text) == (404, "404 Not Found\n")


def deleted(newsroom: TestNewsroom) -> None:
    for suffix in ("", "-wal", "-shm"):
        newsroom.database.with_name(newsroom.database.name + suffix).unlink(missing_ok=True)


def emptied(newsroom: TestNewsroom) -> None:
    deleted(newsroom)
    newsroom.database.touch()


def begun_anew(newsroom: TestNewsroom) -> None:
    """A ledger that was made again, by a run that did not publish."""
    deleted(newsroom)
    newsroom.page("pages.csv", "no column of that name\n")
    with pytest.raises(ConfigError):
        newsroom.publish(rebuild=True)
    open_to_write(newsroom.database)


def unreachable(newsroom: TestNewsroom) -> None:
    """Raises an error for whoever looks for it, as a folder does that may not be entered."""
    deleted(newsroom)
    newsroom.database.symlink_to(newsroom.database)


@pytest.mark.parametrize("lose", [deleted, emptied, begun_anew, unreachable])
def test_a_ledger_that_was_lost_makes_no_feed_empty_for_a_new_worker(
    own: TestNewsroom, lose: Callable[[TestNewsroom], None]
) -> None:
    lose(own)
    ask = in_process(own)
    assert {ask(path).status for path in PATHS} == {503}
    told = msgspec.json.decode(ask("/feeds/healthz").body)
    assert (told["status"], told["revision"]) == ("failed", 0)
    assert told["warnings"] == ["the ledger is lost or can't be read"]
    with port_of_ours() as port:
        assert serve(own, "--port", str(port)).returncode == 2


def test_a_lost_ledger_is_known_to_an_older_lock_file_too(newsroom: TestNewsroom) -> None:
    newsroom.publish()
    deleted(newsroom)
    noted = path_for(newsroom.database)
    run = msgspec.json.decode(noted.read_bytes())
    del run["published"]
    noted.write_bytes(msgspec.json.encode(run))
    assert in_process(newsroom)("/feeds/latest.rss").status == 503


def test_a_monitor_hears_of_a_ledger_that_may_not_be_reached(
    own: TestNewsroom, opened: Opener
) -> None:
    ask = opened(own)
    assert ask("/feeds/latest.rss").status == 200
    unreachable(own)
    told = msgspec.json.decode(ask("/feeds/healthz").body)
    assert (told["status"], told["revision"]) == ("warning", 1)
    assert told["warnings"] == ["the ledger is lost or can't be read"]
    assert ask("/feeds/latest.rss").status == 200


def test_a_ledger_that_another_program_locks_stops_no_answer(
    own: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, real = list[float](), sqlite3.connect

    def connect(*arguments: Any, **more: Any) -> Any:
        waits.append(more["timeout"])
        return real(*arguments, **more)

    own.change("PRAGMA journal_mode=DELETE")  # with a log of writes nobody is locked out any more
    ask = in_process(own)
    before = ask("/feeds/latest.rss").body
    with closing(sqlite3.connect(own.database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(sqlite3, "connect", connect)
        assert ask("/feeds/latest.rss").body == before
        assert ask("/feeds/").status == 503
        assert ask("/feeds/latest.rss").body == before
    assert waits
    assert max(waits) <= 0.1  # seconds; a request is over soon, whoever writes


def test_a_ledger_of_a_newer_program_is_not_read(own: TestNewsroom) -> None:
    newer(own)
    ask = in_process(own)
    assert {ask(path).status for path in PATHS} == {503}


def test_a_ledger_emptied_while_it_is_served_empties_no_feed(
    own: TestNewsroom, opened: Opener
) -> None:
    ask = opened(own)
    before = ask("/feeds/latest.rss")
    own.database.write_bytes(b"")
    after = ask("/feeds/latest.rss")
    assert (after.status, after.body) == (200, before.body)
    assert b"<item>" in after.body


@pytest.mark.parametrize(
    "change",
    [
        "revisions SET site = '{'",
        "revisions SET committed = 'some day'",
        "revisions SET committed = 20260114",
        "documents SET last_modified = 'some day'",
        "documents SET body = 'text'",
        "documents SET gzip = 1.5",
    ],
)
def test_a_damaged_value_in_the_ledger_is_no_traceback(
    own: TestNewsroom, change: str, caplog: pytest.LogCaptureFixture
) -> None:
    served, fresh = in_process(own), in_process(own)
    before = served("/feeds/latest.rss").body
    own.change(f"UPDATE {change}", "UPDATE revisions SET number = 2")
    assert fresh("/feeds/latest.rss").status == 503
    assert served("/feeds/latest.rss").body == before
    assert caplog.records
    assert not [record for record in caplog.records if record.exc_info]


def test_an_old_text_that_comes_back_is_as_new_as_its_return(
    newsroom: TestNewsroom, opened: Opener
) -> None:
    """By its date alone, who fetched what stood between would never hear of it."""
    ask = opened(newsroom)
    site = (newsroom.root / "site.toml").read_text(encoding="utf-8")
    newsroom.page("bell.txt")
    found = []
    for hours, text in enumerate((site, site.replace("Desk: latest", "Desk: newest"), site)):
        newsroom.configure(text)
        newsroom.publish(NOW + timedelta(hours=hours))
        found.append(ask("/feeds/latest.rss"))
    first, between, again = found
    assert first.headers["ETag"] == again.headers["ETag"] != between.headers["ETag"]
    assert [one.headers["Last-Modified"] for one in found] == [
        f"Wed, 14 Jan 2026 {hour:02}:30:00 GMT" for hour in (9, 10, 11)
    ]
    since = {"If-Modified-Since": between.headers["Last-Modified"]}
    assert ask("/feeds/latest.rss", headers=since).status == 200


def test_the_website_comes_back_with_the_ledger(own: TestNewsroom, opened: Opener) -> None:
    good = own.database.read_bytes()
    ask = opened(own)
    before = ask("/feeds/latest.rss")
    overwritten(own)
    assert ask("/feeds/").status == 503
    own.database.write_bytes(good)
    assert ask("/feeds/").status == 200
    assert msgspec.json.decode(ask("/feeds/healthz").body)["revision"] == 1
    assert ask("/feeds/latest.rss").body == before.body


def titles(ask: Ask) -> list[str]:
    found: list[dict[str, Any]] = msgspec.json.decode(ask("/feeds/latest.json").body)["items"]
    return [item["title"] for item in found]


def test_a_publish_shows_at_the_next_request(newsroom: TestNewsroom, opened: Opener) -> None:
    ask = opened(newsroom)
    assert titles(ask) == []
    newsroom.page("bell.txt")
    newsroom.publish()
    first = ask("/feeds/latest.json")
    assert len(titles(ask)) == 4
    newsroom.page("lamp.txt", "A second lamp\n\nThe quay has two lamps now.\nNora Lind\n")
    newsroom.publish(LATER)
    assert titles(ask)[0] == "A second lamp"
    second = ask("/feeds/latest.json", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status == 200
    assert second.headers["Last-Modified"] == "Wed, 14 Jan 2026 10:30:00 GMT"
    assert msgspec.json.decode(ask("/feeds/healthz").body)["revision"] == 2


def test_a_publish_that_changes_nothing_leaves_the_validators(
    own: TestNewsroom, opened: Opener
) -> None:
    ask = opened(own)
    before = ask("/feeds/latest.rss").headers
    own.publish(LATER)
    own.page("bell.txt", PAGE, LATER)
    own.publish(LATER)
    after = ask("/feeds/latest.rss").headers
    assert [after[name] for name in ("ETag", "Last-Modified")] == [
        before[name] for name in ("ETag", "Last-Modified")
    ]


def test_a_ledger_that_was_deleted_and_published_again_shows(
    own: TestNewsroom, opened: Opener
) -> None:
    ask = opened(own)
    before = ask("/feeds/latest.rss")
    for path in own.database.parent.iterdir():
        path.unlink()
    assert len(titles(ask)) == 4  # what was read last
    own.page("lamp.txt", "A second lamp\n\nThe quay has two lamps now.\nNora Lind\n")
    own.publish(LATER, rebuild=True)
    assert ask("/feeds/healthz").status == 200  # looks at once, documents within a second
    assert len(titles(ask)) == 5
    assert ask("/feeds/latest.rss").body != before.body


def test_what_was_published_is_served_while_the_configuration_is_broken(
    own: TestNewsroom, opened: Opener
) -> None:
    own.configure("[site")
    ask = opened(own)
    assert len(titles(ask)) == 4
    assert ask("/feeds/").status == 200


def test_a_feed_that_is_configured_no_longer_is_gone(own: TestNewsroom, opened: Opener) -> None:
    ask = opened(own)
    site = (own.root / "site.toml").read_text(encoding="utf-8")
    own.configure(site.replace('name = "latest"', 'name = "all"'))
    assert ask("/feeds/latest.rss").status == 200
    own.publish(LATER)
    assert ask("/feeds/latest.rss").status == 404
    assert ask("/feeds/all.rss").status == 200
    assert ask("/rss").headers["Location"] == "/feeds/all.rss"


def test_a_short_ttl_shortens_what_caches_may_keep(newsroom: TestNewsroom, opened: Opener) -> None:
    site = (newsroom.root / "site.toml").read_text(encoding="utf-8")
    newsroom.configure(site.replace("[[feeds]]", "ttl = 2\n[[feeds]]"))
    assert (
        opened(newsroom)("/feeds/latest.rss")
        .headers["Cache-Control"]
        .startswith("public, max-age=120,")
    )
