"""The lines of docs/keys.md, run by real servers: their logs have names of keys, and no token."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import caddy, nginx
from tests.newsrooms import PROJECT, TestNewsroom, feeds, publish_bell
from tests.web.asking import Ask, over_a_socket, port_of_ours, serving
from tests.web.test_keys import KEYED, add, basic


def documented(beginning: str) -> str:
    """The lines of docs/keys.md that begin with a word."""
    text = (PROJECT / "docs" / "keys.md").read_text(encoding="utf-8")
    blocks = re.findall(r"(?:^    \S.*\n(?:    .*\n)*)", text, re.M)
    found = [textwrap.dedent(block) for block in blocks]
    return next(block for block in found if block.startswith(beginning))


@pytest.fixture
def served(newsroom: TestNewsroom) -> Iterator[tuple[TestNewsroom, int]]:
    """A newsroom with keyed feeds, and the port of its server."""
    newsroom.configure(KEYED)
    publish_bell(newsroom)
    with port_of_ours() as port, serving(newsroom, port):
        yield newsroom, port


def ask_for_all(newsroom: TestNewsroom, ask: Ask) -> list[str]:
    """Asks in every way; returns the tokens that were sent."""
    token, revoked = add(newsroom, "msn"), add(newsroom, "old")
    feeds(newsroom, "key", "revoke", "old")
    unknown = f"FeedsKey-{'A' * 43}"
    while ask(f"/feeds/k/{revoked}/full.rss").status != 410:
        pass
    found = ask(f"/feeds/k/{token}/full.rss", headers={"Accept-Encoding": "gzip"})
    assert (found.status, found.headers["Cache-Control"]) == (200, "private, max-age=300")
    assert ask(f"/feeds/k/{unknown}/full.rss").status == 404
    assert ask(f"/feeds/%6b/{token}/full.rss").status == 200
    assert ask("/feeds/auth/full.rss", headers=basic(token)).status == 200
    assert ask("/feeds/auth/full.rss", headers=basic(unknown)).status == 401
    referer = {"Referer": f"https://desk.test/feeds/k/{token}/full.rss"}
    assert ask(f"/feeds/k/{token}/full.rss", headers=referer).status == 200
    for path in ("/feeds/k/x/", "/feeds/k//x/", "/feeds/auth/full.rss?token="):
        assert ask(f"{path}{token}").status in {401, 404}
    return [token, revoked, unknown]


@pytest.mark.skipif(nginx.PROGRAM is None, reason="needs nginx; on Debian: apt install nginx")
def test_nginx_writes_the_name_of_a_key_and_no_token(
    served: tuple[TestNewsroom, int], tmp_path: Path
) -> None:
    newsroom, port = served
    log = tmp_path / "feeds.log"
    lines = documented("location ~").replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    lines = lines.replace("/var/log/nginx/feeds.log", str(log))
    with nginx.running(tmp_path / "nginx", lines, documented("map ")) as front:
        ask = over_a_socket(front)
        tokens = ask_for_all(newsroom, ask)
        assert "Feeds-Key" not in ask(f"/feeds/k/{tokens[0]}/full.rss").headers
    written = log.read_text() + (tmp_path / "nginx" / "error.log").read_text()
    assert not any(token in written for token in tokens)
    assert "- msn [" in written
    assert '"GET /feeds/k/msn/full.rss HTTP/1.1" 200' in written
    assert '"GET /feeds/k/old/full.rss HTTP/1.1" 410' in written
    assert '"GET /feeds/k/-/full.rss HTTP/1.1" 404' in written
    told = feeds(None, "audience", str(log)).stdout
    assert "k/msn/full" in told


@pytest.mark.skipif(nginx.PROGRAM is None, reason="needs nginx; on Debian: apt install nginx")
def test_nginx_writes_no_token_when_nobody_answers(tmp_path: Path) -> None:
    log = tmp_path / "feeds.log"
    lines = documented("location ~").replace("/var/log/nginx/feeds.log", str(log))
    with (
        port_of_ours() as port,
        nginx.running(
            tmp_path / "nginx",
            lines.replace("127.0.0.1:8000", f"127.0.0.1:{port}"),
            documented("map "),
        ) as front,
    ):
        assert over_a_socket(front)(f"/feeds/k/{'A' * 43}/full.rss").status == 502
    written = log.read_text() + (tmp_path / "nginx" / "error.log").read_text()
    assert '"GET /feeds/k/-/full.rss HTTP/1.1" 502' in written
    assert "A" * 43 not in written


@pytest.mark.skipif(nginx.PROGRAM is None, reason="needs nginx; on Debian: apt install nginx")
def test_the_nginx_of_compose_writes_the_name_of_a_key_and_no_token(
    served: tuple[TestNewsroom, int], tmp_path: Path
) -> None:
    newsroom, port = served
    log = tmp_path / "feeds.log"
    inner, http = nginx.of_compose(port, log)
    assert documented("map ").partition("log_format")[0] in http
    with nginx.running(tmp_path / "nginx", inner, http) as front:
        ask = over_a_socket(front)
        tokens = ask_for_all(newsroom, ask)
        assert ask(f"/feeds/latest.rss?{tokens[0]}").status == 200
    written = log.read_text() + (tmp_path / "nginx" / "error.log").read_text()
    assert not any(token in written for token in tokens)
    assert '"GET /feeds/k/msn/full.rss HTTP/1.1" 200' in written


@pytest.mark.skipif(caddy.PROGRAM is None, reason="needs Caddy; on Debian: apt install caddy")
def test_caddy_writes_the_name_of_a_key_and_no_token(
    served: tuple[TestNewsroom, int], tmp_path: Path
) -> None:
    newsroom, port = served
    log = tmp_path / "feeds.log"
    site = documented("log {").replace("/var/log/caddy/feeds.log", str(log))
    with caddy.running(tmp_path / "caddy", f"{site}\nreverse_proxy 127.0.0.1:{port}") as front:
        tokens = ask_for_all(newsroom, over_a_socket(front))
    written = "".join(path.read_text() for path in [log, tmp_path / "caddy" / "caddy.log"])
    assert not any(token in written for token in tokens)
    assert '"Feeds-Key":["msn"]' in written
    assert '"uri":"/feeds/k/-/full.rss"' in written
