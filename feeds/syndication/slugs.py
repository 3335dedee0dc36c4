"""Whether an address spells a headline that is not to be read yet.

Rules
- Read as words are the parts of an address: what stands between slashes, the names and values of
  its query, and long parts of its host. Words are parted by whatever is no letter, or by capitals.
- Compared are consonants and digits of the words in Latin letters, since each website writes
  Cyrillic or Turkish letters in its own way: ``ukhodit``, ``uxodit`` and ``uhodit`` are one.
- A few words may be left out, and so may all that have less than four letters: what tools for
  slugs drop. Cut off, it still spells the headline with the half of it.
- Less than three words, or twelve letters, are a topic rather than a headline; two words count
  where an address has no others.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from feeds.syndication.leaks import tokenised

_LONG = 4
_ENOUGH_LETTERS = 12
_ENOUGH_CUT = 20  # letters, of which an address has no more
_LONG_LABEL = 20
_ENOUGH_JOINED = 10  # consonants, where words aren't parted at all
_FEW = 3
_MOST_WORDS = 60
_LONG_HEADLINE = 40  # words, or letters where these aren't parted
_LONGEST = 2048
_PARTS = re.compile(r"[/?&=#;:,]+")
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}\Z")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u02b9`]")
_OTHERS = re.compile(r"[^a-z0-9]+")
_SOUNDS = (
    ("shch", "s"), ("shh", "s"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("zh", ""), ("kh", "h"),
    ("gh", "g"), ("ph", "f"), ("ts", "c"), ("tz", "c"), ("ck", "k"), ("x", "h"), ("q", "k"),
    ("w", "v"),
)  # fmt: skip
_VOWELS = re.compile("[aeiouyj]+")
_DOUBLED = re.compile(r"([a-z])\1+")


class _Word(NamedTuple):
    """A word by its ``sound``; ``letters`` is how many it is written with, ``plain`` which."""

    sound: str
    letters: int
    plain: str
    is_number: bool

    @property
    def counts(self) -> bool:
        return self.letters >= _LONG or self.is_number


class Headline(NamedTuple):
    """A headline, what the caller had said about it, and how it is spelled.

    ``words`` are those that an address must have, ``joined`` the sounds of all of them and of the
    whole headline, as they are where no blanks are left.
    """

    title: str
    why: str
    words: tuple[_Word, ...]
    joined: frozenset[str]


class Headlines:
    """Headlines to look for in addresses, each with a reason; the first that fits counts."""

    def __init__(self) -> None:
        self._all: list[Headline] = []
        self._with: dict[str, set[int]] = defaultdict(set)
        self._beginning: dict[str, list[int]] = defaultdict(list)

    def __bool__(self) -> bool:
        return bool(self._all)

    def add(self, title: str, why: str) -> None:
        """Looks for ``title`` from now on."""
        headline = _headline(title, why)
        if headline is None:
            return
        number = len(self._all)
        for start in _starts(headline):
            self._beginning[start].append(number)
        self._all.append(headline)
        for word in headline.words:
            self._with[word.sound].add(number)

    def spelled(self, address: str) -> Headline | None:
        """Which of them ``address`` spells; None if it is none."""
        for part in _parts(address):
            words = _words(part)[:_MOST_WORDS]
            sounds = {word.sound for word in words}
            shared = Counter(n for sound in sounds for n in self._with.get(sound, ()))
            fitting = [
                number
                for number, count in shared.items()
                if count > 1 and _spells(words, self._all[number].words)
            ]
            is_cut = sum(word.letters for word in words) >= _ENOUGH_CUT
            for joined in _joined(words):
                fitting += self._unparted(joined, is_cut=is_cut)
            if fitting:
                return self._all[min(fitting)]
        return None

    def _unparted(self, sounds: str, *, is_cut: bool) -> Iterator[int]:
        """The numbers of the headlines that stand in ``sounds``, their words not parted.

        ``is_cut``: or of which the beginning does, and nothing else.
        """
        for start in range(len(sounds) - _ENOUGH_JOINED + 1):
            for number in self._beginning.get(sounds[start : start + _ENOUGH_JOINED], ()):
                for joined in self._all[number].joined:
                    if sounds.startswith(joined, start) or (
                        is_cut
                        and joined.startswith(sounds[start:])
                        and 2 * (len(sounds) - start) >= len(joined)
                    ):
                        yield number


def clues_to(title: str) -> set[str] | None:
    """What of it an address that spells the headline ``title`` has; None: it may be anything.

    Pairs of its words in their order, and how it begins where these aren't parted. An address has
    at least four of its words, or most of them, so that some two of these are near each other.
    """
    headline = _headline(title, "")
    if headline is None:
        return set()
    words = [word.sound for word in headline.words]
    if len(words) > _LONG_HEADLINE:
        return None
    reach = max(1, (len(words) - 1) // _FEW)
    pairs = {
        f"{word} {other}"
        for at, word in enumerate(words)
        for other in words[at + 1 : at + 1 + reach]
    }
    return pairs | _starts(headline)


def clues_in(addresses: Iterable[str]) -> Iterator[str]:
    """The same of what ``addresses`` may spell."""
    for part in {part for address in addresses for part in _parts(address)}:
        words = _words(part)[:_MOST_WORDS]
        for joined in _joined(words):
            for start in range(len(joined) - _ENOUGH_JOINED + 1):
                yield joined[start : start + _ENOUGH_JOINED]
        for one, other in combinations(words, 2):
            yield f"{one.sound} {other.sound}"


def _headline(title: str, why: str) -> Headline | None:
    """``title`` as it may be spelled; None if it is a topic rather than a headline."""
    words = _words(title)
    counting = [word for word in words if word.counts]
    if len(counting) < _FEW or 2 * len(counting) < len(words):
        counting = list(words)
    if len(counting) < 2 or sum(word.letters for word in counting) < _ENOUGH_LETTERS:
        return None
    joined = frozenset(
        sounds for sounds in (*_joined(words), *_joined(counting)) if len(sounds) >= _ENOUGH_JOINED
    )
    return Headline(title, why, tuple(counting), joined)


def _starts(headline: Headline) -> set[str]:
    return {sounds[:_ENOUGH_JOINED] for sounds in headline.joined}


def _joined(words: Sequence[_Word]) -> set[str]:
    """The sounds of ``words`` as they are where nothing parts them, which may make other sounds."""
    return {
        "".join(word.sound for word in words),
        _sound("".join(word.plain for word in words)),
    }


def _spells(words: Sequence[_Word], headline: Sequence[_Word]) -> bool:
    """Whether ``words`` of an address are, in their order, those of a ``headline``."""
    common = _common(words, headline)
    count, wanted = len(common), len(headline)
    if sum(headline[at].letters for at in common) < _ENOUGH_LETTERS:
        return False
    others = sum(word.counts for word in words)
    if wanted < _FEW:
        return count == wanted and len(words) <= wanted + 1
    if count >= wanted - wanted // 4 or (count > _FEW and count >= 0.8 * others):
        return True
    in_a_row = bool(common) and common[-1] - common[0] + 1 == count
    return count >= _FEW and in_a_row and count >= others and 2 * count >= wanted


def _common(words: Sequence[_Word], headline: Sequence[_Word]) -> list[int]:
    """The longest series of words of ``headline``, by their places, that ``words`` has in order."""
    best: list[list[int]] = [[] for _ in range(len(headline) + 1)]
    for word in words:
        before: list[int] = best[0]
        for at, wanted in enumerate(headline, start=1):
            longer = [*before, at - 1] if wanted.sound == word.sound else []
            before = best[at]
            best[at] = max(best[at], best[at - 1], longer, key=len)
    return best[-1]


def _parts(address: str) -> Iterator[str]:
    """The parts of ``address`` that may spell something."""
    try:
        parts = urlsplit(address[:_LONGEST])
    except ValueError:
        return
    if parts.scheme and not parts.netloc:
        places = [address[:_LONGEST]]  # an id: tag:, urn:
    else:
        places = [parts.path, parts.query, parts.fragment]
    yield from (label for label in parts.netloc.split(".") if len(label) >= _LONG_LABEL)
    for place in places:
        # twice, since what an address has in its query may be encoded once more
        for part in _PARTS.split(unquote(unquote(place))):
            if len(part) >= _ENOUGH_LETTERS or not part.isascii():
                yield _CAPITAL.sub(" ", _SUFFIX.sub("", part))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[_Word, ...]:
    """The words of ``text`` that have a sound; each letter of a script without blanks is one."""
    made = []
    for token in tokenised(_APOSTROPHES.sub("", text)):
        plain = token
        if not token.isascii():
            import anyascii  # late: most need none of it

            plain = anyascii.anyascii(token)
        plain = _OTHERS.sub("", _APOSTROPHES.sub("", plain).lower())
        if sound := _sound(plain):
            made.append(_Word(sound, len(plain), plain, plain.isdigit()))
    return tuple(made)


def _sound(word: str) -> str:
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))
