"""The editor's description of an HTML page, which readers get as the summary."""

from __future__ import annotations

import json

import pytest

from feeds.model import Story
from feeds.normalise import normalise
from feeds.readers import read_page

FIRST = "The lamp at the end of the quay was lit on Friday, for the first time since the storm."
MORE = "It will burn every night until the end of March, said the office of the harbour."
TITLE = "Old lamp is lit again"
SAID = "After nine dark weeks ships find the quay by night."


def article(head: str) -> Story:
    head = f'<meta charset="utf-8"><meta property="og:site_name" content="Tide Desk">{head}'
    body = f"<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{MORE}</p></article>"
    markup = f"<html><head>{head}</head><body>{body}</body></html>"
    story = normalise(read_page("a.html", markup.encode())).article
    assert story is not None
    return story


def jsonld(**said: object) -> str:
    node = json.dumps({"@type": "NewsArticle", "headline": TITLE, **said})
    return f'<script type="application/ld+json">{node}</script>'


@pytest.mark.parametrize(
    "head",
    [
        f'<meta property="og:description" content="{SAID}">',
        f'<meta name="description" content="{SAID}">',
        f'<meta name="description" content="Other words of it."><meta property="og:description" '
        f'content="{SAID}">',
        jsonld(description=SAID),
        jsonld(description=f"<p>{SAID}</p>"),
        f'<meta name="description" content="{SAID}">{jsonld(description="Other words of it all")}',
    ],
)
def test_the_description_is_the_summary_of_a_free_story(head: str) -> None:
    story = article(head)
    assert (story.summary, story.access) == (SAID, "free")
    assert story.evidence["summary"].line


@pytest.mark.parametrize(
    "words",
    [
        *(FIRST, f"{FIRST[:50]}…", f"{FIRST[:50]} [...]", f"{FIRST} {MORE[:30]}", TITLE),
        *("Tide Desk", "news", "x " * 600),
    ],
)
def test_what_readers_get_anyway_is_no_summary(words: str) -> None:
    assert article(f'<meta property="og:description" content="{words}">').summary == ""


@pytest.mark.parametrize(
    ("said", "access"),
    [
        ({"isAccessibleForFree": False}, "paid"),
        ({"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False}}, "paid"),
        ({"hasPart": [{"isAccessibleForFree": "False", "cssSelector": ".a"}]}, "paid"),
        ({"isAccessibleForFree": True, "hasPart": [{"isAccessibleForFree": False}]}, "free"),
        ({"hasPart": {"isAccessibleForFree": True}}, "free"),
        ({}, "free"),
    ],
)
def test_a_story_is_paid_for_if_its_data_say_so(said: dict[str, object], access: str) -> None:
    story = article(jsonld(**said, description=f"{FIRST[:50]}…"))
    assert story.access == access
    assert bool(story.summary) == (access == "paid")
