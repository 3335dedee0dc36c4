"""What subscribers, and those who look before they subscribe, find on the pages."""

from __future__ import annotations

import gzip
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
import pytest
from lxml import etree, html

from feeds.model import Entry
from feeds.web import i18n, links, metadata
from tests.newsrooms import NOW, SITE, TestNewsroom
from tests.web.asking import NAVIGATION, in_process
from tests.web.test_pages import page, words

LATER = NOW + timedelta(days=1)
STORY = """\
---
title: {title}
{more}
---
The {title} was opened by the mayor on Monday, before some forty people and a dog.

Nobody could say who had paid for it, nor for the band that played until noon.
"""


def story(newsroom: TestNewsroom, title: str, *more: str, now: datetime = NOW) -> Entry:
    """A story of its own page, published; ``more`` are lines of its front matter."""
    name = f"{title.lower()}.md"
    newsroom.page(name, STORY.format(title=title, more="\n".join(more)))
    newsroom.publish(now)
    return next(entry for entry in newsroom.entries() if entry.title == title)


def path_of(entry: Entry) -> str:
    return f"/feeds/stories/{entry.hash}"


def data_of(tree: html.HtmlElement) -> dict[str, Any]:
    """The JSON-LD of a page."""
    (found,) = tree.findall(".//script[@type='application/ld+json']")
    read = msgspec.json.decode(found.text or "")
    assert isinstance(read, dict)
    return read


def open_graph(tree: html.HtmlElement) -> dict[str, str]:
    return {
        meta.get("property", ""): meta.get("content", "")
        for meta in tree.findall(".//meta[@property]")
    }


def test_the_index_tells_of_each_feed_what_is_in_it_and_how_often(newsroom: TestNewsroom) -> None:
    for day in range(1, 6):
        story(newsroom, f"Bridge{day}", f"date: 2026-01-0{day}")
    shown = words(in_process(newsroom), "/feeds/")
    assert "Whole texts · 5 stories · about 1 a day" in shown


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ([0], None),
        ([0, 24], None),
        ([0, 6, 12, 18, 24], (4, "day")),
        ([0, 48, 96, 144], (4, "week")),
        ([0, 14 * 24, 28 * 24], (2, "month")),
        ([0, 900 * 24, 1800 * 24], (1, "month")),
        ([0, 0, 0, 0], (3, "day")),
    ],
)
def test_how_often_there_is_a_story_is_said_in_its_own_measure(
    hours: list[int], expected: tuple[int, str] | None
) -> None:
    assert i18n.rate([NOW - timedelta(hours=ago) for ago in hours]) == expected


def test_every_reader_is_handed_the_whole_address() -> None:
    address = "https://desk.test/feeds/latest.rss?a=1&b=%20#c"
    for _, link in links.reader_links(address):
        parts = urlsplit(link)
        assert parts.scheme == "https"
        handed = parse_qs(parts.query) or {"path": [unquote(parts.path.partition("/feed/")[2])]}
        assert list(handed.values()) == [[address]]
        assert not parts.fragment


@pytest.mark.parametrize("path", ["/feeds/", "/feeds/latest"])
def test_addresses_can_be_copied_and_handed_to_readers(published: TestNewsroom, path: str) -> None:
    tree = page(in_process(published), path)
    buttons = tree.findall(".//button[@data-copy]")
    addresses = [button.get("data-copy") for button in buttons][:3]
    assert addresses == [
        f"https://desk.test/feeds/latest.{form}" for form in ("rss", "atom", "json")
    ]
    assert all("hidden" in button.attrib for button in buttons)  # without script they do nothing
    handed = "https%3A%2F%2Fdesk.test%2Ffeeds%2Flatest.rss"
    assert sum(handed in link for link in tree.xpath("//main//a/@href")) == 5


