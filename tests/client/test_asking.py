"""A server is asked at the machine that was looked at, in bounds of time and room."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from contextlib import suppress

import brotli
import pytest

from feeds.client.asking import Bounds, Client
from feeds.client.inside import redirected
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


def test_nobody_goes_on_with_what_is_given_up(client: Client) -> None:
    ended = threading.Event()

    def endless(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection, suppress(OSError):
            connection.recv(9999)
            while True:
                connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        ended.set()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=endless, args=(server,))
        thread.start()
        with pytest.raises(FetchError, match="no answer within"):
            client.ask(f"http://127.0.0.1:{server.getsockname()[1]}/", bounds=Bounds(seconds=0.3))
        assert ended.wait(20)
        thread.join()


def test_more_parts_of_gzip_than_anybody_sends_are_refused(serve: Serve, client: Client) -> None:
    body = gzip.compress(b"bell") * 300_000
    answer = client.ask(serve({"/": Answer(body, Content_Encoding="gzip")}) + "/")
    with pytest.raises(FetchError, match="more than 100 parts"):
        answer.content()


def test_a_transfer_coding_that_was_not_asked_for_is_refused(serve: Serve, client: Client) -> None:
    told = Answer(b"bell", Transfer_Encoding="gzip, chunked")
    with pytest.raises(FetchError):
        client.ask(serve({"/": told}) + "/")


def test_a_redirect_in_utf_8_leads_where_it_says() -> None:
    sent = "/café".encode().decode("latin-1")  # as HTTP has it
    assert redirected("https://desk.test/x", sent, ["https://desk.test/"]).endswith("/caf%C3%A9")


def test_what_ends_too_early_is_not_taken_for_all(serve: Serve, client: Client) -> None:
    url = serve({"/": Answer(b"bell", length=99)}) + "/"
    with pytest.raises(FetchError, match="the server stopped in the middle"):
        client.ask(url)
