"""Stories that a program hands in: ``POST /stories``."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from feeds.desk.users import TOKEN_MARK
from feeds.model.errors import FeedsError
from feeds.newsroom import pushed_page
from feeds.readers import read_page
from feeds.text import characters
from tests.desk.editing import ORIGIN, DeskOf, Editor
from tests.newsrooms import FEEDS, PROJECT, SITE, feeds
from tests.web.asking import HOST, port_of_ours, wait_for

FERRY: dict[str, Any] = {
    "title": "Ferry to the islands stops",
    "url": "https://desk.test/ferry.html",
    "date": "2026-01-13T09:30:00+04:00",
    "authors": ["Ola Berg", "Nora Lind"],
    "categories": ["Traffic"],
    "summary": "No boat before the 21st.",
    "html": "<p>The ferry stops on <em>Monday</em>.</p><blockquote><p>Nobody knows why.</p>"
    "</blockquote><ul><li>It goes again on Tuesday.</li></ul>",
}
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<link rel="canonical" href="https://desk.test/nets.html"><title>Nets are dry</title></head>
<body><article><h1>Nets are dry after the storm</h1>
<time datetime="2026-01-12">12 January 2026</time>
<p>All nets were hung up along the quay, and the wind did the rest.</p>
<p>The harbour office says that they may stay until Friday.</p></article></body></html>"""


