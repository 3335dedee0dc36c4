"""The people in words that are known to name some: a byline, or the author in a page's data.

Rules
- Names are divided by commas, signs and the word for "and" of any language, if a name is left on
  both of its sides, and at "with" before a whole name; "Jr." and the like go on with a name.
- No part of a name: what is in brackets, a place or an outlet ("in Eastport", "for the
  Courier"), what somebody is ("Senior Reporter"), a date and its label, an address.
- Sections, desks, papers, acronyms and domains are nobody; agencies sign as people do.
- Names are taken as they are written, misspelt or not, in capitals or not.
- What stands behind a stroke or a dot is something else; of such parts, the first that names
  somebody counts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from feeds.normalise.beside_names import (
    text_alone,
    without_ago,
    without_buttons,
    without_others,
)
from feeds.normalise.words import PUBLISHED, UPDATED, is_section, is_small, vocabulary
from feeds.normalise.words.patterns import Words, any_of, small, words_of
from feeds.text.characters import cleaned
from feeds.text.dates.find import find_stamp
from feeds.text.dates.names import weekday
from feeds.text.patterns import compile_late

_LONGEST = 400
_LONGEST_NAME = 60
_MOST_WORDS = 6
_BY = Words(rf"[\W_]{{0,3}}{any_of(vocabulary.BYLINES)}(?P<sign>\s*[:：]\s*|\s+)")
_KIND_BY = Words(
    rf"[\W_]{{0,3}}(?:\S+ ){{0,2}}{any_of(vocabulary.TEXT_KINDS, vocabulary.PUBLISHED)}"
    rf"\s+{any_of(vocabulary.BYLINES)}\s*[:：]?\s+"
)
_LABELLED_BY = Words(rf"[\W_]{{0,3}}{any_of(vocabulary.BYLINES_LABELLED)}\s*[:：]\s*")
BRACKETS = compile_late(r"\s*[(\[（【][^()\[\]（）【】]*[)\]）】]?")
_DIVIDED = compile_late(
    r"\s+[·•—–/-]+\s+|\s*[|｜•\n]\s*"
    "|(?<=[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff]{3})＝"  # 山田花子＝ロンドン
)
_UNCASED = compile_late("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af](?!.*[・·])")
_COMMA = compile_late(r"\s*[,;&+/、，；،؛]+\s*")
_AND = compile_late(rf"(?:^|\s+)(?P<and>{any_of(vocabulary.AND)})\s+")
_WITH = compile_late(
    rf"(?:,?\s+|\s*[(\[]\s*){any_of(vocabulary.WITH)}\s+(?P<name>[^,;|()\[\]]+)[)\]]?"
)
# أحمد العامري وسلمى البلوشي, أحمد العامري ووكالات
_AGENCIES = "وكالات"
_GLUED = compile_late(
    rf"(\w{{2,}} \w{{2,}})\s+(?!{any_of(vocabulary.NAMES_LIKE_AND)}(?!\w))"
    rf"{any_of(vocabulary.AND_GLUED)}(?:\s*[,،])?(?=\w{{2,}} \w{{2,}}|{_AGENCIES}|\W|$)"
)
_ROLE = Words(any_of(vocabulary.ROLES))
_GLUED_ROLE = compile_late(r"(?<=[^\x00-\u02ff])(?:기자|記者|记者|編集委員|特派員)$")
_AGENCY = Words(any_of(vocabulary.AGENCIES))
_LAST = any_of(vocabulary.DESKS_LAST, vocabulary.OUTLETS_LAST)
_STAFF = Words(rf"(?:(?:the|der|die|la|de|il) )?{any_of(vocabulary.DESKS)}\b.*|.*\b{_LAST}")
_LABELS = Words(
    any_of(vocabulary.PUBLISHED, vocabulary.UPDATED, vocabulary.SOURCES, vocabulary.BYLINES)
)
_DATED = Words(rf"\s{any_of(vocabulary.PUBLISHED, vocabulary.UPDATED)}\s*(?:[:：]|\W*\Z)")
_ACRONYM = compile_late(r"[^\W\d_]{2,8}(?:[-/][^\W\d_]{2,8})?")
_ADDRESS = compile_late(r"@|//|\b[wW]{3}\.|[\w-]{2,}\.[a-z]{2,}\b(?!\.)")
_NO_NAME = compile_late(r"[\d/:;!?<>|_={}\\]")
_TITLE = compile_late(r"(?:[^\W\d_]{1,5}\.-?)+")
_PARTICLES = frozenset(words_of(vocabulary.PARTICLES)) | frozenset(
    "af av zu zur zum vom do dos das della dalla van't ibn ben abu el-".split()
)
_ALONE = ("von", "Von", "par", "por", "di", "door")
_SINGLE = frozenset("eiy")
_SIGNS = frozenset("'’")
_FROM = frozenset(words_of(vocabulary.WRITES_FROM))
_LABEL = compile_late(r"\s+[^\W\d_]+\s*[:：]")
_NOBODY = frozenset(words_of(vocabulary.NOBODY))
_RANKS = frozenset(words_of(vocabulary.RANKS))
_NO_BEGINNINGS = frozenset(words_of(vocabulary.NO_BEGINNINGS))
_NO_ENDS = frozenset(words_of(vocabulary.NO_ENDS))
_ENDS = frozenset(words_of(vocabulary.NAME_ENDS))
_EDGES = " \t\"'“”„«»|·•,–—-:*/"


@lru_cache(maxsize=500)  # a page has few lines that may name people, and each is asked often
def people_in(text: str, *, is_shown: bool = True) -> tuple[str, ...]:
    """The names in ``text``; none if it names nobody.

    Only what ``is_shown`` begins with a word such as "von" or "di" that may be of the name, too.
    """
    if len(text) > _LONGEST:
        return ()
    text = BRACKETS.sub(" ", with_commas(without_others(text_alone(text))))
    for part in parts_of(text):
        if found := _people(_undated(_without_by(part, is_shown=is_shown))):
            return found
    return ()


def with_commas(text: str) -> str:
    """``text`` with a comma before whoever is added otherwise: by "with", or in one word."""
    if not text.isascii():
        text = _GLUED.sub(r"\1, ", text)
    return _WITH.sub(_added, text)


def _added(match: re.Match[str]) -> str:
    name = match["name"]
    is_whole = " " in _person(name) and not is_small(name) and not is_agency(name)
    return f", {name}" if is_whole else match[0]


def parts_of(text: str) -> list[str]:
    """What strokes, dots and line ends divide ``text`` into."""
    return _DIVIDED.split(text)


def is_agency(name: str) -> bool:
    """Whether ``name`` is a news agency's: in a byline its signature, below a text a source."""
    return _AGENCY.fullmatch(name) is not None


