"""Hubs are told what changed, once it is published; what they do about it delays nothing."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from feeds.ledger import lock, outbox
from feeds.ledger.connect import open_to_note
from feeds.ledger.outbox import Ping
from feeds.ledger.sqlite.lock import path_for
from feeds.model.errors import GateError
from feeds.publish import hubs
from tests.newsrooms import FEEDS, NOW, PAGE, SITE, TestNewsroom, feeds, said
from tests.publish.hubs import Answer, Hub, hub, raw, status
from tests.publish.test_refusals import many
from tests.web.asking import HOST, port_of_ours

BASE = "https://desk.test/feeds/"
LATEST = [f"{BASE}latest.{form}" for form in ("atom", "json", "rss")]
MORE = '\n[[feeds]]\nname = "articles"\ntitle = "Articles"\nkinds = ["article"]\n'
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LATER = NOW + 10 * MINUTE
CORRECTED = PAGE.replace("two men", "three men")


@pytest.fixture(autouse=True)
def _no_proxy_and_no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hubs are on this machine, and nobody has to wait for a website that isn't there."""
    monkeypatch.setenv("no_proxy", HOST)
    monkeypatch.setattr(hubs, "_SETTLE_SECONDS", 0.0)


@pytest.fixture
def one() -> Iterator[Hub]:
    """A hub."""
    with hub() as made:
        yield made


@pytest.fixture
def other() -> Iterator[Hub]:
    """Another hub."""
    with hub() as made:
        yield made


def with_hubs(*addresses: str, more: str = "") -> str:
    return SITE.replace("\n[[feeds]]", f"hubs = {json.dumps(addresses)}\n\n[[feeds]]") + more


def published(newsroom: TestNewsroom, *hubs: Hub, more: str = "") -> TestNewsroom:
    newsroom.configure(with_hubs(*(item.url for item in hubs), more=more))
    newsroom.page("bell.txt")
    newsroom.publish()
    return newsroom


def tell(newsroom: TestNewsroom, now: datetime = NOW, seconds: float = 30) -> list[str]:
    """Tells hubs what is due at ``now``."""
    return said(hubs.deliver(newsroom.place, now, seconds=seconds))


def waiting(newsroom: TestNewsroom) -> list[Ping]:
    ledger = open_to_note(newsroom.database)
    assert ledger is not None
    with ledger.read() as connection:
        return outbox.pending(connection)


# What hubs are told


def test_every_hub_is_told_of_every_document_of_the_first_revision_in_both_fields(
    newsroom: TestNewsroom, one: Hub, other: Hub
) -> None:
    published(newsroom, one, other)
    assert tell(newsroom) == []
    for item in (one, other):
        assert sorted(item.topics) == LATEST
        assert item.got == [
            {"hub.mode": ["publish"], "hub.url": [topic], "hub.topic": [topic]}
            for topic in item.topics
        ]
    assert waiting(newsroom) == []


def test_where_nothing_changed_nobody_is_told_anything(newsroom: TestNewsroom, one: Hub) -> None:
    published(newsroom, one)
    tell(newsroom)
    assert newsroom.publish(LATER).revision is None
    tell(newsroom, LATER)
    assert len(one.got) == 3
    assert waiting(newsroom) == []


def test_hubs_are_told_of_the_documents_whose_bytes_changed_and_of_no_other(
    newsroom: TestNewsroom, one: Hub
) -> None:
    published(newsroom, one, more=MORE)
    tell(newsroom)
    assert len(one.got) == 6
    newsroom.page("list.txt", "Latest newsCrane falls\n12.Jan.2026\nShed burns\n11.Jan.2026\n")
    assert newsroom.publish(LATER).revision == 2
    tell(newsroom, LATER)
    changed = newsroom.rows("SELECT feed || '.' || format FROM documents WHERE revision = 2")
    assert sorted(one.topics[6:]) == sorted(BASE + name for (name,) in changed)
    assert set(LATEST) <= set(one.topics[6:])


