"""What is wrong is told in the site's language, as far as it is no detail."""

from __future__ import annotations

import re
from pathlib import Path

from flask_babel import force_locale

from feeds.desk.kinds import _sentences, kind_of
from tests.desk.editing import DeskOf
from tests.newsrooms import PROJECT, SITE, TestNewsroom, publish_bell


def test_each_kind_is_one_that_the_program_knows(desk: DeskOf) -> None:
    rooms = (PROJECT / "feeds").rglob("*.py")
    source = "\n".join(path.read_text() for path in rooms if path.name != "kinds.py")
    with desk.app.test_request_context(), force_locale("ru"):
        known = list(_sentences())
        assert kind_of("draft") == "Это черновик, он ждёт."
        assert kind_of("of no kind") == ""
    assert [code for code in known if not re.search(rf'"{code}"', source)] == []


def test_a_remark_is_in_the_sites_language_with_its_english_words_below(tmp_path: Path) -> None:
    newsroom = TestNewsroom(tmp_path / "desk", SITE.replace('"en"', '"az"'))
    newsroom.page("lamp.txt", "---\nstatus: draft\n---\nLamps burn again\n\nThey burn all night.\n")
    newsroom.page("none.html", "<html><body><p>Ferry stops.</p></body></html>")
    publish_bell(newsroom)
    page = DeskOf(newsroom).editor().get("/")
    assert page.get("lang") == "az"
    text = str(page.xpath("string(//main)"))
    assert "Bu, qaralamadır və gözləyir." in text
    remarks = page.xpath("//ul[contains(@class, 'problems')]/li")
    assert remarks
    for remark in remarks:
        assert remark.xpath(".//bdi[@lang='en']")


def test_in_english_a_remark_says_it_once(desk: DeskOf) -> None:
    with desk.app.test_request_context():
        assert kind_of("draft") == ""
