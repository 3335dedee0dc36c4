"""What editors decide takes effect, lasts, and is made again by an empty ledger."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta

import feedparser
import pytest

from feeds.newsroom import decisions, decisions_file
from feeds.newsroom.decisions import Decision
from feeds.web import create_app
from tests.conftest import Filled
from tests.newsrooms import COMMANDED, NOW, SAVED, SITE, TestNewsroom, feeds, said

LATER = NOW + timedelta(hours=1)
TITLE = "Harbour opens a second quay for the ferries"
HIDDEN = "Nobody but the harbour master knew of the Ümlaut crate."
PAGE = (
    f"{TITLE}\n\nIt was opened on Monday.\n{HIDDEN}\nNora Lind\n"
    "Latest news\nBell is cast anew in the town\n11.Jan.2026\nFerry to run\n10.Jan.2026\n\n"
    "14 Jan 2026\n"
)
OTHER = (
    "Another story of that week\n\nText of it.\nNora Lind\nLatest news\n"
    f"{TITLE}\n13.Jan.2026\nBell is cast anew in the town\n11.Jan.2026\n\n14 Jan 2026\n"
)


def publish_two(newsroom: TestNewsroom) -> None:
    newsroom.page("quay.txt", PAGE)
    newsroom.page("z.txt", OTHER)
    newsroom.publish()


@pytest.fixture
def published(filled: Filled) -> TestNewsroom:
    return filled(publish_two)


def titles(newsroom: TestNewsroom) -> set[str]:
    return {entry.title for entry in newsroom.entries()}


def id_of(newsroom: TestNewsroom, title: str) -> str:
    rows = newsroom.rows("SELECT id, title FROM entries")
    (found,) = (str(name) for name, headline in rows if headline == title)
    return found


def state(newsroom: TestNewsroom) -> list[tuple[object, ...]]:
    return newsroom.rows(
        "SELECT id, kind, title, stated, published, texts, authors, url, hidden,"
        " notice, keeper, trace FROM entries ORDER BY id"
    )


def rebuilt(newsroom: TestNewsroom) -> list[tuple[object, ...]]:
    for file in newsroom.database.parent.iterdir():
        file.unlink()
    newsroom.publish(LATER + timedelta(days=1), rebuild=True)
    return state(newsroom)


def test_what_is_retracted_is_gone_from_every_format_and_stays_so(
    published: TestNewsroom,
) -> None:
    entry = id_of(published, TITLE)
    told = 'notice = "The quay is not open."\nreason = "the mayor called"'
    published.decide(f'action = "retract"\nentry = "{entry}"\n{told}')
    assert published.publish(LATER).retracted == 1
    for form in ("rss", "atom", "json"):
        body = published.document(form=form).document.body.decode()
        assert TITLE not in body
        assert "the mayor called" not in body
    atom = published.document(form="atom").document.body.decode()
    (stone,) = re.findall("<at:deleted-entry.*?</at:deleted-entry>", atom, re.S)
    assert f'ref="{entry}"' in stone
    assert "The quay is not open." in stone
    assert atom.index("deleted-entry") < atom.index("<entry")
    assert not feedparser.parse(atom).bozo
    published.page("quay.txt", PAGE, SAVED + timedelta(days=1))
    published.publish(LATER + timedelta(hours=1))
    assert TITLE not in titles(published)
    assert rebuilt(published) == rebuilt(published)
    assert TITLE not in titles(published)


def test_the_page_of_a_retracted_story_answers_gone_with_the_notice(
    published: TestNewsroom,
) -> None:
    name = id_of(published, TITLE).rpartition(":")[2]
    client = create_app(str(published.root), published.url).test_client()
    assert client.get(f"/feeds/stories/{name}").status_code == 200
    published.decide(f'action = "retract"\nentry = "{name}"\nnotice = "Was <wrong>."')
    published.publish(LATER)
    answer = client.get(f"/feeds/stories/{name}")
    assert answer.status_code == 410
    assert "Was &lt;wrong&gt;." in answer.text
    assert TITLE not in answer.text


def test_a_page_may_retract_its_own_story(published: TestNewsroom) -> None:
    published.page("quay.txt", "---\nstatus: retracted\n---\nWithdrawn\n")
    assert published.publish(LATER).retracted == 1
    assert TITLE not in titles(published)
    published.page("third.txt", OTHER.replace("Another", "A third"))
    published.publish(LATER + timedelta(hours=1))
    assert TITLE not in titles(published)
    published.page("quay.txt", PAGE)
    published.publish(LATER + timedelta(hours=2))
    assert TITLE in titles(published)


def test_a_page_that_is_retracted_from_the_start_never_was(newsroom: TestNewsroom) -> None:
    newsroom.page("quay.txt", "---\nstatus: retracted\n---\n" + PAGE)
    outcome = newsroom.publish()
    assert outcome.entered == 2
    assert TITLE not in titles(newsroom)
    newsroom.page("z.txt", OTHER)
    newsroom.publish(LATER)
    assert TITLE not in titles(newsroom)


def test_what_is_restored_has_its_id_its_moments_and_its_words(published: TestNewsroom) -> None:
    before = state(published)
    published.decide(f'action = "retract"\nentry = "{TITLE}"')
    published.publish(LATER)
    published.decide(f'action = "restore"\nentry = "{TITLE}"')
    published.publish(LATER + timedelta(hours=1))
    assert state(published) == before
    assert b"deleted-entry" not in published.document(form="atom").document.body


def words_in_files(newsroom: TestNewsroom, *texts: str) -> list[str]:
    return [
        f"{text} in {file.name}"
        for file in newsroom.database.parent.iterdir()
        for text in texts
        if text.encode() in file.read_bytes() or text.encode("unicode_escape") in file.read_bytes()
    ]


def test_nothing_is_erased_without_a_yes(published: TestNewsroom) -> None:
    entry = next(one.id for one in published.entries() if one.title == TITLE)
    done = feeds(published, "retract", entry, "--erase")
    assert (done.returncode, "nothing was done; add --yes" in done.stderr) == (2, True)
    done = feeds(published, "retract", entry, "--erase", typed="n\n", columns=200)
    assert (done.returncode, "Erase it? [y/N]" in done.stderr) == (2, True)
    assert not (published.root / "decisions.toml").exists()
    done = feeds(published, "retract", entry, "--erase", typed="y\n", columns=200)
    assert done.returncode == 0, done.stderr
    assert published.rows("SELECT hidden FROM entries WHERE title = ''") == [("erased",)]


def test_no_word_is_left_of_what_is_erased(published: TestNewsroom) -> None:
    entry = id_of(published, TITLE)
    done = feeds(published, "correct", entry, "--title", "Quay opened by the tall mayor")
    assert done.returncode == 0, done.stderr
    done = feeds(published, "retract", entry, "--erase", "--yes", "--reason", "a court said so")
    assert done.returncode == 0, done.stderr
    assert f"{entry.rpartition(':')[2]}" in done.stdout
    assert "latest.atom" in done.stdout
    assert str(published.root / "quay.txt") in done.stdout
    texts = (TITLE, HIDDEN, "Quay opened by the tall mayor", "opened on Monday")
    assert words_in_files(published, *texts) == []
    assert (
        TITLE
        not in (published.root / "decisions.toml")
        .read_text(encoding="utf-8")
        .rpartition("erase")[2]
    )
    # neither an edit of its page nor another list brings a word of it back
    published.page("quay.txt", PAGE.replace("Monday.", "Monday, they say."))
    published.page("third.txt", OTHER.replace("Another", "A third").replace("13.Jan", "12.Jan"))
    published.publish(LATER + timedelta(days=900))
    assert words_in_files(published, *texts) == []
    assert TITLE not in titles(published)
    assert "A third story of that week" in titles(published)


def test_no_word_of_what_is_erased_is_left_beside_a_reader_that_has_the_ledger_open(
    published: TestNewsroom,
) -> None:
    with closing(sqlite3.connect(published.database)) as reader:
        reader.execute("SELECT count(*) FROM entries").fetchone()
        published.decide(f'action = "retract"\nentry = "{TITLE}"\nerase = true')
        published.publish(LATER)
        assert words_in_files(published, TITLE, HIDDEN) == []


def test_of_what_became_of_an_erased_story_it_is_told_alone_that_it_was_erased(
    published: TestNewsroom,
) -> None:
    entry = id_of(published, TITLE)
    published.decide(f'action = "retract"\nentry = "{TITLE}"\nerase = true')
    published.publish(LATER)
    number = f"(SELECT sequence FROM entries WHERE id = '{entry}')"  # noqa: S608 - a test's own
    assert published.rows(f"SELECT what FROM history WHERE entry = {number}") == [("erased",)]  # noqa: S608 - as above


def test_what_was_erased_is_restored_from_its_page(published: TestNewsroom) -> None:
    before = {(row[0], row[2], row[6]) for row in state(published)}
    entry = id_of(published, TITLE)
    assert feeds(published, "retract", entry, "--erase", "--yes").returncode == 0
    done = feeds(published, "restore", entry)
    assert done.returncode == 0, done.stderr
    assert {(row[0], row[2], row[6]) for row in state(published)} == before
    assert TITLE in titles(published)


def test_a_correction_beats_the_page_whatever_it_goes_on_saying(published: TestNewsroom) -> None:
    published.decide(
        f'action = "correct"\nentry = "{TITLE}"\ntitle = "Quay to open in May"\n'
        "published = 2026-01-09\nwhen = 2026-01-14T10:00:00Z",
    )
    published.publish(LATER)
    found = next(entry for entry in published.entries() if "May" in entry.title)
    assert found.stated is not None
    assert found.stated.iso == "2026-01-09"
    assert found.updated == LATER.replace(hour=10, minute=0)
    published.page("quay.txt", PAGE.replace("opens a", "opens another"))
    published.publish(LATER + timedelta(hours=1))
    again = next(entry for entry in published.entries() if "May" in entry.title)
    assert (again.id, again.updated) == (found.id, found.updated)
    assert "Quay to open in May" in {row[2] for row in rebuilt(published)}


def test_two_entries_are_merged_and_parted_again(published: TestNewsroom) -> None:
    kept, other = id_of(published, "Ferry to run"), id_of(published, TITLE)
    before = state(published)
    published.decide(f'action = "merge"\nentry = "{kept}"\nduplicate = "{other}"')
    published.publish(LATER)
    (merged,) = (entry for entry in published.entries() if entry.id == kept)
    assert HIDDEN in merged.content
    assert merged.title == "Ferry to run"
    assert other not in {entry.id for entry in published.entries()}
    client = create_app(str(published.root), published.url).test_client()
    answer = client.get(f"/feeds/stories/{other.rpartition(':')[2]}")
    assert answer.status_code == 308
    assert answer.headers["Location"].endswith(kept.rpartition(":")[2])
    published.decide(f'action = "restore"\nentry = "{other}"')
    published.publish(LATER + timedelta(hours=1))
    restored = {row[0]: row[2] for row in state(published)}
    assert restored == {row[0]: row[2] for row in before}
    assert len(published.entries()) == len(before)


def test_a_name_that_fits_several_lists_them_and_does_nothing(published: TestNewsroom) -> None:
    done = feeds(published, "retract", "the")
    assert done.returncode == 2
    assert TITLE in done.stderr
    assert "Bell is cast anew in the town" in done.stderr
    assert not (published.root / "decisions.toml").exists()
    done = feeds(published, "retract", "no such headline")
    assert done.returncode == 2
    assert "feeds list" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("retract", "Quay"),
        ("restore", "Quay"),
        ("correct", "Quay", "--title", "Quay is shut"),
        ("merge", "Quay", "Bell"),
    ],
)
def test_a_part_of_a_headline_decides_nothing_without_a_yes(
    newsroom: TestNewsroom, command: tuple[str, ...]
) -> None:
    newsroom.page("quay.txt", "Quay opens in the spring at last\n\nIt was shut for nine years.\n")
    newsroom.page("bell.txt", "Bell is cast anew in the town\n\nIt had a crack since 1911.\n")
    newsroom.publish()
    done = feeds(newsroom, *command)
    assert done.returncode == 2
    assert "Quay opens in the spring at last" in done.stderr
    assert "--yes" in done.stderr
    assert not (newsroom.root / "decisions.toml").exists()
    done = feeds(newsroom, "retract", "quay opens in the Spring at last")
    assert done.returncode == 0


def test_a_part_of_a_headline_decides_with_a_yes(newsroom: TestNewsroom) -> None:
    newsroom.page("quay.txt", "Quay opens in the spring at last\n\nIt was shut for nine years.\n")
    newsroom.publish()
    assert feeds(newsroom, "retract", "Quay", "--yes").returncode == 0
    assert titles(newsroom) == set()


def test_a_decision_on_something_unknown_is_told_once_and_waits(newsroom: TestNewsroom) -> None:
    newsroom.page("z.txt", OTHER)
    newsroom.decide('action = "retract"\nentry = "Ferry to run"')
    assert "nothing is known as 'Ferry to run'" in said(newsroom.publish().problems)[0]
    assert said(newsroom.publish(LATER).problems) == []
    newsroom.page("quay.txt", PAGE)
    newsroom.publish(LATER)
    assert "Ferry to run" not in titles(newsroom)


def test_a_decision_that_cant_be_understood_stops_no_other_and_no_page(
    published: TestNewsroom,
) -> None:
    published.decide('action = "retrct"\nentry = "x"', f'action = "retract"\nentry = "{TITLE}"')
    published.page("new.txt", "New story\n\nText.\n")
    first, again = published.publish(LATER), published.publish(LATER + timedelta(hours=1))
    assert titles(published) >= {"New story"}
    assert TITLE not in titles(published)
    told = f"{published.root}/decisions.toml:2: THIS MAY BE A RETRACTION, AND IS NOT DONE: "
    for outcome in (first, again):
        assert outcome.exit_code == 1
        assert str(outcome.problems[0]).startswith(f"{told}unknown action 'retrct'; write one of")
    assert again.revision is None


def test_what_was_seen_stays_in_force_while_its_table_is_broken(published: TestNewsroom) -> None:
    path = published.root / "decisions.toml"
    published.decide(
        f'action = "retract"\nentry = "{TITLE}"',
        'action = "correct"\nentry = "Ferry to run"\ntitle = "Ferry to run by night"',
        'action = "retract"\nentry = "A story that is still to come"',
        'action = "archive"\npath = "old"',
    )
    published.publish(LATER)
    sound = path.read_bytes()
    broken = [
        sound.replace(b'"retract"', b'"retract', 1),
        sound.replace(b"\nentry", b"\nenrty"),
        b"\xff\xfe" + sound.decode().encode("utf-16-le"),
        sound.replace(b'"old"', b'"\xe9"').replace(b"Ferry", b"\xe9"),
    ]
    for hours, data in enumerate(broken, start=1):
        path.write_bytes(data)
        published.page(f"old/{hours}.txt", f"Old story number {hours}\n\nText {hours}.\n")
        outcome = published.publish(LATER + timedelta(hours=hours))
        assert [one.code for one in outcome.notices] == []
        assert outcome.exit_code == 1
        assert titles(published) & {TITLE, "Ferry to run"} == set()
    path.write_bytes(sound)
    mended = published.publish(LATER + timedelta(days=1))
    assert [one.code for one in (*mended.problems, *mended.notices)] == []  # told before
    standings = published.rows("SELECT standing FROM entries WHERE title LIKE 'Old story%'")
    assert standings == [("archived",)] * len(broken)
    published.page("come.txt", "A story that is still to come\n\nIt came.\n")
    published.publish(LATER + timedelta(days=2))
    assert "A story that is still to come" not in titles(published)


def test_what_is_broken_is_seen_by_status_check_and_monitors(published: TestNewsroom) -> None:
    published.decide('action = "retract"\nentri = "x"', 'action = "corect"')
    published.publish(LATER)
    for command in ("status", "check"):
        done = feeds(published, command)
        assert done.returncode == 1
        assert "decisions.toml:3: THIS MAY BE A RETRACTION" in done.stdout
        assert "decisions.toml:5: unknown action 'corect'" in done.stdout
    client = create_app(str(published.root), published.url).test_client()
    health = client.get("/feeds/healthz")
    assert health.status_code == 200
    assert "2 decisions can't be understood" in health.get_data(as_text=True)


def test_a_command_decides_at_once_though_another_table_is_broken(published: TestNewsroom) -> None:
    path = published.root / "decisions.toml"
    path.write_text('[[decision]]\naction = "correct"\ntitle = """never closed')
    done = feeds(published, "retract", TITLE, "--reason", "wrong")
    assert done.returncode == 1
    assert "decisions.toml:1: not TOML" in done.stderr
    assert TITLE not in titles(published)
    path.write_bytes(b"\xff\xfe[\x00")
    done = feeds(published, "retract", "Ferry to run")
    assert (done.returncode, "nothing was decided" in done.stderr) == (2, True)
    assert path.read_bytes() == b"\xff\xfe[\x00"


