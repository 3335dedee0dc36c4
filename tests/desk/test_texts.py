from __future__ import annotations

import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from feeds.desk.users import open_users
from feeds.newsroom import captured
from tests import captures
from tests.desk.editing import NAME, ORIGIN, DeskOf, Editor, page_of, words, written
from tests.newsrooms import NOW, SITE, TestNewsroom

FERRY = "The ferry stops on Monday, for a day, and nobody knows why.\n\nIt goes again on Tuesday."


def _files(newsroom: TestNewsroom) -> set[str]:
    found = {str(path.relative_to(newsroom.root)) for path in newsroom.root.rglob("*")}
    return {name for name in found if not name.startswith(".")}


def test_a_text_is_shown_as_it_would_be_read_and_then_becomes_a_page(
    desk: DeskOf, editor: Editor
) -> None:
    form = {"title": "Ferry stops", "date": "2026-01-13", "authors": "Ola Berg", "text": FERRY}
    shown = editor.send("/new", "/new", step="preview", **form)
    assert shown.status_code == 200
    assert "How it would be read" in words(shown)
    assert "13 January 2026" in words(shown)
    assert _files(desk.newsroom) == {"bell.txt", "site.toml"}
    done = editor.submit(page_of(shown), "/new", step="publish")
    assert done.status_code == 200, words(done)
    assert "2026-01-14-ferry-stops.txt" in _files(desk.newsroom)
    entry = next(one for one in desk.newsroom.entries() if one.title == "Ferry stops")
    assert entry.authors == ("Ola Berg",)
    assert "nobody knows why" in desk.newsroom.document().document.body.decode()


def test_a_new_page_may_wait_for_its_time_and_say_where_it_is(desk: DeskOf, editor: Editor) -> None:
    form = {"title": "Ferry stops", "text": FERRY, "url": "https://desk.test/ferry"}
    done = editor.send("/new", "/new", step="publish", embargo="2039-01-01 10:00", **form)
    assert done.status_code == 200, words(done)
    assert "Ferry stops" not in [one.title for one in desk.newsroom.entries()]
    assert "Ferry stops" in words(editor.get("/"))


def test_the_line_of_one_author_is_replaced_by_that_of_several(
    desk: DeskOf, editor: Editor
) -> None:
    page = desk.newsroom.page("net.md", "---\ntitle: Nets\nauthor: Ola Berg\n---\nThey are dry.\n")
    path = "/pages/net.md"
    assert editor.get(path).xpath("string(//textarea[@name='authors'])") == "Ola Berg"
    editor.send(path, path, authors="Ola Berg\nNora Lind", step="publish")
    head = page.read_text().split("---")[1]
    assert head == '\ntitle: Nets\nauthors: ["Ola Berg","Nora Lind"]\n'


def test_a_new_page_takes_no_others_place(desk: DeskOf, editor: Editor) -> None:
    for text in (FERRY, FERRY.replace("Monday", "Friday")):
        form = {"title": "Ferry stops", "text": text, "step": "publish"}
        assert editor.send("/new", "/new", **form).status_code == 200
    names = {"2026-01-14-ferry-stops.txt", "2026-01-14-ferry-stops-2.txt"}
    assert names <= _files(desk.newsroom)


