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
        "https://tide.example/size/w1200/u/lamp.jpg",
        "https://tide.example/size/w1200h630/format/webp/u/lamp.jpg",
        "https://tide.example/cdn-cgi/image/width=480,format=auto/u/lamp.jpg",
        "https://tide.example/_next/image?url=%2Fu%2Flamp.jpg&w=1920&q=75",
        f"https://cdn.example/fit?w=9&src={LAMP}",
        f"https://cdn.example/cdn-cgi/image/fit=cover,quality=75/{LAMP}",
        "https://cdn.example/image/fetch/w_1456,c_limit,q_auto:good/"
        "https%3A%2F%2Ftide.example%2Fu%2Flamp.jpg",
        "https://cdn.example/image/fetch/w_12,f_jpg,fl_progressive:steep/"
        "https%3A%2F%2Ftide.example%2Fu%2Flamp.jpg",
        f"{LAMP}#place://u/lamp.jpg?width=800",
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
        "https://tide.example/go?url=%2Fu%2Flamp",
        "https://tide.example/in/https://[tide/lamp.jpg",
    ],
)
def test_whatever_else_an_address_says_does(other: str) -> None:
    assert key_of(other) != key_of(LAMP)