def test_a_new_ledger_is_made_though_a_table_is_broken(published: TestNewsroom) -> None:
    published.decide('action = "corect"', f'action = "retract"\nentry = "{TITLE}"')
    for file in published.database.parent.iterdir():
        file.unlink()
    assert published.publish(LATER, rebuild=True).exit_code == 1
    assert TITLE not in titles(published)


def test_a_command_publishes_no_page_that_waits(published: TestNewsroom) -> None:
    published.page("new.txt", "New story\n\nText.\n")
    assert feeds(published, "retract", TITLE).returncode == 0
    assert titles(published).isdisjoint({TITLE, "New story"})
    published.publish(LATER)
    assert "New story" in titles(published)


@pytest.mark.parametrize(
    "decision",
    [
        Decision("retract", entry="tag:x:a", notice='He said "no"\n\\', erase=True),
        Decision("correct", entry="x", title="A\tB", authors=("A, B", "C"), who="n", when=NOW),
        Decision("merge", entry="a", duplicate="b", reason="\u2028 \x7f ü"),
        Decision("import", feed="imported/x.xml", address="https://desk.test/"),
        Decision("import", feed="imported/x.json", export="a.xml", exported=NOW),
        Decision("archive", path="old/a b"),
    ],
)
def test_what_is_written_is_what_was_decided(decision: Decision) -> None:
    (read,), wrong = decisions_file.parse_decisions(decisions.as_toml(decision, "Head\nline"))
    assert wrong == []
    for field in (
        "action",
        "entry",
        "duplicate",
        "authors",
        "erase",
        "feed",
        "path",
        "when",
        "export",
        "exported",
    ):
        assert getattr(read, field) == getattr(decision, field)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = 1", "no [[decision]]"),
        ("[[decision]]\n", "no action"),
        ('[[decision]]\naction = "retract"', "needs 'entry'"),
        ('[[decision]]\naction = "retract"\nentry = "a"\nnotce = "b"', "did you mean 'notice'"),
        ('[[decision]]\naction = "retract"\nentry = "a"\nerase = "yes"', "true or false"),
        ('[[decision]]\naction = "correct"\nentry = "a"', "says nothing"),
        ('[[decision]]\naction = "correct"\nentry = "a"\npublished = "soon"', "is no date"),
        ('[[decision]]\naction = "correct"\nentry = "a"\nurl = "x"', "url 'x'"),
        ('[[decision]\naction = "a"', "not TOML"),
        (f'[[decision]]\naction = "retract"\nentry = {"1" * 5000}', "thousands of digits"),
        (f"[[decision]]\n{'a.' * 7000}a = 1", "more than 16 names"),
        (f"x = {'[' * 7000}", "nested more than 16 levels"),
        (
            '[[decision]]\naction = "retract"\nentry = "a"\nwhen = 0001-01-01T00:00:00+23:59',
            "when is not a date",
        ),
    ],
)
def test_what_is_wrong_with_a_decision_is_said(text: str, told: str) -> None:
    made, wrong = decisions_file.parse_decisions(text)
    assert made == []
    assert told in str(wrong[0])


