"""A feed of corrections: what was corrected or withdrawn with a notice, and nothing else."""

from __future__ import annotations

from typing import Any

import feedparser
import msgspec
import pytest

from feeds.model import FORMATS, EntryId, Format
from feeds.newsroom import folder
from feeds.syndication import corrections
from feeds.text.dates import rfc3339
from tests.newsrooms import NOW, PROJECT, SITE, TestNewsroom, feeds
from tests.publish.test_partners import HOUR, page
from tests.web.asking import in_process

QUAY = "Quay of the northern harbour opens"
LAMP = "Lamp of the harbour glows once more"
PIER = "Pier number 108 opens to ships"
NOTICE = "An earlier version had another year."
WITHDRAWN = "Nothing of it was true."
WITH_CORRECTIONS = SITE + '[[feeds]]\nname = "mended"\ntitle = "Mended"\nkinds = ["correction"]\n'


@pytest.fixture
def newsroom(newsroom: TestNewsroom) -> TestNewsroom:
    newsroom.configure(WITH_CORRECTIONS)
    for number, title in enumerate((QUAY, LAMP, PIER)):
        newsroom.page(f"{number}.txt", page(number, title, url="", image=""))
    newsroom.publish()
    return newsroom


def parsed(newsroom: TestNewsroom, name: str = "mended", form: Format = "atom") -> list[Any]:
    body = newsroom.document(name, form).document.body
    found = feedparser.parse(body)
    assert not found.bozo
    return list(found.entries)


def done(newsroom: TestNewsroom, *command: str, hours: int = 1) -> None:
    made = feeds(newsroom, *command, now=NOW + hours * HOUR)
    assert (made.returncode, made.stderr) == (0, ""), made.stdout


def correct(newsroom: TestNewsroom, title: str, *more: str, hours: int = 1) -> None:
    done(newsroom, "correct", "--yes", title, *more, hours=hours)


def test_a_correction_with_a_notice_is_an_entry_of_its_own_beside_the_story(
    newsroom: TestNewsroom,
) -> None:
    correct(newsroom, QUAY, "--published", "2026-01-08", "--notice", NOTICE)
    (story,) = [entry for entry in newsroom.entries() if entry.title == QUAY]
    for form in FORMATS:
        body = newsroom.document("mended", form).document.body.decode()
        assert f"Correction: {QUAY}" in body
        assert NOTICE in body
        assert f"{story.id}#correction" in body
    (entry,) = parsed(newsroom)
    assert entry.published == entry.updated == rfc3339(NOW + HOUR)
    assert entry.link == f"https://desk.test/feeds/stories/{story.hash}"
    ids = {entry.id for entry in parsed(newsroom, "latest")}
    assert story.id in ids
    assert entry.id not in ids


def test_a_notice_alone_is_said_to_be_out(newsroom: TestNewsroom) -> None:
    made = feeds(newsroom, "correct", "--yes", QUAY, "--notice", NOTICE, now=NOW + HOUR)
    assert f"  notice: {NOTICE}" in made.stdout
    assert "nothing is other" not in made.stdout
    made = feeds(newsroom, "correct", "--yes", QUAY, "--notice", "", now=NOW + 2 * HOUR)
    assert "  notice: none" in made.stdout


def test_the_log_says_which_rights_were_stated(newsroom: TestNewsroom) -> None:
    correct(newsroom, QUAY, "--rights", "own-site")
    assert "correct (rights own-site), by " in feeds(newsroom, "log", now=NOW + HOUR).stdout


