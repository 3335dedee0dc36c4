"""A better reader: it reads nothing again by itself, and moves nothing when it is asked to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from feeds import normalise, readers
from feeds.model import Page, Reading, StatedDate, Url
from feeds.model.guidance import Guidance
from feeds.model.outcome import Again, Outcome
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds, publish_bell

LATER = NOW + timedelta(days=1)
Change = Callable[[Reading], Reading]


def improve(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    """From now on the program is a newer one, whose normaliser sees ``change`` in each page."""
    original = normalise.normalise

    def better(page: Page, guidance: Guidance) -> Reading:
        return msgspec.structs.replace(change(original(page, guidance)), reader_version=99)

    monkeypatch.setattr(normalise, "normalise", better)
    for module in ("feeds.model.versions", "feeds.publish.job", "feeds.ledger.readings"):
        monkeypatch.setattr(f"{module}.READER_VERSION", 99)


def article(**fields: object) -> Change:
    def change(found: Reading) -> Reading:
        assert found.article is not None
        return msgspec.structs.replace(
            found, article=msgspec.structs.replace(found.article, **fields)
        )

    return change


def first_headline(**fields: object) -> Change:
    def change(found: Reading) -> Reading:
        first = msgspec.structs.replace(found.latest[0], **fields)
        return msgspec.structs.replace(found, latest=(first, *found.latest[1:]))

    return change


def again(newsroom: TestNewsroom, *only: Path, preview: bool = False, new: bool = False) -> Outcome:
    how = Again(("feeds", "publish", "--reread"), preview, new)
    return newsroom.publish(LATER, *only, again=how)


def moments(newsroom: TestNewsroom) -> list[tuple[object, ...]]:
    return [
        (entry.id, entry.published, entry.updated, entry.rank, entry.ordered)
        for entry in newsroom.entries()
    ]


def test_a_new_reader_reads_nothing_again_by_itself(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_bell(newsroom)
    before, bytes_before = newsroom.dump(), newsroom.document().document.body
    improve(monkeypatch, article(title="Better title"))
    assert newsroom.publish(LATER).revision is None
    assert newsroom.publish(LATER + timedelta(minutes=5)).revision is None
    assert newsroom.dump() == before
    assert newsroom.document().document.body == bytes_before


def test_a_page_that_changes_is_read_by_the_new_reader_alone(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    improve(monkeypatch, article(authors=("A better name",)))
    published.page("new.txt", "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n")
    assert published.publish(LATER).entered == 1
    authors = {entry.title: entry.authors for entry in published.entries()}
    assert authors["Crane falls"] == ("A better name",)
    assert authors["Bell hangs in its tower again after nine years"] == ("Nora Lind",)


def test_a_preview_shows_what_would_change_and_writes_nothing(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = published.dump()
    improve(monkeypatch, article(title="Bell hangs again", authors=("Ola Berg",)))
    outcome = again(published, preview=True)
    assert outcome.revision is None
    assert outcome.changes == (
        "bell.txt:1: title: Bell hangs in its tower again after nine years → Bell hangs again",
        "bell.txt:1: authors: Nora Lind → Ola Berg",
        "to apply this: feeds publish --reread",
    )
    assert published.dump() == before


def test_what_is_read_better_is_a_correction_that_moves_nothing(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = moments(published)
    improve(
        monkeypatch,
        article(
            title="Bell hangs again", paragraphs=("Another text.",), url=Url("https://d.test/b")
        ),
    )
    outcome = again(published)
    assert (outcome.revision, outcome.entered, outcome.corrected) == (2, 0, 1)
    assert [line.split(":")[2].strip() for line in outcome.changes] == ["title", "content", "url"]
    assert moments(published) == before
    assert b"Bell hangs again" in published.document().document.body
    assert again(published).revision is None
    assert published.publish(LATER + timedelta(hours=1)).revision is None
    assert moments(published) == before


def test_a_date_that_is_found_now_is_named_and_moves_nothing(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = moments(published)
    improve(monkeypatch, article(published=StatedDate("2026-01-13", "day")))
    outcome = again(published)
    assert outcome.changes == (
        "bell.txt:1: date: unknown → 2026-01-13 (the date of publication stays)",
    )
    assert moments(published) == before
    assert published.publish(LATER + timedelta(hours=1)).revision is None


def test_a_headline_that_is_read_better_stays_one_entry(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = moments(published)
    improve(
        monkeypatch, first_headline(title="Pilot boat gets an engine", url=Url("https://d.t/b"))
    )
    outcome = again(published)
    assert (outcome.entered, outcome.corrected) == (0, 1)
    assert moments(published) == before
    published.page(
        "bell2.txt", (published.root / "bell.txt").read_bytes().replace(b"crate", b"box")
    )
    published.publish(LATER + timedelta(hours=1))
    titles = [entry.title for entry in published.entries()]
    assert titles.count("Pilot boat gets an engine") == 1


def test_a_story_that_would_be_new_is_entered_only_if_accepted(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = moments(published)

    def more(found: Reading) -> Reading:
        extra = msgspec.structs.replace(found.latest[0], title="One more headline", line=99)
        return msgspec.structs.replace(found, latest=(*found.latest, extra))

    improve(monkeypatch, more)
    for _ in range(2):
        outcome = again(published)
        assert (outcome.revision, outcome.entered) == (None, 0)
        assert outcome.changes == (
            "bell.txt:99: new: 'One more headline'",
            "1 new story is not published; to publish: feeds publish --reread --accept new",
        )
    assert moments(published) == before
    assert again(published, new=True).entered == 1
    assert len(published.entries()) == 5
    assert [row for row in moments(published) if row in before] == before


def test_a_kind_of_page_that_was_unreadable_is_new_only_if_accepted(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.page("lamp.md", "# Lamp glows\n\nIt glows again.\n")
    with monkeypatch.context() as patch:
        patch.delitem(readers.READERS, ".md")
        assert newsroom.publish().entered == 0
    assert newsroom.publish(LATER).entered == 0
    assert again(newsroom).entered == 0
    assert again(newsroom, new=True).entered == 1
    assert newsroom.rows("SELECT failure FROM readings") == [(None,)]


def test_an_article_that_is_seen_no_longer_stays_published(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = moments(published)
    improve(monkeypatch, lambda found: msgspec.structs.replace(found, article=None))
    (line,) = again(published).changes
    assert line.endswith("→ none (it stays published)")
    assert moments(published) == before


def test_only_the_named_pages_are_read_again(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = published.page("new.txt", "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n")
    published.publish()
    improve(monkeypatch, article(authors=("Ola Berg",)))
    outcome = again(published, page)
    assert outcome.changes == ("new.txt:1: authors: unknown → Ola Berg",)
    versions = published.rows("SELECT path, reader_version FROM readings ORDER BY path")
    assert [version == 99 for _, version in versions] == [False, True]


def test_what_is_stated_about_a_page_holds_when_it_is_read_again(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.page("bell.txt")
    newsroom.page("pages.csv", "path,author\nbell.txt,Ida Moe\n")
    newsroom.publish()
    improve(monkeypatch, article(authors=("Ola Berg",)))
    assert again(newsroom).changes == ()


def test_the_command_previews_and_status_names_it(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt")
    feeds(newsroom, "publish")
    run = feeds(newsroom, "publish", "--reread", "--preview")
    assert (run.returncode, run.stdout, run.stderr) == (0, "nothing new\n", "")
    assert "--reread" not in feeds(newsroom, "status").stdout
    newsroom.change("UPDATE readings SET reader_version = 0")
    status = feeds(newsroom, "status").stdout
    assert "1 page was read by another version" in status
    assert "feeds publish --reread --preview" in status
    feeds(newsroom, "publish", "--reread")
    assert "--reread" not in feeds(newsroom, "status").stdout


def test_a_preview_without_rereading_is_refused(newsroom: TestNewsroom) -> None:
    run = feeds(newsroom, "publish", "--preview")
    assert (run.returncode, "go with --reread" in run.stderr) == (2, True)


RULE = '\n[[pages]]\npath = "*.txt"\ncategories = ["Harbour"]\n'


def test_a_date_that_was_found_again_is_not_moved_to_by_a_later_edit_of_a_rule(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = moments(published)
    improve(monkeypatch, article(published=StatedDate("2026-01-10", "day")))
    again(published)
    published.configure(SITE + RULE)
    published.publish(LATER + timedelta(hours=1))
    assert moments(published) == before


def test_a_story_that_was_not_accepted_stays_out_and_the_rest_stays_corrected(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(found: Reading) -> Reading:
        other = msgspec.structs.replace(found.latest[0], title="A fourth headline", line=99)
        better = article(title="A better title for the bell")(found)
        return msgspec.structs.replace(better, latest=(*found.latest, other))

    before = moments(published)
    improve(monkeypatch, change)
    again(published)
    published.configure(SITE + RULE)
    published.publish(LATER + timedelta(hours=1))
    titles = [entry.title for entry in published.entries()]
    assert "A better title for the bell" in titles
    assert "A fourth headline" not in titles
    assert moments(published) == before
    assert again(published, new=True).entered == 1