def is_role(text: str) -> bool:
    """Whether ``text`` ends with what somebody is, and names nobody: "Courier Correspondent"."""
    return _ROLE.fullmatch(text.rpartition(" ")[2].strip("().,")) is not None and not _person(text)


def _without_by(text: str, *, is_shown: bool) -> str:
    if kind := _KIND_BY.match(text):
        return text[kind.end() :]
    if labelled := _LABELLED_BY.match(text):
        return text[labelled.end() :]
    match = _BY.match(text)
    if match is None:
        return text
    word = text[: match.start("sign")].strip(_EDGES)
    behind = text[match.end() :]
    may_be_name = small(word) in _PARTICLES and ":" not in match["sign"]
    if may_be_name and not is_shown:
        full = len(_COMMA.split(behind)[0].split()) > 1
        return behind if full and word in _ALONE else text
    return behind


def _undated(text: str) -> str:
    """``text`` up to a date and its label, if it has some."""
    if any(map(str.isdigit, text)):
        stamp = find_stamp(text)
        text = stamp.before if stamp is not None and stamp.before else without_ago(text)
    if label := _DATED.search(text):
        text = text[: label.start()]
    parts = _LABEL.split(text)[0].split()
    while len(parts) > 1 and (
        PUBLISHED.fullmatch(parts[-1])
        or UPDATED.fullmatch(parts[-1])
        or (is_small(parts[-1]) and len(parts[-1]) <= 3)
    ):
        parts.pop()
    return " ".join(parts)


def _people(text: str) -> tuple[str, ...]:
    parts = text.split(";")
    if len(parts) > 1 and all(part.count(",") == 1 for part in parts):
        return tuple(
            dict.fromkeys(name for part in parts for name in _surname_first(part) or _people(part))
        )
    pieces = [piece for part in _COMMA.split(text) for piece in _divided(part)]
    if len(pieces) == 2 and all(len(piece.split()) == 1 for piece in pieces):
        one = _person(pieces[0]), _person(pieces[1])
        if all(one) and "," in text and small(pieces[1].strip(" .")) not in _ENDS:
            return (cleaned(text.strip(_EDGES)),)  # "Lind, Nora"
    if len(pieces) == 2 and " " not in pieces[0].strip() and _is_day(pieces[1]):
        return ()  # where and when: "Eastport, Monday"
    found: list[str] = []
    for place, piece in enumerate(pieces):
        if found and small(piece.strip(" .")) in _ENDS:
            found[-1] = f"{found[-1]}, {piece.strip()}"
        elif name := _person(piece, later=found[-1] if found else ""):
            is_place = place and not found and " " not in name and name[:1].isupper()
            if not is_place or is_agency(name):
                found.append(name)
    return tuple(dict.fromkeys(found))


