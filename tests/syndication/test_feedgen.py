"""What feedgen does by itself, and why ``feeds.syndication.documents`` works around it.

Each test shows a fault of feedgen; what is made of it is shown by the other tests here. A
new feedgen without the fault fails its test: then the work-around can go.
"""

from __future__ import annotations

import locale
from datetime import UTC, datetime

import pytest
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = datetime(2026, 1, 14, 9, 30, tzinfo=UTC)


@pytest.fixture
def fg() -> FeedGenerator:
    """A feed with all that feedgen insists on."""
    made = FeedGenerator()
    made.id("tag:desk.test,2026:feed/latest")
    made.title("Latest")
    made.description("All of it.")
    made.updated(MOMENT)
    made.link(href="https://desk.test/")
    return made


@pytest.fixture
def fe(fg: FeedGenerator) -> FeedEntry:
    """An entry of that feed."""
    made = fg.add_entry()
    made.id("tag:desk.test,2026:aaaaaaaaaaaa")
    made.title("Lamp on the quay")
    made.updated(MOMENT)
    made.link(href="https://desk.test/lamp", rel="alternate")
    return made


def rss(fg: FeedGenerator) -> etree._Element:
    return etree.fromstring(fg.rss_str()).find("channel")  # type: ignore[return-value] # is there


def atom(fg: FeedGenerator) -> etree._Element:
    return etree.fromstring(fg.atom_str())


def atom_entry(fg: FeedGenerator) -> etree._Element:
    return atom(fg).find(f"{ATOM}entry")  # type: ignore[return-value] # is there


def test_an_atom_link_of_an_entry_loses_its_attributes(fg: FeedGenerator, fe: FeedEntry) -> None:
    fe.link(href="https://desk.test/a.png", rel="enclosure", type="image/png", length="9")
    assert [link.keys() for link in atom_entry(fg).iter(f"{ATOM}link")] == [["href"], ["href"]]


@pytest.mark.parametrize("what", ["feed", "entry"])
def test_what_was_never_updated_is_updated_now(what: str) -> None:
    made = FeedGenerator() if what == "feed" else FeedEntry()
    assert isinstance(made.updated(), datetime)


def test_the_link_of_an_rss_channel_is_the_last_one_whatever_its_rel(fg: FeedGenerator) -> None:
    fg.link(href="https://desk.test/feeds/latest.rss", rel="self")
    assert rss(fg).findtext("link") == "https://desk.test/feeds/latest.rss"


def test_cdata_becomes_an_atom_type_that_atom_does_not_have(
    fg: FeedGenerator, fe: FeedEntry
) -> None:
    fe.content("<p>A lamp.</p>", type="CDATA")
    assert atom_entry(fg).find(f"{ATOM}content").get("type") == "CDATA"  # type: ignore[union-attr] # is there


def test_full_text_without_a_description_becomes_the_description(
    fg: FeedGenerator, fe: FeedEntry
) -> None:
    fe.content("<p>A lamp.</p>")
    assert rss(fg).findtext("item/description") == "<p>A lamp.</p>"
    assert b"encoded>" not in fg.rss_str()


def test_a_description_becomes_atom_content_without_a_type(
    fg: FeedGenerator, fe: FeedEntry
) -> None:
    fe.description("<p>A lamp.</p>")
    assert "type" not in atom_entry(fg).find(f"{ATOM}content").attrib  # type: ignore[union-attr] # is there


@pytest.mark.usefixtures("fe")
def test_atom_titles_have_no_type(fg: FeedGenerator) -> None:
    assert [dict(title.attrib) for title in atom(fg).iter(f"{ATOM}title")] == [{}, {}]


def test_a_control_character_stops_the_whole_feed(fg: FeedGenerator, fe: FeedEntry) -> None:
    fe.title("Lamp\x08 on the quay")
    with pytest.raises(ValueError, match="control characters"):
        fg.rss_str()


def test_a_lone_surrogate_stops_the_whole_feed(fg: FeedGenerator, fe: FeedEntry) -> None:
    fe.title("Lamp \ud800")
    with pytest.raises(UnicodeEncodeError):
        fg.atom_str()


def test_an_author_without_an_address_is_not_in_rss(fg: FeedGenerator, fe: FeedEntry) -> None:
    fe.author(name="Nora Lind")
    assert b"Nora Lind" not in fg.rss_str()


def test_a_naive_date_is_refused(fe: FeedEntry) -> None:
    with pytest.raises(ValueError, match="timezone"):
        fe.published(MOMENT.replace(tzinfo=None))


def test_rss_dates_switch_the_locale_of_the_whole_process(
    fg: FeedGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    real = locale.setlocale

    def setlocale(category: int, name: str | None = None) -> str:
        asked.append(name)
        return real(category, name)

    monkeypatch.setattr(locale, "setlocale", setlocale)
    fg.rss_str()
    assert "C" in asked


def test_a_new_entry_is_put_first(fg: FeedGenerator) -> None:
    first, second = fg.add_entry(), fg.add_entry()
    assert fg.entry() == [second, first]


def test_duplicate_ids_are_not_noticed(fg: FeedGenerator, fe: FeedEntry) -> None:
    fg.entry([fe, fe], replace=True)
    assert fg.atom_str().count(b"aaaaaaaaaaaa") == 2


def test_rss_keeps_the_last_enclosure_alone(fg: FeedGenerator, fe: FeedEntry) -> None:
    fe.enclosure("https://desk.test/a.png", "9", "image/png")
    fe.enclosure("https://desk.test/b.png", "9", "image/png")
    assert [node.get("url") for node in rss(fg).iter("enclosure")] == ["https://desk.test/b.png"]


def test_ampersands_in_rss_titles_are_not_hexadecimal(fg: FeedGenerator) -> None:
    fg.title("Quay & lamp")
    assert b"<title>Quay &amp; lamp</title>" in fg.rss_str()
