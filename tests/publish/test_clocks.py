"""A clock that somebody stated is never thrown away, and moves a story once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from feeds.model import Entry
from feeds.model.errors import GateError
from feeds.syndication import contents
from tests import archived
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds

FORMATS = archived.FORMATS
TITLE = "Clockmaker of the old quay counts his hours"
OTHER = "Rope walk is swept by nobody this week"
TEXT = "He counts them at night, he said, since by day somebody always asks.\nNobody asks now.\n"
LIST = """A tale that stands above the list

It was told on the quay, and everybody who heard it went home early.
Nobody told it twice.
Latest news
{title}
{date}
{other}
{day}

14 Jan 2026
"""
NOON = datetime(2026, 1, 9, 8, tzinfo=UTC)
"""Twelve o'clock in Baku."""
HALF_PAST_TWO = datetime(2026, 1, 9, 10, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def listed(
    newsroom: TestNewsroom, date: str = "9 January 2026", name: str = "list.txt", title: str = TITLE
) -> None:
    newsroom.page(name, LIST.format(title=title, date=date, other=OTHER, day="9 January 2026"))


def text(newsroom: TestNewsroom, date: str) -> None:
    newsroom.page("story.txt", f"{TITLE}\n{date}\n\n{TEXT}")


def front_matter(newsroom: TestNewsroom, *lines: str, body: str = TEXT) -> None:
    told = "\n".join(lines)
    newsroom.page("story.md", f"---\ntitle: {TITLE}\n{told}\n---\n\n{body}")


def page(newsroom: TestNewsroom, published: str) -> None:
    stated = json.dumps({"@type": "NewsArticle", "headline": TITLE, "datePublished": published})
    newsroom.page(
        "story.html",
        f'<html lang="en"><head><title>{TITLE}</title>'
        f'<script type="application/ld+json">{stated}</script></head>'
        f"<body><article><h1>{TITLE}</h1><p>{TEXT}</p><p>That is all.</p></article></body></html>",
    )


def story(newsroom: TestNewsroom, title: str = TITLE) -> Entry:
    (found,) = [entry for entry in newsroom.entries() if entry.title == title]
    return found


def moments(newsroom: TestNewsroom) -> set[str]:
    """When the story was published, as each format tells it."""
    entry = story(newsroom)
    found = set()
    for form in FORMATS:
        for item in contents.items(newsroom.document(form=form).document):
            if item.title == TITLE and item.date is not None:
                found.add(item.date.astimezone(UTC).isoformat())
    assert entry.published
    assert entry.updated >= entry.published
    return found


@pytest.mark.parametrize("by", ["text", "front matter", "json-ld", "json-ld in utc", "list"])
def test_where_a_list_gave_the_day_the_clock_that_is_stated_is_taken(
    newsroom: TestNewsroom, by: str
) -> None:
    listed(newsroom)
    newsroom.publish()
    before = story(newsroom)
    assert moments(newsroom) == {NOON.isoformat()}
    match by:
        case "text":
            text(newsroom, "9 January 2026, 14:30")
        case "front matter":
            front_matter(newsroom, "date: 2026-01-09 14:30")
        case "json-ld":
            page(newsroom, "2026-01-09T14:30:00+04:00")
        case "json-ld in utc":
            page(newsroom, "2026-01-09T10:30:00Z")
        case _:
            listed(newsroom, "9 January 2026, 14:30", "later.txt")
    newsroom.publish(NOW + HOUR)
    assert moments(newsroom) == {HALF_PAST_TWO.isoformat()}
    assert story(newsroom).id == before.id
    other = story(newsroom, OTHER)
    assert other.published == NOON - timedelta(minutes=1), "other headlines keep theirs"


def test_a_clock_before_that_of_ours_is_taken_as_well(newsroom: TestNewsroom) -> None:
    listed(newsroom)
    newsroom.publish()
    listed(newsroom, "9 January 2026, 07:15", "later.txt")
    newsroom.publish(NOW + HOUR)
    assert moments(newsroom) == {"2026-01-09T03:15:00+00:00"}
    assert story(newsroom).updated == NOON, "what readers were told doesn't go back"


def test_a_list_states_a_clock_once(newsroom: TestNewsroom) -> None:
    listed(newsroom, "9 January 2026, 14:30")
    newsroom.publish()
    for number, date in enumerate(("9 January 2026, 18:00", "9 January 2026"), start=1):
        listed(newsroom, date, f"later{number}.txt")
        newsroom.publish(NOW + number * HOUR)
        assert moments(newsroom) == {HALF_PAST_TWO.isoformat()}


def test_the_clock_of_an_article_is_its_own_whichever_comes_first(newsroom: TestNewsroom) -> None:
    listed(newsroom, "9 January 2026, 14:30")
    newsroom.publish()
    for number, body in enumerate((TEXT, TEXT.replace("night", "dawn")), start=1):
        front_matter(newsroom, "date: 2026-01-09 09:00", body=body)
        newsroom.publish(NOW + number * HOUR)
        assert moments(newsroom) == {"2026-01-09T05:00:00+00:00"}, "no edit of the text moves it"
    listed(newsroom, "9 January 2026, 16:00", "later.txt")
    newsroom.publish(NOW + 3 * HOUR)
    assert moments(newsroom) == {"2026-01-09T05:00:00+00:00"}


@pytest.mark.parametrize("order", list(permutations(["article", "day", "clock"])))
def test_in_whatever_order_pages_come_the_moment_is_the_same(
    newsroom: TestNewsroom, order: tuple[str, ...]
) -> None:
    for number, page in enumerate(order):
        match page:
            case "article":
                front_matter(newsroom, "date: 2026-01-09 09:00")
            case "day":
                listed(newsroom)
            case _:
                listed(newsroom, "9 January 2026, 14:30", "later.txt")
        newsroom.publish(NOW + number * HOUR)
    assert moments(newsroom) == {"2026-01-09T05:00:00+00:00"}


@pytest.mark.parametrize(
    "date",
    [
        "2026-01-09 00:00",
        "2026-01-09T00:00:00.000Z",
        "2026-01-09T00:00:00+04:00",
        "2026-01-09T00:00Z",
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Baku", "America/New_York"])
def test_midnight_on_the_dot_is_the_day_alone(newsroom: TestNewsroom, date: str, zone: str) -> None:
    newsroom.configure(SITE.replace("Asia/Baku", zone))
    listed(newsroom)
    newsroom.publish()
    before = moments(newsroom)
    for number, body in enumerate((TEXT, TEXT.replace("night", "dawn")), start=1):
        front_matter(newsroom, f"date: {date}", body=body)
        newsroom.publish(NOW + number * HOUR)
        assert moments(newsroom) == before
    listed(newsroom, "9 January 2026, 14:30", "later.txt")
    newsroom.publish(NOW + 3 * HOUR)
    clocked = moments(newsroom)
    assert clocked != before
    front_matter(newsroom, f"date: {date}", body=f"{TEXT}\nNobody at all.")
    newsroom.publish(NOW + 4 * HOUR)
    assert moments(newsroom) == clocked, "it takes no clock back"


def test_an_article_of_which_the_day_alone_is_stated_gets_the_clock_of_a_list(
    newsroom: TestNewsroom,
) -> None:
    text(newsroom, "9 January 2026")
    newsroom.publish()
    listed(newsroom, "9 January 2026, 14:30")
    newsroom.publish(NOW + HOUR)
    assert moments(newsroom) == {HALF_PAST_TWO.isoformat()}
    text(newsroom, "9 January 2026\nAda Brook")
    newsroom.publish(NOW + 2 * HOUR)
    assert moments(newsroom) == {HALF_PAST_TWO.isoformat()}, "a day alone takes no clock back"


@pytest.mark.parametrize("first", ["list", "article"])
@pytest.mark.parametrize("embargo", ["2026-01-09 16:00", "2026-01-10 08:00"])
def test_what_waited_for_the_end_of_an_embargo_is_not_before_it(
    newsroom: TestNewsroom, first: str, embargo: str
) -> None:
    end = datetime.fromisoformat(f"{embargo}+04:00").astimezone(UTC)
    if first == "list":
        listed(newsroom)
        newsroom.publish()
        front_matter(newsroom, "date: 2026-01-09 14:30", f"embargo: {embargo}")
    else:
        front_matter(newsroom, "date: 2026-01-09", f"embargo: {embargo}")
        newsroom.publish()
        listed(newsroom, "9 January 2026, 14:30")
    newsroom.publish(NOW + HOUR)
    assert moments(newsroom) == {end.isoformat()}


def test_a_clock_of_another_zone_is_of_the_day_that_it_is_where_the_newsroom_is(
    newsroom: TestNewsroom,
) -> None:
    listed(newsroom, "10 January 2026")
    newsroom.publish()
    page(newsroom, "2026-01-09T21:30:00Z")  # half past one of the 10th
    newsroom.publish(NOW + HOUR)
    assert moments(newsroom) == {"2026-01-09T21:30:00+00:00"}


@pytest.mark.parametrize("day", ["9 January 2026", "10 January 2026"])
def test_a_list_knows_a_story_by_the_day_that_is_written_and_by_that_of_the_newsroom(
    newsroom: TestNewsroom, day: str
) -> None:
    page(newsroom, "2026-01-09T21:30:00Z")
    newsroom.publish()
    listed(newsroom, day)
    newsroom.publish(NOW + HOUR)
    assert moments(newsroom) == {"2026-01-09T21:30:00+00:00"}


def test_the_archive_that_has_a_story_tells_its_clock(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("limit = 30", "limit = 3"))
    listed(newsroom)
    newsroom.publish()
    for number in range(6):
        day = NOW + timedelta(days=number * 4)
        newsroom.page(
            f"{number}.txt", f"Tale {number} of the sea\n{day:%d %B %Y}\n\nIt is told {number}.\n"
        )
        newsroom.publish(day + HOUR)
    assert archived.count(newsroom)
    assert "2026-01-09T08:00" in archived.body(newsroom, 1, "json").decode()
    listed(newsroom, "9 January 2026, 14:30", "later.txt")
    newsroom.publish(NOW + timedelta(days=40))
    told = archived.body(newsroom, 1, "json").decode()
    assert "2026-01-09T10:30" in told
    assert "09 Jan 2026 10:30:00" in archived.body(newsroom, 1, "rss").decode()
    assert "2026-01-09T10:30" in archived.body(newsroom, 1, "atom").decode()


def many(newsroom: TestNewsroom, *dates: str) -> None:
    """Twelve articles in a table's hands, each with the date of its number."""
    rows = [f"many/{number:02}.txt,{date}" for number, date in enumerate(dates)]
    (newsroom.root / "pages.csv").write_text("\n".join(["path,date", *rows]) + "\n")


def test_clocks_are_no_shifted_dates_however_many_become_known(newsroom: TestNewsroom) -> None:
    for number in range(12):
        newsroom.page(f"many/{number:02}.txt", f"Bale {number} is lifted\n\nIt hung {number}.\n")
    many(newsroom, *["2026-01-09"] * 12)
    newsroom.publish()
    many(newsroom, *[f"2026-01-09 {number:02}:15" for number in range(12)])
    newsroom.publish(NOW + HOUR)
    assert story(newsroom, "Bale 3 is lifted").published == datetime(2026, 1, 8, 23, 15, tzinfo=UTC)
    many(newsroom, *[f"2026-01-09 {number + 1:02}:15" for number in range(12)])
    with pytest.raises(GateError, match="would change the date of 12 of 12"):
        newsroom.publish(NOW + 2 * HOUR)
    newsroom.publish(NOW + 2 * HOUR, accept=("dates",))
    assert story(newsroom, "Bale 3 is lifted").published == datetime(2026, 1, 9, 0, 15, tzinfo=UTC)


def test_clocks_of_articles_in_the_place_of_those_of_a_list_are_no_shifted_dates(
    newsroom: TestNewsroom,
) -> None:
    names = [f"Bale {number} is lifted out of the hold" for number in range(8)]
    rows = "\n".join(f"{name}\n9 January 2026, 18:0{n}" for n, name in enumerate(names))
    told = LIST.format(title=TITLE, date="9 January 2026", other=OTHER, day="9 January 2026")
    newsroom.page("list.txt", told.replace("Latest news\n", f"Latest news\n{rows}\n"))
    newsroom.publish()
    for number, name in enumerate(names):
        newsroom.page(f"{number}.txt", f"{name}\n9 January 2026, 0{number}:15\n\n{TEXT}")
    newsroom.publish(NOW + HOUR)
    assert story(newsroom, names[3]).published == datetime(2026, 1, 8, 23, 15, tzinfo=UTC)


def test_an_edit_of_the_date_in_front_matter_is_taken(newsroom: TestNewsroom) -> None:
    front_matter(newsroom, "date: 2026-01-09")
    newsroom.publish()
    known = story(newsroom).id
    for number, (date, moment) in enumerate(
        [
            ("2026-01-09 14:30", "2026-01-09T10:30:00+00:00"),
            ("2026-01-09 15:45", "2026-01-09T11:45:00+00:00"),
            ("2026-01-08", "2026-01-08T08:00:00+00:00"),
            ("2026-01-10T09:00:20+04:00", "2026-01-10T05:00:20+00:00"),
            ("2026-01-10 09:00", "2026-01-10T05:00:20+00:00"),  # less precise is no other date
            ("2026-01-10", "2026-01-10T05:00:20+00:00"),
        ],
        start=1,
    ):
        front_matter(newsroom, f"date: {date}")
        newsroom.publish(NOW + number * HOUR)
        assert moments(newsroom) == {moment}, date
        assert story(newsroom).id == known
    front_matter(newsroom)
    newsroom.publish(NOW + 9 * HOUR)
    assert moments(newsroom) == {"2026-01-10T05:00:20+00:00"}, "who states no date denies none"


def test_an_edit_of_the_date_in_a_table_is_taken(newsroom: TestNewsroom) -> None:
    newsroom.page("story.txt", f"{TITLE}\n\n{TEXT}")
    for number, (date, moment) in enumerate(
        [
            ("2026-01-09", NOON),
            ("2026-01-09 14:30", HALF_PAST_TWO),
            ("2026-01-10", NOON + timedelta(days=1)),
        ]
    ):
        (newsroom.root / "pages.csv").write_text(f"path,date\nstory.txt,{date}\n")
        newsroom.publish(NOW + number * HOUR)
        assert moments(newsroom) == {moment.isoformat()}


def test_a_date_that_was_decided_counts_more_than_an_edit(newsroom: TestNewsroom) -> None:
    front_matter(newsroom, "date: 2026-01-09")
    newsroom.publish()
    decided = f'action = "correct"\nentry = "{TITLE}"\npublished = 2026-01-07T12:00:00Z\n'
    newsroom.decide(f"{decided}when = 2026-01-14T10:00:00Z")
    newsroom.publish(NOW + HOUR)
    front_matter(newsroom, "date: 2026-01-09 14:30")
    newsroom.publish(NOW + 2 * HOUR)
    assert moments(newsroom) == {"2026-01-07T12:00:00+00:00"}


def test_it_is_shown_whose_the_clock_is(newsroom: TestNewsroom) -> None:
    listed(newsroom)
    newsroom.publish()
    ours = "2026-01-09 12:00 (the clock is ours: the day alone is stated)"
    assert ours in feeds(newsroom, "show", TITLE).stdout
    assert not json.loads(feeds(newsroom, "show", TITLE, "--json").stdout)["is_clock_stated"]
    listed(newsroom, "9 January 2026, 14:30", "later.txt")
    newsroom.publish(NOW + HOUR)
    shown = feeds(newsroom, "show", TITLE).stdout
    assert "2026-01-09 14:30\n" in shown
    assert "the clock is ours" not in shown
    assert json.loads(feeds(newsroom, "show", TITLE, "--json").stdout)["is_clock_stated"]
