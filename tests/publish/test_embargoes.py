"""What its editors keep back waits quietly, and nothing of it is out before its time."""

from __future__ import annotations

import json
import tracemalloc
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from feeds.desk.report import report
from feeds.ledger import members
from feeds.model import Entry, EntryId
from feeds.syndication.guard import Guard, Secret
from feeds.syndication.spoken import Spoken
from feeds.web import create_app
from tests.newsrooms import NOW, TestNewsroom, feeds, said

TITLE = "Harbour master leaves after the winter storm"
TEXT = (
    "The harbour master leaves the port in spring because nobody mended the northern pier.\n"
    "Who follows him was not told, although three letters were opened in the council hall.\n"
)
ENDS = datetime(2026, 1, 20, 5, 0, tzinfo=UTC)
UNTIL = "2026-01-20 09:00 Asia/Baku (+04:00)"
EMBARGO = "embargo: 2026-01-20 09:00"
LATER = NOW + timedelta(hours=1)
FORMS = ("rss", "atom", "json")


def page(matter: str, title: str = TITLE, text: str = TEXT) -> str:
    return f"---\n{matter}\n---\n{title}\n\n{text}"


def plain(newsroom: TestNewsroom, name: str, title: str, *text: str) -> None:
    """Writes an article of today that is not kept back."""
    newsroom.page(name, page("date: 2026-01-14", title, "\n".join(text) + "\n"))


@pytest.mark.parametrize("matter", [EMBARGO, "status: draft"])
def test_what_waits_because_its_editor_wants_it_needs_nobody(
    newsroom: TestNewsroom, matter: str
) -> None:
    newsroom.page("bell.txt")
    newsroom.page("later.txt", page(matter))
    run = feeds(newsroom, "publish", "--quiet", now=NOW)
    assert run == (0, "", ""), "cron writes no mail"
    for moment in (LATER, LATER + timedelta(days=2)):
        assert feeds(newsroom, "publish", now=moment).returncode == 0
        status = feeds(newsroom, "status", now=moment)
        assert status.returncode == 0, status.stdout
        check = feeds(newsroom, "check", now=moment)
        assert check.returncode == 0, check.stdout
    client = create_app(str(newsroom.root), newsroom.url, now=lambda: LATER).test_client()
    health = client.get("/feeds/healthz").json
    assert health is not None
    assert (health["status"], health["warnings"]) == ("ok", [])


def test_an_embargo_is_listed_with_its_moment_and_zone_wherever_one_looks(
    newsroom: TestNewsroom,
) -> None:
    name = newsroom.page("later.txt", page(EMBARGO))
    first = feeds(newsroom, "publish", now=NOW)
    assert f"later.txt:4: kept back: it waits until {UNTIL}" in first.stderr
    assert UNTIL not in feeds(newsroom, "publish", now=LATER).stderr, "it is said once"
    status = feeds(newsroom, "status", now=LATER)
    assert f"next        {UNTIL}: a story that waits is due" in status.stdout
    assert (
        f"kept back   later.txt:4: '{TITLE}' is kept back: it waits until {UNTIL}" in status.stdout
    )
    told = json.loads(feeds(newsroom, "status", "--json", now=LATER).stdout)
    assert (told["held"], told["zone"]) == ([], "Asia/Baku")
    assert UNTIL in told["kept_back"][0]
    assert told["next_release"] == "2026-01-20T09:00:00+04:00"
    assert UNTIL in feeds(newsroom, "check", now=LATER).stdout
    assert UNTIL in feeds(newsroom, "check", "--json", now=LATER).stdout
    assert UNTIL in report(newsroom.place, LATER)
    assert f"embargo    {UNTIL}" in feeds(newsroom, "read", name).stdout
    read = json.loads(feeds(newsroom, "read", "--json", name).stdout)
    assert (read["embargo"], read["embargo_ends"]) == ("2026-01-20T09:00", UNTIL)


def test_an_embargo_in_another_zone_is_shown_in_the_newsrooms(newsroom: TestNewsroom) -> None:
    newsroom.page("later.txt", page("embargo: 2026-01-20T00:00-05:00"))
    assert UNTIL in said(newsroom.publish().notices)[0]