def _is_day(piece: str) -> bool:
    return weekday(piece.strip(_EDGES)) is not None


def _surname_first(text: str) -> tuple[str, ...]:
    """The one person whom ``text`` names with the surname first, as lists of such do."""
    surname, given = (part.strip(_EDGES) for part in text.split(","))
    is_one = sum(not is_small(word) for word in surname.split()) == 1 and bool(_person(given))
    return (cleaned(text.strip(_EDGES)),) if is_one and small(given) not in _ENDS else ()


def _divided(text: str) -> list[str]:
    """``text`` at the words for "and" that have a name on both sides."""
    found = [text]
    for match in _AND.finditer(small(text) if text.isupper() else text):
        before = found[-1][: len(found[-1]) - (len(text) - match.start())]
        behind = text[match.end() :]
        if not before.strip():
            found = [behind]
            continue
        # a single letter also joins the two names of one family, and capitals those of an office
        is_loud = text.isupper()
        words = [
            sum(not (is_loud and "." in word) for word in part.split()) for part in (before, behind)
        ]
        if min(words) >= (2 if len(match["and"]) == 1 or is_loud else 1):
            found[-1:] = [before, behind]
    return found


def _person(piece: str, later: str = "") -> str:
    """The name in ``piece``; ``later``: the name before it, if there is one."""
    words = _words_of_name(piece.strip(_EDGES), is_later=bool(later))
    name = " ".join(words).strip(_EDGES)
    if not name.endswith(tuple(f" {end}." for end in ("Jr", "Sr", "jr", "sr"))):
        name = name if _TITLE.fullmatch(name.rpartition(" ")[2]) else name.rstrip(".")
    if not name or len(name) > _LONGEST_NAME or len(words) > _MOST_WORDS:
        return ""
    if is_agency(name):
        return name
    if small(words[0]) in _NO_BEGINNINGS or small(words[-1]) in _NO_ENDS:
        return ""
    if _NO_NAME.search(name) or _ADDRESS.search(name) or _STAFF.fullmatch(name) or is_section(name):
        return ""
    if _LABELS.fullmatch(name) or (_UNCASED.match(name) and len(words) == 1 and len(name) > 6):
        return ""
    if len(words) == 1 and _is_nobody(name):
        return ""
    if later and len(words) > 1 and name[-2:].isupper() and not later[-2:].isupper():
        return ""  # an outlet
    if len(words) == 1 and len(later.split()) > 1 and name[:1].isupper():
        return ""  # a place
    return name


def _words_of_name(piece: str, *, is_later: bool) -> list[str]:
    """The words of ``piece`` without what somebody is, and where, and what stands beside."""
    words = [word for word in _GLUED_ROLE.sub("", piece).split() if "@" not in word]
    words = _without_role(without_buttons(words), is_later=is_later)
    words = _without_place(words, is_later=is_later)
    # "the Associated Press"
    return piece.split() if not words and " " in piece and is_agency(piece) else words


def _is_nobody(word: str) -> bool:
    """Whether a ``word`` that stands alone names nobody."""
    return (
        len(word.strip(".")) < 2
        or is_small(word)
        or (word.isupper() and _ACRONYM.fullmatch(word) is not None)
        or small(word).strip(".") in _NOBODY
        or weekday(word) is not None
    )


def _without_role(words: list[str], *, is_later: bool) -> list[str]:
    """``words`` without what somebody is; none if that is all, or ``is_later``."""
    roles = [place for place, word in enumerate(words) if _ROLE.fullmatch(word.strip("().,"))]
    if not roles:
        return words
    if is_later:
        return []
    before, behind = words[: roles[0]], words[roles[-1] + 1 :]
    while before and small(before[-1]) in _RANKS:
        before.pop()
    for some in (before, behind):
        if some and is_small(some[0]) and some[0].isascii():
            continue
        if len(some) >= 2 or (some and not some[0].isascii() and not some[0][:1].isupper()):
            return some
    return []


def _without_place(words: list[str], *, is_later: bool) -> list[str]:
    """``words`` up to a place, or to for whom somebody writes; none of what is no name at all."""
    for place, word in enumerate(words):
        if not is_small(word) or small(word) in _PARTICLES or not _SIGNS.isdisjoint(word):
            continue
        if word in _SINGLE and place + 1 < len(words):
            continue
        if place == 0 and all(map(is_small, words)) and len(words) <= 3:
            return words
        if word not in _FROM and (is_later or place == 1):
            return []  # "View all posts"
        if word == "of" and place == 1:
            return []  # "University of Eastport"
        words = words[:place]
        break
    while words and small(words[-1]) in _PARTICLES and is_small(words[-1]):
        words = words[:-1]
    return words
