"""What other pages have, for the forms of one."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from feeds.model import Line
from feeds.normalise.rows import row_of
from training.collections import SavedPage
from training.labelling import labelled
from training.sentences import beginning

_MOST_LINKED = 0.4


class Others(msgspec.Struct, frozen=True):
    """Titles of pages and first sentences of their texts; by language pleas and captions.

    A plea is whatever reads like a sentence and is the site's.
    """

    titles: list[str]
    sentences: list[str]
    pleas: dict[str, list[str]]
    captions: dict[str, list[str]]


def others_of(pages: Iterable[SavedPage]) -> Others:
    """What ``pages`` have for the forms of others."""
    found = Others([], [], {}, {})
    for page in pages:
        if 25 < len(page.title) < 140:
            found.titles.append(page.title)
        sentence = beginning(max(page.body, key=len), 1)
        if 40 < len(sentence) < 260:
            found.sentences.append(sentence)
        _note_lines(found, page)
    return found


def _note_lines(found: Others, page: SavedPage) -> None:
    told = labelled(page)
    if told is None:
        return
    for one, block in zip(told, page.blocks, strict=True):
        if one.label == "caption" and 20 < len(one.text) < 220:
            found.captions.setdefault(page.language, []).append(one.text)
        is_plea = one.label == "furniture" and 40 < len(one.text) < 320
        if is_plea and block.linked < _MOST_LINKED and row_of(Line(1, one.text)).is_statement:
            found.pleas.setdefault(page.language, []).append(one.text)
