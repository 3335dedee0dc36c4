"""The lines of docs/installing.md for Apache and Caddy, run by them before a real server."""

from __future__ import annotations

import gzip
import http.client
import re
import textwrap
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urljoin

import brotli
import pytest

from feeds.cli.instructions import instructions
from feeds.newsroom import locate
from feeds.newsroom.site_file import load_site
from tests.answering import Answer, Serve
from tests.installing.documented import blocks
from tests.newsrooms import SITE, TestNewsroom
from tests.web import fronts
from tests.web.asking import HOST, NAVIGATION, Ask, over_a_socket, port_of_ours, serving

RSS = "/feeds/latest.rss"
GZIP = {"Accept-Encoding": "gzip"}
RUNNING = {"apache": fronts.apache, "caddy": fronts.caddy}
PROGRAMS = {"apache": fronts.APACHE, "caddy": fronts.CADDY}
COMPRESSING = {
    "apache": "AddOutputFilterByType DEFLATE application/rss+xml text/html text/css\n",
    "caddy": "encode gzip\n",
}
_WAIT = 10

Logged = tuple[int, Path]


def documented(language: str) -> str:
    """The lines for one of them."""
    [block] = blocks("In front of it", language)
    return block.text


@pytest.fixture(scope="module")
def logged(published: TestNewsroom, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logged]:
    """The port of a server that believes its proxy, and its log."""
    log = tmp_path_factory.mktemp("logged") / "access.log"
    options = ("--behind-proxy", "--access-log", str(log))
    with port_of_ours() as port, serving(published, port, "serve", *options):
        yield port, log


@pytest.fixture(scope="module", params=["apache", "caddy", "apache gzip", "caddy gzip"])
def front(
    request: pytest.FixtureRequest, logged: Logged, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The port of one of them, which compresses what isn't compressed yet, or not."""
    name, _, compressing = request.param.partition(" ")
    if PROGRAMS[name] is None:
        pytest.skip(f"needs {name}; on Debian: apt install apache2 caddy")
    home = tmp_path_factory.mktemp(name)
    (home / "site").mkdir()
    (home / "site" / "index.html").write_text("the newspaper", encoding="utf-8")
    lines = documented(name).replace("127.0.0.1:8000", f"127.0.0.1:{logged[0]}")
    lines = (COMPRESSING[name] if compressing else "") + lines
    with port_of_ours() as port, RUNNING[name](home, port, lines):
        yield port


@pytest.fixture
def ask(front: int) -> Ask:
    return over_a_socket(front)


def test_init_prints_the_documented_lines_for_caddy() -> None:
    told = instructions(load_site(SITE, "site.toml"), locate("/srv/desk/source"))
    [lines] = re.findall(
        r"\nCaddy instead of nginx \(inside the block of desk.test\)\n(.*?)\n\n", told, re.S
    )
    assert textwrap.dedent(lines).split() == documented("caddy").split()


def test_a_feed_comes_through_as_it_is(ask: Ask, published: TestNewsroom) -> None:
    for form in ("rss", "atom", "json"):
        stored = published.document(form=form).document
        answer = ask(f"/feeds/latest.{form}")
        assert (answer.status, answer.body) == (200, stored.body)
        assert answer.headers["Content-Type"] == stored.content_type
        for name in ("ETag", "Last-Modified", "Cache-Control"):
            assert len(answer.headers.getlist(name)) == 1
        assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_what_did_not_change_is_not_sent(ask: Ask, published: TestNewsroom, coding: str) -> None:
    sent = {"Accept-Encoding": coding} if coding else {}
    full = ask(RSS, headers=sent)
    assert full.headers.get("Content-Encoding", "") == coding
    unpacked = {"gzip": gzip.decompress, "br": brotli.decompress}.get(coding, bytes)(full.body)
    assert unpacked == published.document().document.body
    for method in ("GET", "HEAD"):
        again = ask(RSS, method, {**sent, "If-None-Match": full.headers["ETag"]})
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == full.headers["ETag"]
        since = {**sent, "If-Modified-Since": full.headers["Last-Modified"]}
        assert ask(RSS, method, since).status == 304
    assert ask(RSS, headers={**sent, "If-None-Match": '"other"'}).status == 200


def test_pages_and_what_they_need_come_through(ask: Ask) -> None:
    for path in ("/feeds/", "/feeds/latest", "/feeds/static/style.css", "/feeds/healthz"):
        assert ask(path).status == 200
    assert ask("/feeds/nothing.rss").status == 404


def test_everything_else_is_the_sites(ask: Ask) -> None:
    assert ask("/").text == "the newspaper"
    assert ask("/nothing").status == 404


def test_the_slash_that_was_forgotten_is_added(ask: Ask) -> None:
    answer = ask("/feeds")
    assert answer.status == 301
    assert answer.headers["Location"].endswith("/feeds/")


def test_a_person_is_led_to_the_page_for_people(ask: Ask) -> None:
    answer = ask(RSS, headers=NAVIGATION)
    assert (answer.status, urljoin(RSS, answer.headers["Location"])) == (303, "/feeds/latest")


def test_the_log_has_who_asked_and_not_who_they_say_they_are(front: int, logged: Logged) -> None:
    path = f"/feeds/latest.rss?by={front}"
    with closing(
        http.client.HTTPConnection(HOST, front, timeout=30, source_address=("127.0.0.2", 0))
    ) as connection:
        connection.request("GET", path, headers={"X-Forwarded-For": "203.0.113.9"})
        assert connection.getresponse().status == 200
    last = time.monotonic() + _WAIT
    while path not in (told := logged[1].read_text(encoding="utf-8")):
        assert time.monotonic() < last, told
        time.sleep(0.02)
    [line] = [line for line in told.splitlines() if path in line]
    assert line.startswith("127.0.0.2 ")


@pytest.mark.skipif(fronts.CADDY is None, reason="needs caddy; on Debian: apt install caddy")
def test_caddy_cuts_off_a_path_in_front_of_ours(tmp_path: Path, serve: Serve) -> None:
    text = SITE.replace("https://desk.test/feeds/", "https://desk.test/news/feeds/")
    told = instructions(load_site(text, "site.toml"), locate("/srv/desk/source"))
    lines = told.partition("\nCaddy instead of nginx")[2].partition("\n")[2].partition("\n\n")[0]
    behind = serve({"/feeds/latest.rss": Answer(b"a feed")}).removeprefix("http://")
    (tmp_path / "site").mkdir()
    with (
        port_of_ours() as port,
        fronts.caddy(tmp_path, port, lines.replace("127.0.0.1:8000", behind)),
    ):
        ask = over_a_socket(port)
        assert ask("/news/feeds/latest.rss").text == "a feed"
        assert ask("/feeds/latest.rss").status == 404
        assert ask("/news/feeds").headers["Location"] == "/news/feeds/"
