"""What a page states in ways of its own: the language on its body, a picture in an address."""

from __future__ import annotations

import pytest

from feeds.model import Story
from feeds.normalise import normalise
from feeds.readers import read_page

TEXT = "<p>The lamp at the end of the quay was lit on Friday, for the first time since a storm.</p>"


def article(page: str) -> Story:
    story = normalise(read_page("a.html", page.encode())).article
    assert story is not None
    return story


def test_the_language_of_the_body_is_the_page_s_where_the_root_has_none() -> None:
    page = f"<body lang=DE><h1>Lampe brennt wieder</h1>{TEXT}"
    assert article(f"<html>{page}</html>").language == "de"
    assert article(f'<html lang="en">{page}</html>').language == "en"


@pytest.mark.parametrize(
    ("asked", "address", "kind"),
    [
        ("/_next/image?url=%2Flamp.jpg&w=9", "https://tide.example/lamp.jpg", "image/jpeg"),
        (
            "https://tide.example/fit?src=https://cdn.example/lamp.png&w=9",
            "https://tide.example/fit?src=https://cdn.example/lamp.png&w=9",
            "image/png",
        ),
    ],
)
def test_a_picture_that_a_server_makes_smaller_is_of_the_kind_that_it_was(
    asked: str, address: str, kind: str
) -> None:
    head = f'''<meta property="og:url" content="https://tide.example/a">
        <meta property="og:image" content="{asked}">'''
    image = article(f"<html><head>{head}</head><h1>Lamp burns again</h1>{TEXT}</html>").image
    assert image is not None
    assert (image.url, image.type) == (address, kind)


def test_an_address_that_holds_no_picture_s_is_of_no_kind() -> None:
    head = '<meta property="og:image" content="https://tide.example/fit?url=%2Flamp&w=9">'
    assert article(f"<html><head>{head}</head><h1>Lamp burns again</h1>{TEXT}</html>").image is None
