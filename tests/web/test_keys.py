"""Keyed feeds over HTTP: a key opens one feed, in two ways, and its token is written nowhere."""

from __future__ import annotations

import base64
import json
import logging
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from feeds.web import cache
from feeds.web.access import AccessLog
from tests.newsrooms import SITE, TestNewsroom, feeds, publish_bell
from tests.web.asking import (
    NAVIGATION,
    Answer,
    Ask,
    in_process,
    of_app,
    over_a_socket,
    port_of_ours,
    serving,
    website,
)

KEYED = f"""{SITE}
[[feeds]]
name = "full"
title = "In full"
keyed = true
former_names = ["whole"]

[[feeds]]
name = "other"
title = "Another"
keyed = true
"""
UNKNOWN = f"FeedsKey-{'A' * 43}"


def add(newsroom: TestNewsroom, name: str, feed: str = "full") -> str:
    """Makes a key; returns its token."""
    ran = feeds(newsroom, "key", "add", name, "--feed", feed, "--json")
    assert ran.returncode == 0, ran.stderr
    return str(json.loads(ran.stdout)["token"])


def basic(password: str, user: str = "anybody") -> dict[str, str]:
    """The header of Basic authentication."""
    return {"Authorization": f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"}


class Way:
    """One of two ways to ask with a token."""

    def __init__(self, ask: Ask, *, by_address: bool) -> None:
        self._ask = ask
        self.by_address = by_address

    def __call__(
        self,
        token: str,
        document: str = "full.rss",
        method: str = "GET",
        headers: Mapping[str, str] = {},
    ) -> Answer:
        if self.by_address:
            return self._ask(f"/feeds/k/{token}/{document}", method, headers)
        return self._ask(f"/feeds/auth/{document}", method, {**headers, **basic(token)})


@pytest.fixture
def keyed(newsroom: TestNewsroom) -> TestNewsroom:
    """A newsroom with two keyed feeds, published."""
    newsroom.configure(KEYED)
    publish_bell(newsroom)
    return newsroom


@pytest.fixture(params=["fast", "plain"])
def ask(request: pytest.FixtureRequest, keyed: TestNewsroom) -> Ask:
    """Asks the app with its fast path, and without."""
    return in_process(keyed, plain=request.param == "plain")


@pytest.fixture(params=["address", "password"])
def way(request: pytest.FixtureRequest, ask: Ask) -> Way:
    """Asks with a token, in either way."""
    return Way(ask, by_address=request.param == "address")


@pytest.mark.engines
def test_a_key_opens_its_feed_in_every_format_and_under_its_former_name(
    keyed: TestNewsroom, way: Way
) -> None:
    token = add(keyed, "msn")
    for form in ("rss", "atom", "json"):
        stored = keyed.document("full", form).document
        found = way(token, f"full.{form}")
        assert (found.status, found.body) == (200, stored.body)
        assert way(token, f"whole.{form}").body == stored.body
        assert found.headers["ETag"] == f'"{stored.etag}"'


@pytest.mark.engines
def test_a_key_that_was_revoked_is_gone_at_once(keyed: TestNewsroom, way: Way) -> None:
    token, other = add(keyed, "msn"), add(keyed, "reader")
    assert seen(way, token, 200)
    assert feeds(keyed, "key", "revoke", "msn").returncode == 0
    assert seen(way, token, 410)
    gone = way(token)
    assert (gone.status, gone.headers["Cache-Control"]) == (410, "no-store")
    assert way(token, headers=NAVIGATION).status == 410
    assert way(other).status == 200


def test_who_has_no_key_to_it_gets_no_answer(keyed: TestNewsroom, way: Way) -> None:
    token = add(keyed, "msn")
    closed = 404 if way.by_address else 401
    for wrong in (UNKNOWN, token[:-1], f"{token}A", token.swapcase(), "msn", "-", "ü"):
        assert way(wrong).status == closed, wrong
    assert way(token, "other.rss").status == 404
    assert way(token, "latest.rss").status == 404
    assert way(token, "nothing.rss").status == 404


def test_without_a_password_one_is_asked_for_whatever_is_asked_for(ask: Ask) -> None:
    wrong = ("", "Basic", "Basic ???", "Bearer abc", "Basic " + "A" * 4000, "Basic /w==")
    for name in ("full", "nothing"):
        for sent in wrong:
            found = ask(f"/feeds/auth/{name}.rss", headers={"Authorization": sent})
            assert found.status == 401
            assert found.headers["WWW-Authenticate"] == 'Basic realm="feeds", charset="UTF-8"'
            assert found.headers["Vary"] == "Authorization"


def test_an_address_with_more_slashes_is_none(keyed: TestNewsroom) -> None:
    token = add(keyed, "msn")
    client = website(keyed).test_client()
    for path in (f"//feeds/k/{token}/full.rss", "//feeds/auth/full.rss"):
        # clients, and some servers, would make one slash of two
        overrides = {"PATH_INFO": path}
        found = client.get("/", headers=basic(token), environ_overrides=overrides)
        assert found.status_code == 404


def test_no_key_is_taken_for_none_while_the_keys_can_not_be_read(
    keyed: TestNewsroom, way: Way
) -> None:
    token = add(keyed, "msn")
    keyed.database.rename(keyed.database.with_name("elsewhere"))
    unread = way(token)
    assert (unread.status, unread.headers["Retry-After"]) == (503, "60")


def test_the_plain_name_of_a_keyed_feed_is_nothing(keyed: TestNewsroom, ask: Ask) -> None:
    add(keyed, "msn")
    for name in ("full", "whole"):
        for end in ("", ".rss", ".atom", ".json", ".xml", "/archive/1.rss"):
            for headers in ({}, NAVIGATION):
                assert ask(f"/feeds/{name}{end}", headers=headers).status == 404


def test_a_keyed_feed_that_is_gone_is_nothing_to_others(keyed: TestNewsroom) -> None:
    add(keyed, "msn")
    keyed.configure(KEYED.replace('name = "full"', 'name = "full"\ngone = true'))
    keyed.publish()
    ask = in_process(keyed)
    assert [ask(f"/feeds/full{end}").status for end in ("", ".rss")] == [404, 404]
    assert "the key 'msn' opens nothing" in feeds(keyed, "check").stdout


def test_only_who_asked_may_keep_it_and_pass_no_address_on(keyed: TestNewsroom, way: Way) -> None:
    found = way(add(keyed, "msn"))
    assert found.headers["Cache-Control"] == "private, max-age=300"
    vary = "Accept-Encoding" if way.by_address else "Accept-Encoding, Authorization"
    assert found.headers["Vary"] == vary
    assert found.headers["Referrer-Policy"] == "no-referrer"
    assert found.headers["X-Robots-Tag"] == "noindex"
    assert found.headers["Feeds-Key"] == "msn"


def test_it_is_answered_as_other_documents_are(keyed: TestNewsroom, way: Way) -> None:
    token = add(keyed, "msn")
    stored = keyed.document("full")
    packed = way(token, headers={"Accept-Encoding": "gzip"})
    assert (packed.body, packed.headers["Content-Encoding"]) == (stored.gzip, "gzip")
    head = way(token, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(stored.document.body))
    for known in (
        {"If-None-Match": packed.headers["ETag"]},
        {"If-Modified-Since": packed.headers["Last-Modified"]},
    ):
        same = way(token, headers=known)
        assert (same.status, same.body) == (304, b"")
        assert same.headers["Cache-Control"] == "private, max-age=300"
    asked = way(token, method="OPTIONS")
    assert asked.status == 204
    may_have_password = "Authorization" in asked.headers["Access-Control-Allow-Headers"]
    assert may_have_password is not way.by_address
    assert way(token, method="POST").status == 405
    assert found_by_browser(way, token) == 200


def found_by_browser(way: Way, token: str) -> int:
    """What a person's browser is answered, which has no page to be led to."""
    return way(token, headers=NAVIGATION).status


def test_all_keys_open_the_same_bytes_and_none_holds_a_token(keyed: TestNewsroom, way: Way) -> None:
    tokens = [add(keyed, "msn"), add(keyed, "reader")]
    for form in ("rss", "atom", "json"):
        one, other = (way(token, f"full.{form}") for token in tokens)
        assert one.body == other.body
        assert f"https://desk.test/feeds/full.{form}".encode() in one.body
        assert b"/feeds/k/" not in one.body
        assert b"/feeds/auth/" not in one.body


def test_what_there_is_no_room_for_in_memory_is_looked_up(
    keyed: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_MOST_BYTES", 0)
    token, ask = add(keyed, "msn"), in_process(keyed)
    for by_address in (True, False):
        way = Way(ask, by_address=by_address)
        for name in ("full", "whole"):
            found = way(token, f"{name}.json")
            assert found.body == keyed.document("full", "json").document.body
            assert found.headers["Cache-Control"] == "private, max-age=300"
        assert way(token, "other.rss").status == 404


def test_no_page_below_an_address_of_a_key_gives_it_away(keyed: TestNewsroom, ask: Ask) -> None:
    token = add(keyed, "msn")
    for rest in ("", "/", "/full", "/full.rss/more", "/a/b"):
        for headers in ({}, NAVIGATION):
            found = ask(f"/feeds/k/{token}{rest}", headers=headers)
            assert found.status == 404
            assert found.headers["Referrer-Policy"] == "no-referrer"
            assert token not in f"{found.headers}{found.text}"


def test_a_name_is_given_once_and_a_feed_has_to_be_keyed(keyed: TestNewsroom) -> None:
    add(keyed, "msn")
    feeds(keyed, "key", "revoke", "msn")
    again = feeds(keyed, "key", "add", "msn", "--feed", "full")
    assert (again.returncode, "there is, or was, a key called 'msn'" in again.stderr) == (2, True)
    open_to_all = feeds(keyed, "key", "add", "b", "--feed", "latest")
    assert "'latest' is no keyed feed" in open_to_all.stderr
    assert "no name of a key" in feeds(keyed, "key", "add", "B c", "--feed", "full").stderr
    assert "no key called 'b'" in feeds(keyed, "key", "revoke", "b").stderr
    listed = feeds(keyed, "key", "list").stdout
    assert listed == "msn  full  made 2030-12-31, revoked 2030-12-31\n"


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ('name = "a"\ntitle = "A"\nkeyed = true\n', "the first feed is the main one"),
        (
            'name = "b"\ntitle = "B"\n[[feeds]]\nname = "a"\ntitle = "A"\nkeyed = true\n'
            "archive = true\n",
            "a keyed feed has no archives",
        ),
    ],
)
def test_a_feed_that_can_not_be_keyed_is_told(
    newsroom: TestNewsroom, table: str, complaint: str
) -> None:
    newsroom.configure(f"{SITE.partition('[[feeds]]')[0]}[[feeds]]\n{table}")
    ran = feeds(newsroom, "publish")
    assert ran.returncode == 2
    assert complaint in ran.stderr


