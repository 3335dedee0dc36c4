"""Content codings of a document (RFC 9110, section 8.4.1), made once, when it is published."""

from __future__ import annotations

import gzip
from typing import NamedTuple

import brotli

_QUALITY = 6  # 9 takes five times as long for a fortieth of the bytes, 11 fifty times for a tenth


class Codings(NamedTuple):
    """A body in each coding; empty where that would save nothing."""

    gzip: bytes
    brotli: bytes


def codings(body: bytes) -> Codings:
    """``body`` in every coding; always the same bytes for the same body."""
    coded = brotli.compress(body, mode=brotli.MODE_TEXT, quality=_QUALITY)
    return Codings(gzipped(body), coded if len(coded) < len(body) else b"")


def gzipped(body: bytes) -> bytes:
    """``body`` in gzip; empty where that would save nothing."""
    coded = gzip.compress(body, compresslevel=9, mtime=0)
    return coded if len(coded) < len(body) else b""
