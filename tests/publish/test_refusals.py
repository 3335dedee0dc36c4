"""What the gate holds, what it refuses, and how that is overridden."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import Mock

import pytest

from feeds.model.errors import GateError
from feeds.syndication import gate
from tests.newsrooms import NOW, SITE, TestNewsroom, said

LATER = NOW + timedelta(hours=1)
PAID = "Only those who paid may read that the crate was empty all along."


def article(number: int, day: str = "", text: str = "") -> str:
    matter = f"---\ndate: {day}\nurl: https://desk.test/{number}\n---\n" if day else ""
    body = text or f"Text number {number} of the harbour desk, with words of its own: {number}."
    return f"{matter}Story number {number} of the long winter\n\n{body}\nNora Lind\n"


def many(newsroom: TestNewsroom, count: int, folder: str = "a", day: str = "2026-01-10") -> None:
    for number in range(count):
        newsroom.page(f"{folder}/{number}.txt", article(number, day))


def bodies(newsroom: TestNewsroom) -> list[bytes]:
    return [newsroom.document(form=form).document.body for form in ("rss", "atom", "json")]


@pytest.mark.parametrize("decided", [False, True])
def test_a_first_load_of_an_archive_is_refused_until_it_is_meant(
    newsroom: TestNewsroom, decided: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "_MOST_AT_FIRST", 20)
    many(newsroom, 21)
    if decided:
        taken = '[[decision]]\naction = "archive"\npath = "old"\n'
        newsroom.page("decisions.toml", taken)
    with pytest.raises(GateError, match="--accept first-load"):
        newsroom.publish()
    assert newsroom.entries() == []
    with monkeypatch.context() as patch:
        patch.setattr("feeds.publish.readings._read_all", Mock(side_effect=AssertionError))
        with pytest.raises(GateError, match=r"(?s)--accept first-load.*what was read is kept$"):
            newsroom.publish()
    assert newsroom.publish(accept=("first-load",)).entered == 21
    assert newsroom.rows("SELECT accepted FROM revisions") == [("first-load",)]


def test_a_move_that_makes_everything_new_is_refused(newsroom: TestNewsroom) -> None:
    many(newsroom, 10)
    newsroom.publish()
    before = bodies(newsroom)
    # the new system states other days, and has other addresses
    for number in range(10):
        text = article(number, "2026-01-11").replace("desk.test/", "desk.test/n/")
        newsroom.page(f"new/{number}.txt", text.replace("Text number", "Lines of"))
    with pytest.raises(GateError, match="--accept flood"):
        newsroom.publish(LATER)
    assert bodies(newsroom) == before
    assert newsroom.publish(LATER, accept=("flood",)).entered == 10


def test_dates_that_all_shift_are_refused(newsroom: TestNewsroom) -> None:
    many(newsroom, 10)
    newsroom.publish()
    before = bodies(newsroom)
    many(newsroom, 10, day="2026-01-09")
    with pytest.raises(GateError, match="--accept dates"):
        newsroom.publish(LATER)
    assert bodies(newsroom) == before
    newsroom.publish(LATER, accept=("dates",))
    assert bodies(newsroom) != before


def test_words_that_all_change_are_refused(newsroom: TestNewsroom) -> None:
    many(newsroom, 12)
    newsroom.publish()
    for number in range(12):
        text = article(number, "2026-01-10") + "Read more in our app.\n"
        newsroom.page(f"a/{number}.txt", text.replace("words", "wordz"))
    with pytest.raises(GateError, match="--accept corrections"):
        newsroom.publish(LATER)


def taken_over(newsroom: TestNewsroom, count: int, text: str = "An excerpt of {}") -> None:
    """A feed of as many stories as ``article`` makes is taken over, and published."""
    items = "".join(
        f"<item><title>Story number {number} of the long “winter”</title><guid>{number}</guid>"
        f"<link>https://desk.test/{number}</link><pubDate>2026-01-10T10:00:00Z</pubDate>"
        f"<description>{text.format(number)}</description></item>"
        for number in range(count)
    )
    feed = f"<rss version='2.0'><channel><title>Old</title>{items}</channel></rss>"
    newsroom.page("imported/old.xml", feed)
    newsroom.decide('action = "import"\nfeed = "imported/old.xml"')
    newsroom.publish()


def test_the_first_pages_of_a_feed_that_was_taken_over_complete_it(newsroom: TestNewsroom) -> None:
    taken_over(newsroom, 30)
    before = {entry.id: entry.updated for entry in newsroom.entries()}
    many(newsroom, 28)
    assert newsroom.publish(LATER).corrected == 28
    assert b"harbour desk, with words of its own: 27" in bodies(newsroom)[0]
    assert {entry.id: entry.updated for entry in newsroom.entries()} == before


def test_pages_that_all_change_later_are_refused_whatever_they_came_with(
    newsroom: TestNewsroom,
) -> None:
    taken_over(newsroom, 12)
    many(newsroom, 12)
    newsroom.publish(LATER)
    for number in range(12):
        newsroom.page(f"a/{number}.txt", article(number, "2026-01-10", "Log in to read this."))
    with pytest.raises(GateError, match="--accept corrections"):
        newsroom.publish(LATER)


def test_headlines_of_a_feed_that_was_taken_over_are_not_all_changed_by_its_pages(
    newsroom: TestNewsroom,
) -> None:
    taken_over(newsroom, 12, "Text number {0} of the harbour desk, with words of its own: {0}.")
    for number in range(12):
        text = article(number, "2026-01-10").replace("long winter", "site that has a login")
        newsroom.page(f"a/{number}.txt", text)
    with pytest.raises(GateError, match="--accept corrections"):
        newsroom.publish(LATER)


def test_a_feed_that_would_be_empty_at_once_is_refused(newsroom: TestNewsroom) -> None:
    feed = '\n[[feeds]]\nname = "sea"\ntitle = "Sea"\nkeywords = ["{}"]\n'
    newsroom.configure(SITE + feed.format("harbour desk"))
    many(newsroom, 3)
    newsroom.publish()
    newsroom.configure(SITE + feed.format("nothing has this"))
    with pytest.raises(GateError, match="--accept empty"):
        newsroom.publish(LATER)
    newsroom.configure(SITE + feed.format("harbour desk"))
    assert newsroom.publish(LATER).exit_code == 0


def test_a_retraction_goes_out_while_pages_are_refused(newsroom: TestNewsroom) -> None:
    many(newsroom, 10)
    newsroom.publish()
    many(newsroom, 10, day="2026-01-09")
    with pytest.raises(GateError):
        newsroom.publish(LATER)
    newsroom.decide('action = "retract"\nentry = "https://desk.test/3"')
    newsroom.publish(LATER, decisions_only=True)
    assert all(b"https://desk.test/3" not in body for body in bodies(newsroom))
    with pytest.raises(GateError):
        newsroom.publish(LATER)


def test_what_may_be_a_retraction_is_told_while_pages_are_refused(newsroom: TestNewsroom) -> None:
    many(newsroom, 10)
    newsroom.publish()
    many(newsroom, 10, day="2026-01-09")
    newsroom.decide('action = "retract"\nentri = "x"')
    with pytest.raises(GateError, match=r"^.*decisions.toml:3: THIS MAY BE A RETRACTION"):
        newsroom.publish(LATER)


def test_a_sentence_that_has_to_be_paid_for_holds_the_page_that_quotes_it(
    newsroom: TestNewsroom,
) -> None:
    matter = "---\naccess: paid\nsummary: What was in the crate.\n---\n"
    newsroom.page("paid.txt", matter + article(1, text=PAID))
    newsroom.page("quotes.txt", article(2, text=f"Someone told us. {PAID} So it goes."))
    newsroom.page("other.txt", article(3))
    outcome = newsroom.publish()
    assert outcome.exit_code == 1
    (problem,) = said(outcome.problems)
    assert problem.startswith("quotes.txt:1: 'Story number 2 of the long winter' is held: ")
    assert "for those who pay (paid.txt)" in problem
    assert all(b"crate was empty" not in body for body in bodies(newsroom))
    assert b"What was in the crate." in bodies(newsroom)[0]
    assert b"Story number 3" in bodies(newsroom)[0]
    # a later run neither forgets it nor says it again
    newsroom.page("fourth.txt", article(4))
    assert said(newsroom.publish(LATER).problems) == []
    assert all(b"crate was empty" not in body for body in bodies(newsroom))
    newsroom.page("quotes.txt", article(2, text="Someone told us. So it goes, we heard."))
    newsroom.publish(LATER + timedelta(hours=1))
    assert b"Story number 2" in bodies(newsroom)[0]


def test_a_held_entry_has_no_page_of_its_own_either(newsroom: TestNewsroom) -> None:
    from feeds.web import create_app

    newsroom.page("paid.txt", "---\naccess: paid\n---\n" + article(1, text=PAID))
    newsroom.page("quotes.txt", article(2, text=f"Someone told us. {PAID} So it goes."))
    newsroom.publish()
    client = create_app(str(newsroom.root), newsroom.url).test_client()
    for (name,) in newsroom.rows("SELECT hash FROM entries"):
        assert "crate was empty" not in client.get(f"/feeds/stories/{name}").text


def test_an_embargoed_sentence_holds_the_page_that_has_it_until_it_ends(
    newsroom: TestNewsroom,
) -> None:
    embargo = "---\nembargo: 2026-01-15 06:00\n---\n"
    newsroom.page("later.txt", embargo + article(1, text=PAID))
    newsroom.page("quotes.txt", article(2, text=f"Someone told us. {PAID} So it goes."))
    newsroom.publish()
    assert all(b"crate was empty" not in body for body in bodies(newsroom))
    newsroom.publish(NOW + timedelta(days=1))
    assert bodies(newsroom)[0].count(b"crate was empty") >= 2


def test_a_retraction_by_hand_goes_out_while_pages_are_refused(newsroom: TestNewsroom) -> None:
    many(newsroom, 10)
    newsroom.publish()
    many(newsroom, 10, day="2026-01-09")
    newsroom.decide('action = "retract"\nentry = "https://desk.test/3"')
    with pytest.raises(GateError):
        newsroom.publish(LATER)
    assert all(b"https://desk.test/3" not in body for body in bodies(newsroom))
    assert b"Story number 4" in bodies(newsroom)[0]


def test_a_headline_that_is_kept_back_is_in_no_other_list_however_short(
    newsroom: TestNewsroom,
) -> None:
    text = "---\ndate: 2026-01-13\nembargo: 2026-01-15\n---\nHarbour master resigns\n\nHe did.\n"
    newsroom.page("e.txt", text)
    rows = "Latest news\nHarbour master resigns\n13.Jan.2026\nFerry to run\n10.Jan.2026\n"
    newsroom.page("o.txt", f"{article(1)}{rows}\n14 Jan 2026\n")
    newsroom.publish()
    assert all(b"resigns" not in body for body in bodies(newsroom))
    assert b"Ferry to run" in bodies(newsroom)[0]
    newsroom.publish(NOW + timedelta(days=1))
    assert bodies(newsroom)[0].count(b"<title>Harbour master resigns") == 1
