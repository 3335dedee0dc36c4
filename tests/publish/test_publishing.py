"""Publishing, again and again: what changes, and above all what doesn't."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from feeds.ledger import lock
from feeds.model import Document
from feeds.model.errors import ConfigError, FeedsError, LedgerBusyError, LedgerError
from feeds.syndication import contents
from tests.newsrooms import NOW, PAGE, SITE, TestNewsroom, publish_bell, said

FORMATS = ("rss", "atom", "json")

pytestmark = pytest.mark.engines


def etags(newsroom: TestNewsroom) -> list[str]:
    return [newsroom.document("latest", form).document.etag for form in FORMATS]


def documents(newsroom: TestNewsroom) -> list[Document]:
    return [newsroom.document("latest", form).document for form in FORMATS]


def identity(newsroom: TestNewsroom) -> list[tuple[object, ...]]:
    """What must survive a rebuild: ids, moments, content, in their order."""
    return [
        (entry.id, entry.published, entry.updated, entry.captured, entry.title, entry.content)
        for entry in newsroom.entries()
    ]


def test_a_page_becomes_an_article_and_its_headlines(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt")
    outcome = newsroom.publish()
    assert (outcome.revision, outcome.entered, outcome.exit_code) == (1, 4, 0)
    assert [(entry.kind, entry.title) for entry in newsroom.entries()] == [
        ("article", "Bell hangs in its tower again after nine years"),
        ("headline", "Pilot boat gets another engine"),
        ("headline", "Budget of the harbour office is passed"),
        ("headline", "Ferry to run at night"),
    ]


def test_an_article_without_a_stated_date_has_no_published_moment(published: TestNewsroom) -> None:
    article = published.entries()[0]
    assert article.published is None
    assert article.updated == datetime(2026, 1, 14, 8, tzinfo=UTC)  # noon in Baku, when captured


def test_headlines_of_one_day_keep_the_order_of_their_list(published: TestNewsroom) -> None:
    moments = [entry.published for entry in published.entries()[2:]]
    assert moments == [
        datetime(2026, 1, 8, 8, tzinfo=UTC),
        datetime(2026, 1, 8, 7, 59, tzinfo=UTC),
    ]


def test_publishing_twice_writes_nothing_the_second_time(newsroom: TestNewsroom) -> None:
    publish_bell(newsroom)
    before, tags, made = newsroom.dump(), etags(newsroom), newsroom.bytes()
    outcome = newsroom.publish(NOW + timedelta(hours=1))
    assert (outcome.revision, outcome.exit_code) == (None, 0)
    assert newsroom.dump() == before
    assert newsroom.bytes() == made
    assert etags(newsroom) == tags


def test_nothing_new_is_found_by_the_ledger_too_if_the_last_run_is_forgotten(
    newsroom: TestNewsroom,
) -> None:
    publish_bell(newsroom)
    before = newsroom.dump()
    newsroom.forget_run()
    assert newsroom.publish(NOW + timedelta(hours=1)).revision is None
    assert newsroom.dump() == before


def test_an_empty_newsroom_has_empty_feeds(newsroom: TestNewsroom) -> None:
    assert newsroom.publish().revision == 1
    assert b"<item>" not in newsroom.document().document.body


def test_a_deleted_ledger_is_rebuilt_with_the_same_ids_moments_and_order(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("bell.txt")
    newsroom.page("older.txt", PAGE.replace("14 Jan", "10 Jan").replace("Bell", "Gong"))
    newsroom.publish()
    before, items = identity(newsroom), [contents.items(one) for one in documents(newsroom)]
    newsroom.lose_ledger()
    newsroom.publish(NOW + timedelta(days=3), rebuild=True)
    assert identity(newsroom) == before
    assert [contents.items(one) for one in documents(newsroom)] == items


def test_pages_published_one_by_one_or_at_once_give_the_same(newsroom: TestNewsroom) -> None:
    first = PAGE.replace("14 Jan", "10 Jan").replace("Bell", "Gong")
    newsroom.page("a.txt", first)
    newsroom.publish()
    newsroom.page(
        "b.txt", PAGE.replace("Pilot boat gets", "Pier loses\n09.Jan.2026\nPilot boat gets")
    )
    newsroom.publish(NOW + timedelta(minutes=5))
    one_by_one = identity(newsroom)
    newsroom.lose_ledger()
    newsroom.publish(NOW + timedelta(days=1), rebuild=True)
    assert identity(newsroom) == one_by_one


def test_a_touched_page_is_no_news(published: TestNewsroom) -> None:
    published.page("bell.txt", saved=NOW)
    assert published.publish(NOW + timedelta(hours=1)).revision is None


def test_a_changed_word_corrects_the_entry_in_place(published: TestNewsroom) -> None:
    before = published.entries()[0]
    published.page("bell.txt", PAGE.replace("two men", "three men"))
    later = NOW + timedelta(hours=2)
    outcome = published.publish(later)
    after = published.entries()[0]
    assert (outcome.entered, outcome.corrected) == (0, 1)
    assert (after.id, after.entered, after.updated) == (before.id, before.entered, later)
    assert "three men" in after.content


def test_changed_quotes_reach_readers_without_marking_the_story_unread(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("bell.txt", PAGE.replace("Nobody", '"Nobody"'))
    newsroom.publish()
    before = newsroom.entries()[0]
    newsroom.page("bell.txt", PAGE.replace("Nobody", "“Nobody”"))
    newsroom.publish(NOW + timedelta(hours=2))
    after = newsroom.entries()[0]
    assert "“Nobody”" in after.content
    assert after.updated == before.updated


def test_a_page_saved_over_with_another_story_is_a_new_entry(newsroom: TestNewsroom) -> None:
    newsroom.page("latest.txt")
    newsroom.publish()
    other = "Crane falls silent at the dry dock\n\nIt stopped on Friday.\nNobody knows why.\n"
    newsroom.page("latest.txt", other)
    outcome = newsroom.publish(NOW + timedelta(days=1))
    assert outcome.entered == 1
    assert len(newsroom.entries()) == 5


def test_a_list_seen_again_on_another_page_adds_nothing(published: TestNewsroom) -> None:
    other = PAGE.replace("Bell hangs", "Crane hangs").replace("harbour bell", "tall crane")
    published.page("crane.txt", other)
    assert published.publish(NOW + timedelta(hours=1)).entered == 1


def test_a_copied_page_is_published_once_and_named(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt")
    newsroom.page("copy.txt")
    outcome = newsroom.publish()
    assert outcome.entered == 4
    assert [line for line in said(outcome.notices) if "copy.txt" in line] == [
        "copy.txt:1: the same article as bell.txt, published once; delete one of the two files"
    ]
    assert said(newsroom.publish(NOW + timedelta(hours=1)).notices) == []


def test_a_copy_of_a_page_that_says_its_address_is_named_too(newsroom: TestNewsroom) -> None:
    page = (
        "<html><head><link rel=canonical href='https://desk.test/bell'></head><body><article>"
        "<h1>Bell hangs in its tower again</h1><p>9 January 2026</p><p>The bell of the harbour "
        "hangs in its tower again, after nine years in a shed behind the old net loft.</p>"
    )
    newsroom.page("bell.html", page)
    newsroom.publish()
    newsroom.page("copy.html", page)
    assert said(newsroom.publish(NOW + timedelta(hours=1)).notices) == [
        "copy.html:1: the same article as bell.html, published once; delete one of the two files"
    ]


def test_a_renamed_page_is_the_same_story_and_nobody_is_bothered(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt").rename(newsroom.root / "old.txt")
    newsroom.publish()
    (newsroom.root / "old.txt").rename(newsroom.root / "new.txt")
    outcome = newsroom.publish(NOW + timedelta(hours=1))
    assert (outcome.entered, said(outcome.notices), said(outcome.problems)) == (0, [], [])


def test_a_vanished_page_retracts_nothing_and_is_named_once(newsroom: TestNewsroom) -> None:
    page = newsroom.page("bell.txt")
    newsroom.publish()
    tags = etags(newsroom)
    page.unlink()
    outcome = newsroom.publish(NOW + timedelta(hours=1))
    assert [line for line in said(outcome.notices) if "bell.txt: the page is gone" in line]
    assert said(newsroom.publish(NOW + timedelta(hours=2)).notices) == []
    assert etags(newsroom) == tags


def test_a_configuration_change_is_a_revision_and_keeps_every_id(published: TestNewsroom) -> None:
    ids = [entry.id for entry in published.entries()]
    published.configure(SITE.replace("https://desk.test/feeds/", "https://feeds.desk.test/feeds/"))
    outcome = published.publish(NOW + timedelta(hours=1))
    assert outcome.revision == 2
    assert [entry.id for entry in published.entries()] == ids
    assert b"https://feeds.desk.test/feeds/stories/" in published.document().document.body


def test_a_removed_feed_loses_its_documents_and_members(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt")
    newsroom.configure(SITE + '\n[[feeds]]\nname = "extra"\ntitle = "Extra"\n')
    newsroom.publish()
    newsroom.configure(SITE)
    newsroom.publish(NOW + timedelta(hours=1))
    for table in ("documents", "members"):
        assert newsroom.rows(f"SELECT DISTINCT feed FROM {table}") == [("latest",)]  # noqa: S608 - names from this line


def test_an_unchanged_document_keeps_when_it_was_first_published(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE + '\n[[feeds]]\nname = "articles"\ntitle = "A"\nkinds = ["article"]\n')
    newsroom.page("bell.txt")
    newsroom.publish()
    more = PAGE.replace("Pilot boat gets", "Pier loses\n10.Jan.2026\nPilot boat gets")
    newsroom.page("bell.txt", more)
    newsroom.publish(NOW + timedelta(hours=1))
    assert newsroom.document("articles").last_modified == NOW
    assert newsroom.document("latest").last_modified == NOW + timedelta(hours=1)


def test_a_headline_dated_in_the_future_waits_for_its_day(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt", PAGE.replace("09.Jan.2026", "16.Jan.2026"))
    outcome = newsroom.publish()
    assert outcome.exit_code == 1
    assert any("bell.txt:6: held: its date 2026-01-16" in line for line in said(outcome.problems))
    assert newsroom.publish(NOW + timedelta(days=1)).exit_code == 0
    assert len(newsroom.entries()) == 3
    released = newsroom.publish(datetime(2026, 1, 16, 9, tzinfo=UTC))
    assert (released.entered, released.exit_code) == (1, 0)


def test_undated_articles_can_be_held_and_let_go(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("[[feeds]]", 'undated = "hold"\n\n[[feeds]]'))
    newsroom.page("bell.txt")
    outcome = newsroom.publish()
    assert (outcome.entered, outcome.exit_code) == (3, 1)
    assert newsroom.publish(NOW + timedelta(hours=1)).exit_code == 0
    newsroom.configure(SITE)
    assert newsroom.publish(NOW + timedelta(hours=2)).entered == 1


def test_only_the_named_pages_are_read(newsroom: TestNewsroom) -> None:
    newsroom.page("a/bell.txt")
    newsroom.page("b.txt", "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n")
    newsroom.publish(NOW, newsroom.root / "a")
    assert "Crane falls" not in [entry.title for entry in newsroom.entries()]
    assert newsroom.publish(NOW + timedelta(hours=1)).entered == 1


def test_a_name_that_is_no_page_of_the_newsroom_is_refused(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt")
    with pytest.raises(FeedsError, match="no page of this newsroom"):
        newsroom.publish(NOW, newsroom.root.parent / "elsewhere.txt")


_FIRST = (
    "ccp3bbgjiujk cltbimb3h5ft nqt6lqb62hxp ovsal2wgjv4q qgr4uxarii5k qu4zfac7nkhi "
    "qzie7cqj3mem rfzhgzkqdsan rj4f7zplux4v t5iv7at2vgkf un56jnotfrkv wfzgjasquwf2 "
    "wpp5rlz7enun "
)
"""The entries of the three pages that the sample began with."""


def test_the_sample_publishes_thirty_two_entries_and_a_past(newsroom: TestNewsroom) -> None:
    sample = TestNewsroom.sample(newsroom.root.parent.parent / "sample")
    outcome = sample.publish()
    assert (outcome.entered, outcome.problems) == (32, [])
    (draft,) = said(outcome.notices)
    assert draft.startswith("town/night-bus.md:8: kept back: its status is draft")
    assert (outcome.corrected, outcome.retracted) == (1, 2)
    assert {entry.hash for entry in sample.entries()} >= {*_FIRST.split()}
    assert sample.publish(NOW + timedelta(hours=1)).revision is None


@pytest.mark.parametrize(
    "change",
    [
        ('title = "Harbour Desk"', 'title = "Caspian Desk"'),
        ('site_url = "https://desk.test/"', 'site_url = "https://news.example/"'),
        ("https://desk.test/feeds/", "http://localhost:8000/feeds/"),
        ("news.example,2026", "me@sub.news.example,2026"),
    ],
)
def test_the_placeholder_authority_is_refused_to_all_but_the_sample(
    newsroom: TestNewsroom, change: tuple[str, str]
) -> None:
    newsroom.configure(SITE.replace("desk.test,2026", "news.example,2026").replace(*change))
    with pytest.raises(ConfigError, match=r"site\.toml:8: authority: .* not yours"):
        newsroom.publish()
    assert not newsroom.has_ledger()


def test_an_authority_of_a_year_to_come_is_refused(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("desk.test,2026", "desk.test,2027"))
    with pytest.raises(ConfigError, match="still to come"):
        newsroom.publish()


def test_a_ledger_of_another_newsroom_is_not_inherited(published: TestNewsroom) -> None:
    before = published.dump()
    published.configure(SITE.replace("desk.test,2026", "other.test,2026"))
    with pytest.raises(LedgerError, match=r"minted under 'desk\.test,2026'"):
        published.publish(NOW + timedelta(hours=1))
    assert published.dump() == before


def test_a_second_publisher_at_the_same_time_is_sent_away(newsroom: TestNewsroom) -> None:
    newsroom.publish()
    newsroom.page("bell.txt")
    with (
        lock.hold(newsroom.database),
        pytest.raises(LedgerBusyError, match="another 'feeds publish' is at work"),
    ):
        newsroom.publish(NOW + timedelta(hours=1))
    assert newsroom.publish(NOW + timedelta(hours=1)).entered == 4


def test_a_held_story_of_a_vanished_page_is_not_published_when_its_day_comes(
    newsroom: TestNewsroom,
) -> None:
    page = newsroom.page("bell.txt", PAGE.replace("09.Jan.2026", "16.Jan.2026"))
    newsroom.publish()
    page.unlink()
    newsroom.publish(NOW + timedelta(hours=1))
    later = datetime(2026, 1, 16, 9, tzinfo=UTC)
    assert newsroom.publish(later).entered == 0
    newsroom.page("bell.txt", PAGE.replace("09.Jan.2026", "16.Jan.2026"))
    assert newsroom.publish(later + timedelta(hours=1)).entered == 1


def test_a_run_that_failed_is_remembered_as_such(newsroom: TestNewsroom) -> None:
    newsroom.publish()
    newsroom.configure(SITE.replace("desk.test,2026", "other.test,2026"))
    with pytest.raises(LedgerError):
        newsroom.publish(NOW + timedelta(hours=1))
    last = lock.last_run(newsroom.database)
    assert last is not None
    assert (last.exit_code, last.finished) == (2, NOW + timedelta(hours=1))


def test_a_page_that_became_unreadable_holds_nothing_any_more(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt", PAGE.replace("09.Jan.2026", "16.Jan.2026"))
    newsroom.publish()
    newsroom.page("bell.txt", b"")
    newsroom.publish(NOW + timedelta(hours=1))
    assert newsroom.rows("SELECT count(*) FROM held") == [(0,)]


def test_last_modified_moves_on_even_within_a_second_or_when_the_clock_went_back(
    published: TestNewsroom,
) -> None:
    for minutes in (0, -60):
        before = published.document().last_modified
        published.page("bell.txt", PAGE.replace("two men", f"{minutes + 90} men"))
        published.publish(NOW + timedelta(minutes=minutes))
        assert published.document().last_modified > before


def test_an_article_that_is_given_its_date_is_not_updated_before_it_was_published(
    published: TestNewsroom,
) -> None:
    published.page("bell.txt", PAGE.replace("Nora Lind\n", "Nora Lind\n14.01.2026 12:15\n"))
    published.publish(NOW + timedelta(hours=1))
    article = published.entries()[0]
    assert article.published == datetime(2026, 1, 14, 8, 15, tzinfo=UTC)
    assert article.updated == article.published


def test_a_headline_that_falls_due_does_not_bring_back_the_old_text_of_its_page(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("mon.txt", PAGE.replace("09.Jan.2026", "20.Jan.2026"))
    newsroom.publish()
    newsroom.page("tue.txt")
    newsroom.publish(NOW + timedelta(hours=1))
    newsroom.page("tue.txt", PAGE.replace("two men", "three men"))
    newsroom.publish(NOW + timedelta(hours=2))
    corrected = newsroom.entries()
    newsroom.publish(datetime(2026, 1, 20, 9, tzinfo=UTC))
    article = next(entry for entry in newsroom.entries() if entry.kind == "article")
    assert article in corrected
    assert "Pilot boat gets another engine" in [entry.title for entry in newsroom.entries()]


def test_pages_that_change_names_every_day_are_no_duplicates(newsroom: TestNewsroom) -> None:
    newsroom.page("today.txt")
    newsroom.publish()
    (newsroom.root / "today.txt").rename(newsroom.root / "2026-01-13.txt")
    newsroom.page("today.txt", "Crane falls silent\n\nIt stopped on Friday.\nNobody knows why.\n")
    outcome = newsroom.publish(NOW + timedelta(days=1))
    assert (outcome.entered, said(outcome.notices), said(outcome.problems)) == (1, [], [])


def test_what_is_wrong_with_a_page_is_told_by_the_next_run_if_one_dies_before_it_could(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from feeds.publish import articles

    newsroom.page("bell.txt", PAGE.replace("crate that", "crate\x07 that"))
    newsroom.page("empty.txt", b"")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(articles, "decide_page", killed)
        with pytest.raises(KeyboardInterrupt):
            newsroom.publish()
    outcome = newsroom.publish(NOW + timedelta(minutes=5))
    assert [
        line for line in said(outcome.problems) if line.startswith("empty.txt: the page is empty")
    ]
    assert [
        line for line in said(outcome.notices) if line.startswith("bell.txt:3: control characters")
    ]
    assert outcome.exit_code == 1


def test_two_headlines_of_the_same_words_and_day_in_a_list_are_one_and_named(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page(
        "bell.txt", PAGE.replace("Ferry to run", "Budget of the harbour office is passed!")
    )
    newsroom.page(
        "bonds.txt",
        "Bonds\n\nThey fell.\nLatest news\nHarbour bonds A+\n08.Jan.2026\n"
        "Harbour bonds A-\n08.Jan.2026\n",
    )
    outcome = newsroom.publish()
    assert [
        line for line in said(outcome.notices) if line.startswith("bonds.txt:7: 'Harbour bonds A-'")
    ]


def test_the_page_of_a_feed_lists_what_its_document_holds(published: TestNewsroom) -> None:
    rows = published.rows("SELECT entry FROM members WHERE feed = 'latest' ORDER BY position")
    assert [entry for (entry,) in rows] == [entry.id for entry in published.entries()]


def test_an_older_copy_that_turns_up_does_not_bring_back_the_old_words(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("a.txt")
    newsroom.publish()
    newsroom.page("a.txt", PAGE.replace("after nine years", "after ten years"))
    newsroom.publish(NOW + timedelta(hours=1))
    newsroom.page("z-old.txt")
    outcome = newsroom.publish(NOW + timedelta(hours=2))
    assert (outcome.entered, outcome.corrected) == (0, 0)
    assert newsroom.entries()[0].title.endswith("ten years")
    assert said(outcome.problems) == [
        "z-old.txt:1: the same article as a.txt, but in other words: that page's are published; "
        "put the right words into a.txt, and delete this file"
    ]


def test_a_page_copied_and_then_corrected_in_one_go_keeps_the_correction(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("a.txt")
    newsroom.publish()
    newsroom.page("z.txt")
    newsroom.page("a.txt", PAGE.replace("two men", "three men"))
    newsroom.publish(NOW + timedelta(hours=1))
    assert "three men" in newsroom.entries()[0].content


def test_a_renamed_page_published_by_its_name_alone_is_no_duplicate(
    newsroom: TestNewsroom,
) -> None:
    page = newsroom.page("a.txt")
    newsroom.publish()
    page.unlink()
    renamed = newsroom.page("b.txt", PAGE.replace("who had paid", "who paid"))
    outcome = newsroom.publish(NOW + timedelta(hours=1), renamed)
    assert (outcome.entered, outcome.corrected, said(outcome.notices)) == (0, 1, [])


def test_a_held_page_that_was_away_while_the_settings_changed_is_released_when_it_is_back(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(SITE.replace("[[feeds]]", 'undated = "hold"\n\n[[feeds]]'))
    page = newsroom.page("a.txt")
    newsroom.publish()
    page.unlink()
    newsroom.publish(NOW + timedelta(hours=1))
    newsroom.configure(SITE)
    newsroom.publish(NOW + timedelta(hours=2))
    newsroom.page("a.txt")
    assert newsroom.publish(NOW + timedelta(hours=3)).entered == 1


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (2, "2.txt: the page is gone; its story 'Lamp 2 is lit again"),
        (3, "… and 1 more page is gone; its story stays published; is a folder"),
        (9, "… and 7 more pages are gone; their stories stay published; is a folder"),
    ],
)
def test_of_many_pages_that_vanish_at_once_some_are_named_and_the_others_counted(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch, count: int, last: str
) -> None:
    monkeypatch.setattr("feeds.publish.pages._MOST_NAMED", 2)
    for number in range(1, count + 1):
        newsroom.page(f"share/{number}.txt", f"Lamp {number} is lit again\n\nIt burns.\n")
    newsroom.page("bell.txt")
    newsroom.publish()
    shutil.rmtree(newsroom.root / "share")
    told = said(newsroom.publish(NOW + timedelta(hours=1)).notices)
    assert len(told) == min(count, 3)
    assert told[0].startswith("share/1.txt: the page is gone")
    assert last in told[-1]


def test_a_vanished_page_is_told_by_the_next_run_if_one_dies_before_it_could(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from feeds.publish import pages

    page = newsroom.page("a.txt")
    newsroom.publish()
    page.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(pages, "vanished", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            newsroom.publish(NOW + timedelta(hours=1))
    outcome = newsroom.publish(NOW + timedelta(hours=2))
    assert [line for line in said(outcome.notices) if line.startswith("a.txt: the page is gone")]


def test_a_story_held_until_an_hour_of_today_is_written_once(newsroom: TestNewsroom) -> None:
    newsroom.page("a.txt", PAGE.replace("Nora Lind\n", "Nora Lind\n14.01.2026 23:03\n"))
    newsroom.publish()
    before = newsroom.dump()
    outcome = newsroom.publish(NOW + timedelta(minutes=5))
    assert (outcome.revision, said(outcome.problems)) == (None, [])
    assert newsroom.dump() == before
    assert newsroom.publish(NOW + timedelta(hours=12)).entered == 1


def test_a_daily_column_with_a_line_that_never_changes_is_a_new_story_each_day(
    newsroom: TestNewsroom,
) -> None:
    for day in (12, 13):
        text = "".join(f"Line {number} of the day {day} is this.\n" for number in range(4))
        newsroom.page("notes.txt", f"Notes\n\nGood morning.\n{text}{day}.01.2026 08:00\n")
        newsroom.publish(NOW.replace(day=day))
    assert [entry.published for entry in newsroom.entries()] == [
        datetime(2026, 1, day, 4, tzinfo=UTC) for day in (13, 12)
    ]


def test_a_headline_without_a_full_date_is_no_entry(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt", PAGE.replace("09.Jan.2026\n", ""))
    newsroom.publish()
    assert [entry.title for entry in newsroom.entries() if entry.kind == "headline"] == [
        "Budget of the harbour office is passed",
        "Ferry to run at night",
    ]


def test_a_headline_that_gets_its_article_in_the_run_it_came_in_is_new_and_no_correction(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("a.txt", PAGE)
    newsroom.page("ferry.txt", "Ferry to run at night\n08.Jan.2026\n\nFrom Monday, they say.\n")
    outcome = newsroom.publish()
    assert (outcome.entered, outcome.corrected) == (4, 0)
    assert "From Monday" in newsroom.document().document.body.decode()