def logging_app(newsroom: TestNewsroom, lines: list[bytes]) -> Ask:
    """Asks the app behind its access log."""
    app = website(newsroom)
    app.wsgi_app = AccessLog(app.wsgi_app, lines.append, clock=lambda: 1768383000.5)  # type: ignore[method-assign] # Flask's way
    return of_app(app)


def test_the_log_has_the_name_of_the_key_in_the_place_of_its_token(keyed: TestNewsroom) -> None:
    token, revoked = add(keyed, "msn"), add(keyed, "old")
    feeds(keyed, "key", "revoke", "old")
    lines: list[bytes] = []
    ask = logging_app(keyed, lines)
    for path in (
        *(f"/feeds/k/{one}/full.rss" for one in (token, revoked, UNKNOWN, f"{token}x")),
        *(f"/feeds/k/{token}{rest}" for rest in ("", "/", "/full", "/full.rss?raw", "/a/b")),
        f"/feeds/latest.rss?of=/feeds/k/{token}/full.rss",
        *(f"{above}{token}/full.rss" for above in ("//feeds/k/", "/feeds//k/", "/feeds/k//")),
        *(f"{above}{token}/full.rss" for above in ("/feeds/k/x/", "/feeds/auth/", "/feeds/")),
        f"/feeds/auth/full.rss?token={token}",
        f"/feeds/latest.rss?{'a' * 1000}={token}",
    ):
        for method in ("GET", "HEAD", "POST", "OPTIONS"):
            for headers in ({}, NAVIGATION):
                ask(path, method, headers)
    for one in (token, revoked, UNKNOWN):
        ask("/feeds/auth/full.rss", headers=basic(one, one))
    for quoted in ("/feeds/k/", "%2Ffeeds%2Fk%2f"):
        for header in ("Referer", "User-Agent"):
            ask("/feeds/", headers={header: f"https://desk.test{quoted}{token}/full.rss"})
    ask("/feeds/", headers={"Referer": f"https://msn:{token}@desk.test/feeds/auth/full.rss"})
    written = b"".join(lines)
    assert not any(one[:20].encode() in written for one in (token, revoked, UNKNOWN))
    first = lines[0]
    assert first.startswith(b'127.0.0.1 - msn [14/Jan/2026:09:30:00 +0000] "GET /feeds/k/msn/full')
    assert b'- old [14/Jan/2026:09:30:00 +0000] "GET /feeds/auth/full.rss HTTP/1.1" 410' in written
    assert b'"GET /feeds/k/-/full.rss HTTP/1.1" 404' in written