@pytest.mark.parametrize(
    ("decided", "undoing"),
    [
        ('action = "retract"', 'action = "restore"'),
        ('action = "correct"\nnotice = "So."', 'action = "correct", notice = ""'),
        (
            'action = "correct"\ntitle = "Quay is closed"\nauthors = ["Ola Berg"]',
            'action = "correct", title = "", authors = []',
        ),
    ],
)
def test_a_decision_that_is_gone_is_undone_by_what_check_advises(
    newsroom: TestNewsroom, decided: str, undoing: str
) -> None:
    before = next(entry for entry in newsroom.entries() if entry.title == QUAY)
    newsroom.decide(f'{decided}\nentry = "{before.id}"')
    newsroom.publish(NOW + HOUR)
    assert before.title not in {one.title for one in newsroom.entries()} or "notice" in decided
    (newsroom.root / folder.DECISIONS).unlink()
    told = feeds(newsroom, "check", now=NOW + HOUR).stdout
    assert f"or undo it with another: {undoing}\n" in told
    newsroom.decide(undoing.replace(", ", "\n") + f'\nentry = "{before.id}"')
    newsroom.publish(NOW + 2 * HOUR)
    after = next(entry for entry in newsroom.entries() if entry.id == before.id)
    assert (after.title, after.authors) == (before.title, before.authors)


def test_the_page_of_the_feed_shows_notices_with_their_moments(newsroom: TestNewsroom) -> None:
    correct(newsroom, QUAY, "--notice", NOTICE)
    done(newsroom, "retract", "--yes", PIER, "--notice", WITHDRAWN, hours=2)
    shown = in_process(newsroom)("/feeds/mended").text
    assert NOTICE in shown
    assert WITHDRAWN in shown
    assert PIER not in shown
    assert shown.count('<time datetime="2026-') == 2
    assert "Corrections\n" in shown
    assert "Whole texts" not in shown


def test_another_correction_of_the_story_updates_its_entry(newsroom: TestNewsroom) -> None:
    correct(newsroom, QUAY, "--notice", NOTICE)
    correct(newsroom, LAMP, "--notice", "The lamp is green.", hours=2)
    correct(newsroom, QUAY, "--title", "Quay opens at last", "--notice", "Two slips.", hours=3)
    first, second = parsed(newsroom)
    assert (first.title, first.summary) == ("Correction: Quay opens at last", "Two slips.")
    assert (first.published, first.updated) == (rfc3339(NOW + HOUR), rfc3339(NOW + 3 * HOUR))
    assert second.title == f"Correction: {LAMP}"


def test_a_notice_alone_is_a_correction_by_who_saved_the_page_anew(newsroom: TestNewsroom) -> None:
    newsroom.page("0.txt", page(0, QUAY, "It opens in May, not in June. " * 9, url="", image=""))
    newsroom.publish(NOW + HOUR)
    assert parsed(newsroom) == []
    correct(newsroom, QUAY, "--notice", "It opens in May.", hours=2)
    assert [entry.summary for entry in parsed(newsroom)] == ["It opens in May."]
    before = newsroom.document("mended").document.etag
    newsroom.page("more.txt", page(9, "Crane is sold to a theatre"))
    newsroom.publish(NOW + 3 * HOUR)
    assert newsroom.document("mended").document.etag == before


def test_what_the_public_is_told_stands_on_the_storys_page(newsroom: TestNewsroom) -> None:
    correct(newsroom, QUAY, "--notice", NOTICE)
    (story,) = [entry for entry in newsroom.entries() if entry.title == QUAY]
    answer = in_process(newsroom)(f"/feeds/stories/{story.hash}")
    assert NOTICE in answer.text
    assert QUAY in in_process(newsroom)("/feeds/mended").text
    correct(newsroom, QUAY, "--notice", "", hours=2)
    assert NOTICE not in in_process(newsroom)(f"/feeds/stories/{story.hash}").text
    assert parsed(newsroom) == []