@pytest.mark.parametrize(
    "name",
    [
        "../../outside.txt",
        "/etc/outside.txt",
        "..\\..\\outside.txt",
        "source/../../outside.txt",
        ".outside.txt",
        "outside\x00.txt",
        "o" * 300 + ".txt",
        "\u202eoutside.txt",
        "....txt",
    ],
)
def test_whatever_a_file_is_called_it_comes_to_lie_in_the_folder(
    desk: DeskOf, editor: Editor, name: str
) -> None:
    before = {path for path in desk.newsroom.root.parent.rglob("*") if path.is_file()}
    page = FERRY.replace("\n\n", "\n").encode()
    answer = editor.send("/new", "/new", file=(BytesIO(b"Ferry stops\n\n" + page), name))
    assert answer.status_code == 200, words(answer)
    after = {path for path in desk.newsroom.root.parent.rglob("*") if path.is_file()}
    (new,) = (path for path in after - before if "instance" not in path.parts)
    assert new.parent == desk.newsroom.root
    assert new.name.startswith("2026-01-14-")
    assert len(new.name) < 100
    assert new.stat().st_mode & 0o111 == 0


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.exe", b"MZ"),
        ("page.svg", b"<svg/>"),
        ("page", FERRY.encode()),
        ("site.toml", b"[site]"),
        ("decisions.toml", b"[[decision]]"),
        ("pages.csv", b"path,date"),
        ("page.txt", b""),
        ("page.txt", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("page.docx", b"PK\x03\x04 no document"),
        ("page.html", b"%PDF-1.7"),
    ],
)
def test_what_is_no_page_is_refused_and_not_kept(
    desk: DeskOf, editor: Editor, name: str, data: bytes
) -> None:
    answer = editor.send("/new", "/new", file=(BytesIO(data), name))
    assert answer.status_code == 400, words(answer)
    assert _files(desk.newsroom) == {"bell.txt", "site.toml"}


