"""Real servers on an exported directory, with the printed lines, beside what ``feeds serve`` says.

The table is that of ``tests/web/test_conformance.py``. What files can't do is named here, case by
case: a server knows a tag only in the coding that it was given for, and takes fewer words for
codings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import product
from pathlib import Path
from urllib.parse import urljoin

import pytest

from feeds.export import recipes
from feeds.export.served import TYPES
from feeds.web import policy
from tests import caddy, nginx
from tests.export.exporting import LATER, export, retract
from tests.newsrooms import NOW, SITE, TestNewsroom, publish_bell
from tests.web.asking import NAVIGATION, Answer, Ask, in_process, over_a_socket
from tests.web.test_conformance import (
    CODINGS,
    EARLIER,
    FORMATS,
    PUBLISHED,
    VALIDATORS,
    Sent,
    decoded,
)
from tests.web.test_conformance import LATER as AFTERWARDS

MODULE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
HUBBED = SITE.replace(
    'authority = "desk', 'hubs = ["https://hub.test/"]\nrights = ["search"]\nauthority = "desk'
)
OTHERWISE_CODED = {
    # what is asked for: what nginx sends, which whoever asks can read in any case
    "x-gzip": "",
    "*": "",
    "br;q=0, *": "",
    "gzip;q=0.2, identity": "gzip",
    "gzip," * 300: "gzip",
}
CODED_BY_NGINX = {"gzip;q=nonsense, br": ""}
OTHERWISE_ANSWERED = {
    "nginx": {
        # it looks at dates beside tags, too, and takes what is no date for one that is long gone
        "If-None-Match If-Modified-Since": {EARLIER: 200},
        "If-Match If-Unmodified-Since": {EARLIER: 412},
        "If-Unmodified-Since": {"yesterday": 412},
        "If-Modified-Since": {"Fri, 31 Dec 9999 23:59:59 -1200": 304},
    },
    # an empty list of tags is none to it
    "caddy": {"If-None-Match If-Modified-Since": {AFTERWARDS: 304}},
}


def publish(newsroom: TestNewsroom) -> None:
    """Archives, hubs, rights, something retracted, a feed that was renamed, and one gone."""
    newsroom.configure(
        HUBBED.replace("limit = 30", 'limit = 2\nformer_names = ["old"]')
        + '\n[[feeds]]\nname = "closed"\ntitle = "Closed"\ngone = true\n'
    )
    newsroom.page("bell.txt")
    newsroom.publish(NOW - timedelta(hours=1))
    for number in range(6):
        day = f"{number + 1:02}.Jan.2026"
        title = f"Tide {number} stands higher than the year before"
        newsroom.page(f"tide-{number}.txt", f"{title}\n\nIt was measured twice.\n\n{day}\n")
    newsroom.publish(NOW - timedelta(minutes=30))
    retract(newsroom, "Ferry", NOW)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> TestNewsroom:
    made = TestNewsroom(tmp_path_factory.mktemp("filled") / "desk")
    publish(made)
    return made


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def server(request: pytest.FixtureRequest) -> str:
    """Which server is asked."""
    name = str(request.param)
    if {"nginx": nginx, "caddy": caddy}[name].PROGRAM is None:
        pytest.skip(f"needs {name}; on Debian: apt install {name}")
    return name


@pytest.fixture(scope="module")
def served(
    server: str, desk: TestNewsroom, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ask]:
    """Asks the server, which has the printed lines beside a site of its own."""
    home = tmp_path_factory.mktemp("served")
    export(desk, home / "out")
    site = home / "site"
    site.mkdir()
    (site / "index.html").write_text("the newspaper", encoding="utf-8")
    with running(server, desk, home, site) as port:
        yield over_a_socket(port)


@contextmanager
def running(server: str, desk: TestNewsroom, home: Path, site: Path) -> Iterator[int]:
    """The port of a server that has the lines for the export in ``home``."""
    told = desk.place.site(), str(home / "out")
    if server == "nginx":
        with nginx.running(home / server, f"root {site};\n{recipes.nginx(*told)}") as port:
            yield port
    else:
        rest = f"handle {{\nroot * {site}\nfile_server\n}}"
        with caddy.running(home / server, f"{recipes.caddy(*told)}\n{rest}") as port:
            yield port


@pytest.fixture(scope="module")
def app(desk: TestNewsroom) -> Ask:
    """Asks the app."""
    return in_process(desk, now=LATER)


def own(sent: Sent, tag: str) -> dict[str, str]:
    """What a client sends to a server that gave it ``tag``, with its quotes."""
    return {name: text.format(tag=tag.strip('"')) for name, text in sent.headers.items()}


def is_for_files(sent: Sent) -> bool:
    """Whether a server of files can know what is meant: no tag of another coding, none bare."""
    return not any(
        "{tag}-" in text or "{tag};" in text or text == "{tag}" for text in sent.headers.values()
    )


@pytest.mark.parametrize("sent", [one for one in VALIDATORS if is_for_files(one)], ids=str)
def test_validators_are_understood_as_the_app_understands_them(
    served: Ask, app: Ask, server: str, sent: Sent
) -> None:
    path = "/feeds/latest.rss"
    for method, coding in product(("GET", "HEAD"), ({}, {"Accept-Encoding": "gzip"})):
        tag = served(path, headers=coding).headers["ETag"]
        answer = served(path, method, {**own(sent, tag), **coding})
        told = f"{method} {sent} {coding}"
        published = served(path).headers["Last-Modified"]
        assert published == PUBLISHED
        assert answer.status == status_of(sent, server), told
        if answer.status == 304:
            assert answer.headers["ETag"] == tag, told
            assert answer.headers["Vary"] == "Accept-Encoding", told
            assert answer.headers["Cache-Control"].startswith("public, max-age="), told
            assert answer.body == b"", told
        if answer.status == 200 and method == "GET":
            assert decoded(answer) == app(path).body, told


def status_of(sent: Sent, server: str) -> int:
    """What ``server`` answers to ``sent``."""
    others = OTHERWISE_ANSWERED[server].get(" ".join(sent.headers), {})
    if sent.headers.get("If-None-Match") == '"other"':
        return sent.status
    return others.get([*sent.headers.values(), ""][len(sent.headers) - 1], sent.status)


def same(answer: Answer, expected: Answer, told: str) -> None:
    """Fails unless a client can't tell the two apart, but for coding and tag."""
    assert answer.status == expected.status, told
    assert decoded(answer) == decoded(expected), told
    for name in (
        "Content-Type",
        "Access-Control-Allow-Origin",
        "X-Content-Type-Options",
        "Content-Security-Policy",
        "Referrer-Policy",
        "X-Robots-Tag",
        "Link",
        "tdm-reservation",
    ):
        assert answer.headers.get(name) == expected.headers.get(name), f"{told}: {name}"
    for name, _ in answer.headers:
        assert len(answer.headers.getlist(name)) == 1, f"{told}: {name}"


