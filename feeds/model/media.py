"""Files beside a story's text: its picture, and what it lets people hear or watch."""

from __future__ import annotations

from typing import Literal, NewType

import msgspec

Url = NewType("Url", str)
"""An absolute http or https URL, checked by ``urls.checked``."""


Rights = Literal["", "syndicate", "own-site"]
"""Who may show a story or picture besides the newsroom itself; empty if nobody says so."""


class Image(msgspec.Struct, frozen=True):
    """An article's main picture.

    ``length`` is in bytes, ``width`` and ``height`` in pixels, all 0 when unknown.
    ``thumbnail`` is a smaller picture of the same. ``licence`` is where it says what it may
    be used for.
    """

    url: Url
    type: str
    length: int = 0
    alt: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0
    thumbnail: Url | None = None
    rights: Rights = ""
    licence: Url | None = None


class Enclosure(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file that belongs to a story: sound or video, or whatever a feed had that was taken over.

    ``type`` is its media type, ``length`` is in bytes, ``duration`` in seconds, ``width`` and
    ``height`` in pixels, all 0 when unknown. ``thumbnail`` is a picture that stands for it.
    """

    url: Url
    type: str
    length: int = 0
    duration: int = 0
    title: str = ""
    width: int = 0
    height: int = 0
    thumbnail: Url | None = None

    @property
    def medium(self) -> str:
        """``audio``, ``video`` or ``image``; ``document`` for all else (Media RSS)."""
        kind = self.type.partition("/")[0]
        return kind if kind in {"audio", "video", "image"} else "document"
