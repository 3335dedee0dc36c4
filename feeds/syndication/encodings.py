"""Content codings of a document (RFC 9110, section 8.4.1), made once, when it is published."""

from __future__ import annotations

import gzip
from typing import NamedTuple

import brotli

_LARGE = 64 * 1024
_QUALITY = 11
_QUALITY_OF_LARGE = 9  # the last two are ten times as slow, for a twentieth of the bytes


class Codings(NamedTuple):
    """A body in each coding; empty where that would save nothing."""

    gzip: bytes
    brotli: bytes


def codings(body: bytes) -> Codings:
    """``body`` in every coding; always the same bytes for the same body."""
    quality = _QUALITY if len(body) <= _LARGE else _QUALITY_OF_LARGE
    made = Codings(
        gzip.compress(body, compresslevel=9, mtime=0),
        brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality),
    )
    return Codings(*(coded if len(coded) < len(body) else b"" for coded in made))
