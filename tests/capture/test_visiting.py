"""A site's front page is asked for politely, in bounds, and leads to no other machine."""

from __future__ import annotations

import socket
import ssl
import subprocess
from pathlib import Path
from unittest.mock import patch

import pytest
from urllib3.util import connection

from feeds.capture import visiting
from feeds.capture.discovery.front_page import FrontPage, read_front_page
from feeds.client import inside
from feeds.model.errors import FeedsError
from tests.answering import Answer, Serve, serving_answers

HTML = "text/html; charset=utf-8"


def page(markup: str) -> Answer:
    return Answer(markup.encode(), Content_Type=HTML)


def look_at(url: str, seconds: float = visiting.SECONDS) -> FrontPage:
    """What the front page at ``url`` says, and where its site is."""
    answer = visiting.front_page(url, seconds)
    found = visiting.read(answer)
    there = visiting.site_url(url, answer.url)
    return found._replace(settings={**found.settings, "site_url": there})


def settings(markup: str, url: str = "https://www.quay-desk.org/") -> dict[str, str]:
    """What a front page at ``url`` with that markup proposes."""
    return read_front_page(markup.encode(), "utf-8", url).settings


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Quay Desk</title>", "Quay Desk"),
        ("<title>Home | Quay Desk</title>", "Quay Desk"),
        ("<title>Quay Desk - News from the quay</title>", "Quay Desk"),
        (
            "<title>A harbour&#39;s &amp; a ferry&#39;s\n news</title>",
            "A harbour's & a ferry's news",
        ),
        ("<title>x</title><meta name=application-name content='The Desk'>", "The Desk"),
        ("<title>a\x1b[31mb\u202e</title>", "ab"),
        ("<svg><title>arrow</title></svg>", "arrow"),
        ("<title> </title>", None),
        ("", None),
    ],
)
def test_a_title_is_what_the_site_calls_itself(head: str, title: str | None) -> None:
    assert settings(f"<html><head>{head}</head><body>x").get("title") == title


@pytest.mark.parametrize(
    ("markup", "language"),
    [
        ("<html lang=az-Latn-AZ>", "az-Latn-AZ"),
        ("<html lang=ua>", "uk"),
        ("<html lang=nonsense><meta property=og:locale content=pt_BR>", "pt-BR"),
        ("<html><meta http-equiv=Content-Language content=de>", "de"),
        ("<html lang=''>", None),
    ],
)
def test_a_language_is_what_is_stated(markup: str, language: str | None) -> None:
    assert settings(markup + "<p>x").get("language") == language


def test_the_icon_is_the_largest_that_feed_readers_can_show() -> None:
    links = """
      <link rel="shortcut icon" href=/favicon.ico> <link rel=icon sizes=any href=/i.svg>
      <link rel=icon sizes="32x32" href=/32.png> <link rel=icon sizes="192x192 96x96" href=i/192.png
      >
      <link rel=apple-touch-icon href=/touch.png> <link rel=icon href="data:image/png,x">
      <link rel=icon sizes="512x512" href="javascript:x"> <link rel=mask-icon href=/mask.png>"""
    assert settings(links)["icon"] == "https://www.quay-desk.org/i/192.png"
    assert settings("<base href=//cdn.org/a/><link rel=icon href=b.png>")["icon"] == (
        "https://cdn.org/a/b.png"
    )
    assert "icon" not in settings("<p>x")


def test_feeds_are_named_once_each() -> None:
    links = "".join(
        f"<link rel='alternate home' type='application/{form}' href=/{form[:4]}>"
        for form in ("rss+xml", "atom+xml; charset=utf-8", "feed+json", "rss+xml", "json")
    )
    found = read_front_page(links.encode(), "", "https://desk.org/")
    assert found.feeds == (
        "https://desk.org/rss+",
        "https://desk.org/atom",
        "https://desk.org/feed",
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\xfe",
        b"<?xml version='1.0' encoding='utf-7'?><a>",
        b"<" * 9999,
        b"<a>" * 99999,
    ],
    ids=["nothing", "bytes", "declaration", "brackets", "depth"],
)
def test_whatever_comes_is_no_exception(data: bytes) -> None:
    assert read_front_page(data, "nonsense", "https://desk.org/").feeds == ()


def test_a_page_is_asked_for_once_and_says_where_it_was_found(serve: Serve) -> None:
    answer = page("<html lang=en><title>Quay</title>")
    url = serve({"/az/": answer})
    found = look_at(f"{url}/az/")
    assert found.settings == {"title": "Quay", "language": "en", "site_url": f"{url}/az/"}
    [headers] = answer.asked
    assert "Cookie" not in headers


def test_a_redirect_within_the_host_is_followed(serve: Serve) -> None:
    moved = Answer(b"", status=302, Location="/en")
    url = serve({"/": moved, "/en": page("<title>Quay</title>")})
    assert look_at(url).settings == {"title": "Quay", "site_url": f"{url}/"}


def test_a_redirect_without_end_is_ended(serve: Serve) -> None:
    moved = Answer(b"", status=301, Location="/")
    with pytest.raises(FeedsError, match="the site answers 301"):
        look_at(serve({"/": moved}))
    assert len(moved.asked) == 6