class Cms:
    """A program that hands in stories."""

    def __init__(self, desk: DeskOf) -> None:
        self.desk = desk
        self.client = desk.app.test_client()
        self.token = desk.users.add_program("cms")

    def send(self, story: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        sent = {"json": story} if story is not None else {}
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        return self.client.post("/stories", base_url=ORIGIN, headers=headers, **sent, **more)

    def send_page(
        self, page: str | bytes, query: str = "", kind: str = "text/html"
    ) -> TestResponse:
        return self.send(data=page, content_type=kind, query_string=query)

    def files(self) -> list[str]:
        root = self.desk.newsroom.root
        return sorted(str(path.relative_to(root)) for path in root.glob("pushed/*"))

    def titles(self) -> list[str]:
        return sorted(entry.title for entry in self.desk.newsroom.entries())


@pytest.fixture
def cms(desk: DeskOf) -> Cms:
    """A program with a token, at the desk of a newsroom that has published PAGE."""
    return Cms(desk)


def test_a_story_that_is_handed_in_is_published_and_answered_with_what_was_understood(
    cms: Cms,
) -> None:
    answer = cms.send(FERRY)
    assert answer.status_code == 201, answer.text
    told = answer.get_json()
    understood = told["understood"]
    assert understood["title"] == FERRY["title"]
    assert understood["published"] == "2026-01-13T09:30:00+04:00"
    assert understood["authors"] == ["Ola Berg", "Nora Lind"]
    assert understood["categories"] == ["Traffic"]
    assert understood["paragraphs"] == [
        "The ferry stops on Monday.", "Nobody knows why.", "It goes again on Tuesday.",
    ]  # fmt: skip
    assert understood["dropped"] == []
    assert told["is_changed"]
    assert told["entry"]["is_public"]
    assert told["page"] == cms.files()[0]
    body = cms.desk.newsroom.document().document.body.decode()
    assert "It goes again on Tuesday." in body
    assert told["entry"]["id"] in body


def test_the_same_story_again_changes_nothing(cms: Cms) -> None:
    first = cms.send(FERRY).get_json()
    before = cms.desk.newsroom.document().document.body
    second = cms.send(FERRY)
    assert second.status_code == 200
    told = second.get_json()
    assert not told["is_changed"]
    assert (told["page"], told["entry"]) == (first["page"], first["entry"])
    assert cms.desk.newsroom.document().document.body == before


def test_another_headline_at_the_same_address_is_the_same_entry(cms: Cms) -> None:
    first = cms.send(FERRY).get_json()
    changed = {
        **FERRY,
        "title": "Nothing goes to the islands any more",
        "html": "<p>Other words.</p>",
    }
    second = cms.send(changed)
    assert second.status_code == 200
    assert second.get_json()["entry"]["id"] == first["entry"]["id"]
    assert changed["title"] in cms.titles()
    assert FERRY["title"] not in cms.titles()
    assert len(cms.files()) == 1


def test_a_number_is_an_id_by_which_a_story_is_known_at_another_address(cms: Cms) -> None:
    first = cms.send({**FERRY, "id": 4711}).get_json()
    moved = cms.send({**FERRY, "id": 4711, "url": "https://desk.test/traffic/ferry.html"})
    assert moved.status_code == 200
    told = moved.get_json()
    assert (told["entry"]["id"], told["page"]) == (first["entry"]["id"], first["page"])
    assert first["entry"]["id"].startswith("tag:")
    assert len(cms.files()) == 1


def test_a_story_that_first_came_by_its_address_may_get_an_id_of_its_own_address(cms: Cms) -> None:
    first = cms.send({**FERRY, "id": "https://desk.test/?p=7"}).get_json()
    assert first["entry"]["id"] == "https://desk.test/?p=7"
    again = cms.send(FERRY).get_json()
    assert (again["entry"]["id"], again["page"]) == (first["entry"]["id"], first["page"])


def test_who_sends_ids_from_some_day_on_goes_on_with_the_same_entries(cms: Cms) -> None:
    first = cms.send(FERRY).get_json()
    numbered = cms.send({**FERRY, "id": 9})
    assert numbered.status_code == 200
    assert numbered.get_json()["entry"]["id"] == first["entry"]["id"]
    changed = cms.send({**FERRY, "html": "<p>It goes again.</p>"}).get_json()
    assert changed["is_current"]
    moved = cms.send({**FERRY, "id": 9, "url": "https://desk.test/other.html"}).get_json()
    assert moved["entry"]["id"] == first["entry"]["id"]
    assert len(cms.files()) == 1
    assert cms.desk.newsroom.publish().problems == []


def test_the_numbers_of_two_programs_are_two_stories(cms: Cms) -> None:
    cms.send({**FERRY, "id": 7})
    other = {**FERRY, "id": 7, "title": "Rowing club wins", "url": "https://desk.test/rowing.html"}
    token = cms.desk.users.add_program("sports")
    assert cms.send(other, headers={"Authorization": f"Bearer {token}"}).status_code == 201
    assert set(cms.titles()) >= {FERRY["title"], other["title"]}


@pytest.mark.parametrize(
    "url", ["https://desk.test/", "https://desk.test", "/", "https://[bad", "javascript:alert(1)"]
)
def test_what_is_no_address_of_a_story_tells_no_story_from_another(cms: Cms, url: str) -> None:
    assert cms.send({**FERRY, "url": url}).status_code == 422
    assert cms.files() == []


def test_another_spelling_of_an_address_is_the_same_page_before_it_is_published_too(
    cms: Cms,
) -> None:
    cms.send({**FERRY, "url": "https://desk.test/ferry", "status": "draft"})
    for url in (
        "http://www.desk.test/ferry/",
        "/ferry?utm_source=cms",
        "https://desk.test/ferry#x",
    ):
        answer = cms.send({**FERRY, "url": url})
        assert answer.status_code == 200, (url, answer.text)
    assert len(cms.files()) == 1


def test_readers_go_on_having_a_story_that_is_sent_as_a_draft_and_the_answer_says_so(
    cms: Cms,
) -> None:
    cms.send(FERRY)
    answer = cms.send({**FERRY, "status": "draft", "title": "Not this"})
    assert answer.status_code == 202
    told = answer.get_json()
    assert not told["is_current"]
    assert told["entry"]["is_public"]
    assert FERRY["title"] in cms.desk.newsroom.document().document.body.decode()


def test_links_to_other_stories_within_a_text_are_no_headlines_of_the_site(cms: Cms) -> None:
    before = cms.titles()
    related = "".join(
        f'<li><a href="/n/{day}">The {name} boat gets another engine today</a> '
        f'<time datetime="2026-01-0{day}">{day} January 2026</time></li>'
        for day, name in enumerate(("pilot", "rescue", "fishing"), 3)
    )
    html = f"{FERRY['html']}<h3>Related</h3><ul>{related}</ul><p>More tomorrow.</p>"
    told = cms.send({**FERRY, "html": html}).get_json()
    assert told["understood"]["latest"] == []
    assert told["understood"]["paragraphs"][-1] == "More tomorrow."
    assert sorted([*before, FERRY["title"]]) == cms.titles()


def test_what_is_wrong_here_is_no_fault_of_the_story(cms: Cms) -> None:
    file = cms.desk.newsroom.root / "pushed"
    file.write_text("no folder")
    answer = cms.send(FERRY)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    file.unlink()
    assert cms.send(FERRY).status_code == 201


def test_a_folder_that_leads_elsewhere_is_not_written_into(cms: Cms, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (cms.desk.newsroom.root / "pushed").symlink_to(tmp_path / "elsewhere")
    assert cms.send(FERRY).status_code == 503
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_letters_that_no_page_has_are_left_out(cms: Cms) -> None:
    told = cms.send({**FERRY, "title": "Ferry\x7f to the\x93 islands\uffff stops"}).get_json()
    assert told["understood"]["title"] == FERRY["title"]


def test_another_id_at_the_same_address_is_another_story(cms: Cms) -> None:
    cms.send({**FERRY, "id": 1})
    other = {**FERRY, "id": 2, "title": "Pilot boat gets another engine", "html": "<p>It runs.</p>"}
    assert cms.send(other).status_code == 201
    assert len(cms.files()) == 2
    assert cms.send({**FERRY, "id": 1}).status_code == 200
    assert len(cms.files()) == 2
    assert set(cms.titles()) >= {FERRY["title"], other["title"]}


def test_a_ledger_that_is_built_again_gives_the_ids_of_before_whatever_was_changed(
    cms: Cms,
) -> None:
    cms.send(FERRY)
    cms.send({**FERRY, "title": "Nothing goes to the islands any more"})
    before = {entry.id: entry.title for entry in cms.desk.newsroom.entries()}
    cms.desk.newsroom.lose_ledger()
    cms.desk.newsroom.publish(rebuild=True)
    assert {entry.id: entry.title for entry in cms.desk.newsroom.entries()} == before


def test_a_page_of_html_is_kept_as_it_came_and_known_by_its_own_address(cms: Cms) -> None:
    answer = cms.send_page(PAGE)
    assert answer.status_code == 201, answer.text
    told = answer.get_json()
    assert told["understood"]["title"] == "Nets are dry after the storm"
    assert told["understood"]["url"] == "https://desk.test/nets.html"
    kept = (cms.desk.newsroom.root / told["page"]).read_text("utf-8-sig")
    assert kept.endswith(PAGE)
    assert cms.send_page(PAGE).status_code == 200
    assert len(cms.files()) == 1


def test_what_a_page_of_html_does_not_say_may_stand_in_the_address(cms: Cms) -> None:
    page = PAGE.replace('<link rel="canonical" href="https://desk.test/nets.html">', "")
    assert cms.send_page(page).status_code == 422
    answer = cms.send_page(
        page, "url=https://desk.test/n.html&date=2026-01-11&authors=Nora+Lind&authors=Ola+Berg"
    )
    understood = answer.get_json()["understood"]
    assert understood["authors"] == ["Nora Lind", "Ola Berg"]
    assert (understood["url"], understood["published"]) == (
        "https://desk.test/n.html",
        "2026-01-11",
    )


def test_a_page_in_another_encoding_is_read_as_its_header_says(cms: Cms) -> None:
    page = PAGE.replace("Nets are dry after the storm", "Сети сухие после шторма")
    page = page.replace('<meta charset="utf-8">', "").replace('lang="en"', 'lang="ru"')
    answer = cms.send_page(page.encode("cp1251"), kind="text/html; charset=windows-1251")
    assert answer.get_json()["understood"]["title"] == "Сети сухие после шторма"


def test_plain_text_becomes_paragraphs_and_none_of_it_is_markup(cms: Cms) -> None:
    text = "The ferry <b>stops</b> & nobody\nknows why.\r\n\r\nIt goes again."
    story = {name: value for name, value in FERRY.items() if name != "html"}
    understood = cms.send({**story, "text": text}).get_json()["understood"]
    assert understood["paragraphs"] == [
        "The ferry <b>stops</b> & nobody knows why.", "It goes again.",
    ]  # fmt: skip


def test_a_draft_and_an_embargo_are_kept_back_and_the_answer_says_so(cms: Cms) -> None:
    for kept_back in ({"status": "draft"}, {"embargo": "2039-01-01 10:00"}):
        answer = cms.send({**FERRY, **kept_back})
        assert answer.status_code == 202, answer.text
        assert answer.get_json()["entry"] is None
    assert FERRY["title"] not in cms.titles()
    assert cms.send(FERRY).status_code == 200


def test_a_story_is_taken_back_by_its_status_without_its_text(cms: Cms) -> None:
    cms.send(FERRY)
    stub = {"title": FERRY["title"], "url": FERRY["url"], "status": "retracted"}
    told = cms.send(stub).get_json()
    assert not told["entry"]["is_public"]
    assert told["understood"]["warnings"] == []
    assert FERRY["title"] not in cms.desk.newsroom.document().document.body.decode()


def test_an_address_on_another_site_is_kept_and_told(cms: Cms) -> None:
    cms.desk.newsroom.configure(
        SITE.replace("[[feeds]]", 'former_urls = ["https://old.test/"]\n\n[[feeds]]', 1)
    )
    for url in ("https://desk.test/a", "http://www.desk.test/b", "/c", "https://old.test/d"):
        told = cms.send({**FERRY, "url": url}).get_json()
        assert not [line for line in told["said"] if "another site" in line], url
    away = cms.send({**FERRY, "url": "https://desk.test.example/ferry", "title": "Nets are dry"})
    assert away.status_code == 201
    assert away.get_json()["said"][0] == (
        "url: https://desk.test.example/ferry is on another site than https://desk.test/; "
        "send it again with its own address if that is a mistake"
    )


@pytest.mark.parametrize(
    ("story", "what"),
    [
        ([], "expected an object"),
        ({}, "it has no text"),
        ({"title": "Ferry", "url": "https://desk.test/f"}, "it has no text"),
        ({"html": "<p>x</p>", "url": "https://desk.test/f"}, "it has no title"),
        ({**FERRY, "text": "and a text"}, "html or text"),
        ({**FERRY, "html": ["<p>x</p>"]}, "a text in quotes"),
        ({**FERRY, "html": " "}, "it has no text"),
        ({**FERRY, "title": ["A title", "B title"]}, "expected a text"),
        ({**FERRY, "summary": "x" * 5001}, "summary: more than 5,000 characters"),
        ({**FERRY, "authors": ["x"] * 101}, "authors: more than 100"),
        ({**FERRY, "autors": "Ola Berg"}, "did you mean 'authors'?"),
        ({**FERRY, "headline": "x"}, "known: title"),
        ({**FERRY, "title": {"en": "x"}}, "expected a text"),
        ({**FERRY, "authors": [1]}, "expected a text"),
        ({"title": "Ferry", "html": "<p>x</p>"}, "an id, or the story's own url"),
    ],
)  # fmt: skip
def test_what_is_no_story_is_refused_with_what_is_expected_and_nothing_is_kept(
    cms: Cms, story: Any, what: str
) -> None:
    answer = cms.send(story)
    assert answer.status_code == 422, answer.text
    assert what in answer.get_json()["problem"]
    assert cms.files() == []


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000, b'{"title": "\\ud800"}'])
def test_what_is_no_json_is_refused(cms: Cms, data: bytes) -> None:
    answer = cms.send(data=data, content_type="application/json")
    assert answer.status_code == 422
    assert cms.files() == []


