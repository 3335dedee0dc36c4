"""The licence for machines over HTTP, and what leads to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feeds.syndication import licence
from tests.newsrooms import NOW, SITE, TestNewsroom, publish_bell
from tests.web.asking import Ask, in_process

LICENCE = "/feeds/license.xml"
LINK = '<https://desk.test/feeds/license.xml>; rel="license"; type="application/rsl+xml"'
SOME = SITE.replace("[[feeds]]", 'rights = ["search", "ai-index"]\n\n[[feeds]]')
PATHS = (
    *("/feeds/", "/feeds/latest", "/feeds/latest.rss", "/feeds/latest.atom", "/feeds/latest.json"),
    *("/feeds/feeds.opml", "/feeds/news-sitemap.xml", "/feeds/static/style.css", LICENCE),
)


@pytest.fixture(scope="module")
def licensed(tmp_path_factory: pytest.TempPathFactory) -> TestNewsroom:
    """A newsroom that permits some uses; no test changes it."""
    newsroom = TestNewsroom(tmp_path_factory.mktemp("licensed") / "desk", SOME)
    publish_bell(newsroom)
    return newsroom


@pytest.fixture(params=[False, True], ids=["fast", "plain"])
def ask(request: pytest.FixtureRequest, licensed: TestNewsroom) -> Ask:
    found = in_process(licensed, plain=request.param)
    assert found("/feeds/").status == 200  # the revision is in memory then, as it always is
    return found


def test_the_licence_is_served_as_other_documents_are(ask: Ask, licensed: TestNewsroom) -> None:
    answer = ask(LICENCE)
    assert (answer.status, answer.body) == (200, licence.render(licensed.place.site()))
    assert answer.headers["Content-Type"] == "application/rsl+xml; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    head = ask(LICENCE, "HEAD")
    assert (head.status, head.body, head.headers) == (200, b"", answer.headers)
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        coded = ask(LICENCE, headers=headers)
        assert coded.headers.get("Content-Encoding") == headers.get("Accept-Encoding")
        again = ask(LICENCE, headers={"If-None-Match": coded.headers["ETag"], **headers})
        assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("path", PATHS)
def test_all_that_is_published_leads_to_it_and_reserves_mining(ask: Ask, path: str) -> None:
    for method in ("GET", "HEAD"):
        answer = ask(path, method)
        assert answer.status == 200
        assert answer.headers.getlist("Link") == [LINK]
        assert answer.headers.getlist("tdm-reservation") == ["1"]
    page = ask(path).text
    if page.startswith("<!doctype html>"):
        head = page.partition("</head>")[0]
        assert (
            f'<link rel="license" type="{licence.MEDIA_TYPE}" href="https://desk.test{LICENCE}">'
            in head
        )


def test_the_line_for_the_websites_own_pages_is_among_those_to_paste(ask: Ask) -> None:
    assert (
        "&lt;link rel=&#34;license&#34;" in ask("/feeds/for-your-site").text.partition("</head>")[2]
    )


@pytest.mark.parametrize("path", [*PATHS[:-1], "/feeds/nothing"])
def test_without_rights_nothing_is_said(published: TestNewsroom, path: str) -> None:
    answer = in_process(published)(path)
    assert {"Link", "tdm-reservation"} & {*answer.headers.keys()} == set()
    assert b"license" not in answer.body


def test_without_rights_there_is_no_licence(published: TestNewsroom) -> None:
    assert in_process(published)(LICENCE).status == 404


def test_without_rights_a_feed_may_be_called_so(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace('"latest"', '"license"'))
    newsroom.publish()
    answer = in_process(newsroom)(LICENCE)
    assert (answer.status, answer.headers["Location"]) == (308, "/feeds/license.rss")


def test_a_licence_stands_beside_hubs(newsroom: TestNewsroom) -> None:
    newsroom.configure(SOME.replace("rights", 'hubs = ["https://hub.test/"]\nrights'))
    newsroom.publish()
    answer = in_process(newsroom)("/feeds/latest.rss")
    hub, own = '<https://hub.test/>; rel="hub"', '<https://desk.test/feeds/latest.rss>; rel="self"'
    assert answer.headers.getlist("Link") == [f"{hub}, {own}, {LINK}"]


def test_rights_are_in_force_once_they_are_published_and_move_no_story(own: TestNewsroom) -> None:
    ask = in_process(own)
    before = {path: ask(path) for path in PATHS if path.endswith((".rss", ".atom", ".json"))}
    own.configure(SOME)
    assert ask(LICENCE).status == 404
    own.publish(NOW + timedelta(hours=1))
    assert ask(LICENCE).status == 200
    for path, answer in before.items():
        now = ask(path)
        assert (now.body, now.headers["ETag"]) == (answer.body, answer.headers["ETag"])
        assert now.headers["Last-Modified"] == answer.headers["Last-Modified"]
        assert now.headers["Link"] == LINK
    own.configure(SOME.replace('"search", "ai-index"', '"ai-train"'))
    own.publish(NOW + timedelta(hours=2))
    assert "tdm-reservation" not in ask("/feeds/latest.rss").headers
    own.configure(SITE)
    own.publish(NOW + timedelta(hours=3))
    assert ask(LICENCE).status == 404
    assert "Link" not in ask("/feeds/latest.rss").headers
