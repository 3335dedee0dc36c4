"""Which addresses are of one picture: sites give the same in many sizes.

Rules
- A size is what an address says of it in the usual ways: behind the name, as a folder, in the
  query. What else the query says may say which picture it is.
- Of an address that has another picture's in it, which a server is to make smaller, the other
  counts.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from feeds.text.images import address_within
from feeds.text.patterns import compile_late

_NUMBER = r"\d{2,4}"
_BEHIND = compile_late(
    rf"(?:-{_NUMBER}x{_NUMBER}|[-_]scaled|@[23]x|-rotated)+(?=\.\w{{3,4}}\Z)", re.IGNORECASE
)
_FOLDER = compile_late(
    rf"/(?:resize(?:d|r)?|fit-in|thumbnails?|crop)?/?(?:{_NUMBER}x{_NUMBER}|{_NUMBER}x|x{_NUMBER})"
    rf"(?=/)|/size/w{_NUMBER}(?:h{_NUMBER})?(?:/format/\w{{3,4}})?(?=/)"
    rf"|/[swh]{_NUMBER}(?:-[\w-]{{1,20}})?(?=/)|/(?:resize|width|height)/{_NUMBER}"
    rf"(?:/{_NUMBER})?(?=/)|/styles/\w{{1,60}}/public(?=/)|/cdn-cgi/image/[\w=,.-]{{1,200}}(?=/)"
    r"|/[a-z]{1,3}_[\w:.]{1,20}(?:,[a-z]{1,3}_[\w:.]{1,20}){1,9}(?=/)",
    re.IGNORECASE,
)
_SIZES = compile_late(
    r"(?:w|h|width|height|resize|fit|crop|quality|q|ssl|strip|auto|fm|format|dpr|itok|s|size|ver|v)"
    r"(?:=|\Z)",
    re.IGNORECASE,
)
_CACHED = compile_late(r"\Ai\d\.wp\.com/")


def key_of(address: str) -> str:
    """What all addresses of the picture at ``address`` have in common; never raises."""
    try:
        inner = address_within(address)
        return _key_of(urljoin(address, inner) if inner else address)
    except ValueError:
        return address


def _key_of(address: str) -> str:
    parts = urlsplit(address)
    path = _FOLDER.sub("", _BEHIND.sub("", parts.path))
    query = "&".join(part for part in parts.query.split("&") if part and not _SIZES.match(part))
    place = _CACHED.sub("", f"{parts.netloc}{path}")
    return f"{place}?{query}" if query else place
