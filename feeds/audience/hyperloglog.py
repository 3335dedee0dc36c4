"""How many different ones there are, in 4 kB, without keeping any of them (HyperLogLog).

Rules
- Of a salted hash only this is kept: for one of 4,096 places the longest run of zeros seen there.
  Nobody gets back from that what was hashed, and without the salt nobody can ask for somebody.
- Sketches of two logs put together are the sketch of both, whatever they have in common.
- The standard error is 1.6 %; up to some hundred it is hardly ever wrong by one.
"""

from __future__ import annotations

import math
import re
from hashlib import blake2b

SIZE = 4096
_PLACE = SIZE.bit_length() - 1
_BITS = 64 - _PLACE
_USED = re.compile(b"[^\\0]")


def add(sketch: bytearray, what: bytes, salt: bytes) -> None:
    """Puts ``what`` in; a ``salt`` has 64 bytes at most."""
    value = int.from_bytes(blake2b(what, digest_size=8, key=salt).digest(), "big")
    place = value >> _BITS
    run = _BITS + 1 - (value & ((1 << _BITS) - 1)).bit_length()
    if run > sketch[place]:
        sketch[place] = run


def together(one: bytes | bytearray, other: bytes | bytearray) -> bytes:
    """The sketch of what is in either."""
    fuller, sparser = sorted((one, other), key=_empty)
    if _empty(sparser) < SIZE // 2:
        return bytes(map(max, fuller, sparser))
    made = bytearray(fuller)
    for found in _USED.finditer(sparser):
        place = found.start()
        if sparser[place] > made[place]:
            made[place] = sparser[place]
    return bytes(made)


def estimate(sketch: bytes | bytearray) -> int:
    """About how many different ones were put in."""
    harmonic = sum(sketch.count(run) * 2.0**-run for run in range(_BITS + 2))
    found = 0.7213 / (1 + 1.079 / SIZE) * SIZE * SIZE / harmonic
    if found <= 2.5 * SIZE and (unused := _empty(sketch)):
        found = SIZE * math.log(SIZE / unused)
    return round(found)


def _empty(sketch: bytes | bytearray) -> int:
    return sketch.count(0)
