"""Captured pages: where their story is, when it was seen, which version of it counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from feeds.newsroom import captured
from feeds.readers.warc import Capture
from tests.captures import SITE, Article, article_page, list_page
from tests.captures import captured as made_of
from tests.newsrooms import TestNewsroom, feeds, said

MOMENT = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
NOW = MOMENT + timedelta(hours=12)
TEXT = (
    "The harbour bell rang twice on Monday, for the first time in nine years, said the office.",
    "Nobody at the office could say who had paid for it, or where the bell had hung since then.",
)
BELL = Article(
    "/bell", "Harbour bell rings again after nine years", TEXT, "2026-12-01", "2026-12-01"
)
FERRY = Article(
    "/ferry", "Ferry to the islands stops for two whole weeks", tuple(words[::-1] for words in TEXT)
)


def save(newsroom: TestNewsroom, article: Article, hours: int = 0, **also: bool) -> str:
    moment = MOMENT + timedelta(hours=hours)
    return captured.save(
        newsroom.root, made_of(article.address, moment, article_page(article), **also)
    )


def urls(newsroom: TestNewsroom) -> dict[str, str | None]:
    return {entry.title: entry.url for entry in newsroom.entries()}


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        ("", f"{SITE}/bell"),
        (f"{SITE}/own/bell", f"{SITE}/own/bell"),
        ("/own/bell", f"{SITE}/own/bell"),
        (f"{SITE}/", f"{SITE}/bell"),
        ("https://agency.test/bell", f"{SITE}/bell"),
        ("http://www.desk.test/own/bell", "http://www.desk.test/own/bell"),
        ("not an address", f"{SITE}/not%20an%20address"),
    ],
)
def test_its_own_address_counts_if_it_is_one_of_this_site(
    newsroom: TestNewsroom, canonical: str, address: str
) -> None:
    save(newsroom, BELL._replace(canonical=canonical))
    newsroom.publish(NOW)
    assert urls(newsroom) == {BELL.title: address}


def test_an_address_that_is_another_storys_gives_way_to_the_one_it_came_from(
    newsroom: TestNewsroom,
) -> None:
    save(newsroom, BELL)
    save(newsroom, FERRY._replace(canonical=BELL.address), 1)
    outcome = newsroom.publish(NOW)
    assert urls(newsroom) == {BELL.title: BELL.address, FERRY.title: FERRY.address}
    assert said(outcome.notices) == []


def test_what_an_editor_states_counts_more_than_what_was_captured(newsroom: TestNewsroom) -> None:
    path = save(newsroom, BELL)
    newsroom.page("pages.csv", f"path,url,language\n{path},https://desk.test/told,az\n")
    newsroom.publish(NOW)
    (entry,) = newsroom.entries()
    assert (entry.url, entry.language) == ("https://desk.test/told", "az")


def test_what_an_editor_states_of_one_version_holds_for_all(newsroom: TestNewsroom) -> None:
    path = save(newsroom, BELL)
    newsroom.page("pages.csv", f"path,status\n{path},draft\n")
    newsroom.publish(NOW)
    save(newsroom, BELL._replace(title=f"{BELL.title}, at last"), 1)
    newsroom.publish(NOW + timedelta(hours=1))
    assert newsroom.entries() == []
    newsroom.page("pages.csv", "path,status\ncaptured/bell,published\n")
    outcome = newsroom.publish(NOW + timedelta(hours=2))
    assert list(urls(newsroom)) == [f"{BELL.title}, at last"]
    assert said((*outcome.problems, *outcome.notices)) == []


def test_front_matter_above_the_markup_counts_too(newsroom: TestNewsroom) -> None:
    markup = f"---\ntitle: Bell, told otherwise by the desk\n---\n{article_page(BELL)}"
    captured.save(newsroom.root, made_of(BELL.address, MOMENT, markup))
    newsroom.publish(NOW)
    assert list(urls(newsroom)) == ["Bell, told otherwise by the desk"]


def test_rules_name_captured_pages_by_the_folders_of_their_addresses(
    newsroom: TestNewsroom,
) -> None:
    site = (newsroom.root / "site.toml").read_text(encoding="utf-8")
    newsroom.configure(f'{site}\n[[pages]]\npath = "captured/bell/**"\ncategories = ["Port"]\n')
    save(newsroom, BELL)
    save(newsroom, FERRY)
    newsroom.publish(NOW)
    found = {entry.title: entry.categories for entry in newsroom.entries()}
    assert found == {BELL.title: ("Port",), FERRY.title: ()}


def test_the_language_of_the_answer_counts_if_the_page_says_none(newsroom: TestNewsroom) -> None:
    markup = article_page(BELL).replace(' lang="en"', "")
    headers = ("Content-Type", "text/html"), ("Content-Language", "az")
    captured.save(newsroom.root, made_of(BELL.address, MOMENT, markup, *headers))
    newsroom.publish(NOW)
    assert [entry.language for entry in newsroom.entries()] == ["az"]


def test_evidence_names_the_record_where_the_page_itself_says_nothing(
    newsroom: TestNewsroom,
) -> None:
    path = save(newsroom, BELL)
    found = feeds(newsroom, "read", newsroom.root / path)
    assert found.returncode == 0, found.stderr
    assert "1 December 2026, 05:00 UTC" in found.stdout
    assert "WARC-Date" in found.stdout
    assert "WARC-Target-URI" in found.stdout


def test_the_newest_version_has_the_words_and_nobody_is_told_of_two_files(
    newsroom: TestNewsroom,
) -> None:
    save(newsroom, BELL)
    again = BELL._replace(title="Harbour bell rings out again after nine years")
    save(newsroom, again, 1)
    outcome = newsroom.publish(NOW)
    assert list(urls(newsroom)) == [again.title]
    assert said((*outcome.problems, *outcome.notices)) == []
    (entry,) = newsroom.entries()
    assert entry.updated == MOMENT + timedelta(hours=1)
    assert "bell" not in feeds(newsroom, "check").stdout


def test_an_editors_own_copy_is_told_of(newsroom: TestNewsroom) -> None:
    save(newsroom, BELL)
    newsroom.publish(NOW)
    newsroom.page("bell.html", article_page(BELL))
    outcome = newsroom.publish(NOW + timedelta(hours=1))
    assert ["the same article as captured/bell" in text for text in said(outcome.notices)] == [True]


def test_an_older_version_that_is_deleted_is_no_page_that_is_gone(newsroom: TestNewsroom) -> None:
    older = save(newsroom, BELL)
    newest = save(newsroom, BELL._replace(title=f"{BELL.title}, at last"), 1)
    newsroom.publish(NOW)
    (newsroom.root / older).unlink()
    assert said(newsroom.publish(NOW + timedelta(hours=1)).notices) == []
    (newsroom.root / newest).unlink()
    told = said(newsroom.publish(NOW + timedelta(hours=2)).notices)
    assert [text.partition(": ")[0] for text in told] == [newest]


def test_what_kept_an_older_version_out_is_so_no_more(newsroom: TestNewsroom) -> None:
    save(newsroom, BELL._replace(paragraphs=()))
    assert newsroom.publish(NOW).problems
    assert "no text" in feeds(newsroom, "status").stdout
    save(newsroom, BELL, 1)
    assert said(newsroom.publish(NOW + timedelta(hours=1)).problems) == []
    assert "no text" not in feeds(newsroom, "status").stdout
    newsroom.lose_ledger()
    assert said(newsroom.publish(NOW + timedelta(hours=2), rebuild=True).problems) == []


def test_the_home_page_is_no_articles(newsroom: TestNewsroom) -> None:
    lead = article_page(BELL._replace(canonical=f"{SITE}/"))
    for hours, is_list in ((0, False), (1, True)):
        moment = MOMENT + timedelta(hours=hours)
        captured.save(newsroom.root, made_of(f"{SITE}/", moment, lead, is_list=is_list))
    outcome = newsroom.publish(NOW)
    assert newsroom.entries() == []
    assert said((*outcome.problems, *outcome.notices)) == []


def test_a_story_that_is_printed_whole_in_a_list_is_none_of_the_lists_address(
    newsroom: TestNewsroom,
) -> None:
    whole = f"<article><h1><a href='/bell'>{BELL.title}</a></h1>"
    whole += "".join(f"<p>{words}</p>" for words in TEXT) + "</article>"
    rest = [FERRY._replace(day="2026-12-01"), FERRY._replace(title="Boats", day="2026-11-30")]
    page = list_page(rest, whole)
    captured.save(newsroom.root, made_of(f"{SITE}/economy/", MOMENT, page, is_list=True))
    outcome = newsroom.publish(NOW)
    assert {entry.kind for entry in newsroom.entries()} == {"headline"}
    assert FERRY.title in urls(newsroom)
    assert said((*outcome.problems, *outcome.notices)) == []


def test_today_and_yesterday_are_days_of_the_newsroom(newsroom: TestNewsroom) -> None:
    night = datetime(2026, 12, 2, 1, 30, tzinfo=timezone(timedelta(hours=4)))
    markup = article_page(BELL._replace(date="")).replace(
        "</h1>", '</h1><span class="date">2 hours ago</span>'
    )
    captured.save(
        newsroom.root,
        Capture(BELL.address, night, 200, (("Content-Type", "text/html"),), markup.encode()),
    )
    newsroom.publish(NOW + timedelta(days=1))
    (entry,) = newsroom.entries()
    assert entry.stated is not None
    assert entry.stated.iso == "2026-12-01"
    assert entry.captured is None or entry.captured == night


def test_the_exact_moment_stands_where_a_files_time_stood(newsroom: TestNewsroom) -> None:
    save(newsroom, BELL)
    newsroom.publish(NOW + timedelta(days=3))
    (entry,) = newsroom.entries()
    assert (entry.published, entry.updated, entry.entered) == (MOMENT, MOMENT, MOMENT)


def test_what_lies_among_captured_pages_by_another_name_supersedes_none(
    newsroom: TestNewsroom,
) -> None:
    save(newsroom, BELL._replace(paragraphs=()))
    newsroom.page("captured/bell/zzz.warc", b"WARC/1.1\r\n")
    problems = newsroom.publish(NOW).problems
    assert {problem.code for problem in problems} == {"page-unreadable", "no-text"}


def test_all_versions_may_go_before_anybody_was_told_of_one(newsroom: TestNewsroom) -> None:
    path = save(newsroom, BELL._replace(paragraphs=()))
    newsroom.publish(NOW)
    newsroom.change("UPDATE readings SET told = 0")
    (newsroom.root / path).unlink()
    assert newsroom.publish(NOW + timedelta(hours=1)) is not None
