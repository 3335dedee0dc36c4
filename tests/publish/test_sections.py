"""Feeds for the categories and languages that occur, from page to document."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from feeds.config import Site
from tests.newsrooms import SITE, TestNewsroom

ON = SITE.replace('language = "en"\n', 'language = "en"\nsections = true\n')
DAY = timedelta(days=1)


def story(title: str, *categories: str, language: str = "", more: str = "") -> str:
    """A page with front matter."""
    named = ", ".join(f'"{category}"' for category in categories)
    own = f"language: {language}\n" if language else ""
    return (
        f"---\ntitle: {title}\ncategories: [{named}]\n{own}{more}---\n"
        f"{title}\n\n{title}, said the harbour office, and nobody on the quay had doubted it.\n"
    )


def site(newsroom: TestNewsroom) -> Site:
    from feeds.ledger import revisions
    from feeds.ledger.connect import open_to_read

    ledger = open_to_read(newsroom.database)
    assert ledger is not None
    with ledger.read() as connection:
        return revisions.latest(connection)[0].site


def names(newsroom: TestNewsroom) -> list[str]:
    return [feed.name for feed in site(newsroom).feeds if feed.section]


def titles(newsroom: TestNewsroom, name: str) -> list[str]:
    body = newsroom.document(name, "json").document.body
    return [item["title"] for item in msgspec.json.decode(body)["items"]]


@pytest.fixture
def newsroom(newsroom: TestNewsroom) -> TestNewsroom:
    newsroom.configure(ON)
    return newsroom


def test_each_category_and_language_that_occurs_has_a_feed(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", story("Bell hangs again in its old tower", "Quay", "Crafts"))
    newsroom.page("b.md", story("Zəng yenə köhnə qüllədə asılıb", "Körpü", language="az"))
    newsroom.publish()
    assert names(newsroom) == [
        "category-crafts",
        "category-korpu",
        "category-quay",
        "language-az",
        "language-en",
    ]
    assert titles(newsroom, "category-quay") == ["Bell hangs again in its old tower"]
    assert titles(newsroom, "language-az") == ["Zəng yenə köhnə qüllədə asılıb"]
    assert titles(newsroom, "language-en") == ["Bell hangs again in its old tower"]
