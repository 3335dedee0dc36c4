"""Which letters beyond ASCII the languages use, the frequent ones first, to tell encodings apart.

A text that was decoded by the wrong table is made of letters that no language uses together,
of capitals inside words, or of signs where letters should be. That is all the evidence there
is, and all that is used: no word is known here.

Rules
- A reading is an encoding and a language. It costs as many nats as its characters beyond ASCII
  are improbable in that language; the cheapest reading is the best.
- The likelihood of a letter falls with its place in the alphabet's order. Capitals are rarer,
  and improbable after a small letter; so is a letter beside an ASCII letter of another script.
- Two readings that give the same text are one reading: the encoding listed first names it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from math import exp, inf, log
from typing import NamedTuple

_CYRILLIC = "оеаинтсрвлкмдпуяызьбгчйхжшюцщэфъё"

_LATIN = {
    "western": "éáíóèàäöüçñêãúåøæßôùâîòõëûïìýðþœÿ",
    "German": "üäöß",
    "French": "éèàêçôùîâûœëïæÿ",
    "Spanish": "óíáéñúü",
    "Portuguese": "ãçáéíóêõúàâôü",
    "Italian": "èàùòéìî",
    "Nordic": "åäöøæéü",
    "Icelandic": "ðíáóþæöéúý",
    "Turkish": "ıüşğçöİâîû",
    "Polish": "łąężśćóńź",
    "Czech": "íáěéřčžýšůúťňďó",
    "Slovak": "áíčéšžýľúťňôďäóĺŕ",
    "Hungarian": "áéöóőüíúű",
    "Romanian": "ăîâşţșțé",
    "South Slavic": "čšžćđ",
    "Lithuanian": "ėšųžįąčęū",
    "Latvian": "āīšēūņļžčķģ",
    "Estonian": "äõüöšž",
}
_OTHER = {
    "Russian": _CYRILLIC,
    "Ukrainian": "оаинівртеслкудмпязбьгчйхїцєжюшфщґ",
    "Belarusian": "анірыоселтуядкпвмзцьбчйўхгжшюэёф",
    "Bulgarian": "аиоетнрсвлдкпмзуябгъчцйхщшжюфь",
    "Serbian": "аоиенсртјвукпдлмзбгчшцжћхњљђфџ",
    "Macedonian": "аоеитнрсвкдулпмзјбгшчцжхќѓњфљџѕ",
    "Greek": "ατοιενσηρπςκυμλόίάωγδήέθύχώφβξζψϊΐϋΰ",
    "Arabic": "اليمونرتبةعدسفهكأحقجشصطخإىذزضغثئءظؤآپچژگکی",
    "Hebrew": "יהולארמבתנשדפכקחעטסגצזםןךץף",
    "Thai": "าานรอกเงมยลวดทสตะปบคหแจพชขใไโผซถธศญณฟษฐภฝฉฎฏฑฒฆฬฮฤ่้๊๋์ัิีึืุู็ำๆฯ",
}
# Of the writings with thousands of signs, those that every text is full of.
_HAN = (
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能"
    "好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进"
    "把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使"
    "這個國來說們爲為時會對裡後過學還發經頭動兩長樣現將與進實點種聲話兒問機給幾業間電門東車開見無從當沒關報導區號體於氣"
    "市月日年今昨港城報新聞記者說表示人民居船修路橋橋水学校生活時間今日本大会社長員議定"
)
_PUNCTUATION = "\u00a0«»“”„‘’–—…№·•"
_SIGNS = "°€£§©®™²³½¼×±‹›‚¿¡ªº†‰،؛؟฿\u200c\u200d\u200e\u200f・"
_WIDE = "、。，：；？！（）「」『』《》【】　〜～“”・ー"

_BAD = log(1e-6)
_FALL = 3.0
"""The first letter of an alphabet is e to this power as frequent as the last."""

_CAPITAL = 0.06
"""How frequent capitals are for each small letter; in a text all in capitals, the reverse."""

_ALL_CAPITALS = 6.0
_LETTERS = "".join(sorted({letter for letters in _LATIN.values() for letter in letters}))
_OTHERS = "".join(sorted({letter for letters in _OTHER.values() for letter in letters}))
_SMALL = "".join(letter for letter in _LETTERS + _OTHERS if letter != letter.upper())
_CAPITALS = "".join(re.findall("[^a-zA-Z]", "".join(sorted(set(_SMALL.upper())))))
_BROKEN = re.compile(
    f"[{_SMALL}a-z](?=[{_CAPITALS}])|[{_SMALL}](?=[A-Z])"
    f"|[A-Za-z{_LETTERS}](?=[{_OTHERS}\u3040-\u9fff\uac00-\ud7a3])"
    f"|[{_OTHERS}\u3040-\u9fff\uac00-\ud7a3](?=[A-Za-z{_LETTERS}])"
    f"|[{_LETTERS}{_OTHERS}{_CAPITALS}](?=[0-9])|[0-9](?=[{_LETTERS}{_OTHERS}{_CAPITALS}])"
)
"""Within a word: a capital after a small letter, a digit, or letters of two writings."""


class Reading(NamedTuple):
    """How well a text fits a language: ``cost`` in nats, and how many characters don't fit."""

    cost: float
    misfits: int
    characters: int

    @property
    def plausible(self) -> bool:
        """Whether this may be a text at all."""
        return self.misfits * 4 <= self.characters and self.cost <= 9 * self.characters