@pytest.mark.parametrize(
    ("url", "location", "led"),
    [
        ("http://desk.org/", "https://desk.org/", "https://desk.org/"),
        ("http://desk.org/", "https://www.desk.org/en#top", "https://www.desk.org/en"),
        ("https://www.desk.org/", "//desk.org/", "https://desk.org/"),
        ("https://desk.org/", "http://desk.org/", None),
        ("https://desk.org/", "https://other.org/", None),
        ("https://desk.org/", "https://desk.org.other.org/", None),
        ("https://desk.org/", "https://cdn.desk.org/", None),
        ("https://desk.org/", "https://desk.org:8443/", None),
        ("http://desk.org/", "https://desk.org:22/", None),
        ("http://desk.org/", "http://desk.org:22/", None),
        ("https://desk.org/", "https://me:secret@desk.org/", None),
        ("https://desk.org/", "file:///etc/passwd", None),
        ("https://desk.org/", "", None),
        ("http://127.0.0.1:8000/", "http://169.254.169.254/latest/", None),
    ],
)
def test_a_redirect_leads_to_the_same_site_or_nowhere(
    url: str, location: str, led: str | None
) -> None:
    if led is None:
        with pytest.raises(FeedsError, match="which is another site"):
            inside.redirected(url, location, [url])
    else:
        assert inside.redirected(url, location, [url]) == led


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.0.0.5 169.254.169.254 192.168.1.1 100.64.0.1 0.0.0.0 224.0.0.1 ::1 fd00::1 "
    "fe80::1 ::ffff:127.0.0.1 ::127.0.0.1 ::ffff:0:10.0.0.5 fec0::1 2002:a00:5:: "
    "64:ff9b::169.254.169.254 64:ff9b:1::a00:5".split(),
)
def test_a_name_that_leads_inside_is_asked_nothing(address: str) -> None:
    """Names are looked up elsewhere: what they lead to is given here."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    found = [(family, socket.SOCK_STREAM, 6, "", (address, 80))]
    with (
        patch.object(socket, "getaddrinfo", return_value=found),
        patch.object(connection, "create_connection", side_effect=AssertionError("was asked")),
        pytest.raises(FeedsError, match="no machine of the public network; if you mean that one"),
    ):
        look_at("http://desk.org/")


@pytest.mark.parametrize(
    "public",
    ["93.184.215.14", "2606:2800:21f::1", "64:ff9b::93.184.215.14", "::ffff:93.184.215.14"],
)
def test_the_address_that_was_looked_at_is_the_one_that_is_asked(public: str) -> None:
    """Also where only IPv6 is, and a gateway translates (DNS64)."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in ("10.0.0.5", public)]
    with (
        patch.object(socket, "getaddrinfo", return_value=found),
        patch.object(connection, "create_connection", side_effect=OSError("asked")) as connect,
        pytest.raises(FeedsError, match="asked"),
    ):
        look_at("http://desk.org/")
    assert connect.call_args.args[0] == (public, 80)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(b"{}", Content_Type="application/json"), "it says 'application/json'"),
        (Answer(b"<p>x"), "it says nothing of its kind"),
        (
            Answer(b"x", Content_Type=HTML, Content_Encoding="compress"),
            "comes as 'compress'",
        ),
        (Answer(b"x", status=403, Content_Type=HTML), "the site answers 403"),
        (
            Answer(b"<p>x", length=99, pause=30, Content_Type=HTML),
            "[^ ]* answer within 0.3 s|the server takes too long",
        ),
    ],
)
def test_what_can_not_be_used_is_said_in_a_line(serve: Serve, answer: Answer, why: str) -> None:
    with pytest.raises(FeedsError, match=why) as told:
        look_at(serve({"/": answer}), seconds=0.3 if answer.pause else 30)
    assert "\n" not in str(told.value)


def test_no_more_than_the_beginning_of_a_page_is_taken(serve: Serve) -> None:
    long = page("<title>Quay</title>" + "x" * 2_000_000)
    assert look_at(serve({"/": long})).settings["title"] == "Quay"


@pytest.mark.parametrize(
    "url", ["ftp://desk.org/", "/etc/passwd", "https://me:secret@desk.org/", ""]
)
def test_what_is_no_address_of_a_site_is_not_asked(url: str) -> None:
    with pytest.raises(FeedsError, match="expected a URL that begins with https://") as told:
        look_at(url)
    assert "secret" not in str(told.value)


def test_a_certificate_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
            ),
            *("-nodes", "-days", "2", "-subj", "/CN=quay"),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving_answers(context) as serve:
        url = serve({"/": page("<title>Quay</title>")})
        with pytest.raises(FeedsError, match="its certificate is not valid"):
            look_at(url)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert look_at(url).settings["title"] == "Quay"
        with pytest.raises(
            FeedsError, match=r"its certificate is not valid .*[Hh]ostname mismatch"
        ):
            look_at(url.replace("127.0.0.1", "localhost"))
