"""Feeds are fetched from files and servers, good ones and bad ones, in bounded time and size."""

from __future__ import annotations

import gzip
import os
import socket
import zlib
from pathlib import Path

import pytest

from feeds import __version__
from feeds.model.errors import FeedImportError
from feeds.newsroom import fetching
from tests.answering import FEED, Answer, Serve


def read(where: str | Path) -> tuple[bytes, str]:
    """All that is at ``where``, and the URL it came from."""
    with fetching.opened(str(where)) as (file, found):
        return fetching.read_bounded(file, str(where)), found


def test_a_file_has_bytes_and_no_address(tmp_path: Path) -> None:
    path = tmp_path / "old feed.xml"
    path.write_bytes(FEED)
    assert read(path) == (FEED, "")


def test_a_fault_of_whoever_reads_is_not_the_files(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(FEED)
    with pytest.raises(ValueError, match="a fault"), fetching.opened(str(path)):
        raise ValueError("a fault")


@pytest.mark.parametrize(
    ("name", "why"), [("missing", "No such file"), ("", "no file"), ("pipe", "no file")]
)
def test_what_is_no_file_is_not_opened(tmp_path: Path, name: str, why: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FeedImportError, match=why):
        read(tmp_path / name)
    with pytest.raises(FeedImportError, match="can't be read"):
        read("a\0b")


def test_a_file_or_answer_beyond_measure_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serve: Serve
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    path = tmp_path / "large.xml"
    path.write_bytes(b" " * 1001)
    bomb = gzip.compress(bytes(10_000_000))[:900] + b"x"
    site = serve({"/a": Answer(b" " * 1001), "/b": Answer(bomb, Content_Encoding="gzip")})
    for where in (str(path), f"{site}/a", f"{site}/b"):
        with pytest.raises(FeedImportError, match=r"more than 1,000 bytes; save its newest"):
            read(where)
    path.write_bytes(b" " * 1000)
    assert len(read(path)[0]) == 1000


def test_a_url_is_asked_by_our_name(serve: Serve) -> None:
    answer = Answer()
    site = serve({"/feed": answer})
    assert fetching.fetch(f"{site}/feed") == (FEED, f"{site}/feed")
    assert answer.asked[0]["User-Agent"] == f"newsroom-feeds/{__version__}"


def test_letters_of_any_alphabet_may_be_in_a_url(serve: Serve) -> None:
    site = serve({"/%C3%B6?a=%20": Answer()})
    assert fetching.fetch(f"{site}/ö?a=%20")[0] == FEED


raw = zlib.compressobj(wbits=-15)
RAW = raw.compress(FEED) + raw.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(FEED, mtime=0)),
        ("x-gzip", gzip.compress(FEED[:9], mtime=0) + gzip.compress(FEED[9:], mtime=0) + bytes(9)),
        ("deflate", zlib.compress(FEED)),
        ("deflate", RAW),
        ("gzip, deflate", zlib.compress(gzip.compress(FEED, mtime=0))),
        ("identity", FEED),
        ("", FEED),
    ],
)
def test_content_codings_are_undone(serve: Serve, coding: str, body: bytes) -> None:
    site = serve({"/feed": Answer(body, Content_Encoding=coding)})
    assert fetching.fetch(f"{site}/feed")[0] == FEED


@pytest.mark.parametrize(
    ("coding", "body", "why"),
    [
        ("gzip", FEED, "no gzip"),
        ("gzip", gzip.compress(FEED, mtime=0)[:-12], "the end is missing"),
        ("br", FEED, "no br"),
        ("compress", FEED, "'compress', which was not asked for"),
    ],
)
def test_a_wrong_coding_is_an_error(serve: Serve, coding: str, body: bytes, why: str) -> None:
    site = serve({"/feed": Answer(body, Content_Encoding=coding)})
    with pytest.raises(FeedImportError, match=why):
        fetching.fetch(f"{site}/feed")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_to_the_final_address(serve: Serve, status: int) -> None:
    site = serve({"/old": Answer(b"", status, Location="/new"), "/new": Answer()})
    assert fetching.fetch(f"{site}/old") == (FEED, f"{site}/new")


@pytest.mark.parametrize("scheme", ["file", "ftp", "data", "gopher"])
def test_a_redirect_elsewhere_than_the_web_is_refused(
    serve: Serve, scheme: str, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    site = serve({"/old": Answer(b"", 302, Location=f"{scheme}://127.0.0.1{secret}")})
    with pytest.raises(FeedImportError, match=r"302|unknown url type"):
        fetching.fetch(f"{site}/old")


@pytest.mark.parametrize("where", ["file:///etc/hostname", "ftp://desk.test/feed", "https://"])
def test_only_the_web_is_asked(where: str) -> None:
    with pytest.raises(FeedImportError, match=f"^{where}: only http:// and https://"):
        fetching.fetch(where)


def test_a_redirect_in_a_circle_ends(serve: Serve) -> None:
    site = serve({"/a": Answer(b"", 302, Location="/a")})
    with pytest.raises(FeedImportError, match="302"):
        fetching.fetch(f"{site}/a")


@pytest.mark.parametrize(("status", "why"), [(404, "Not Found"), (410, "Gone"), (503, "Unavail")])
def test_an_error_of_the_server_is_told(serve: Serve, status: int, why: str) -> None:
    site = serve({"/feed": Answer(b"", status)})
    with pytest.raises(FeedImportError, match=rf"^{site}/feed: .* {status} \(.*{why}.*; correct"):
        fetching.fetch(f"{site}/feed")


def test_a_server_that_is_not_there_is_told(serve: Serve) -> None:
    serve({})  # and with that no proxy
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # its port is nobody else's, and nobody listens
        with pytest.raises(FeedImportError, match="can't be fetched: Connection refused"):
            fetching.fetch(f"http://127.0.0.1:{nobody.getsockname()[1]}/feed")


def test_an_answer_that_stops_in_the_middle_is_none(serve: Serve) -> None:
    site = serve({"/feed": Answer(length=len(FEED) + 5)})
    with pytest.raises(FeedImportError, match="stopped in the middle"):
        fetching.fetch(f"{site}/feed")


def test_a_trickle_ends_after_the_time_in_all(serve: Serve) -> None:
    site = serve({"/feed": Answer(pause=0.1)})
    with pytest.raises(FeedImportError, match=r"not here after 0\.5 seconds"):
        fetching.fetch(f"{site}/feed", seconds=0.5)