def test_the_history_of_an_entry_is_kept(published: TestNewsroom) -> None:
    published.decide(f'action = "retract"\nentry = "{TITLE}"')
    published.publish(LATER)
    with closing(sqlite3.connect(published.database)) as connection:
        told = connection.execute(
            "SELECT what FROM history WHERE entry = (SELECT sequence FROM entries WHERE title = ?)"
            " ORDER BY sequence",
            (TITLE,),
        ).fetchall()
    assert [what.partition(":")[0] for (what,) in told] == ["entered", "enriched", "retracted"]


# what a reviewer would try


def test_what_a_retracted_duplicate_gave_is_taken_back_too(published: TestNewsroom) -> None:
    kept, other = id_of(published, "Ferry to run"), id_of(published, TITLE)
    published.decide(f'action = "merge"\nentry = "{kept}"\nduplicate = "{other}"')
    published.publish(LATER)
    published.decide(f'action = "retract"\nentry = "{other}"\nerase = true')
    published.publish(LATER + timedelta(hours=1))
    assert words_in_files(published, HIDDEN) == []
    assert HIDDEN.encode() not in published.document(form="json").document.body


def test_a_duplicate_of_what_is_erased_is_erased_with_it(published: TestNewsroom) -> None:
    kept, other = id_of(published, "Ferry to run"), id_of(published, TITLE)
    published.decide(f'action = "merge"\nentry = "{kept}"\nduplicate = "{other}"')
    published.decide(f'action = "retract"\nentry = "{kept}"\nerase = true')
    published.publish(LATER)
    assert words_in_files(published, HIDDEN, TITLE) == []


