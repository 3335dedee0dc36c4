"""Sections on the web: there, empty, gone, or never there."""

from __future__ import annotations

from datetime import timedelta

import feedparser
import msgspec
import pytest

from tests.conftest import Filled
from tests.newsrooms import NOW, SITE, TestNewsroom
from tests.web.asking import NAVIGATION, Ask, in_process

ON = SITE.replace("[site]\n", "[site]\nsections = true\n")
BELL = "Bell hangs again in its old tower"
LATER = NOW + timedelta(hours=1)
FORMATS = ("rss", "atom", "json")


def items(ask: Ask, path: str) -> list[str]:
    """The headlines in a document that a reader's program asks for."""
    answer = ask(path)
    assert answer.status == 200
    if path.endswith(".json"):
        return [item["title"] for item in msgspec.json.decode(answer.body)["items"]]
    found = feedparser.parse(answer.body)
    assert not found.bozo
    return [item.title for item in found.entries]


def publish_section(newsroom: TestNewsroom) -> None:
    newsroom.configure(ON)
    newsroom.page(
        "a.md",
        f"---\ntitle: {BELL}\ncategories: [İqtisadiyyat]\n---\nNobody on the quay doubted it.\n",
    )
    newsroom.publish()


@pytest.fixture
def newsroom(filled: Filled) -> TestNewsroom:
    return filled(publish_section)


@pytest.mark.parametrize("plain", [False, True])
def test_a_section_is_served_like_any_feed(newsroom: TestNewsroom, plain: bool) -> None:
    ask = in_process(newsroom, plain=plain)
    for form in FORMATS:
        assert items(ask, f"/feeds/category-iqtisadiyyat.{form}") == [BELL]
        assert items(ask, f"/feeds/language-en.{form}") == [BELL]
    path = "/feeds/category-iqtisadiyyat"
    assert BELL in ask(path).text
    assert ask(f"{path}.rss", headers=NAVIGATION).status == 303
    etag = ask(f"{path}.rss").headers["ETag"]
    assert ask(f"{path}.rss", headers={"If-None-Match": etag}).status == 304


@pytest.mark.parametrize("plain", [False, True])
def test_a_section_that_never_was_is_not_found(newsroom: TestNewsroom, plain: bool) -> None:
    ask = in_process(newsroom, plain=plain)
    for name in ("category-quay", "language-ru", "category-", "category"):
        assert [ask(f"/feeds/{name}{end}").status for end in ("", ".rss", ".json")] == [404] * 3


@pytest.mark.parametrize("erase", ["", "erase = true\n"])
@pytest.mark.parametrize("plain", [False, True])
def test_a_section_without_a_story_is_an_empty_feed(
    newsroom: TestNewsroom, plain: bool, erase: str
) -> None:
    ask = in_process(newsroom, plain=plain)
    assert items(ask, "/feeds/category-iqtisadiyyat.rss") == [BELL]
    text = f'[[decision]]\naction = "retract"\nentry = "{BELL}"\n{erase}'
    (newsroom.root / "decisions.toml").write_text(text, encoding="utf-8")
    newsroom.publish(LATER)
    ask = in_process(newsroom, plain=plain)
    for form in FORMATS:
        assert items(ask, f"/feeds/category-iqtisadiyyat.{form}") == []
    answer = ask("/feeds/category-iqtisadiyyat")
    assert answer.status == 200
    assert BELL not in answer.text


@pytest.mark.parametrize("plain", [False, True])
def test_sections_that_are_switched_off_are_gone(newsroom: TestNewsroom, plain: bool) -> None:
    newsroom.configure(SITE)
    newsroom.publish(LATER)
    ask = in_process(newsroom, plain=plain)
    for name in ("category-iqtisadiyyat", "language-en"):
        assert [ask(f"/feeds/{name}{end}").status for end in ("", ".rss", ".json")] == [410] * 3
    assert ask("/feeds/category-quay.rss").status == 404
    newsroom.configure(ON)
    newsroom.publish(LATER + timedelta(hours=1))
    ask = in_process(newsroom, plain=plain)
    assert items(ask, "/feeds/category-iqtisadiyyat.rss") == [BELL]


def test_a_section_has_no_archives(newsroom: TestNewsroom) -> None:
    ask = in_process(newsroom)
    assert ask("/feeds/category-iqtisadiyyat/archive/1.rss").status in {307, 404}
