"""What subscribers and publishers of feeds complain of most, and the cure of each.

The names of the tests are the complaints; each fails without its cure.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from feeds.model import Entry
from tests.newsrooms import NOW, SAVED, SITE, TestNewsroom, said

LATER = NOW + timedelta(hours=1)
BODY = (
    "It was opened on Monday, and all who had come were there.\nThe mayor cut the ribbon twice.\n"
)
TITLE = "Harbour opens a second quay for the ferries"


def article(title: str = TITLE, body: str = BODY, listed: str = "") -> str:
    latest = f"Latest news\n{listed}" if listed else ""
    return f"{title}\n\n{body}Nora Lind\n{latest}\n14 Jan 2026\n"


def lines(*rows: tuple[str, str]) -> str:
    return "".join(f"{title}\n{day}\n" for title, day in rows)


def titles(newsroom: TestNewsroom) -> list[str]:
    return [entry.title for entry in newsroom.entries()]


def only(newsroom: TestNewsroom) -> Entry:
    (found,) = newsroom.entries()
    return found


@pytest.mark.parametrize(
    "title",
    [
        "Harbour opens a second quay for ferries",
        "Harbour opens a second quay for the ferries of the north",
        "A wholly different headline over the same text",
    ],
)
def test_an_edited_headline_appears_as_a_second_story(newsroom: TestNewsroom, title: str) -> None:
    newsroom.page("quay.txt", article())
    newsroom.publish()
    before = only(newsroom)
    newsroom.page("quay.txt", article(title), SAVED + timedelta(days=1))
    assert newsroom.publish(LATER).corrected == 1
    after = only(newsroom)
    assert (after.id, after.title) == (before.id, title)


def test_an_edited_url_appears_as_a_second_story(newsroom: TestNewsroom) -> None:
    matter = "---\nurl: https://desk.test/{}\n---\n"
    newsroom.page("quay.txt", matter.format("a") + article())
    newsroom.publish()
    before = only(newsroom)
    newsroom.page("quay.txt", matter.format("b") + article())
    newsroom.publish(LATER)
    assert only(newsroom).id == before.id
    assert only(newsroom).url == "https://desk.test/b"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://desk.test/feeds/", "https://feeds.desk.test/feeds/"),
        ("https://desk.test/", "https://new.test/"),
        ("https://desk.test/", "http://desk.test/"),
    ],
)
def test_a_move_of_host_or_scheme_floods_every_reader(
    newsroom: TestNewsroom, old: str, new: str
) -> None:
    matter = "---\nurl: https://desk.test/quay\n---\n"
    newsroom.page("quay.txt", matter + article(listed=lines(("Ferry to run", "09.Jan.2026"))))
    newsroom.publish()
    before = {entry.id: entry.updated for entry in newsroom.entries()}
    moved = SITE.replace(f'_url = "{old}', f'_url = "{new}')
    moved = moved.replace("[site]\n", f'[site]\nformer_urls = ["{old}"]\n')
    newsroom.configure(moved)
    # the site was moved as a whole, and its pages were saved again
    again = matter.replace("https://desk.test/", re.findall('site_url = "(.*)"', moved)[0])
    newsroom.page("again.txt", again + article())
    newsroom.publish(LATER)
    assert {entry.id: entry.updated for entry in newsroom.entries()} == before
    if "feeds" not in old:
        body = newsroom.document().document.body.decode()
        assert f"<link>{new}quay</link>" in body


def test_undated_items_become_now_every_day(newsroom: TestNewsroom) -> None:
    newsroom.page("quay.txt", article())
    newsroom.publish()
    before = only(newsroom)
    for day in range(1, 4):
        saved = SAVED + timedelta(days=day)
        newsroom.page("quay.txt", article(), saved)
        newsroom.page(f"other{day}.txt", article(f"Story number {day} of this week", f"{day}!\n"))
        newsroom.publish(NOW + timedelta(days=day))
    after = next(entry for entry in newsroom.entries() if entry.id == before.id)
    assert after == before
    assert after.published is None
    item = next(
        part
        for part in newsroom.document().document.body.decode().split("<item>")
        if before.id in part
    )
    assert "pubDate" not in item


@pytest.mark.parametrize(
    "body",
    [
        BODY.replace("It was", "It  was"),
        BODY.replace("Monday, and", "Monday – and"),
        BODY.replace("twice.", "“twice”."),
        BODY.replace(" the ", "\u00a0the "),
    ],
)
def test_a_small_edit_marks_everything_unread(newsroom: TestNewsroom, body: str) -> None:
    newsroom.page("quay.txt", article())
    newsroom.publish()
    before = only(newsroom)
    newsroom.page("quay.txt", article(body=body))
    newsroom.publish(LATER)
    assert (only(newsroom).updated, only(newsroom).published) == (before.updated, before.published)


def test_a_build_date_breaks_every_etag(newsroom: TestNewsroom) -> None:
    newsroom.page("quay.txt", article())
    newsroom.publish()
    before = newsroom.document()
    newsroom.page("quay.txt", article(), SAVED + timedelta(days=1))
    newsroom.publish(NOW + timedelta(days=2))
    assert newsroom.document() == before


def test_readers_are_stuck_after_a_deletion(newsroom: TestNewsroom) -> None:
    rows = lines(("Ferry to run at night", "09.Jan.2026"), ("Bell is cast anew", "08.Jan.2026"))
    newsroom.page("quay.txt", article(listed=rows))
    newsroom.publish()
    before = [newsroom.document(form=form) for form in ("rss", "atom", "json")]
    newsroom.decide('action = "retract"\nentry = "Bell is cast anew"')
    newsroom.publish(LATER)
    for was, form in zip(before, ("rss", "atom", "json"), strict=True):
        now = newsroom.document(form=form)
        assert now.document.etag != was.document.etag
        assert now.last_modified > was.last_modified
        assert b"Bell is cast" not in now.document.body
    assert b"deleted-entry" in newsroom.document(form="atom").document.body


def test_a_retraction_stays_in_the_feed_or_comes_back(newsroom: TestNewsroom) -> None:
    rows = lines(("Ferry to run at night after all", "09.Jan.2026"))
    newsroom.page("quay.txt", article(listed=rows))
    newsroom.publish()
    newsroom.decide('action = "retract"\nentry = "Ferry to run at night after all"')
    newsroom.publish(LATER)
    assert titles(newsroom) == [TITLE]
    newsroom.page("other.txt", article("Another story of that week", "Text.\n", rows))
    tomorrow = lines(("Ferry to run at night after all", "10.Jan.2026"))
    newsroom.page("third.txt", article("A third story of that week", "Words.\n", tomorrow))
    newsroom.publish(LATER + timedelta(hours=1))
    assert "Ferry to run at night after all" not in titles(newsroom)
    (newsroom.root / "decisions.toml").unlink()
    outcome = newsroom.publish(LATER + timedelta(hours=2))
    assert "stays in force" in said(outcome.notices)[0]
    assert "Ferry to run at night after all" not in titles(newsroom)


def test_a_page_that_disappears_retracts_its_story(newsroom: TestNewsroom) -> None:
    newsroom.page("quay.txt", article()).unlink()
    newsroom.page("quay.txt", article())
    newsroom.publish()
    (newsroom.root / "quay.txt").unlink()
    assert "stays published" in said(newsroom.publish(LATER).notices)[0]
    assert titles(newsroom) == [TITLE]


def test_embargoed_posts_leak_through_the_feed(newsroom: TestNewsroom) -> None:
    rows = lines((TITLE, "13.Jan.2026"), ("Ferry to run at night", "09.Jan.2026"))
    text = "---\nembargo: 2026-01-14 18:00\n---\n" + article(listed=rows)
    newsroom.page("quay.txt", text)
    newsroom.publish()
    assert newsroom.entries() == []
    ends = datetime(2026, 1, 14, 14, 0, tzinfo=UTC)
    newsroom.publish(ends - timedelta(seconds=1))
    assert newsroom.entries() == []
    assert newsroom.publish(ends).entered == 2
    found = next(entry for entry in newsroom.entries() if entry.title == TITLE)
    assert found.published == ends


def test_relative_urls_in_content(newsroom: TestNewsroom) -> None:
    page = (
        "<html><head><title>Quay</title><link rel=canonical href='https://desk.test/a/quay'>"
        f"</head><body><article><h1>{TITLE}</h1><p>It was opened on Monday, as "
        "<a href='../b'>we said</a> when the work began last year.</p>"
        "<p>The mayor cut the ribbon twice, and everybody who had come was there to see.</p>"
        "</article></body></html>"
    )
    newsroom.page("quay.html", page)
    newsroom.publish()
    assert 'href="https://desk.test/b"' in only(newsroom).content


def test_one_control_character_takes_the_feed_down(newsroom: TestNewsroom) -> None:
    newsroom.page("quay.txt", article().replace("Monday", "Mon\x0bday\x00\ufffe"))
    assert newsroom.publish().entered == 1
    assert newsroom.document().document.body


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Baku", "Pacific/Kiritimati"])
def test_date_only_items_shift_by_a_day(newsroom: TestNewsroom, zone: str) -> None:
    from zoneinfo import ZoneInfo

    newsroom.configure(SITE.replace("Asia/Baku", zone))
    newsroom.page("quay.txt", article(listed=lines(("Ferry to run at night", "09.Jan.2026"))))
    newsroom.publish()
    ferry = next(entry for entry in newsroom.entries() if entry.kind == "headline")
    assert ferry.published is not None
    assert ferry.published.astimezone(ZoneInfo(zone)).date().isoformat() == "2026-01-09"


def test_scraper_errors_are_posted_as_news(newsroom: TestNewsroom) -> None:
    newsroom.page("error.html", "<html><head><title>502 Bad Gateway</title></head></html>")
    newsroom.page("quay.txt", article())
    newsroom.publish()
    assert titles(newsroom) == [TITLE]


# what a wrong merge would destroy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Magnitude 4.1 earthquake felt on the coast",
            "Magnitude 4.3 earthquake felt on the coast",
        ),
        ("Harbour beat the Islanders 1:0 at home", "Harbour beat the Islanders 2:0 at home"),
        (
            "Two fishermen wounded in the storm off the northern cape, coast guard says",
            "Two fishermen killed in the storm off the northern cape, coast guard says",
        ),
    ],
)
@pytest.mark.parametrize("in_place", [True, False])
def test_headlines_that_are_nearly_alike_are_two_stories(
    newsroom: TestNewsroom, one: str, other: str, in_place: bool
) -> None:
    above, below = ("Ferry to run at night", "10.Jan.2026"), ("Bell is cast", "08.Jan.2026")
    newsroom.page("a.txt", article(listed=lines(above, (one, "09.Jan.2026"), below)))
    newsroom.publish()
    rows = [above, (other, "09.Jan.2026"), below]
    if not in_place:
        rows.insert(2, (one, "09.Jan.2026"))
    newsroom.page("b.txt", article("Another story of that week", "Text.\n", lines(*rows)))
    newsroom.publish(LATER)
    assert {one, other} <= set(titles(newsroom))


def test_a_headline_reworded_in_its_place_is_the_same_story(newsroom: TestNewsroom) -> None:
    above, below = ("Ferry to run at night", "10.Jan.2026"), ("Bell is cast", "08.Jan.2026")
    newsroom.page(
        "a.txt", article(listed=lines(above, ("Mayor wil resign in spring", "09.Jan.2026"), below))
    )
    newsroom.publish()
    before = {entry.title: entry.id for entry in newsroom.entries()}
    rows = lines(above, ("Mayor will resign in spring", "09.Jan.2026"), below)
    newsroom.page("b.txt", article("Another story of that week", "Text.\n", rows))
    assert newsroom.publish(LATER).corrected == 1
    after = {entry.title: entry.id for entry in newsroom.entries()}
    assert after["Mayor will resign in spring"] == before["Mayor wil resign in spring"]
    assert "Mayor wil resign in spring" not in after


@pytest.mark.parametrize(
    "rows",
    [
        # another neighbour, another day, still there
        [("Ferry is late", "10.Jan.2026"), ("Mayor will resign in spring", "09.Jan.2026")],
        [("Ferry to run at night", "10.Jan.2026"), ("Mayor will resign in spring", "10.Jan.2026")],
        [
            ("Ferry to run at night", "10.Jan.2026"),
            ("Mayor will resign in spring", "09.Jan.2026"),
            ("Mayor wil resign in spring", "09.Jan.2026"),
        ],
    ],
)
def test_a_headline_reworded_elsewhere_is_a_story_of_its_own(
    newsroom: TestNewsroom, rows: list[tuple[str, str]]
) -> None:
    below = ("Bell is cast", "08.Jan.2026")
    first = lines(
        ("Ferry to run at night", "10.Jan.2026"),
        ("Mayor wil resign in spring", "09.Jan.2026"),
        below,
    )
    newsroom.page("a.txt", article(listed=first))
    newsroom.publish()
    newsroom.page("b.txt", article("Another story of that week", "Text.\n", lines(*rows, below)))
    newsroom.publish(LATER)
    both = {"Mayor wil resign in spring", "Mayor will resign in spring"}
    assert both <= set(titles(newsroom))


def test_a_column_of_every_day_is_a_story_of_every_day(newsroom: TestNewsroom) -> None:
    for day in ("12", "13"):
        rows = lines(("Press review", f"{day}.Jan.2026"))
        newsroom.page(f"{day}.txt", article(f"Story of the {day}th of January", f"{day}\n", rows))
    newsroom.page("review.txt", article("Press review", "All papers write of the quay.\n"))
    newsroom.publish()
    assert titles(newsroom).count("Press review") == 3, "no list gives its day to the article"


def test_a_page_saved_over_daily_is_a_story_of_every_day(newsroom: TestNewsroom) -> None:
    matter = "---\nurl: https://desk.test/latest\n---\n"
    newsroom.page("latest.txt", matter + article())
    newsroom.publish()
    first = only(newsroom).id
    newsroom.page("latest.txt", matter + article("Bell is cast anew in the town", "It rang.\n"))
    newsroom.publish(LATER)
    assert len(newsroom.entries()) == 2
    assert first in {entry.id for entry in newsroom.entries()}


def test_a_canonical_url_that_is_the_home_page_makes_all_pages_one(
    newsroom: TestNewsroom,
) -> None:
    matter = "---\nurl: https://desk.test/index.html\n---\n"
    newsroom.page("a.txt", matter + article())
    newsroom.page("b.txt", matter + article("Bell is cast anew in the town", "It rang.\n"))
    outcome = newsroom.publish()
    assert len(newsroom.entries()) == 2
    assert {entry.url for entry in newsroom.entries()} == {None}
    assert "home page" in said(outcome.notices)[0]


def test_a_url_that_two_pages_claim_is_the_firsts(newsroom: TestNewsroom) -> None:
    matter = "---\nurl: https://desk.test/news\n---\n"
    newsroom.page("a.txt", matter + article())
    newsroom.page("b.txt", matter + article("Bell is cast anew in the town", "It rang.\n"))
    outcome = newsroom.publish()
    assert {entry.url for entry in newsroom.entries()} == {"https://desk.test/news", None}
    assert "is the address of a.txt already" in said(outcome.notices)[0]


def test_a_top_ten_that_rolls_renames_nothing(newsroom: TestNewsroom) -> None:
    ranked = [f"Item number {n} of the list of the year" for n in range(9)]
    for start in range(3):
        rows = [(title, "09.Jan.2026") for title in ranked[start : start + 5]]
        newsroom.page(f"{start}.txt", article(f"Story {start} of that week", ".\n", lines(*rows)))
        newsroom.publish(NOW + timedelta(hours=start))
    assert set(ranked[:7]) <= set(titles(newsroom))


def test_only_stories_of_one_language_are_compared(newsroom: TestNewsroom) -> None:
    matter = "---\nlanguage: {}\ndate: 2026-01-09\n---\n"
    newsroom.page("a.txt", matter.format("en") + article("Covid", "One text.\n"))
    newsroom.page("b.txt", matter.format("az") + article("Covid", "One text.\n"))
    assert newsroom.publish().entered == 2
    assert newsroom.publish(LATER).revision is None


# the join


def test_a_list_gives_its_day_to_the_article_and_the_article_its_text(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("list.txt", article("Another story", "Text.\n", lines((TITLE, "12.Jan.2026"))))
    newsroom.publish()
    before = next(entry for entry in newsroom.entries() if entry.title == TITLE)
    newsroom.page("quay.txt", article())
    outcome = newsroom.publish(LATER)
    assert (outcome.entered, outcome.corrected) == (0, 1)
    after = next(entry for entry in newsroom.entries() if entry.title == TITLE)
    assert (after.id, after.published) == (before.id, before.published)
    assert after.content
    assert after.evidence["published"].file == "list.txt"
    assert after.evidence["title"].file == "quay.txt"


def test_an_article_gets_its_day_from_a_list_that_comes_later(newsroom: TestNewsroom) -> None:
    newsroom.page("quay.txt", article())
    newsroom.publish()
    before = only(newsroom)
    newsroom.page("z.txt", article("Another story", "Text.\n", lines((TITLE, "12.Jan.2026"))))
    newsroom.publish(LATER)
    after = next(entry for entry in newsroom.entries() if entry.title == TITLE)
    assert after.id == before.id
    assert after.stated is not None
    assert after.stated.iso == "2026-01-12"
    assert after.evidence["published"].file == "z.txt"
    assert after.content == before.content


@pytest.mark.parametrize(
    "rows",
    [
        [(TITLE, "12.Jan.2026"), (TITLE, "10.Jan.2026")],
        [(TITLE, "15.Jan.2026")],
    ],
)
def test_no_list_gives_its_day_where_two_could_or_it_is_too_late(
    newsroom: TestNewsroom, rows: list[tuple[str, str]]
) -> None:
    newsroom.page("a.txt", article("Another story", "Text.\n", lines(*rows)))
    newsroom.page("quay.txt", article())
    newsroom.publish(NOW + timedelta(days=3))
    found = [entry for entry in newsroom.entries() if entry.title == TITLE]
    assert len(found) == len(rows) + 1
    assert sum(entry.stated is None for entry in found) == 1
