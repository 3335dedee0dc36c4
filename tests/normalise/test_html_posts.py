"""What a text offers: posts of other sites as quotations, cards and documents as links."""

from __future__ import annotations

import pytest

from tests.normalise.test_html_parts import MORE, TITLE, WORDS, reading

OWN = "https://social.example/p/C7"
PERSON = "https://social.example/@mole"


def _read(post: str, *, below: str = f"<p>{MORE}</p>") -> tuple[str, list[str]]:
    """The text with ``post`` in it, and what was dropped."""
    found = reading(f"<article><h1>{TITLE}</h1><p>{WORDS}</p>{post}{below}</article>")
    assert found.article is not None
    return found.article.content, [one.text for one in found.dropped]


@pytest.mark.parametrize(
    ("post", "said"),
    [
        (
            f'<blockquote class="instagram-media" data-instgrm-permalink="{OWN}">'
            f'<a href="{OWN}">See this on the network</a></blockquote>',
            [f'<a href="{OWN}">See this on the network</a>'],
        ),
        (
            f'<blockquote class="instagram-media" data-instgrm-permalink="{OWN}/?from=embed"><div>'
            f'<a href="{OWN}/"><div></div><div>See this on the network</div></a>'
            f'<p><a href="{OWN}/">Shared by the Mole Council (@mole)</a></p></div></blockquote>',
            [">See this on the network</a>", f'<a href="{OWN}/">Shared by the Mole Council'],
        ),
        (
            f'<div class="fb-post" data-href="{OWN}"><blockquote cite="{OWN}" class="fb-ignore">By '
            f'<a href="{PERSON}">Mole</a> on <a href="{OWN}">8 January 2026</a></blockquote></div>',
            [f'By <a href="{PERSON}">Mole</a> on <a href="{OWN}">8 January 2026</a>'],
        ),
        (
            f'<blockquote class="text-post-media" data-text-post-permalink="{OWN}">'
            f'<a href="{OWN}"><div>See this on the network</div></a></blockquote>',
            [f'<a href="{OWN}">See this on the network</a>'],
        ),
        (
            f'<blockquote class="mastodon-embed" data-embed-url="{OWN}/embed"><a href="{OWN}">'
            "<div>A post of @mole@social.example</div><div>See it there</div></a></blockquote>",
            [f'<a href="{OWN}">A post of @mole@social.example</a>'],
        ),
        (
            f'<blockquote class="tiktok-embed" cite="{OWN}"><section><a href="{PERSON}">@mole</a> '
            "<p>dark again</p></section></blockquote>",
            [f'<a href="{PERSON}">@mole</a>', "<p>dark again</p>", f'<a href="{OWN}">'],
        ),
        (
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://7"><p>Oil is dear.</p>— Mole '
            f'(<a href="{PERSON}">@mole.example</a>) <a href="{OWN}">8 Jan 2026</a></blockquote>',
            ["Oil is dear.", f'<a href="{PERSON}">@mole.example</a>', f'<a href="{OWN}">8 Jan'],
        ),
    ],
)
@pytest.mark.parametrize("around", ["{}", "<figure><div>{}</div></figure>"])
@pytest.mark.parametrize("below", [f"<p>{MORE}</p>", ""])
def test_a_post_keeps_its_words_and_its_links(
    post: str, said: list[str], around: str, below: str
) -> None:
    content, dropped = _read(around.format(post), below=below)
    for words in said:
        assert words in content.replace("\n", "")
    assert "<blockquote>" in content
    assert not [one for one in dropped if "network" in one or "ole" in one]


@pytest.mark.parametrize("called", ["more", "wp-embedded-content"])
def test_a_link_in_a_quotation_that_is_no_post_is_none(called: str) -> None:
    content, dropped = _read(
        '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">'
        f'<blockquote class="{called}"><a href="{OWN}">Another lamp burns</a></blockquote>'
        "</div></figure>"
    )
    assert "Another lamp" not in content
    assert "Another lamp burns" in dropped


PLAN = "https://tide.example/f/plan.pdf"
LINK = f'<a href="{PLAN}">Plan of the quay</a>'


