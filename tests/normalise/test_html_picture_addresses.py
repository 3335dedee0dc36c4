"""Which pictures a text shows, and at which addresses."""

from __future__ import annotations

import pytest
from lxml import etree, html

from feeds.model import Story, Url
from feeds.normalise.html.body import pictures
from feeds.normalise.html.body.originals import Originals
from feeds.normalise.placing import placed
from feeds.text.images import image_of

_LONG = "data:image/jpeg;base64," + "A" * 3000


def _taken(source: str, base: str = "https://news.example/a/") -> pictures.Pictures:
    tree = html.fromstring(f"<body>{source}</body>")
    pictures.prepare_pictures(tree)
    etree.strip_elements(tree, "noscript", with_tail=False)
    return pictures.number_pictures(tree, base, Originals(source))


def _addresses(source: str, base: str = "https://news.example/a/") -> list[str]:
    return [one.url for one in _taken(source, base).shown]


@pytest.mark.parametrize(
    "counter",
    [
        '<img src="https://news.example/a.gif" width="1" height="1">',
        '<img src="https://news.example/a.gif" style="width:1px;height:1px">',
        '<img src="https://stats.example/a?id=7">',
        '<img src="https://vg07.met.vgwort.de/na/0123456789abcdef">',
        '<img src="/img/spacer.gif">',
    ],
)
def test_a_counter_is_no_picture(counter: str) -> None:
    taken = _taken(counter)
    assert (taken.shown, taken.findings) == ([], [])


@pytest.mark.parametrize(
    "image",
    [
        '<img src="https://news.example/a.jpg" width="48" height="48">',
        '<img src="https://news.example/share.svg">',
        '<img src="https://news.example/img/logo-dark.png">',
        '<img src="https://secure.gravatar.com/avatar/1?s=140">',
        '<div class="author-box"><img src="https://news.example/a.jpg"></div>',
        '<a href="https://news.example/another"><img src="https://news.example/a.jpg"></a>',
    ],
)
def test_what_shows_nothing_of_the_story_is_a_picture_with_a_caption_alone(image: str) -> None:
    assert _addresses(image) == []
    assert _addresses(f"<figure>{image}<figcaption>Ida Lind</figcaption></figure>") != []


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/_next/image?url=%2Fu%2Flamp.jpg&w=1920&q=75", "https://news.example/u/lamp.jpg"),
        ("/u/lamp.jpg#place://u/lamp.jpg?width=800", "https://news.example/u/lamp.jpg"),
        ("/u/lamp.jpg?url=/other.jpg", "https://news.example/u/lamp.jpg?url=/other.jpg"),
        (
            "https://cdn.example/fit?url=https%3A%2F%2Fnews.example%2Flamp.jpg",
            "https://cdn.example/fit?url=https%3A%2F%2Fnews.example%2Flamp.jpg",
        ),
    ],
)
def test_of_a_picture_that_its_server_makes_smaller_the_picture_itself_is_shown(
    asked: str, address: str
) -> None:
    assert _addresses(f'<img src="{asked}">') == [address]


def test_a_link_to_the_picture_itself_or_its_page_leaves_it() -> None:
    image = '<img src="a.jpg">'
    assert _addresses(f'<a href="/large/a.jpg">{image}</a>') != []
    assert _addresses(f'<a href="https://news.example/a/#1">{image}</a>') != []


def test_a_picture_of_a_character_is_that_character() -> None:
    tree = html.fromstring('<body><p>Sun <img class="emoji" alt="☀" src="s.svg"> again</p></body>')
    pictures.prepare_pictures(tree)
    assert "".join(map(str, tree.itertext())) == "Sun ☀ again"


@pytest.mark.parametrize("name", ["pixel-9-phone.jpg", "clear-sky.png", "counter-protest.jpg"])
def test_a_picture_may_be_called_what_it_shows(name: str) -> None:
    assert _addresses(f'<img src="{name}">') == [f"https://news.example/a/{name}"]


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ('<img src="big.jpg" width="900" srcset="s.jpg 300w, m.jpg 600w">', "big.jpg"),
        ('<img src="s.jpg" width="300" srcset="s.jpg 300w, big.jpg 600w">', "big.jpg"),
        ('<img src="s.jpg" srcset="s.jpg 1x, big.jpg 2x" width="300">', "big.jpg"),
        ('<img src="s.jpg" data-src="big.jpg">', "big.jpg"),
        ('<img src="data:image/gif;base64,R0"><noscript><img src="big.jpg"></noscript>', "big.jpg"),
        ('<img src="big.jpg"><noscript><img src="s.jpg"></noscript>', "big.jpg"),
        ('<noscript><img src="big.jpg"></noscript><img class="lazy">', "big.jpg"),
        ('<img src="/i/placeholder.png"><noscript><img src="big.jpg"></noscript>', "big.jpg"),
        (
            '<noscript><picture><source srcset="big.jpg"><img src="s.jpg"></picture></noscript>'
            '<span><img src="data:image/gif;base64,R0"></span>',
            "big.jpg",
        ),
    ],
)
def test_the_largest_picture_counts(image: str, address: str) -> None:
    assert _addresses(image) == [f"https://news.example/a/{address}"]


def test_a_picture_for_those_without_scripts_is_none_if_no_other_waits_beside_it() -> None:
    assert _addresses('<div><noscript><img src="count.jpg"></noscript></div>') == []


