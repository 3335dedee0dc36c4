from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from feeds.desk.app import app_of
from feeds.desk.guesses import Guesses
from feeds.desk.users import open_users
from feeds.model.errors import FeedsError
from feeds.newsroom import locate
from tests.desk.editing import NAME, ORIGIN, PASSWORD, DeskOf, Editor, words
from tests.newsrooms import NOW, feeds

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")


def paths(app: Flask) -> list[str]:
    """An address of each kind that there is, and some that are none."""
    found = []
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for name in rule.arguments:
            for kind in ("", "path:"):
                path = path.replace(f"<{kind}{name}>", "bell.txt" if name == "path" else "x")
        found.append(path)
    return [*found, "/nothing", "//", "/static/../users", "/sign-in/x", "/feeds/latest.rss"]


def test_without_signing_in_there_is_the_page_to_do_so_and_nothing_else(desk: DeskOf) -> None:
    client = desk.app.test_client()
    for path in paths(desk.app):
        for method in METHODS:
            answer = client.open(path, method=method, base_url=ORIGIN)
            if path in {"/sign-in", "/static/x"}:
                assert answer.status_code in {200, 403, 404, 405}
            elif method in {"GET", "HEAD"}:
                assert answer.status_code == 303, (method, path)
                assert answer.location == "/sign-in"
            elif (method, path) == ("POST", "/stories"):
                assert answer.status_code == 401  # with a token, and by that alone
            else:
                assert answer.status_code == 403, (method, path)
            assert "Bell" not in answer.text
            assert "bell" not in answer.text


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(desk: DeskOf) -> None:
    answers = [
        Editor(desk.app).sign_in(name, password)
        for name, password in ((NAME, "something else"), ("nobody", PASSWORD))
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert len({words(answer) for answer in answers}) == 1


def test_after_five_wrong_passwords_the_right_one_has_to_wait(desk: DeskOf) -> None:
    for _ in range(5):
        assert Editor(desk.app).sign_in(NAME, "wrong again").status_code == 403
    assert Editor(desk.app).sign_in().status_code == 429
    desk.clock.pass_by(minutes=16)
    assert Editor(desk.app).sign_in().status_code == 303


def test_guesses_under_ever_other_names_are_bounded_by_address_and_in_memory() -> None:
    guesses = Guesses()
    for number in range(20_001):
        guesses.wrong(f"name{number}", f"address{number % 15_000}", NOW)
    assert len(guesses._wrong) <= 10_000
    for number in range(20):
        guesses.wrong(f"n{number}", "one", NOW)
    assert not guesses.may("another", "one", NOW)
    assert guesses.may("another", "elsewhere", NOW)


def test_a_session_that_was_handed_in_before_is_not_the_one_after_signing_in(
    desk: DeskOf,
) -> None:
    editor = Editor(desk.app)
    editor.get("/sign-in")
    before = editor.client.get_cookie("__Host-desk", domain="desk.test")
    editor.sign_in()
    after = editor.client.get_cookie("__Host-desk", domain="desk.test")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    thief = Editor(desk.app)
    thief.client.set_cookie("__Host-desk", before.value, domain="desk.test", secure=True)
    thief.get("/", 303)


def test_the_cookie_is_for_this_site_over_https_alone_and_no_script_reads_it(desk: DeskOf) -> None:
    said = Editor(desk.app).sign_in().headers["Set-Cookie"]
    assert said.startswith("__Host-desk=")
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in said
    assert "Domain" not in said


def test_a_session_ends_after_two_hours_without_a_request_and_after_twelve(desk: DeskOf) -> None:
    editor = desk.editor()
    desk.clock.pass_by(minutes=119)
    editor.get("/log")
    desk.clock.pass_by(minutes=121)
    editor.get("/log", 303)
    editor = desk.editor()
    for _ in range(7):
        desk.clock.pass_by(minutes=100)
        editor.get("/log")
    desk.clock.pass_by(minutes=30)
    editor.get("/log", 303)


def test_signing_out_ends_every_session_of_that_person(desk: DeskOf) -> None:
    one, other = desk.editor(), desk.editor()
    assert one.send("/log", "/sign-out").status_code == 303
    one.get("/log", 303)
    other.get("/log", 303)


@pytest.mark.parametrize("what", ["change", "remove"])
def test_another_password_or_none_ends_sessions_at_once(desk: DeskOf, what: str) -> None:
    editor = desk.editor()
    if what == "change":
        desk.users.change(NAME, "quite another password")
    else:
        desk.users.remove(NAME)
    editor.get("/log", 303)


def test_a_form_without_its_token_does_nothing(desk: DeskOf) -> None:
    editor = desk.editor()
    before = {path: path.read_bytes() for path in desk.newsroom.root.iterdir() if path.is_file()}
    rules = [one for one in desk.app.url_map.iter_rules() if "POST" in (one.methods or ())]
    # signing in is for who is not, and programs come by a token in a header, which no form sends
    found = {one.endpoint: one for one in rules}
    assert {"sessions.sign_in", "pushed.add", "texts.mend_head"} <= {*found}
    for endpoint, rule in found.items():
        if endpoint in {"sessions.sign_in", "pushed.add"}:
            continue
        path = rule.rule.replace("<path:path>", "bell.txt").replace("<entry_hash>", "x")
        assert editor.post(path, {}).status_code == 403
        assert editor.post(path, {"csrf_token": "made up"}).status_code == 403
    editor.get("/log")
    assert before == {path: path.read_bytes() for path in before}


def test_behind_a_proxy_the_header_counts_from_the_named_peer_alone(desk: DeskOf) -> None:
    app = app_of(desk.place, desk.users, header="X-Remote-User", peer="127.0.0.1", now=desk.clock)
    client = app.test_client()

    def status(peer: str, **headers: str) -> int:
        environ = {"REMOTE_ADDR": peer}
        answer = client.get("/log", base_url=ORIGIN, headers=headers, environ_base=environ)
        return answer.status_code

    assert status("127.0.0.1", **{"X-Remote-User": "ola"}) == 200
    assert status("127.0.0.1") == 403
    assert status("127.0.0.2", **{"X-Remote-User": "ola"}) == 403
    assert client.get("/sign-in", base_url=ORIGIN).status_code == 403


def test_what_is_stored_of_a_password_is_for_its_owner_and_can_not_be_read_back(
    desk: DeskOf,
) -> None:
    text = desk.users.file.read_text()
    assert PASSWORD not in text
    assert "scrypt:" in text
    assert desk.users.file.stat().st_mode & 0o777 == 0o600


def test_people_are_added_and_removed_by_a_command(desk: DeskOf) -> None:
    added = feeds(desk.newsroom, "desk", "user", "add", "ola", typed="a password of mine\n")
    assert added.returncode == 0, added
    assert feeds(desk.newsroom, "desk", "user", "list").stdout.split() == [NAME, "ola"]
    assert desk.users.knows("ola", "a password of mine")
    again = feeds(desk.newsroom, "desk", "user", "add", "ola", typed="a password of mine\n")
    assert again.returncode == 2
    assert "feeds desk user password ola" in again.stderr
    changed = feeds(desk.newsroom, "desk", "user", "password", "ola", typed="another of mine\n")
    assert changed.returncode == 0
    assert not desk.users.knows("ola", "a password of mine")
    assert feeds(desk.newsroom, "desk", "user", "remove", "ola").returncode == 0
    assert feeds(desk.newsroom, "desk", "user", "remove", "ola").returncode == 2


@pytest.mark.parametrize(
    ("name", "password"),
    [("ola", "short"), ("ola", ""), ("o" * 41, "long enough it is"), ("a b", "long enough it is")],
)
def test_a_name_or_password_that_is_none_is_refused(desk: DeskOf, name: str, password: str) -> None:
    with pytest.raises(FeedsError):
        desk.users.add(name, password)


def test_nobody_who_may_use_it_is_no_desk(desk: DeskOf, tmp_path: Path) -> None:
    ran = feeds(desk.newsroom, "desk", "--users", tmp_path / "none.json")
    assert ran.returncode == 2
    assert "feeds desk user add" in ran.stderr


def test_passwords_do_not_lie_among_the_pages(desk: DeskOf) -> None:
    place = locate(str(desk.newsroom.root), desk.newsroom.url)
    with pytest.raises(FeedsError, match="among the pages"):
        open_users(place, desk.newsroom.root / "users.json")
