"""Everything that was ever published is reachable, and archives stay as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from feeds.ledger import archives
from feeds.model.errors import GateError
from feeds.reports import purge
from feeds.reports.check import check_newsroom
from feeds.syndication import documents
from tests.archived import FORMATS, body, count, everything, kept, walk
from tests.conftest import Filled
from tests.newsrooms import NOW, SITE, TestNewsroom, said

SMALL = SITE.replace("limit = 30", "limit = 3")
LATER = NOW + timedelta(days=3)
DAY = timedelta(days=1)
BODY = "Keeper of the lamp said nothing of the matter."
MORE = """
[[feeds]]
name = "quay"
title = "Quay"
limit = 3
archive = true
keywords = ["quay"]
"""


def story(newsroom: TestNewsroom, number: int, title: str = "", text: str = BODY) -> None:
    """A page with an article of the day that is ``number`` days after the first."""
    day = date(2025, 6, 1) + timedelta(days=number)
    title = title or f"Story number {number} is told to the whole town"
    page = f"{title}\n\nFirst line {number}.\n{text} {number}\nNora Lind\n\n{day:%d %b %Y}\n"
    newsroom.page(f"{number:04}.txt", page)


def headlines(newsroom: TestNewsroom, total: int) -> None:
    """A page with a long list."""
    rows = "\n".join(
        f"Headline {number} of a long list in the paper\n"
        f"{date(2020, 1, 1) + timedelta(days=-number):%d.%b.%Y}"
        for number in range(total)
    )
    page = f"A story above the list\n\nIts text.\nNora Lind\nLatest news\n{rows}\n\n14 Jan 2026\n"
    newsroom.page("list.txt", page)


def sets(newsroom: TestNewsroom, feed: str = "latest") -> dict[int, set[str]]:
    """The ids that were put into each archive; 0: those that wait for one."""
    found: dict[int, set[str]] = {}
    query = "SELECT number, id FROM archived JOIN entries ON sequence = entry"
    query += f" WHERE feed = '{feed}'"
    for number, entry in newsroom.rows(query):
        found.setdefault(int(number), set()).add(str(entry))
    return found


def id_of(newsroom: TestNewsroom, title: str) -> str:
    ((found,),) = newsroom.rows(f"SELECT id FROM entries WHERE title LIKE '{title}%'")  # noqa: S608 - a test's own
    return str(found)


def publish_five(newsroom: TestNewsroom) -> None:
    newsroom.configure(SMALL)
    for number in range(5):
        story(newsroom, number)
    newsroom.publish()


@pytest.fixture
def full(filled: Filled) -> TestNewsroom:
    """A newsroom with five stories, of which three can be polled, and one archive."""
    return filled(publish_five)


def test_while_everything_can_be_polled_there_is_no_archive(newsroom: TestNewsroom) -> None:
    newsroom.configure(SMALL)
    for number in range(3):
        story(newsroom, number)
        newsroom.publish(NOW + number * DAY)
        assert count(newsroom) == 0
        assert [len(page.ids) for page in walk(newsroom, "atom")] == [number + 1]


def test_once_something_is_polled_no_longer_all_of_it_is_closed(newsroom: TestNewsroom) -> None:
    newsroom.configure(SMALL)
    for number in range(3):
        story(newsroom, number)
        newsroom.publish(NOW)
    story(newsroom, 3)
    newsroom.publish(NOW + 9 * DAY)
    for form in FORMATS:
        assert [len(page.ids) for page in walk(newsroom, form)] == [3, 4]
    story(newsroom, 4)
    newsroom.publish(NOW + 18 * DAY)
    assert [len(page.ids) for page in walk(newsroom, "rss")] == [3, 4]
    assert len(sets(newsroom)[0]) == 1


def test_an_archive_that_is_closed_never_changes(full: TestNewsroom) -> None:
    before = everything(full)
    for number in range(5, 15):
        story(full, number)
        full.publish(NOW + number * 9 * DAY)
    assert count(full) > 2
    after = everything(full)
    assert {key: after[key] for key in before} == before
    found = Counter(name for page in walk(full, "json")[1:] for name in page.ids)
    assert set(found.values()) == {1}


def test_hundreds_of_headlines_at_first_make_archives_of_a_hundred_at_most(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(SMALL)
    headlines(newsroom, 450)
    newsroom.publish()
    sizes = [len(page.ids) for page in walk(newsroom, "json")]
    assert sum(sizes[1:]) == 451
    assert sizes[0] == 3
    assert {90, 91} >= set(sizes[1:])
    first = body(newsroom, 1)
    assert b"Headline 449 " in first or b"Headline 0 " in first


def test_what_one_story_more_costs_does_not_grow_with_the_ledger(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.configure(SMALL)
    headlines(newsroom, 500)
    newsroom.publish()
    looked: list[int] = []
    real = archives.candidates

    def candidates(*arguments: object) -> object:
        for batch in real(*arguments):  # type: ignore[arg-type] # as it was given
            looked.append(len(batch))
            yield batch

    written: list[int] = []
    monkeypatch.setattr(archives, "candidates", candidates)
    monkeypatch.setattr(archives, "put_documents", lambda *arguments: written.append(arguments[2]))
    story(newsroom, 5)
    newsroom.publish(LATER)
    assert looked == [1]
    assert set(written) <= {count(newsroom) + 1}


def test_old_pages_for_the_archive_are_in_one_and_not_polled(full: TestNewsroom) -> None:
    before = {form: full.document(form=form).document.body for form in FORMATS}
    (full.root / "2019").mkdir()
    story(full, -2000, "An old story that nobody is told of now")
    (full.root / "-2000.txt").rename(full.root / "2019" / "old.txt")
    full.decide('action = "archive"\npath = "2019"')
    outcome = full.publish(LATER)
    assert outcome.revision == 2
    assert b"An old story" in body(full, 2)
    for form in FORMATS:
        text = full.document(form=form).document.body
        assert b"An old story" not in text
        assert text == before[form].replace(b"/archive/1.", b"/archive/2.")


def test_a_correction_of_an_old_story_is_a_revision_of_its_archive(full: TestNewsroom) -> None:
    story(full, 9)
    full.publish(LATER)
    archived = everything(full)
    before = {form: full.document(form=form) for form in FORMATS}
    story(full, 0, text="Keeper of the lamp said a great deal more about the matter.")
    outcome = full.publish(LATER + DAY)
    assert outcome.revision == 3
    assert {form: full.document(form=form) for form in FORMATS} == before
    for form in FORMATS:
        assert b"a great deal more" in body(full, 1, form)
        now, then = kept(full, 1, form), archived[1, form]
        assert now.etag != then.etag
        assert now.last_modified == LATER + DAY
        assert now.revision == 3
    assert list(sets(full)) == [0, 1] or count(full) == 2


def test_a_clock_set_back_does_not_make_an_archive_older(full: TestNewsroom) -> None:
    before = kept(full, 1).last_modified
    story(full, 0, text="Keeper of the lamp said a great deal more about the matter.")
    full.publish(NOW - DAY / 2)
    assert kept(full, 1).last_modified == before + timedelta(seconds=1)


def test_what_is_retracted_leaves_its_archive_and_returns_to_it(full: TestNewsroom) -> None:
    before = everything(full)
    was = sets(full)
    entry = id_of(full, "Story number 0 ")
    full.decide(f'action = "retract"\nentry = "{entry}"\nnotice = "Not so."')
    full.publish(LATER)
    for form in FORMATS:
        assert b"Story number 0 " not in body(full, 1, form)
    assert f'ref="{entry}"'.encode() in body(full, 1, "atom")
    assert b"Not so." in body(full, 1, "atom")
    full.decide(f'action = "restore"\nentry = "{entry}"')
    full.publish(LATER + DAY)
    after = everything(full)
    assert {key: item.etag for key, item in after.items()} == {
        key: item.etag for key, item in before.items()
    }
    assert sets(full) == was


def test_an_archive_of_which_all_is_retracted_is_still_there(full: TestNewsroom) -> None:
    for number in range(5):
        entry = id_of(full, f"Story number {number} ")
        full.decide(f'action = "retract"\nentry = "{entry}"')
    full.publish(LATER)
    for form in FORMATS:
        assert [page.ids for page in walk(full, form)] == [[], []]


def test_no_word_of_what_is_erased_is_left_in_an_archive(full: TestNewsroom) -> None:
    entry = id_of(full, "Story number 1 ")
    assert b"First line 1." in body(full, 1)
    full.decide(f'action = "retract"\nerase = true\nentry = "{entry}"')
    full.publish(LATER)
    for form in FORMATS:
        assert b"Story number 1 " not in body(full, 1, form)
        assert b"First line 1." not in body(full, 1, form)
        assert b"First line 0." in body(full, 1, form)


def test_of_two_that_are_merged_one_is_left_in_archives(full: TestNewsroom) -> None:
    keep, duplicate = id_of(full, "Story number 0 "), id_of(full, "Story number 1 ")
    full.decide(f'action = "merge"\nentry = "{keep}"\nduplicate = "{duplicate}"')
    full.publish(LATER)
    ids = walk(full, "atom")[-1].ids
    assert keep in ids
    assert duplicate not in ids
    assert f'ref="{duplicate}"'.encode() in body(full, 1, "atom")


def test_a_story_restored_before_it_was_ever_in_an_archive_is_not_lost(
    full: TestNewsroom,
) -> None:
    story(full, 20, "Story that is taken back at once by the desk")
    full.publish(LATER)
    entry = id_of(full, "Story that is taken back")
    full.decide(f'action = "retract"\nentry = "{entry}"')
    full.publish(LATER + DAY)
    assert entry not in sets(full).get(0, set())
    for number in range(30, 36):
        story(full, number)
        full.publish(LATER + number * 9 * DAY)
    full.decide(f'action = "restore"\nentry = "{entry}"')
    full.publish(LATER + 999 * DAY)
    assert entry in {name for page in walk(full, "atom")[1:] for name in page.ids}


def test_a_feed_under_another_name_keeps_its_archives(full: TestNewsroom) -> None:
    was = sets(full)
    full.configure(SMALL.replace('name = "latest"', 'name = "all"\nformer_names = ["latest"]'))
    full.publish(LATER)
    assert sets(full) == was
    assert [len(page.ids) for page in walk(full, "rss", "all", "latest")] == [3, 5]


def test_a_feed_without_archives_any_more_has_none_and_may_have_the_same_again(
    full: TestNewsroom,
) -> None:
    before, was = everything(full), sets(full)
    full.configure(SMALL + "archive = false\n")
    full.publish(LATER)
    assert count(full) == 0
    assert full.rows("SELECT * FROM archives") == []
    assert b"archive" not in full.document().document.body
    story(full, 9)
    full.publish(LATER + DAY)
    full.configure(SMALL)
    full.publish(LATER + 2 * DAY)
    after = {key: item.etag for key, item in everything(full).items()}
    assert after == {key: item.etag for key, item in before.items()}
    assert sets(full) == was | {0: {id_of(full, "Story number 9 ")}}


def test_other_filters_put_what_belongs_now_into_further_archives(full: TestNewsroom) -> None:
    full.configure(SMALL + MORE)
    full.publish(LATER)
    assert sets(full, "quay") == {}
    before = everything(full)
    full.configure(SMALL + MORE.replace('"quay"]', '"lamp"]'))
    full.publish(LATER + DAY)
    assert everything(full) == before
    was = sets(full, "quay")
    assert {number: len(found) for number, found in was.items()} == {1: 5}
    full.configure(SMALL + MORE.replace('"quay"]', '"nothing at all"]'))
    full.publish(LATER + 2 * DAY, accept=("empty",))
    assert sets(full, "quay") == was


def test_a_new_title_is_in_archives_and_other_settings_are_not(full: TestNewsroom) -> None:
    before = everything(full)
    full.configure(SMALL.replace("limit = 3", 'limit = 4\nkinds = ["article", "headline"]'))
    full.publish(LATER)
    assert everything(full) == before
    full.configure(SMALL.replace("Harbour Desk: latest", "All of the quay"))
    full.publish(LATER + DAY)
    for form in FORMATS:
        assert b"All of the quay" in body(full, 1, form)


def test_a_held_story_is_in_no_archive_until_it_may_be(newsroom: TestNewsroom) -> None:
    newsroom.configure(SMALL)
    told = "The crate was sold to a man who never wore a hat indoors or out."
    paid = f"---\naccess: paid\n---\nPaid story of the quay\n\n{told}\nNora Lind\n\n1 Jan 2026\n"
    newsroom.page("paid.txt", paid)
    for number in range(5):
        story(newsroom, number, text=told if number == 0 else BODY)
    assert said(newsroom.publish().problems)
    assert b"Story number 0 " not in body(newsroom, 1)
    newsroom.page("paid.txt", paid.replace("access: paid", "access: free"))
    newsroom.publish(LATER)
    ids = [name for page in walk(newsroom, "atom")[1:] for name in page.ids]
    assert id_of(newsroom, "Story number 0 ") in ids


def test_an_archive_that_nothing_can_read_undoes_the_revision(
    full: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = documents.archive
    before = full.dump()

    def broken(*arguments: object) -> object:
        made = real(*arguments)  # type: ignore[arg-type] # as it was given
        return [type(made[0])("latest/archive/1", "rss", "", b"<rss>", "x"), *made[1:]]

    monkeypatch.setattr(documents, "archive", broken)
    story(full, 0, text="Keeper of the lamp said a great deal more about the matter.")
    with pytest.raises(GateError, match=r"latest/archive/1\.rss is not well-formed"):
        full.publish(LATER)
    entries = [line for line in before if '"entries"' in line or '"archives"' in line]
    assert [line for line in full.dump() if '"entries"' in line or '"archives"' in line] == entries


@pytest.mark.parametrize(
    ("damage", "forms", "told"),
    [
        ("DELETE FROM archives WHERE format = 'atom'", ["atom"], "is missing"),
        ("DELETE FROM archive_bodies", FORMATS, "can't be unpacked"),
        ("UPDATE archive_bodies SET bodies = x'00'", FORMATS, "can't be unpacked"),
        ("UPDATE archive_bodies SET bodies = substr(bodies, 1, 99)", FORMATS, "can't be unpacked"),
        ("UPDATE archive_bodies SET bodies = x'0b008080'", FORMATS, "can't be unpacked"),
        ("UPDATE archives SET etag = 'x' WHERE format = 'atom'", ["atom"], "ETag"),
    ],
)
def test_check_finds_a_damaged_archive(
    full: TestNewsroom, damage: str, forms: Sequence[str], told: str
) -> None:
    newsroom = full.place
    assert [found for found in check_newsroom(newsroom, NOW) if found.severity == "error"] == []
    full.change(damage)
    damaged = [found for found in check_newsroom(newsroom, NOW) if found.severity == "error"]
    places = {found.problem.place for found in damaged}
    assert places == {f"latest/archive/1.{form}" for form in forms}
    assert all(told in found.problem.told for found in damaged)


UNSPOKEN = "The harbour master sold the quay to a man who owns three circuses and a lighthouse."
KEPT_BACK = f"---\nembargo: 2026-02-01\n---\nQuay is sold\n\n{UNSPOKEN}\nNora Lind\n"


def test_what_was_only_recorded_is_judged_when_archives_begin(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("limit = 30", "limit = 30\narchive = false"))
    newsroom.page("bell.txt")
    newsroom.page("old/quay.txt", f"Old tales of the quay\n\n{UNSPOKEN}\nNora Lind\n")
    newsroom.page("decisions.toml", '[[decision]]\naction = "archive"\npath = "old"\n')
    newsroom.publish()
    newsroom.page("secret.txt", KEPT_BACK)
    newsroom.publish(NOW + timedelta(hours=1))
    newsroom.configure(SITE)
    outcome = newsroom.publish(NOW + timedelta(hours=2))
    assert [line for line in said(outcome.problems) if "Old tales" in line]
    assert not any(b"circuses" in one.body for one in everything(newsroom).values())


def test_what_an_archive_has_had_is_no_secret_any_more(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("limit = 30", "limit = 1"))
    newsroom.page("quay.txt", f"Quay is sold to a circus man at last\n\n{UNSPOKEN}\nNora Lind\n")
    newsroom.publish()
    for number in range(3):
        newsroom.page(f"{number}.txt", f"Crane {number}\n\nIt has colour {number}.\nNora Lind\n")
        newsroom.publish(NOW + timedelta(days=3 + number))
    newsroom.page("secret.txt", KEPT_BACK.replace("2026-02-01", "2027-02-01"))
    newsroom.page("quay.txt", f"Quay is sold to a circus man, at last\n\n{UNSPOKEN}\nOla Berg\n")
    newsroom.page("new.txt", f"Who bought the quay\n\n{UNSPOKEN}\nIt was he.\nNora Lind\n")
    outcome = newsroom.publish(NOW + timedelta(days=9))
    assert not [line for line in said(outcome.problems) if "it has a sentence" in line]


def test_an_erased_story_is_in_the_list_of_what_to_purge_with_its_archive(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(SITE.replace("limit = 30", 'limit = 1\nformer_names = ["all"]'))
    newsroom.page("bell.txt")
    newsroom.publish()
    (entry, *_) = [one for one in newsroom.entries() if one.title.startswith("Ferry")]
    found = purge.to_purge(
        newsroom.place,
        newsroom.place.site({}),
        entry,
    )
    for path in ("latest/archive/1.rss", "latest/archive/1.json", "all.atom", "news-sitemap.xml"):
        assert f"  https://desk.test/feeds/{path}" in found


def test_a_command_of_an_editor_does_not_apply_a_half_edited_configuration(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(SITE.replace("limit = 30", "limit = 1"))
    newsroom.page("bell.txt")
    newsroom.publish()
    before = newsroom.rows("SELECT etag FROM archives ORDER BY number, format")
    newsroom.configure(SITE.replace("limit = 30", "archive = false"))
    newsroom.publish(decisions_only=True)
    assert newsroom.rows("SELECT etag FROM archives ORDER BY number, format") == before


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ('name = "b"\nformer_names = ["latest"]', ""),
        ('name = "b"\nformer_names = ["old", "latest"]', "first in its former_names"),
        ('name = "b"', "no longer served"),
        ('name = "latest"\narchive = false', "no longer served"),
    ],
)
def test_a_configuration_that_moves_archives_is_remarked_upon(
    published: TestNewsroom, config: str, told: str
) -> None:
    published.configure(SITE.replace('name = "latest"', config))
    notices = said(published.publish(NOW + timedelta(hours=1)).notices)
    assert bool(notices) == bool(told)
    assert not told or told in notices[0]


def test_a_tombstone_has_the_time_of_the_decision_that_holds(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("limit = 30", "limit = 1"))
    newsroom.page("bell.txt")
    newsroom.publish()
    (entry, *_) = [one for one in newsroom.entries() if one.title.startswith("Ferry")]
    table = (
        f'[[decision]]\naction = "retract"\nentry = "{entry.hash}"\nwhen = 2026-01-{{}}T09:00:00Z\n'
    )
    for day in (15, 17):
        decided = "".join(table.format(one) for one in range(15, day + 1, 2))
        newsroom.page("decisions.toml", decided, NOW + timedelta(days=day))
        newsroom.publish(NOW + timedelta(days=day))
    assert b"2026-01-17T09:00:00Z" in body(newsroom, 1, "atom")
