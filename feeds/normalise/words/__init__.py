"""The words by which pages say what their parts are, and the patterns made of them.

``vocabulary`` has people's words, language by language; ``names`` what templates call the parts
of a page in classes and ids. The patterns here are what several modules ask of a line; what one
alone asks is made there, by ``patterns``.
"""

from __future__ import annotations

import re

from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of, beginnings, small, words_of

_PICTURE = any_of(vocabulary.PHOTOS, vocabulary.PICTURES)
_BY, _OF = any_of(vocabulary.CREDITED), any_of(vocabulary.OF)
_SOURCE = any_of(vocabulary.SOURCES)
_CREDIT = Words(
    rf"(?:[\W_]{{0,3}}{_PICTURE}(?:\s*(?:{_BY}|{_OF}|:|/|—|–|-|©).*)?"
    rf"|[\W_]{{0,3}}{_PICTURE}\s+\S+(?:\s\S+){{0,4}}"
    rf"|.{{0,160}}?[.,(\s/|]\s*{_PICTURE}"
    rf"(?:\s*(?:{_BY}|:|/|©).{{0,60}}|\s*[.)]?)"
    rf"|.{{0,90}}?[.(/|]\s*{any_of(vocabulary.PHOTOS)}(?:\s\S+){{0,5}}"
    r"|[\W_]{0,3}(?:©|\(c\)|copyright\b).{0,100}"
    rf"|(?:image|credit|caption|{_SOURCE})\s*:.{{0,60}})[.)\]]*"
)
_CREDIT_MARKS = (
    *map(small, beginnings(vocabulary.PHOTOS, vocabulary.PICTURES, vocabulary.SOURCES)),
    *("credit", "caption", "copyright", "c)", "©"),
)
_OPENING = '([/|.,-–—•*«"“'
_CREDIT_STARTS = frozenset(
    start
    for mark in _CREDIT_MARKS
    for start in (mark[:3], *(opening + mark[:2] for opening in _OPENING))
)


def is_credit(lowered: str) -> bool:
    """Whether ``lowered``, a whole line in small letters, credits or captions a picture."""
    # the pattern itself is slow where it fails, and it mostly does
    parts = lowered.replace("/", " ").split()
    if _CREDIT_STARTS.isdisjoint([part[:3] for part in parts]):
        return False
    marked = any(part.lstrip(_OPENING).startswith(_CREDIT_MARKS) for part in parts)
    return marked and _CREDIT.for_text(lowered).fullmatch(lowered) is not None


_WHOSE = any_of(vocabulary.PHOTOS, vocabulary.PICTURES, vocabulary.CREDITS)
_CREDIT_AT_END = Words(
    rf"(?<![^\s.,;:!?)\]”»…|(\[]){_WHOSE}"
    r"\s*(?:[:©/]|\bby\b)\s*[^\s.][^.!?]{0,58}\.?[)\]]?$"
)
_LONGEST_END = 80


def ends_with_credit(text: str) -> bool:
    """Whether ``text`` ends with whose picture it is about."""
    return credit_place(text) is not None


def credit_place(text: str) -> int | None:
    """Where it begins that ``text`` says, at its end, whose picture it is about."""
    end = small(text[-_LONGEST_END:])
    # the pattern is slow where it fails
    is_signed = ":" in end or "©" in end or "/" in end or "by" in end
    found = _CREDIT_AT_END.for_text(end).search(end) if is_signed else None
    return len(text) - len(end) + found.start() if found else None


PUBLISHED = Words(rf"[\W_]*{any_of(vocabulary.PUBLISHED)}(?!\w)[\s:：.։՝–—-]*")
"""What stands before an article's own date, up to the date."""

UPDATED = Words(rf"[\W_]*{any_of(vocabulary.UPDATED)}[\s:：.–—-]*")
"""What stands before the date of an article's last change."""

CAPTURED = Words(rf"[\W_]*{any_of(vocabulary.CAPTURED)}(?!\w)[\s:：.–—-]*")
"""What stands before the day on which the page was saved, up to that day."""

_FURNITURE = Words(rf"[\W_]*{any_of(vocabulary.FURNITURE, vocabulary.HOME)}[\s.!:»›>…]*")
_FURNITURE_BEGUN = Words(rf"[\W_]*{any_of(vocabulary.FURNITURE_BEGUN)}")
_TAGS = Words(rf"[\W_]*{any_of(vocabulary.TAGS)}\s*[:：]")
_SHORT_FURNITURE = 30


