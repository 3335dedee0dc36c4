from __future__ import annotations

from io import BytesIO
from pathlib import Path

import lxml.html
import pytest

from tests.desk.editing import DeskOf, hash_of, words
from tests.newsrooms import PAGE, SITE, TestNewsroom

EVIL = """<script>alert(1)</script>"><img src=x onerror=alert(2)>"""
IN_EACH_FIELD = f"""\
---
title: 'Bell {EVIL}'
date: 2026-01-12
authors: ['Nora {EVIL}']
categories: ['Harbour {EVIL}']
summary: 'In short {EVIL}'
url: 'https://desk.test/a?x=%3Cscript%3E'
image: 'https://desk.test/a.png?"><script>alert(3)</script>'
---
The bell {EVIL} hangs again, and rings.

It rang at noon, {EVIL}, and nobody knows for whom it did.
"""
MARKUP = """\
<!doctype html><html lang="en"><head><title>Crane is painted</title>
<script>alert(1)</script><style>body{display:none}</style>
<meta http-equiv=refresh content="0;url=//evil.test">
</head><body onload="alert(2)"><article><h1>Crane is painted</h1>
<p>The crane <a href="javascript:alert(3)">is green</a> again, and it is dry, says the office.</p>
<p>Nobody stood below it when it was lifted, <img src="https://desk.test/a.png"
onerror="alert(4)"> but for two gulls.</p>
<iframe src="https://evil.test/"></iframe><form action="https://evil.test/"><input name=q></form>
</article></body></html>
"""


@pytest.fixture
def attacked(tmp_path: Path) -> DeskOf:
    """A newsroom whose pages have markup wherever there can be words."""
    newsroom = TestNewsroom(tmp_path / "desk", SITE.replace("Harbour Desk", f"Harbour {EVIL[:8]}"))
    newsroom.page("bell.md", IN_EACH_FIELD)
    newsroom.page("crane.html", MARKUP)
    newsroom.page(f"a<b>{'x' * 9}.txt", f"Nets {EVIL}\n\nThe nets {EVIL} are dry, and so is he.\n")
    newsroom.decide(f"action = 'retrac{EVIL}'\nentry = '{EVIL}'")
    newsroom.publish()
    return DeskOf(newsroom)


def test_no_word_of_a_page_is_markup_at_the_desk(attacked: DeskOf) -> None:
    editor = attacked.editor()
    bell = f"/stories/{hash_of(attacked.newsroom, 'Bell')}"
    paths = ["/", "/stories", f"/stories?q={EVIL}", "/log", "/decisions", "/new", bell]
    paths += ["/pages/bell.md", "/pages/crane.html", f"/pages/a<b>{'x' * 9}.txt", f"/{EVIL}"]
    for path in paths:
        answer = editor.client.get(path, base_url="https://desk.test")
        assert "<script>alert" not in answer.text, path
        page = editor.get(path, answer.status_code)
        assert not page.xpath("//*[@onerror or @onload]"), path
        assert {one.get("src") for one in page.iter("script")} <= {
            "/static/lines.js",
            "/static/drop.js",
        }
        assert not [one for one in page.xpath("//@href") if one.startswith("javascript:")]
    shown = editor.send(bell, f"{bell}/correct", title=f"Other {EVIL}", alt=EVIL)
    assert "<script>alert" not in shown.text
    assert EVIL in words(shown)


def test_no_word_of_a_broken_head_or_of_a_file_that_is_handed_in_is_markup(
    attacked: DeskOf,
) -> None:
    editor = attacked.editor()
    head = f'---\ntitle: "Bell </textarea>{EVIL}\n---'
    attacked.newsroom.page("head.md", f"{head}\nThe bell hangs again, and rings.\n")
    page = editor.get("/pages/head.md")
    assert head in page.xpath("string(//textarea[@name='head'])")
    answers = [editor.submit(page, "/heads/head.md", head=f"{head}\n{EVIL}")]
    token = page.xpath("//input[@name='csrf_token']/@value")[0]
    for name, data in ((f"{EVIL}.txt", f"Nets {EVIL}\n\nThey are dry."), (f"{EVIL}.exe", EVIL)):
        form = {"csrf_token": token, "file": (BytesIO(data.encode()), name)}
        answers.append(editor.post("/new", form))
    answers.append(editor.send("/decisions", "/decisions", after=f"[[decision]]\n{EVIL}"))
    for answer in (*answers, editor.client.get("/pages/head.md", base_url="https://desk.test")):
        assert "<script>alert" not in answer.text
        assert not lxml.html.fromstring(answer.text).xpath("//*[@onerror or @onload]")


