from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import g

from feeds.desk import sessions
from feeds.desk.users import Users
from tests.desk.editing import NAME, ORIGIN, PASSWORD, DeskOf, Editor, hash_of, words, written

BELL = "Bell hangs in its tower again"
PILOT = "Pilot boat gets another engine"


@pytest.fixture
def bell(desk: DeskOf) -> str:
    return f"/stories/{hash_of(desk.newsroom, BELL)}"


def _is_shown(desk: DeskOf, headline: str) -> bool:
    return any(one.title.startswith(headline) for one in desk.newsroom.entries())


def test_undoing_another_notice_leaves_the_story_taken_back(
    desk: DeskOf, editor: Editor, bell: str
) -> None:
    editor.send(bell, f"{bell}/retract", notice="It was a gong.")
    editor.send(bell, f"{bell}/retract", notice="It was a drum.")
    assert editor.send(bell, f"{bell}/undo").status_code == 200
    assert not _is_shown(desk, BELL)
    assert "It was a gong." in words(editor.get(bell))


def test_undoing_that_a_story_is_shown_again_gives_its_notice_back(
    desk: DeskOf, editor: Editor, bell: str
) -> None:
    editor.send(bell, f"{bell}/retract", notice="It was a gong.")
    editor.send(bell, f"{bell}/restore")
    assert editor.send(bell, f"{bell}/undo").status_code == 200
    assert not _is_shown(desk, BELL)
    assert "It was a gong." in words(editor.get(bell))


def test_undoing_that_a_merged_story_is_shown_again_does_not_take_it_back(
    desk: DeskOf, editor: Editor, bell: str
) -> None:
    pilot = hash_of(desk.newsroom, PILOT)
    editor.send(bell, f"{bell}/merge", other=pilot)
    editor.send(f"/stories/{pilot}", f"/stories/{pilot}/restore")
    assert editor.send(f"/stories/{pilot}", f"/stories/{pilot}/undo").status_code == 200
    assert "Merged into another" in words(editor.get(f"/stories/{pilot}"))


def test_undoing_a_merger_at_the_story_that_stayed_shows_the_other_again(
    desk: DeskOf, editor: Editor, bell: str
) -> None:
    editor.send(bell, f"{bell}/merge", other=hash_of(desk.newsroom, PILOT))
    answer = editor.send(bell, f"{bell}/undo")
    assert answer.status_code == 200, words(answer)
    assert _is_shown(desk, PILOT)


@pytest.mark.parametrize("sign", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_decision_in_a_file_of_another_editor_is_mended_and_nothing_else_changes(
    desk: DeskOf, editor: Editor, sign: str, end: str
) -> None:
    file = desk.newsroom.root / "decisions.toml"
    rows = [
        "[[decision]]", 'action = "retract"', f'entry = "{PILOT}"', "",
        "[[decision]]", 'action = "retract"', "",
        "[[decision]]", 'action = "restore"', f'entry = "{PILOT}"', 'reason = "ə"', "",
    ]  # fmt: skip
    file.write_bytes(f"{sign}{end.join(rows)}".encode())
    table = editor.get("/decisions").xpath("//textarea[@name='after']")[0].text
    after = table.strip() + '\nentry = "Ferry to run at night"'
    answer = editor.send("/decisions", "/decisions", after=after.replace("\n", "\r\n"))
    assert answer.status_code == 200, words(answer)
    mended = f'mended_by = "{NAME}"'
    made = [*rows[:5], mended, rows[5], 'entry = "Ferry to run at night"', *rows[6:]]
    assert file.read_bytes() == f"{sign}{end.join(made)}".encode()


def test_mending_changes_no_decision_that_is_understood(desk: DeskOf, editor: Editor) -> None:
    desk.newsroom.decide(f'action = "correct"\nentry = "{PILOT}"\ntitle = "Pilot"')
    desk.newsroom.decide('action = "retrakt"\nentry = "Ferry"')
    before = written(desk.newsroom)
    answer = editor.send(
        "/decisions",
        "/decisions",
        before=before.strip(),
        after=before.replace("Pilot", "Other").replace("retrakt", "retract"),
    )
    assert answer.status_code == 400
    assert written(desk.newsroom) == before


def test_decisions_that_are_not_utf_8_are_shown(desk: DeskOf, editor: Editor) -> None:
    file = desk.newsroom.root / "decisions.toml"
    file.write_bytes(
        '[[decision]]\naction = "retract"\nentry = "Cəfər"\n'.encode() + b'notice = "\xe9t\xe9"\n'
    )
    editor.get("/decisions")
    editor.get("/")
    file.write_bytes("\ufeff".encode("utf-16-le") + "[[decision]]".encode("utf-16-le"))
    editor.get("/decisions")
    editor.get("/")


@pytest.mark.parametrize("name", ["two  blanks.txt", "soft\u00adhyphen.txt"])
def test_a_page_with_an_odd_name_is_published_under_it(
    desk: DeskOf, editor: Editor, name: str
) -> None:
    desk.newsroom.page(name, "Crane is painted\n\nThe crane is green again, and dry.\n")
    path = f"/pages/{quote(name)}"
    answer = editor.send(path, path, title="Crane is green", step="publish")
    assert answer.status_code == 200, words(answer)
    assert _is_shown(desk, "Crane is green")


@pytest.mark.parametrize(
    ("act", "values"),
    [
        ("correct", {"summary": "x" * 300_000}),
        ("retract", {"notice": "x" * 300_000}),
    ],
)
def test_what_is_too_long_for_a_command_is_not_done_and_said(
    editor: Editor, bell: str, act: str, values: dict[str, str]
) -> None:
    answer = editor.send(bell, f"{bell}/{act}", step="publish", **values)
    assert answer.status_code in {400, 409}
    assert "too long" in words(answer)


@pytest.mark.parametrize(
    "evil", ["--erase", "a\0b\n--erase", "\ud800", '"]\nerase = true', "\x1b[2J"]
)
def test_what_is_typed_is_a_value_and_no_option(
    desk: DeskOf, editor: Editor, bell: str, evil: str
) -> None:
    typed = evil.encode("utf-8", "surrogatepass")
    answer = editor.send(bell, f"{bell}/retract", notice=typed, reason=typed)
    assert answer.status_code == 200, words(answer)
    assert not _is_shown(desk, BELL)
    assert "\nerase = true" not in written(desk.newsroom)
    for path in (bell, "/log", "/stories?hidden=1"):
        editor.get(path)


def test_a_page_with_a_null_character_in_its_name_is_not_let_go(editor: Editor) -> None:
    page = editor.get("/")
    token = page.xpath("//input[@name='csrf_token']/@value")[0]
    answer = editor.post("/gone", {"csrf_token": token, "path": "a\0.txt"})
    assert answer.status_code == 409
    assert "nothing was done" in words(answer)


def test_a_person_who_is_removed_and_added_again_has_no_session_of_before(desk: DeskOf) -> None:
    editor = desk.editor()
    desk.users.remove(NAME)
    desk.users.add(NAME, PASSWORD)
    editor.get("/stories", 303)


def test_no_change_of_people_is_lost_by_another_at_the_same_time(desk: DeskOf) -> None:
    names = [f"editor{number}" for number in range(8)]
    for name in names:
        desk.users.add(name, PASSWORD)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: Users(desk.users.file).sign_out(name), names * 4))
        list(pool.map(lambda name: Users(desk.users.file).remove(name), names))
    assert desk.users.names == [NAME]


