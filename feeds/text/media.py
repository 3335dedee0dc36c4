"""Sound and video as pages state them: what kind of file it is, how long, how large.

Rules
- Only a file that can be fetched and played is one: a player's own page, a playlist of a stream
  (HLS, DASH) and what begins with ``blob:`` are none.
- A stated type counts if it is one of those known; else the ending of the address tells.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from feeds.model import Url

_OF_ENDING = {
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "m4b": "audio/mp4", "aac": "audio/aac",
    "oga": "audio/ogg", "ogg": "audio/ogg", "opus": "audio/ogg", "wav": "audio/wav",
    "flac": "audio/flac", "weba": "audio/webm", "mp4": "video/mp4", "m4v": "video/mp4",
    "mov": "video/quicktime", "webm": "video/webm", "ogv": "video/ogg", "mpg": "video/mpeg",
    "mpeg": "video/mpeg", "3gp": "video/3gpp", "avi": "video/x-msvideo", "wmv": "video/x-ms-wmv",
    "wma": "audio/x-ms-wma",
}  # fmt: skip
_SAME = {
    "audio/mp3": "audio/mpeg", "audio/mpeg3": "audio/mpeg", "audio/x-mp3": "audio/mpeg",
    "audio/x-mpeg": "audio/mpeg", "audio/x-m4a": "audio/mp4", "audio/m4a": "audio/mp4",
    "audio/opus": "audio/ogg", "audio/x-wav": "audio/wav", "audio/wave": "audio/wav",
    "audio/x-flac": "audio/flac", "audio/x-aac": "audio/aac", "video/x-m4v": "video/mp4",
    "audio/mpeg": "audio/mpeg", "video/x-mp4": "video/mp4", "video/avi": "video/x-msvideo",
}  # fmt: skip
_KNOWN = frozenset(_OF_ENDING.values())
_EITHER = frozenset(("mp4", "ogg", "webm"))
_OTHERS = frozenset(("application", "text", "image"))
_ANY = frozenset(("application/octet-stream", "application/ogg", "application/mp4"))
_ENDING = re.compile(r"\.(\w{3,4})$")
_DURATION = re.compile(
    r"P?(?:(\d{1,4})D)?T?(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})(?:[.,]\d+)?S)?", re.IGNORECASE
)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d\d)(?:\.\d+)?")
_SECONDS = re.compile(r"(\d{1,7})(?:\.\d+)?\s*(?:s|sec(?:onds?)?)?", re.IGNORECASE)
_SIZE = re.compile(r"(\d{1,12})(?:[.,](\d{1,3}))?\s*(b|bytes?|[kmg]i?b)?", re.IGNORECASE)
_POWERS = {"k": 1, "m": 2, "g": 3}
_LARGEST = 10**12
_PIXELS = re.compile(r"(\d{1,5})(?:\.0+)?\s*(?:px)?", re.IGNORECASE)


def sound_or_video(url: Url, stated: str = "", medium: str = "") -> str:
    """The media type of the file at ``url``; empty if that is no sound or video.

    ``stated`` is what the page says of its type, with or without parameters. ``medium`` is
    ``audio`` or ``video`` where the page says no more: some files may be either.
    """
    kind = stated.partition(";")[0].strip().lower()
    kind = _SAME.get(kind, kind)
    if kind in _KNOWN:
        return kind
    if kind.partition("/")[0] in _OTHERS and kind not in _ANY:
        return ""
    ending = _ENDING.search(urlsplit(url).path)
    found = _OF_ENDING.get(ending[1].lower(), "") if ending else ""
    subtype = found.partition("/")[2]
    return f"{medium}/{subtype}" if medium and subtype in _EITHER else found


def seconds(text: str) -> int:
    """How many seconds a duration is: ``PT1M19S``, ``1:19``, ``79``; 0 if it is none."""
    text = text.strip()
    if match := _SECONDS.fullmatch(text):
        return int(match[1])
    if match := _CLOCK.fullmatch(text):
        return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
    match = _DURATION.fullmatch(text)
    if match is None or (any(match.groups()[1:]) and "T" not in text.upper()):
        return 0  # without T, an M may be months
    days, hours, minutes, rest = (int(part or 0) for part in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + rest


def size_in_bytes(text: str) -> int:
    """How many bytes a size is: ``48213``, ``4.8 MB``; 0 if it is none."""
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        return 0
    unit = (match[3] or "b").lower()
    if unit[0] == "b":
        return int(match[1]) if not match[2] else 0
    scale = int((1024 if "i" in unit else 1000) ** _POWERS[unit[0]])
    thousandths = int((match[2] or "").ljust(3, "0"))
    return min(int(match[1]) * scale + thousandths * scale // 1000, _LARGEST)


def pixels(text: str) -> int:
    """A width or height: ``820``, ``202px``; 0 if it is none."""
    match = _PIXELS.fullmatch(text.strip())
    return int(match[1]) if match else 0
