"""WordPress's shortcodes: ``[gallery ids="1,2"]``, ``[caption]…[/caption]``.

Rules
- Those of WordPress itself become what they show. All others go, and are named; what stands between
  the two ends of one stays, since that is text, unless its name says that it isn't for everybody.
- Brackets that people write are text: ``[sic]``, ``[Name]``, ``[1]``. A shortcode has an attribute,
  an end, a name with an underscore, or a line of its own.
- ``[[gallery]]`` is how ``[gallery]`` is written. In code, and inside of tags, brackets are just
  that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from typing import NamedTuple

from feeds.readers.feed.wordpress.restrictions import CONDITION, RESTRICTED
from feeds.text.patterns import compile_late

_TOKEN = compile_late(
    r"(\[?)\[(/?)([A-Za-z][\w-]{0,60})((?:\s|=)[^\[\]]{0,4000})?(/?)\](\]?)", re.ASCII
)
_ATTRIBUTE = compile_late(
    r"""([\w-]{1,60})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|'([^']*)'|(\S+)"""
)
_STATED = compile_late(r"""(?:^|\s)[\w-]{1,60}=["'\w#/.]""")
_SPOKEN = frozenset(
    "applause crosstalk ed inaudible laughs laughter music pause redacted sic silence".split()
)
_MARKUP = compile_late(
    r"<(/?)(pre|code|script|style|textarea)\b[^<>]{0,4000}>|<[^<>]{1,4000}>", re.I
)
_LINE_END = compile_late(r"\n|</?(?:p|div|li|td|h[1-6]|br|blockquote)\b[^<>]*>", re.I)
_NEAR = 200
_MOST_BETWEEN = 2000


class Shortcode(NamedTuple):
    """A shortcode in small letters, its attributes, those without a name by number, its inside."""

    name: str
    attributes: dict[str, str]
    inside: str

    def says(self, *names: str) -> str:
        """What the first of the attributes ``names`` says that says anything."""
        return next(filter(None, (self.attributes.get(name, "").strip() for name in names)), "")


Show = Callable[[Shortcode], str | None]


def expand(text: str, shows: Mapping[str, Show]) -> tuple[str, list[str]]:
    """``text`` with what ``shows`` says in the place of shortcodes, by name; the names of others.

    What comes to None is left out, and named.
    """
    if "[" not in text:
        return text, []
    return _Expansion(text, shows).made()


class _Expansion:
    def __init__(self, text: str, shows: Mapping[str, Show]) -> None:
        self._text = text
        self._shows = shows
        self._left_out: list[str] = []
        spans = list(_inside_markup(text))
        starts = [start for start, _ in spans]

        def is_markup(place: int) -> bool:
            number = bisect_right(starts, place)
            return number > 0 and place < spans[number - 1][1]

        self._tokens = [one for one in _TOKEN.finditer(text) if not is_markup(one.start())]
        self._ends: dict[str, list[int]] = defaultdict(list)
        for number, token in enumerate(self._tokens):
            if token[2]:
                self._ends[token[3].lower()].append(number)
        for numbers in self._ends.values():
            numbers.reverse()  # the next one is the last then

    def made(self) -> tuple[str, list[str]]:
        parts: list[str] = []
        place = number = 0
        opened: set[str] = set()
        while number < len(self._tokens):
            token = self._tokens[number]
            number += 1
            if token.start() < place:
                continue
            name = token[3].lower()
            is_restricted = bool(RESTRICTED.search(name) or CONDITION.search(token[4] or ""))
            is_restricted &= name not in self._shows
            is_open = not (token[2] or token[5])
            end = self._end_of(name, number - 1, is_restricted) if is_open else None
            closing = self._tokens[end] if end is not None else None
            parts.append(self._text[place : token.start()])
            place = token.end()
            if token[2]:
                parts.append("" if name in opened else token[0])
                continue
            if not self._is_meant(token, closing):
                parts.append(token[0])
                continue
            last = closing if closing and (name in self._shows or not token[6]) else token
            if token[1] and last[6]:  # written twice, so that it is shown as it is
                parts.append(self._text[token.start() + 1 : last.end() - 1])
                place = last.end()
                continue
            parts.append(token[1])
            if closing is None:
                parts.append(self._shown(name, token, ""))
            elif name in self._shows or is_restricted:
                inside = self._text[token.end() : closing.start()]
                parts.append(self._shown(name, token, inside) + closing[6])
                place = closing.end()
            else:
                opened.add(name)
                self._left_out.append(f"[{name}]")
            parts.append(token[6] if closing is None else "")
        parts.append(self._text[place:])
        return "".join(parts), list(dict.fromkeys(self._left_out))

    def _end_of(self, name: str, number: int, is_restricted: bool) -> int | None:
        """The number of the token that ends the one called ``name`` with this ``number``."""
        ends = self._ends.get(name, [])
        while ends and ends[-1] < number:
            ends.pop()
        if not ends:
            return None
        if not is_restricted:
            return ends[-1]
        depth = 0  # one may stand in another: nothing of it may be seen
        for later in range(number, min(ends[0], number + _MOST_BETWEEN) + 1):
            token = self._tokens[later]
            if token[3].lower() == name and not token[5]:
                depth += -1 if token[2] else 1
                if not depth:
                    return later
        return ends[0]

    def _is_meant(self, token: re.Match[str], closing: re.Match[str] | None) -> bool:
        """Whether ``token`` is a shortcode, and not what somebody says in brackets."""
        name, told = token[3], token[4] or ""
        if name.lower() in self._shows:
            return name.islower()
        if closing is not None:
            return True
        if not name.islower() or name in _SPOKEN:
            return False
        if token[5] or "_" in name or _STATED.search(f"{name}{told}"):
            return True
        return not told and self._stands_alone(token)

    def _stands_alone(self, token: re.Match[str]) -> bool:
        """Whether there is nothing but tags beside ``token`` on its line."""
        before = self._text[max(0, token.start() - _NEAR) : token.start()]
        after = self._text[token.end() : token.end() + _NEAR]
        beside = _LINE_END.split(before)[-1] + _LINE_END.split(after)[0]
        return not _MARKUP.sub("", beside).strip()

    def _shown(self, name: str, token: re.Match[str], inside: str) -> str:
        show = self._shows.get(name)
        made = show(Shortcode(name, _attributes(token[4] or ""), inside)) if show else None
        if made is None:
            self._left_out.append(f"[{name}]")
        return made or ""


def _attributes(told: str) -> dict[str, str]:
    found: dict[str, str] = {}
    told = unescape(told).replace("\u201c", '"').replace("\u201d", '"').replace("\u2033", '"')
    for match in _ATTRIBUTE.finditer(told.lstrip("=")):
        name = (match[1] or str(len(found))).lower()
        value = next((part for part in match.groups()[1:] if part is not None), "")
        found.setdefault(name, value)
    return found


def _inside_markup(text: str) -> Iterator[tuple[int, int]]:
    """From where to where ``text`` is a tag, or code."""
    begun = name = None
    for tag in _MARKUP.finditer(text):
        if begun is None and tag[2] and not tag[1]:
            begun, name = tag.start(), tag[2].lower()
        elif begun is not None:
            if tag[1] and (tag[2] or "").lower() == name:
                yield begun, tag.end()
                begun = name = None
        else:
            yield tag.span()


def link(address: str, words: str = "") -> str:
    """A link to ``address``, in HTML."""
    return f'<a href="{escape(address)}">{escape(words or address)}</a>'
