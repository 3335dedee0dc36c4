"""Why a line has its label, in plain words: the traits that weighed most for it."""

from __future__ import annotations

import re

from feeds.normalise.labels.model import AROUND, HERE, Model
from feeds.normalise.labels.places import Seen
from feeds.normalise.labels.traits import Traits

_MOST = 3
_SHORTEST = ("a few letters", "a word or two", "short", "short", "as long as a short headline")
_SIZES = (*_SHORTEST, *["as long as a headline"] * 3, *["as long as a paragraph"] * 4)
_ENDS = {
    "stop": "ends with a full stop",
    "asks": "ends with a question or an exclamation",
    "open": "ends with no mark",
    "digit": "ends with a number",
}
_KINDS = {
    "": "none of the words that sites use",
    "mark": "only a mark",
    "number": "counts something",
    "section": "a section's name",
    "date": "a date",
    "credit": "credits a picture",
    "site": "words that sites use",
    "heading": "words that head a list",
    "label": "a label of dates",
}
_BYLINES = {
    "no": "nobody's name",
    "introduced": "a word that introduces authors",
    "name": "reads like a name",
    "source": "an agency's or a site's name",
}
_CAPITALS = {"0": "no capitals", "3": "most words with capitals", "4": "all words with capitals"}
_STARTS = {
    "capital": "begins with a capital",
    "small": "begins with a small letter",
    "digit": "begins with a number",
    "letter": "begins with a letter",
    "mark": "begins with a mark",
}
_PLACES = {
    "above": "above most of the page's long lines",
    "below": "below most of the page's long lines",
    "core": "among the page's long lines",
}
_WHERE = {
    -2: "two lines above: ",
    -1: "the line above: ",
    HERE: "",
    1: "the line below: ",
    2: "two lines below: ",
}
_WHOLE = {
    "prose above=0": "no prose above",
    "prose below=0": "no prose below",
    "told=0": "shares no words with the text",
    "told=no words": "has no words to compare",
    "alike=0": "no neighbour is as long",
    "dates near=0": "no dates near",
    "date at=none": "no date beside it",
    "dates at=none": "no other date near",
    "crowd=0": "no long lines near",
    "outside": "the page's edge",
    "sentences": "several sentences",
    "address": "holds an address",
}
_FAMILIES = {
    "prose above": "prose above",
    "prose below": "prose below",
    "prose around": "how much prose stands around it",
    "crowd": "long lines near",
    "top": "how far down the page it stands",
    "bottom": "how far from the page's end it stands",
    "page": "how long the page is",
    "first line": "the first line",
    "breaks above": "the site's lines, dates and marks between the text and it",
    "told": "shares words with the text",
    "shared": "shares words with other short lines",
    "alike": "neighbours of the same length",
    "dates near": "dates near",
    "date at": "a date beside it",
    "dates at": "other dates near",
    "date form": "how many dates are written alike",
    "beside": "words beside a date",
    "digits": "its share of digits",
    "words": "its number of words",
}
_NUMBER = re.compile(r"\d+")


def reasons(model: Model, seen: list[Seen], index: int, label: int, rival: int) -> list[str]:
    """What spoke most for ``label`` of the line ``index``, against ``rival``, at most three."""
    gains: dict[str, int] = {}
    for place in (HERE, *AROUND):
        other = index + place
        traits: Traits = ("outside",)
        if 0 <= other < len(seen):
            one = seen[other]
            traits = one.all if place == HERE else one.carried
        for trait in traits:
            weights = model.weight(trait, place)
            gain = weights[label] - weights[rival]
            if gain > 0:
                words = _WHERE[place] + in_words(trait)
                gains[words] = gains.get(words, 0) + gain
    ordered = sorted(gains, key=lambda words: (-gains[words], words))
    return ordered[:_MOST]


def in_words(trait: str) -> str:
    """``trait`` in plain words."""
    if trait in _WHOLE:
        return _WHOLE[trait]
    family, _, value = trait.partition("=")
    first = value.partition("+")[0]
    tables = {"end": _ENDS, "kind": _KINDS, "by": _BYLINES, "start": _STARTS}
    if family == "size":
        return _SIZES[int(first)]
    if family in tables:
        return tables[family].get(first, f"ends with {first}")
    if family == "capitals":
        return _CAPITALS.get(first, "how its words are capitalised")
    if family == "stamp":
        return "no date" if value == "none" else f"a date: {value}"
    if family == "at":
        return _PLACES[_NUMBER.sub("", first)]
    if family.startswith("gap "):
        return {"gap none": "no blank line beside it"}.get(
            family.split(",")[0], f"a blank line {family.split(',')[0].removeprefix('gap ')} it"
        )
    return _FAMILIES.get(family.partition("+")[0], family)
