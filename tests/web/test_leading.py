"""What leads: the largest story of the front page, and an editor's words above a text."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from lxml import html

from tests.newsrooms import NOW, SITE, TestNewsroom
from tests.web.asking import in_process

_TEXT = "After its long absence the harbour bell hangs again, in a crate that two men carried."


def page(newsroom: TestNewsroom, name: str, *lines: str) -> None:
    newsroom.page(f"{name}.md", "\n".join(["---", f"title: {name} is told", *lines, "---", _TEXT]))


def parsed(text: str) -> Any:
    return html.document_fromstring(text)


def front(newsroom: TestNewsroom) -> Any:
    return parsed(in_process(newsroom)("/feeds/").text)


def titles(newsroom: TestNewsroom) -> list[str]:
    return [link.text or "" for link in front(newsroom).xpath("//ul[@class='stories']//a")]


def test_the_newest_days_first_story_with_a_picture_leads(newsroom: TestNewsroom) -> None:
    picture = "image: https://desk.test/a.jpg"
    page(newsroom, "Tunnel", "date: 2026-01-12 12:00")
    page(newsroom, "Liman", "date: 2026-01-12 11:00", picture, "language: az")
    page(newsroom, "Bridge", "date: 2026-01-12 10:00", picture)
    page(newsroom, "Harbour", "date: 2026-01-11 10:00", picture)
    newsroom.publish()
    (largest,) = front(newsroom).xpath("//li[@class='top']")
    assert largest.findtext(".//a") == "Bridge is told"
    names = ["Bridge is told", "Tunnel is told", "Liman is told", "Harbour is told"]
    assert titles(newsroom) == names


@pytest.mark.parametrize("lines", [(), ("image: https://desk.test/a.jpg", "language: az")])
def test_without_a_picture_in_the_sites_language_no_story_leads(
    newsroom: TestNewsroom, lines: tuple[str, ...]
) -> None:
    page(newsroom, "Tunnel", "date: 2026-01-12 12:00", *lines)
    page(newsroom, "Bridge", "date: 2026-01-12 10:00", *lines)
    page(newsroom, "Harbour", "date: 2026-01-11 10:00", "image: https://desk.test/a.jpg")
    newsroom.publish()
    assert front(newsroom).xpath("//li[@class='top']") == []
    assert titles(newsroom) == ["Tunnel is told", "Bridge is told", "Harbour is told"]


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        ("Nobody knows who paid for it.", "Nobody knows who paid for it."),
        ("After its long absence the harbour bell hangs again", None),
        ("", None),
    ],
)
def test_an_editors_summary_stands_above_the_text_unless_that_begins_so(
    newsroom: TestNewsroom, summary: str, shown: str | None
) -> None:
    page(newsroom, "Bell", "date: 2026-01-12", *([f"summary: {summary}"] if summary else []))
    newsroom.publish()
    (entry,) = newsroom.entries()
    told = in_process(newsroom)(f"/feeds/stories/{entry.hash}").text
    assert parsed(told).findtext(".//p[@class='standfirst']") == shown


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        ("Nobody knows who paid for it.", "Nobody knows who paid for it."),
        ("bell " * 26 + "talks. Nobody was told of it.", "bell talks. …"),
        ("bell " * 26 + "talks, indeed until late.", "bell talks …"),
        ("bell " * 26 + "talks indeed until late.", "bell talks …"),
        ("鐘" * 150, "鐘" * 140 + "…"),
    ],
)
def test_a_teaser_is_cut_at_a_word_and_says_so_apart_from_any_full_stop(
    newsroom: TestNewsroom, summary: str, shown: str
) -> None:
    page(newsroom, "Bell", "date: 2026-01-12", f"summary: {summary}")
    newsroom.publish()
    (teaser,) = front(newsroom).xpath("//p[@class='lead']/text()")
    assert teaser.endswith(shown)


def test_the_front_page_has_one_heading_and_no_room_for_a_description_that_there_is_not(
    newsroom: TestNewsroom,
) -> None:
    described = front(newsroom)
    assert described.xpath("//h1/text()") == ["Feeds of Harbour Desk"]
    assert described.findtext(".//div[@class='intro']/p") == "News from the quay."
    newsroom.configure(SITE.replace('description = "News from the quay."\n', ""))
    bare = front(newsroom)
    assert bare.xpath("//h1/text()") == ["Feeds of Harbour Desk"]
    assert bare.xpath("//*[@class='intro']") == []


@pytest.mark.parametrize(
    ("site_url", "host"),
    [
        ("https://desk.test/", "desk.test"),
        ("https://www.desk.test:8443/en/", "desk.test"),
        ("https://xn--e1afmkfd.test/", "пример.test"),
        ("https://xn--0.test/", "xn--0.test"),
    ],
)
def test_the_link_to_the_website_says_which_one_it_is(
    newsroom: TestNewsroom, site_url: str, host: str
) -> None:
    newsroom.configure(SITE.replace('site_url = "https://desk.test/"', f'site_url = "{site_url}"'))
    (link,) = front(newsroom).xpath("//header//a[not(@class)]")
    assert (link.get("href"), link.text_content()) == (site_url, host)


def test_the_stories_come_after_the_main_feed_and_before_the_others(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(SITE + '[[feeds]]\nname = "a"\ntitle = "Another"\n')
    page(newsroom, "Bell", "date: 2026-01-12")
    newsroom.publish()
    found = front(newsroom).xpath("//main//h2[not(ancestor::details)]")
    named = [heading.text_content().strip() for heading in found]
    assert named == ["Harbour Desk: latest", "Latest stories", "Another"]


@pytest.mark.parametrize(
    ("name", "older", "newer"),
    [
        ("Bell", [], ["Crane"]),
        ("Crane", ["Bell"], ["Dock"]),
        ("Dock", ["Crane"], []),
        ("Zeng", [], ["Liman"]),
        ("Liman", ["Zeng"], []),
        ("Kolokol", [], []),
    ],
)
def test_a_story_leads_to_those_before_and_after_it_in_its_language(
    newsroom: TestNewsroom, name: str, older: list[str], newer: list[str]
) -> None:
    page(newsroom, "Bell", "date: 2026-01-02")
    page(newsroom, "Zeng", "date: 2026-01-03", "language: az")
    page(newsroom, "Crane", "date: 2026-01-04", "language: en-GB")
    page(newsroom, "Kolokol", "date: 2026-01-05", "language: ru")
    page(newsroom, "Liman", "date: 2026-01-06", "language: az")
    page(newsroom, "Dock", "date: 2026-01-07", "language: en")
    newsroom.publish()
    (entry,) = (one for one in newsroom.entries() if one.title.startswith(name))
    told = parsed(in_process(newsroom)(f"/feeds/stories/{entry.hash}").text)
    for links, names in (("prev", older), ("next", newer)):
        found = told.xpath(f"//nav//a[@rel='{links}']/text()")
        assert found == [f"{one} is told" for one in names]


def test_a_section_stands_above_its_stories_and_leads_to_its_feed(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("[[feeds]]", "sections = true\n\n[[feeds]]", 1))
    page(newsroom, "Bell", "date: 2026-01-12", "categories: [Harbour]")
    newsroom.publish()
    (entry,) = newsroom.entries()
    (listed,) = front(newsroom).xpath("//li//p[@class='kicker']")
    assert listed.text == "Harbour"
    told = in_process(newsroom)(f"/feeds/stories/{entry.hash}").text
    (link,) = parsed(told).xpath("//p[@class='kicker']/a[text()='Harbour']")
    assert link.get("href") == "/feeds/category-harbour"


def test_the_front_page_counts_corrections_and_what_was_withdrawn(newsroom: TestNewsroom) -> None:
    corrections = '[[feeds]]\nname = "corrections"\ntitle = "Wrong"\nkinds = ["correction"]\n'
    newsroom.configure(SITE + corrections)
    page(newsroom, "Bell", "date: 2026-01-12")
    page(newsroom, "Crane", "date: 2026-01-11")
    newsroom.publish()
    for action, name in (("retract", "Bell"), ("correct", "Crane")):
        newsroom.decide(f'action = "{action}"\nentry = "{name} is told"\nnotice = "It was not."')
    newsroom.publish(NOW + timedelta(hours=1))
    items = json.loads(in_process(newsroom)("/feeds/corrections.json").text)["items"]
    (facts,) = front(newsroom).xpath(
        "//section[.//a[@href='/feeds/corrections']]//p[@class='facts']"
    )
    assert len(items) == 2
    assert "2 stories" in " ".join(facts.text_content().split())


def test_the_lines_for_the_website_are_for_those_who_run_it_alone(newsroom: TestNewsroom) -> None:
    page(newsroom, "Bell", "date: 2026-01-12")
    newsroom.publish()
    ask = in_process(newsroom)
    assert "&lt;link" not in ask("/feeds/").text
    (link,) = front(newsroom).xpath("//footer//a")
    answer = ask(link.get("href"))
    assert (answer.status, link.get("href")) == (200, "/feeds/for-your-site")
    assert 'content="noindex"' in answer.text
    again = ask("/feeds/for-your-site", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status == 304
