"""The pages for people, and what is said of addresses that are none."""

from __future__ import annotations

import re

import msgspec
import pytest
from lxml import html

from feeds.ledger.connect import open_to_write
from feeds.model import Entry, Image, Url
from feeds.publish.index import Index
from tests.newsrooms import NOW, SITE, TestNewsroom
from tests.web.asking import Ask, in_process

ATTACK = "<script>alert(1)</script> & “quotes” \"'"
NASTY = [
    "/nope",
    "/feeds/nope",
    "/feeds/nope.rss",
    "/feeds/latest.",
    "/feeds/.rss",
    "/feeds/LATEST.rss",
    "/feeds/latest.rss/",
    "/feeds/latest/",
    "/feeds/stories",
    "/feeds/stories/",
    "/feeds/stories/nope",
    "/feeds/stories/nope/more",
    "/feeds/stories/%00",
    "/feeds/stories/%ff%fe",
    "/feeds/stories/%ed%a0%80",
    "/feeds/stories/' OR 1=1 --".replace(" ", "%20"),
    "/feeds/stories/%25",
    "/feeds/stories/" + "a" * 2000,
    "/feeds/..%2f..%2fetc%2fpasswd",
    "/feeds/../../etc/passwd",
    "/feeds/%2e%2e/%2e%2e/etc/passwd",
    "/feeds/%00.rss",
    "/feeds/%F0%9F%98%80.rss",
    "/feeds/%D7%A9%D7%9C.json",
    "/feeds/" + "%F0%9F%98%80" * 200,
    "/feeds/static/",
    "/feeds/static/nope.css",
    "/feeds/static/../pages.py",
    "/feeds/static/..%2fpages.py",
    "/feeds/static/%00",
    "/robots.txt",
    "/feeds/%0d%0aSet-Cookie:%20a=b",
]


