"""Sound, video and addresses on their way from a page to readers, and out again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.newsrooms import NOW, TestNewsroom
from tests.publish.test_imported import take_over

LATER = NOW + timedelta(hours=1)
TITLE = "Bell of the harbour rings at noon again"
TEXT = (
    "<p>The bell of the harbour rang at noon on Friday, for the first time since the storm.</p>"
    "<p>It will ring every day until the end of March, the office of the harbour said.</p>"
)
SOUND = "https://desk.test/sound/noon.mp3"
DANISH = "https://desk.test/da/klokke"
FORMS = ("rss", "atom", "json")


def page(newsroom: TestNewsroom, *, head: str = "", player: str = "", front: str = "") -> None:
    newsroom.page(
        "bell.html",
        f'{front}<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<link rel="canonical" href="https://desk.test/town/bell">{head}</head>'
        f"<body><article><h1>{TITLE}</h1>{TEXT}{player}{TEXT.replace('It will', 'It shall')}"
        "</article></body></html>",
    )


PLAYER = f'<audio controls src="{SOUND}"></audio>'
DA = f'<link rel="alternate" hreflang="da" href="{DANISH}">'


def bodies(newsroom: TestNewsroom) -> dict[str, str]:
    return {form: newsroom.document(form=form).document.body.decode() for form in FORMS}


def item(newsroom: TestNewsroom) -> dict[str, Any]:
    (found,) = json.loads(newsroom.document(form="json").document.body)["items"]
    assert isinstance(found, dict)
    return found


def test_a_player_of_the_page_is_in_every_format(newsroom: TestNewsroom) -> None:
    page(newsroom, player=PLAYER, head=DA)
    assert newsroom.publish().problems == []
    told = bodies(newsroom)
    assert f'<enclosure url="{SOUND}" length="0" type="audio/mpeg"/>' in told["rss"]
    assert f'<link href="{SOUND}" rel="enclosure" type="audio/mpeg"/>' in told["atom"]
    assert f'<link href="{DANISH}" rel="alternate" type="text/html" hreflang="da"/>' in told["atom"]
    assert item(newsroom)["attachments"] == [{"url": SOUND, "mime_type": "audio/mpeg"}]


@pytest.mark.parametrize(
    "paid",
    [
        {"head": '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "'
                 f'{TITLE}", "isAccessibleForFree": false}}</script>'},
        {"front": "---\naccess: paid\nsummary: It rang.\n---\n"},
        {"front": f"---\naccess: paid\naudio: {SOUND}\n---\n"},
    ],
    ids=["JSON-LD", "front matter", "stated"],
)  # fmt: skip
def test_who_has_not_paid_gets_no_file_of_the_article(
    newsroom: TestNewsroom, paid: dict[str, str]
) -> None:
    player = f"<figure>{PLAYER}</figure>"
    page(newsroom, player=player, **paid)
    newsroom.publish()
    assert TITLE in bodies(newsroom)["rss"]
    for form, body in bodies(newsroom).items():
        assert "noon.mp3" not in body, form


def test_files_that_are_found_later_move_no_date_and_no_id(newsroom: TestNewsroom) -> None:
    page(newsroom)
    newsroom.publish()
    before = item(newsroom)
    page(newsroom, head=f'{DA}<meta property="og:audio" content="{SOUND}">')
    outcome = newsroom.publish(LATER)
    assert (outcome.entered, outcome.corrected) == (0, 1)
    after = item(newsroom)
    assert after.pop("attachments") == [{"url": SOUND, "mime_type": "audio/mpeg"}]
    assert after == before


def test_what_is_taken_back_takes_its_files_along(newsroom: TestNewsroom) -> None:
    page(newsroom, player=PLAYER, head=DA)
    newsroom.publish()
    newsroom.decide(f'action = "retract"\nentry = "{TITLE}"')
    newsroom.publish(LATER)
    for body in bodies(newsroom).values():
        assert "noon.mp3" not in body
        assert DANISH not in body


def test_what_is_erased_leaves_no_address_in_the_ledger(newsroom: TestNewsroom) -> None:
    page(newsroom, player=PLAYER, head=DA)
    newsroom.publish()
    newsroom.decide(f'action = "retract"\nentry = "{TITLE}"\nerase = true')
    newsroom.publish(LATER)
    kept = "\n".join(newsroom.dump())
    assert "noon.mp3" not in kept
    assert DANISH not in kept


FEED = f"""\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:desk.test,2020:old</id><title>Old</title>
<updated>2026-01-12T09:30:00Z</updated><entry><id>tag:desk.test,2020:1</id><title>{TITLE}</title>
<updated>2026-01-12T09:30:00Z</updated><link href="https://desk.test/town/bell"/>
<author><name>Nora Lind</name><uri>https://desk.test/people/lind</uri></author>
<content>It rang.</content>
<link rel="enclosure" href="{SOUND}" type="audio/mpeg" length="4821" title="Noon"/></entry></feed>
"""


def test_enclosures_of_a_feed_that_is_taken_over_go_out_again(newsroom: TestNewsroom) -> None:
    take_over(newsroom, FEED)
    newsroom.publish()
    told = bodies(newsroom)
    assert f'<enclosure url="{SOUND}" length="4821" type="audio/mpeg"/>' in told["rss"]
    assert (
        f'href="{SOUND}" rel="enclosure" type="audio/mpeg" length="4821" title="Noon"'
        in told["atom"]
    )
    assert "<uri>https://desk.test/people/lind</uri>" in told["atom"]
    assert item(newsroom)["attachments"] == [
        {"url": SOUND, "mime_type": "audio/mpeg", "title": "Noon", "size_in_bytes": 4821}
    ]


def test_they_stay_when_the_storys_page_comes_unless_it_has_to_be_paid_for(
    newsroom: TestNewsroom,
) -> None:
    take_over(newsroom, FEED)
    newsroom.publish()
    page(newsroom)
    newsroom.publish(LATER)
    assert [one["url"] for one in item(newsroom)["attachments"]] == [SOUND]
    page(newsroom, front="---\naccess: paid\n---\n")
    newsroom.publish(LATER + timedelta(hours=1))
    assert "attachments" not in item(newsroom)


def test_addresses_from_the_root_of_a_site_are_seen_from_it_if_the_page_has_none(
    newsroom: TestNewsroom,
) -> None:
    head = '<link rel="alternate" hreflang="da" href="/da/klokke">'
    player = '<video src="/v/noon.mp4" poster="/v/noon.png"></video>'
    newsroom.page(
        "bell.html",
        f'<html lang="en"><head><meta charset="utf-8">{head}</head><body><article><h1>{TITLE}</h1>'
        f"{TEXT}{player}{TEXT.replace('It will', 'It shall')}</article></body></html>",
    )
    newsroom.publish()
    (entry,) = newsroom.entries()
    (film,) = entry.enclosures
    assert (film.url, film.thumbnail) == (
        "https://desk.test/v/noon.mp4",
        "https://desk.test/v/noon.png",
    )
    assert entry.translations == {"da": DANISH}