def test_other_kinds_and_larger_bodies_are_refused(cms: Cms) -> None:
    assert cms.send(data=b"x", content_type="text/plain").status_code == 415
    assert cms.send({**FERRY, "html": "x" * (9 * 1024 * 1024)}).status_code == 413
    assert cms.files() == []


def test_without_a_token_of_the_desk_nothing_is_handed_in(cms: Cms) -> None:
    removed = cms.desk.users.add_program("old")
    cms.desk.users.remove_program("old")
    for value in ("", "Bearer", "Bearer ", "Bearer x", f"Bearer {removed}", f"Basic {cms.token}"):
        answer = cms.send(FERRY, headers={"Authorization": value})
        assert answer.status_code == 401, value
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert cms.files() == []


def test_who_is_signed_in_as_an_editor_hands_in_nothing_without_a_token(desk: DeskOf) -> None:
    editor = Editor(desk.app)
    editor.sign_in()
    answer = editor.client.post("/stories", json=FERRY, base_url=ORIGIN)
    assert answer.status_code == 401


def test_a_token_opens_nothing_else(cms: Cms) -> None:
    headers = {"Authorization": f"Bearer {cms.token}"}
    for path in ("/", "/stories", "/new", "/pages/bell.txt"):
        answer = cms.client.get(path, base_url=ORIGIN, headers=headers)
        assert answer.status_code == 303, path
    assert cms.client.post("/publish", base_url=ORIGIN, headers=headers).status_code == 403


