"""Where people watch, listen to or read what a player shows, as far as its address tells."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

_WATCHED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?:https?:)?//(?:www\.|m\.)?{pattern}", re.IGNORECASE), address)
    for pattern, address in (
        (
            r"youtube(?:-nocookie)?\.com/(?:embed|shorts|v)/(?!videoseries)([\w-]{6,20})(?:[?&/#].*)?",
            "https://www.youtube.com/watch?v={}",
        ),
        (r"player\.vimeo\.com/video/(\d+)(?:[?/#].*)?", "https://vimeo.com/{}"),
        (
            r"dailymotion\.com/embed/video/(\w+)(?:[?/#].*)?",
            "https://www.dailymotion.com/video/{}",
        ),
        (r"open\.spotify\.com/embed/([a-z]+/\w+)(?:[?/#].*)?", "https://open.spotify.com/{}"),
        (r"embed\.podcasts\.apple\.com/([^?#]+)(?:[?#].*)?", "https://podcasts.apple.com/{}"),
        (r"instagram\.com/((?:p|reel)/[\w-]+)/embed(?:[?/#].*)?", "https://www.instagram.com/{}/"),
        (
            r"platform\.twitter\.com/embed/Tweet\.html\?(?:[^#]*&)?id=(\d+).*",
            "https://twitter.com/i/status/{}",
        ),
    )
)
"""What players are addressed by, and where people see the same."""
_NAMED = re.compile(
    r"(?:https?:)?//(?:www\.facebook\.com/plugins/(?:post|video)\.php|w\.soundcloud\.com/player/)\?",
    re.IGNORECASE,
)
OF_THE_WEB = ("https://", "http://")


def place_of(address: str) -> str:
    """Where people see what the player at ``address`` shows."""
    for pattern, made in _WATCHED:
        if match := pattern.fullmatch(address):
            return made.format(match[1])
    if _NAMED.match(address):
        said = parse_qs(urlsplit(address).query)
        own = next((said[name][0] for name in ("href", "url") if name in said), "")
        if own.startswith(OF_THE_WEB):
            return own
    return address
