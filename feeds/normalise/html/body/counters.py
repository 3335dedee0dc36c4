"""Lines that are others each time a page is saved: what they count, and how long ago something was.

They are told by their words, whole lines of them. What a counter counts, or that a time is that
of a change, has to be said beside the number: "3 (12)" may be a result.
"""

from __future__ import annotations

from feeds.normalise import verdicts
from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of

COUNT = r"\d[\d.,\s]*(?:k|m|tsd|mio|mln|тыс)?\.?"
_COUNTED = any_of(vocabulary.COUNTED, vocabulary.SHARED, vocabulary.COMMENTS)
_TIMES, _SEEN = any_of(vocabulary.TIMES), any_of(vocabulary.SEEN)
_SPAN, _PAST = rf"{COUNT}\s?\w{{1,12}}\.?", any_of(vocabulary.AGO)
_AGO = (
    rf"(?:{_SPAN}|{any_of(vocabulary.A_SPAN)})\s{_PAST}|{_PAST}\s(?:{_SPAN}|{any_of(vocabulary.A_SPAN)})"
    rf"|{COUNT}\s?\w{{1,4}}\s?{any_of(vocabulary.AGO_GLUED)}"
)
_CHANGED = any_of(vocabulary.UPDATED, vocabulary.PUBLISHED)
_VOTED = any_of(vocabulary.VOTED)
# arrows, stars, hearts; no currencies, units or letters: "12 €" counts nothing
_SIGN = "[\u203c\u2049\u20e3\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]"
DURATION = "time it takes to read"
WITH_DIGITS = (
    (Words(rf"\s*(?:{_SIGN}+\s*\d[\d.,]*\s?[km]?\s*){{1,12}}"), verdicts.COUNTER),
    (Words(rf"\s*(?:\d[\d.,]*\s?[km]?\s*{_SIGN}+\s*){{1,12}}"), verdicts.COUNTER),
    (
        Words(
            rf"(?:[\W_]*(?:{COUNT}\s*{_COUNTED}|{_COUNTED}[\s:：(（]*{COUNT}\s?{_TIMES}?)){{1,6}}[\W_]*"
        ),
        verdicts.COUNTER,
    ),
    (
        Words(
            rf"[\W_]*(?:{any_of(vocabulary.THIS_STORY)} )?"
            rf"(?:{_SEEN}(?:\s?[:：]\s?{COUNT}\s?{_TIMES}?|\s{COUNT}\s?{_TIMES})|{COUNT}\s?{_TIMES}\s{_SEEN})[\W_]*"
        ),
        verdicts.COUNTER,
    ),
    (Words(rf"[\W_]*{any_of(vocabulary.VOTES)}[\W_]*"), verdicts.COUNTER),
    (
        Words(
            rf"[^\w★☆]*(?:[^\W\d]\S{{1,20}}(?:\s\S{{1,20}}){{0,3}}?\s?[:：]?\s?)?\s*[★☆]*\s*"
            rf"\d[\d.,]*\s?(?:/\s?\d{{1,2}}\s?)?"
            rf"\(\s*(?:\d[\d.,]*\s{_VOTED}|{_VOTED}\s?[:：]?\s?\d[\d.,]*)\s*\)\W*"
        ),
        verdicts.COUNTER,
    ),
    (Words(r"\W*[★☆]+\s*\d[\d.,]*\s?\(\d[\d.,]*\)\W*"), verdicts.COUNTER),
    (
        Words(r"\S{2,15}(?:\s\S{1,15})?\s[\d.,]+\s?[▲▼△▽↑↓]\s?[+−-]?[\d.,]+\s?%?\W*"),
        verdicts.COUNTER,
    ),
    (Words(rf"[\W_]*(?:[\w-]{{2,20}}\s?[\w-]{{0,20}}[\s:,]+)?(?:{_AGO})[\W_]*"), verdicts.AGE),
    (
        Words(
            rf"[\W_]*(?:{any_of(vocabulary.THIS_STORY)} )?{_CHANGED}[\s:,–—-]*(?:{_AGO})[\W_]*"
            rf"|[\W_]*(?:{_AGO})\s?{_CHANGED}[\W_]*"
        ),
        verdicts.AGE,
    ),
    (
        Words(
            rf"[\W_]*{any_of(vocabulary.BYLINES)}\s\S+(?:\s\S+){{0,4}}?\s?[,|·•–—-]\s?(?:{_AGO})"
        ),
        verdicts.AGE,
    ),
    (Words(r"\d{1,2}[hmdw]"), verdicts.AGE),
    (Words(rf"[\W_]*{any_of(vocabulary.READING_TIMES)}[\W_]*"), DURATION),
)
"""Lines with a number in them, each with the rule by which it is no text."""
LATELY = (
    Words(
        rf"[\W_]*(?:{any_of(vocabulary.THIS_STORY)} )?{_CHANGED}[\s:,–—-]*"
        rf"(?:{any_of(vocabulary.LATELY)}|{_PAST}\s{any_of(vocabulary.A_SPAN)}"
        rf"|{any_of(vocabulary.A_SPAN)}\s{_PAST})[\W_]*"
    ),
    verdicts.AGE,
)
"""When something was changed, in words alone."""