def is_furniture(lowered: str) -> bool:
    """Whether ``lowered``, a whole line in small letters, is the site's rather than a story's."""
    if _FURNITURE_BEGUN.for_text(lowered).match(lowered) or is_tags(lowered):
        return True
    # the pattern is slow where it fails
    return (
        len(lowered) <= _SHORT_FURNITURE
        and _FURNITURE.for_text(lowered).fullmatch(lowered) is not None
    )


def is_tags(lowered: str) -> bool:
    """Whether ``lowered``, a whole line in small letters, is the words a story is filed under."""
    # the pattern is slow where it fails
    return (":" in lowered or "：" in lowered) and _TAGS.for_text(lowered).match(
        lowered
    ) is not None


COUNTER = Words(
    r"[\W_]*(?:\d{1,3}(?:[\s.,]\d{3})*|\d{1,7})(?:(?:[.,]\d)?\s*[kK])?(?:\s[^\W\d]\S{2,20})?[\W_]*"
    r"|[\W_]*[^\W\d]\S{1,20}(?:\s[^\W\d]\S{1,15})?\s*:\s*\d[\d\s.,]*[kK]?[\W_]*"
)
"""A number that counts something: views, comments, a rank. As a whole line."""

_ELSEWHERE = Words(rf"[\W_]*{any_of(vocabulary.OTHER_STORIES_ALONE, vocabulary.READ_MORE)}[\W_]*")
_MAIL_NOTE = Words(any_of(vocabulary.MAIL_NOTES))


def leads_elsewhere(text: str) -> bool:
    """Whether ``text``, before a colon, asks readers to read another story."""
    return bool(_ELSEWHERE.fullmatch(text))


def is_mail_note(text: str) -> bool:
    """Whether ``text`` says why readers get a letter, at its end."""
    return bool(_MAIL_NOTE.match(text))


_LIST_HEADING = Words(
    rf"[\W_]*{any_of(vocabulary.OTHER_STORIES, vocabulary.OTHER_STORIES_ALONE)}[\W_]*"
)


def is_list_heading(text: str) -> bool:
    """Whether ``text`` is the heading of a list of other stories and nothing else."""
    return bool(_LIST_HEADING.fullmatch(text))


_LATEST_COMMENTS = Words(rf"[\W_]*{any_of(vocabulary.LATEST_COMMENTS)}[\W_\d]*")
_LONGEST_OF_COMMENTS = 40


def is_heading_of_comments(text: str) -> bool:
    """Whether ``text`` is the heading of what readers wrote lately and nothing else."""
    return len(text) <= _LONGEST_OF_COMMENTS and _LATEST_COMMENTS.fullmatch(text) is not None


_SECTIONS = frozenset(map(small, words_of(vocabulary.SECTIONS)))
_LONGEST_SECTION = 30


def is_section(text: str) -> bool:
    """Whether ``text`` is the name of a section and nothing else."""
    if len(text) > _LONGEST_SECTION:
        return False
    return small(text.strip(" \t-–—•:|#/.")) in _SECTIONS


def is_small(text: str) -> bool:
    """Whether ``text`` begins with a small letter of a script that has capitals as well."""
    # Georgian has capitals since Unicode 11, and begins no sentence with them
    return text[:1].islower() and not "\u10d0" <= text[0] <= "\u10ff"


def without_sections(text: str) -> str:
    """``text`` without the name of a section that is glued to its beginning or its end."""
    last = text[text.rfind(" ") + 1 :]
    if not (last.isalpha() and last[1:].islower()):  # as most last words are
        match = _SECTION_BEHIND.search(text[-24:])
        if match and is_section(match[1] or match[2]):
            return text[: len(text) - len(match[1] or match[2])]
    quoted = "“" in text or "«" in text or '"' in text
    if quoted and (match := _SECTION_BEFORE.match(text)) and is_section(match[1]):
        return text[match.end(1) :]
    if not text[2:3].isupper():
        return text
    for place in range(3, min(len(text), _LONGEST_SECTION)):
        if not text[place - 1].isupper():
            break
        if (
            text[place : place + 1].isupper()
            and text[place + 1 : place + 2].islower()
            and is_section(text[:place])
        ):
            return text[place:]
    return text


# …teklifiGüncel, …нашлиКУЛЬТУРА, …5:5СПОРТ; ОБЩЕСТВО«…
_SECTION_BEHIND = re.compile(
    r"[^\W_A-ZА-ЯЁÇĞİÖŞÜƏ]([A-ZА-ЯЁÇĞİÖŞÜƏ][^\W\d_]{2,20})$|(?<=[»”\")!?])([^\W\d_]{3,20})$"
)
_SECTION_BEFORE = re.compile(r"([^\W\d_]{3,20})(?=[«“\"])")