def test_a_newsroom_without_hubs_tells_nobody(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt")
    assert feeds(newsroom, "publish", now=NOW).returncode == 0
    last = lock.last_run(newsroom.database)
    assert last is not None
    assert last.due is None


def test_a_newer_change_takes_the_place_of_one_that_still_waits(
    newsroom: TestNewsroom, one: Hub
) -> None:
    published(newsroom, one)
    one.answer = status(500)
    tell(newsroom)
    newsroom.page("bell.txt", CORRECTED)
    newsroom.publish(LATER)
    rows = waiting(newsroom)
    assert [ping.topic for ping in rows] == LATEST
    assert {ping[2:6] for ping in rows} == {(2, NOW, LATER, 0)}  # as old as the first change


def test_an_answer_to_an_older_ping_leaves_the_newer_one_alone(
    newsroom: TestNewsroom, one: Hub
) -> None:
    published(newsroom, one)

    def during(handler: BaseHTTPRequestHandler) -> None:
        one.answer = status(202)
        newsroom.page("bell.txt", CORRECTED)
        newsroom.publish(LATER)
        status(202)(handler)

    one.answer = during
    tell(newsroom)
    assert {ping.revision for ping in waiting(newsroom)} == {2}
    tell(newsroom, LATER)
    assert (sorted(one.topics[-3:]), waiting(newsroom)) == (LATEST, [])


def test_hubs_and_feeds_that_are_configured_no_longer_are_forgotten(
    newsroom: TestNewsroom, one: Hub, other: Hub
) -> None:
    published(newsroom, one, other, more=MORE)
    newsroom.configure(with_hubs(other.url))
    newsroom.publish(LATER)
    assert {ping.hub for ping in waiting(newsroom)} == {other.url}
    assert [ping.topic for ping in waiting(newsroom)] == LATEST


# What hubs do about it


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (status(500), "it answers 500"),
        (status(404, "no such hub\n\x1b[2J"), "it answers 404 (no such hub [2J)"),
        (status(410, "<html><h1>Gone</h1></html>"), "it answers 410"),
        (status(400, "x" * 100_000), f"it answers 400 ({'x' * 120}…)"),
        (
            status(301, Location="https://elsewhere.test/hub"),
            "it answers 301 and points to https://elsewhere.test/hub",
        ),
        (raw(b"\xff\xfe\x00 nonsense\r\n\r\n"), "what it answers is not HTTP"),
        (raw(b""), "what it answers is not HTTP"),
    ],
    ids=["error", "words", "page", "long", "redirect", "garbage", "nothing"],
)
def test_a_hub_that_takes_nothing_is_asked_once_a_run_and_again_after_a_pause(
    newsroom: TestNewsroom, one: Hub, answer: Answer, why: str
) -> None:
    published(newsroom, one)
    one.answer = answer
    assert tell(newsroom) == []
    assert len(one.got) == 1
    rows = waiting(newsroom)
    assert {ping.due for ping in rows} == {NOW + MINUTE}
    assert all(ping.failure.startswith(why) for ping in rows)
    one.answer = status(202)
    tell(newsroom, NOW + MINUTE - timedelta(seconds=1))
    assert len(one.got) == 1
    tell(newsroom, NOW + MINUTE)
    assert (sorted(one.topics[1:]), waiting(newsroom)) == (LATEST, [])


def test_a_hub_that_is_not_there_is_a_failure_too(newsroom: TestNewsroom) -> None:
    with port_of_ours() as port:  # nobody listens there
        newsroom.configure(with_hubs(f"http://{HOST}:{port}/"))
        newsroom.page("bell.txt")
        newsroom.publish()
        assert tell(newsroom) == []
    assert {ping.failure for ping in waiting(newsroom)} == {"Connection refused"}


def test_a_hub_that_takes_its_time_keeps_no_other_waiting(
    newsroom: TestNewsroom, one: Hub, other: Hub
) -> None:
    published(newsroom, one, other)
    told = threading.Event()

    def last(handler: BaseHTTPRequestHandler) -> None:
        told.wait(60)
        status(500)(handler)

    def first(handler: BaseHTTPRequestHandler) -> None:
        status(202)(handler)
        if len(other.got) == 3:
            told.set()

    one.answer, other.answer = last, first
    assert tell(newsroom) == []
    assert sorted(other.topics) == LATEST
    assert {(ping.hub, ping.failure) for ping in waiting(newsroom)} == {(one.url, "it answers 500")}


def test_a_run_waits_for_no_hub_longer_than_it_may(newsroom: TestNewsroom, one: Hub) -> None:
    published(newsroom, one)
    one.answer = one.hang
    assert tell(newsroom, seconds=0.2) == []
    rows = waiting(newsroom)
    assert {(ping.failure, ping.due) for ping in rows} == {
        ("no answer within 0.2 seconds", NOW + MINUTE)
    }
    assert sum(ping.attempts for ping in rows) == 1


def test_a_document_that_a_hub_refuses_keeps_no_other_from_it(
    newsroom: TestNewsroom, one: Hub
) -> None:
    published(newsroom, one)

    def picky(handler: BaseHTTPRequestHandler) -> None:
        status(400 if one.topics[-1] == LATEST[0] else 202)(handler)

    one.answer = picky
    tell(newsroom)
    tell(newsroom, NOW + MINUTE)
    assert set(one.topics) == set(LATEST)
    assert [ping.topic for ping in waiting(newsroom)] == LATEST[:1]