def test_the_latest_stories_stand_under_the_days_that_their_pages_state(
    newsroom: TestNewsroom,
) -> None:
    story(newsroom, "Bridge", "date: 2026-01-09")
    story(newsroom, "Tunnel", "date: 2026-01-09 13:00")
    story(newsroom, "Harbour", "date: 2026-01-07")
    story(newsroom, "Tower")
    tree = page(in_process(newsroom), "/feeds/")
    found = [
        ("".join(day.itertext()).strip(), [" ".join(text.split()) for text in links])
        for day in tree.findall(".//h3")
        for links in [day.getnext().xpath(".//a/text()")]
    ]
    assert found == [
        ("9 January 2026", ["Tunnel", "Bridge"]),
        ("7 January 2026", ["Harbour"]),
        ("Date not stated", ["Tower"]),
    ]


def test_the_lines_for_the_website_are_the_ones_that_our_own_pages_have(
    published: TestNewsroom,
) -> None:
    tree = page(in_process(published), "/feeds/for-your-site")
    (code,) = tree.findall(".//pre/code")
    lines = html.fragments_fromstring(code.text or "")
    own = tree.xpath("//head/link[@rel='alternate']")
    assert [dict(line.attrib) for line in lines] == [dict(link.attrib) for link in own]
    (button,) = tree.xpath("//div[@class='snippet']//button")
    assert button.get("data-copy-from") == code.get("id")


