"""What commands of other programs show: pictures, players, code, as pieces of HTML.

A piece stands in the source under its number, between two characters that no text has, so that
nothing in it is taken for Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from feeds.normalise.markdown.arguments import Arguments
from feeds.normalise.markdown.marks import without_marks
from feeds.text.urls import is_picture

PLACE = re.compile("\ufdd0(\\d+)\ufdd1")

_PICTURES = frozenset((
    "figure", "fig", "image", "img", "picture", "photo", "pic", "imgproc", "image_tag", "thumb",
    "lightbox", "responsive-image", "responsive_image", "featured-image",
))  # fmt: skip
_ELEMENT = re.compile("<[^<>]*>")
_ID = re.compile(r"[\w.@/-]{1,200}")
_WEB = ("https://", "http://")
_EMBEDS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "gist": "https://gist.github.com/{}",
    "spotify": "https://open.spotify.com/{}",
    "soundcloud": "https://api.soundcloud.com/tracks/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "codepen": "https://codepen.io/{}",
    "tiktok": "",
    "mastodon": "",
    "embed": "",
    "iframe": "",
    "oembed": "",
    "media": "",
}
"""Where what a command plays or shows is, by its name; empty: it has to say so itself."""
_NAMES = {
    "yt": "youtube",
    "youtube-lite": "youtube",
    "lite-youtube": "youtube",
    "youtubelite": "youtube",
    "x": "tweet",
    "twitter": "tweet",
    "x_simple": "tweet",
    "twitter_simple": "tweet",
    "tweet_simple": "tweet",
    "instagram_simple": "instagram",
}
_PLAYERS = frozenset(("audio", "video"))


class Piece(NamedTuple):
    """HTML, code or text that stands in the place of a command."""

    kind: Literal["html", "code", "text"]
    content: str

    @property
    def is_within_words(self) -> bool:
        """Whether it is a part of a sentence."""
        return self.kind == "text" or self.content.startswith(("<sub>", "<sup>"))

    @property
    def words(self) -> str:
        """What it says, where it can be nothing but words."""
        return (
            html.unescape(_ELEMENT.sub("", self.content)) if self.kind == "html" else self.content
        )

    @property
    def markup(self) -> str:
        """It as HTML."""
        if self.kind == "html":
            return self.content
        words = html.escape(self.content)
        return f"<code>{words}</code>" if self.kind == "code" else words


def shown(name: str, given: Arguments) -> Piece | None:
    """What the command ``name`` shows; None if it shows nothing that is known."""
    name = name.casefold()
    if name in _PICTURES:
        return _picture(given)
    if name in _PLAYERS:
        address = given.first("src", "url", "file", "href", "mp3", "mp4") or given.at(0)
        if _is_address(address):
            title = given.first("title", "caption")
            marks = f' title="{html.escape(title)}"' if title else ""
            return Piece("html", f'<{name} src="{html.escape(address)}"{marks}></{name}>')
        return None
    address = _embedded(_NAMES.get(name, name), given)
    if not address:
        return None
    title = given.first("title", "caption")
    return Piece(
        "html", f'<iframe src="{html.escape(address)}" title="{html.escape(title)}"></iframe>'
    )


def in_words(text: str, pieces: Sequence[Piece]) -> str:
    """``text``, in which the ``pieces`` that stand in it are words."""
    return PLACE.sub(lambda found: pieces[int(found[1])].words, text)


def titled(words: str) -> Piece:
    """The heading ``words`` of a box that another program draws."""
    return Piece("html", f"<p><strong>{html.escape(without_marks(words))}</strong></p>")


def _picture(given: Arguments) -> Piece | None:
    address = given.first("src", "url", "image", "path", "href", "file", "image_path")
    address = address or next(filter(is_picture, given.others), "")
    if not _is_address(address):
        return None
    words = [one for one in given.others if one != address and " " in one]
    alt = given.first("alt") or (words[0] if words else "")
    parts = [given.first("title"), given.first("caption", "description", "desc"),
             given.first("attr", "credit", "attribution", "source")]  # fmt: skip
    caption = without_marks(" ".join(dict.fromkeys(filter(None, parts))))
    shows = f'<img src="{html.escape(address)}" alt="{html.escape(alt)}">'
    if caption:
        return Piece(
            "html", f"<figure>{shows}<figcaption>{html.escape(caption)}</figcaption></figure>"
        )
    return Piece("html", shows)


def _embedded(name: str, given: Arguments) -> str:
    address = given.first("url", "src", "href", "link") or given.at(0)
    if name not in _EMBEDS:
        return ""
    if address.startswith(_WEB):
        return address
    place = _EMBEDS[name]
    value = given.first("id", "videoid", "video_id", "v") or given.at(0)
    user = given.first("user", "username")
    if name == "tweet" and user:
        place, user = f"https://x.com/{user}/status/{{}}", ""
    if name in ("gist", "codepen") and (second := given.at(1)) and "/" not in value:
        value = f"{value}/{'pen/' if name == 'codepen' else ''}{second}"
    elif name in ("gist", "codepen") and user:
        value = f"{user}/{'pen/' if name == 'codepen' else ''}{value}"
    if name == "spotify":
        value = value.replace("spotify:", "").replace(":", "/")
        kind = given.first("type") or (given.at(0) if given.at(1) else "")
        value = f"{kind}/{given.at(1) or value}" if kind and "/" not in value else value
        place = place if "/" in value else ""
    return place.format(value) if place and _ID.fullmatch(value) else ""


def _is_address(address: str) -> bool:
    return bool(address) and not any(sign in address for sign in "{}\ufdd2")