@pytest.mark.parametrize(
    "beside",
    [
        '<meta property="og:image" content="https://cdn.example/x/hall.jpg?w=1200">'
        '<link href="https://cdn.example/x/hall.jpg?w=300">',
        '<script>{"image": "https:\\/\\/cdn.example\\/x\\/hall.jpg"}</script>',
    ],
)
@pytest.mark.parametrize("folder", ["Storm_files", "./Storm%20at%20sea_files", "Sturm-Dateien"])
def test_a_saved_picture_has_the_address_that_the_page_has_for_it(beside: str, folder: str) -> None:
    [address] = _addresses(f'{beside}<img src="{folder}/hall.jpg">')
    assert address.partition("?")[0] == "https://cdn.example/x/hall.jpg"


def test_a_saved_picture_has_the_address_of_the_link_around_it() -> None:
    link = '<a href="https://cdn.example/large.png"><img src="./Storm_files/small.png"></a>'
    assert _addresses(link) == ["https://cdn.example/large.png"]


def test_a_saved_picture_keeps_the_address_of_another_size() -> None:
    image = '<img src="Storm_files/hall.jpg" srcset="https://cdn.example/h-2.jpg 2x">'
    assert _addresses(image) == ["https://cdn.example/h-2.jpg"]


@pytest.mark.parametrize(
    "source",
    [
        '<img src="./Storm_files/hall.jpg">',
        '<img src="./Storm_files/hall.jpg"><a href="https://a.example/hall.jpg">1</a>'
        '<a href="https://b.example/hall.jpg">2</a>',
        f'<img src="{_LONG}">',
        '<img src="file:///C:/hall.jpg">',
    ],
)
def test_a_saved_picture_at_no_known_address_is_left_out_with_a_doubt(source: str) -> None:
    taken = _taken(source)
    assert taken.shown == []
    assert [one.code for one in taken.findings] == ["picture-unaddressed"]


def test_the_caption_of_a_picture_that_is_left_out_is_named() -> None:
    taken = _taken('<figure><img src="x_files/hall.jpg"><figcaption>The hall</figcaption></figure>')
    assert [one.text for one in taken.dropped] == ["The hall"]


_TWO = '<div><img src="/a.jpg"></div><div><img src="/b.jpg"></div>'
_NESTED = (
    '<figure><img src="/a.jpg"><figcaption>A lamp</figcaption></figure>'
    '<figure><img src="/b.jpg"></figure>'
)
_LAST = (
    '<figure><img src="/a.jpg"></figure>'
    '<figure><img src="/b.jpg"><figcaption>B</figcaption></figure>'
)


@pytest.mark.parametrize(
    ("inside", "captions"),
    [(_TWO, ["", "Two lamps"]), (_NESTED, ["A lamp", "Two lamps"]), (_LAST, ["", "B Two lamps"])],
)
def test_what_is_said_of_a_gallery_stands_below_all_of_it(inside: str, captions: list[str]) -> None:
    taken = _taken(f"<figure>{inside}<figcaption>Two lamps. Photos: Ida Lind</figcaption></figure>")
    assert [one.caption.rstrip(".") for one in taken.shown] == captions
    assert [one.credit for one in taken.shown] == ["", "Photos: Ida Lind"]
    assert not taken.dropped


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("The lamp, lit. Photo: Ida Lind", "The lamp, lit.", "Photo: Ida Lind"),
        ("The lamp, lit (Bild: Ida Lind)", "The lamp, lit", "Bild: Ida Lind"),
        (
            "The lamp, lit. <span class=credit>Photograph: Ida Lind</span>",
            "The lamp, lit.",
            "Photograph: Ida Lind",
        ),
        ("<span class=credit>The lamp. Photo: Ida Lind</span>", "The lamp.", "Photo: Ida Lind"),
        ("Photograph: Ida Lind/The Tide", "", "Photograph: Ida Lind/The Tide"),
        ("The lamp by the hall", "The lamp by the hall", ""),
        ("A photo by the sea wall. It is lit.", "A photo by the sea wall. It is lit.", ""),
    ],
)
def test_caption_and_credit_are_apart(line: str, caption: str, credit: str) -> None:
    [shown] = _taken(f'<figure><img src="/a.jpg"><figcaption>{line}</figcaption></figure>').shown
    assert (shown.caption, shown.owner) == (caption, credit)


def test_the_caption_of_anything_else_is_text() -> None:
    tree = html.fromstring("<body><figure><q>Sea</q><figcaption>Ida Lind</figcaption></figure>")
    pictures.number_pictures(tree, "", Originals(""))
    assert [str(one.text) for one in tree.iter("figcaption")] == ["Ida Lind"]


def test_of_a_page_without_address_pictures_are_seen_from_the_site() -> None:
    [picture] = _taken('<img src="/img/hall.jpg"><img src="hall.jpg">', base="").shown
    story = Story(
        "article",
        "Storm",
        1,
        content=f'<p><a href="{picture.url}">a</a> https://site.invalid/</p>'
        f'<img src="{picture.url}">',
        image=image_of(picture.url),
    )
    seen = placed(story, "https://news.example/de/")
    assert seen.image == image_of(Url("https://news.example/img/hall.jpg"))
    assert seen.content == (
        '<p><a href="https://news.example/img/hall.jpg">a</a> https://site.invalid/</p>'
        '<img src="https://news.example/img/hall.jpg">'
    )
    nowhere = placed(story, "")
    assert nowhere.image is None
    assert nowhere.content == "<p>a https://site.invalid/</p>"