def test_an_erasure_takes_no_other_story_of_the_headline_along(newsroom: TestNewsroom) -> None:
    text = "---\ndate: 2026-01-{}\n---\nPress review\n\n{}\n"
    newsroom.page("review.txt", text.format(10, "All papers write of the quay today."))
    newsroom.publish()
    newsroom.decide('action = "retract"\nentry = "Press review"\nerase = true')
    newsroom.publish(LATER)
    assert newsroom.entries() == []
    newsroom.page("review.txt", text.format(11, "Nobody writes of anything but the storm."))
    newsroom.publish(LATER + timedelta(hours=1))
    embargoed = text.format(12, "The bell is what they write about.").replace(
        "---\nPress", "embargo: 2026-01-16\n---\nPress"
    )
    newsroom.page("later.txt", embargoed)
    newsroom.publish(LATER + timedelta(hours=2))
    newsroom.publish(NOW + timedelta(days=5))
    assert len(newsroom.entries()) == 2


def test_a_list_brings_no_retracted_story_back_by_its_address(newsroom: TestNewsroom) -> None:
    matter = "---\nurl: https://desk.test/quay\n---\n"
    newsroom.page("quay.txt", matter + PAGE)
    newsroom.publish()
    newsroom.decide(f'action = "retract"\nentry = "{TITLE}"')
    newsroom.publish(LATER)
    newsroom.page(
        "list.html",
        "<html><head><title>Another story of that week</title></head><body><article>"
        "<h1>Another story of that week</h1><p>Its text is long enough to be one, and says so.</p>"
        "</article><aside><h2>Latest news</h2><ul>"
        "<li><a href='https://desk.test/quay'>Second quay is open now, they say</a>"
        " <time>12.01.2026</time></li>"
        "<li><a href='https://desk.test/b'>Bell is cast anew in the town</a>"
        " <time>11.01.2026</time></li></ul></aside></body></html>",
    )
    newsroom.publish(LATER + timedelta(hours=1))
    assert "Bell is cast anew in the town" in titles(newsroom)
    assert titles(newsroom).isdisjoint({TITLE, "Second quay is open now, they say"})


