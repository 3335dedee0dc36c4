"""What documents tell of when something changed: of each entry, and of the feed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.model import EntryId
from feeds.web import create_app
from tests.newsrooms import NOW, SITE, TestNewsroom
from tests.thorough import COSTLY

ATOM = "{http://www.w3.org/2005/Atom}"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
FEEDS = SITE + '\n[[feeds]]\nname = "sea"\ntitle = "Sea"\ncategories = ["Sea"]\n'
FORMS = ("rss", "atom", "json")


def article(number: int, *matter: str, text: str = "") -> str:
    lead = f"The harbour has story {number} to tell, which nobody had told before."
    top = "---\n" + "".join(f"{line}\n" for line in matter) + "---\n" if matter else ""
    return f"{top}# Harbour story number {number} of them all\n\n{lead}\n{text}Told by {number}.\n"


def updates(newsroom: TestNewsroom, feed: str = "latest") -> dict[str, str]:
    """When Atom says that each entry was updated, by id."""
    root = etree.fromstring(newsroom.document(feed, "atom").document.body)
    return {
        node.findtext(f"{ATOM}id", ""): node.findtext(f"{ATOM}updated", "")
        for node in root.iterfind(f"{ATOM}entry")
    }


def published(newsroom: TestNewsroom) -> dict[str, datetime | None]:
    return {entry.id: entry.published for entry in newsroom.entries()}


def feed_updated(newsroom: TestNewsroom, feed: str = "latest") -> datetime:
    """When both formats say that the feed was changed last."""
    atom = etree.fromstring(newsroom.document(feed, "atom").document.body)
    rss = etree.fromstring(newsroom.document(feed, "rss").document.body)
    found = datetime.fromisoformat(atom.findtext(f"{ATOM}updated", ""))
    assert parsedate_to_datetime(rss.findtext("channel/lastBuildDate", "")) == found
    return found


def assert_distinct(newsroom: TestNewsroom, feed: str = "latest") -> None:
    found = updates(newsroom, feed)
    assert len(set(found.values())) == len(found), sorted(found.values())


@pytest.mark.parametrize(
    "matter",
    [(), ("date: 2026-01-12",), ("date: 2026-01-12 14:20",), ("embargo: 2026-01-14 09:00",)],
    ids=["undated", "of a day", "of a minute", "embargoed"],
)
def test_articles_of_one_run_have_each_a_moment_of_its_own(
    newsroom: TestNewsroom, matter: tuple[str, ...]
) -> None:
    for number in range(5):
        newsroom.page(f"{number}.md", article(number, *matter))
    newsroom.publish()
    assert len(updates(newsroom)) == 5
    assert_distinct(newsroom)
    known = published(newsroom)
    assert len(set(known.values())) == 1, "they are published at the same moment all the same"
    for entry in newsroom.entries():
        assert entry.updated >= (entry.published or entry.updated)
        assert abs(entry.updated - entry.ordered) < 5 * MINUTE
    before = updates(newsroom)
    newsroom.page("5.md", article(5, *matter))
    newsroom.publish(NOW + HOUR)
    assert_distinct(newsroom)
    assert before.items() <= updates(newsroom).items(), "what is out does not move"
    assert known.items() <= published(newsroom).items()


def test_corrections_of_one_run_have_each_a_moment_of_its_own(newsroom: TestNewsroom) -> None:
    for number in range(5):
        newsroom.page(f"{number}.md", article(number))
    newsroom.publish()
    first = updates(newsroom)
    for number in range(4):
        newsroom.page(f"{number}.md", article(number, text="More of it.\n"), NOW)
    newsroom.publish(NOW + HOUR)
    assert_distinct(newsroom)
    second = updates(newsroom)
    moved = [name for name in first if first[name] != second[name]]
    assert len(moved) == 4
    assert all(first[name] < second[name] for name in moved)
    assert max(second.values()) <= "2026-01-14T10:30:00Z", "nothing is updated in the future"


def test_decisions_of_one_moment_have_each_a_moment_of_its_own(newsroom: TestNewsroom) -> None:
    for number in range(4):
        newsroom.page(f"{number}.md", article(number))
    newsroom.publish()
    for number in range(3):
        newsroom.decide(
            f'action = "correct"\nentry = "Harbour story number {number} of them all"\n'
            f'title = "Quay tale {number}"\nwhen = 2026-01-14T09:40:00Z'
        )
    newsroom.publish(NOW + HOUR)
    assert_distinct(newsroom)
    before = updates(newsroom)
    newsroom.page("9.md", article(9))
    newsroom.publish(NOW + 2 * HOUR)
    assert before.items() <= updates(newsroom).items()


@pytest.mark.engines
def test_a_story_that_comes_back_has_a_moment_of_its_own(newsroom: TestNewsroom) -> None:
    titles = [f"Harbour story number {number} of them all" for number in range(2)]
    for number in range(2):
        newsroom.page(f"{number}.md", article(number, "date: 2026-01-12"))
        newsroom.decide(
            f'action = "correct"\nentry = "{titles[number]}"\ntitle = "Quay tale {number}"\n'
            "when = 2026-01-14T09:20:00Z",
            f'action = "retract"\nentry = "{titles[number]}"\nwhen = 2026-01-14T09:21:00Z',
        )
    newsroom.publish()
    newsroom.decide(*(f'action = "restore"\nentry = "Quay tale {n}"' for n in range(2)))
    newsroom.publish(NOW + HOUR)
    assert len(updates(newsroom)) == 2
    assert_distinct(newsroom)
    state = newsroom.dump()
    (newsroom.root / "decisions.toml").touch()
    assert newsroom.publish(NOW + 2 * HOUR).revision is None
    assert newsroom.dump() == state


def test_a_second_between_two_stories_is_no_correction_to_people(newsroom: TestNewsroom) -> None:
    for number in range(3):
        matter = ("date: 2026-01-12 14:20", "updated: 2026-01-12 14:20")
        newsroom.page(f"{number}.md", article(number, *matter))
    newsroom.publish()
    app = create_app(str(newsroom.root), newsroom.url, now=lambda: NOW)
    for entry in newsroom.entries():
        page = app.test_client().get(f"/feeds/stories/{entry.hash}").text
        assert "Updated on" not in page
        assert "dateModified" not in page
        assert "modified_time" not in page


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["undated", "day", "minute", "embargo", "list", "words", "decide", "url"]),
        st.integers(0, 4),
    ),
    min_size=2,
    max_size=8,
)
MATTER = {
    "undated": (),
    "url": ("url: https://desk.test/sea/1",),
    "day": ("date: 2026-01-12",),
    "minute": ("date: 2026-01-12 14:20",),
    "embargo": ("embargo: 2026-01-14 14:00",),
}
LIST = "\n## Latest news\n\n- Pilot boat gets engine {} at last 12.01.2026\n"


@COSTLY
@given(st.lists(STEPS, min_size=2, max_size=5))
def test_no_two_entries_of_a_document_have_one_updated_whatever_is_published(
    runs: list[list[tuple[str, int]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        newsroom = TestNewsroom(Path(folder) / "desk")
        texts: dict[int, tuple[str, ...]] = {}
        before: dict[EntryId, tuple[datetime, datetime | None, str, str]] = {}
        for count, steps in enumerate(runs):
            now = NOW + count * 20 * MINUTE
            for step, number in steps:
                name = f"{number}.md"
                if step == "decide":
                    newsroom.decide(
                        f'action = "correct"\nentry = "Harbour story number {number} of them all"\n'
                        f'title = "Quay tale {number} {count}"\nwhen = 2026-01-14T09:25:00Z'
                    )
                    continue
                matter = texts.setdefault(number, MATTER.get(step, ()))
                more = f"Part {count} of it.\n" if step == "words" else ""
                listed = LIST.format(number) if step == "list" else ""
                newsroom.page(name, article(number, *matter, text=more) + listed, now - HOUR)
            newsroom.publish(now)
            assert_distinct(newsroom)
            after = {
                one.id: (one.updated, one.published, one.title, one.content)
                for one in newsroom.entries()
            }
            for entry_id, (updated, stated, title, content) in before.items():
                later = after[entry_id]
                if later[2:] == (title, content):
                    assert later[:2] == (updated, stated) or later[1] != stated
                else:
                    assert later[0] > updated
            for updated, stated, *_ in after.values():
                assert updated >= (stated or updated)
                assert updated <= now + MINUTE
            before = after


# The feed's own


def bodies(newsroom: TestNewsroom, feed: str) -> list[bytes]:
    return [newsroom.document(feed, form).document.body for form in FORMS]


def test_a_feed_is_updated_when_a_story_comes_in_however_long_ago_that_happened(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("0.md", article(0, "date: 2026-01-14 13:18"))
    newsroom.publish()
    assert feed_updated(newsroom) == NOW
    newsroom.page("1.md", article(1, "date: 2026-01-02"))
    newsroom.publish(NOW + HOUR)
    assert feed_updated(newsroom) == NOW + HOUR


def retract(newsroom: TestNewsroom) -> None:
    newsroom.decide('action = "retract"\nentry = "Harbour story number 1 of them all"')


def recategorise(newsroom: TestNewsroom) -> None:
    newsroom.page("1.md", article(1, "date: 2026-01-02", "categories: Port"), NOW)


def give_authors(newsroom: TestNewsroom) -> None:
    newsroom.page("1.md", article(1, "date: 2026-01-02", "categories: Sea", "author: Ola"), NOW)


@pytest.mark.parametrize("change", [retract, recategorise, give_authors])
def test_a_feed_is_updated_when_a_story_goes_or_looks_otherwise(
    newsroom: TestNewsroom, change: Callable[[TestNewsroom], None]
) -> None:
    newsroom.configure(FEEDS)
    newsroom.page("0.md", article(0, "date: 2026-01-12", "categories: Sea"))
    newsroom.page("1.md", article(1, "date: 2026-01-02", "categories: Sea"))
    newsroom.publish()
    change(newsroom)
    newsroom.publish(NOW + HOUR)
    assert feed_updated(newsroom, "sea") == NOW + HOUR
    if change is retract:
        newsroom.decide('action = "restore"\nentry = "Harbour story number 1 of them all"')
        newsroom.publish(NOW + 2 * HOUR)
        assert feed_updated(newsroom, "sea") == NOW + 2 * HOUR


def test_what_enters_one_feed_changes_no_byte_of_another(newsroom: TestNewsroom) -> None:
    newsroom.configure(FEEDS.replace("limit = 30", "limit = 30\narchive = true"))
    newsroom.page("0.md", article(0, "date: 2026-01-12", "categories: Sea"))
    newsroom.publish()
    sea = bodies(newsroom, "sea")
    newsroom.page("1.md", article(1, "date: 2026-01-12", "categories: Port"))
    newsroom.publish(NOW + HOUR)
    assert bodies(newsroom, "sea") == sea
    assert feed_updated(newsroom) == NOW + HOUR
    newsroom.decide('action = "retract"\nentry = "Harbour story number 1 of them all"')
    newsroom.publish(NOW + 2 * HOUR)
    assert bodies(newsroom, "sea") == sea


def test_neither_the_configuration_nor_a_run_with_nothing_new_updates_a_feed(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("0.md", article(0))
    newsroom.publish()
    before = bodies(newsroom, "latest")
    newsroom.page("bad.md", b"")
    newsroom.publish(NOW + HOUR)
    assert bodies(newsroom, "latest") == before
    newsroom.configure(SITE.replace("Harbour Desk: latest", "Latest of the desk"))
    newsroom.publish(NOW + 2 * HOUR)
    assert feed_updated(newsroom) == NOW
    assert bodies(newsroom, "latest") != before


@pytest.mark.engines
def test_a_feed_is_updated_later_than_before_though_the_clock_was_set_back(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("0.md", article(0))
    newsroom.publish()
    newsroom.page("1.md", article(1))
    newsroom.publish(NOW - timedelta(minutes=20))
    assert feed_updated(newsroom) > NOW


def test_a_feed_that_never_had_an_entry_was_updated_when_the_authority_began(
    newsroom: TestNewsroom,
) -> None:
    newsroom.publish()
    assert feed_updated(newsroom) == datetime(2026, 1, 1, tzinfo=UTC)
