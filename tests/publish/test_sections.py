"""Feeds for the categories and languages that occur, from page to document."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import feedparser
import msgspec
import pytest

from feeds.newsroom.site import Feed, Site
from feeds.publish import selection
from feeds.syndication import contents, sections
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds, process, said

ON = SITE.replace('language = "en"\n', 'language = "en"\nsections = true\n')
AUTHORS = SITE.replace('language = "en"\n', 'language = "en"\nsections = ["author"]\n')
OWN = '\n[[feeds]]\nname = "category-quay"\ntitle = "All about the quay"\nkeywords = ["quay"]\n'
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BELL = "Bell hangs again in its old tower"
FERRY = "Ferry runs at night from today on"


def decide(newsroom: TestNewsroom, action: str, title: str) -> None:
    newsroom.decide(f'action = "{action}"\nentry = "{title}"')


def story(title: str, *categories: str, language: str = "", more: str = "") -> str:
    """A page with front matter."""
    named = ", ".join(f'"{category}"' for category in categories)
    own = f"language: {language}\n" if language else ""
    return (
        f"---\ntitle: {title}\ncategories: [{named}]\n{own}{more}---\n"
        f"{title}, said the harbour office, and nobody on the quay had doubted it.\n"
    )


def site(newsroom: TestNewsroom) -> Site:
    from feeds.ledger import revisions
    from feeds.ledger.connect import open_to_read
    from feeds.syndication import sections

    ledger = open_to_read(newsroom.database)
    assert ledger is not None
    with ledger.read() as connection:
        known = revisions.sections(connection).made
        return sections.widened(revisions.latest(connection)[0].site, known)


def made(newsroom: TestNewsroom) -> list[Feed]:
    return [feed for feed in site(newsroom).feeds if feed.section]


def names(newsroom: TestNewsroom) -> list[str]:
    return [feed.name for feed in made(newsroom)]


def titles(newsroom: TestNewsroom, name: str) -> list[str]:
    body = newsroom.document(name, "json").document.body
    return [item["title"] for item in msgspec.json.decode(body)["items"]]


def shown(newsroom: TestNewsroom) -> dict[str, list[str]]:
    return {name: titles(newsroom, name) for name in names(newsroom)}


@pytest.fixture
def newsroom(newsroom: TestNewsroom) -> TestNewsroom:
    newsroom.configure(ON)
    return newsroom


def test_each_category_and_language_that_occurs_has_a_feed(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story(BELL, "Quay", "Crafts"))
    newsroom.page("b.md", story("Zəng yenə köhnə qüllədə asılıb", "Körpü", language="az"))
    newsroom.publish()
    assert shown(newsroom) == {
        "category-crafts": [BELL],
        "category-korpu": ["Zəng yenə köhnə qüllədə asılıb"],
        "category-quay": [BELL],
        "language-az": ["Zəng yenə köhnə qüllədə asılıb"],
        "language-en": [BELL],
    }
    assert [feed.title for feed in made(newsroom)][-2:] == [
        "Harbour Desk: Azərbaycan",
        "Harbour Desk: English",
    ]


def test_a_section_is_a_feed_as_readers_know_it(newsroom: TestNewsroom) -> None:
    newsroom.page("b.md", story("Zəng yenə köhnə qüllədə asılıb", "Körpü", language="az"))
    newsroom.publish()
    for form in ("rss", "atom"):
        found = feedparser.parse(newsroom.document("language-az", form).document.body)
        assert not found.bozo
        assert (found.feed.title, found.feed.language) == ("Harbour Desk: Azərbaycan", "az")
        assert f"https://desk.test/feeds/language-az.{form}" in {
            link.href for link in found.feed.links
        }
        assert [item.title for item in found.entries] == ["Zəng yenə köhnə qüllədə asılıb"]


def test_without_the_setting_there_are_none(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE)
    newsroom.page("a.md", story(BELL, "Quay"))
    newsroom.publish()
    assert names(newsroom) == []
    assert newsroom.rows("SELECT DISTINCT feed FROM documents") == [("latest",)]


def test_switched_on_later_all_that_is_in_the_ledger_has_sections(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE)
    newsroom.page("a.md", story(BELL, "Quay"))
    newsroom.publish()
    newsroom.configure(ON)
    assert newsroom.publish(NOW + HOUR).exit_code == 0
    assert shown(newsroom) == {"category-quay": [BELL], "language-en": [BELL]}


def test_spellings_of_one_name_are_one_section_called_by_the_first(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story(BELL, "Quay"))
    newsroom.publish()
    newsroom.page("b.md", story(FERRY, "QUAY"))
    newsroom.publish(NOW + HOUR)
    assert sorted(titles(newsroom, "category-quay")) == [BELL, FERRY]
    assert made(newsroom)[0].title == "Harbour Desk: Quay"


def test_only_sections_that_changed_are_written(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story(BELL, "Crafts", language="az"))
    newsroom.publish()
    before = newsroom.document("category-crafts", "json")
    newsroom.page("b.md", story(FERRY, "Quay"))
    newsroom.publish(NOW + HOUR)
    assert newsroom.document("category-crafts", "json") == before
    rows = newsroom.rows("SELECT DISTINCT feed FROM documents WHERE revision = 2 ORDER BY feed")
    assert rows == [("category-quay",), ("language-en",), ("latest",)]


def test_nothing_new_writes_nothing(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story(BELL, "Quay", "Ремёсла"))
    newsroom.publish()
    before = newsroom.database.read_bytes()
    assert newsroom.publish(NOW + HOUR).revision is None
    assert newsroom.database.read_bytes() == before


def test_a_run_with_nothing_new_needs_neither_names_nor_letters() -> None:
    loaded = "import sys, feeds.publish.job, feeds.publish.revision; print(*sys.modules)"
    answer = process(None, "-c", loaded, program=[sys.executable])
    assert answer.returncode == 0
    assert {"babel", "anyascii"}.isdisjoint(answer.stdout.split())


def test_after_its_last_story_was_retracted_a_section_is_empty(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story(BELL, "Quay"))
    newsroom.page("b.md", story(FERRY, "Port"))
    newsroom.publish()
    decide(newsroom, "retract", BELL)
    assert newsroom.publish(NOW + HOUR).exit_code == 0
    assert shown(newsroom)["category-quay"] == []
    assert b"deleted-entry" in newsroom.document("category-quay", "atom").document.body
    assert b"deleted-entry" not in newsroom.document("category-port", "atom").document.body
    assert newsroom.publish(NOW + 2 * HOUR).revision is None


def test_a_story_that_comes_back_is_in_its_section_again(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story(BELL, "Quay"))
    newsroom.publish()
    before = contents.items(newsroom.document("category-quay", "rss").document)
    decide(newsroom, "retract", BELL)
    newsroom.publish(NOW + HOUR)
    decide(newsroom, "restore", BELL)
    newsroom.publish(NOW + 2 * HOUR)
    assert shown(newsroom)["category-quay"] == [BELL]
    assert contents.items(newsroom.document("category-quay", "rss").document) == before


def test_after_its_last_story_was_erased_a_section_is_empty(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story(BELL, "Quay"))
    newsroom.page("b.md", story(FERRY, "Port"))
    newsroom.publish()
    answer = feeds(newsroom, "retract", "--yes", "--erase", BELL)
    assert answer.returncode == 0, answer.stderr
    assert "https://desk.test/feeds/category-quay.rss" in answer.stdout + answer.stderr
    assert "category-port" not in answer.stdout + answer.stderr
    assert shown(newsroom)["category-quay"] == []
    # where it was nobody knows any more, so that all tell it
    assert b"deleted-entry" in newsroom.document("category-port", "atom").document.body
    assert not any(BELL in line for line in newsroom.dump())


def test_a_story_that_is_put_elsewhere_leaves_its_section(newsroom: TestNewsroom) -> None:
    for number in range(8):
        newsroom.page(f"{number}.md", story(f"Story number {number} of the harbour", "Quay"))
    newsroom.publish()
    newsroom.page("0.md", story("Story number 0 of the harbour", "Port"))
    for number in range(1, 8):
        newsroom.page(f"{number}.md", story(f"Story number {number} of the harbour", "Dock"))
    assert newsroom.publish(NOW + HOUR).exit_code == 0
    assert {name: len(found) for name, found in shown(newsroom).items()} == {
        "category-dock": 7,
        "category-port": 1,
        "category-quay": 0,
        "language-en": 8,
    }


def test_what_a_section_has_no_room_for_comes_back_when_something_leaves(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(ON.replace("limit = 30", "limit = 2"))
    for number in range(3):
        when = f"date: 2026-01-0{number + 1}\n"
        newsroom.page(f"{number}.md", story(f"Story number {number} of it", "Quay", more=when))
    newsroom.publish()
    assert titles(newsroom, "category-quay") == ["Story number 2 of it", "Story number 1 of it"]
    decide(newsroom, "retract", "Story number 2 of it")
    newsroom.publish(NOW + HOUR)
    assert titles(newsroom, "category-quay") == ["Story number 1 of it", "Story number 0 of it"]


def test_a_story_that_is_kept_back_makes_no_section(newsroom: TestNewsroom) -> None:
    embargo = "embargo: 2026-01-20T12:00:00+04:00\n"
    newsroom.page("a.md", story(BELL, "Secret", more=embargo))
    newsroom.page("b.md", story(FERRY, "Quay"))
    newsroom.publish()
    assert "category-secret" not in names(newsroom)
    newsroom.publish(NOW + 7 * DAY)
    assert shown(newsroom)["category-secret"] == [BELL]


def test_what_the_gate_holds_makes_no_section_and_is_in_none(newsroom: TestNewsroom) -> None:
    words = "The bell was bought for nine thousand crowns by the master himself."
    embargo = "embargo: 2026-01-20T12:00:00+04:00\n"
    newsroom.page("a.md", f"---\ntitle: {BELL}\n{embargo}---\n{words}\n")
    newsroom.page("b.md", story(FERRY, "Leak", "Quay") + f"\n{words}\n")
    newsroom.page("c.md", story("Pilot boat gets another engine", "Quay"))
    assert newsroom.publish().exit_code == 1
    assert shown(newsroom) == {
        "category-quay": ["Pilot boat gets another engine"],
        "language-en": ["Pilot boat gets another engine"],
    }
    newsroom.publish(NOW + 7 * DAY)
    assert shown(newsroom)["category-leak"] == [FERRY]


def test_what_is_for_those_who_pay_is_not_in_a_section_either(newsroom: TestNewsroom) -> None:
    paid = "access: paid\nsummary: What a bell costs.\n"
    newsroom.page("a.md", story(BELL, "Quay", more=paid))
    newsroom.publish()
    for form in ("rss", "atom", "json"):
        assert b"nobody on the quay" not in newsroom.document("category-quay", form).document.body


def test_a_configured_feed_of_the_same_name_wins_and_that_is_told_once(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(ON + OWN)
    newsroom.page("a.md", story(BELL, "Quay", "—"))
    told = said(newsroom.publish().notices)
    assert [line.partition(":")[2] for line in told if "section" in line] == [
        " there is no section for 'category-quay': a feed of site.toml has that name",
        " there is no section for '—': nothing of it can be written in an address",
    ]
    assert names(newsroom) == ["language-en"]
    newsroom.page("b.md", story(FERRY, "Quay", "—"))
    assert said(newsroom.publish(NOW + HOUR).notices) == []
    newsroom.configure(ON)
    newsroom.publish(NOW + 2 * HOUR)
    assert sorted(shown(newsroom)["category-quay"]) == [BELL, FERRY]


def test_no_more_sections_are_made_than_a_newsroom_can_have(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "MOST", 3)
    newsroom.page("a.md", story(BELL, "One", "Two", "Three", "Four"))
    outcome = newsroom.publish()
    assert len(names(newsroom)) == 4, "three of a kind, and a language"
    assert sum("the most" in line for line in said(outcome.notices)) == 1
    assert outcome.exit_code == 0


def test_switched_off_they_are_gone_and_switched_on_they_are_back(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story(BELL, "Quay"))
    newsroom.publish()
    newsroom.configure(SITE)
    assert said(newsroom.publish(NOW + HOUR).notices) == []
    assert (names(newsroom), site(newsroom).gone) == ([], ("category-quay", "language-en"))
    assert newsroom.rows("SELECT DISTINCT feed FROM members") == [("latest",)]
    newsroom.page("b.md", story(FERRY, "Quay"))
    newsroom.publish(NOW + 2 * HOUR)
    assert site(newsroom).gone == ("category-quay", "language-en")
    newsroom.configure(ON)
    newsroom.publish(NOW + 3 * HOUR)
    assert site(newsroom).gone == ()
    assert sorted(shown(newsroom)["category-quay"]) == [BELL, FERRY]


def test_another_language_of_the_site_takes_what_has_none(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story(BELL, "Quay"))
    newsroom.publish()
    newsroom.configure(ON.replace('language = "en"', 'language = "ru"'))
    newsroom.publish(NOW + HOUR)
    found = shown(newsroom)
    assert (found["language-en"], found["language-ru"]) == ([], [BELL])


def test_decisions_alone_change_sections_too(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story(BELL, "Quay"))
    newsroom.publish()
    newsroom.page("b.md", story(FERRY, "Port"))
    assert feeds(newsroom, "retract", BELL).returncode == 0
    assert shown(newsroom) == {"category-quay": [], "language-en": []}


def test_a_hub_is_told_of_the_sections_that_changed(newsroom: TestNewsroom) -> None:
    hub = ON.replace("[site]\n", '[site]\nhubs = ["https://hub.test/"]\n')
    newsroom.configure(hub)
    newsroom.page("a.md", story(BELL, "Crafts", language="az"))
    newsroom.publish()
    newsroom.page("b.md", story(FERRY, "Quay"))
    newsroom.publish(NOW + HOUR)
    topics = {topic for (topic,) in newsroom.rows("SELECT topic FROM outbox WHERE revision = 2")}
    of = {topic.rpartition("/")[2].partition(".")[0] for topic in topics}
    assert of == {"latest", "category-quay", "language-en"}
    waiting = newsroom.rows("SELECT count(*) FROM outbox WHERE topic LIKE '%category-crafts%'")
    assert waiting == [(3,)]


def test_check_finds_nothing_wrong_with_sections(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story(BELL, "Quay"))
    newsroom.page("b.md", story(FERRY, "Port"))
    newsroom.publish()
    decide(newsroom, "retract", BELL)
    newsroom.publish(NOW + HOUR)
    assert "category-" not in feeds(newsroom, "check").stdout


def test_built_again_the_sections_are_the_same(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story(BELL, "Quay", "Crafts"))
    newsroom.publish()
    newsroom.page("b.md", story(FERRY, "quay", language="ru"))
    newsroom.publish(NOW + HOUR)
    decide(newsroom, "retract", BELL)
    newsroom.publish(NOW + 2 * HOUR)
    before = made(newsroom), shown(newsroom)
    newsroom.database.unlink()
    newsroom.publish(NOW + 3 * HOUR, rebuild=True)
    assert (made(newsroom), shown(newsroom)) == before


def test_no_more_than_four_times_the_limit_is_kept_and_what_was_cut_off_comes_back(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(ON.replace("limit = 30", "limit = 1"))
    newsroom.page("x.md", story(FERRY, "Port"))
    newsroom.publish()
    for number in range(6):
        name = f"Story number {number} of it"
        newsroom.page(f"{number}.md", story(name, "Quay", more=f"date: 2026-01-0{number + 1}\n"))
        newsroom.publish(NOW + (number + 1) * HOUR)
    of_it = [f"Story number {number} of it" for number in range(6)]
    assert titles(newsroom, "category-quay") == of_it[:1:-1]
    decide(newsroom, "retract", of_it[5])
    newsroom.publish(NOW + DAY)
    assert titles(newsroom, "category-quay") == of_it[4:0:-1]


def test_a_story_that_gets_an_earlier_date_makes_room(newsroom: TestNewsroom) -> None:
    newsroom.configure(ON.replace("limit = 30", "limit = 1"))
    for number in range(3):
        name = f"Story number {number} of it"
        newsroom.page(f"{number}.md", story(name, "Quay", more=f"date: 2026-01-0{number + 5}\n"))
    newsroom.publish()
    assert titles(newsroom, "category-quay") == ["Story number 2 of it"]
    path = newsroom.root / "decisions.toml"
    path.write_text(
        '[[decision]]\naction = "correct"\nentry = "Story number 2 of it"\n'
        "published = 2026-01-01\n",
        encoding="utf-8",
    )
    newsroom.publish(NOW + HOUR)
    assert titles(newsroom, "category-quay") == ["Story number 1 of it"]
    assert titles(newsroom, "latest") == ["Story number 1 of it"]


def test_what_there_was_no_room_for_is_there_once_others_are_no_longer_new(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(ON.replace("limit = 30", "limit = 1"))
    newsroom.page("x.md", story(FERRY, "Port"))
    newsroom.publish()

    def put(number: int, day: int) -> None:
        more = f"date: 2026-01-{day:02}\n"
        newsroom.page(f"{number}.md", story(f"Story number {number} of it", "Quay", more=more))

    for number in range(4):
        put(number, 9 - number)
    newsroom.publish(NOW + HOUR)
    put(4, 2)
    newsroom.publish(NOW + 20 * HOUR)
    assert "Story number 4 of it" not in titles(newsroom, "category-quay")
    put(5, 10)
    newsroom.publish(NOW + 60 * HOUR)
    assert titles(newsroom, "category-quay") == ["Story number 5 of it", "Story number 4 of it"]


def test_however_much_a_run_touches_the_documents_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Feeds get what is new beside what they have, or are looked up anew where it is much."""
    found = []
    for most in (1000, 0):
        monkeypatch.setattr(selection, "_MOST_TOUCHED", most)
        newsroom = TestNewsroom(tmp_path / str(most), ON)
        newsroom.page("bell.txt")
        newsroom.publish()
        newsroom.page(
            "crane.txt", "Crane falls onto the quay\n5 Jan 2026\n\nIt stopped on Friday.\n"
        )
        newsroom.publish(NOW + timedelta(hours=1))
        newsroom.decide('action = "retract"\nentry = "Ferry to run at night"')
        newsroom.publish(NOW + timedelta(hours=2))
        found.append(newsroom.rows("SELECT feed, format, gzip, etag FROM documents ORDER BY 1, 2"))
    assert found[0] == found[1]


