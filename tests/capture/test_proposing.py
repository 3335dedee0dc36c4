"""What is proposed of a site: its time zone, its sections."""

from __future__ import annotations

import pytest

from feeds.capture.sections import Section, proposed_sections
from feeds.capture.time_zones import likely_zone
from feeds.model import Evidence, Reading, StatedDate, Story


def stated(*moments: str) -> list[StatedDate]:
    return [StatedDate(one, "day" if len(one) == 10 else "minute") for one in moments]


@pytest.mark.parametrize(
    ("moments", "language", "address", "zone"),
    [
        (["2026-01-09T11:03+04:00"], "az", "https://desk.az/", "Asia/Baku"),
        (["2026-01-09T11:03+04:00"], "az", "https://desk.org/", "Asia/Baku"),
        (["2026-01-09T11:03+03:00"], "ru", "https://desk.ru/", "Europe/Moscow"),
        (["2026-01-09T11:03+05:00"], "ru", "https://desk.org/", "Asia/Yekaterinburg"),
        (["2026-01-09T11:03+01:00", "2026-07-09T11:03+02:00"], "de", "", "Europe/Berlin"),
        (
            ["2026-01-09T11:03+00:00", "2026-07-09T11:03+01:00"],
            "en",
            "https://a.uk/",
            "Europe/London",
        ),
        (["2026-01-09T11:03-05:00"], "en", "https://desk.org/", "America/New_York"),
        ([], "az", "https://desk.az/", "Asia/Baku"),
        (["2026-01-09", "2026-01-09T11:03"], "", "https://desk.az/", "Asia/Baku"),
        ([], "ru", "https://desk.ru/", ""),
        (["2026-01-09T11:03+04:00"], "en", "https://desk.org/", ""),
        (["2026-01-09T11:03+04:00", "2026-01-09T11:03+01:00"], "az", "", ""),
        (["2026-01-09T11:03Z"], "en", "https://desk.org/", ""),
        ([], "", "", ""),
        (["2026-01-09T11:03+04:00"], "nonsense", "https://[", ""),
    ],
)
def test_a_time_zone_is_that_of_the_country_with_the_stated_offsets(
    moments: list[str], language: str, address: str, zone: str
) -> None:
    assert likely_zone(stated(*moments), language, address) == zone


def reading(*categories: str) -> Reading:
    story = Story(
        "article", "Bell", 1, categories=categories, evidence={"title": Evidence("a", 1, "b")}
    )
    return Reading("a", "utf-8", 9, article=story)


MENU = {
    "https://desk.org/economy/": "Economy",
    "https://desk.org/ru/politics": "Politics",
    "https://desk.org/about": "About us",
    "https://desk.org/": "Home",
    "https://desk.org/Sport!": "Sport",
}


def test_a_section_is_known_by_the_category_that_its_stories_state() -> None:
    readings = {
        "https://desk.org/economy/a": reading("Money", "News"),
        "https://desk.org/economy/b": reading("News", "Money"),
        "https://desk.org/c": reading("News", "politics"),
    }
    assert proposed_sections(MENU, readings, readings) == [
        Section("economy", "Economy", "Money"),
        Section("politics", "Politics", "politics"),
    ]


def test_a_section_whose_stories_state_none_is_known_by_the_folder_of_its_pages() -> None:
    readings = {"https://desk.org/economy/a": reading()}
    addresses = [*readings, "https://desk.org/ru/politics/b"]
    assert proposed_sections(MENU, addresses, readings) == [
        Section("economy", "Economy", "Economy", "captured/economy/**"),
        Section("politics", "Politics", "Politics", "captured/ru/politics/**"),
    ]


def test_what_the_menu_names_and_no_story_is_in_is_no_section() -> None:
    assert proposed_sections(MENU, ["https://desk.org/a"], {}) == []
