"""A published post of a WordPress export, as an item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from html import escape, unescape
from zoneinfo import ZoneInfo

import msgspec

from feeds.model import Url
from feeds.readers.feed.attached import Attached, joined
from feeds.readers.feed.elements import Part
from feeds.readers.feed.items import Raw, Text
from feeds.readers.feed.players import without_players
from feeds.readers.feed.wordpress import blocks, paragraphs, shortcodes
from feeds.readers.feed.wordpress.restrictions import is_gated
from feeds.readers.feed.wordpress.shortcodes import Shortcode
from feeds.readers.feed.wordpress.site import Picture, Site
from feeds.text import languages, media, urls
from feeds.text.patterns import compile_late

_UNKNOWN_DATE = re.compile(r"0000-|-0001|\s*\Z")
_UNSORTED = "uncategorized"
_IDS = re.compile(r"\d{1,19}")
_SOUNDS = ("src", "mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "wma")
_FILMS = ("src", "mp4", "m4v", "webm", "ogv", "mov", "flv", "wmv")
_IMAGE = compile_late(r"(.*?<img\b[^<>]{0,8000}>(?:\s*</a>)?)(.*)", re.DOTALL | re.IGNORECASE)
_IN_A_PARAGRAPH = compile_late(
    r"<p>\s*(\[(?:audio|caption|gallery|playlist|video|wp_caption)\b[^\[\]]{0,4000}\])\s*</p>"
)
_EMBEDS = (
    "embed facebook flickr instagram soundcloud spotify ted tiktok tweet vimeo youtube".split()
)
"""Shortcodes that show what is at an address."""
_MOST_PICTURES = 200


class _Footnote(msgspec.Struct):
    content: str


class Post:
    """A post whose element is ``item``, on ``site``; clocks without a zone are in ``zone``."""

    def __init__(self, item: Part, site: Site, zone: ZoneInfo) -> None:
        self._parts = [*item.children()]
        self._site = site
        self._zone = zone
        self._said = {part.name: text for part in self._parts if (text := part.text())}
        self._notes = [*self._metadata()]
        self._meta = dict(self._notes)
        self._left_out: list[str] = []

    def raw(self, line: int) -> Raw:
        """The post as an item; ``line`` is where it begins."""
        content, files, is_walled = self._content(self._whole_text("content:encoded"))
        summary, _ = shortcodes.expand(self._whole_text("excerpt:encoded"), {})
        is_paid = is_walled or any(is_gated(key, value) for key, value in self._notes)
        return Raw(
            line=line,
            guid=self._said.get("guid", ""),
            link=self._said.get("link", ""),
            title=Text(self._said.get("title", ""), is_html=True),
            summary=Text(summary, is_html=True),
            content=Text(content, True, self._said.get("link", "")),
            published=self._moment("wp:post_date") or self._said.get("pubdate", ""),
            updated=self._moment("wp:post_modified"),
            authors=tuple(self._authors()),
            categories=tuple(self._terms("category", "")),
            tags=tuple(self._terms("post_tag", "tag")),
            language=self._language(),
            attached=joined([*self._featured(), *self._enclosed(), *files]),
            access="paid" if is_paid else "free",
            left_out=tuple(dict.fromkeys(self._left_out)),
        )

    def _whole_text(self, name: str) -> str:
        return next(
            (
                "".join(map(str, part.element.itertext()))
                for part in self._parts
                if part.name == name
            ),
            "",
        )

    def _metadata(self) -> Iterable[tuple[str, str]]:
        for part in self._parts:
            if part.name == "wp:postmeta":
                pair = {child.name: child.text() for child in part.children()}
                yield pair.get("wp:meta_key", ""), pair.get("wp:meta_value", "")

    def _moment(self, name: str) -> str:
        """The moment called ``name``, in UTC; empty if it isn't known."""
        in_utc, local = self._said.get(f"{name}_gmt", ""), self._said.get(name, "")
        for text, zone in ((in_utc, UTC), (local, self._zone)):
            if not _UNKNOWN_DATE.match(text):
                with suppress(ValueError):
                    return datetime.fromisoformat(text).replace(tzinfo=zone).isoformat()
        return ""

    def _authors(self) -> Iterable[str]:
        """Who wrote it, by name: as Co-Authors Plus has it, else its one author."""
        several = [
            self._site.name_of(part.attribute("nicename").removeprefix("cap-"), part.text())
            for part in self._parts
            if part.name == "category" and part.attribute("domain") == "author"
        ]
        if not any(several):
            several = [self._site.name_of(self._said.get("dc:creator", ""), "")]
        return filter(None, several)

    def _terms(self, *domains: str) -> Iterable[str]:
        """What the post is filed under in the taxonomies ``domains``."""
        for part in self._parts:
            is_term = part.name == "category" and part.attribute("domain") in domains
            if is_term and part.attribute("nicename") != _UNSORTED:
                yield unescape(part.text())

    def _language(self) -> str:
        for part in self._parts:
            is_term = part.name == "category" and part.attribute("domain") == "language"
            if is_term and languages.known_language(part.attribute("nicename")):
                return part.attribute("nicename")
        return ""

    def _featured(self) -> Iterable[Attached]:
        number = self._meta.get("_thumbnail_id", "")
        if picture := self._site.pictures.get(number):
            yield Attached(picture.address, title=picture.alt or picture.caption, medium="image")
        elif number.strip("0"):
            self._left_out.append("its featured picture, which is not in this file")

    def _enclosed(self) -> Iterable[Attached]:
        """What WordPress itself noted that a post encloses: address, length and type, by lines."""
        for key, value in self._notes:
            if key == "enclosure":
                address, length, kind, *_ = [*value.split("\n"), "", "", ""]
                yield Attached(address.strip(), kind.strip(), length.strip(), is_enclosed=True)

    def _content(self, text: str) -> tuple[str, list[Attached], bool]:
        """The text as HTML, what it plays, and whether its rest is for those who pay."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        shows = {
            "audio": lambda code: self._player(code, "audio", _SOUNDS),
            "caption": _captioned,
            "code": _code,
            "sourcecode": _code,
            **dict.fromkeys(_EMBEDS, _embedded),
            "gallery": self._gallery,
            "playlist": self._playlist,
            "video": lambda code: self._player(code, "video", _FILMS),
            "wp_caption": _captioned,
        }
        is_walled = False
        text = _IN_A_PARAGRAPH.sub(r"\1", text)
        if blocks.has_blocks(text):
            text, left_out, is_walled = blocks.without_blocks(
                text, paragraphs.with_paragraphs, {"footnotes": self._footnotes()}
            )
            self._left_out += left_out
            text, names = shortcodes.expand(paragraphs.with_links(text), shows)
        else:
            text, names = shortcodes.expand(text, shows)
            text = paragraphs.with_paragraphs(paragraphs.with_links(text))
        self._left_out += names
        content, files = without_players(text)
        return content, files, is_walled

    def _footnotes(self) -> str:
        """The notes below the text, as the block editor keeps them: in JSON, each with its HTML."""
        with suppress(msgspec.DecodeError):
            notes = msgspec.json.decode(self._meta.get("footnotes", "[]"), type=list[_Footnote])
            below = "".join(f"<li>{note.content}</li>" for note in notes)
            return f"<ol>{below}</ol>" if below else ""
        return ""

    def _gallery(self, code: Shortcode) -> str | None:
        shown = self._pictures(code)
        return "\n".join(map(_figure, shown)) if shown else None

    def _pictures(self, code: Shortcode) -> Sequence[Picture]:
        """The attachments that ``code`` names, or those of the post."""
        named = _IDS.findall(code.says("ids", "include"))
        if not named:
            named = self._site.attached_to.get(self._said.get("wp:post_id", ""), [])
            excluded = _IDS.findall(code.says("exclude"))
            named = [one for one in named if one not in excluded]
            wanted = _is_played if code.name != "gallery" else urls.is_picture
            named = [one for one in named if wanted(self._site.pictures[one].address)]
        found = [self._site.pictures[one] for one in named if one in self._site.pictures]
        if found and len(found) < len(named):
            self._left_out.append(f"{len(named) - len(found)} of [{code.name}]")
        return found[:_MOST_PICTURES]

    def _playlist(self, code: Shortcode) -> str | None:
        kind = "video" if code.says("type") == "video" else "audio"
        found = [one for one in self._pictures(code) if _is_played(one.address)]
        played = (f"<p>{_tag(kind, one.address, one.title)}</p>" for one in found)
        return "\n".join(played) if found else None

    def _player(self, code: Shortcode, kind: str, names: Sequence[str]) -> str | None:
        address = code.says(*names) or unescape(code.inside.strip()) or code.says("0")
        if not address:
            own = [one.address for one in self._pictures(code) if _is_played(one.address)]
            address = own[0] if len(own) == 1 else ""
        return f"\n\n{_tag(kind, address, code.says('title'))}\n\n" if address else None


def _is_played(address: str) -> bool:
    return urls.is_recording(address) or bool(media.sound_or_video(Url(address)))


def _tag(kind: str, address: str, title: str) -> str:
    return f'<{kind} src="{escape(address)}" title="{escape(title)}"></{kind}>'


def _figure(picture: Picture) -> str:
    address, alt = escape(picture.address), escape(picture.alt)
    caption = f"<figcaption>{picture.caption}</figcaption>" if picture.caption else ""
    return f'<figure><img src="{address}" alt="{alt}">{caption}</figure>'


def _captioned(code: Shortcode) -> str | None:
    """A picture with what stands below it."""
    found = _IMAGE.match(code.inside)
    if found is None:
        return code.inside
    caption = found[2].strip() or code.says("caption")
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>{found[1].strip()}{below}</figure>"


def _code(code: Shortcode) -> str | None:
    """Source code, in which the editor may have written characters as references."""
    return f"\n\n<pre>{escape(unescape(code.inside.strip(chr(10))))}</pre>\n\n"


def _embedded(code: Shortcode) -> str | None:
    address = unescape(code.inside.strip()) or code.says("src", "url", "0")
    is_address = address.startswith(("https://", "http://"))
    return f"\n\n{shortcodes.link(address)}\n\n" if is_address else None
