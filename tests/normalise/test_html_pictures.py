"""How large pictures are, as far as an HTML page says it, and their previews."""

from __future__ import annotations

import pytest

from feeds.model import Image
from tests.normalise.test_html_enclosures import article, ld, news

LAMP = "https://tide.example/lamp.jpg"


def picture(head: str, inside: str = "") -> Image:
    found = article(inside, head).image
    assert found is not None
    return found


def og(**parts: str) -> str:
    return "".join(
        f'<meta property="og:image{":" if name else ""}{name}" content="{content}">'
        for name, content in parts.items()
    )


LARGE = {"width": "1200", "height": "800px"}


@pytest.mark.parametrize(
    "head",
    [
        og(**{"": LAMP, **LARGE}),
        og(**{"": "http://tide.example/lamp.jpg", "secure_url": LAMP, **LARGE}),
        og(**{"": LAMP, "type": "image/jpeg", "secure_url": LAMP, **LARGE}),
        og(**{"url": "/lamp.jpg", **LARGE}),
        ld(news(image={"@type": "ImageObject", "url": LAMP, "width": 1200, "height": "800"})),
        ld(
            news(image=[{"contentUrl": LAMP, "width": {"value": 1200}, "height": {"value": "800"}}])
        ),
        ld({"@graph": [news(image={"@id": "#i"}), {"@id": "#i", "url": LAMP, **LARGE}]}),
    ],
)
def test_the_size_of_a_picture_is_what_stands_behind_its_address(head: str) -> None:
    found = picture(head)
    assert (found.url, found.width, found.height) == (LAMP, 1200, 800)


@pytest.mark.parametrize(
    "head",
    [
        og(**{"": LAMP}),
        og(**{"": LAMP, "width": "1200"}),
        og(**{"": LAMP, "width": "100%", "height": "auto"}),
        og(**{"": LAMP}) + og(**{"": "https://tide.example/other.jpg", **LARGE}),
        ld(news(image=[LAMP, {"url": "/other.jpg", "width": 1200, "height": 800}])),
    ],
)
def test_a_size_that_is_not_said_of_it_is_unknown(head: str) -> None:
    found = picture(head)
    assert (found.url, found.width, found.height) == (LAMP, 0, 0)


def test_the_size_of_a_picture_in_the_text_is_that_of_its_tag() -> None:
    found = picture("", f'<p><img src="{LAMP}" width="640" height="480" alt="The lamp"></p>')
    assert (found.alt, found.width, found.height) == ("The lamp", 640, 480)


def test_a_picture_of_unknown_kind_makes_way_for_the_next_that_is_known() -> None:
    head = og(**{"": "https://tide.example/i/7d1c", "alt": "The quay"})
    found = picture(head, f'<p><img src="{LAMP}" alt=""></p>')
    assert (found.url, found.alt) == (LAMP, "")
    assert article("", head).image is None


def test_a_thumbnail_is_a_smaller_picture_of_the_same() -> None:
    small = "https://tide.example/small.jpg"
    assert picture(ld(news(image=LAMP, thumbnailUrl="/small.jpg"))).thumbnail == small
    of_image = {"url": LAMP, "thumbnail": {"@type": "ImageObject", "url": "/small.jpg"}}
    assert picture(ld(news(image=of_image, thumbnailUrl="/x.jpg"))).thumbnail == small
    assert picture(ld(news(image=LAMP, thumbnailUrl=LAMP))).thumbnail is None
