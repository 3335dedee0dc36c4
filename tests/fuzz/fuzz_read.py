"""Looks for bytes that reading stumbles over; run by hand, as CONTRIBUTING.md says.

The first byte chooses the kind of page, the rest is the file. Whatever it holds, it becomes a
reading or a PageError; anything else ends the run and leaves the bytes in a file ``crash-…``.
"""

from __future__ import annotations

import contextlib
import sys

import atheris

with atheris.instrument_imports(include=["feeds"]):
    from feeds.model.errors import PageError
    from feeds.normalise import normalise
    from feeds.readers import READERS, decoding, read_page

SUFFIXES = sorted(READERS)


def one_input(data: bytes) -> None:
    """Reads ``data`` as a page."""
    if not data:
        return
    suffix = SUFFIXES[data[0] % len(SUFFIXES)]
    decoding.decoded(data[1:], decoding.declaration(data[1:]))
    with contextlib.suppress(PageError):  # a page that shows no text is told by the normaliser
        normalise(read_page(f"fuzzed{suffix}", data[1:]))


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
