"""What kind of picture an address leads to, as far as the address tells."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from feeds.model import Url
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
_ENDING = re.compile(r"\.(\w{3,4})$|[?&](?:format|fm|ext)=(\w{3,4})\b")


def address_within(url: Url) -> str:
    """The address of the picture that ``url`` has a server make smaller; empty if it doesn't."""
    found = (value for name, value in parse_qsl(urlsplit(url).query) if name in _ASKED)
    return next(filter(urls.is_picture, found), "")


def image_type(url: Url) -> str:
    """The media type of the picture at ``url``, by its name or query; empty if neither tells."""
    parts = urlsplit(url)
    match = _ENDING.search(parts.path) or _ENDING.search(f"?{parts.query}")
    return _TYPES.get((match[1] or match[2]).lower(), "") if match else ""
