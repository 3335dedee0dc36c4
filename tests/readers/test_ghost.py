"""Ghost's exports, of several of its versions."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from feeds.readers.feed import Imported, parse_feed
from tests import exports
from tests.exports import HELD, HOME, as_json, ghost, ghost_post


def taken(*posts: dict[str, Any], **tables: list[dict[str, Any]]) -> list[Imported]:
    return parse_feed(as_json(ghost(list(posts), **tables)), HOME, "ghost.json")[0]


def test_a_published_post_has_all_that_ghost_says_of_it() -> None:
    (found,) = taken(
        ghost_post(1),
        posts_meta=[{"post_id": f"{1:024x}", "feature_image_alt": "A ferry"}],
    )
    assert found.guid == f"{1:024x}", "as in Ghost's own RSS"
    assert (found.title, found.url) == ("Ferry number 1 sails", f"{HOME}/ferry-1/")
    assert found.published == found.updated == datetime(2024, 1, 1, 10, tzinfo=UTC)
    assert found.authors == ("Vic Dahl", "Una Berg")
    assert (found.categories, found.tags) == (("Ferries",), ("Fjord",))
    assert found.summary == "Ferry 1 in short."
    assert found.content == f'<p>Ferry 1 sails.</p><p><a href="{HOME}/map/">A map</a>.</p>'
    assert found.image
    assert (found.image.url, found.image.alt) == (f"{HOME}/content/images/1.jpg", "A ferry")
    assert (found.access, found.language) == ("free", "en")


@pytest.mark.parametrize(
    "said",
    [
        {"status": "draft"}, {"status": "scheduled"}, {"status": "sent"}, {"status": "Published"},
        {"status": None}, {"status": ""}, {"type": "page"}, {"type": "Post"}, {"page": 1},
        {"page": True}, {"page": 2}, {"page": "true"}, {"email_only": True},
        {"type": None, "page": True}, {"type": ["post"]}, {"type": 1},
    ],
)  # fmt: skip
def test_what_was_not_published_on_the_site_stays_out(said: dict[str, Any]) -> None:
    assert taken(ghost_post(1, **said)) == []


def test_what_was_sent_by_mail_alone_stays_out() -> None:
    meta = [{"post_id": f"{1:024x}", "email_only": 1}]
    assert taken(ghost_post(1), posts_meta=meta) == []


@pytest.mark.parametrize(
    "visibility", ["members", "paid", "tiers", "filter", "Public", 1, True, None, ""]
)
def test_what_is_not_for_everybody_shows_what_was_written_as_its_excerpt(visibility: Any) -> None:
    player = '<p>Eel.</p><audio src="https://tarn.test/eel.mp3"></audio>'
    (found,) = taken(ghost_post(1, visibility=visibility, html=player))
    assert (found.access, found.content, found.enclosures) == ("paid", "", ())
    assert found.summary == "Ferry 1 in short."
    (found,) = taken(ghost_post(1, visibility=visibility, html=player, custom_excerpt=None))
    assert found.summary == ""


def test_posts_from_before_there_was_a_visibility_are_for_everybody() -> None:
    old = ghost_post(1, page=0)
    del old["visibility"], old["type"]
    assert [found.access for found in taken(old)] == ["free"]


def test_what_a_post_shows_to_members_is_not_shown() -> None:
    html = (
        '<p>All.</p><!--kg-gated-block:begin nonMember:false memberSegment:"status:free" -->'
        "<p>Eel.</p><!--kg-gated-block:end--><p>Too.</p>"
        '<!--kg-gated-block:begin nonMember:true memberSegment:"" --><p>You.</p>'
        "<!--kg-gated-block:end-->"
    )
    (found,) = taken(ghost_post(1, html=html))
    assert found.content == "<p>All.</p><p>Too.</p><p>You.</p>"


@pytest.mark.parametrize("field", ["mobiledoc", "lexical"])
def test_a_text_that_is_there_in_ghosts_own_format_alone_is_named(field: str) -> None:
    words = {
        "mobiledoc": '{"version":"0.3.1","sections":[[1,"p",[[0,[],0,"Eel"]]]]}',
        "lexical": '{"root":{"children":[{"children":[{"text":"Eel"}]}]}}',
    }
    texts = {"html": None, "mobiledoc": None, "lexical": None, field: words[field]}
    export = ghost([ghost_post(1, **texts)])
    (found,), told = parse_feed(as_json(export), HOME, "ghost.json")
    assert found.content == ""
    assert [one.code for one in told] == ["item-textless"]


def test_cards_are_links_and_their_buttons_no_text() -> None:
    html = (
        '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://a.test/x">'
        '<div class="kg-bookmark-content"><div class="kg-bookmark-title">A title</div>'
        '<div class="kg-bookmark-description">Eel</div><div class="kg-bookmark-metadata">Eel</div>'
        "</div></a></figure>"
        '<div class="kg-card kg-audio-card"><div class="kg-audio-player-container">'
        '<audio src="__GHOST_URL__/talk.mp3"></audio><div class="kg-audio-title">Talk</div>'
        '<div class="kg-audio-player"><button>Play</button>0:00</div></div></div>'
        '<figure class="kg-card kg-embed-card"><iframe src="https://films.test/e/1" '
        'title="A film"></iframe></figure>'
    )  # fmt: skip
    (found,) = taken(ghost_post(1, html=html))
    assert '<a href="https://a.test/x"><p>A title</p></a>' in found.content
    assert f'<a href="{HOME}/talk.mp3">talk.mp3</a>' in found.content
    assert '<a href="https://films.test/e/1">A film</a>' in found.content
    assert not {"Eel", "Play", "0:00"} & set(found.content.replace("<", " <").split())
    assert [one.url for one in found.enclosures] == [f"{HOME}/talk.mp3"]


def test_a_canonical_address_is_where_the_post_is() -> None:
    (found,) = taken(ghost_post(1, canonical_url="https://other.test/a/"))
    assert found.url == "https://other.test/a/"
    (found,) = taken(ghost_post(1, canonical_url="__GHOST_URL__/b/"))
    assert found.url == f"{HOME}/b/"


def test_a_site_in_a_folder_keeps_it() -> None:
    (found,), _ = parse_feed(as_json(ghost([ghost_post(1)])), f"{HOME}/blog", "ghost.json")
    assert found.url == f"{HOME}/blog/ferry-1/"
    assert f'href="{HOME}/blog/map/"' in found.content


def test_without_an_address_the_posts_are_taken_and_that_is_told() -> None:
    (found,), told = parse_feed(as_json(ghost([ghost_post(1)])), "", "ghost.json")
    assert found.url is None
    assert [one.code for one in told] == ["feed-unplaced"]


def test_exports_of_old_versions_are_read() -> None:
    post = {
        "id": 7, "uuid": "aa-bb", "title": "Old", "slug": "old", "html": "<p>Text.</p>",
        "status": "published", "page": 0, "author_id": 1, "published_at": 1_577_836_800_000,
    }  # fmt: skip
    data = {
        "posts": [post, {**post, "id": 8, "uuid": "cc", "page": 1}],
        "users": [{"id": 1, "name": "Una Berg"}],
        "posts_tags": [{"post_id": 7, "tag_id": 3}],
        "tags": [{"id": 3, "name": "Ferries"}],
    }
    for export in ({"data": data}, {"db": [{"data": data}]}, {"meta": {}, "data": data}):
        (found,), _ = parse_feed(json.dumps(export).encode(), HOME, "ghost.json")
        assert (found.guid, found.authors, found.categories) == (
            "aa-bb",
            ("Una Berg",),
            ("Ferries",),
        )
        assert found.published == datetime(2020, 1, 1, tzinfo=UTC)


def test_of_hundreds_nothing_is_taken_that_was_held() -> None:
    data = as_json(ghost(exports.ghost_posts(300)))
    found, told = parse_feed(data, HOME, "ghost.json")
    assert len(found) == 300
    assert HELD not in repr(found)
    assert HELD not in repr(told)
    (left_out,) = told
    assert left_out.what == (
        "left out: 50 drafts, 50 scheduled posts, 50 posts by e-mail alone, "
        "50 posts without a status, 50 pages, 250 texts for members alone, 50 of status Published"
    )
