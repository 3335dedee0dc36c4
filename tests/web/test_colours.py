"""A site's own colour on its pages."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from feeds.web import colours
from tests.newsrooms import SITE, TestNewsroom
from tests.web.asking import in_process

PAGES = {"light": ("#ffffff", "#f5f3ee"), "dark": ("#161615", "#242321")}


def _parts(colour: str) -> list[float]:
    return [part / 255 for part in bytes.fromhex(colour[1:])]


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_whatever_the_colour_letters_of_it_can_be_read_by_day_and_by_night(accent: str) -> None:
    light, dark = re.findall(r"--accent: (#[0-9a-f]{6})", colours.stylesheet(accent).decode())
    for colour, behind in ((light, PAGES["light"]), (dark, PAGES["dark"])):
        for other in behind:
            assert colours.contrast(_parts(colour), _parts(other)) > 4.4  # it is rounded


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert "--accent: #0b4f94" in colours.stylesheet("#0b4f94").decode()


def test_contrast_is_that_of_the_guidelines() -> None:
    assert round(colours.contrast(_parts("#000000"), _parts("#ffffff")), 2) == 21
    assert round(colours.contrast(_parts("#777777"), _parts("#ffffff")), 2) == 4.48


def test_pages_have_the_sites_colour_if_it_says_one(newsroom: TestNewsroom) -> None:
    newsroom.publish()
    ask = in_process(newsroom)
    assert "colours.css" not in ask("/feeds/").text
    assert ask("/feeds/static/colours.css").status == 404
    newsroom.configure(SITE.replace('language = "en"', 'language = "en"\naccent = "#8a1538"'))
    newsroom.publish()
    page = ask("/feeds/").text
    (address,) = re.findall(r'href="(/feeds/static/colours\.css[^"]*)"', page)
    answer = ask(address)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "--accent: #8a1538" in answer.text


def test_a_story_without_an_address_leads_to_where_people_look_for_it(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(
        SITE.replace(
            'language = "en"', 'language = "en"\nsearch_url = "https://desk.test/?q={title}"'
        )
    )
    newsroom.page("bell.txt")
    newsroom.publish()
    pilot = next(one for one in newsroom.entries() if one.title.startswith("Pilot boat"))
    page = in_process(newsroom)(f"/feeds/stories/{pilot.hash}").text
    assert 'href="https://desk.test/?q=Pilot%20boat%20gets%20another%20engine"' in page
