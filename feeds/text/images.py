"""What kind of picture an address leads to, as far as the address tells."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from feeds.model import Image, Url
from feeds.text import urls

_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "jpe": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "svg": "image/svg+xml",
}
_ASKED = ("url", "src", "image", "img", "u")
_INSIDE = re.compile(r".*/(https?(?::|%3A)(?:/|%2F){1,2}.+)", re.IGNORECASE | re.DOTALL)
_OWN = re.compile(r"/(?!/)")
_ENDING = re.compile(r"\.(\w{3,4})$|[?&](?:format|fm|ext)=(\w{3,4})\b")


def address_within(url: str) -> str:
    """The address of the picture that ``url`` has a server make smaller; empty if it doesn't.

    Raises ValueError if ``url`` is none.
    """
    parts = urlsplit(url)
    if inside := _INSIDE.fullmatch(parts.path):
        inner = unquote(inside[1]) if "%" in inside[1][:8] else inside[1]
        return inner if urls.is_picture(inner) else ""
    if not parts.query or urls.is_picture(url):
        return ""
    found = (value for name, value in parse_qsl(parts.query) if name in _ASKED)
    return next(filter(urls.is_picture, found), "")


def itself(url: Url) -> Url:
    """The picture that the server at ``url`` has, of whatever size ``url`` asks for.

    Of a picture that is elsewhere, the answer is ``url``: it may be there for that server alone.
    """
    bare = Url(url.partition("#")[0])
    if "?" not in bare:
        return bare
    inner = address_within(bare)
    return (urls.absolute(bare, inner) if _OWN.match(inner) else None) or bare


def image_type(url: Url) -> str:
    """The media type of the picture at ``url``, by its name or query; empty if neither tells."""
    parts = urlsplit(url)
    match = _ENDING.search(parts.path) or _ENDING.search(f"?{parts.query}")
    return _TYPES.get((match[1] or match[2]).lower(), "") if match else ""


def image_of(url: Url, alt: str = "") -> Image:
    """The picture at ``url``, of the type that its address tells: a JPEG if it tells none."""
    return Image(url, image_type(url) or "image/jpeg", alt=alt)
