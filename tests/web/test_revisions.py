"""Which revision is served: the newest at once, one in all formats, and never an older one."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from unittest.mock import Mock

import pytest

from tests.conftest import Filled
from tests.newsrooms import NOW, SITE, TestNewsroom, process
from tests.publish.killing import compiler
from tests.web import slow_sync
from tests.web.asking import (
    Answer,
    Ask,
    in_process,
    of_app,
    over_a_socket,
    port_of_ours,
    serving,
    website,
)
from tests.web.conftest import Opener

DOCUMENTS = [f"/feeds/latest.{form}" for form in ("rss", "atom", "json")]
OTHERS = ["/feeds/", "/feeds/latest", "/feeds/news-sitemap.xml", "/feeds/latest/archive/1.rss"]
SYNC_MS = 150


def edition(newsroom: TestNewsroom, number: int) -> None:
    """Publishes the edition of that number: a page that says it, beside some others."""
    page(newsroom, number)
    newsroom.publish(NOW + timedelta(minutes=number))


def page(newsroom: TestNewsroom, number: int) -> None:
    """Writes the page of that edition; it is past when it was saved, so no run waits for it."""
    stated = f"title: Edition number {number} of the newspaper hangs on the quay\ndate: 2026-01-14"
    saved = NOW + timedelta(minutes=number)
    newsroom.page("edition.md", f"---\n{stated}\n---\n\nPeople stand before it.\n", saved)


def publish_first(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("limit = 30", "limit = 1"))
    for number in range(3):
        text = f"It is painted in colour {number} now.\nNora Lind\n"
        newsroom.page(f"{number}.txt", f"Crane number {number} is painted\n\n{text}")
    edition(newsroom, 1)


@pytest.fixture
def own(filled: Filled) -> TestNewsroom:
    """A newsroom that published its edition number 1, with which its feed is full."""
    return filled(publish_first)


def shown(ask: Ask, path: str = "/feeds/latest.rss") -> int:
    """The number of the edition that is served at ``path``."""
    return edition_in(ask(path))


def edition_in(answer: Answer) -> int:
    found = re.search("Edition number ([0-9]+) ", answer.text)
    assert found, answer
    return int(found[1])


def told(ask: Ask) -> dict[str, object]:
    found: dict[str, object] = json.loads(ask("/feeds/healthz").body)
    return found


def waited_for(ask: Ask, number: int) -> None:
    """Returns when that edition is served, which has to be within a second."""
    last = time.monotonic() + 1
    while shown(ask) != number:
        assert time.monotonic() < last, f"edition {number} is not served"
        time.sleep(0.01)


def copied(newsroom: TestNewsroom) -> Path:
    """A whole copy of the ledger as it is now."""
    copy = newsroom.database.with_name("copy.db")
    with (
        closing(sqlite3.connect(newsroom.database)) as source,
        closing(sqlite3.connect(copy)) as made,
    ):
        source.backup(made)
    return copy


def companions(newsroom: TestNewsroom) -> list[Path]:
    name = newsroom.database.name
    return [newsroom.database.with_name(f"{name}{suffix}") for suffix in ("-wal", "-shm")]


def put_back(newsroom: TestNewsroom, copy: Path) -> None:
    """Goes back to a copy, which is then another file at the ledger's place."""
    for path in companions(newsroom):
        path.unlink(missing_ok=True)
    copy.replace(newsroom.database)


def written_over(newsroom: TestNewsroom, copy: Path) -> None:
    """Goes back to a copy, whose bytes are then in the same file."""
    for path in companions(newsroom):
        path.unlink(missing_ok=True)
    shutil.copyfile(copy, newsroom.database)


def begin_epoch(ledger: Path, number: int) -> None:
    with closing(sqlite3.connect(ledger)) as connection, connection:
        connection.execute("REPLACE INTO settings VALUES ('epoch', ?)", (str(number),))


needs_compiler = pytest.mark.skipif(compiler() is None, reason="needs a C compiler")


@needs_compiler
def test_what_is_committed_is_served_within_a_second_however_slow_the_disk_is(
    own: TestNewsroom, tmp_path: Path
) -> None:
    """SQLite writes, then syncs, then makes visible: asked in between it has the old state."""
    found = compiler()
    assert found
    slow = slow_sync.environment(tmp_path, found, SYNC_MS)
    stop = Event()

    def poll() -> None:
        while not stop.wait(0.005):
            shown(ask)

    with (
        closing(sqlite3.connect(own.database)) as reader,
        port_of_ours() as port,
        serving(own, port),
    ):
        reader.execute("SELECT * FROM revisions").fetchall()
        ask = over_a_socket(port)
        polling = Thread(target=poll)
        polling.start()
        try:
            for number in range(2, 5):
                page(own, number)
                done = process(own, "publish", environment=slow)
                assert done.returncode == 0, done.stderr
                waited_for(ask, number)
        finally:
            stop.set()
            polling.join()


