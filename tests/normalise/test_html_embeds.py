"""What a page embeds is a link at its place, or is named."""

from __future__ import annotations

import pytest
from lxml import html

from feeds.normalise.html import visible
from feeds.normalise.html.attributes import Attributes
from feeds.normalise.html.body import blocks, embeds, markup, pictures
from feeds.normalise.html.body.originals import Originals


def _read(source: str) -> tuple[str, list[str]]:
    """The text in ``source`` as HTML, and what was dropped."""
    tree = html.fromstring(f"<body>{source}</body>")
    attributes = Attributes(tree.iter())
    marked = embeds.mark_embeds(tree, attributes)
    visible.prune(tree, attributes)
    taken = pictures.number_pictures(tree, "https://news.example/a/", Originals(source))
    found = markup.render_blocks(tree, taken.shown)
    dropped = [*marked.dropped, *taken.dropped, *embeds.left_out(marked.found, tree)]
    return blocks.as_html(found), [f"{one.rule}: {one.text}" for one in dropped]


@pytest.mark.parametrize(
    ("source", "address", "title"),
    [
        (
            '<iframe src="https://www.youtube-nocookie.com/embed/abc-DEF_123?rel=0" title="Storm">'
            "</iframe>",
            "https://www.youtube.com/watch?v=abc-DEF_123",
            "Storm",
        ),
        (
            '<iframe data-src="//player.vimeo.com/video/77?h=1"></iframe>',
            "https://vimeo.com/77",
            "vimeo.com",
        ),
        (
            '<iframe src="https://www.facebook.com/plugins/video.php?height=3&href=https%3A%2F%2F'
            'www.facebook.com%2Fsea%2F7"></iframe>',
            "https://www.facebook.com/sea/7",
            "facebook.com",
        ),
        (
            '<iframe src="https://maps.example/e/7" aria-label="The way"></iframe>',
            "https://maps.example/e/7",
            "The way",
        ),
        (
            '<video poster="p.jpg"><source src="/v/sea.mp4">No video?</video>',
            "https://news.example/v/sea.mp4",
            "Video",
        ),
        ('<audio src="b.mp3"></audio>', "https://news.example/a/b.mp3", "Audio"),
        (
            '<object data="https://news.example/plan.pdf"><embed src="https://x.example/"></object>',
            "https://news.example/plan.pdf",
            "plan.pdf",
        ),
        (
            '<amp-youtube data-videoid="abcdef"></amp-youtube>',
            "https://www.youtube.com/watch?v=abcdef",
            "youtube.com",
        ),
        (
            '<div class="fb-post" data-href="https://www.facebook.com/sea/posts/7"></div>',
            "https://www.facebook.com/sea/posts/7",
            "facebook.com",
        ),
    ],
)
def test_an_embed_is_a_link_with_its_title(source: str, address: str, title: str) -> None:
    shown, dropped = _read(f"<p>Above</p><figure>{source}</figure><p>Below</p>")
    assert shown == f'<p>Above</p>\n<p><a href="{address}">{title}</a></p>\n<p>Below</p>'
    assert dropped == []


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (
            '<iframe src="https://ad.doubleclick.net/x" title="Shoes"></iframe>',
            "advertising",
        ),
        ('<div class="ad-slot"><iframe src="https://x.example/1"></iframe></div>', "advertising"),
        ('<video src="blob:https://x.example/1" title="Storm"></video>', "embedded, without an"),
        ('<iframe src="./Storm_files/saved_resource.html"></iframe>', "embedded, at no known"),
    ],
)
def test_what_is_no_embed_is_named(source: str, rule: str) -> None:
    shown, dropped = _read(f"<p>Above</p>{source}")
    assert shown == "<p>Above</p>"
    assert [one.startswith(rule) for one in dropped] == [True]


@pytest.mark.parametrize(
    "source",
    [
        '<iframe src="https://x.example/1" width="0" height="0"></iframe>',
        '<iframe src="https://x.example/1" style="display:none"></iframe>',
        '<noscript><iframe src="https://x.example/1"></iframe></noscript>',
        "<iframe></iframe>",
    ],
)
def test_what_nobody_sees_is_not_mentioned(source: str) -> None:
    assert _read(f"<p>Above</p>{source}") == ("<p>Above</p>", [])