@pytest.mark.parametrize(
    "offered",
    [
        f"<p>{LINK}</p>",
        f"<div class=file>{LINK}</div>",
        f"<ul><li>{LINK}</li><li><a href='/f/list.XLSX'>List of the lamps</a></li></ul>",
        f'<div class="kg-file-card"><a href="{PLAN}" download><div><div>Plan of the quay</div>'
        "<div>With all lamps</div><div>plan.pdf</div><div>2 MB</div></div></a></div>",
    ],
)
@pytest.mark.parametrize("below", [f"<p>{MORE}</p>", ""])
def test_a_document_that_a_text_offers_is_a_link_of_it(offered: str, below: str) -> None:
    content, dropped = _read(f"<p>{MORE} It is old.</p>{offered}", below=below)
    assert LINK in content
    assert not [one for one in dropped if "Plan of" in one or "List of" in one]


def test_a_document_outside_of_the_text_is_none_of_it() -> None:
    found = reading(
        f"<article><h1>{TITLE}</h1><p>{WORDS}</p><p>{MORE}</p></article><aside>{LINK}</aside>"
    )
    assert found.article is not None
    assert "Plan" not in found.article.content


def test_a_card_is_a_link_by_its_title() -> None:
    content, dropped = _read(
        f'<figure class="kg-bookmark-card"><a href="{OWN}"><div><div>The Mole sinks</div>'
        "<div>By a hair in a month.</div><div><img src='/icon.png'><span>Tide Desk</span></div>"
        "</div><div><img src='/small.jpg'></div></a></figure>"
    )
    assert f'<p><a href="{OWN}">The Mole sinks</a></p>' in content
    assert "small.jpg" not in content
    assert "By a hair in a month. | Tide Desk" in dropped


def test_what_a_player_counts_is_no_caption() -> None:
    found = reading(
        f"<article><h1>{TITLE}</h1><p>{WORDS}</p><div class=card><img src=''><div class="
        "audio-player-box><audio src='/a.mp3'></audio><div class=audio-player><span>0:00</span>"
        f"<div>/ <span>42.6</span></div></div></div></div><p>{MORE}</p></article>"
    )
    assert [(one.text, one.rule) for one in found.dropped] == [
        ("0:00 | / 42.6", "controls of a player")
    ]


def test_a_document_signs_nothing() -> None:
    found = reading(
        f"<article><h1>{TITLE}</h1><p>{WORDS}</p><p>{MORE}</p>"
        f'<p><a href="{PLAN}">Whole Plan</a></p></article>'
    )
    assert found.article is not None
    assert not found.article.authors


def test_a_player_without_a_title_is_called_as_the_pages_data_calls_its_recording() -> None:
    data = (
        '{"@type": "NewsArticle", "headline": "Old lamp is lit again", "video": {"@type": '
        '"VideoObject", "name": "Up the mast", "contentUrl": "https://tide.example/v.mp4"}}'
    )
    found = reading(
        f"<article><h1>{TITLE}</h1><video src='/v.mp4'></video><p>{WORDS}</p><p>{MORE}</p>",
        f'<script type="application/ld+json">{data}</script>',
    )
    assert found.article is not None
    assert '<a href="https://tide.example/v.mp4">Up the mast</a>' in found.article.content


@pytest.mark.parametrize("query", ["", "?from=https://tide.example/pod/7"])
def test_a_line_of_ways_to_one_recording_is_no_text(query: str) -> None:
    way = f"<a href='https://tide.example/7.mp3{query}'>"
    content, dropped = _read(
        f"<p>Podcast: {way}Play</a> | {way}Load</a> (Length: 48:17 — 4 MB)</p>"
    )
    assert "48:17" not in content
    assert any("48:17" in one for one in dropped)
    content, _ = _read(f"<p>{way}The horn of the quay</a> is heard here.</p>")
    assert "The horn of the quay</a> is heard here." in content


def test_the_mark_of_a_note_is_raised_and_no_part_of_the_sentence() -> None:
    found = reading(
        f'<article><h1>{TITLE}</h1><p>{WORDS}<a href="#note-1">1</a> It is old.</p><p>{MORE} It '
        "has 9 m<sup>2</sup>, says page <a href='#p'>3</a>.</p></article>"
    )
    assert found.article is not None
    assert f"{WORDS}<sup>1</sup> It is old." in found.article.content
    assert found.article.paragraphs == (
        f"{WORDS}[1] It is old.",
        f"{MORE} It has 9 m2, says page 3.",
    )


def test_a_button_beside_the_words_of_a_heading_is_none_of_them() -> None:
    content, dropped = _read("<h2>The safe<div><button>Link</button></div></h2>")
    assert "<h2>The safe</h2>" in content
    assert "Link" in dropped
    content, _ = _read("<h2><button>Who paid for it?</button></h2>")
    assert "<h2>Who paid for it?</h2>" in content
