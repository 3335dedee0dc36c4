"""The lines of ``feeds init`` and of docs/operating.md, run by a real nginx before a real server.

Beside the feeds nginx has a website of its own, to which all other paths belong.
"""

from __future__ import annotations

import gzip
import re
import select
import socket
import textwrap
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urljoin

import pytest

from feeds.cli.instructions import instructions
from feeds.newsroom import locate
from feeds.newsroom.site_file import load_site
from feeds.web import connections
from tests import nginx
from tests.newsrooms import PROJECT, SITE, TestNewsroom
from tests.web.asking import HOST, NAVIGATION, Ask, over_a_socket, port_of_ours, serving
from tests.web.conftest import Server

pytestmark = pytest.mark.skipif(
    nginx.PROGRAM is None, reason="needs nginx; on Debian: apt install nginx"
)

RSS = "/feeds/latest.rss"
GZIP = {"Accept-Encoding": "gzip"}
COMPRESSING = """
gzip on;
gzip_proxied any;
gzip_types application/rss+xml application/atom+xml application/feed+json;
"""
UNCODED = 'proxy_set_header Accept-Encoding "";'
"""The line by which nginx keeps to itself that a client accepts compression."""


def printed(site: str = SITE) -> str:
    """The nginx lines of ``feeds init``."""
    told = instructions(load_site(site, "site.toml"), locate("/srv/desk/source"))
    (lines,) = re.findall(
        r"\nnginx \(inside the server block of desk.test\)\n(.*?)\n\n", told, re.S
    )
    return textwrap.dedent(lines)


def documented() -> dict[str, str]:
    """The nginx lines of docs/operating.md by the word that they begin with."""
    text = (PROJECT / "docs" / "operating.md").read_text(encoding="utf-8")
    blocks = re.findall(r"(?:^    .*\n|^\n(?=    ))+", text, re.M)
    found = [textwrap.dedent(block).strip("\n") + "\n" for block in blocks]
    return {
        block.split()[0]: block
        for block in reversed(found)  # the first of a kind is for one machine
        if re.search("proxy_|client_|worker_", block)
    }


@contextmanager
def site(server: Server, home: Path, location: str, http: str = "") -> Iterator[Ask]:
    """Asks an nginx that has ``location``, which leads to ``server``, beside a site of its own."""
    root = home / "site"
    root.mkdir(parents=True)
    (root / "index.html").write_text("the newspaper", encoding="utf-8")
    (root / "rss.xml").write_text("the newspaper's own", encoding="utf-8")
    lines = f"root {root};\n" + location.replace("127.0.0.1:8000", f"127.0.0.1:{server.port}")
    with nginx.running(home / "nginx", lines, http) as port:
        yield over_a_socket(port)


