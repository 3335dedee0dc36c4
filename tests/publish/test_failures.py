"""What one thing does costs that one thing, whatever it is, and all else is published."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from feeds.entries import identity
from feeds.ledger import changes, holds, lock
from feeds.ledger import readings as stored_readings
from feeds.ledger.changes import Changes
from feeds.ledger.outbox import Ping
from feeds.ledger.readings import Pending
from feeds.model import FORMATS, Entry, Page, Reading
from feeds.model.errors import LedgerError
from feeds.model.guidance import Guidance
from feeds.normalise import normalise, statements
from feeds.publish import articles, decisions, hubs
from feeds.publish import publish as publish_order
from feeds.publish.failures import culprits
from feeds.publish.index.names import Names
from feeds.publish.order import Order
from feeds.syndication import documents, leaks, objections
from feeds.web import create_app
from tests.archived import body, count
from tests.newsrooms import NOW, PAGE, SITE, TestNewsroom, feeds, said

LATER = NOW + timedelta(hours=1)
POISON = "Poison is found in a barrel at the old mill"
BAD = f"{POISON}\n3 Jan 2026\n\nIt was in the third barrel, behind the door that nobody opens.\n"
GOOD = "Gate of the yard is closed at night from Monday"
DRUM = "Drum is back in the yard\n4 Jan 2026\n\nIt stands by the gate.\n"


class NeverThoughtOfError(Exception):
    """What no part of the program expects."""


def failing(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, when: Callable[..., bool]
) -> None:
    """Has the function ``name`` of ``module`` raise ``when`` it is given something."""
    real = getattr(module, name)

    def act(*arguments: Any, **values: Any) -> Any:
        if when(*arguments):
            raise NeverThoughtOfError("spilt")
        return real(*arguments, **values)

    monkeypatch.setattr(module, name, act)


def fill(newsroom: TestNewsroom) -> None:
    newsroom.page("a.txt", f"{GOOD}\n3 Jan 2026\n\nThe key is at the mill, the office said.\n")
    newsroom.page("bad.txt", BAD)
    newsroom.page("bell.txt")


def titles(newsroom: TestNewsroom) -> set[str]:
    return {entry.title for entry in newsroom.entries()}


def served(newsroom: TestNewsroom) -> bytes:
    """All that subscribers get."""
    return b"".join(newsroom.document(form=form).document.body for form in FORMATS)


def healthz(newsroom: TestNewsroom) -> dict[str, Any]:
    app = create_app(str(newsroom.root), newsroom.url, now=lambda: LATER)
    found: dict[str, Any] = app.test_client().get("/feeds/healthz").get_json()
    return found


READING = (
    ("feeds.normalise", "normalise", lambda page: page.path == "bad.txt", "read this page"),
    (
        "feeds.publish.articles",
        "decide_page",
        lambda *found: found[2].path == "bad.txt",
        "make entries of this page",
    ),
    (
        "feeds.publish.index.stories",
        "in_utc",
        lambda entry: entry.title == POISON,
        "make entries of this page",
    ),
    (
        "feeds.ledger.readings",
        "_columns",
        lambda reading: reading is not None and reading.page == "bad.txt",
        "store what it read",
    ),
)


def _module(name: str) -> object:
    import importlib

    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        package, _, inner = name.rpartition(".")
        return getattr(importlib.import_module(package), inner)


@pytest.mark.parametrize(("module", "name", "when", "what"), READING)
def test_a_page_that_raises_whatever_is_refused_by_its_name_and_stops_no_other(
    newsroom: TestNewsroom,
    monkeypatch: pytest.MonkeyPatch,
    module: str,
    name: str,
    when: Callable[..., bool],
    what: str,
) -> None:
    fill(newsroom)
    with monkeypatch.context() as patch:
        failing(patch, _module(module), name, when)
        outcome = newsroom.publish()
        line = f"bad.txt: the program could not {what}: NeverThoughtOfError: spilt; "
        assert [one for one in said(outcome.problems) if one.startswith(line)]
        assert (outcome.exit_code, outcome.entered) == (1, 5)
        assert titles(newsroom) > {GOOD}
        assert POISON not in titles(newsroom)
        assert newsroom.publish(LATER).revision is None  # told once
    assert line in feeds(newsroom, "status", now=LATER).stdout
    checked = feeds(newsroom, "check", now=LATER)
    assert checked.returncode == 1
    assert line in checked.stdout
    report = newsroom.root.parent / "report.html"
    feeds(newsroom, "report", report, now=LATER)
    assert what in report.read_text()
    assert healthz(newsroom)["warnings"] == ["1 page can't be read: 'feeds status' says which"]


def test_nothing_that_a_page_had_begun_stays_in_the_ledger(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first headlines were entered when the last one failed."""
    newsroom.page("bell.txt")
    failing(
        monkeypatch,
        _module("feeds.publish.index.stories"),
        "in_utc",
        lambda entry: entry.title == "Ferry to run at night",
    )
    outcome = newsroom.publish()
    assert (outcome.entered, outcome.revision) == (0, 1)
    for table in ("entries", "aliases", "listed", "history", "members"):
        assert newsroom.rows(f"SELECT * FROM {table}") == []  # noqa: S608 - names from above


