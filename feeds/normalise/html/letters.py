"""What the letters of a page settle of the names of months in its dates."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.text.dates import resolve, tongues

_MOST_PARAGRAPHS = 50


def settled_by_letters(tree: HtmlElement, settled: resolve.Settled) -> resolve.Settled:
    """What is ``settled``, with the language that the letters of the page's paragraphs are of."""
    words = " ".join(dom.text_of(one) for one in islice(tree.iter("p"), _MOST_PARAGRAPHS))
    return resolve.in_languages(settled, tongues.languages_by_letters(words))
