"""Content codings (RFC 9110, section 8.4): what came, as it was before it was sent, in bounds."""

from __future__ import annotations

import zlib

_MOST_MEMBERS = 100
"""Of what is gzip (RFC 1952, section 2.2): each costs what is behind it once more."""

KNOWN = "gzip, deflate, br"
"""What may be asked for, as ``Accept-Encoding`` has it."""


class CodingError(ValueError):
    """What came is not what it is said to be, or is larger than it may be."""


class TooLargeError(CodingError):
    """It is larger than it may be."""


def decoded(data: bytes, codings: str, most: int) -> bytes:
    """``data`` without its content ``codings``, as the header has them: the last was applied last.

    Never makes more than ``most`` bytes and one. Raises CodingError.
    """
    names = [name.strip().lower() for name in codings.split(",")]
    for name in reversed([name for name in names if name not in {"", "identity"}][:3]):
        if name == "br":
            data = _of_brotli(data, most)
        elif name in {"gzip", "x-gzip", "deflate"}:
            data = _of_zlib(data, name, most)
        else:
            raise CodingError(f"it comes as '{name[:80]}', which was not asked for")
    if len(data) > most:
        raise TooLargeError(f"it has more than {most:,} bytes")
    return data


def _of_zlib(data: bytes, name: str, most: int) -> bytes:
    if name == "deflate":
        # zlib's format by the standard; without its header by the habit of some servers
        is_zlib = len(data) > 1 and data[0] & 15 == 8 and (data[0] * 256 + data[1]) % 31 == 0
        bits = zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS
    else:
        bits = zlib.MAX_WBITS + 16
    made = b""
    for _ in range(_MOST_MEMBERS):
        stream = zlib.decompressobj(bits)
        try:
            made += stream.decompress(data, most + 1 - len(made))
        except zlib.error as error:
            raise CodingError(f"what the server sends is no {name}: {error}") from error
        if len(made) > most:
            return made
        if not stream.eof:
            raise CodingError(f"what the server sends is no {name}: the end is missing")
        # gzip may have several parts, and padding behind them
        data = stream.unused_data
        if not data.startswith(b"\x1f\x8b"):
            return made
    raise CodingError(f"what the server sends has more than {_MOST_MEMBERS} parts")


def _of_brotli(data: bytes, most: int) -> bytes:
    import brotli  # late: few servers are asked for it

    stream = brotli.Decompressor()
    pieces: list[bytes] = []
    left = most + 1
    try:
        piece = stream.process(data, output_buffer_limit=left)
        while piece:
            pieces.append(piece)
            left -= len(piece)
            if left <= 0:
                break
            piece = stream.process(b"", output_buffer_limit=left)
    except brotli.error as error:
        raise CodingError("what the server sends is no br") from error
    if left > 0 and not stream.is_finished():
        raise CodingError("what the server sends is no br: the end is missing")
    return b"".join(pieces)