def test_where_pages_come_from_elsewhere_none_is_handed_in(cms: Cms) -> None:
    cms.desk.newsroom.configure(SITE + '\n[desk]\npages = "elsewhere"\n')
    cms.desk.newsroom.publish()
    assert cms.send(FERRY).status_code == 403


def test_whatever_an_address_is_the_page_comes_to_lie_in_its_folder(cms: Cms) -> None:
    for number, url in enumerate(
        [
            "https://desk.test/../../etc/passwd",
            "/..%2f..%2fx",
            "https://desk.test/" + "x" * 500,
            "//",
        ]
    ):
        cms.send({**FERRY, "title": f"Story number {number} of today", "url": url})
    assert all(path.startswith("pushed/") for path in cms.files())
    assert not list(cms.desk.newsroom.root.parent.glob("*.html"))


def test_of_a_token_the_file_has_a_hash_alone_and_a_command_makes_and_removes_it(
    desk: DeskOf,
) -> None:
    made = feeds(desk.newsroom, "desk", "token", "add", "cms")
    assert made.stdout.startswith(TOKEN_MARK)
    assert made.stdout.strip() not in desk.users.file.read_text()
    assert desk.users.program(made.stdout.strip()) == "cms"
    assert feeds(desk.newsroom, "desk", "token", "list").stdout == "cms\n"
    assert feeds(desk.newsroom, "desk", "token", "add", "cms").returncode == 2
    feeds(desk.newsroom, "desk", "token", "remove", "cms")
    assert desk.users.program(made.stdout.strip()) == ""