def page(ask: Ask, path: str) -> html.HtmlElement:
    answer = ask(path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return html.document_fromstring(answer.text)


def words(ask: Ask, path: str) -> str:
    """What a person reads on the page."""
    return " ".join("".join(page(ask, path).xpath("//main//text()")).split())


def story_of(newsroom: TestNewsroom, kind: str) -> str:
    return next(
        f"/feeds/stories/{entry.hash}" for entry in newsroom.entries() if entry.kind == kind
    )


def change(newsroom: TestNewsroom, **fields: object) -> Entry:
    """Gives the article what no text page can say of it."""
    (article,) = (entry for entry in newsroom.entries() if entry.kind == "article")
    changed = msgspec.structs.replace(article, **fields)
    with open_to_write(newsroom.database).write() as connection:
        index = Index(connection, 1, NOW)
        index.replace(changed)
        index.write()
    return changed


def test_home_leads_to_the_feeds(ask: Ask) -> None:
    answer = ask("/")
    assert (answer.status, answer.headers["Location"]) == (302, "/feeds/")


@pytest.mark.parametrize("path", ["/feeds/", "/feeds/latest"])
def test_pages_offer_every_format_under_a_title_of_its_own(ask: Ask, path: str) -> None:
    links = page(ask, path).xpath("//head/link[@rel='alternate']")
    assert [(link.get("type"), link.get("href")) for link in links] == [
        ("application/rss+xml", "https://desk.test/feeds/latest.rss"),
        ("application/atom+xml", "https://desk.test/feeds/latest.atom"),
        ("application/feed+json", "https://desk.test/feeds/latest.json"),
    ]
    assert len({link.get("title") for link in links}) == len(links)


def test_titles_of_several_feeds_are_distinct_too(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE + '[[feeds]]\nname = "articles"\ntitle = "Articles & more"\n')
    links = page(in_process(newsroom), "/feeds/").xpath("//head/link[@rel='alternate']/@title")
    assert len(links) == len(set(links)) == 6


def test_the_index_shows_the_addresses_to_paste(ask: Ask) -> None:
    shown = words(ask, "/feeds/")
    for form in ("rss", "atom", "json"):
        assert f"https://desk.test/feeds/latest.{form}" in shown


def test_the_page_of_a_feed_lists_its_stories_in_order(ask: Ask, published: TestNewsroom) -> None:
    links = page(ask, "/feeds/latest").xpath("//ol/li/a")
    entries = published.entries()
    assert [link.text for link in links] == [entry.title for entry in entries]
    assert [link.get("href") for link in links] == [
        f"/feeds/stories/{entry.hash}" for entry in entries
    ]
    assert all(ask(link.get("href")).status == 200 for link in links)


def test_the_story_of_an_undated_article_says_so(ask: Ask, published: TestNewsroom) -> None:
    shown = words(ask, story_of(published, "article"))
    assert shown.startswith("Bell hangs in its tower again after nine years Nora Lind")
    assert "Date not stated; the page was saved on 14 January 2026" in shown
    assert "Nobody at the office could say who had paid" in shown


def test_the_story_of_a_headline_says_what_is_known_and_where_to_look(
    ask: Ask, published: TestNewsroom
) -> None:
    path = story_of(published, "headline")
    shown = words(ask, path)
    assert shown.startswith("Pilot boat gets another engine 9 January 2026")
    assert "Its text is not published here" in shown
    assert page(ask, path).xpath("//article//a/@href") == ["https://desk.test/"]


@pytest.mark.parametrize("kind", ["article", "headline"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_stories_are_kept_out_of_search_engines(
    ask: Ask, published: TestNewsroom, kind: str, method: str
) -> None:
    path = story_of(published, kind)
    assert ask(path, method).headers["X-Robots-Tag"] == "noindex"
    assert page(ask, path).xpath("//meta[@name='robots']/@content") == ["noindex"]


@pytest.mark.parametrize("path", ["/feeds/", "/feeds/latest", "story"])
def test_a_page_may_run_no_script_and_no_style_of_its_own(
    ask: Ask, published: TestNewsroom, path: str
) -> None:
    path = story_of(published, "article") if path == "story" else path
    policy = ask(path).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    tree = page(ask, path)
    assert not tree.xpath("//style | //@style | //@*[starts-with(name(), 'on')]")
    for script in tree.xpath("//script[not(@type='application/ld+json')]"):
        assert not script.text
        assert ask(script.get("src")).headers["Content-Type"] == "text/javascript; charset=utf-8"
    for sheet in tree.xpath("//link[@rel='stylesheet']/@href"):
        assert ask(sheet).headers["Content-Type"] == "text/css; charset=utf-8"


def test_a_script_in_any_text_is_text_on_every_page(newsroom: TestNewsroom) -> None:
    newsroom.configure(
        SITE.replace('"Harbour Desk"', f"'''{ATTACK}'''")
        .replace('"News from the quay."', f"'''{ATTACK}'''")
        .replace('"Harbour Desk: latest"', f"'''{ATTACK}'''")
        .replace("[[feeds]]", f"copyright = '''{ATTACK}'''\n[[feeds]]")
    )
    newsroom.page(
        "a.txt",
        f"{ATTACK}\n\nIt said {ATTACK}.\nNora Lind\nLatest newsAlso {ATTACK}\n09.Jan.2026\n",
    )
    newsroom.publish()
    ask = in_process(newsroom)
    change(newsroom, authors=(ATTACK,))
    stories = [f"/feeds/stories/{entry.hash}" for entry in newsroom.entries()]
    assert len(stories) == 2
    for path in ("/feeds/", "/feeds/latest", *stories):
        answer = ask(path)
        assert "<script>" not in answer.text
        tree = html.document_fromstring(answer.text)
        assert ATTACK in " ".join(html.tostring(tree, method="text", encoding="unicode").split())
        assert not tree.xpath("//script[contains(text(), 'alert')][not(@type)]")
        assert not tree.xpath("//@*[starts-with(name(), 'on')]")
        for data in tree.findall(".//script[@type='application/ld+json']"):
            assert msgspec.json.decode(data.text or "")["@type"] == "NewsArticle"


def test_a_story_shows_its_image_once(own: TestNewsroom) -> None:
    image = Image(Url("https://desk.test/bell.png"), "image/png", alt='The "bell"', credit="A & B")
    path = f"/feeds/stories/{change(own, image=image).hash}"
    tree = page(in_process(own), path)
    (shown,) = tree.xpath("//main//img")
    assert (shown.get("src"), shown.get("alt")) == (image.url, image.alt)
    assert tree.xpath("//figcaption/text()") == ["A & B"]


def test_a_story_with_a_url_of_its_own_leads_there(own: TestNewsroom) -> None:
    entry = change(own, url=Url("https://desk.test/bell?a=1&b=2"))
    ask = in_process(own)
    answer = ask(f"/feeds/stories/{entry.hash}")
    assert (answer.status, answer.headers["Location"]) == (302, entry.url)
    assert page(ask, "/feeds/latest").xpath("//ol/li/a/@href")[0] == entry.url


def test_a_story_of_another_language_says_so(own: TestNewsroom) -> None:
    entry = change(own, language="az")
    ask = in_process(own)
    assert page(ask, f"/feeds/stories/{entry.hash}").get("lang") == "az"
    assert page(ask, "/feeds/latest").xpath("//ol/li/a/@lang") == ["az"]
    assert page(ask, "/feeds/").get("lang") == "en"


@pytest.mark.parametrize("path", NASTY, ids=lambda path: path[:40])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_address_that_is_none_gets_404_in_one_line(ask: Ask, path: str, method: str) -> None:
    answer = ask(path, method)
    assert answer.status == 404
    assert answer.body == (b"404 Not Found\n" if method == "GET" else b"")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Set-Cookie" not in answer.headers


def test_a_story_that_is_unknown_stays_out_of_search_engines(ask: Ask) -> None:
    assert ask("/feeds/stories/nope").headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("name", ["nope", "latest.x"])
def test_a_person_who_opens_an_unknown_feed_ends_at_404(ask: Ask, name: str) -> None:
    headers = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    answer = ask(f"/feeds/{name}.rss", headers=headers)
    assert answer.headers.get("Location", name) == name  # beside it
    assert ask(f"/feeds/{name}").status == 404


def test_healthz_tells_the_revision(ask: Ask) -> None:
    answer = ask("/feeds/healthz")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    told = msgspec.json.decode(answer.body)
    assert (told["revision"], told["newest"]) == (1, "2026-01-14T09:30:00Z")
    assert told["last_run"] == "2026-01-14T09:30:00Z"


def test_no_page_holds_the_day_on_which_it_is_asked_for(ask: Ask, published: TestNewsroom) -> None:
    """Only days that the pages state: 8, 9 and 14 January 2026."""
    for path in ("/feeds/", "/feeds/latest", story_of(published, "article")):
        days = set(re.findall(r"\d+ [A-Z][a-z]+ \d{4}", ask(path).text))
        assert days <= {"8 January 2026", "9 January 2026", f"{NOW.day} January 2026"}