@pytest.fixture(scope="module")
def wall(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an nginx that keeps slow and silent clients out, sooner than is documented."""
    blocks = documented()
    main, http = blocks["worker_rlimit_nofile"], blocks["client_header_timeout"]
    location = printed().replace("127.0.0.1:8000", f"127.0.0.1:{server.port}")
    home = tmp_path_factory.mktemp("wall")
    with nginx.running(home, location, http.replace(" 10s", " 1s"), main) as port:
        yield port


@pytest.fixture(scope="module")
def plain(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """The printed lines and nothing else."""
    with site(server, tmp_path_factory.mktemp("plain"), printed()) as ask:
        yield ask


@pytest.fixture(scope="module", params=["ours", "nginx's"])
def compressing(
    request: pytest.FixtureRequest,
    server: Server,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Ask]:
    """Compresses what isn't compressed yet; what it gets may never be."""
    location = printed()
    if request.param == "nginx's":
        location = location.replace("proxy_set_header", f"{UNCODED}\nproxy_set_header", 1)
    home = tmp_path_factory.mktemp("compressing")
    with site(server, home, location, COMPRESSING) as ask:
        yield ask


@pytest.fixture(scope="module")
def caching(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """With the cache of docs/operating.md."""
    home = tmp_path_factory.mktemp("caching")
    blocks = documented()
    http = blocks["proxy_cache_path"].replace("/var/cache/nginx", str(home))
    location = printed().replace("}", f"{blocks['proxy_cache']}}}")
    with site(server, home, location, http) as ask:
        yield ask


def test_nginx_ends_what_is_silent_and_others_are_answered_meanwhile(wall: int) -> None:
    connections.allow_all_files()
    with ExitStack() as stack:
        poll = select.poll()
        for _ in range(1100):
            silent = stack.enter_context(socket.create_connection((HOST, wall)))
            poll.register(silent, select.POLLRDHUP)
        assert {over_a_socket(wall)(RSS).status for _ in range(20)} == {200}
        assert poll.poll(30_000)


def test_nginx_answers_no_more_requests_of_one_address_at_a_time_than_documented(
    wall: int,
) -> None:
    ask = over_a_socket(wall)
    slow = b"POST /feeds/ HTTP/1.1\r\nHost: desk.test\r\nContent-Length: 9\r\n\r\na"
    with ExitStack() as stack:
        for number in range(50):
            assert (number, ask(RSS).status) == (number, 200)
            one = stack.enter_context(socket.create_connection((HOST, wall)))
            one.sendall(slow)
        assert any(ask(RSS).status == 429 for _ in range(300))
    assert any(ask(RSS).status == 200 for _ in range(300))


def test_the_documentation_has_the_printed_lines() -> None:
    assert documented()["location"] == printed() + "\n"


def test_everything_else_is_the_sites(plain: Ask) -> None:
    assert plain("/").text == "the newspaper"
    assert plain("/rss.xml").text == "the newspaper's own"
    assert plain("/nothing").status == 404


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_feed_comes_through_as_it_is(plain: Ask, published: TestNewsroom, form: str) -> None:
    stored = published.document(form=form).document
    answer = plain(f"/feeds/latest.{form}")
    assert (answer.status, answer.body) == (200, stored.body)
    assert answer.headers["Content-Type"] == stored.content_type
    assert answer.headers["Vary"] == "Accept-Encoding"
    for name in ("ETag", "Last-Modified", "Cache-Control"):
        assert len(answer.headers.getlist(name)) == 1


def test_pages_and_what_they_need_come_through(plain: Ask) -> None:
    for path in ("/feeds/", "/feeds/latest", "/feeds/static/style.css", "/feeds/healthz"):
        assert plain(path).status == 200
    assert plain("/feeds/nothing.rss").status == 404


def test_the_slash_that_was_forgotten_is_added(plain: Ask) -> None:
    answer = plain("/feeds")
    assert answer.status == 301
    assert answer.headers["Location"].endswith("/feeds/")


@pytest.mark.parametrize("form", ["{0}", "W/{0}", '"other", {0}', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_did_not_change_is_not_sent(plain: Ask, form: str, method: str) -> None:
    full = plain(RSS)
    sent = {"If-None-Match": form.format(full.headers["ETag"])}
    answer = plain(RSS, method, sent)
    assert (answer.status, answer.body) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert answer.headers[name] == full.headers[name]
    since = {"If-Modified-Since": full.headers["Last-Modified"]}
    assert plain(RSS, method, since).status == 304
    assert plain(RSS, method, {"If-None-Match": '"other"', **since}).status == 200


def test_head_has_the_headers_and_no_body(plain: Ask) -> None:
    got, head = plain(RSS), plain(RSS, "HEAD")
    assert (head.status, head.body) == (200, b"")
    for name in ("ETag", "Last-Modified", "Content-Length", "Content-Type"):
        assert head.headers[name] == got.headers[name]


def test_a_person_is_led_to_the_page_for_people(plain: Ask) -> None:
    answer = plain(RSS, headers=NAVIGATION)
    assert (answer.status, urljoin(RSS, answer.headers["Location"])) == (303, "/feeds/latest")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_path_in_front_of_ours_is_cut_off_and_put_back(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    text = SITE.replace("https://desk.test/feeds/", "https://desk.test/news/feeds/")
    newsroom.configure(text)
    newsroom.page("bell.txt")
    newsroom.publish()
    with (
        port_of_ours() as port,
        serving(newsroom, port) as process,
        site(Server(process, port), tmp_path / "front", printed(text)) as ask,
    ):
        assert ask("/news" + RSS).status == 200
        led = ask("/news" + RSS, headers=NAVIGATION).headers["Location"]
        assert urljoin("/news" + RSS, led) == "/news/feeds/latest"
        for path in ("/news/feeds/", "/news/feeds/latest"):
            links = re.findall(r'(?:href|src)="([^"]*)"', ask(path).text)
            reached = [urljoin(path, link) for link in links if "://" not in link]
            assert {ask(link).status for link in reached} == {200}
        assert ask(RSS).status == 404


def test_a_compressed_feed_is_known_again(compressing: Ask, published: TestNewsroom) -> None:
    answer = compressing(RSS, headers=GZIP)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.body) == published.document().document.body
    tag = answer.headers["ETag"]
    for sent in (tag, tag.removeprefix("W/")):
        again = compressing(RSS, headers={**GZIP, "If-None-Match": sent})
        assert (again.status, again.body) == (304, b"")
    assert "Content-Encoding" not in compressing(RSS).headers


def test_a_cache_answers_alone_and_keeps_codings_apart(
    caching: Ask, published: TestNewsroom
) -> None:
    body = published.document().document.body
    assert caching(RSS).headers["X-Cache"] == "MISS"
    plain = caching(RSS)
    assert (plain.headers["X-Cache"], plain.body) == ("HIT", body)
    coded = [caching(RSS, headers=GZIP) for _ in range(2)]
    assert [one.headers["X-Cache"] for one in coded] == ["MISS", "HIT"]
    assert coded[0].body == coded[1].body
    for sent, answer in (({}, plain), (GZIP, coded[1])):
        again = caching(RSS, headers={**sent, "If-None-Match": answer.headers["ETag"]})
        assert (again.status, again.headers["X-Cache"]) == (304, "HIT")


def test_a_cache_leads_people_to_the_page_and_keeps_nothing_of_that(caching: Ask) -> None:
    path = "/feeds/latest.atom"
    assert caching(path, headers=NAVIGATION).status == 303
    assert caching(path).status == 200
    assert caching(path, headers=NAVIGATION).status == 303
    assert caching(path).headers["X-Cache"] == "HIT"
    for _ in range(2):
        assert caching("/feeds/healthz").headers["X-Cache"] == "MISS"


def test_the_nginx_of_compose_leads_to_the_app(server: Server, tmp_path: Path) -> None:
    inner, http = nginx.of_compose(server.port, tmp_path / "access.log")
    with nginx.running(tmp_path / "nginx", inner, http) as port:
        ask = over_a_socket(port)
        assert ask("/feeds/latest.rss").status == 200
        assert ask("/elsewhere").status == 404
        for path, status in (("/", 302), ("/feeds", 301)):
            answer = ask(path)
            assert (answer.status, answer.headers["Location"]) == (status, "/feeds/")