def test_a_published_story_shows_that_its_next_version_waits(newsroom: TestNewsroom) -> None:
    newsroom.page("later.txt", page("date: 2026-01-13"))
    newsroom.publish()
    newsroom.page("later.txt", page(EMBARGO, text=TEXT + "More of it is to come in the spring.\n"))
    outcome = newsroom.publish(LATER)
    assert (outcome.exit_code, outcome.revision) == (0, None)
    assert "what was published before stays" in said(outcome.notices)[0]
    assert UNTIL in feeds(newsroom, "show", TITLE, now=LATER).stdout
    assert UNTIL in feeds(newsroom, "show", TITLE, "--json", now=LATER).stdout


def test_a_draft_over_what_is_out_needs_somebody_since_it_takes_nothing_back(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("later.txt", page("date: 2026-01-13"))
    newsroom.publish()
    newsroom.page("later.txt", page("status: draft"))
    outcome = newsroom.publish(LATER)
    assert (outcome.exit_code, len(outcome.problems)) == (1, 1)
    assert feeds(newsroom, "status", now=LATER).returncode == 1
    newsroom.decide(f'action = "retract"\nentry = "{TITLE}"')
    newsroom.publish(LATER + timedelta(hours=1))
    assert feeds(newsroom, "status", now=LATER + timedelta(hours=1)).returncode == 0


def test_an_embargo_for_ever_holds_its_page_and_is_told_as_no_date(newsroom: TestNewsroom) -> None:
    newsroom.page("later.txt", page("embargo: 9999-12-31 23:59"))
    newsroom.page("other.txt", page("embargo: 9999-12-31T23:59Z", "Quay is sold for a good price"))
    outcome = newsroom.publish()
    assert (outcome.exit_code, len(outcome.problems), newsroom.entries()) == (1, 2, [])


# What waits is not given away


def test_nine_words_of_an_embargoed_page_hold_another_and_that_needs_somebody(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("later.txt", page(EMBARGO))
    plain(
        newsroom,
        "leak.txt",
        "Shops fear for the winter",
        "Shops say the harbour master leaves the port in spring because nobody buys anything.",
        "Shops say that nobody mended the northern pier. Who follows",
    )
    plain(newsroom, "short.txt", "Ferries run", "The harbour master leaves the port at night.")
    outcome = newsroom.publish()
    (problem,) = outcome.problems
    assert (outcome.exit_code, problem.code, problem.file) == (1, "secret-phrase", "leak.txt")
    assert f"kept back (later.txt): it waits until {UNTIL}" in str(problem)
    body = newsroom.document().document.body
    assert b"Ferries run" in body
    assert b"Shops fear" not in body
    assert feeds(newsroom, "status", now=LATER).returncode == 1
    newsroom.publish(ENDS)
    body = newsroom.document().document.body
    assert b"Shops fear" in body
    assert TITLE.encode() in body
    assert feeds(newsroom, "status", now=ENDS).returncode == 0


@pytest.mark.parametrize(
    "matter",
    [
        "url: https://desk.test/2026/harbour-master-leaves-after-winter-storm",
        "image: https://desk.test/pictures/harbour_master_leaves_after_the_winter_storm.jpg",
        "id: https://desk.test/harbour-master-leaves-after-the-winter-storm",
        "url: https://desk.test/p/4711/",
    ],
)
def test_an_address_that_gives_an_embargoed_story_away_holds_the_page_that_has_it(
    newsroom: TestNewsroom, matter: str
) -> None:
    newsroom.page("later.txt", page(f"{EMBARGO}\nurl: https://desk.test/p/4711"))
    text = "At night.\nSo it is.\n"
    newsroom.page("leak.txt", page(f"date: 2026-01-14\n{matter}", "Ferries run", text))
    outcome = newsroom.publish()
    assert [problem.code for problem in outcome.problems] == ["secret-address"]
    assert all(b"Ferries run" not in newsroom.document(form=f).document.body for f in FORMS)
    if "4711" not in matter:
        assert newsroom.publish(ENDS).exit_code == 0
        assert b"Ferries run" in newsroom.document().document.body


def test_a_link_to_an_embargoed_page_holds_the_story_and_the_line_of_a_list_that_have_it(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("later.txt", page(f"{EMBARGO}\nurl: https://desk.test/p/4711"))
    newsroom.page(
        "leak.md",
        "# Ferries run\n\nAt night, as [we hear](https://desk.test/p/4711).\n\n"
        "## Latest news\n\n- [Somebody goes at last](https://desk.test/p/4711) 13.01.2026\n"
        "- [Pilot boat gets another engine](https://desk.test/b) 09.01.2026\n",
    )
    outcome = newsroom.publish()
    assert [problem.code for problem in outcome.problems] == ["secret-address"] * 2
    for form in FORMS:
        body = newsroom.document(form=form).document.body
        assert b"p/4711" not in body
        assert b"Pilot boat" in body


def test_what_was_public_before_an_embargo_was_written_holds_nothing(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("later.txt", page("date: 2026-01-13\nurl: https://desk.test/p/4711"))
    newsroom.publish()
    newsroom.page("later.txt", page(f"{EMBARGO}\nurl: https://desk.test/p/4711"))
    line = "The harbour master leaves the port in spring because nobody mended it."
    text = f"# Ferries run\n\n{line} [More](https://desk.test/p/4711).\n"
    newsroom.page("other.md", text, LATER)
    outcome = newsroom.publish(LATER)
    assert (said(outcome.problems), outcome.entered) == ([], 1)


def test_many_secrets_take_little_memory_and_are_found_among_many_entries() -> None:
    def text(seed: int, count: int) -> str:
        return " ".join(f"w{(seed * 7919 + at * at * 31) % 5003}" for at in range(count))

    secrets = [Secret(text(one, 400), "secret", title=text(one, 8)) for one in range(200)]
    entries = [
        Entry(
            EntryId(f"tag:x:{number}"),
            "article",
            text(-number, 8),
            NOW,
            NOW,
            content=f"<p>v {text(-number, 8)} <a href='https://a.test/{number}-a-b'>more</a></p>",
        )
        for number in range(1, 2_000)
    ]
    tracemalloc.start()
    guard = Guard(secrets)
    assert tracemalloc.get_traced_memory()[0] < 64 * 2**20
    tracemalloc.stop()
    leaking = msgspec.structs.replace(entries[0], content=f"<p>a {text(7, 20)} b</p>")
    assert list(guard.leaks([leaking, *entries[1:]], {}, Spoken(lambda: entries))) == [leaking.id]


def test_what_is_public_is_looked_through_once_for_what_is_held(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each run judges what is held anew, whatever else comes in."""
    real, looked = members.of_all_feeds, []

    def of_all_feeds(connection: sa.Connection, ids: Any = None) -> Any:
        looked.append(ids is None)
        return real(connection, ids)

    monkeypatch.setattr(members, "of_all_feeds", of_all_feeds)
    newsroom.page("bell.txt")
    newsroom.publish()
    newsroom.page("later.txt", page(EMBARGO))
    plain(newsroom, "leak.txt", "Who leaves and who stays", TEXT.splitlines()[0])
    newsroom.publish(LATER)
    plain(newsroom, "other.txt", "Ferries run again", "They do so from Monday on.")
    assert newsroom.publish(LATER + timedelta(minutes=1)).entered == 1
    assert any(looked)
    looked.clear()
    plain(newsroom, "third.txt", "Crane is sold", "Nobody had wanted it for years.")
    newsroom.publish(LATER + timedelta(minutes=2))
    assert looked
    assert not any(looked)
    assert "Who leaves" not in newsroom.document().document.body.decode()


@pytest.mark.engines
def test_what_was_held_is_out_once_its_words_are_no_secret_any_more(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("bell.txt")
    newsroom.publish()
    newsroom.page("later.txt", page(EMBARGO))
    plain(newsroom, "leak.txt", "Who leaves and who stays", TEXT.splitlines()[0])
    for minutes in (0, 1):
        newsroom.publish(LATER + timedelta(minutes=minutes))
        plain(newsroom, f"{minutes}.txt", f"Crane {minutes} is sold", "Nobody had wanted it.")
    newsroom.page("later.txt", page("date: 2026-01-14"))
    newsroom.publish(LATER + timedelta(minutes=2))
    assert "Who leaves" in newsroom.document().document.body.decode()