def test_all_feeds_are_in_one_file_that_readers_import(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE + '[[feeds]]\nname = "a"\ntitle = "A & <b>"\ndescription = "x"\n')
    newsroom.publish()
    ask = in_process(newsroom)
    answer = ask("/feeds/feeds.opml")
    assert answer.headers["Content-Type"] == "text/x-opml; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    tree = etree.fromstring(answer.body)
    assert (tree.tag, tree.get("version")) == ("opml", "2.0")
    found = [(each.get("text"), each.get("xmlUrl")) for each in tree.iter("outline")]
    assert found == [
        ("Harbour Desk: latest", "https://desk.test/feeds/latest.rss"),
        ("A & <b>", "https://desk.test/feeds/a.rss"),
    ]
    assert {each.get("type") for each in tree.iter("outline")} == {"rss"}
    again = ask("/feeds/feeds.opml", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status == 304
    assert page(ask, "/feeds/").xpath("//main//a[@href='/feeds/feeds.opml']")


def test_a_story_tells_machines_what_it_tells_people(newsroom: TestNewsroom) -> None:
    entry = story(
        newsroom,
        "Bridge",
        "date: 2026-01-09 10:00",
        "authors: [Nora Lind, Ali K]",
        "categories: [Transport]",
        "language: az",
        "image: https://desk.test/bridge.jpg",
    )
    tree = page(in_process(newsroom), path_of(entry))
    data = data_of(tree)
    assert data["@context"] == "https://schema.org"
    assert (data["@type"], data["headline"]) == ("NewsArticle", "Bridge")
    assert data["datePublished"] == "2026-01-09T06:00:00Z"
    assert [author["name"] for author in data["author"]] == ["Nora Lind", "Ali K"]
    assert (data["inLanguage"], data["articleSection"]) == ("az", ["Transport"])
    assert data["image"] == ["https://desk.test/bridge.jpg"]
    assert data["publisher"]["name"] == "Harbour Desk"
    assert {"dateModified", "isAccessibleForFree"}.isdisjoint(data)
    told = open_graph(tree)
    assert told["og:url"] == data["url"] == f"https://desk.test{path_of(entry)}"
    assert (told["og:type"], told["og:title"]) == ("article", "Bridge")
    assert told["article:published_time"] == "2026-01-09T06:00:00Z"
    assert told["og:description"].startswith("The Bridge was opened")


def test_what_machines_are_told_costs_no_more_for_other_letters(newsroom: TestNewsroom) -> None:
    newsroom.page("most.md", STORY.format(title="Мост </script> открыт", more="date: 2026-01-09"))
    newsroom.publish()
    (entry,) = newsroom.entries()
    ask = in_process(newsroom)
    assert '"headline": "Мост \\u003c/script\\u003e открыт"' in ask(path_of(entry)).text
    assert data_of(page(ask, path_of(entry)))["headline"] == entry.title


def test_a_date_is_told_to_machines_no_more_precisely_than_the_page_has_it(
    newsroom: TestNewsroom,
) -> None:
    day, none = story(newsroom, "Bridge", "date: 2026-01-09"), story(newsroom, "Tower")
    ask = in_process(newsroom)
    assert data_of(page(ask, path_of(day)))["datePublished"] == "2026-01-09"
    undated = page(ask, path_of(none))
    assert {"datePublished", "dateModified"}.isdisjoint(data_of(undated))
    assert not any(name.startswith("article:") for name in open_graph(undated))
    assert "Date not stated" in words(ask, path_of(none))
    assert not undated.findall(".//article//time")


def test_a_story_whose_text_arrived_is_not_called_corrected_for_the_name_of_its_page(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("list.txt")
    newsroom.publish()
    headline = next(entry for entry in newsroom.entries() if entry.kind == "headline")
    day = headline.published.date().isoformat() if headline.published else ""
    text = STORY.format(title=headline.title, more=f"date: {day}")
    newsroom.page("words changed.md", text, saved=LATER)
    newsroom.publish(LATER)
    newsroom.page("words changed.md", text.replace("---\n", "---\nauthor: Nora Lind\n", 1))
    newsroom.publish(LATER.replace(hour=23))
    (entry,) = [entry for entry in newsroom.entries() if entry.title == headline.title]
    assert entry.authors == ("Nora Lind",)
    seen = words(in_process(newsroom), path_of(entry))
    assert "Updated on" in seen
    assert "Corrected on" not in seen


def test_a_story_whose_words_changed_says_when(newsroom: TestNewsroom) -> None:
    story(newsroom, "Bridge", "date: 2026-01-09")
    text = STORY.format(title="Bridge", more="date: 2026-01-09").replace("forty", "fifty")
    newsroom.page("bridge.md", text, saved=LATER)
    newsroom.publish(LATER)
    (entry,) = newsroom.entries()
    ask = in_process(newsroom)
    assert "Corrected on 15 January 2026" in words(ask, path_of(entry))
    assert data_of(page(ask, path_of(entry)))["dateModified"] == "2026-01-15T09:30:00Z"


def test_a_story_that_was_not_touched_says_nothing_of_corrections(newsroom: TestNewsroom) -> None:
    entry = story(newsroom, "Bridge", "date: 2026-01-09")
    shown = words(in_process(newsroom), path_of(entry))
    assert "Corrected" not in shown
    assert "Updated" not in shown


def test_a_page_that_states_its_own_update_was_updated_not_corrected(
    newsroom: TestNewsroom,
) -> None:
    entry = story(newsroom, "Bridge", "date: 2026-01-09", "updated: 2026-01-11")
    assert "Updated on 11 January 2026" in words(in_process(newsroom), path_of(entry))


def test_a_paid_story_gives_its_summary_and_says_where_to_read_on(newsroom: TestNewsroom) -> None:
    entry = story(newsroom, "Bridge", "date: 2026-01-09", "access: paid", "summary: It is open.")
    ask = in_process(newsroom)
    shown = words(ask, path_of(entry))
    assert "It is open." in shown
    assert "The whole text is for subscribers of Harbour Desk." in shown
    assert "forty" not in ask(path_of(entry)).text
    assert page(ask, path_of(entry)).xpath("//article//a/@href") == ["https://desk.test/"]
    data = data_of(page(ask, path_of(entry)))
    assert (data["isAccessibleForFree"], data["description"]) == (False, "It is open.")


def test_a_free_story_is_not_taken_for_a_paid_one(newsroom: TestNewsroom) -> None:
    assert not metadata.is_paid(story(newsroom, "Bridge"))


def test_stories_lead_to_the_ones_before_and_after_them(newsroom: TestNewsroom) -> None:
    made = [story(newsroom, f"Bridge{day}", f"date: 2026-01-0{day}") for day in range(1, 5)]
    ask = in_process(newsroom)

    def beside(entry: Entry) -> list[tuple[str, str]]:
        links = page(ask, path_of(entry)).xpath("//nav//a")
        return [(link.get("rel"), link.get("href")) for link in links]

    assert beside(made[0]) == [("next", path_of(made[1]))]
    assert beside(made[1]) == [("prev", path_of(made[0])), ("next", path_of(made[2]))]
    assert beside(made[3]) == [("prev", path_of(made[2]))]
    newsroom.page("bridge3.md", STORY.format(title="Bridge3", more="status: retracted"))
    newsroom.publish(LATER)
    assert beside(made[3]) == [("prev", path_of(made[1]))]


def test_stories_of_one_moment_lead_to_each_other_once(own: TestNewsroom) -> None:
    ask = in_process(own)
    entries = own.entries()
    path, seen = path_of(entries[0]), []
    while path:
        seen.append(path)
        path = next(iter(page(ask, path).xpath("//nav//a[@rel='prev']/@href")), "")
    assert seen == [path_of(entry) for entry in entries]


def test_stories_that_no_feed_shows_are_led_to_by_nothing(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE + 'categories = ["Transport"]\n')
    first = story(newsroom, "Bridge", "date: 2026-01-07", "categories: [Transport]")
    story(newsroom, "Poem", "date: 2026-01-08", "categories: [Culture]")
    last = story(newsroom, "Tunnel", "date: 2026-01-09", "categories: [Transport]")
    links = page(in_process(newsroom), path_of(last)).xpath("//nav//a/@href")
    assert links == [path_of(first)]


def test_a_withdrawn_story_shows_its_public_notice_in_the_sites_language(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(SITE.replace('language = "en"', 'language = "ru"'))
    entry = story(newsroom, "Bridge", "date: 2026-01-09")
    notice = 'notice = "The band was hired."\nreason = "secret"'
    newsroom.decide(f'action = "retract"\nentry = "{entry.id}"\n{notice}')
    newsroom.publish(LATER)
    answer = in_process(newsroom)(path_of(entry))
    assert answer.status == 410
    assert "Этот материал отозван" in answer.text
    assert "The band was hired." in answer.text
    assert not re.search("Bridge|secret|forty", answer.text)


@pytest.mark.parametrize("path", ["/feeds/nope", "/feeds/stories/nope", "/nope", "/feeds/nope.rss"])
def test_a_person_at_an_address_that_is_none_gets_a_page_and_programs_one_line(
    newsroom: TestNewsroom, path: str
) -> None:
    story(newsroom, "Bridge")
    ask = in_process(newsroom)
    answer = ask(path, headers=NAVIGATION)
    while answer.status == 303:
        answer = ask(f"/feeds/{answer.headers['Location']}", headers=NAVIGATION)
    assert answer.status == 404
    assert "There is nothing here" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert '<a href="/feeds/">What there is to subscribe to</a>' in answer.text
    assert ask(path).body == b"404 Not Found\n"


def test_a_person_who_opens_a_closed_feed_is_told(newsroom: TestNewsroom) -> None:
    newsroom.configure(f'{SITE}\n[[feeds]]\nname = "sport"\ntitle = "Sport"\ngone = true\n')
    newsroom.publish()
    answer = in_process(newsroom)("/feeds/sport", headers=NAVIGATION)
    assert answer.status == 410
    assert "This feed is no more" in answer.text


def test_sections_are_found_from_the_index_and_the_stories(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("[[feeds]]", "sections = true\n[[feeds]]"))
    entry = story(newsroom, "Bridge", "date: 2026-01-09", "categories: [Transport, İqtisadiyyat]")
    ask = in_process(newsroom)
    names = ["category-iqtisadiyyat", "category-transport", "language-en"]
    for path in ("/feeds/", path_of(entry)):
        links = set(page(ask, path).xpath("//main//a/@href"))
        assert {f"/feeds/{name}" for name in names} <= links
    assert all(ask(f"/feeds/{name}").status == 200 for name in names)
    offered = page(ask, "/feeds/").xpath("//head/link[@rel='alternate']/@href")
    assert not any("category-" in address for address in offered)


@pytest.mark.parametrize("letters", ["Bridge", "Мост открыт", "桥" * 12])
def test_no_list_makes_a_page_large(newsroom: TestNewsroom, letters: str) -> None:
    feeds = "".join(
        f'\n[[feeds]]\nname = "n{number}"\ntitle = "{letters} {number}"\ncategories = ["Chess"]\n'
        for number in range(10)
    )
    newsroom.configure(SITE.replace("limit = 30", "limit = 200") + feeds)
    for number in range(50):
        text = STORY.format(title=f"{letters} {number} " * 15, more="date: 2026-01-09")
        newsroom.page(f"{number}.md", text)
    newsroom.publish()
    ask = in_process(newsroom)
    for path in ("/feeds/", "/feeds/latest"):
        assert len(ask(path).body) < 30_000
    assert "more are in the feed itself" in ask("/feeds/latest").text


def test_the_index_tells_what_alone_a_feed_has(newsroom: TestNewsroom) -> None:
    narrow = """
[[feeds]]
name = "chess"
title = "Chess"
kinds = ["headline"]
categories = ["Chess", "Go <fast>"]
languages = ["az", "ru"]
authors = ["Nora Lind"]
"""
    newsroom.configure(SITE + narrow)
    newsroom.publish()
    ask = in_process(newsroom)
    told = "Headlines · Chess, Go <fast> · Azerbaijani, Russian · Nora Lind · 0 stories"
    assert told in words(ask, "/feeds/")
    assert told in words(ask, "/feeds/chess")


def test_a_feed_in_one_language_says_so_and_has_what_is_in_no_other(
    newsroom: TestNewsroom,
) -> None:
    narrow = "".join(
        f'\n[[feeds]]\nname = "{tag}"\ntitle = "In {tag}"\nlanguages = ["{tag}"]\n'
        for tag in ("en", "az")
    )
    newsroom.configure(SITE + narrow)
    story(newsroom, "Bridge")
    story(newsroom, "Körpü", "language: az")
    ask = in_process(newsroom)
    for tag, title in (("en", "Bridge"), ("az", "Körpü")):
        feed = etree.fromstring(ask(f"/feeds/{tag}.rss").body)
        assert [found.text for found in feed.findall("channel/item/title")] == [title]
        assert feed.findtext("channel/language") == tag
        assert page(ask, f"/feeds/{tag}").get("lang") == tag


def test_many_sections_and_feeds_leave_the_index_small_and_the_rest_is_in_the_opml(
    newsroom: TestNewsroom,
) -> None:
    feeds = "".join(
        f'\n[[feeds]]\nname = "feed{number}"\ntitle = "Feed number {number}"\n'
        for number in range(12)
    )
    site = SITE.replace("limit = 30", "limit = 1")
    newsroom.configure(site.replace("[[feeds]]", "sections = true\n[[feeds]]", 1) + feeds)
    for number in range(60):
        more = f"categories: [Subject {number} of more than fit]"
        newsroom.page(f"{number}.md", STORY.format(title=f"Bridge number {number}", more=more))
    newsroom.publish()
    ask = in_process(newsroom)
    index = page(ask, "/feeds/")
    assert len(ask("/feeds/").body) < 25_000
    linked = [href for href in index.xpath("//main//a/@href") if "/category-" in href]
    assert 20 < len(linked) < 60
    (rest,) = index.xpath("//a[contains(., 'more are in the file')]")
    assert rest.text.startswith(f"{60 - len(linked)} more")
    assert ask(rest.get("href")).text.count("/category-") == 2 * 60
    assert index.xpath("//main//a[@href='/feeds/language-en']")


def test_many_feeds_leave_the_pages_small_and_the_rest_is_in_the_opml(
    newsroom: TestNewsroom,
) -> None:
    feeds = "".join(
        f'\n[[feeds]]\nname = "feed{number}"\ntitle = "Feed number {number} of many"\n'
        f'description = "{"What is in it, at some length. " * 4}"\n'
        for number in range(100)
    )
    newsroom.configure(SITE + feeds)
    entry = story(newsroom, "Bridge")
    ask = in_process(newsroom)
    index = page(ask, "/feeds/")
    assert len(ask("/feeds/").body) < 25_000
    assert len(ask(path_of(entry)).body) < 10_000
    linked = [href for href in index.xpath("//main//h2/a/@href") if "/feeds/feed" in href]
    assert len(linked) > 40
    (rest,) = index.xpath("//a[contains(., 'more are in the file')]")
    assert rest.text.startswith(f"{100 - len(linked)} more")


def test_feeds_of_the_same_title_are_told_apart(newsroom: TestNewsroom) -> None:
    twins = "".join(f'\n[[feeds]]\nname = "{name}"\ntitle = "News"\n' for name in ("a", "b"))
    newsroom.configure(SITE + twins)
    newsroom.publish()
    ask = in_process(newsroom)
    titles = page(ask, "/feeds/").xpath("//head/link[@rel='alternate']/@title")
    assert len(titles) == len(set(titles)) == 9
    assert {"News (a) (RSS)", "News (b) (RSS)"} <= set(titles)
    outlines = etree.fromstring(ask("/feeds/feeds.opml").body).iter("outline")
    assert [each.get("title") for each in outlines][1:] == ["News (a)", "News (b)"]


def test_a_section_without_stories_is_no_longer_linked_and_still_a_feed(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(SITE.replace("[[feeds]]", "sections = true\n[[feeds]]", 1))
    story(newsroom, "Bridge", "categories: [Trnsport]")
    assert "category-trnsport" in in_process(newsroom)("/feeds/").text
    newsroom.page("bridge.md", STORY.format(title="Bridge", more="categories: [Transport]"))
    newsroom.publish(LATER)
    ask = in_process(newsroom)
    assert "category-trnsport" not in ask("/feeds/").text
    assert "category-transport" in ask("/feeds/").text
    assert ask("/feeds/category-trnsport.rss").status == 200


def test_pages_are_compressed_and_not_sent_twice(newsroom: TestNewsroom) -> None:
    entry = story(newsroom, "Bridge")
    ask = in_process(newsroom)
    for path in ("/feeds/", "/feeds/latest", path_of(entry)):
        plain = ask(path)
        packed = ask(path, headers={"Accept-Encoding": "gzip, br"})
        assert gzip.decompress(packed.body) == plain.body
        assert packed.headers["Content-Encoding"] == "gzip"
        assert plain.headers["ETag"] != packed.headers["ETag"]
        for answer in (plain, packed):
            assert answer.headers["Vary"] == "Accept-Encoding"
        known = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
        again = ask(path, headers=known)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["Cache-Control"] == "public, max-age=60"
        assert ask(path, headers={"Accept-Encoding": "gzip;q=0"}).body == plain.body


def test_a_storys_page_plays_what_belongs_to_it_and_leads_to_it(newsroom: TestNewsroom) -> None:
    entry = story(
        newsroom,
        "Pavilion",
        "audio: https://desk.test/the%20band.mp3",
        "video:",
        "  url: https://desk.test/band.mp4",
        "  title: The band & the dog",
        "  thumbnail: https://desk.test/band.png",
        "  duration: 1:19",
    )
    tree = page(in_process(newsroom), path_of(entry))
    assert [dict(one.attrib) for one in tree.iter("audio", "video")] == [
        {"controls": "", "preload": "none", "src": "https://desk.test/the%20band.mp3"},
        {
            "controls": "",
            "preload": "none",
            "src": "https://desk.test/band.mp4",
            "poster": "https://desk.test/band.png",
        },
    ]
    links = [(one.get("href"), one.text) for one in tree.findall(".//figcaption/a")]
    assert links == [
        ("https://desk.test/the%20band.mp3", "the band.mp3"),
        ("https://desk.test/band.mp4", "The band & the dog"),
    ]
    sound, film = data_of(tree)["associatedMedia"]
    assert sound["@type"] == "AudioObject"
    assert (film["@type"], film["duration"]) == ("VideoObject", "PT79S")