def test_decisions_count_in_the_order_of_the_file(published: TestNewsroom) -> None:
    published.decide(f'action = "retract"\nentry = "{TITLE}"')
    published.decide(f'action = "restore"\nentry = "{TITLE}"\nwhen = 2026-01-14T09:45:00Z')
    published.publish(LATER)
    assert TITLE in titles(published)
    rebuilt(published)
    assert TITLE in titles(published)


def test_a_decision_of_the_future_hinders_no_later_one(published: TestNewsroom) -> None:
    published.decide(f'action = "correct"\nentry = "{TITLE}"\nurl = "https://desk.test/q"')
    published.decide(f'action = "restore"\nentry = "{TITLE}"\nwhen = 2030-01-01')
    published.decide(f'action = "retract"\nentry = "{TITLE}"\nwhen = 2026-01-14T10:00:00Z')
    published.publish(LATER)
    assert TITLE not in titles(published)


def test_what_is_dated_in_the_future_by_a_decision_is_told_and_not_used(
    published: TestNewsroom,
) -> None:
    published.decide(f'action = "correct"\nentry = "{TITLE}"\npublished = 2030-01-01')
    assert "is in the future" in said(published.publish(LATER).problems)[0]
    (found,) = (entry for entry in published.entries() if entry.title == TITLE)
    assert found.stated is not None
    assert found.stated.iso == "2026-01-13"


