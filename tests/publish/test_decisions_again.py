"""What editors decide comes to the same in whatever order it is understood, and from nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feeds.newsroom import folder
from tests.archived import FORMATS, body, count
from tests.newsrooms import COMMANDED, NOW, SITE, TestNewsroom, feeds, said

HOUR = timedelta(hours=1)
TITLE = "Harbour opens a second quay for the ferries"
NEW = "Quay opens in May for everybody who likes ships"


def article(newsroom: TestNewsroom, name: str, title: str, text: str = "", more: str = "") -> None:
    text = text or f"Text of {title}, and more of it."
    newsroom.page(name, f"---\ntitle: {title}\ndate: 2026-01-12\n{more}---\n{text}\n")


@pytest.fixture
def quay(newsroom: TestNewsroom) -> TestNewsroom:
    """A newsroom with one story."""
    article(newsroom, "a.md", TITLE, more="url: https://desk.test/quay\n")
    newsroom.publish()
    return newsroom


def shown(newsroom: TestNewsroom) -> list[tuple[object, ...]]:
    return newsroom.rows(
        "SELECT title, stated, url, categories, image, language, hidden, keeper FROM entries"
        " ORDER BY id"
    )


def rebuild(newsroom: TestNewsroom, hours: int) -> None:
    for file in newsroom.database.parent.iterdir():
        file.unlink()
    newsroom.publish(NOW + hours * HOUR, rebuild=True)


def test_a_table_that_is_mended_takes_the_place_where_it_stands(quay: TestNewsroom) -> None:
    path = quay.root / folder.DECISIONS
    quay.decide(
        f'action = "correct"\nentry = "{TITLE}"\nsumary = "First."',
        f'action = "retrac"\nentry = "{TITLE}"',
        f'action = "restore"\nentry = "{TITLE}"',
        f'action = "correct"\nentry = "{TITLE}"\nlanguage = "az"',
    )
    quay.publish(NOW + HOUR)
    text = path.read_text(encoding="utf-8").replace('"retrac"', '"retract"')
    path.write_text(text.replace('sumary = "First."', 'language = "de"'), encoding="utf-8")
    assert quay.publish(NOW + 2 * HOUR).exit_code == 0
    ((*_, language, hidden, _),) = before = shown(quay)
    assert (language, hidden) == ("az", "")
    rebuild(quay, 3)
    assert shown(quay) == before


def test_what_is_broken_keeps_its_place_while_it_is(quay: TestNewsroom) -> None:
    path = quay.root / folder.DECISIONS
    quay.decide(f'action = "retract"\nentry = "{TITLE}"', f'action = "restore"\nentry = "{TITLE}"')
    quay.publish(NOW + HOUR)
    sound = path.read_text(encoding="utf-8")
    for hours, broken in enumerate(('"retract', '"retract"\nnotce = "x"'), start=2):
        path.write_text(sound.replace('"retract"', broken), encoding="utf-8")
        assert quay.publish(NOW + hours * HOUR).exit_code == 1
        assert [row[6] for row in shown(quay)] == [""]
    path.write_text(sound, encoding="utf-8")
    quay.publish(NOW + 9 * HOUR)
    assert [row[6] for row in shown(quay)] == [""]


@pytest.mark.parametrize(
    ("correction", "name"),
    [
        (f'title = "{NEW}"', f'"{NEW}"'),
        (f'title = "{NEW}"', f'"{TITLE}"'),
        ('url = "https://desk.test/new"', '"https://desk.test/new"'),
        ('url = "https://desk.test/new"', '"https://desk.test/quay"'),
        ("published = 2026-01-09", f'"{TITLE}"\nday = 2026-01-09'),
        ("published = 2026-01-09", f'"{TITLE}"\nday = 2026-01-12'),
    ],
)
def test_a_story_is_named_by_what_was_corrected_or_by_what_its_page_says(
    quay: TestNewsroom, correction: str, name: str
) -> None:
    quay.decide(f'action = "correct"\nentry = "{TITLE}"\n{correction}')
    quay.publish(NOW + HOUR)
    quay.decide(f'action = "retract"\nentry = {name}')
    assert said(quay.publish(NOW + 2 * HOUR).problems) == []
    assert [row[6] for row in shown(quay)] == ["retracted"]
    before = shown(quay)
    rebuild(quay, 3)
    assert shown(quay) == before


def test_what_was_corrected_before_an_erasure_does_not_come_back(quay: TestNewsroom) -> None:
    quay.decide(f'action = "correct"\nentry = "{TITLE}"\ntitle = "{NEW}"')
    quay.publish(NOW + HOUR)
    quay.decide(f'action = "retract"\nerase = true\nentry = "{NEW}"')
    quay.publish(NOW + 2 * HOUR)
    ((name,),) = quay.rows("SELECT id FROM entries")
    quay.decide(f'action = "restore"\nentry = "{name}"')
    for hours in (3, 4):
        quay.publish(NOW + hours * HOUR)
    before = shown(quay)
    assert before[0][0] == TITLE
    rebuild(quay, 5)
    assert shown(quay) == before


def test_what_is_erased_is_not_corrected(quay: TestNewsroom) -> None:
    ((name,),) = quay.rows("SELECT hash FROM entries")
    assert feeds(quay, "retract", TITLE, "--erase", "--yes").returncode == 0
    done = feeds(quay, "correct", str(name), "--title", "Secret words are back")
    assert (done.returncode, f"feeds restore {name}" in done.stderr) == (2, True)
    assert "Secret" not in (quay.root / folder.DECISIONS).read_text(encoding="utf-8")


def test_who_shares_but_a_part_of_an_erased_text_is_told_to_a_person(
    newsroom: TestNewsroom,
) -> None:
    last = "\n\nThe office of the harbour had nothing to add to that."
    article(newsroom, "a.md", "Crane falls into the western dock", f"A crane fell.{last}")
    article(newsroom, "b.md", "Crane, again, in the western dock", f"A crane fell.{last}")
    newsroom.publish()
    newsroom.decide('action = "retract"\nerase = true\nentry = "Crane falls into the western dock"')
    outcome = newsroom.publish(NOW + HOUR)
    assert ([one.code for one in outcome.notices], outcome.problems) == (["retracted-again"], [])
    article(newsroom, "c.md", "Lamp of the mole is lit once more", f"It is lit.{last}")
    outcome = newsroom.publish(NOW + 2 * HOUR)
    assert ([one.code for one in outcome.problems], outcome.exit_code) == (["erased-in-part"], 1)
    newsroom.decide(f'action = "restore"\nentry = "{outcome.problems[0].remedy.split()[-1]}"')
    for hours in (3, 4):
        newsroom.publish(NOW + hours * HOUR)
    assert [row[0] for row in shown(newsroom) if row[0]] == ["Lamp of the mole is lit once more"]


def test_a_page_that_was_there_when_its_folder_went_or_came_later_is_missed(
    newsroom: TestNewsroom,
) -> None:
    for name in ("a", "b"):
        article(newsroom, f"old/{name}.md", f"Story {name} of the old wall and its tower")
    newsroom.publish()
    (newsroom.root / "old/a.md").unlink()
    newsroom.publish(NOW + HOUR)
    assert feeds(newsroom, "gone", "old").returncode == 0
    article(newsroom, "old/c.md", "Story that came into the folder after all")
    newsroom.publish(COMMANDED + HOUR)
    for name in ("b", "c"):
        (newsroom.root / f"old/{name}.md").unlink()
    missed = newsroom.publish(COMMANDED + 2 * HOUR).notices
    assert [one.file for one in missed] == ["old/b.md", "old/c.md"]


def test_that_nothing_ever_was_where_a_page_is_gone_is_told(quay: TestNewsroom) -> None:
    quay.decide('action = "gone"\npath = "source/a.md"')
    assert "no page was ever read at 'source/a.md'" in said(quay.publish(NOW + HOUR).problems)[0]
    assert quay.publish(NOW + 2 * HOUR).exit_code == 0
    for file in quay.database.parent.iterdir():
        file.unlink()
    assert quay.publish(NOW + 3 * HOUR, rebuild=True).exit_code == 0


def test_archives_say_of_a_story_which_category_it_has_by_now(newsroom: TestNewsroom) -> None:
    """It stays in those that it is in: their sets never change."""
    sea = '\n[[feeds]]\nname = "sea"\ntitle = "Sea"\ncategories = ["Sea"]\nlimit = 2\n'
    site = SITE.replace("limit = 30", "limit = 2").replace('"en"\n', '"en"\nsections = true\n', 1)
    newsroom.configure(f"{site}{sea}archive = true\n")
    for number in range(1, 7):
        newsroom.page(
            f"{number}.md",
            f"---\ntitle: Ship number {number} leaves the port for good\ndate: 2026-01-0{number}\n"
            f"categories: [Sea, Ships]\n---\nText of the ship {number}.\n",
        )
    newsroom.publish()
    title = "Ship number 1 leaves the port for good"

    def archived() -> dict[tuple[str, str], bytes]:
        found = {
            (feed, form): body(newsroom, page, form, feed)
            for feed in ("sea", "latest")
            for form in FORMATS
            for page in range(1, count(newsroom, feed) + 1)
        }
        return {name: text for name, text in found.items() if title.encode() in text}

    before = archived()
    assert len(before) == 2 * len(FORMATS)
    assert feeds(newsroom, "correct", title, "--category", "Land").returncode == 0
    assert all(b"Land" in text for text in archived().values())
    assert archived().keys() == before.keys()
    for form in FORMATS:
        assert title in newsroom.document("category-land", form).document.body.decode()
        assert title not in newsroom.document("category-ships", form).document.body.decode()
    assert feeds(newsroom, "correct", title, "--category", "").returncode == 0
    assert archived() == before
