"""Long texts in the ledger, compressed.

Rules
- A dictionary has what each reading and each entry's evidence have in common, so that short texts
  become small as well. What was compressed with it needs it for ever: it is never changed. Another
  one gets another number, which is the first byte of whatever is compressed with it.
- A text is compressed when it is written and unpacked when it is read: nobody else sees it.
- Documents with the same texts in them are compressed together, by Brotli, which looks back far
  enough to find these again. What it made needs no dictionary of ours.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import brotli
import msgspec
import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

_NEWEST = 1
_LEVEL = 6  # a third more time than 4 for a thirtieth less; above it, hardly anything
_WINDOW = 15  # with a checksum: damage is to be noticed
_QUALITY = 7  # Brotli's: above it, nearly twice the time for a sixteenth less


@cache
def _dictionary(number: int) -> bytes:
    return Path(__file__).with_name(f"dictionary-{number}.txt").read_bytes()


class DamagedError(ValueError):
    """A value in the ledger is nothing that this program writes there."""


def pack(text: str) -> bytes:
    """``text``, compressed."""
    made = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, zdict=_dictionary(_NEWEST))
    return bytes([_NEWEST]) + made.compress(text.encode()) + made.flush()


def unpack(data: object) -> str:
    """The text that ``pack`` made ``data`` of; raises DamagedError for what it did not make."""
    if not isinstance(data, bytes):
        raise DamagedError("a text where a compressed one belongs")
    if not data or not 0 < data[0] <= _NEWEST:
        raise DamagedError("a text for which no dictionary of this program was used")
    try:
        read = zlib.decompressobj(_WINDOW, zdict=_dictionary(data[0]))
        text = (read.decompress(data[1:]) + read.flush()).decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise DamagedError(error) from error
    if not read.eof:  # which zlib takes for no error
        raise DamagedError("a compressed text that ends too early")
    return text


def pack_together(bodies: Mapping[str, bytes]) -> bytes:
    """``bodies``, compressed."""
    made: bytes = brotli.compress(msgspec.msgpack.encode(bodies), quality=_QUALITY)
    return made


def unpack_together(data: object) -> dict[str, bytes]:
    """The bodies that ``pack_together`` made ``data`` of; raises DamagedError for anything else."""
    if not isinstance(data, bytes):
        raise DamagedError("a text where compressed bytes belong")
    try:
        return msgspec.msgpack.decode(brotli.decompress(data), type=dict[str, bytes])
    except (brotli.error, msgspec.MsgspecError) as error:
        raise DamagedError(error) from error


class Packed(TypeDecorator[str]):
    """A long text. None stands for an empty one as well."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> bytes | None:  # noqa: ARG002, D102 - the base's signature
        return pack(value) if value else None

    def result_processor(  # noqa: D102 - the base's signature
        self,
        dialect: sa.Dialect,  # noqa: ARG002 - as above
        coltype: object,  # noqa: ARG002 - as above
    ) -> Callable[[bytes | None], str | None]:
        def text(value: bytes | None) -> str | None:
            return unpack(value) if value else None

        return text