def test_pauses_grow_with_every_failure_of_a_hub_whatever_it_is_told_of(
    newsroom: TestNewsroom, one: Hub
) -> None:
    published(newsroom, one)
    one.answer = status(503)
    now = NOW
    for failures in range(1, 6):
        tell(newsroom, now)
        assert {ping.due for ping in waiting(newsroom)} == {now + hubs.pause(failures)}
        now += hubs.pause(failures)
    assert len(one.got) == 5


def test_of_two_who_would_tell_hubs_at_once_one_does(newsroom: TestNewsroom, one: Hub) -> None:
    published(newsroom, one)

    def again(handler: BaseHTTPRequestHandler) -> None:
        one.answer = status(202)
        assert tell(newsroom) == []
        status(202)(handler)

    one.answer = again
    tell(newsroom)
    assert sorted(one.topics) == LATEST


# Giving up


def test_a_hub_is_given_up_after_a_day_loudly_and_once_until_it_answers_again(
    newsroom: TestNewsroom, one: Hub
) -> None:
    published(newsroom, one)
    one.answer = status(503)
    now, told = NOW, [""]
    while waiting(newsroom):
        ended = feeds(newsroom, "publish", now=now)
        assert ended.returncode == 0
        told.append(ended.stderr)
        now = min((ping.due for ping in waiting(newsroom)), default=now)
    assert DAY <= now - NOW < DAY + hubs.LONGEST_PAUSE
    *before, (line) = told
    assert set(before) == {""}
    file = newsroom.root / "site.toml"
    number = file.read_text().splitlines().index(f'hubs = ["{one.url}"]') + 1
    assert line.startswith(f"{file}:{number}: hubs: the hub {one.url} was not told of {BASE}")
    assert line.endswith(
        "it answers 503; correct its address or take it out; subscribers go on polling\n"
    )
    seen = feeds(newsroom, "status", now=now)
    assert (seen.returncode, f"given up    {line}" in f"{seen.stdout}") == (1, True)
    told = json.loads(feeds(newsroom, "status", "--json", now=now).stdout)
    assert told["hubs_given_up"] == [line.strip()]
    checked = feeds(newsroom, "check", now=now)
    assert f"warning  {line}" in checked.stdout

    newsroom.page("bell.txt", CORRECTED)
    assert feeds(newsroom, "publish", now=now + DAY).stderr == ""
    later = now + 3 * DAY
    assert feeds(newsroom, "publish", now=later).stderr == ""  # known
    assert waiting(newsroom) == []
    one.answer = status(202)
    newsroom.page("bell.txt")
    feeds(newsroom, "publish", now=later + DAY)
    assert "given up" not in feeds(newsroom, "status", now=later + DAY).stdout


def test_a_hub_that_was_given_up_and_taken_out_is_not_spoken_of(
    newsroom: TestNewsroom, one: Hub
) -> None:
    published(newsroom, one)
    one.answer = status(503)
    assert len(tell(newsroom, NOW + DAY)) == 1
    newsroom.configure(SITE)
    feeds(newsroom, "publish", now=NOW + DAY)
    seen = feeds(newsroom, "status", now=NOW + DAY)
    assert "given up" not in seen.stdout
    assert seen.returncode == 0


# The command


def test_a_publish_is_committed_said_and_unlocked_before_a_hub_hears_of_it(
    newsroom: TestNewsroom, one: Hub
) -> None:
    published(newsroom, one)
    tell(newsroom)
    newsroom.page("bell.txt", CORRECTED)
    seen = []

    def look(handler: BaseHTTPRequestHandler) -> None:
        with lock.hold(newsroom.database):
            seen.extend(newsroom.rows("SELECT max(number) FROM revisions"))
        status(500)(handler)

    one.answer = look
    ended = feeds(newsroom, "publish", now=LATER)
    said = "revision 2: 0 new, 1 corrected\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, said, "")
    assert seen == [(2,)]
    last = lock.last_run(newsroom.database)
    assert last is not None
    assert last.exit_code == 0


def test_what_editors_decide_is_told_too(newsroom: TestNewsroom, one: Hub) -> None:
    published(newsroom, one)
    tell(newsroom)
    ended = feeds(newsroom, "retract", "--yes", "Bell hangs", "--who", "nora", now=LATER)
    assert ended.returncode == 0
    assert sorted(one.topics[3:]) == LATEST