def test_a_page_and_the_feeds_are_of_one_revision(own: TestNewsroom) -> None:
    app = website(own)
    app.extensions["feeds"].shelf._clock = lambda: 0.0
    ask = of_app(app)
    assert shown(ask) == 1
    edition(own, 2)
    assert shown(ask) == 1  # it looks once in a while, and no time passes here
    assert shown(ask, "/feeds/latest") == 2
    assert [shown(ask, path) for path in DOCUMENTS] == [2, 2, 2]


def test_what_has_no_room_in_memory_is_of_that_revision_too(
    own: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = website(own).extensions["feeds"].shelf.get(DOCUMENTS[0])
    monkeypatch.setattr("feeds.web.cache._MOST_BYTES", first.size)
    app = website(own)
    shelf = app.extensions["feeds"].shelf
    shelf._clock = lambda: 0.0
    ask = of_app(app)
    assert shown(ask) == 1
    kept = [path for path in DOCUMENTS if shelf.get(path)]
    assert kept == DOCUMENTS[:1]
    edition(own, 2)
    for path in sorted(DOCUMENTS, key=kept.__contains__):
        assert shown(ask, path) == 2


@pytest.mark.parametrize("go_back", [put_back, written_over])
def test_an_older_copy_of_the_ledger_is_not_gone_back_to(
    own: TestNewsroom,
    opened: Opener,
    go_back: Callable[[TestNewsroom, Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    copy = copied(own)
    edition(own, 2)
    ask = opened(own)
    assert shown(ask) == 2
    go_back(own, copy)
    give_up = time.monotonic() + 10
    # that the same file has other bytes is seen with the next connection, half a second later
    while not caplog.records and time.monotonic() < give_up:
        assert [shown(ask, path) for path in DOCUMENTS] == [2, 2, 2]
    assert [shown(ask, path) for path in DOCUMENTS] == [2, 2, 2]
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 1
    assert "serving revision 2 from memory" in said[0]
    assert "revision 1, older than what is served" in said[0]
    for path in OTHERS:
        answer = ask(path)
        assert (path, answer.status, answer.headers["Retry-After"]) == (path, 503, "60")
    monitor = told(ask)
    assert (monitor["status"], monitor["revision"]) == ("warning", 2)
    assert monitor["warnings"] == ["the ledger is an older copy than what was published"]


def test_another_ledger_with_the_same_revision_changes_nothing(
    own: TestNewsroom, tmp_path: Path, opened: Opener
) -> None:
    other = TestNewsroom(tmp_path / "other")
    publish_first(other)
    edition(other, 2)
    other.change("DELETE FROM revisions WHERE number = 1", "UPDATE revisions SET number = 1")
    ask = opened(own)
    assert shown(ask) == 1
    put_back(own, copied(other))
    assert [shown(ask, path) for path in DOCUMENTS] == [1, 1, 1]


@pytest.mark.parametrize("go_back", [put_back, written_over])
def test_a_ledger_that_was_gone_back_to_on_purpose_is_served(
    own: TestNewsroom, opened: Opener, go_back: Callable[[TestNewsroom, Path], None]
) -> None:
    copy = copied(own)
    edition(own, 2)
    edition(own, 3)
    ask = opened(own)
    assert shown(ask) == 3
    begin_epoch(copy, 2)
    go_back(own, copy)
    waited_for(ask, 1)
    assert [shown(ask, path) for path in DOCUMENTS] == [1, 1, 1]
    assert {ask(path).status for path in OTHERS} == {200}
    edition(own, 4)
    assert [shown(ask, path) for path in DOCUMENTS] == [4, 4, 4]


def test_the_newest_revision_is_served_after_the_files_beside_the_ledger_were_deleted(
    own: TestNewsroom, opened: Opener
) -> None:
    ask = opened(own)
    assert shown(ask) == 1
    for number in (2, 3):
        for path in companions(own):
            path.unlink(missing_ok=True)
        page(own, number)
        assert process(own, "publish").returncode == 0  # this process knows the deleted ones
        waited_for(ask, number)


def test_the_newest_revision_is_served_whatever_journal_the_ledger_has(
    own: TestNewsroom, opened: Opener
) -> None:
    own.change("PRAGMA journal_mode=DELETE")
    ask = opened(own)
    assert shown(ask) == 1
    own.change("PRAGMA journal_mode=WAL")
    edition(own, 2)
    assert shown(ask) == 2


def test_a_website_that_is_asked_keeps_no_state_of_the_ledger(own: TestNewsroom) -> None:
    """Or the log of writes would grow for as long as it is asked."""
    app = website(own)
    app.extensions["feeds"].shelf._clock = lambda: 0.0
    ask = of_app(app)
    for number in (1, 2):
        edition(own, number)
        told(ask)
        assert shown(ask) == number
        with closing(sqlite3.connect(own.database)) as other:
            (done,) = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        assert done == (0, 0, 0)


def test_what_was_published_is_in_the_ledgers_own_file_while_a_website_is_asked(
    own: TestNewsroom, tmp_path: Path
) -> None:
    """Somebody will copy that file alone, or delete those beside it."""
    ask = of_app(website(own))
    assert shown(ask) == 1
    with closing(sqlite3.connect(own.database)) as other:
        other.execute("SELECT * FROM revisions").fetchall()
        edition(own, 2)
        alone = tmp_path / "alone.db"
        shutil.copyfile(own.database, alone)
    with closing(sqlite3.connect(alone)) as copy:
        assert copy.execute("SELECT max(number) FROM revisions").fetchall() == [(2,)]


def test_a_website_that_nobody_asks_leaves_the_ledger_to_others(own: TestNewsroom) -> None:
    """Or a copy that was put there could never be brought into WAL mode."""
    ask = of_app(website(own))
    assert shown(ask) == 1
    last = time.monotonic() + 2
    with closing(sqlite3.connect(own.database)) as other:
        while other.execute("PRAGMA journal_mode").fetchone() != ("delete",):
            assert time.monotonic() < last
            with suppress(sqlite3.OperationalError):
                other.execute("PRAGMA journal_mode=DELETE")
            time.sleep(0.02)
    assert shown(ask) == 1


def test_nothing_is_asked_of_the_ledger_for_each_request(own: TestNewsroom) -> None:
    app = website(own)
    app.extensions["feeds"].shelf._clock = lambda: 0.0
    ask = of_app(app)
    assert shown(ask) == 1
    for path in (own.database, *companions(own)):
        path.unlink(missing_ok=True)
    assert {ask(path).status for path in DOCUMENTS * 20} == {200}


def test_threads_that_ask_for_pages_while_it_is_published_are_all_answered(
    own: TestNewsroom,
) -> None:
    ask = of_app(website(own))
    statuses = list[int]()
    backwards = list[tuple[int, int]]()
    stop = Event()

    def poll() -> None:
        before = 0
        while not stop.is_set():
            for path in ("/feeds/latest", "/feeds/latest.rss"):
                answer = ask(path)
                statuses.append(answer.status)
                number = edition_in(answer)
                if number < before:
                    backwards.append((before, number))
                before = number

    threads = [Thread(target=poll) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number in range(2, 6):
            edition(own, number)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert set(statuses) == {200}
    assert backwards == []


def test_a_revision_that_raises_whatever_when_it_is_taken_over_leaves_the_one_before_served(
    own: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = of_app(website(own))
    assert shown(ask) == 1
    edition(own, 2)
    with monkeypatch.context() as patch:
        patch.setattr("feeds.web.cache._shelved", Mock(side_effect=MemoryError))
        assert shown(ask) == 1
    waited_for(ask, 2)


def test_what_is_published_is_taken_over_though_nobody_asks_for_it(own: TestNewsroom) -> None:
    """Or a retraction would be undone when the ledger is lost before the next poll."""
    with port_of_ours() as port, serving(own, port):
        edition(own, 2)
        time.sleep(1.5)
        own.database.parent.rename(own.database.parent.with_name("away"))
        assert shown(over_a_socket(port)) == 2


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("path", DOCUMENTS)
def test_who_wants_nothing_stale_on_an_error_gets_none_while_the_ledger_is_away(
    own: TestNewsroom, path: str, *, plain: bool
) -> None:
    """RFC 5861, section 4: a proxy that may ask another app has no use for what may be old."""
    fresh = {"Cache-Control": "no-cache, Stale-If-Error=0"}
    ask = in_process(own, plain=plain)
    tag = ask(path, headers=fresh).headers["ETag"]
    assert ask(path, headers={**fresh, "If-None-Match": tag}).status == 304
    folder, away = own.database.parent, own.database.parent.with_name("away")
    folder.rename(away)
    for asked in (fresh, {**fresh, "If-None-Match": tag}):
        answer = ask(path, headers=asked)
        assert (answer.status, answer.headers["Cache-Control"]) == (503, "no-store")
        assert answer.headers["Retry-After"]
    for accepted in ({}, {"Cache-Control": "no-cache"}, {"Cache-Control": "stale-if-error=60"}):
        assert ask(path, headers=accepted).status == 200
    assert ask("/feeds/healthz", headers=fresh).status == 200
    away.rename(folder)
    assert ask(path, headers=fresh).status == 200