def test_what_is_too_large_is_refused_unread(desk: DeskOf, editor: Editor) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="page.txt"\r\n\r\n'
    token = editor.get("/new").xpath("//input[@name='csrf_token']/@value")[0]
    answer = editor.client.post(
        "/new",
        base_url=ORIGIN,
        data=head + b"Ferry\n" * 2_000_000 + b"\r\n--x--",
        content_type="multipart/form-data; boundary=x",
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == 413
    assert editor.send("/new", "/new", text="x" * 2_000_000).status_code == 413
    assert _files(desk.newsroom) == {"bell.txt", "site.toml"}


def test_front_matter_is_shown_before_it_is_written_and_the_files_time_stays(
    desk: DeskOf, editor: Editor
) -> None:
    file = desk.newsroom.root / "bell.txt"
    before, saved = file.read_bytes(), file.stat().st_mtime_ns
    shown = editor.send("/pages/bell.txt", "/pages/bell.txt", date="2026-01-11", authors="A\nB")
    assert 'date: "2026-01-11"' in words(shown)
    assert file.read_bytes() == before
    done = editor.submit(page_of(shown), "/pages/bell.txt", step="publish")
    assert done.status_code == 200, words(done)
    head = b'---\ndate: "2026-01-11"\nauthors: ["A","B"]\n---\n'
    assert file.read_bytes() == head + before
    assert file.stat().st_mtime_ns == saved
    entry = next(one for one in desk.newsroom.entries() if one.title.startswith("Bell"))
    assert entry.stated is not None
    assert entry.stated.iso == "2026-01-11"
    assert len(desk.newsroom.entries()) == 4


def test_a_page_that_changed_meanwhile_is_not_written_over(desk: DeskOf, editor: Editor) -> None:
    page = editor.get("/pages/bell.txt")
    changed = desk.newsroom.page("bell.txt", "Bell is gone again\n\nNobody saw it go.\n")
    late = editor.submit(page, "/pages/bell.txt", date="2026-01-11", step="publish")
    assert late.status_code == 409
    assert "changed meanwhile" in words(late)
    assert changed.read_text() == "Bell is gone again\n\nNobody saw it go.\n"


def test_a_page_is_held_until_its_embargo_and_released(desk: DeskOf, editor: Editor) -> None:
    desk.newsroom.page("crane.txt", "Crane is painted\n\nThe crane is green again, and dry.\n")
    path = "/pages/crane.txt"
    editor.send(path, path, embargo="2039-01-20 10:00", step="publish")
    assert "Crane is painted" not in [one.title for one in desk.newsroom.entries()]
    assert "Crane is painted" in words(editor.get("/"))
    editor.send(path, path, embargo="", step="publish")
    assert "Crane is painted" in [one.title for one in desk.newsroom.entries()]


def test_of_a_page_of_html_the_table_beside_it_says_what_is_right(
    desk: DeskOf, editor: Editor
) -> None:
    page = "<html><body><article><h1>Crane is painted</h1><p>{}</p></article></body></html>"
    desk.newsroom.page("crane.html", page.format("It is green again, and it is dry. " * 5))
    desk.newsroom.page("pages.csv", "path;Title\nbell.txt;Bell is back\n")
    path = "/pages/crane.html"
    values = {"date": "2026-01-11", "authors": "Nora Lind\nOla Berg"}
    shown = editor.send(path, path, **values)
    assert "authors: Nora Lind | Ola Berg" in words(shown)
    table = desk.newsroom.root / "pages.csv"
    assert table.read_text() == "path;Title\nbell.txt;Bell is back\n"
    assert editor.submit(page_of(shown), path, step="publish").status_code == 200
    assert table.read_text() == (
        "path;Title;date;authors\n"
        "bell.txt;Bell is back\n"
        "crane.html;;2026-01-11;Nora Lind | Ola Berg\n"
    )
    crane = next(one for one in desk.newsroom.entries() if one.title == "Crane is painted")
    assert crane.authors == ("Nora Lind", "Ola Berg")
    assert crane.stated is not None
    assert crane.stated.iso == "2026-01-11"
    assert editor.get(path).xpath("string(//textarea[@name='authors'])") == "Nora Lind\nOla Berg"
    assert editor.send(path, path, date="", step="publish").status_code == 200
    assert "crane.html;;;Nora Lind | Ola Berg\n" in table.read_text()


def test_a_table_that_is_a_link_stays_where_it_leads(desk: DeskOf, editor: Editor) -> None:
    elsewhere = desk.newsroom.root / "table.csv"
    elsewhere.write_text("path,title\n")
    desk.newsroom.page("crane.html", "<html><body><h1>Crane</h1><p>It is green.</p></body></html>")
    (desk.newsroom.root / "pages.csv").symlink_to(elsewhere)
    path = "/pages/crane.html"
    answer = editor.send(path, path, date="2026-01-11", step="publish")
    assert answer.status_code == 400
    assert "it is a link" in words(answer)
    assert elsewhere.read_text() == "path,title\n"


def test_a_table_that_can_not_be_read_is_not_written(desk: DeskOf, editor: Editor) -> None:
    desk.newsroom.page("crane.html", "<html><body><h1>Crane</h1><p>It is green.</p></body></html>")
    editor.get("/pages/crane.html")
    page = editor.get("/pages/crane.html")
    desk.newsroom.page("pages.csv", "file,title\nbell.txt,Bell\n")
    answer = editor.submit(page, "/pages/crane.html", date="2026-01-11", step="publish")
    assert answer.status_code >= 400
    assert (desk.newsroom.root / "pages.csv").read_text() == "file,title\nbell.txt,Bell\n"


def test_where_pages_come_from_elsewhere_the_desk_writes_decisions_alone(tmp_path: Path) -> None:
    newsroom = TestNewsroom(tmp_path / "desk", f'{SITE}\n[desk]\npages = "elsewhere"\n')
    newsroom.page("bell.txt")
    newsroom.publish()
    desk = DeskOf(newsroom)
    editor = desk.editor()
    assert "writes decisions alone" in words(editor.get("/pages/bell.txt"))
    editor.get("/new", 403)
    token = editor.get("/").xpath("//input[@name='csrf_token']/@value")[0]
    for path in ("/new", "/pages/bell.txt"):
        assert editor.post(path, {"csrf_token": token, "date": "2026-01-11"}).status_code == 403
    assert open_users(desk.place).names


@pytest.mark.parametrize(
    "path", ["site.toml", "../instance/desk-users.json", "%2e%2e/x.txt", "no.txt", "bell.txt/x"]
)
def test_what_is_no_page_of_the_newsroom_is_not_shown(editor: Editor, path: str) -> None:
    for room in ("pages", "frames"):
        editor.get(f"/{room}/{path}", 404)


def test_a_misspelt_decision_is_shown_first_and_mended(desk: DeskOf, editor: Editor) -> None:
    desk.newsroom.decide('action = "retrakt"\nentry = "Pilot boat gets another engine"')
    editor.send("/", "/publish")
    page = editor.get("/")
    assert words(page).index("decisions.toml:2") < words(page).index("What readers have")
    table = editor.get("/decisions").xpath("//textarea[@name='after']")[0].text
    wrong = editor.send("/decisions", "/decisions", after=table.replace("retrakt", "retrack"))
    assert wrong.status_code == 400
    assert "retrakt" in written(desk.newsroom)
    assert "retrack" in page_of(wrong).xpath("//textarea[@name='after']")[0].text
    right = editor.send("/decisions", "/decisions", after=table.replace("retrakt", "retract"))
    assert right.status_code == 200, words(right)
    assert "Pilot boat" not in desk.newsroom.document().document.body.decode()
    assert "There are none." in words(editor.get("/decisions"))
    assert f'mended_by = "{NAME}"' in written(desk.newsroom)
    assert f"mended_by {NAME}" in words(editor.get("/log"))


def test_a_captured_page_is_shown_as_it_looked_and_the_table_says_what_is_right(
    desk: DeskOf, editor: Editor
) -> None:
    words_of_it = "It is green again, and it is dry. " * 5
    markup = f"<html><body><article><h1>Crane is painted</h1>\n<p>{words_of_it}</p></article>"
    moment = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
    made = captures.captured("https://desk.test/crane", moment, markup)
    name = captured.save(desk.newsroom.root, made)
    desk.newsroom.publish()
    frame = editor.client.get(f"/frames/{name}", base_url="https://desk.test")
    assert "Crane is painted\n<p>It is green" in frame.text
    assert "WARC" not in frame.text
    path = f"/pages/{name}"
    assert "It is green again" in words(editor.get(path))
    editor.send(path, path, date="2026-01-09", step="publish")
    table = (desk.newsroom.root / "pages.csv").read_text(encoding="utf-8")
    assert table.splitlines()[-1].startswith("captured/crane,")
    crane = next(one for one in desk.newsroom.entries() if one.title == "Crane is painted")
    assert crane.stated is not None
    assert crane.stated.iso == "2026-01-09"


BROKEN = '---\ntitle: "Bell is back\nstatus: draft\n---\nThe bell is back, and it rings again.\n'


def test_first_lines_that_can_not_be_understood_are_mended_as_text(
    desk: DeskOf, editor: Editor
) -> None:
    file = desk.newsroom.page("back.md", BROKEN)
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    editor.send("/", "/publish")
    page = editor.get("/pages/back.md")
    (head,) = page.xpath("//textarea[@name='head']")
    assert head.text.strip() == BROKEN.partition("---\nThe")[0] + "---"
    wrong = editor.submit(page, "/heads/back.md", head='---\ntitle: "Bell\n---')
    assert wrong.status_code == 400
    assert file.read_text() == BROKEN
    assert 'title: "Bell\n' in page_of(wrong).xpath("string(//textarea[@name='head'])")
    right = editor.submit(page, "/heads/back.md", head="---\r\ntitle: Bell is back\r\n---")
    assert right.status_code == 200, words(right)
    assert (
        file.read_text() == "---\ntitle: Bell is back\n---\nThe bell is back, and it rings again.\n"
    )
    assert file.stat().st_mtime == NOW.timestamp()
    assert "Bell is back" in [one.title for one in desk.newsroom.entries()]


def test_first_lines_that_somebody_else_changed_are_not_written_over(
    desk: DeskOf, editor: Editor
) -> None:
    file = desk.newsroom.page("back.md", BROKEN)
    page = editor.get("/pages/back.md")
    file.write_text(BROKEN.replace("rings", "sings"))
    late = editor.submit(page, "/heads/back.md", head="---\ntitle: Bell\n---")
    assert late.status_code == 409
    assert "changed meanwhile" in words(late)
    assert "title: Bell" in page_of(late).xpath("string(//textarea[@name='head'])")
    assert file.read_text() == BROKEN.replace("rings", "sings")


@pytest.mark.parametrize("name", ["junk.html", "junk.txt"])
def test_a_page_that_is_none_is_named_with_what_to_do_and_left_alone(
    desk: DeskOf, editor: Editor, name: str
) -> None:
    file = desk.newsroom.page(name, b"\x00\x01\x02\xff" * 50)
    editor.send("/", "/publish")
    told = words(editor.get(f"/pages/{name}", 409))
    assert "This page can't be read" in told
    assert "Save the page again" in told
    assert file.read_bytes() == b"\x00\x01\x02\xff" * 50


def test_several_files_are_handed_in_together_or_none_of_them(desk: DeskOf, editor: Editor) -> None:
    before = _files(desk.newsroom)
    nets = ("nets.txt", b"Nets are sold\n\nThey were sold to two brothers who have no boat.\n")
    crane = ("crane.txt", b"Crane is painted\n\nThe crane is green again, and dry.\n")
    assert _handed_in(editor, nets, ("crane.exe", crane[1])).status_code == 400
    assert _handed_in(editor, nets, ("crane.txt", b"\x00\x01" * 50)).status_code == 400
    assert _handed_in(editor, *[nets] * 21).status_code == 400
    assert _files(desk.newsroom) == before
    done = _handed_in(editor, nets, crane)
    assert done.status_code == 200, words(done)
    titles = [one.title for one in desk.newsroom.entries()]
    assert {"Nets are sold", "Crane is painted"} <= {*titles}
    assert len(page_of(done).xpath("//main//li/a[starts-with(@href, '/stories/')]")) == 2


def _handed_in(editor: Editor, *files: tuple[str, bytes]) -> TestResponse:
    token = editor.get("/new").xpath("//input[@name='csrf_token']/@value")[0]
    sent = [(BytesIO(data), name) for name, data in files]
    return editor.post("/new", {"csrf_token": token, "file": sent})


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil.txt", "..\\evil.txt", ".evil.txt", "evil\x01.txt"]
)
def test_a_file_of_whatever_name_stays_in_the_folder_under_another(
    desk: DeskOf, editor: Editor, name: str
) -> None:
    before = _files(desk.newsroom)
    data = b"Crane is painted\n\nThe crane is green again, and dry.\n"
    assert _handed_in(editor, (name, data)).status_code == 200
    (made,) = _files(desk.newsroom) - before
    assert made == "2026-01-14-evil.txt"