def test_a_page_is_read_again_when_it_was_changed_and_the_failure_is_gone(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    with monkeypatch.context() as patch:
        failing(patch, articles, "decide_page", lambda *found: found[2].path == "bad.txt")
        newsroom.publish()
    newsroom.page("bad.txt", BAD.replace("third", "second"))
    assert newsroom.publish(LATER).entered == 1
    assert feeds(newsroom, "status", now=LATER).returncode == 0
    assert healthz(newsroom)["status"] == "ok"


def test_a_page_that_failed_is_published_by_reading_it_again(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    with monkeypatch.context() as patch:
        failing(patch, articles, "decide_page", lambda *found: found[2].path == "bad.txt")
        newsroom.publish()
    feeds(newsroom, "publish", "--reread", "--accept", "new", newsroom.root / "bad.txt")
    assert POISON in titles(newsroom)
    assert feeds(newsroom, "status").returncode == 0


EMBARGOED = f"---\nembargo: 2026-03-01 10:00\n---\n{BAD}"
LIST = PAGE.replace("Ferry to run at night\n08.Jan.2026", f"{POISON}\n03.Jan.2026")


@pytest.mark.parametrize("stage", ["read", "decide"])
def test_what_a_page_kept_back_stays_back_when_the_program_fails_on_it(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """Nor does another page's list bring out its headline, whenever its embargo ends."""
    newsroom.page("bad.txt", EMBARGOED)
    newsroom.publish()
    newsroom.page("bad.txt", EMBARGOED.replace("third", "second"))
    newsroom.page("bell.txt", LIST)
    if stage == "read":
        failing(monkeypatch, _module("feeds.normalise"), "normalise", lambda p: p.path == "bad.txt")
    else:
        failing(monkeypatch, articles, "decide_page", lambda *found: found[2].path == "bad.txt")
    for moment in (LATER, NOW + timedelta(days=90)):
        newsroom.publish(moment)
        assert b"Poison" not in served(newsroom)
        assert b"Bell hangs" in served(newsroom)


def test_a_page_whose_first_version_fails_after_it_was_read_is_as_secret_as_it_says(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.page("bad.txt", EMBARGOED)
    newsroom.page("bell.txt", LIST)
    failing(monkeypatch, articles, "decide_page", lambda *found: found[2].path == "bad.txt")
    newsroom.publish()
    assert b"Poison" not in served(newsroom)


def test_a_page_of_which_it_can_not_be_said_whether_it_is_secret_is(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.page("bad.txt", EMBARGOED)
    newsroom.page("bell.txt", LIST)
    failing(
        monkeypatch, statements, "with_statements", lambda reading, *_: reading.page == "bad.txt"
    )
    newsroom.publish()
    assert b"Bell hangs" in served(newsroom)
    assert b"Poison" not in served(newsroom)


def test_a_page_that_fails_when_it_is_read_again_stays_as_it_was(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    newsroom.publish()
    before = newsroom.entries()
    newsroom.change(
        "UPDATE readings SET reading = packed(replace(unpacked(reading), 'third', 'fourth'))"
    )
    failing(monkeypatch, articles, "decide_again", lambda *_: True)
    monkeypatch.setattr("feeds.publish.reread.decide_again", articles.decide_again)
    ran = feeds(newsroom, "publish", "--reread", now=LATER)
    assert "bad.txt: the program could not make entries of this page again" in ran.stdout
    assert newsroom.entries() == before


def test_a_decision_that_raises_whatever_stops_no_other_and_hides_and_shows_nothing(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    newsroom.publish()
    newsroom.decide('action = "retract"\nentry = "Pilot boat gets another engine"')
    newsroom.publish(LATER)
    newsroom.decide(
        'action = "retract"\nentry = "Ferry to run at night"',
        f'action = "retract"\nentry = "{GOOD}"\nnotice = "spilt"',
        'action = "correct"\nentry = "Pilot boat gets another engine"\ntitle = "Pilot boat"',
    )
    failing(
        monkeypatch,
        _module("feeds.entries.overlay"),
        "_decree",
        lambda _, decreed, *__: decreed.decision.notice == "spilt",
    )
    outcome = newsroom.publish(LATER + timedelta(hours=1))
    (line,) = said(outcome.problems)
    assert line.startswith(f"decisions.toml:7: the program could not retract '{GOOD}'")
    assert outcome.exit_code == 1
    hidden = {title for (title,) in newsroom.rows("SELECT title FROM entries WHERE hidden != ''")}
    assert hidden == {"Pilot boat", "Ferry to run at night"}


def test_a_decision_that_fails_is_tried_again_until_it_takes_effect(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    newsroom.publish()
    newsroom.decide(f'action = "retract"\nentry = "{GOOD}"')
    with monkeypatch.context() as patch:
        failing(patch, decisions, "_when", lambda *_: True)
        assert newsroom.publish(LATER).exit_code == 1
        assert GOOD in titles(newsroom)
    assert newsroom.publish(LATER + timedelta(minutes=5)).retracted == 1
    assert GOOD not in titles(newsroom)


def test_what_was_retracted_stays_so_while_its_decision_fails(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    newsroom.publish()
    newsroom.decide(f'action = "retract"\nentry = "{GOOD}"')
    newsroom.publish(LATER)
    failing(monkeypatch, _module("feeds.entries.overlay"), "_decree", lambda *_: True)
    newsroom.page("new.txt", DRUM)
    outcome = newsroom.publish(LATER + timedelta(hours=1))
    assert (outcome.entered, outcome.exit_code) == (1, 1)
    assert GOOD not in titles(newsroom)
    assert GOOD.encode() not in newsroom.document().document.body


def _is_poisoned(*arguments: Any) -> bool:
    entries: list[Entry] = next(one for one in arguments if isinstance(one, list))
    return any(entry.title == POISON for entry in entries)


def test_an_entry_that_can_not_be_rendered_is_held_and_its_feed_is_published_without_it(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    with monkeypatch.context() as patch:
        failing(patch, documents, "documents", _is_poisoned)
        outcome = newsroom.publish()
        assert [
            line
            for line in said(outcome.problems)
            if line.startswith(f"bad.txt:1: '{POISON}' is held: the program could not render it")
        ]
        assert GOOD.encode() in newsroom.document().document.body
        assert POISON.encode() not in newsroom.document().document.body
        assert feeds(newsroom, "status", now=LATER).returncode == 1
    newsroom.page("new.txt", DRUM)
    newsroom.publish(LATER)
    assert POISON.encode() in newsroom.document().document.body


TWO = f'{SITE}\n[[feeds]]\nname = "short"\ntitle = "Short"\ncontent = "summary"\n'


def test_a_feed_that_can_not_be_rendered_stays_as_it_was_and_the_others_are_published(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.configure(TWO)
    newsroom.page("bell.txt")
    newsroom.publish()
    before = newsroom.document("short").document
    fill(newsroom)
    with monkeypatch.context() as patch:
        failing(patch, documents, "documents", lambda _, feed, *__: feed.name == "short")
        outcome = newsroom.publish(LATER)
        assert [line for line in said(outcome.problems) if line.startswith("short: the program")]
        assert newsroom.document("short").document == before
        assert GOOD.encode() in newsroom.document("latest").document.body
    newsroom.page("new.txt", DRUM)
    newsroom.publish(LATER + timedelta(hours=1))
    assert GOOD.encode() in newsroom.document("short").document.body


def test_what_a_feed_missed_while_it_could_not_be_rendered_reaches_it_once_it_can(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A retraction above all, though nothing of it is news any more by then."""
    newsroom.configure(TWO)
    fill(newsroom)
    newsroom.publish()
    newsroom.decide(f'action = "retract"\nentry = "{GOOD}"')
    with monkeypatch.context() as patch:
        failing(patch, documents, "documents", lambda _, feed, *__: feed.name == "short")
        assert newsroom.publish(LATER).revision == 2
        assert GOOD.encode() in newsroom.document("short").document.body
        assert GOOD.encode() not in newsroom.document("latest").document.body
        again = newsroom.publish(LATER + timedelta(minutes=5))
        assert (again.revision, again.problems) == (None, [])  # tried in vain, and told before
        told = feeds(newsroom, "status", now=LATER)
        assert (told.returncode, "short: the program could not render" in told.stdout) == (1, True)
        assert healthz(newsroom)["warnings"] == [
            "1 feed can't be rendered: 'feeds status' says which"
        ]
    assert newsroom.publish(LATER + timedelta(minutes=10)).revision == 3
    assert GOOD.encode() not in newsroom.document("short").document.body
    assert feeds(newsroom, "status", now=LATER).returncode == 0
    assert newsroom.publish(LATER + timedelta(minutes=15)).revision is None


def test_what_an_archive_missed_while_it_could_not_be_rendered_reaches_it_once_it_can(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.configure(SITE.replace("limit = 30", "limit = 1\narchive = true"))
    for number in range(8):
        name = f"Boat number {number} is painted in another colour"
        newsroom.page(f"{number}.txt", f"{name}\n{number + 1} Jan 2026\n\nIt was grey, and old.\n")
    newsroom.publish()
    later = NOW + timedelta(days=4)
    newsroom.page("new.txt", "Drum is back in the yard\n14 Jan 2026\n\nIt stands by the gate.\n")
    newsroom.publish(later)

    def archived() -> str:
        return "".join(body(newsroom, number).decode() for number in range(1, count(newsroom) + 1))

    assert "Boat number 2" in archived()
    newsroom.decide('action = "retract"\nentry = "Boat number 2 is painted in another colour"')
    with monkeypatch.context() as patch:
        failing(patch, documents, "archive", lambda *_: True)
        newsroom.publish(later + timedelta(minutes=5))
        assert "Boat number 2" in archived()
    newsroom.publish(later + timedelta(minutes=10))
    assert "Boat number 2" not in archived()
    assert "Boat number 3" in archived()


def test_an_entry_that_can_not_be_judged_is_held_and_all_others_are_published(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    failing(monkeypatch, objections, "_address", lambda entry, _: entry.title == POISON)
    outcome = newsroom.publish()
    assert any(
        "the program could not judge whether it may go out" in one for one in said(outcome.problems)
    )
    assert GOOD.encode() in served(newsroom)
    assert b"Poison" not in served(newsroom)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("feeds.syndication.filters", "belongs"),
        ("feeds.syndication.selection", "order_key"),
        ("feeds.publish.feed_updates", "contents_hash"),
        ("feeds.syndication.contents", "items"),
        ("feeds.syndication.encodings", "codings"),
        ("feeds.ledger.members", "replace"),
    ],
)
def test_an_entry_that_raises_whatever_on_its_way_into_a_feed_is_held_and_named(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch, module: str, name: str
) -> None:
    newsroom.page("bell.txt")
    newsroom.publish()
    fill(newsroom)
    failing(monkeypatch, _module(module), name, lambda *given: POISON in repr(given))
    outcome = newsroom.publish(LATER)
    assert [
        line
        for line in said(outcome.problems)
        if line.startswith(
            f"bad.txt:1: '{POISON}' is held: the program could not put it into a feed"
        )
    ]
    assert GOOD.encode() in served(newsroom)
    assert b"Poison" not in served(newsroom)
    assert POISON in feeds(newsroom, "status", now=LATER).stdout


@given(st.lists(st.booleans(), max_size=40))
def test_whoever_makes_it_fail_is_found_among_all_others(are_bad: list[bool]) -> None:
    suspects = list(range(len(are_bad)))
    bad = [number for number in suspects if are_bad[number]]
    found = culprits(suspects, lambda some: any(are_bad[number] for number in some))
    assert sorted(found) == bad


class PanicError(BaseException):
    """What a library that is not written in Python raises where it would have to end."""


def test_what_is_no_exception_costs_its_page_as_well(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    real = normalise

    def read(page: Page, guidance: Guidance) -> Reading:
        if page.path == "bad.txt":
            raise PanicError
        return real(page, guidance)

    monkeypatch.setattr("feeds.normalise.normalise", read)
    outcome = newsroom.publish()
    assert [line for line in said(outcome.problems) if "read this page: PanicError" in line]
    assert titles(newsroom) > {GOOD}


def test_a_kind_that_can_not_be_told_costs_its_page(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    failing(
        monkeypatch,
        _module("feeds.readers.filetypes"),
        "kind_of",
        lambda data, *_: b"Poison" in data,
    )
    assert newsroom.publish().exit_code == 1
    assert titles(newsroom) > {GOOD}


def test_a_run_that_raises_whatever_writes_its_report(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    failing(monkeypatch, stored_readings, "by_path", lambda *_: True)
    report = newsroom.root.parent / "report.html"
    assert feeds(newsroom, "publish", "--report", report).returncode == 2
    assert "NeverThoughtOfError" in report.read_text()


def test_a_failure_that_can_not_say_what_it_is_is_told_all_the_same(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    class SpeechlessError(Exception):
        def __str__(self) -> str:
            raise ZeroDivisionError

    def decide(*_: object, **__: object) -> None:
        raise SpeechlessError

    fill(newsroom)
    monkeypatch.setattr(articles, "decide_page", decide)
    assert all("SpeechlessError" in line for line in said(newsroom.publish().problems))


def test_a_secret_that_can_not_be_looked_for_is_named_and_its_headline_stays_back(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.page("bad.txt", EMBARGOED)
    newsroom.page("bell.txt", LIST)
    failing(monkeypatch, leaks, "sentences", lambda text: POISON in text)
    outcome = newsroom.publish()
    assert any(
        one.startswith("bad.txt: the program could not look for") for one in said(outcome.problems)
    )
    assert b"Bell hangs" in served(newsroom)
    assert b"Poison" not in served(newsroom)


def test_decisions_that_fail_only_together_cost_the_later_one(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    newsroom.publish()
    newsroom.decide(
        f'action = "correct"\nentry = "{GOOD}"\ntitle = "Gate is closed"',
        'action = "correct"\nentry = "Ferry to run at night"\ntitle = "Ferry runs"',
    )
    failing(
        monkeypatch,
        _module("feeds.entries.overlay"),
        "overlay",
        lambda _, decreed, *__: len(decreed) > 1,
    )
    newsroom.page("new.txt", DRUM)
    outcome = newsroom.publish(LATER)
    assert (outcome.entered, outcome.corrected, outcome.exit_code) == (1, 1, 1)
    assert titles(newsroom) >= {"Gate is closed", "Ferry to run at night"}


def test_what_was_kept_back_stays_so_when_a_file_that_is_no_page_any_more_is_renamed(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("bad.txt", EMBARGOED)
    newsroom.page("bell.txt", LIST)
    newsroom.publish()
    newsroom.page("bad.txt", bytes(range(256)) * 40)
    newsroom.publish(LATER)
    (newsroom.root / "bad.txt").rename(newsroom.root / "worse.txt")
    newsroom.publish(LATER + timedelta(hours=1))
    newsroom.page("new.txt", DRUM)
    newsroom.publish(LATER + timedelta(hours=2))
    assert b"Drum is back" in served(newsroom)
    assert b"Poison" not in served(newsroom)


def test_a_page_that_failed_is_read_again_when_something_else_is_said_of_it(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    with monkeypatch.context() as patch:
        failing(patch, articles, "decide_page", lambda *found: found[2].path == "bad.txt")
        newsroom.publish()
    (newsroom.root / "pages.csv").write_text("path,author\nbad.txt,Nora Lind\n")
    newsroom.publish(LATER)
    newsroom.publish(LATER + timedelta(minutes=5))
    assert POISON in titles(newsroom)


def test_a_failure_that_says_something_nobody_can_store_is_told_all_the_same(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)

    def decide(_: object, __: object, pending: Pending, **___: object) -> None:
        raise NeverThoughtOfError(f"no \ud800 here: {pending.path}")

    monkeypatch.setattr(articles, "decide_page", decide)
    assert len(newsroom.publish().problems) == 3


def test_an_item_of_a_feed_that_raises_whatever_costs_that_item(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = newsroom.root.parent / "old.rss"
    items = "".join(
        f"<item><title>{title}</title><guid>urn:{number}</guid>"
        "<pubDate>Thu, 01 Jan 2026 09:00:00 GMT</pubDate></item>"
        for number, title in enumerate((GOOD, POISON, "Drum is back in the yard"))
    )
    feed.write_text(f'<rss version="2.0"><channel><title>Old</title>{items}</channel></rss>')
    with monkeypatch.context() as patch:
        failing(
            patch,
            _module("feeds.publish.index.stories"),
            "in_utc",
            lambda entry: entry.title == POISON,
        )
        ran = feeds(newsroom, "import", feed)
        assert f"the program could not take over '{POISON}'" in ran.stderr
        assert titles(newsroom) == {GOOD, "Drum is back in the yard"}
    assert newsroom.publish(LATER).entered == 1  # tried again
    assert POISON in titles(newsroom)
    assert newsroom.publish(LATER + timedelta(hours=1)).revision is None


def test_a_hub_that_raises_whatever_keeps_no_other_from_being_told(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = ["https://one.test/", "https://two.test/"]
    newsroom.configure(SITE.replace("authority", f"hubs = {addresses}\nauthority"))
    newsroom.page("bell.txt")
    newsroom.publish()
    told = []

    def send(ping: Ping) -> str:
        if ping.hub == addresses[0]:
            raise NeverThoughtOfError("spilt")
        told.append(ping.topic)
        return ""

    monkeypatch.setattr(hubs, "_send", send)
    assert hubs.deliver(newsroom.place, NOW, wait=lambda _: None) == []
    assert len(told) == 3
    assert {hub for (hub,) in newsroom.rows("SELECT hub FROM outbox")} == {addresses[0]}
    assert "NeverThoughtOfError: spilt" in str(newsroom.rows("SELECT failure FROM outbox"))


def test_a_line_of_a_log_that_raises_whatever_costs_that_line(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = (
        '203.0.113.{} - - [14/Jan/2026:05:20:00 +0000] "GET /feeds/latest.rss HTTP/1.1" 200 99 '
        '"-" "reader/{}"\n'
    )
    log = newsroom.root.parent / "access.log"
    log.write_text("".join(line.format(number, number) for number in range(5)))
    failing(
        monkeypatch,
        _module("feeds.audience.logline"),
        "fields",
        lambda text: b"reader/2" in text,
    )
    assert '"polls":4,' in feeds(newsroom, "audience", "--json", log).stdout.replace(" ", "")


def test_one_page_that_raises_whatever_keeps_no_report_from_the_others(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    newsroom.publish()
    newsroom.page("empty.txt", b"")
    newsroom.publish(LATER)
    failing(
        monkeypatch, statements, "with_statements", lambda reading, _: reading.page == "bad.txt"
    )
    for command in ("status", "check"):
        told = feeds(newsroom, command, now=LATER).stdout
        assert "bad.txt: the program could not apply what is stated of this page" in told
        assert "empty.txt: the page is empty" in told


def test_one_look_that_raises_whatever_keeps_the_other_looks_from_nothing(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    newsroom.page("empty.txt", b"")
    newsroom.publish()
    failing(monkeypatch, holds, "everywhere", lambda *_: True)
    told = feeds(newsroom, "check", now=LATER).stdout
    assert "the program could not look for what is wrong with pages" in told
    assert "empty.txt: the page is empty" in told


def test_reading_several_pages_names_the_one_that_raises_whatever(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    failing(
        monkeypatch,
        _module("feeds.reports.saved_page"),
        "normalise",
        lambda page: page.path.endswith("bad.txt"),
    )
    ran = feeds(newsroom, "read", newsroom.root / "bad.txt", newsroom.root / "a.txt")
    assert ran.returncode == 1
    assert "bad.txt: the program could not read this page: NeverThoughtOfError: spilt" in ran.stderr
    assert GOOD in ran.stdout


def test_a_run_that_raises_whatever_is_known_to_have_failed(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    newsroom.publish()
    newsroom.page("new.txt", DRUM)
    failing(monkeypatch, stored_readings, "by_path", lambda *_: True)
    with pytest.raises(NeverThoughtOfError):
        publish_order(Order(newsroom.place, LATER))
    last = lock.last_run(newsroom.database)
    assert last is not None
    assert (last.exit_code, last.said) == (2, "internal error: NeverThoughtOfError: spilt")
    assert healthz(newsroom)["warnings"] == ["the last run failed, with exit code 2"]
    assert "NeverThoughtOfError" in feeds(newsroom, "check", now=LATER).stdout


def test_a_report_that_raises_whatever_leaves_the_run_as_it_ended(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    failing(monkeypatch, _module("feeds.desk.report"), "write_report", lambda *_: True)
    ran = feeds(newsroom, "publish", "--report", newsroom.root.parent / "report.html")
    assert ran.returncode == 0
    assert "the program could not write this report: NeverThoughtOfError: spilt" in ran.stderr


def test_a_traceback_is_shown_with_debug_alone(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fill(newsroom)
    failing(monkeypatch, _module("feeds.normalise"), "normalise", lambda p: p.path == "bad.txt")
    monkeypatch.setattr(logging.getLogger("feeds"), "level", logging.NOTSET)
    ran = feeds(newsroom, "publish")
    assert "Traceback" not in ran.stderr + caplog.text
    newsroom.page("bad.txt", BAD.replace("third", "second"))
    feeds(newsroom, "publish", "--debug")
    assert "Traceback" in caplog.text
    assert "in act" in caplog.text


def test_a_ledger_that_can_not_be_written_is_no_page_s_fault(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)

    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("feeds.ledger.changes.apply", full)
    with pytest.raises(LedgerError, match="full"):
        newsroom.publish()
    assert newsroom.rows("SELECT path FROM readings WHERE failure IS NOT NULL") == []


REFUSED_BY_SQLITE = {
    "too many SQL variables": f"SELECT 1 WHERE '' IN ({','.join('?' * 300000)})",
    "Expression tree is too large (maximum depth 1000)": f"SELECT {'1+' * 2000}1",
    "no such savepoint: x": "RELEASE x",
}


@pytest.mark.parametrize("why", REFUSED_BY_SQLITE)
def test_a_statement_that_sqlite_refuses_is_the_page_s_fault_whose_it_was(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    fill(newsroom)
    real = changes.apply

    def apply(connection: sa.Connection, made: Changes, *others: Any) -> None:
        if any(one.entry.title == POISON for one in made.entered):
            statement = REFUSED_BY_SQLITE[why]
            connection.exec_driver_sql(statement, ("",) * statement.count("?"))
        real(connection, made, *others)

    monkeypatch.setattr(changes, "apply", apply)
    ran = feeds(newsroom, "publish")
    assert (ran.returncode, why in ran.stderr) == (1, True), ran.stderr
    assert "bad.txt: the program could not make entries of this page" in ran.stderr
    assert "restore-ledger" not in ran.stderr
    assert GOOD in titles(newsroom)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("ROLLBACK", "SQLite refuses what it was asked: no such savepoint"),
        ("DROP TABLE aliases", "damaged: it has no table aliases; 'feeds restore-ledger FILE'"),
    ],
)
def test_what_ends_the_transaction_or_lacks_a_table_is_no_page_s_fault(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch, statement: str, said: str
) -> None:
    fill(newsroom)
    newsroom.publish()
    real = changes.apply

    def apply(connection: sa.Connection, *others: Any) -> Any:
        if statement == "ROLLBACK":
            connection.exec_driver_sql(statement)
        return real(connection, *others)

    if statement != "ROLLBACK":
        newsroom.change(statement)
    monkeypatch.setattr(changes, "apply", apply)
    newsroom.page("new.txt", DRUM)
    ran = feeds(newsroom, "publish", now=LATER)
    assert (ran.returncode, said in ran.stderr) == (2, True), ran.stderr
    assert ("restore-ledger" in said) == ("restore-ledger" in ran.stderr)
    assert newsroom.rows("SELECT path FROM readings WHERE failure IS NOT NULL") == []


def _publish_elsewhere(newsroom: TestNewsroom, die: Callable[[], object]) -> int:
    """Publishes in a process that is to ``die`` as soon as it reads bad.txt."""
    child = os.fork()
    if child == 0:
        with patch("feeds.normalise.normalise", _dying(normalise, die)):
            newsroom.publish()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _dying(
    real: Callable[[Page, Guidance], Reading], die: Callable[[], object]
) -> Callable[[Page, Guidance], Reading]:
    def read(page: Page, guidance: Guidance) -> Reading:
        if page.path == "bad.txt":
            die()
        return real(page, guidance)

    return read


def test_a_page_that_ends_the_program_itself_is_refused_when_it_did_so_twice(
    newsroom: TestNewsroom,
) -> None:
    fill(newsroom)

    def killed() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    assert [_publish_elsewhere(newsroom, killed) for _ in range(3)] == [-9, -9, 0]
    assert titles(newsroom) > {GOOD}
    assert (
        "bad.txt: the program was ended 2 times while it read this page"
        in feeds(newsroom, "status").stdout
    )
    newsroom.page("bad.txt", BAD.replace("third", "second"))
    newsroom.publish(LATER)
    assert POISON in titles(newsroom)
    assert sorted(path.name for path in newsroom.database.parent.glob("*.reading")) == []


def test_a_run_that_is_killed_once_while_it_reads_a_page_costs_that_page_nothing(
    newsroom: TestNewsroom,
) -> None:
    fill(newsroom)
    assert _publish_elsewhere(newsroom, lambda: os.kill(os.getpid(), signal.SIGKILL)) == -9
    assert newsroom.publish(LATER).exit_code == 0
    assert POISON in titles(newsroom)


def test_moments_that_a_page_took_before_it_failed_are_free_again(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or what a page comes to would depend on the faults of others."""
    fill(newsroom)  # a.txt comes before
    newsroom.page("good.txt", BAD.replace("Poison", "Cider"))
    failing(
        monkeypatch,
        Names,
        "add",
        lambda _, __, names: any("bad.txt" in name.value for name in names),
    )
    newsroom.publish()
    updated = {entry.title: entry.updated for entry in newsroom.entries()}
    assert updated[POISON.replace("Poison", "Cider")] - updated[GOOD] == timedelta(seconds=1)


def test_pages_of_which_nobody_knows_what_is_doubtful_cost_themselves_alone(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    newsroom.publish()
    newsroom.change(
        "UPDATE readings SET doubts = NULL",
        "UPDATE readings SET reading = '{' WHERE path = 'a.txt'",
    )
    failing(monkeypatch, identity, "is_unaddressed", lambda found: found.page == "bad.txt")
    newsroom.page("new.txt", DRUM)
    assert newsroom.publish(LATER).entered == 1
    unknown = newsroom.rows("SELECT path FROM readings WHERE doubts IS NULL ORDER BY path")
    assert unknown == [("a.txt",), ("bad.txt",)]


def test_a_ledger_that_can_not_be_written_is_not_passed_over_there_either(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom)
    newsroom.publish()
    newsroom.change("UPDATE readings SET doubts = NULL")

    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("feeds.publish.doubts.readings.load_pending", full)
    newsroom.page("new.txt", DRUM)
    with pytest.raises(LedgerError, match="full"):
        newsroom.publish(LATER)
