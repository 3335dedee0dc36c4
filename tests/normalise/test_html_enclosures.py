"""Sound, video and translations that an HTML page states."""

from __future__ import annotations

import json

import pytest

from feeds.model import Enclosure, Reading, Story, Url
from tests.normalise.reading import reading

BASE = "https://tide.example/town/bell"
SOUND = Enclosure(Url("https://tide.example/bell.mp3"), "audio/mpeg")
TEXT = (
    "<p>The bell of the harbour rang at noon on Friday, for the first time since the storm.</p>"
    "<p>It will ring every day until the end of March, the office of the harbour said.</p>"
)


def page(body: str, head: str = "") -> Reading:
    head = f'<meta charset="utf-8"><link rel="canonical" href="{BASE}">{head}'
    return reading(f'<html lang="en"><head>{head}</head><body>{body}</body></html>', "a.html")


def article(inside: str, head: str = "", around: str = "") -> Story:
    body = (
        f"<main><article><h1>Bell rings at noon</h1>{TEXT}{inside}{TEXT}</article>{around}</main>"
    )
    story = page(body, head).article
    assert story is not None
    return story


def ld(*nodes: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes
    )


def news(**more: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": "Bell rings at noon", "url": BASE, **more}


FILM = {
    "@type": "VideoObject",
    "name": "The bell, filmed",
    "contentUrl": "/bell.mp4",
    "encodingFormat": "video/mp4",
    "duration": "PT1M19S",
    "contentSize": "4.8 MB",
    "thumbnailUrl": ["/bell.jpg", "/small.jpg"],
    "width": 820,
    "height": "461px",
    "embedUrl": "https://player.example/bell",
}
FILMED = Enclosure(
    Url("https://tide.example/bell.mp4"),
    "video/mp4",
    4_800_000,
    79,
    "The bell, filmed",
    820,
    461,
    Url("https://tide.example/bell.jpg"),
)


@pytest.mark.parametrize(
    ("player", "enclosure"),
    [
        ('<audio controls src="/bell.mp3"></audio>', SOUND),
        ('<figure><audio data-src="../bell.mp3"></audio></figure>', SOUND),
        ('<audio><source src="/bell.mp3" type="audio/mpeg"></audio>', SOUND),
        ('<audio><source src="/bell.m3u8"><source src="/bell.mp3"></audio>', SOUND),
        ('<audio src="/bell.mp3?_=1"></audio>', SOUND),
        ('<amp-audio src="/bell.mp3"></amp-audio>', SOUND),
        ('<p><audio src="/bell"><source src="/bell" type="audio/ogg; codecs=opus"></audio></p>',
         Enclosure(Url("https://tide.example/bell"), "audio/ogg")),
        ('<audio src="/bell.mp4" title="The bell"></audio>',
         Enclosure(Url("https://tide.example/bell.mp4"), "audio/mp4", title="The bell")),
        ('<figure><video poster="/b.png"><source src="/bell.webm"><source src="/bell.mp4"></video>'
         "<figcaption>The bell at noon</figcaption></figure>",
         Enclosure(Url("https://tide.example/bell.mp4"), "video/mp4", title="The bell at noon",
                   thumbnail=Url("https://tide.example/b.png"))),
    ],
)  # fmt: skip
def test_a_player_in_the_text_is_an_enclosure(player: str, enclosure: Enclosure) -> None:
    assert article(player).enclosures == (enclosure,)


@pytest.mark.parametrize(
    "around",
    [
        "<aside>{}</aside>",
        '<div class="widget">{}</div>',
        "<nav>{}</nav>",
        "<div hidden>{}</div>",
        "<template>{}</template>",
    ],
)
def test_a_player_beside_the_text_is_none(around: str) -> None:
    player = around.format('<audio src="/bell.mp3"></audio>')
    assert article("", "", player).enclosures == article(player).enclosures == ()


def test_a_player_of_another_story_is_none() -> None:
    other = '<article><h2>Ferry runs at night</h2><audio src="/ferry.mp3"></audio></article>'
    assert article("", "", other).enclosures == ()


def test_a_player_between_headline_and_text_is_one() -> None:
    player = '<div class="hero"><video src="/bell.mp4"></video></div>'
    story = page(f"<header><h1>Bell rings at noon</h1></header>{player}<div>{TEXT}</div>").article
    below = page(f"<main><h1>Bell rings at noon</h1>{player}<div>{TEXT}{TEXT}</div></main>").article
    assert below is not None
    assert [one.url for one in below.enclosures] == [FILMED.url]
    assert story is not None


@pytest.mark.parametrize("key", ["video", "audio", "associatedMedia"])
def test_what_the_articles_json_ld_holds_is_an_enclosure(key: str) -> None:
    assert article("", ld(news(**{key: FILM}))).enclosures == (FILMED,)
    assert article("", ld(news(**{key: [FILM]}))).enclosures == (FILMED,)


def test_a_recording_that_stands_by_itself_is_the_pages() -> None:
    assert article("", ld(news(), FILM)).enclosures == (FILMED,)
    assert article("", ld({"@graph": [news(), FILM]})).enclosures == (FILMED,)
    named = {**FILM, "@id": "#film"}
    assert article("", ld({"@graph": [news(video={"@id": "#film"}), named]})).enclosures == (
        FILMED,
    )


def test_a_recording_of_another_page_or_in_a_list_is_not() -> None:
    elsewhere = {**FILM, "url": "https://tide.example/films/7"}
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": FILM}]}
    assert article("", ld(news(), elsewhere, listed)).enclosures == ()
    assert article("", ld(news(), {**FILM, "url": BASE})).enclosures == (FILMED,)


def test_a_player_and_json_ld_of_one_address_are_one_enclosure() -> None:
    story = article('<video src="/bell.mp4" poster="/p.png"></video>', ld(news(video=FILM)))
    (found,) = story.enclosures
    assert (found.duration, found.thumbnail) == (79, "https://tide.example/p.png")
    assert story.evidence["enclosures"].rule == "video of the page"


def test_a_players_page_is_no_file() -> None:
    only = {"@type": "VideoObject", "name": "Film", "embedUrl": "https://player.example/bell"}
    head = '<meta property="og:video" content="https://player.example/embed/bell">'
    head += '<meta property="og:video:type" content="text/html">'
    assert article("", head + ld(news(video=only))).enclosures == ()


def test_open_graph_names_files() -> None:
    head = (
        '<meta property="og:video" content="http://tide.example/bell.mp4">'
        '<meta property="og:video:secure_url" content="https://tide.example/bell.mp4">'
        '<meta property="og:video:type" content="video/mp4">'
        '<meta property="og:video:width" content="820">'
        '<meta property="og:video:height" content="461">'
        '<meta property="og:audio" content="https://tide.example/bell">'
        '<meta property="og:audio:type" content="audio/mpeg">'
    )
    assert article("", head).enclosures == (
        Enclosure(FILMED.url, "video/mp4", width=820, height=461),
        Enclosure(Url("https://tide.example/bell"), "audio/mpeg"),
    )


def test_of_several_forms_that_open_graph_names_the_first_counts() -> None:
    forms = ("a.mp3", "a.ogg", "v.mp4", "v.webm")
    head = "".join(
        f'<meta property="og:{"audio" if form[0] == "a" else "video"}" content="/{form}">'
        for form in forms
    )
    assert [one.url[-5:] for one in article("", head).enclosures] == ["a.mp3", "v.mp4"]
    player = '<audio src="/bell.mp3"></audio>'
    assert [one.url[-5:] for one in article(player, head).enclosures] == ["l.mp3", "v.mp4"]


def test_the_name_of_the_site_is_no_title() -> None:
    site = '<meta property="og:site_name" content="Tide">'
    (found,) = article("", site + ld(news(video={**FILM, "name": "TIDE"}))).enclosures
    assert found.title == ""


@pytest.mark.parametrize(
    "stated",
    [
        '<audio src="/bell"></audio>',
        '<video src="blob:https://tide.example/1"></video>',
        '<video><source src="/bell.m3u8" type="application/x-mpegURL"></video>',
        '<audio src="data:audio/mpeg;base64,AAAA"></audio>',
    ],
)
def test_what_is_no_file_to_play_is_named(stated: str) -> None:
    found = page(f"<article><h1>Bell rings at noon</h1>{TEXT}{stated}{TEXT}</article>")
    assert found.article is not None
    assert found.article.enclosures == ()
    assert "no file to play (" in " ".join(dropped.rule for dropped in found.dropped)


def test_no_more_than_ten_enclosures_are_taken_and_the_others_named() -> None:
    players = "".join(f'<audio src="/{number}.mp3"></audio>' for number in range(12))
    found = page(f"<article><h1>Bell rings at noon</h1>{TEXT}{players}{TEXT}</article>")
    assert found.article is not None
    assert len(found.article.enclosures) == 10
    assert [one.text for one in found.dropped if one.rule == "more than 10 enclosures"] == [
        "https://tide.example/10.mp3",
        "https://tide.example/11.mp3",
    ]


def test_translations_are_other_pages_in_other_languages() -> None:
    head = (
        '<link rel="alternate" hreflang="en" href="/town/bell">'
        '<link rel="alternate" hreflang="x-default" href="/town/bells">'
        '<link rel="alternate" hreflang="en-GB" href="/uk/town/bell">'
        '<link rel="alternate" hreflang="DA_dk" href="/da/town/klokke">'
        '<link rel="alternate" hreflang="fr" href="https://tide.example/fr/">'
        '<link rel="alternate" hreflang="nb" type="application/rss+xml" href="/nb/town.rss">'
        '<link rel="alternate" hreflang="sv" href="mailto:x@tide.example">'
        '<link rel="alternate" hreflang="klingonese" href="/k/town/bell">'
    )
    visible = '<p><a rel="alternate" hreflang="de" href="/de/stadt/glocke">Auf Deutsch</a></p>'
    assert article(visible, head).translations == {
        "da-DK": "https://tide.example/da/town/klokke",
        "de": "https://tide.example/de/stadt/glocke",
    }


def test_of_several_formats_the_one_that_most_programs_play_is_the_enclosure() -> None:
    sources = "".join(
        f'<source src="/lock.{kind}" type="video/{kind}">' for kind in ("webm", "mp4")
    )
    story = article(f"<video controls>{sources}</video>")
    assert [(one.url, one.type) for one in story.enclosures] == [
        ("https://tide.example/lock.mp4", "video/mp4")
    ]


@pytest.mark.parametrize(("address", "duration"), [(BASE, 754), ("https://tide.example/other", 0)])
def test_an_episodes_recording_is_the_pages_if_the_episode_is(address: str, duration: int) -> None:
    recording = {"@type": "AudioObject", "contentUrl": SOUND.url, "duration": "PT12M34S"}
    episode = {"@type": "PodcastEpisode", "url": address, "associatedMedia": recording}
    story = article(f'<audio src="{SOUND.url}"></audio>', ld(episode))
    assert [one.duration for one in story.enclosures] == [duration]


def test_a_link_of_the_text_to_a_recording_is_an_enclosure_and_stays_a_link() -> None:
    story = article(
        '<p>Listen: <a href="/bell.mp3?x=1">the bell at noon</a>, <a href=/b.ogg>OGG</a>.</p>'
    )
    assert story.enclosures == (
        Enclosure(Url("https://tide.example/bell.mp3?x=1"), "audio/mpeg", title="the bell at noon"),
        Enclosure(Url("https://tide.example/b.ogg"), "audio/ogg"),
    )
    assert story.evidence["enclosures"].rule == "link of the text to a file"
    assert "bell.mp3?x=1" in story.content


def test_a_link_adds_to_its_player_and_makes_no_second_enclosure() -> None:
    story = article("<audio src=/bell.mp3></audio><p><a href=/bell.mp3>Download</a></p>")
    assert story.enclosures == (SOUND,)


def test_a_link_beside_the_text_to_a_recording_is_no_enclosure() -> None:
    assert not article(
        "", around="<aside><a href=/other.mp3>Another bell rings</a></aside>"
    ).enclosures
    assert not article("<p><a href=/bell.html>The bell at noon</a> rings.</p>").enclosures
