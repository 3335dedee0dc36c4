"""Whether nine words in a row of a text that is not to be read yet stand inside other texts.

``leaks`` finds sentences whole; this finds what somebody took over into a sentence of their own.

Rules
- Compared are tokens (``leaks.tokenised``): words alone, whatever stands between them. They are
  of one sentence of the secret; where the other text puts its full stops doesn't matter.
- In scripts without blanks, so many letters count as nine words: 15 of Chinese, 23 of kana, 36 of
  Thai and its neighbours, by how long words are there.
- What readers had before is no secret. Eight words in a row that they had (a minister's title, a
  sentence of the newsroom's own) make none with a ninth: of nine, five have to be news.
- A sentence that three stories or more have, each with figures of its own, is a form that is
  filled in: where it stands as a whole, with other figures again, it says nothing of theirs. A part
  of it in another sentence does.
- Only hashes of what is looked for are kept, so that memory is a fraction of the text's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple
from zlib import crc32

from feeds.text.patterns import compile_late

_WORDS = 9.0
_KNOWN = 8.0
_NEWS = 5.0
_HAN = compile_late("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]")
_KANA = compile_late("[\u3040-\u30ff]")
_LONG_WORDS = compile_late("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_UNSPACED = "\u0e00"
"""Before it, all scripts part their words."""
_FIGURE = compile_late(r"\d+")
_FORMS, _MOST_FILLED, _LONGEST_FORM = 3, 20, 60
_PIECE = 5 / 9
_LEAST = 1e-9  # sums of weights are not exact


class Run(NamedTuple):
    """Tokens of a text that stand in a secret one in the same order, and whose that is.

    ``starts`` are where in it, and how long, nine words begin that are the secret's.
    """

    tokens: tuple[str, ...]
    starts: tuple[tuple[int, int], ...]
    why: str

    @property
    def pieces(self) -> Iterator[str]:
        """Its parts by which one can tell whether readers had them before, in words."""
        for first, length in _windows(self.tokens, _KNOWN):
            yield " ".join(self.tokens[first : first + length])

    def news(self, known: Collection[str]) -> str:
        """The first nine words of it that are still news, given the ``pieces`` that are ``known``.

        Empty if there are none.
        """
        weights = [_weight(token) for token in self.tokens]
        for first, length in _windows(self.tokens, _KNOWN):
            if " ".join(self.tokens[first : first + length]) in known:
                weights[first : first + length] = [0.0] * length
        for first, length in self.starts:
            if sum(weights[first : first + length]) >= _NEWS - _LEAST:
                return " ".join(self.tokens[first : first + length])
        return ""


class _Place(NamedTuple):
    """Where nine words begin in a sentence that has figures: the hash of its form, its length."""

    form: int
    first: int
    length: int


class Phrases:
    """Nine words in a row to look for, each with a reason; the first given for some holds."""

    def __init__(self) -> None:
        self._starts: set[int] = set()
        self._whys: list[str] = []
        self._found: dict[int, int] = {}
        self._form_of: dict[int, _Place | None] = {}
        self._filled: dict[int, dict[int, int]] = {}

    def add(
        self, texts: Iterable[Sequence[str]], why: str, public: Iterable[Sequence[str]] = ()
    ) -> None:
        """Looks for what is in ``texts``, and not in ``public`` texts, from now on."""
        shown = {
            hash(tuple(tokens[first : first + length]))
            for tokens in public
            for first, length in _windows(tokens, _WORDS)
        }
        number = len(self._whys)
        self._whys.append(why)
        for tokens in texts:
            form = self._form(tokens, number)
            for first, length in _windows(tokens, _WORDS):
                key = hash(tuple(tokens[first : first + length]))
                if key not in shown:
                    self._starts.add(hash((tokens[first], tokens[first + 1])))
                    self._found.setdefault(key, number)
                    place = None if form is None else _Place(form, first, len(tokens))
                    if self._form_of.setdefault(key, place) != place:
                        self._form_of[key] = None

    def _form(self, tokens: Sequence[str], number: int) -> int | None:
        """What a sentence of the story with this ``number`` is without its figures; None without.

        Notes which figures it has there.
        """
        form, figures = _parted(tokens)
        if not figures or len(tokens) > _LONGEST_FORM:
            return None
        known = self._filled.setdefault(form, {})
        if len(known) < _MOST_FILLED:
            known.setdefault(number, hash(figures))
        return form

    def _is_filled_in(self, tokens: Sequence[str], first: int, key: int) -> bool:
        """Whether the words with this ``key``, at ``first``, are of a form with other figures."""
        place = self._form_of.get(key)
        if place is None or first < place.first:
            return False
        figures_before = set(self._filled[place.form].values())
        if len(figures_before) < _FORMS:
            return False
        start = first - place.first
        form, figures = _parted(tokens[start : start + place.length])
        return form == place.form and hash(figures) not in figures_before

    def found(self, texts: Iterable[Sequence[str]]) -> list[Run]:
        """What of it stands in ``texts``, in their order."""
        return [run for tokens in texts for run in self._runs(tokens)]

    def _runs(self, tokens: Sequence[str]) -> Iterator[Run]:
        starts = self._starts
        begun = [i for i, pair in enumerate(pairwise(tokens)) if hash(pair) in starts]
        if not begun:
            return
        lengths = dict(_windows(tokens, _WORDS))
        hits: list[tuple[int, int]] = []
        why = 0
        for first in begun:
            length = lengths.get(first, 0)
            key = hash(tuple(tokens[first : first + length]))
            number = self._found.get(key)
            if number is None or self._is_filled_in(tokens, first, key):
                continue
            if hits and first >= sum(hits[-1]):
                yield _run(tokens, hits, self._whys[why])
                hits = []
            if not hits:
                why = number
            hits.append((first, length))
        if hits:
            yield _run(tokens, hits, self._whys[why])


def anchors(tokens: Sequence[str]) -> set[str]:
    """Of each nine words in a row a part, of about five, by which they can be told.

    It depends on these nine alone, and those that follow mostly have the same one.
    """
    return _anchors(tokens, _windows(tokens, _WORDS))


def anchors_of_forms(tokens: Sequence[str]) -> set[str]:
    """The same of all forms that may be filled in somewhere in ``tokens``."""
    shape = _shape(tokens)
    figures = [0, *accumulate("#" in token for token in shape)]
    if not figures[-1]:
        return set()
    windows = _windows(shape, _WORDS)
    return _anchors(shape, (one for one in windows if figures[sum(one)] > figures[one[0]]))


def anchors_of_form(tokens: Sequence[str]) -> set[str]:
    """One of them, if a sentence of these ``tokens`` may be a form that is filled in."""
    shape = _shape(tokens)
    windows = list(_windows(shape, _WORDS)) if len(tokens) <= _LONGEST_FORM else []
    first = next((number for number, token in enumerate(shape) if "#" in token), None)
    if first is None or not windows:
        return set()
    # no token weighs more than a figure: one that is behind all their beginnings is in the last
    return _anchors(shape, [windows[min(first, len(windows) - 1)]])


def _anchors(tokens: Sequence[str], windows: Iterable[tuple[int, int]]) -> set[str]:
    ranked: dict[int, list[tuple[int, str]]] = {}
    found = set()
    for first, length in windows:
        size = int(length * _PIECE)
        pieces = ranked.get(size) or ranked.setdefault(size, _ranked(tokens, size))
        found.add(min(pieces[first : first + length - size + 1])[1])
    return found


def _ranked(tokens: Sequence[str], size: int) -> list[tuple[int, str]]:
    """All parts of so many ``tokens``, each with a number that is as good as drawn by lot."""
    pieces = (" ".join(tokens[first : first + size]) for first in range(len(tokens) - size + 1))
    return [(crc32(piece.encode("utf-8", "surrogatepass")), piece) for piece in pieces]


def _run(tokens: Sequence[str], hits: list[tuple[int, int]], why: str) -> Run:
    start, end = hits[0][0], sum(hits[-1])
    starts = tuple((first - start, length) for first, length in hits)
    return Run(tuple(tokens[start:end]), starts, why)


def _parted(tokens: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """What ``tokens`` are without their figures, hashed, and these."""
    return hash(_shape(tokens)), tuple(token for token in tokens if _FIGURE.search(token))


def _shape(tokens: Sequence[str]) -> tuple[str, ...]:
    return tuple(_FIGURE.sub("#", token) for token in tokens)


def _windows(tokens: Sequence[str], words: float) -> Iterator[tuple[int, int]]:
    """Where so many ``words`` begin in ``tokens``, and how many tokens they are."""
    if all(len(token) > 1 or token < _UNSPACED for token in tokens):
        size = int(words)
        yield from ((first, size) for first in range(len(tokens) - size + 1))
        return
    sums = list(accumulate(map(_weight, tokens), initial=0.0))
    end = 0
    for first in range(len(tokens)):
        while end < len(tokens) and sums[end] - sums[first] < words - _LEAST:
            end += 1
        if sums[end] - sums[first] < words - _LEAST:
            return
        yield first, end - first


def _weight(token: str) -> float:
    """How much of a word a token is."""
    if len(token) > 1 or token < _UNSPACED:
        return 1.0
    if _HAN.match(token):
        return 0.6
    if _KANA.match(token):
        return 0.4
    return 0.25 if _LONG_WORDS.match(token) else 1.0