@pytest.mark.parametrize("accepted", CODINGS)
def test_codings_are_those_of_the_app_as_far_as_the_server_has_them(
    served: Ask, app: Ask, server: str, accepted: str | None
) -> None:
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    for form in FORMATS:
        path = f"/feeds/latest.{form}"
        answer = served(path, headers=headers)
        same(answer, app(path), f"{accepted} {form}")
        expected = OTHERWISE_CODED.get(accepted or "", CODINGS[accepted])
        if expected == "br" and server == "nginx":  # which isn't every nginx's
            other = "gzip" if accepted and "gzip" in accepted else ""
            expected = CODED_BY_NGINX.get(accepted or "", other)
        assert answer.headers.get("Content-Encoding", "") == expected
        assert answer.headers["Vary"] == "Accept-Encoding"
        head = served(path, "HEAD", headers)
        assert (head.status, head.body) == (200, b"")
        assert head.headers["ETag"] == answer.headers["ETag"]
    assert (
        served("/feeds/latest.rss").headers["Last-Modified"]
        == app("/feeds/latest.rss").headers["Last-Modified"]
    )


def test_tags_of_codings_differ(served: Ask) -> None:
    plain = served("/feeds/latest.rss").headers["ETag"]
    coded = served("/feeds/latest.rss", headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    assert plain != coded


@pytest.mark.skipif(
    not MODULE.exists(),
    reason="needs nginx's module for Brotli; on Debian: "
    "apt install libnginx-mod-http-brotli-static",
)
def test_brotli_is_served_where_nginx_has_its_module(
    desk: TestNewsroom, app: Ask, tmp_path: Path
) -> None:
    export(desk, tmp_path / "out")
    lines = recipes.nginx(desk.place.site(), str(tmp_path / "out"))
    lines = lines.replace("# brotli_static on;", "brotli_static on;")
    main = f"load_module {MODULE};\nevents {{}}"
    with nginx.running(tmp_path / "nginx", lines, main=main) as port:
        ask = over_a_socket(port)
        answer = ask("/feeds/latest.rss", headers={"Accept-Encoding": "gzip, deflate, br"})
        assert answer.headers["Content-Encoding"] == "br"
        same(answer, app("/feeds/latest.rss"), "br")
        tag = {"If-None-Match": answer.headers["ETag"], "Accept-Encoding": "gzip, deflate, br"}
        assert ask("/feeds/latest.rss", headers=tag).status == 304


def pages(desk: TestNewsroom) -> list[str]:
    stories = [name for (name,) in desk.rows("SELECT hash FROM entries WHERE hidden = ''")]
    archives = desk.rows("SELECT number, format FROM archives WHERE feed = 'old'")
    assert archives
    return [
        "/feeds/",
        "/feeds/latest",
        "/feeds/feeds.opml",
        "/feeds/news-sitemap.xml",
        "/feeds/license.xml",
        *(f"/feeds/static/{name}" for name in ("style.css", "copy.js", "icon.svg")),
        *(f"/feeds/stories/{name}" for name in stories),
        *(f"/feeds/latest/archive/{number}.{form}" for number, form in archives),
    ]


def test_every_page_archive_and_file_is_what_the_app_answers(
    served: Ask, app: Ask, desk: TestNewsroom
) -> None:
    for path in pages(desk):
        answer, expected = served(path), app(path)
        same(answer, expected, path)
        if "archive" not in path:
            assert answer.headers["Cache-Control"] == expected.headers["Cache-Control"], path
        tag = {"If-None-Match": answer.headers["ETag"]}
        assert served(path, headers=tag).status == 304
        coded = served(path, headers={"Accept-Encoding": "gzip"})
        assert decoded(coded) == answer.body
        if len(answer.body) > 500:
            assert coded.headers["Content-Encoding"] == "gzip"


def test_every_link_of_the_pages_leads_somewhere(served: Ask, desk: TestNewsroom) -> None:
    for path in pages(desk):
        answer = served(path)
        if answer.headers["Content-Type"].startswith("text/html"):
            links = re.findall(r'(?:href|src)="([^"]*)"', answer.text)
            for link in links:
                there = link.removeprefix("https://desk.test")
                if "://" not in there:
                    assert served(
                        urljoin(path, there).partition("?")[0].partition("#")[0]
                    ).status in {200, 304}, link


def test_what_was_taken_back_is_gone(served: Ask, app: Ask, desk: TestNewsroom) -> None:
    ((name,),) = desk.rows("SELECT hash FROM entries WHERE title LIKE 'Ferry%'")
    path = f"/feeds/stories/{name}"
    answer, expected = served(path), app(path)
    same(answer, expected, path)
    assert answer.status == 410
    assert answer.headers["Cache-Control"] == expected.headers["Cache-Control"]
    for path in ("/feeds/closed.rss", "/feeds/closed"):
        answer = served(path)
        assert answer.status == app(path).status == 410
        assert "closed for good" in answer.text
    assert served(f"/feeds/stories/{name[0]}/{name[:2]}/{name}.gone.html").status == 404


def test_what_is_nowhere_is_nowhere(served: Ask, app: Ask) -> None:
    for path in (
        "/feeds/nothing.rss",
        "/feeds/nothing",
        "/feeds/stories/aaaaaaaaaaaa",
        "/feeds/latest/archive/99.rss",
        "/feeds/static/nothing.css",
    ):
        answer = served(path)
        assert answer.status == app(path).status == 404
        assert "There is nothing here" in answer.text
        assert "Cache-Control" not in answer.headers
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Content-Security-Policy"] == policy.POLICY
        assert answer.headers["Referrer-Policy"] == policy.REFERRER
    assert served("/").text == "the newspaper"


def test_what_the_export_calls_its_own_files_is_no_address(served: Ask, app: Ask) -> None:
    for path in (
        "/feeds/_nothing",
        "/feeds/_nothing.html",
        "/feeds/closed.gone.html",
        "/feeds/latest.rss.gz",
        "/feeds/latest.rss.br",
        "/feeds/static/style.css.gz",
    ):
        assert served(path).status == app(path).status == 404, path


def test_a_person_is_led_to_the_page_for_people(served: Ask, app: Ask) -> None:
    for path in ("/feeds/latest.rss", "/feeds/latest.json"):
        answer, expected = served(path, headers=NAVIGATION), app(path, headers=NAVIGATION)
        assert answer.status == expected.status == 303
        assert urljoin(path, answer.headers["Location"]) == "/feeds/latest"
        assert answer.headers["Cache-Control"] == expected.headers["Cache-Control"]
        for raw in ("?raw", "?raw=1", "?a=b&raw"):
            assert served(path + raw, headers=NAVIGATION).status == 200
    assert served("/feeds/latest", headers=NAVIGATION).status == 200


def test_no_address_gets_into_a_header(served: Ask) -> None:
    for path in ("/feeds/a%0d%0aSet-Cookie:b.rss", "/feeds/a%0d%0aSet-Cookie:b.xml"):
        answer = served(path, headers=NAVIGATION)
        assert answer.status == 404
        assert "Set-Cookie" not in answer.headers


def test_guessed_addresses_lead_to_the_feed(served: Ask, app: Ask) -> None:
    for path in (
        "/feeds/rss.xml",
        "/feeds/feed",
        "/feeds/feed/",
        "/feeds/atom.xml",
        "/feeds/index.json",
        "/feeds/latest.xml",
    ):
        answer, expected = served(path), app(path)
        assert answer.status == expected.status == 308, path
        there = answer.headers["Location"]
        assert urljoin(path, there) == urljoin(path, expected.headers["Location"])
        assert answer.headers["Cache-Control"] == expected.headers["Cache-Control"]
    assert served("/feeds").status == app("/feeds").status == 302
    assert served("/feeds").headers["Location"] == "/feeds/"


def test_an_old_name_has_the_feed_and_the_newest_archive_has_a_successor(
    served: Ask, desk: TestNewsroom
) -> None:
    for form in FORMATS:
        assert served(f"/feeds/old.{form}").body == served(f"/feeds/latest.{form}").body
    ((newest,),) = desk.rows("SELECT max(number) FROM archives")
    answer = served(f"/feeds/latest/archive/{newest + 1}.rss")
    assert answer.body == served("/feeds/latest.rss").body
    assert "url=/feeds/latest" in served("/feeds/old").text


def test_scripts_of_other_sites_may_ask(served: Ask, app: Ask) -> None:
    answer, expected = served("/feeds/latest.rss", "OPTIONS"), app("/feeds/latest.rss", "OPTIONS")
    assert answer.status == expected.status == 204
    for name, _ in expected.headers:
        if name.startswith("Access-Control"):
            assert answer.headers[name] == expected.headers[name]


def test_a_monitor_can_ask_which_revision_is_there(served: Ask) -> None:
    answer = served("/feeds/healthz")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert '"revision":' in answer.text


def test_below_another_path_all_of_it_is_there(
    server: str, newsroom: TestNewsroom, tmp_path: Path
) -> None:
    path = "/news/a+b/feeds/"
    newsroom.configure(SITE.replace("/feeds/", path, 1))
    publish_bell(newsroom)
    gone = retract(newsroom, "Ferry", NOW)
    export(newsroom, tmp_path / "out")
    with running(server, newsroom, tmp_path, tmp_path) as port:
        ask = over_a_socket(port)
        for name in ("", "latest", "latest.rss"):
            assert ask(f"{path}{name}").status == 200, name
        assert ask(f"{path}rss.xml").headers["Location"] == f"{path}latest.rss"
        assert ask(f"{path}latest.rss").headers["Access-Control-Allow-Origin"] == "*"
        assert ask(f"{path}stories/{gone}").status == 410
        assert ask("/feeds/latest.rss").status == 404


def test_the_types_in_the_lines_are_those_of_the_app() -> None:
    assert {form: TYPES[form] for form in FORMATS} == FORMATS