def test_what_is_taken_back_is_told_though_the_gate_refuses_the_pages(
    newsroom: TestNewsroom, one: Hub
) -> None:
    newsroom.configure(with_hubs(one.url))
    many(newsroom, 10)
    feeds(newsroom, "publish", now=NOW)
    assert len(one.got) == 3
    many(newsroom, 10, day="2026-01-09")
    newsroom.decide('action = "retract"\nentry = "https://desk.test/3"')
    assert feeds(newsroom, "publish", now=LATER).returncode == GateError.exit_code
    assert sorted(one.topics[3:]) == LATEST


def test_a_preview_tells_nobody(newsroom: TestNewsroom, one: Hub) -> None:
    published(newsroom, one)
    assert feeds(newsroom, "publish", "--reread", "--preview", now=NOW).returncode == 0
    assert one.got == []


def test_a_run_with_nothing_new_opens_no_ledger_while_a_hub_is_left_alone(
    newsroom: TestNewsroom, one: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(newsroom, one)
    one.answer = status(500)
    feeds(newsroom, "publish", now=NOW)
    feeds(newsroom, "publish", now=NOW + MINUTE / 4)  # sees what telling hubs wrote
    with monkeypatch.context() as patched:
        patched.delattr("feeds.publish.revision.revise")
        patched.delattr("feeds.publish.hubs.deliver")
        ended = feeds(newsroom, "publish", now=NOW + MINUTE / 2)
        assert (ended.returncode, ended.stdout) == (0, "nothing new\n")
    assert len(one.got) == 1
    one.answer = status(202)
    ended = feeds(newsroom, "publish", now=NOW + MINUTE)
    assert (ended.returncode, ended.stdout) == (0, "nothing new\n")
    assert sorted(one.topics[1:]) == LATEST


def test_status_tells_which_hub_was_not_told_yet_and_why(newsroom: TestNewsroom, one: Hub) -> None:
    published(newsroom, one)
    one.answer = status(500)
    tell(newsroom)
    seen = feeds(newsroom, "status", now=NOW + 2 * MINUTE)
    line = (
        f"waiting     {one.url} is to be told of 3 documents, changed 2 min ago; "
        "due 2026-01-14T09:31:00Z; at the last attempt: it answers 500"
    )
    assert line in seen.stdout.splitlines()
    assert seen.returncode == 0  # nobody has to do anything yet
    told = json.loads(feeds(newsroom, "status", "--json", now=NOW + 2 * MINUTE).stdout)["pings"]
    assert [ping["topic"] for ping in sorted(told, key=lambda ping: ping["topic"])] == LATEST
    assert {ping["failure"] for ping in told} == {"it answers 500"}


@pytest.mark.parametrize("noted", [True, False])
def test_a_run_that_got_no_further_than_its_commit_leaves_its_pings_to_the_next(
    newsroom: TestNewsroom, one: Hub, noted: bool
) -> None:
    published(newsroom, one)
    if not noted:
        path_for(newsroom.database).unlink()
    assert feeds(newsroom, "publish", now=LATER).stdout == "nothing new\n"
    assert (sorted(one.topics), waiting(newsroom)) == (LATEST, [])


def test_a_run_that_is_killed_while_a_hub_hangs_has_published_and_a_later_one_tells(
    newsroom: TestNewsroom, one: Hub
) -> None:
    newsroom.configure(with_hubs(one.url))
    newsroom.page("bell.txt")
    one.answer = one.hang
    with ExitStack() as stack:
        process = stack.enter_context(start(newsroom))
        stack.callback(process.kill)
        assert one.asked.wait(60)
        process.send_signal(signal.SIGSTOP)  # so that it doesn't tire of waiting
        assert process.stdout is not None
        assert process.stdout.readline() == "revision 1: 4 new, 0 corrected\n"
        # meanwhile nobody is kept from publishing, and nobody tells it the same
        newsroom.page("bell.txt", CORRECTED)
        due = waiting(newsroom)[0].due
        assert tell(newsroom, due - MINUTE / 2) == []
        assert newsroom.publish(due - MINUTE / 2).revision == 2
        process.send_signal(signal.SIGKILL)
        assert process.wait(30) == -signal.SIGKILL
    assert len(one.got) == 1
    one.answer = status(202)
    ended = feeds(newsroom, "publish", now=due)
    assert (ended.returncode, ended.stdout) == (0, "nothing new\n")
    assert (sorted(one.topics[1:]), waiting(newsroom)) == (LATEST, [])


def start(newsroom: TestNewsroom) -> subprocess.Popen[str]:
    """``feeds publish`` in a process of its own."""
    return subprocess.Popen(
        [FEEDS, "publish"],
        env=newsroom.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
