"""A server is asked at the machine that was looked at, in bounds of time and room."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest

from feeds.client.asking import Bounds, Client
from feeds.client.machines import Machines
from feeds.model.errors import FetchError
from tests.answering import Answer, Serve


@pytest.fixture
def client() -> Client:
    return Client("newsroom-feeds/1 (+https://desk.test/)", Machines("127.0.0.1"))


def test_what_a_server_says_comes_as_it_is(serve: Serve, client: Client) -> None:
    told = Answer(
        gzip.compress(b"bell"), Content_Encoding="gzip", ETag='"1"', Content_Type="a/b; c=d"
    )
    answer = client.ask(serve({"/x?y=1": told}) + "/x?y=1")
    assert (answer.status, answer.body, answer.content()) == (200, told.body, b"bell")
    assert (answer.header("etag"), answer.kind) == ('"1"', "a/b")
    [asked] = told.asked
    assert asked["User-Agent"] == "newsroom-feeds/1 (+https://desk.test/)"
    assert asked["Accept-Encoding"] == "gzip, deflate, br"
    assert asked["Host"].startswith("127.0.0.1:")


def test_a_redirect_is_an_answer_as_any_other(serve: Serve, client: Client) -> None:
    answer = client.ask(serve({"/": Answer(b"", status=301, Location="/x")}) + "/")
    assert (answer.status, answer.header("Location")) == (301, "/x")


@pytest.mark.parametrize("name", ["gzip", "deflate", "br"])
def test_a_bomb_is_never_unpacked_further_than_it_may_be(
    serve: Serve, client: Client, name: str
) -> None:
    plain = bytes(50_000_000)
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[name](plain)
    answer = client.ask(serve({"/": Answer(packed, Content_Encoding=name)}) + "/")
    with pytest.raises(FetchError, match="it has more than 1,000 bytes"):
        answer.content(1000)
    assert len(answer.content(50_000_000)) == len(plain)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "compress"])
def test_what_is_not_coded_as_it_says_is_an_error_in_words(
    serve: Serve, client: Client, name: str
) -> None:
    answer = client.ask(serve({"/": Answer(b"\x00bell", Content_Encoding=name)}) + "/")
    with pytest.raises(FetchError, match=r"is no|not asked for"):
        answer.content()


def test_who_sends_too_much_is_left_there(serve: Serve, client: Client) -> None:
    url = serve({"/": Answer(bytes(100_000))}) + "/"
    with pytest.raises(FetchError, match="it has more than 9,999 bytes") as told:
        client.ask(url, bounds=Bounds(bytes=9999))
    assert told.value.problem.code == "too-large"
    assert len(client.ask(url, bounds=Bounds(bytes=9999, beginning=True)).body) == 9999


def test_who_sends_a_byte_now_and_then_is_left_there(serve: Serve, client: Client) -> None:
    url = serve({"/": Answer(bytes(100), pause=0.1)}) + "/"
    with pytest.raises(FetchError, match=r"no answer within 0\.3 seconds"):
        client.ask(url, bounds=Bounds(seconds=0.3))


def test_what_ends_too_early_is_not_taken_for_all(serve: Serve, client: Client) -> None:
    url = serve({"/": Answer(b"bell", length=99)}) + "/"
    with pytest.raises(FetchError, match="the server stopped in the middle"):
        client.ask(url)
