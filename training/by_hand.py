"""What the lines of some pages are, as somebody found who read them.

Markup says nothing of a list whose dates are no links, of a caption without ``figcaption``, or of a
plea among paragraphs. ``by_hand.txt`` has no word of these pages: a line of it begins
with a digest of a page's lines, and says behind that how many of them in a row are what. A page
whose lines came out otherwise has another digest, and is labelled by its markup again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path

from training.dumps import Block

_SIGNS = {
    "H": "headline",
    "D": "standfirst",
    "B": "byline",
    "S": "stamp",
    "T": "text",
    "U": "subheading",
    "C": "caption",
    "G": "list heading",
    "L": "list headline",
    "A": "list date",
    "E": "teaser",
    "F": "furniture",
    "K": "capture",
}
_RUN = re.compile(r"(\d*)([A-Z])")
_DIGITS = 20


def labels_by_hand(blocks: list[Block]) -> list[str]:
    """What each of ``blocks``, a page's, is; empty if nobody read that page."""
    return _known().get(_digest(blocks), [])


def written_by_hand(blocks: list[Block], labels: Iterable[str]) -> str:
    """The line of ``by_hand.txt`` that says that ``blocks`` have these ``labels``."""
    signs = {label: sign for sign, label in _SIGNS.items()}
    runs = ((signs[label], len(list(run))) for label, run in groupby(labels))
    told = (f"{count}{sign}" if count > 1 else sign for sign, count in runs)
    return f"{_digest(blocks)} {' '.join(told)}"


@cache
def _known() -> dict[str, list[str]]:
    lines = Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines()
    return {digest: _labels(runs) for digest, _, runs in (line.partition(" ") for line in lines)}


def _labels(runs: str) -> list[str]:
    return [_SIGNS[sign] for count, sign in _RUN.findall(runs) for _ in range(int(count or 1))]


def _digest(blocks: list[Block]) -> str:
    lines = "\n".join(block.text for block in blocks)
    return hashlib.sha256(lines.encode()).hexdigest()[:_DIGITS]