@pytest.mark.parametrize("more", [(), ("--erase",)], ids=["retracted", "erased"])
def test_of_what_was_withdrawn_there_is_its_notice_and_not_a_word_of_it(
    newsroom: TestNewsroom, more: tuple[str, ...]
) -> None:
    correct(newsroom, LAMP, "--notice", "The lamp is green, and not red.")
    done(newsroom, "retract", "--yes", LAMP, "--notice", WITHDRAWN, *more, hours=2)
    (entry,) = parsed(newsroom)
    assert (entry.title, entry.summary) == ("This story was withdrawn", WITHDRAWN)
    assert "/feeds/stories/" in entry.link
    for form in FORMATS:
        body = newsroom.document("mended", form).document.body.decode()
        assert "amp" not in body.replace("&amp;", "")
        assert "Nora Lind" not in body
    assert in_process(newsroom)(entry.link.removeprefix("https://desk.test")).status == 410


def test_what_was_withdrawn_without_a_word_or_came_back_is_not_in_it(
    newsroom: TestNewsroom,
) -> None:
    done(newsroom, "retract", "--yes", LAMP)
    done(newsroom, "retract", "--yes", PIER, "--notice", WITHDRAWN, hours=2)
    assert len(parsed(newsroom)) == 1
    done(newsroom, "restore", "--yes", PIER, hours=3)
    assert parsed(newsroom) == []


def test_a_ledger_that_is_made_anew_has_the_same_corrections(newsroom: TestNewsroom) -> None:
    correct(newsroom, QUAY, "--notice", NOTICE)
    done(newsroom, "retract", "--yes", PIER, "--notice", WITHDRAWN, hours=2)
    before = [(entry.id, entry.updated, entry.summary) for entry in parsed(newsroom)]
    newsroom.lose_ledger()
    feeds(newsroom, "publish", "--rebuild", now=NOW + 3 * HOUR)
    assert [(entry.id, entry.updated, entry.summary) for entry in parsed(newsroom)] == before


def test_it_is_checked_and_shown_like_other_feeds(newsroom: TestNewsroom) -> None:
    correct(newsroom, QUAY, "--notice", NOTICE)
    done(newsroom, "retract", "--yes", PIER, "--notice", WITHDRAWN, hours=2)
    told = feeds(newsroom, "check", now=NOW + 3 * HOUR)
    assert "mended" not in told.stdout
    assert "in feeds     latest, mended" in feeds(newsroom, "show", QUAY).stdout
    assert "not in       mended: it was not corrected" in feeds(newsroom, "show", LAMP).stdout


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ('kinds = ["correction", "article"]\n', "a feed of their own"),
        ('kinds = ["correction"]\nhours = 3\n', "hours: a feed of corrections has all there are"),
    ],
)
def test_a_feed_of_corrections_has_all_of_them_and_nothing_else(
    newsroom: TestNewsroom, more: str, why: str
) -> None:
    newsroom.configure(f'{SITE}[[feeds]]\nname = "mended"\ntitle = "M"\n{more}')
    told = feeds(newsroom, "publish", now=NOW + HOUR)
    assert told.returncode == 2
    assert why in told.stderr


def test_the_words_are_those_of_the_pages_for_people() -> None:
    for language in ("az", "ru"):
        file = PROJECT / f"feeds/web/translations/{language}/LC_MESSAGES/messages.po"
        english = corrections.WORDS["en"][1]
        told = corrections.WORDS[language][1]
        assert f'msgid "{english}"\nmsgstr "{told}"' in file.read_text(encoding="utf-8")


def test_an_id_that_has_a_fragment_gets_no_second_one() -> None:
    assert corrections.id_of(EntryId("tag:desk.test,2026:abc")).endswith("abc#correction")
    assert corrections.id_of(EntryId("https://d.test/#a")) == "https://d.test/#a-correction"


def test_json_feed_has_the_notice_as_its_text(newsroom: TestNewsroom) -> None:
    correct(newsroom, QUAY, "--notice", NOTICE)
    items = msgspec.json.decode(newsroom.document("mended", "json").document.body)["items"]
    assert [item["content_html"] for item in items] == [f"<p>{NOTICE}</p>"]