def test_a_right_version_of_a_retracted_story_is_published(published: TestNewsroom) -> None:
    published.decide(f'action = "retract"\nentry = "{TITLE}"')
    published.publish(LATER)
    right = f"---\ndate: 2026-01-14\n---\n{TITLE}\n\nIt is what really happened, says the mayor.\n"
    published.page("right.txt", right)
    assert published.publish(LATER + timedelta(hours=1)).entered == 1
    assert TITLE in titles(published)


def test_a_decision_that_fitted_nothing_and_is_gone_is_forgotten(newsroom: TestNewsroom) -> None:
    newsroom.decide('action = "retract"\nentry = "Ferry to run"')
    newsroom.publish()
    (newsroom.root / "decisions.toml").unlink()
    assert "forgotten" in said(newsroom.publish(LATER).notices)[0]
    newsroom.page("quay.txt", PAGE)
    newsroom.publish(LATER)
    assert "Ferry to run" in titles(newsroom)


def test_a_correction_may_set_all_that_front_matter_sets(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace('language = "en"', 'language = "en"\nsections = true'))
    newsroom.page("a.md", f"---\ntitle: {TITLE}\ndate: 2026-01-12\ncategories: Town\n---\nText.\n")
    newsroom.publish()
    (before,) = newsroom.entries()
    done = feeds(
        newsroom, "correct", TITLE, "--category", "Harbour", "--category", "Ships", "--image",
        "/quay.png", "--alt", "A quay", "--summary", "Short & true.", "--language", "AZ",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "  categories: Town → Harbour, Ships\n" in done.stdout
    (entry,) = newsroom.entries()
    assert (entry.categories, entry.language, entry.summary) == (
        ("Harbour", "Ships"), "az", "Short & true.",
    )  # fmt: skip
    assert entry.image
    assert (entry.image.url, entry.image.type, entry.image.alt) == (
        "https://desk.test/quay.png", "image/png", "A quay",
    )  # fmt: skip
    assert entry.updated == before.updated  # no word of the title or the text is another
    assert entry.evidence["categories"].file == "decisions.toml"
    for form in ("rss", "atom", "json"):
        body = newsroom.document("category-harbour", form).document.body.decode()
        assert all(part in body for part in ("Harbour", "quay.png", "Short &amp; true"[:7]))
        assert TITLE not in newsroom.document("category-town", form).document.body.decode()
    assert "decided by" in feeds(newsroom, "show", TITLE).stdout
    undone = feeds(newsroom, "correct", TITLE, "--category", "", "--image", "", "--summary", "")
    assert "  image: https://desk.test/quay.png (A quay) → none\n" in undone.stdout
    (entry,) = newsroom.entries()
    assert (entry.categories, entry.image, entry.language) == (("Town",), None, "az")
    assert state(newsroom) == rebuilt(newsroom)


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--image", "javascript:alert(1)", "image 'javascript:alert(1)': expected a URL"),
        ("--image", "/a b.png", "image '/a b.png': expected a URL without blanks"),
        ("--language", "klingonish", "language 'klingonish': expected a language tag"),
        ("--url", "desk.test/x", "url 'desk.test/x': expected a URL"),
        ("--published", "soon", "published 'soon' is no date"),
    ],
)
def test_what_a_correction_says_is_checked_as_front_matter_is(
    published: TestNewsroom, option: str, value: str, told: str
) -> None:
    done = feeds(published, "correct", TITLE, option, value)
    assert (done.returncode, told in done.stderr) == (2, True)
    assert not (published.root / "decisions.toml").exists()


