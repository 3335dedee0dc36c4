"""What somebody wrote down about sound and video: an address, or what is known of each in turn.

Rules
- A text without a blank is the address of a recording. One with blanks is a key and its value, as
  in ``duration 1:19``; a key that was there already begins the next recording.
- Of each recording the type has to be known, by its ``type`` or by the ending of its address.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin

from feeds.model import Enclosure
from feeds.text import media, urls

_KEYS = ("url", "type", "length", "duration", "title", "width", "height", "thumbnail")
_MOST = 10
_LONGEST_SHOWN = 60


def read_recordings(
    medium: str, texts: Sequence[str], base: str
) -> tuple[tuple[Enclosure, ...], str]:
    """The recordings that ``texts`` are, and what is wrong with the first of the others, if any.

    ``medium`` is ``audio`` or ``video``; addresses are seen from ``base``. Raises ValueError if
    none of it can be understood.
    """
    told: list[dict[str, str]] = []
    for text in texts:
        key, blank, value = text.partition(" ")
        if not blank:
            key, value = "url", text
        if key not in _KEYS:
            raise ValueError(f"has no '{key[:20]}'; known: {', '.join(_KEYS)}")
        if not told or key in told[-1]:
            told.append({})
        told[-1][key] = value.strip()
    if len(told) > _MOST:
        raise ValueError(f"has {len(told)} files, more than a story may have ({_MOST})")
    made: list[Enclosure] = []
    wrong: list[str] = []
    for one in told:
        try:
            made.append(_recording(medium, one, base))
        except ValueError as error:
            wrong.append(f"'{one.get('url', '')[:_LONGEST_SHOWN]}' is not used: {error}")
    return tuple(made), next(iter(wrong), "")


def _recording(medium: str, said: dict[str, str], base: str) -> Enclosure:
    url = urls.checked(urljoin(base, said.get("url", "")))
    kind = media.sound_or_video(url, said.get("type", ""), medium)
    if not kind:
        raise ValueError("doesn't say what kind of file it is: give its type, as in audio/mpeg")
    thumbnail = said.get("thumbnail")
    return Enclosure(
        url,
        kind,
        media.size_in_bytes(said.get("length", "")),
        media.seconds(said.get("duration", "")),
        said.get("title", ""),
        media.pixels(said.get("width", "")),
        media.pixels(said.get("height", "")),
        urls.checked(urljoin(base, thumbnail)) if thumbnail else None,
    )