def test_nothing_that_goes_wrong_tells_a_token(
    keyed: TestNewsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    token = add(keyed, "msn")
    app = website(keyed)

    def fail(*_: Any) -> None:
        raise RuntimeError("some fault of the program")

    monkeypatch.setattr("feeds.web.documents.conditional.refuses_stale", fail)
    monkeypatch.setattr("feeds.web.documents.handed_out", fail)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with caplog.at_level(logging.DEBUG):
        for headers in (NAVIGATION, {**NAVIGATION, **basic(token)}):
            for path in (f"/feeds/k/{token}/full.rss", "/feeds/auth/full.rss"):
                of_app(app)(path, headers=headers)
    assert "some fault of the program" in caplog.text
    assert "/feeds/k/msn/full.rss" in caplog.text
    assert token not in caplog.text


def test_neither_the_ledger_nor_its_copy_holds_a_token(keyed: TestNewsroom, tmp_path: Path) -> None:
    token = add(keyed, "msn")
    copy = tmp_path / "copy.db"
    assert feeds(keyed, "backup", str(copy)).returncode == 0
    for file in [copy, *keyed.root.parent.rglob("*")]:
        if file.is_file():
            assert token.encode() not in file.read_bytes(), file
    assert token not in "".join(keyed.dump())


def seen(way: Way, token: str, status: int) -> bool:
    """Whether every worker answers ``status`` before seconds are over."""
    last = time.monotonic() + 10
    while time.monotonic() < last:
        if {way(token).status for _ in range(8)} == {status}:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("server", ["serve", "gunicorn"])
def test_a_server_that_runs_sees_keys_come_and_go_and_writes_no_token(
    keyed: TestNewsroom, tmp_path: Path, server: str
) -> None:
    log, output = tmp_path / "access.log", tmp_path / "output"
    named = "--access-log" if server == "serve" else "--access-logfile"
    options = ("--workers", "2", named, str(log))
    with (
        port_of_ours() as port,
        output.open("w") as out,
        serving(keyed, port, server, *options, output=out.fileno()),
    ):
        ask = over_a_socket(port)
        both = [Way(ask, by_address=one) for one in (True, False)]
        token = add(keyed, "msn")
        assert all(seen(way, token, 200) for way in both)
        assert feeds(keyed, "key", "revoke", "msn").returncode == 0
        assert all(seen(way, token, 410) for way in both)
    written = log.read_text() + output.read_text()
    assert "/feeds/k/msn/full.rss" in written
    assert token not in written


def test_going_back_to_a_copy_opens_nothing_that_was_revoked_and_loses_no_key(
    keyed: TestNewsroom, tmp_path: Path
) -> None:
    revoked = add(keyed, "msn")
    copy = tmp_path / "copy.db"
    feeds(keyed, "backup", str(copy))
    feeds(keyed, "key", "revoke", "msn")
    later = add(keyed, "reader")
    assert feeds(keyed, "restore-ledger", str(copy)).returncode == 0
    ask = in_process(keyed)
    for by_address in (True, False):
        way = Way(ask, by_address=by_address)
        assert (way(revoked).status, way(later).status) == (410, 200)


def test_no_key_of_a_ledger_that_was_moved_is_made_or_revoked(
    keyed: TestNewsroom, tmp_path: Path
) -> None:
    add(keyed, "msn")
    copy = TestNewsroom.__new__(TestNewsroom)
    copy.root, copy.database = keyed.root, tmp_path / "moved.db"
    shutil.copyfile(keyed.database, copy.database)
    keyed.page("crane.txt", "Crane falls\n\nIt fell into the river at night.\n")
    copy.publish()
    for act in (("add", "other", "--feed", "full"), ("revoke", "msn")):
        ran = feeds(keyed, "key", *act)
        assert (ran.returncode, "this ledger was moved to" in ran.stderr) == (2, True), ran
    assert feeds(copy, "key", "revoke", "msn").returncode == 0


def test_a_key_that_opens_nothing_and_a_feed_without_a_key_are_told(keyed: TestNewsroom) -> None:
    said = feeds(keyed, "check").stdout
    assert "nobody has a key to 'full'" in said
    assert "nobody has a key to 'other'" in said
    add(keyed, "msn")
    assert "keys        1 key in use" in feeds(keyed, "status").stdout
    assert "nobody has a key to 'full'" not in feeds(keyed, "check").stdout
    keyed.configure(KEYED.replace("keyed = true\nformer", "former"))
    keyed.publish()
    told = feeds(keyed, "check")
    assert "the key 'msn' opens nothing: 'whole' is no keyed feed" in told.stdout