def test_a_correction_says_what_became_of_what(published: TestNewsroom) -> None:
    done = feeds(published, "correct", TITLE, "--title", "Quay opens in May", "--author", "Ola N.")
    assert f"  title: {TITLE} → Quay opens in May\n  authors: Nora Lind → Ola N.\n" in done.stdout
    undone = feeds(published, "correct", "Quay opens in May", "--title", "")
    assert f"  title: Quay opens in May → {TITLE}\n" in undone.stdout


def test_an_editor_may_take_the_last_story_out_of_a_section(published: TestNewsroom) -> None:
    sea = '\n[[feeds]]\nname = "sea"\ntitle = "Sea"\ncategories = ["Sea"]\n'
    published.configure(SITE + sea)
    published.decide(
        f'action = "correct"\nentry = "{TITLE}"\ncategories = "Sea"'.replace('"Sea"', '["Sea"]')
    )
    published.publish(LATER)
    assert TITLE in published.document("sea").document.body.decode()
    done = feeds(published, "correct", TITLE, "--category", "Land")
    assert (done.returncode, "categories: Sea → Land" in done.stdout) == (0, True)
    assert TITLE not in published.document("sea").document.body.decode()


def publish_alike(newsroom: TestNewsroom) -> tuple[str, str]:
    """Two articles that look like one; returns their ids."""
    for name, word in (("a", "the"), ("b", "a")):
        newsroom.page(
            f"{name}.md",
            f"---\ntitle: Crane lifts {word} old ferry out of the water\ndate: 2026-01-12\n"
            f"url: https://desk.test/crane\n---\nText of {name}, and of nothing else at all.\n",
        )
    newsroom.publish()
    first, second = sorted(newsroom.entries(), key=lambda entry: entry.title)
    return first.hash, second.hash


