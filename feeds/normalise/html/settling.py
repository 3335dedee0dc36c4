"""What all of a page settles of dates that could be several: its other dates, and its letters."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.text.dates import find, resolve, tongues
from feeds.text.dates.resolve import Settled

# up to a weekday before it
_FIGURES = re.compile(r"(?:[^\W\d]{3,20},? )?(?<![\d/-])\d{1,2}([/-])\d{1,2}\1\d{4}(?![\d/-])")
_MOST_FIGURES = 50
_MOST_PARAGRAPHS = 50


def by_other_dates(tree: HtmlElement, settled: Settled) -> Settled:
    """What is ``settled``, with the order that dates in figures anywhere on the page show."""
    stamps: list[find.Stamp] = []
    for text in tree.itertext():
        if "/" in text or "-" in text:
            figures = islice(_FIGURES.finditer(text), _MOST_FIGURES)
            stamps += filter(None, (find.find_stamp(one[0]) for one in figures))
        if len(stamps) > _MOST_FIGURES:
            break
    order = resolve.settle_order(stamps, english=True).order
    return Settled(order, settled.years, settled.languages, settled.place)


def by_letters(tree: HtmlElement, settled: Settled) -> Settled:
    """What is ``settled``, with the language that the letters of the page's paragraphs are of."""
    words = " ".join(dom.text_of(one) for one in islice(tree.iter("p"), _MOST_PARAGRAPHS))
    return resolve.in_languages(settled, tongues.languages_by_letters(words))
