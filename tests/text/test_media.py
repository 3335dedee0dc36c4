"""What a file is, how long and how large, as pages state it."""

from __future__ import annotations

import pytest

from feeds.model import Url
from feeds.text.media import pixels, seconds, size_in_bytes, sound_or_video


@pytest.mark.parametrize(
    ("path", "stated", "medium", "kind"),
    [
        ("bell.mp3", "", "", "audio/mpeg"),
        ("bell.MP3?x=1#t=3", "", "audio", "audio/mpeg"),
        ("bell", "audio/mpeg", "", "audio/mpeg"),
        ("bell", "Audio/MP3; codecs=mp3", "", "audio/mpeg"),
        ("bell.bin", "video/mp4", "", "video/mp4"),
        ("bell.mp3", "application/octet-stream", "", "audio/mpeg"),
        ("bell.mp4", "", "", "video/mp4"),
        ("bell.mp4", "", "audio", "audio/mp4"),
        ("bell.ogg", "application/ogg", "video", "video/ogg"),
        ("bell.mp3", "", "video", "audio/mpeg"),
        ("bell.m3u8", "", "video", ""),
        ("bell.mp4", "application/x-mpegURL", "video", ""),
        ("watch?v=bell", "video/youtube", "video", ""),
        ("bell.mp4", "text/html", "", ""),
        ("bell", "", "audio", ""),
        ("bell.png", "", "", ""),
    ],
)
def test_a_file_is_what_is_stated_of_it_else_what_its_name_tells(
    path: str, stated: str, medium: str, kind: str
) -> None:
    assert sound_or_video(Url(f"https://desk.test/{path}"), stated, medium) == kind


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("PT1M19S", 79),
        ("pt1m48.393s", 108),
        ("P00DT00H01M53S", 113),
        ("PT1H", 3600),
        ("P1DT1S", 86401),
        ("PT512S", 512),
        ("T55S", 55),
        ("1:19", 79),
        ("01:01:19", 3679),
        ("79", 79),
        ("79.6", 79),
        ("79 s", 79),
        ("P5M9.49S", 0),
        ("P1Y", 0),
        ("PT", 0),
        ("P", 0),
        ("", 0),
        ("long", 0),
        ("-3", 0),
        ("9" * 50, 0),
    ],
)
def test_a_duration_is_in_seconds_and_0_if_nobody_knows(text: str, number: int) -> None:
    assert seconds(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("48213", 48213),
        ("48213 bytes", 48213),
        ("4.8 MB", 4_800_000),
        ("12 KiB", 12_288),
        ("4.8", 0),
        ("-1", 0),
        ("much", 0),
        ("", 0),
    ],
)
def test_a_size_is_in_bytes_and_0_if_nobody_knows(text: str, number: int) -> None:
    assert size_in_bytes(text) == number


@pytest.mark.parametrize(
    ("text", "number"), [("820", 820), ("202px", 202), ("100%", 0), ("auto", 0), ("999999", 0)]
)
def test_a_width_is_in_pixels_and_0_if_nobody_knows(text: str, number: int) -> None:
    assert pixels(text) == number