def test_what_is_kept_apart_is_hinted_at_no_more(newsroom: TestNewsroom) -> None:
    names = publish_alike(newsroom)
    assert "feeds keep-apart" in feeds(newsroom, "check").stdout
    assert feeds(newsroom, "keep-apart", *names, "--reason", "two ferries").returncode == 0
    assert "feeds merge" not in feeds(newsroom, "check").stdout
    assert "two ferries" in feeds(newsroom, "show", names[0]).stdout
    assert feeds(newsroom, "merge", *names).returncode == 0
    assert len(newsroom.entries()) == 1


def test_what_was_merged_is_parted_again_by_a_decision(newsroom: TestNewsroom) -> None:
    one, other = publish_alike(newsroom)
    newsroom.decide(
        f'action = "merge"\nentry = "{one}"\nduplicate = "{other}"',
        f'action = "keep-apart"\nentry = "{other}"\nother = "{one}"',
    )
    newsroom.publish(LATER)
    assert len(newsroom.entries()) == 2


def test_a_retraction_takes_nothing_along_that_is_kept_apart(published: TestNewsroom) -> None:
    line = TITLE.replace("ferries", "ferries of the north")
    published.page("line.txt", f"Third\n\nText.\nLatest news\n{line}\n13.Jan.2026\n\n14 Jan 2026\n")
    published.publish(LATER)
    published.decide(
        f'action = "correct"\nentry = "{id_of(published, line)}"\nurl = "https://desk.test/q"'
    )
    published.decide(
        f'action = "keep-apart"\nentry = "{TITLE}"\nother = "{line}"',
        f'action = "retract"\nentry = "{TITLE}"',
    )
    published.publish(LATER + timedelta(hours=1))
    assert line in titles(published)
    assert TITLE not in titles(published)


def test_a_page_of_another_name_is_the_story_of_its_text_and_not_what_is_kept_apart(
    newsroom: TestNewsroom,
) -> None:
    text = "The first half of it is this.\n\nAnd the other half is that, at some length.\n"
    newsroom.page("a.md", f"---\ntitle: Pilot boat is sold\ndate: 2026-01-12\n---\n{text}")
    newsroom.page(
        "l.txt",
        "Third\n\nText.\nLatest news\nPilot boat is sold abroad\n12.Jan.2026\n\n14 Jan 2026\n",
    )
    newsroom.publish()
    article, headline = (id_of(newsroom, f"Pilot boat is sold{more}") for more in ("", " abroad"))
    newsroom.decide(f'action = "keep-apart"\nentry = "{article}"\nother = "{headline}"')
    newsroom.publish(LATER)
    (newsroom.root / "a.md").unlink()
    newsroom.page("b.md", f"---\ntitle: Pilot boat is sold abroad\ndate: 2026-01-12\n---\n{text}")
    outcome = newsroom.publish(LATER + timedelta(hours=1))
    assert said(outcome.notices) == []
    kinds = {str(entry.id): entry.kind for entry in newsroom.entries()}
    assert (kinds[article], kinds[headline]) == ("article", "headline")


def test_a_page_that_is_gone_on_purpose_is_told_no_more(published: TestNewsroom) -> None:
    published.page("old/a.md", "---\ntitle: Old story of the mole\ndate: 2026-01-02\n---\nText.\n")
    published.publish(LATER)
    (published.root / "old/a.md").unlink()
    assert "feeds gone old/a.md" in said(published.publish(LATER + timedelta(hours=1)).notices)[0]
    assert feeds(published, "gone", published.root / "quay.txt").returncode == 2
    assert feeds(published, "gone", published.root / "never.txt").returncode == 2
    assert feeds(published, "gone", published.root / "old").returncode == 0
    for command in ("status", "check"):
        assert "old/a.md" not in feeds(published, command).stdout
    assert "Old story of the mole" in titles(published)
    published.page("old/a.md", "---\ntitle: Old story of the mole\ndate: 2026-01-02\n---\nText.\n")
    later = COMMANDED + timedelta(hours=1)
    published.publish(later)
    (published.root / "old/a.md").unlink()
    (notice,) = published.publish(later + timedelta(hours=1)).notices
    assert notice.code == "page-vanished"
    assert "old/a.md" in feeds(published, "status").stdout


def test_pages_may_be_let_go_before_a_run_has_missed_them(published: TestNewsroom) -> None:
    (published.root / "quay.txt").unlink()
    assert feeds(published, "gone", "quay.txt").returncode == 0
    assert published.publish(COMMANDED + timedelta(hours=1)).notices == []
