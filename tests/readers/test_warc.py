"""Captured pages: one answer of a web server in a file, read as browsers read it."""

from __future__ import annotations

import gzip
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model.errors import PageError
from feeds.readers import MAX_PAGE_BYTES, read_page
from feeds.readers.warc import Capture, content, read_capture, record_of, starts_list

MOMENT = datetime(2026, 12, 1, 9, 35, tzinfo=UTC)
ADDRESS = "https://harbour.example/economy/bell"
HTML = (("Content-Type", "text/html; charset=utf-8"),)
MARKUP = "<html><body><h1>The bell rang</h1><p>It rang twice.</p></body></html>"


def capture(body: bytes, *headers: tuple[str, str], status: int = 200) -> Capture:
    return Capture(ADDRESS, MOMENT, status, headers or HTML, body)


def record(body: str = MARKUP, **named: str) -> bytes:
    """A record as another program writes it; ``named`` are its fields."""
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}".encode()
    fields = {
        "WARC-Type": "response",
        "WARC-Record-ID": "<urn:uuid:92283950-ef2f-4d72-b224-f54c6ec90bb0>",
        "WARC-Date": "2026-12-01T09:35:00Z",
        "WARC-Target-URI": ADDRESS,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    }
    fields |= {name.replace("_", "-"): value for name, value in named.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


_TOKEN = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-!#", min_size=1)
_VALUE = st.text(st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="\x85\xa0"))
_CAPTURES = st.builds(
    Capture,
    st.sampled_from([ADDRESS, "https://harbour.example/", "http://harbour.example:8080/?a=1&b=2"]),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
        lambda moment: moment.replace(microsecond=0)
    ),
    st.integers(100, 599),
    st.lists(st.tuples(_TOKEN.map("X-{}".format), _VALUE), max_size=4).map(tuple),
    st.binary(max_size=2000),
    st.booleans(),
    st.sampled_from(["", "<urn:uuid:92283950-ef2f-4d72-b224-f54c6ec90bb0>"]),
)


@given(_CAPTURES)
def test_what_is_written_is_read_as_it_was(made: Capture) -> None:
    assert read_capture("a.warc", record_of(made)) == made


@given(st.binary(max_size=400), st.integers(0, 400), _CAPTURES)
def test_of_hostile_bytes_nothing_comes_but_a_refusal(
    noise: bytes, place: int, made: Capture
) -> None:
    whole = record_of(made)
    for data in (noise, whole[:place], whole[:place] + noise + whole[place + len(noise) :]):
        with suppress(PageError):
            read_page("captured/a/b.warc", data)


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "gzip, br", "zstd", "x"]))
def test_of_hostile_codings_nothing_comes_but_a_refusal(noise: bytes, coding: str) -> None:
    with suppress(PageError):
        content(capture(noise, ("Content-Encoding", coding)))


@pytest.mark.parametrize(
    ("coding", "code"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data, wbits=-15)),
        ("br", brotli.compress),
        ("identity", bytes),
    ],
)
def test_each_coding_is_undone(coding: str, code) -> None:  # type: ignore[no-untyped-def]
    made = capture(code(MARKUP.encode()), *HTML, ("content-encoding", coding))
    assert content(made) == MARKUP.encode()
    assert "twice" in read_page("captured/a.warc", record_of(made)).markup


@pytest.mark.parametrize("code", [gzip.compress, brotli.compress])
def test_a_bomb_is_refused_before_it_grows(code) -> None:  # type: ignore[no-untyped-def]
    coding = "gzip" if code is gzip.compress else "br"
    made = capture(code(bytes(MAX_PAGE_BYTES * 4)), *HTML, ("Content-Encoding", coding))
    with pytest.raises(PageError, match="more bytes than a page may have"):
        content(made)


def test_what_another_program_wrote_is_read() -> None:
    found = read_capture("a.warc", record(WARC_Date="2026-12-01T09:35:00.123456Z"))
    assert found == capture(MARKUP.encode(), ("Content-Type", "text/html"))


def test_the_page_knows_from_where_and_when_it_is_exactly() -> None:
    headers = (*HTML, ("Content-Language", "az"))
    page = read_page("captured/a.warc", record_of(capture(MARKUP.encode(), *headers)))
    assert page.fetched is not None
    assert (page.fetched.address, page.fetched.when) == (ADDRESS, MOMENT)
    assert page.fetched.language == "az"


CYRILLIC = "<meta charset='{}'><h1>Колокол прозвонил</h1><p>Он прозвонил дважды в порту.</p>"


@pytest.mark.parametrize(
    ("header", "declared", "written"),
    [
        ("text/html; charset=windows-1251", "koi8-r", "cp1251"),
        ('text/html;charset="koi8-r"', "windows-1251", "koi8_r"),
        ("text/html", "windows-1251", "cp1251"),
        ("text/html; charset=windows-1251", "koi8-r", "utf-8-sig"),
        ("text/html; charset=windows-1251", "koi8-r", "utf-16"),
    ],
)
def test_the_encoding_is_the_marks_then_the_servers_then_the_pages(
    header: str, declared: str, written: str
) -> None:
    body = CYRILLIC.format(declared).encode(written)
    page = read_page("captured/a.warc", record_of(capture(body, ("Content-Type", header))))
    assert "Колокол прозвонил" in page.markup
    assert page.findings == ()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (record() + record(), "several records, the first a 'response'"),
        (record(WARC_Type="warcinfo") + record(), "several records, the first a 'warcinfo'"),
        (record(WARC_Type="request"), "holds a 'request', no answer"),
        (record()[:-40], "should end"),
        (record() + b"more", "should end"),
        (record(WARC_Date="yesterday"), "doesn't say when"),
        (record(WARC_Date="2026-02-30T09:35:00Z"), "doesn't say when"),
        (record(WARC_Target_URI="dns:harbour.example"), "names no address"),
        (record(Content_Length="many"), "no Content-Length"),
        (b"WARC/0.9\r\nA: b\r\n\r\n", "no record of WARC"),
        (b"<html>", "no record of WARC"),
        (record_of(capture(b"", status=404)), "answered 404"),
        (record_of(capture(b"", ("Content-Type", "application/pdf"))), "'application/pdf'"),
        (record_of(capture(b'{"a": 1, "b": [1]}', ("X", "y"))), "data in JSON"),
        (record_of(capture(b"x", *HTML, ("Content-Encoding", "zstd"))), "comes as 'zstd'"),
        (record_of(capture(b"x", *HTML, ("Content-Encoding", "gzip"))), "is no gzip"),
    ],
)
def test_what_is_no_captured_page_is_refused_and_told_why(data: bytes, told: str) -> None:
    with pytest.raises(PageError, match=told) as raised:
        read_page("captured/a.warc", data)
    assert raised.value.problem.remedy


def test_neither_cookies_nor_what_is_of_the_connection_is_kept() -> None:
    made = capture(
        b"", *HTML, ("Set-Cookie", "session=1"), ("Transfer-Encoding", "chunked"), ("ETag", '"1"')
    )
    assert read_capture("", record_of(made)).headers == (*HTML, ("ETag", '"1"'))


def test_the_first_bytes_of_a_list_say_that_it_is_one() -> None:
    made = capture(b"Feeds-Page-Is-List: yes\r\n")
    assert not starts_list(record_of(made))
    assert starts_list(record_of(made._replace(is_list=True))[:1000])
