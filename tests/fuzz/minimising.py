"""Less of a file that does the same."""

from __future__ import annotations

from collections.abc import Callable

_MOST_TRIES = 300


def minimised(data: bytes, does_it: Callable[[bytes], bool]) -> bytes:
    """As little of ``data`` as is found in some hundred tries for which ``does_it`` is true."""
    tries = 0
    size = len(data) // 2
    while size:
        start = 0
        while start < len(data) and tries < _MOST_TRIES:
            shorter = data[:start] + data[start + size :]
            tries += 1
            if does_it(shorter):
                data = shorter
            else:
                start += size
        size //= 2
    return data
