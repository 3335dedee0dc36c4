"""Which addresses are of one picture."""

from __future__ import annotations

import pytest

from feeds.text.same_picture import key_of

LAMP = "https://tide.example/u/lamp.jpg"


@pytest.mark.parametrize(
    "other",
    [
        "https://tide.example/u/lamp-1024x683.jpg",
        "https://tide.example/u/lamp-scaled.jpg",
        "https://tide.example/u/lamp@2x.jpg",
        f"{LAMP}?w=900&quality=80",
        f"{LAMP}?resize=300%2C200&ssl=1",
        "https://i0.wp.com/tide.example/u/lamp.jpg?ssl=1",
        "https://tide.example/resize/800x600/u/lamp.jpg",
        "https://tide.example/styles/large/public/u/lamp.jpg?itok=Ab1",
        "https://tide.example/s1600/u/lamp.jpg",
    ],
)
def test_a_size_makes_no_other_picture(other: str) -> None:
    assert key_of(other) == key_of(LAMP)


@pytest.mark.parametrize(
    "other",
    [
        "https://tide.example/u/lamp-2.jpg",
        "https://tide.example/u/lamp.png",
        "https://tide.example/v/lamp.jpg",
        f"{LAMP}?id=7",
        "https://quay.example/u/lamp.jpg",
        "https://[tide.example/u/lamp.jpg",
    ],
)
def test_whatever_else_an_address_says_does(other: str) -> None:
    assert key_of(other) != key_of(LAMP)