def cheapest(text: str, limit: float = inf) -> Reading:
    """The reading of ``text`` in the language that fits it best; linear in its length.

    A reading that is known to cost more than ``limit`` nats costs infinitely much.
    """
    counts = Counter(re.sub("[\x00-\x7f]+", "", text)).most_common()
    characters = sum(count for _, count in counts)
    best = Reading(inf, characters, characters)
    for start, likelihood in _languages():
        cost, misfits = start, 0
        for character, count in counts:
            logarithm = likelihood.get(character, _BAD)
            cost -= logarithm * count
            if logarithm == _BAD:
                misfits += count
            if cost > min(best.cost, limit):
                break
        else:
            best = min(best, Reading(cost, misfits, characters))
    if best.cost == inf:
        return best
    broken = len(_BROKEN.findall(text))
    return Reading(best.cost - _BAD / 2 * broken, best.misfits + broken, characters)


@cache
def _languages() -> tuple[tuple[float, dict[str, float]], ...]:
    """For each language what it costs to assume it, and its characters' logarithmic likelihood."""
    alphabets = [*_LATIN.values(), *_OTHER.values()]
    found = [(0.0, _alphabet(letters, 1.0, _CAPITAL)) for letters in alphabets]
    found += [(_ALL_CAPITALS, _alphabet(letters, _CAPITAL, 1.0)) for letters in alphabets]
    han = {chr(code): log(0.3 / 20000) for code in range(0x4E00, 0xA000)}
    han |= {character: log(0.5 / len(set(_HAN))) for character in _HAN}
    kana = {chr(code): log(0.5 / 170) for code in range(0x3041, 0x30FF)}
    hangul = {chr(code): log(0.85 / 2350) for code in range(0xAC00, 0xD7A4)}
    wide = _signs() | {chr(code): log(0.02 / 94) for code in range(0xFF01, 0xFF5F)}
    wide |= {character: log(0.15 / len(_WIDE)) for character in _WIDE}
    japanese = {character: value + log(0.4) for character, value in han.items()}
    return (*found, (0.0, wide | han), (0.0, wide | japanese | kana), (0.0, wide | hangul))


def _signs() -> dict[str, float]:
    signs = {character: log(0.01 / len(_SIGNS)) for character in _SIGNS}
    return signs | {character: log(0.09 / len(_PUNCTUATION)) for character in _PUNCTUATION}


def _alphabet(letters: str, small: float, capital: float) -> dict[str, float]:
    weights = {letter: exp(-_FALL * at / len(letters)) for at, letter in enumerate(letters)}
    total = sum(weights.values())
    found = _signs()
    for letter, weight in weights.items():
        share = 0.9 * weight / total
        upper = letter.upper()
        if upper != letter and len(upper) == 1 and not upper.isascii():
            found[letter] = log(share * small)
            found[upper] = log(share * capital)
        else:
            found[letter] = log(share)
    return found