def test_authors_have_feeds_of_their_own_if_asked(newsroom: TestNewsroom) -> None:
    newsroom.configure(AUTHORS)
    newsroom.page("bell.txt", story(BELL, "Quay", more="authors: [Nora Lind, Ölaf Bérg]\n"))
    newsroom.page("ferry.txt", story(FERRY, "Port", more="authors: [NORA LIND]\n"))
    newsroom.publish()
    assert names(newsroom) == ["author-nora-lind", "author-olaf-berg"]
    assert sorted(titles(newsroom, "author-nora-lind")) == [BELL, FERRY]
    assert titles(newsroom, "author-olaf-berg") == [BELL]
    newsroom.page("lamp.txt", story("Lamp glows over all", more="authors: [Nora Lind]\n"))
    newsroom.publish(NOW + HOUR)
    assert len(titles(newsroom, "author-nora-lind")) == 3
    newsroom.configure(ON)
    newsroom.publish(NOW + DAY)
    assert names(newsroom) == ["category-port", "category-quay", "language-en"]
    assert "author-nora-lind" in site(newsroom).gone


@pytest.mark.parametrize("sections", ["true", '["author"]'])
def test_what_the_main_feed_is_not_to_show_is_in_no_section_either(
    newsroom: TestNewsroom, sections: str
) -> None:
    newsroom.configure(
        ON.replace("sections = true", f"sections = {sections}").replace(
            'name = "latest"\n',
            'name = "latest"\nexclude_categories = ["sponsored"]\nexclude_keywords = ["casino"]\n',
        )
    )
    by = "authors: [Nora Lind]\n"
    newsroom.page("bell.txt", story(BELL, "Quay", more=by))
    newsroom.page("ferry.txt", story(FERRY, "Quay", "Sponsored", more=by))
    newsroom.page("lamp.txt", story("Casino glows over all the quay", "Quay", more=by))
    newsroom.publish()
    for found in shown(newsroom).values():
        assert found in ([BELL], [])
    assert [BELL] in shown(newsroom).values()
    newsroom.page("ferry.txt", story(FERRY, "Quay", more=by))
    newsroom.page("bell.txt", story(BELL, "Quay", "Sponsored", more=by))
    newsroom.publish(NOW + HOUR)
    assert [FERRY] in shown(newsroom).values()
    assert not any(BELL in found for found in shown(newsroom).values())