def test_an_embed_outside_of_the_text_is_named() -> None:
    tree = html.fromstring(
        '<body><main><p>Text</p></main><aside><iframe src="https://x.example/1"></iframe></aside>'
    )
    marked = embeds.mark_embeds(tree, Attributes(tree.iter()))
    [main] = tree.iter("main")
    [one] = embeds.left_out(marked.found, main)
    assert one.text == "x.example https://x.example/1"


@pytest.mark.parametrize("title", ["", "YouTube video player"])
def test_an_embed_without_a_title_is_called_what_its_caption_says(title: str) -> None:
    shown, _ = _read(
        f'<figure><div><iframe src="https://maps.example/7" title="{title}"></iframe></div>'
        "<figcaption>The <b>way</b> there</figcaption></figure>"
    )
    assert shown == '<p><a href="https://maps.example/7">The way there</a></p>'


def test_a_caption_beside_a_title_is_text() -> None:
    shown, _ = _read(
        '<figure><iframe src="https://maps.example/7" title="The way"></iframe>'
        "<figcaption>As of today</figcaption></figure>"
    )
    assert shown == '<p><a href="https://maps.example/7">The way</a></p>\n<p>As of today</p>'


def test_an_embedded_post_keeps_its_words() -> None:
    shown, _ = _read(
        '<blockquote class="toot-embed"><p>The key is here! <a href="https://toot.example/1">1</a>'
        "</p>— Museum</blockquote>"
    )
    assert shown == (
        '<blockquote><p>The key is here! <a href="https://toot.example/1">1</a></p>'
        "<p>— Museum</p></blockquote>"
    )


def test_an_embedded_post_without_a_link_gets_one() -> None:
    shown, _ = _read(
        '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/x/">'
        "<p>The key</p></blockquote>"
    )
    assert shown == (
        '<blockquote><p>The key</p><p><a href="https://www.instagram.com/p/x/">instagram.com</a></p>'
        "</blockquote>"
    )


def test_what_asks_for_consent_is_a_link_to_what_it_stands_for() -> None:
    text, dropped = _read(
        '<div class="consent-placeholder" data-src="https://social.example/p/7"><h3>Outside content'
        "</h3><p>With your consent it is loaded here.</p><button>Load</button></div>"
    )
    assert 'href="https://social.example/p/7"' in text
    assert "consent" not in text
    assert any("With your consent" in one for one in dropped)


SOUND = "https://news.example/rd12"


@pytest.mark.parametrize(
    ("source", "address", "title"),
    [
        (
            f'<audio><source src="{SOUND}.ogg"><source src="{SOUND}.mp3"></audio>',
            f"{SOUND}.mp3",
            "Audio",
        ),
        (
            '<video src="a.m3u8"><source src="/bell-at-night.mp4"></video>',
            "https://news.example/bell-at-night.mp4",
            "bell-at-night.mp4",
        ),
        (
            f'<div class="kg-card"><div><audio src="{SOUND}.mp3"></audio>'
            '<div class="kg-audio-title">Down at the pier</div></div></div>',
            f"{SOUND}.mp3",
            "Down at the pier",
        ),
        (
            f'<section><h4>Down at the pier</h4><audio src="{SOUND}.mp3" title="Audio player">'
            "</audio></section>",
            f"{SOUND}.mp3",
            "Down at the pier",
        ),
    ],
)
def test_a_player_is_a_link_to_what_most_can_play_by_the_title_in_its_card(
    source: str, address: str, title: str
) -> None:
    shown, dropped = _read(f"<p>Above</p>{source}<p>Below</p>")
    assert shown == f'<p>Above</p>\n<p><a href="{address}">{title}</a></p>\n<p>Below</p>'
    assert not dropped


def test_an_attribute_of_the_pages_own_is_no_embed() -> None:
    tree = html.fromstring("<div><img data-embed='true' src='https://x.example/a.jpg'></div>")
    assert not embeds.mark_embeds(tree, Attributes(tree.iter())).found
    assert not embeds.embed_of(next(tree.iter("img")))
