"""What is seen of a line by itself, as short words that a weight can be kept for.

In: a row. Out: its traits, those first that its neighbours look at too. Words of a language count
for little here: how long a line is, how it ends and what date it holds says more, in any script.
"""

from __future__ import annotations

from bisect import bisect_right

from feeds.normalise import bylines, row_kinds, words
from feeds.normalise.rows import LONGEST_OF_A_SITE, Row
from feeds.text.dates.find import Stamp
from feeds.text.patterns import compile_late

Traits = tuple[str, ...]
"""Some traits, in an order that says nothing."""
WIDE = compile_late(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A sign of a script that is written without blanks."""
_SIGN = 1.8
_READ = 300
_LONGEST_KNOWN = 240
_MOST_KNOWN = 8000
_LONGEST_NAME, _MOST_NAMES = 60, 6
_LONGEST_SIGNED = 40
"""A longer sentence is nobody's signature."""
_DIGIT = compile_late(r"\d")
_INNER_STOP = compile_late(r"[.!?…。।] ?[^\W\d_a-z]")
_SIGNS = (
    ("quotes", frozenset('"“”„«»「」『』')),
    ("commas", frozenset(",،、")),
    ("bars", frozenset("|·•›»>/")),
    ("hash", frozenset("#")),
    ("rights", frozenset("©")),
)
_ADDRESS = compile_late(r"https?://|\S@\S")
_DOMAIN = compile_late(r"\.(?:com|net|org|de|ru|az|info)\b")
_ENDS = frozenset(":,;-–—»”\"')]…|")
_SOUP = " |,–—-•·/"

_SIZES = (4, 12, 20, 30, 45, 60, 80, 110, 150, 220, 400)
_COUNTS = (2, 3, 4, 6, 9, 13, 20, 40)
_KINDS = {
    "": "",
    row_kinds.MARK: "mark",
    row_kinds.NUMBER: "number",
    row_kinds.SECTION: "section",
    row_kinds.DATE: "date",
    row_kinds.CREDIT: "credit",
    row_kinds.SITE: "site",
    row_kinds.HEADING: "heading",
    row_kinds.LABEL: "label",
}
_KIND = 2  # its place among the traits
_BREAKS = frozenset(["kind=mark", "kind=number", "kind=section", "kind=date", "kind=site"])


def bucket(number: float, edges: tuple[float, ...]) -> int:
    """How many of ``edges``, which rise, ``number`` reaches."""
    return bisect_right(edges, number)


def size_of(text: str) -> float:
    """How long ``text`` is, in letters of an alphabet."""
    return len(text) if text.isascii() else len(text) + _SIGN * len(WIDE.findall(text[:400]))


def traits_of(row: Row, size: float) -> tuple[Traits, Traits]:
    """The traits of ``row`` that neighbours look at, and those that count for itself alone."""
    if len(row.text) > LONGEST_OF_A_SITE:
        return _traits(row, size)
    key = row.text, row.bullet, row.mark, row.stamp
    if (found := _known.get(key)) is None:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        found = _known[key] = _traits(row, size)
    return found


_known: dict[tuple[str, str, str, Stamp | None], tuple[Traits, Traits]] = {}
"""The traits of lines that pages may have again, by all that these depend on."""


def _traits(row: Row, size: float) -> tuple[Traits, Traits]:
    text = row.text or row.mark
    kind = _KINDS[row_kinds.kind_of(row)]
    carried = [f"size={bucket(size, _SIZES)}", f"end={_end(row, text)}", f"kind={kind}"]
    carried.append(f"stamp={_stamp(row)}")
    if size < _LONGEST_KNOWN:
        carried.append(f"by={_byline(row, text, kind)}")
    carried.append(f"capitals={_capitals(text)}")
    alone = [f"words={bucket(text.count(' ') + 1, _COUNTS)}", f"start={_start(text)}"]
    alone += [f"{carried[0]}+{carried[1]}", f"{carried[0]}+{carried[2]}"]
    alone += _marks(row, text)
    if row.stamp is not None and size < _LONGEST_KNOWN:
        alone += _beside(row)
    return tuple(carried), tuple(alone)


def is_break(carried: Traits) -> bool:
    """Whether a line with these traits is the site's, a section, a count, a date or a mark."""
    return carried[_KIND] in _BREAKS


def _end(row: Row, text: str) -> str:
    last = text[-1:]
    if row.is_statement:
        return "stop"
    if row.is_sentence:
        return "asks"
    if last in _ENDS:
        return last
    return "digit" if last.isdigit() else "open"


def _start(text: str) -> str:
    first = text[:1]
    if first.isupper():
        return "capital"
    if first.islower():
        return "small"
    return "digit" if first.isdigit() else "letter" if first.isalpha() else "mark"


def _capitals(text: str) -> str:
    """How many of the words begin with a capital; of a script without them, "none"."""
    parts = [part for part in text[:_READ].split() if part[0].isalpha()]
    if not parts:
        return "no words"
    upper = sum(part[0].isupper() for part in parts)
    if not upper and text.lower() == text.upper():
        return "none"
    return str(bucket(upper / len(parts), (0.01, 0.3, 0.6, 0.95)))


def _stamp(row: Row) -> str:
    stamp = row.stamp
    if stamp is None or len(row.text) > _LONGEST_KNOWN:
        return "none"
    kind = "full" if stamp.full else stamp.shape
    if row.is_date:
        return f"{kind}, alone"
    place = "first" if not stamp.before else "last" if not stamp.after else "inside"
    return f"{kind}, {place}"


def _beside(row: Row) -> list[str]:
    """What stands beside the date on its line."""
    stamp = row.stamp
    found: list[str] = []
    if stamp is None:
        return found
    if stamp.full and stamp.clock:
        found.append("clock")
    if row.is_date:
        return found
    before, after = stamp.before.strip(_SOUP), stamp.after.strip(_SOUP)
    found.append(f"beside={bucket(size_of(before + after), (8, 20, 40, 80))}")
    if bylines.authors_in(before) or bylines.authors_in(after):
        found.append("name beside")
    if words.PUBLISHED.match(stamp.before) or words.UPDATED.match(stamp.before):
        found.append("label beside")
    if row_kinds.is_stamp(row):
        found.append("stamp")
    return found


def _byline(row: Row, text: str, kind: str) -> str:
    if kind or (len(text) > _LONGEST_SIGNED and row.is_sentence):
        return "no"
    if bylines.introduced(text):
        return "introduced"
    if _may_be_named(text) and bylines.authors_in(text):
        return "name"
    return "source" if bylines.is_source(text) else "no"


def _may_be_named(text: str) -> bool:
    """Whether a line that nothing introduces may name somebody; cheaply, as most lines don't."""
    if "|" in text or not (text.isascii() or text[0].isupper()):
        return True
    return text[0].isupper() and len(text) <= _LONGEST_NAME and 0 < text.count(" ") < _MOST_NAMES


def _has_address(text: str) -> bool:
    """Whether a site's or a person's address is part of ``text``."""
    text = text.lower()
    if "www." in text or (("@" in text or "://" in text) and _ADDRESS.search(text)):
        return True
    # the sign before it is looked at here, since the pattern is quick if it begins with the point
    places = [found.start() for found in _DOMAIN.finditer(text)]
    return any(place and (text[place - 1].isalnum() or text[place - 1] == "_") for place in places)


def _marks(row: Row, text: str) -> list[str]:
    """What signs the line has."""
    start = text[:_READ]
    digits = len(_DIGIT.findall(start)) / len(start)
    found = [f"digits={bucket(digits, (0.001, 0.08, 0.25, 0.5))}"]
    if row.bullet:
        found.append("bullet")
    if row.heading and row.heading != row.text:
        found.append("heading glued")
    signs = set(start)
    found += [name for name, some in _SIGNS if not some.isdisjoint(signs)]
    if ":" in start[1:-1]:
        found.append("colon")
    if start[0] in "([":
        found.append("bracket")
    if _has_address(start):
        found.append("address")
    if _INNER_STOP.search(text, 0, len(text) - 2):
        found.append("sentences")
    if len(text) > 3 and text.isupper():
        found.append("all capitals")
    if len(text) < 90 and words.UPDATED.match(text):
        found.append("updated")
    return found