def test_of_a_page_with_lines_of_two_kinds_only_what_is_above_changes(
    desk: DeskOf, editor: Editor
) -> None:
    body = b"Crane is painted\r\n\r\nThe crane is green again, and dry.\nIt is\r\nthat.\n"
    file = desk.newsroom.page("crane.txt", body)
    path = "/pages/crane.txt"
    answer = editor.send(path, path, title="Crane", step="publish")
    assert answer.status_code == 200, words(answer)
    assert file.read_bytes().endswith(body)
    answer = editor.send(path, path, title="Crane again", step="publish")
    assert answer.status_code == 200, words(answer)
    assert file.read_bytes().endswith(b"\n" + body)


def test_strangers_are_told_of_no_path(desk: DeskOf) -> None:
    stranger = Editor(desk.app)
    page = stranger.get("/sign-in")
    desk.users.file.write_text("{")
    answer = stranger.submit(page, "/sign-in", name=NAME, password=PASSWORD)
    assert answer.status_code == 500
    assert "instance" not in answer.text


@pytest.mark.parametrize(
    "path", ["/pages/bell.txt%00", "/frames/a%00", "/stories/%00", "/stories?q=%00"]
)
def test_nothing_has_a_null_character_in_its_address(editor: Editor, path: str) -> None:
    editor.get(path, 404)


def test_where_nothing_was_decided_there_is_nothing_to_mend(editor: Editor) -> None:
    assert "There are none." in words(editor.get("/decisions"))


def test_a_link_to_another_page_is_not_written_over(desk: DeskOf, editor: Editor) -> None:
    link, before = desk.newsroom.root / "crane.txt", (desk.newsroom.root / "bell.txt").read_bytes()
    link.symlink_to("bell.txt")
    answer = editor.send("/pages/crane.txt", "/pages/crane.txt", title="Crane", step="publish")
    assert answer.status_code == 400
    assert "link to another file" in words(answer)
    assert link.is_symlink()
    assert (desk.newsroom.root / "bell.txt").read_bytes() == before


@pytest.mark.parametrize("room", ["pages", "frames"])
def test_nothing_outside_the_folder_is_shown(
    desk: DeskOf, editor: Editor, tmp_path: Path, room: str
) -> None:
    (tmp_path / "secret.html").write_text("<html><body><h1>Secret</h1><p>Word.</p></body></html>")
    (desk.newsroom.root / "crane.html").symlink_to(tmp_path / "secret.html")
    page = editor.get(f"/{room}/crane.html", 409 if room == "pages" else 500)
    assert "outside the newsroom" in words(page)
    assert "Word." not in words(page)


def test_a_name_that_a_proxy_writes_in_utf_8_is_read_so(desk: DeskOf) -> None:
    behind = DeskOf(desk.newsroom, header="RemoteUser", peer="127.0.0.1")
    environ = {"HTTP_REMOTEUSER": "Ləman".encode().decode("latin-1"), "REMOTE_ADDR": "127.0.0.1"}
    answer = behind.app.test_client().get("/log", base_url=ORIGIN, environ_overrides=environ)
    assert answer.status_code == 200
    with behind.app.test_request_context("/", environ_overrides=environ):
        assert sessions.let_in() is None
        assert g.user == "Ləman"


def test_of_very_many_problems_the_first_are_shown(desk: DeskOf, editor: Editor) -> None:
    for number in range(110):
        desk.newsroom.page(f"page{number}.txt", b"\x00\x01\x02" * 50)
    desk.newsroom.publish()
    page = editor.get("/")
    assert all(len(one) <= 101 for one in page.find_class("problems"))
    assert " more" in words(page)


def test_what_went_wrong_inside_is_not_said_to_be_undone(
    desk: DeskOf, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    page = editor.get("/")
    monkeypatch.setattr(desk.app, "testing", False)
    monkeypatch.setattr("feeds.desk.commands.run", fail)
    answer = editor.submit(page, "/publish")
    assert answer.status_code == 500
    assert "Nothing was done" not in words(answer)