def test_the_head_of_what_is_no_page_or_outside_is_not_written(
    desk: DeskOf, editor: Editor
) -> None:
    token = editor.get("/").xpath("//input[@name='csrf_token']/@value")[0]
    for path in ("site.toml", "../x.md", "%2e%2e/x.md", "none.md"):
        answer = editor.post(f"/heads/{path}", {"csrf_token": token, "head": "---\na: b\n---"})
        assert answer.status_code in {404, 308}, path
    assert editor.post("/heads/bell.txt", {"head": "x"}).status_code == 403
    assert "a: b" not in (desk.newsroom.root / "site.toml").read_text()


def test_who_hands_in_a_file_is_told_what_it_became(editor: Editor) -> None:
    data = {"file": (BytesIO(b"Nets are dry\n\nThey hung along the quay.\n"), "nets.txt")}
    page = editor.get("/new")
    token = page.xpath("string(//input[@name='csrf_token']/@value)")
    done = editor.post("/new", {**data, "csrf_token": token})
    assert done.status_code == 200, words(done)
    assert "Nets are dry · Date not stated" in words(done)


def test_of_several_files_with_a_bad_one_none_is_taken_and_it_is_said(
    desk: DeskOf, editor: Editor
) -> None:
    before = _files(desk.newsroom)
    good = (BytesIO(b"Nets are dry\n\nThey hung along the quay.\n"), "nets.txt")
    token = editor.get("/new").xpath("string(//input[@name='csrf_token']/@value)")
    form = {"file": [good, (BytesIO(b""), "bad.txt")], "csrf_token": token}
    answer = editor.post("/new", form)
    assert answer.status_code == 400
    assert "None of these files was taken." in words(answer)
    assert _files(desk.newsroom) == before