_texts = st.text(max_size=60)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["title", "summary", "url", "image", "id"]), _texts),
       st.lists(_texts, max_size=3), _texts)  # fmt: skip
def test_whatever_is_stated_is_what_is_read_above_the_page_or_it_is_refused(
    stated: dict[str, str], authors: list[str], html: str
) -> None:
    sent = json.dumps({**stated, "authors": authors, "html": f"<p>{html}"})
    try:
        pushed = pushed_page.story_of(sent.encode())
        data = pushed_page.written("pushed/x.html", pushed)
    except FeedsError:
        return
    said = {one.field: one.value for one in read_page("pushed/x.html", data).statements}
    assert said["title"] == " ".join(characters.cleaned(stated["title"]).split())


def test_the_line_in_the_docs_hands_in_a_story(cms: Cms) -> None:
    text = (PROJECT / "docs" / "operating.md").read_text()
    lines = text[text.index("    curl https://desk.example.org/stories") :].partition("\n\n")[0]
    token, public = cms.token, "https://desk.example.org"
    with port_of_ours() as port:
        process = subprocess.Popen(
            [str(FEEDS), "desk", "--port", str(port)],
            env=cms.desk.newsroom.environment(),
            text=True,
        )
        try:
            wait_for(process, port)
            line = lines.replace(public, f"http://{HOST}:{port}").replace("curl", "curl -s", 1)
            made = subprocess.run(
                ["/bin/bash", "-c", line],
                env={**os.environ, "TOKEN": token},
                stdout=subprocess.PIPE,
                check=True,
            )
        finally:
            process.terminate()
            process.wait(30)
    told = json.loads(made.stdout)
    assert told["understood"]["title"] == "Ferry to the islands stops"
    assert told["entry"]["is_public"]
