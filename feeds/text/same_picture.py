"""Which addresses are of one picture: sites give the same in many sizes.

Rules
- A size is what an address says of it in the usual ways: behind the name, as a folder, in the
  query. What else the query says may say which picture it is.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_NUMBER = r"\d{2,4}"
_BEHIND = re.compile(
    rf"(?:-{_NUMBER}x{_NUMBER}|[-_]scaled|@[23]x|-rotated)+(?=\.\w{{3,4}}\Z)", re.IGNORECASE
)
_FOLDER = re.compile(
    rf"/(?:resize(?:d|r)?|fit-in|thumbnails?|crop)?/?(?:{_NUMBER}x{_NUMBER}|{_NUMBER}x|x{_NUMBER})"
    rf"(?=/)|/[swh]{_NUMBER}(?:-[\w-]{{1,20}})?(?=/)|/(?:resize|width|height)/{_NUMBER}"
    rf"(?:/{_NUMBER})?(?=/)|/styles/\w{{1,60}}/public(?=/)|/[whc]_\w{{1,8}}(?:,\w{{1,12}}){{1,6}}(?=/)",
    re.IGNORECASE,
)
_SIZES = re.compile(
    r"(?:w|h|width|height|resize|fit|crop|quality|q|ssl|strip|auto|fm|format|dpr|itok|s|size|ver|v)"
    r"(?:=|\Z)",
    re.IGNORECASE,
)
_CACHED = re.compile(r"\Ai\d\.wp\.com/")


def key_of(address: str) -> str:
    """What all addresses of the picture at ``address`` have in common; never raises."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    path = _FOLDER.sub("", _BEHIND.sub("", parts.path))
    query = "&".join(part for part in parts.query.split("&") if part and not _SIZES.match(part))
    place = _CACHED.sub("", f"{parts.netloc}{path}")
    return f"{place}?{query}" if query else place
