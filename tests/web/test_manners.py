"""Addresses of before, archives over HTTP, the news sitemap, what a monitor is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from lxml import etree
from werkzeug.test import create_environ, run_wsgi_app

from feeds.ledger.sqlite.lock import path_for
from feeds.model import Entry, EntryId, StatedDate, Url
from feeds.newsroom.site import Site
from feeds.web import sitemap
from feeds.web.cache import Shelf
from tests.conftest import Filled
from tests.newsrooms import COMMANDED, NOW, SITE, TestNewsroom, feeds, publish_bell
from tests.web.asking import NAVIGATION, Ask, in_process, website
from tests.web.conftest import Opener

LATER = NOW + timedelta(hours=1)
MOVED = SITE.replace('name = "latest"', 'name = "news"\nformer_names = ["all", "latest"]')
GONE = '\n[[feeds]]\nname = "sport"\ntitle = "Sport"\nformer_names = ["games"]\ngone = true\n'
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """A website of which one feed had other names, and another is gone."""
    newsroom = TestNewsroom(tmp_path_factory.mktemp("renamed") / "desk", MOVED + GONE)
    publish_bell(newsroom)
    return in_process(newsroom)


@pytest.mark.parametrize(
    "rest", [".rss", ".atom", ".json", "", "/archive/1.rss", "/archive/9.json"]
)
@pytest.mark.parametrize("name", ["all", "latest"])
def test_a_former_name_leads_to_the_feed_for_good(renamed: Ask, name: str, rest: str) -> None:
    answer = renamed(f"/feeds/{name}{rest}")
    assert (answer.status, answer.headers["Location"]) == (308, f"/feeds/news{rest}")


def test_a_renamed_feed_keeps_its_id(own: TestNewsroom) -> None:
    ask = in_process(own)
    ids = [etree.fromstring(ask("/feeds/latest.atom").body).findtext("{*}id")]
    own.configure(SITE.replace('name = "latest"', 'name = "news"\nformer_names = ["latest"]'))
    own.publish(LATER)
    ids.append(etree.fromstring(ask("/feeds/news.atom").body).findtext("{*}id"))
    assert ids[0] == ids[1]


@pytest.mark.parametrize("path", ["sport.rss", "sport.atom", "games.json", "sport", "games"])
def test_a_feed_that_is_gone_says_so(renamed: Ask, path: str) -> None:
    answer = renamed(f"/feeds/{path}")
    assert (answer.status, answer.headers["Cache-Control"]) == (410, "public, max-age=3600")
    assert "Sport" not in renamed("/feeds/").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/feeds/all.rss", 308),
        ("/feeds/all/archive/1.atom", 308),
        ("/feeds/news.xml", 308),
        ("/rss", 308),
        ("/feeds/atom.xml", 308),
        ("/feeds/news/archive/1.rss", 307),
        ("/feeds/news/archive/7.rss", 404),
        ("/feeds/sport.rss", 410),
        ("/feeds/nope.rss", 404),
        ("/feeds/news.text", 404),
        ("/feeds/news-sitemap.xml", 200),
        ("/feeds/static/style.css", 200),
        ("/feeds/healthz", 200),
    ],
)
def test_scripts_of_other_sites_may_read_whatever_programs_are_answered(
    renamed: Ask, path: str, status: int
) -> None:
    answer = renamed(path)
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (status, "*")
    if path == "/feeds/news.text":
        return  # there is nothing to ask for
    asked = renamed(path, "OPTIONS", {"Origin": "https://b.test"})
    assert (asked.status, asked.body) == (204, b"")
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert not {"Content-Type", "Content-Security-Policy", "Content-Length"} & {
        *asked.headers.keys()
    }


def test_the_pages_for_people_are_not_for_scripts_of_other_sites(newsroom: TestNewsroom) -> None:
    newsroom.publish()
    ask = in_process(newsroom)
    for path in ("/feeds/", "/feeds/latest"):
        assert "Access-Control-Allow-Origin" not in ask(path).headers


def many(newsroom: TestNewsroom, count: int) -> None:
    for number in range(count):
        text = f"It is painted in colour {number} now.\nNora Lind\n"
        newsroom.page(f"{number:03}.txt", f"Crane number {number} is painted\n\n{text}")


def publish_twelve(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("limit = 30", "limit = 5"))
    many(newsroom, 12)
    newsroom.publish()


@pytest.fixture
def archived(filled: Filled) -> TestNewsroom:
    """A newsroom whose feed has room for five of its twelve stories."""
    return filled(publish_twelve)


def test_an_archive_is_handed_out_like_any_document(archived: TestNewsroom, opened: Opener) -> None:
    ask = opened(archived)
    plain = ask("/feeds/latest/archive/1.rss")
    assert plain.status == 200
    assert plain.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert plain.headers["Cache-Control"].startswith("public, max-age=3600")
    coded = ask("/feeds/latest/archive/1.rss", headers={"Accept-Encoding": "gzip"})
    assert coded.headers["Content-Encoding"] == "gzip"
    assert len(coded.body) < len(plain.body)
    for answer, sent in ((plain, {}), (coded, {"Accept-Encoding": "gzip"})):
        again = {"If-None-Match": answer.headers["ETag"], **sent}
        assert ask("/feeds/latest/archive/1.rss", headers=again).status == 304
    assert ask("/feeds/latest/archive/1.rss", "HEAD").body == b""
    there = ask("/feeds/latest/archive/1.atom", headers=NAVIGATION)
    assert (there.status, there.headers["Location"]) == (303, "../../latest")


def links(body: bytes) -> dict[str, str]:
    found = etree.fromstring(body).iterfind(".//{http://www.w3.org/2005/Atom}link")
    return {link.get("rel", ""): link.get("href", "") for link in found}


def test_a_reader_that_follows_prev_archive_collects_every_story_once(
    archived: TestNewsroom,
) -> None:
    ask = in_process(archived)

    def asked(url: str) -> bytes:
        answer = ask(url.removeprefix("https://desk.test"))
        assert answer.status == 200
        return answer.body

    body, ids, seen = asked("/feeds/latest.atom"), set[str](), 0
    while True:
        root = etree.fromstring(body)
        found = [entry.findtext("{*}id") or "" for entry in root.iterfind("{*}entry")]
        seen += 1
        ids |= {*found}
        before = links(body).get("prev-archive")
        if not before:
            break
        body = asked(before)
    assert (len(ids), seen) == (12, 2)
    assert len(found) == len({*found}) == 12


def test_behind_the_newest_archive_is_the_feed(archived: TestNewsroom) -> None:
    ask = in_process(archived)
    after = ask("/feeds/latest/archive/2.json")
    assert (after.status, after.headers["Location"]) == (307, "../../latest.json")
    for path in (
        "latest/archive/9223372036854775808.rss",
        "latest/archive/3.json",
        "latest/archive/0.rss",
        "nope/archive/1.rss",
        "latest/archive/01.rss",
        "latest/archive/٢.json",
        "latest/archive/02.json",
    ):
        assert ask(f"/feeds/{path}").status == 404
    assert ask("/feeds/latest/archive/-1.rss").status == 404
    assert ask("/feeds/latest/archive/1.html").status == 404


def test_the_hubs_are_named_in_quotes_in_the_link_header(newsroom: TestNewsroom) -> None:
    hubs = 'hubs = ["https://hub.test/a", "https://hub.test/b"]\n'
    newsroom.configure(SITE.replace("[[feeds]]", f"{hubs}\n[[feeds]]"))
    newsroom.publish()
    assert in_process(newsroom)("/feeds/latest.atom").headers["Link"] == (
        '<https://hub.test/a>; rel="hub", <https://hub.test/b>; rel="hub", '
        '<https://desk.test/feeds/latest.atom>; rel="self"'
    )


def entry(number: int = 0, **values: object) -> Entry:
    made = {
        "id": EntryId(f"tag:desk.test,2026:{number}"),
        "kind": "article",
        "title": "A & <b>",
        "entered": NOW,
        "updated": NOW,
        "published": NOW,
        "stated": StatedDate("2026-01-14T12:00", "minute"),
        "url": Url(f"https://desk.test/{number}"),
        **values,
    }
    return Entry(**made)  # type: ignore[arg-type] # of the right types, as the tests say


def site() -> Site:
    return Site("Desk", "https://desk.test/", "https://desk.test/feeds/", "desk.test,2026", "UTC")


def test_the_sitemap_has_dated_entries_with_addresses_of_the_site() -> None:
    others = [
        entry(1, published=None, stated=None),
        entry(2, url=None),
        entry(3, url=Url("https://elsewhere.test/3")),
    ]
    (item,) = sitemap.sitemap_items([entry(), *others], site())
    assert item == ("https://desk.test/0", "en", "2026-01-14T09:30:00Z", "A & <b>")


@pytest.mark.parametrize(
    ("address", "site_url"),
    [
        ("https://DESK.test/1", "https://desk.test/"),
        ("https://desk.test:443/1", "https://desk.test/"),
        ("https://desk.test/1", "https://Desk.Test:443/"),
        ("https://desk.test:8443/1", "https://desk.test:8443/"),
    ],
)
def test_a_host_is_the_same_in_every_spelling(address: str, site_url: str) -> None:
    spelled = msgspec.structs.replace(site(), site_url=site_url)
    assert sitemap.sitemap_items([entry(url=Url(address))], spelled)
    other = entry(url=Url("https://desk.test:8444/1"))
    assert not sitemap.sitemap_items([other], spelled)


def test_what_is_longer_than_sitemaps_may_have_it_is_left_out() -> None:
    longest = Url("https://desk.test/".ljust(2047, "a"))
    items = sitemap.sitemap_items([entry(url=longest), entry(url=Url(f"{longest}a"))], site())
    assert [item.url for item in items] == [longest]


def test_a_day_stays_a_day_in_the_sitemap() -> None:
    (item,) = sitemap.sitemap_items([entry(stated=StatedDate("2026-01-14", "day"))], site())
    assert item.date == "2026-01-14"


def test_the_sitemap_ends_at_a_thousand() -> None:
    assert len(sitemap.sitemap_items([entry(number) for number in range(1500)], site())) == 1000


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("az-Latn", "az"),
        ("zh", "zh-cn"),
        ("zh-CN", "zh-cn"),
        ("zh-Hans-SG", "zh-cn"),
        ("zh-TW", "zh-tw"),
        ("zh-Hant", "zh-tw"),
        ("zh-HK", "zh-tw"),
        ("sah", "sah"),
    ],
)
def test_languages_in_the_sitemap_are_as_google_wants_them(language: str, named: str) -> None:
    assert sitemap.named(language) == named


def test_the_sitemap_is_well_formed_and_shown_only_if_there_is_something_in_it(
    newsroom: TestNewsroom, schemas: Path
) -> None:
    text = "---\ntitle: {}\ndate: {}\nurl: https://desk.test/{}\n---\nA text of {}.\n"
    newsroom.page("old.md", text.format("Old ships", "2020-01-01", "old", "old"))
    newsroom.publish()
    ask = in_process(newsroom)
    empty = ask("/feeds/news-sitemap.xml")
    assert (empty.status, etree.fromstring(empty.body).findall("{*}url")) == (200, [])
    assert "news-sitemap" not in ask("/feeds/for-your-site").text
    newsroom.page("new.md", text.format("Ships & <boats>", "2026-01-13", "new", "now"))
    newsroom.publish(LATER)
    full = ask("/feeds/news-sitemap.xml")
    assert full.headers["Content-Type"] == "application/xml; charset=utf-8"
    root = etree.fromstring(full.body)
    assert root.findtext(f".//{{{NEWS}}}title") == "Ships & <boats>"
    schema = etree.XMLSchema(etree.parse(schemas / "sitemap-all.xsd"))
    assert schema.validate(root), schema.error_log
    assert "news-sitemap" in ask("/feeds/for-your-site").text
    same = {"If-None-Match": full.headers["ETag"]}
    assert ask("/feeds/news-sitemap.xml", headers=same).status == 304


@pytest.mark.parametrize(
    "matter",
    ["embargo: 2026-01-15 14:00", "status: draft", "status: retracted", "embargo: soon"],
)
def test_what_is_kept_back_is_not_in_the_sitemap(newsroom: TestNewsroom, matter: str) -> None:
    own = "title: Ships\ndate: 2026-01-14\nurl: https://desk.test/ships"
    newsroom.page("ships.md", f"---\n{own}\n{matter}\n---\nA text of ships.\n")
    newsroom.publish()
    assert b"hips" not in in_process(newsroom)("/feeds/news-sitemap.xml").body


@pytest.mark.parametrize(
    "path", ["/feeds/static/..%2fstore.py", "/feeds/static/%2e%2e/store.py", "/feeds/static/"]
)
def test_no_path_reaches_a_file(ask: Ask, path: str) -> None:
    assert ask(path).status == 404


def test_the_stylesheet_is_compressed_and_revalidated(ask: Ask) -> None:
    answer = ask("/feeds/static/style.css", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Content-Encoding"] == "br"
    same = {"If-None-Match": answer.headers["ETag"], "Accept-Encoding": "br"}
    assert ask("/feeds/static/style.css", headers=same).status == 304


def test_a_monitor_is_warned_of_what_is_overdue(own: TestNewsroom) -> None:
    ask = in_process(own, now=NOW + timedelta(days=30))
    told = msgspec.json.decode(ask("/feeds/healthz").body)
    assert told["status"] == "warning"
    assert told["warnings"] == [
        "'feeds publish' has not run for longer than usual",
        "nothing new has been published for longer than usual",
    ]


def test_a_monitor_hears_that_all_is_well(own: TestNewsroom) -> None:
    told = msgspec.json.decode(in_process(own)("/feeds/healthz").body)
    assert (told["status"], told["revision"], told["warnings"]) == ("ok", 1, [])


def warnings(newsroom: TestNewsroom, now: datetime = NOW) -> list[str]:
    found: list[str] = msgspec.json.decode(in_process(newsroom, now=now)("/feeds/healthz").body)[
        "warnings"
    ]
    return found


@pytest.mark.parametrize(
    "site",
    ["[site", SITE.replace("2026", "2999"), b"\xff\xff"],
    ids=["broken", "of a year to come", "not UTF-8"],
)
def test_a_monitor_hears_of_a_broken_configuration_at_once(
    newsroom: TestNewsroom, site: str | bytes
) -> None:
    newsroom.page("bell.txt")
    assert feeds(newsroom, "publish").returncode == 0
    assert warnings(newsroom, COMMANDED) == []
    newsroom.page("site.toml", site)
    assert feeds(newsroom, "publish").returncode == 2
    assert warnings(newsroom, COMMANDED) == ["the last run failed, with exit code 2"]
    newsroom.configure(SITE)
    assert feeds(newsroom, "publish").stdout == "nothing new\n"
    assert warnings(newsroom, COMMANDED) == []


def test_a_configuration_that_was_never_whole_makes_no_file(newsroom: TestNewsroom) -> None:
    newsroom.configure("[site")
    assert feeds(newsroom, "publish").returncode == 2
    assert not newsroom.database.parent.exists()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"finished": 1}', b"\xff"])
def test_a_monitor_is_answered_whatever_the_lock_file_says(
    newsroom: TestNewsroom, damage: bytes
) -> None:
    newsroom.publish()
    path_for(newsroom.database).write_bytes(damage)
    assert warnings(newsroom) == ["no run of 'feeds publish' is on record"]


def test_a_time_without_a_zone_in_the_lock_file_is_no_time(newsroom: TestNewsroom) -> None:
    newsroom.publish()
    noted = path_for(newsroom.database)
    noted.write_bytes(noted.read_bytes().replace(b"09:30:00Z", b"09:30:00"))
    assert warnings(newsroom) == ["no run of 'feeds publish' is on record"]


@pytest.fixture
def shelf(archived: TestNewsroom) -> Callable[[], Shelf]:
    """A shelf for a ledger, and its clock."""
    from feeds.ledger.connect import Ledger

    return lambda: Shelf(Ledger(archived.database, read_only=True), clock=lambda: 0.0)


def test_no_more_is_kept_in_memory_than_there_is_room_for(
    shelf: Callable[[], Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = shelf()
    assert whole.get("/feeds/latest.atom")
    monkeypatch.setattr("feeds.web.cache._MOST_BYTES", 5000)
    bounded = shelf()
    assert bounded.get("/feeds/latest.rss") or not bounded.get("/feeds/latest.atom")
    kept = [form for form in ("rss", "atom", "json") if bounded.get(f"/feeds/latest.{form}")]
    assert len(kept) < 3


def test_what_has_no_room_in_memory_is_answered_all_the_same(
    archived: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = in_process(archived)("/feeds/latest.rss", headers={"Accept-Encoding": "br"})
    monkeypatch.setattr("feeds.web.cache._MOST_BYTES", 0)
    after = in_process(archived)("/feeds/latest.rss", headers={"Accept-Encoding": "br"})
    assert (after.status, after.body) == (200, before.body)
    assert sorted(after.headers) == sorted(before.headers)


class Endless:
    """A body of which a byte comes now and then: whoever reads it waits."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"somebody waits for the body ({name})")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
@pytest.mark.parametrize("path", ["/feeds/", "/feeds/latest.rss", "/feeds/latest", "/none"])
def test_a_body_is_waited_for_by_nobody(newsroom: TestNewsroom, method: str, path: str) -> None:
    publish_bell(newsroom)
    environ = create_environ(path, method=method)
    environ |= {"wsgi.input": Endless(), "CONTENT_LENGTH": "60000"}
    _, status, _ = run_wsgi_app(website(newsroom).wsgi_app, environ, buffered=True)
    assert status < "500"