def test_a_page_of_html_is_shown_in_a_frame_in_which_nothing_runs_or_leads_away(
    attacked: DeskOf,
) -> None:
    editor = attacked.editor()
    page = editor.get("/pages/crane.html")
    (frame,) = page.iter("iframe")
    assert frame.get("sandbox") == ""
    answer = editor.client.get(frame.get("src"), base_url="https://desk.test")
    assert "The crane" in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    for part in ("script", "onload", "onerror", "javascript", "<form", "<iframe", "refresh"):
        assert part not in answer.text


def test_every_answer_forbids_what_the_desk_does_not_need(attacked: DeskOf) -> None:
    editor = attacked.editor()
    for path in ("/", "/log", "/static/desk.css", "/nothing", "/sign-in"):
        headers = editor.client.get(path, base_url="https://desk.test").headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        is_static = path.startswith("/static/")
        assert headers["Cache-Control"] == ("private, max-age=300" if is_static else "no-store")


def test_today_works_without_a_ledger_and_with_a_broken_configuration(tmp_path: Path) -> None:
    newsroom = TestNewsroom(tmp_path / "desk")
    desk = DeskOf(newsroom)
    editor = desk.editor()
    assert "Nothing was published yet" in words(editor.get("/"))
    newsroom.configure(f"{SITE}\nlimitt = 3\n")
    assert "limitt" in words(editor.get("/"))


def test_nothing_published_since_is_the_first_thing_that_is_said(desk: DeskOf) -> None:
    desk.newsroom.configure(f"{SITE}\nlimitt = 3\n")
    editor = desk.editor()
    editor.send("/", "/publish")
    told = words(editor.get("/"))
    assert "Nothing has been published since 14 January 2026, 13:30" in told
    assert told.index("Nothing has been published") < told.index("What readers have")
    assert "site.toml" in told


def test_lines_that_are_in_no_story_are_struck_out_and_say_why(desk: DeskOf) -> None:
    text = PAGE.replace("Nobody at", "Read also: Crane is painted\nNobody at")
    desk.newsroom.page("bell.txt", text)
    page = desk.editor().get("/pages/bell.txt")
    (dropped,) = page.xpath("//li[@class='dropped']")
    assert dropped.get("id") == "L4"
    assert dropped.xpath("string(s)") == "Read also: Crane is painted"
    assert dropped.xpath("string(small)") == "link to another story"
    (used,) = page.xpath("//li[@id='L1']")
    assert used.get("class") == "used"
    assert used.xpath("string(small)") == "Headline"
    assert page.xpath("//section[@class='understood']//a[@href='#L1']")


def test_of_much_that_is_held_it_is_said_how_much_else_there_is(desk: DeskOf) -> None:
    head = "---\ntitle: Nets {0}\nembargo: 2039-01-01 10:{0:02}\n---\nThe nets are dry.\n"
    for number in range(25):
        desk.newsroom.page(f"nets{number}.md", head.format(number))
    desk.newsroom.publish()
    lines = desk.editor().get("/").xpath("//ul[@class='held']/li")
    assert len(lines) == 21
    assert "Nets 19" in lines[-2].text_content()
    assert lines[-1].text_content() == "5 more"


def test_a_long_list_of_stories_has_pages_which_together_have_all(tmp_path: Path) -> None:
    newsroom = TestNewsroom(tmp_path / "desk")
    for number in range(120):
        newsroom.page(f"{number}.md", f"---\ntitle: Nets, part {number}\n---\nThey are dry.\n")
    newsroom.publish(accept=("first-load",))
    editor = DeskOf(newsroom).editor()
    found: list[str] = []
    path = "/stories?q=nets"
    while path:
        page = editor.get(path)
        found += page.xpath("//article[@class='entry']//h2/a/@href")
        path = (page.xpath("//a[@rel='next']/@href") or [""])[0]
    assert len(found) == len(set(found)) == 120


def test_stories_are_found_by_words_of_their_headlines(desk: DeskOf) -> None:
    editor = desk.editor()
    assert "Pilot boat" not in words(editor.get("/stories?q=bell"))
    assert "1 story" in words(editor.get("/stories?q=bell"))
    assert "0 stories" in words(editor.get("/stories?hidden=1"))
