"""The files that a feed names beside an item: its picture, and what it encloses.

Rules
- Files of one address are one, of which each place may tell something else.
- The first picture is the item's. All else that has a type is an enclosure: what the feed says it
  is, else what the address tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from feeds.model import Enclosure, Image, Url
from feeds.text import characters, media, urls
from feeds.text.images import image_type

_TYPE = re.compile(r"[a-z0-9][\w.+-]*/[a-z0-9][\w.+-]*", re.ASCII)
_MOST = 10
"""So many enclosures has an item at most: each is an element of each document."""
_LONGEST_TITLE = 200


class Attached(NamedTuple):
    """A picture, or another file, as a feed names it: everything may be empty.

    ``title`` is the caption of a picture. ``is_enclosed``: the feed encloses it, while other
    pictures are but previews of something.
    """

    address: str
    type: str = ""
    length: str = ""
    title: str = ""
    credit: str = ""
    medium: str = ""
    duration: str = ""
    width: str = ""
    height: str = ""
    thumbnail: str = ""
    is_enclosed: bool = False


def joined(files: Iterable[Attached]) -> tuple[Attached, ...]:
    """``files`` with all that is told of one address, wherever it is told, in one."""
    found: dict[str, Attached] = {}
    for file in files:
        if before := found.get(file.address):
            told = before._asdict()
            more = {name: value for name, value in file._asdict().items() if not told[name]}
            file = before._replace(**more)
        found[file.address] = file
    return tuple(found.values())


def image_of(files: Iterable[Attached], base: str) -> Image | None:
    """The first picture among ``files``, whose addresses are seen from ``base``."""
    for file in files:
        url = urls.absolute(base, file.address)
        kind = _image_type(url, file) if url else ""
        if url and kind:
            return Image(
                url,
                kind,
                _length(file.length),
                characters.cleaned(file.title),
                characters.cleaned(file.credit),
                media.pixels(file.width),
                media.pixels(file.height),
                urls.absolute(base, file.thumbnail),
            )
    return None


def enclosures_of(
    files: Iterable[Attached], base: str, image: Image | None
) -> tuple[Enclosure, ...]:
    """What is enclosed of ``files``, ``image`` apart."""
    found: dict[Url, Enclosure] = {}
    for file in files:
        url = urls.absolute(base, file.address)
        if url is None or (image and url in {image.url, image.thumbnail}):
            continue
        kind = _image_type(url, file)
        if kind and not file.is_enclosed:
            continue
        kind = kind or _type(url, file)
        if kind and len(found) < _MOST:
            made = Enclosure(
                url,
                kind,
                _length(file.length),
                media.seconds(file.duration),
                characters.cleaned(file.title)[:_LONGEST_TITLE],
                media.pixels(file.width),
                media.pixels(file.height),
                urls.absolute(base, file.thumbnail),
            )
            found.setdefault(url, made)
    return tuple(found.values())


def _image_type(url: Url, file: Attached) -> str:
    """What kind of picture it is; empty if it is none."""
    kind = file.type.partition(";")[0].strip().lower()
    if kind.startswith("image/") and _TYPE.fullmatch(kind):
        return kind
    is_image = file.medium == "image"
    if kind and not is_image:
        return ""
    return image_type(url) or ("image/jpeg" if is_image else "")


def _type(url: Url, file: Attached) -> str:
    kind = file.type.partition(";")[0].strip().lower()
    if known := media.sound_or_video(url, kind, file.medium):
        return known
    return kind if file.is_enclosed and _TYPE.fullmatch(kind) else ""


def _length(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
