"""Who wrote it: bylines in their variants, and what only looks like one.

Rules
- A name is two to four words that begin with capitals; a single word is a name only after
  a word that introduces one ("By", "Von", "Müəllif:").
- Agencies, sites and desks sign texts too: they are sources, never authors.
- Names are taken as they are written, misspelt or not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from feeds.normalise.beside_names import text_alone, without_others
from feeds.normalise.people import BRACKETS, is_agency, people_in, with_commas
from feeds.normalise.words import is_section, is_small, vocabulary
from feeds.normalise.words.patterns import Words, any_of, words_of
from feeds.text.patterns import compile_late

_TITLE = r"(?:dr|prof|mag|ing|mr|mrs|ms|st|jr|sr)\."
_NAME = rf"(?:{_TITLE}|[^\W\d_]\.(?:[^\W\d_]\.)*|[^\W\d_][^\s\d_.,;:!?|/\"«»“”()]*)"
_NAMES = rf"{_NAME}(?: {_NAME}){{1,3}}"
_BY = any_of(vocabulary.BYLINES)
_INTRODUCED = Words(
    rf"[\W_]{{0,3}}{_BY}(?:\s*[:：]\s*|\s+)"
    rf"(?P<names>{_NAME}(?:,? (?:(?:{any_of(vocabulary.AND)}|&) )?{_NAME}){{0,19}})\.?"
)
_LABELLED = Words(
    rf"[\W_]{{0,3}}(?:{any_of(vocabulary.SOURCES)}\s*[:：]\s*\S{{2,30}}\s+)?(?:{_BY}|{any_of(vocabulary.BYLINES_LABELLED)})\s*[:：]\s*(?P<names>.{{2,80}}?)"
    rf"(?:\s+{any_of(vocabulary.SOURCES)}\s*[:：].*)?"
)
_BEGUN = Words(rf"[\W_]{{0,3}}(?:{_BY}|{any_of(vocabulary.BYLINES_LABELLED)})\s*[:：\s]")
_OF_AN_OUTLET = Words(
    rf"[\W_]{{0,3}}{_BY}\s+(?P<names>{_NAME}(?: {_NAME}){{1,3}}),\s(?P<outlet>[^.!?]{{2,40}})"
)
# 文/李明, 文・山田花子; 記者 陳大文／台北報導; 김민수 기자 kms@desk.test
_UNCASED_NAME = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,6}"
_OTHER_WORK = "(?:写真|撮影|图|図|圖|文|構成|取材|編集|動画|摄影|攝影)"
_SIGN = r"\s*[/／・|｜=＝:：]"
_SIGNED = compile_late(
    rf"[(（【〔\[]?(?:(?:[图圖]?文|撰文|取材)(?:(?:[/／・、と]{_OTHER_WORK})+(?:{_SIGN}|\s)|{_SIGN})|(?:本报|本報)?(?:記者|记者)"
    r"(?:[\s:：・]+|(?=[^/／]{2,12}[/／])))\s*"
    rf"(?P<names>{_UNCASED_NAME}(?:[、, ]{_UNCASED_NAME}){{0,3}})"
    rf"(?:\s*[/／][^/／]{{2,12}}(?:報導|报道|電|电)|\s+{_OTHER_WORK}{_SIGN}\s*\S{{2,20}})?[)）】〕\]]?"
)
_SIGNED_BEHIND = compile_late(
    r"(?:[\[【(（][^\[\]()【】（）]{2,20}[\]】)）]\s?)?"
    rf"=?\s*(?P<names>{_UNCASED_NAME}(?:[,·、] ?{_UNCASED_NAME}){{0,3}})\s?"
    r"(?:기자|특파원|인턴기자|선임기자|記者|记者)(?:\s*[(（]?[\w.+-]+@[\w.-]+[)）]?)?"
)
_FAMILY_AND_GIVEN = compile_late(r"\w{1,2} \w{1,2}")  # in Japanese; few other names are so short
_STAFF = Words(
    rf"(?:(?:the|der|die|la|de|il) )?{any_of(vocabulary.DESKS)}\b.*"
    rf"|.*\b{any_of(vocabulary.DESKS_LAST)}"
)
_BARE = compile_late(_NAMES)
_BETWEEN = compile_late(rf"\s*[,;]\s+|\s+[/&]\s+|\s+{any_of(vocabulary.AND)}\s+")
# ", political correspondent," or ", correspondent in Eastport" behind a whole name
_ROLE_BEHIND = compile_late(
    rf"(?<=\w),(?: [^\W\dA-Z][^\s,]*){{0,3}} {any_of(vocabulary.ROLES)}"
    rf"(?:,|(?: (?!{any_of(vocabulary.AND)} )[^\W\dA-Z]\S*(?: [^\s,]+){{1,4}})?$)"
)
_OUR_ROLE = Words(
    rf"[\W_]{{0,3}}{_BY} {any_of(vocabulary.OUR)}(?: [^\s,]+)?? {any_of(vocabulary.ROLES)} "
)
_STROKE = compile_late(r"\s[–—-]\s")
_AGENCY_FIRST = compile_late(rf"(?P<agency>[^|]{{2,40}}?)\s*\|\s*(?P<names>{_NAMES})")
_PARTICLES = frozenset(words_of(vocabulary.PARTICLES))
_FROM = frozenset(words_of(vocabulary.WRITES_FROM))
_SMALL_WORDS = (
    _PARTICLES | _FROM | frozenset(re.findall(r"\w+", any_of(vocabulary.AND, vocabulary.WITH)))
)
_ARTICLES = frozenset(words_of(vocabulary.ARTICLES))
_NO_NAMES = frozenset(words_of(vocabulary.NO_NAMES))
_SITE = Words(rf"[\W_]{{0,3}}(?:[\w-]+\.)+{any_of(vocabulary.DOMAINS)}[\W_]*")
_ACRONYM = compile_late(r"[\W_]{0,3}[^\W\d_]{2,8}[\W_]{0,2}")
_LONGEST = 60
_MOST_OF_NAME, _MOST_OF_PLACE = 4, 3


@lru_cache(maxsize=500)  # a page has few lines that may be bylines, and each is asked often
def authors_in(text: str, *, bare: bool = True) -> tuple[str, ...]:
    """The names in a byline; empty if ``text`` is none.

    ``bare`` says whether a name without an introducing word counts.
    """
    if len(text) > 2 * _LONGEST or text.endswith((":", "?", "!")):
        return ()
    if uncased := signed_in(text):
        return uncased
    text = text_alone(_named_once(text))
    is_begun = _BEGUN.match(text) is not None
    text = BRACKETS.sub("", with_commas(without_others(text) if is_begun else text))
    if is_begun:
        if ours := _OUR_ROLE.match(text):
            text = f"by {text[ours.end() :]}"
        text = _ROLE_BEHIND.sub(",", text).rstrip(",")
    match = _INTRODUCED.fullmatch(text)
    if match is None and is_begun and (stroke := _STROKE.search(text)):
        match = _INTRODUCED.fullmatch(text[: stroke.start()])  # then whom they work for
    for found in (match, _labelled(text), "|" in text and _AGENCY_FIRST.fullmatch(text)):
        if found and (names := _named(text[slice(*found.span("names"))])):
            return names
    found = _OF_AN_OUTLET.fullmatch(text)
    if found and _is_outlet(text[slice(*found.span("outlet"))]):
        return _named(text[slice(*found.span("names"))])
    cased = text[:1].isupper() or "\u10d0" <= text[:1] <= "\u10ff"
    if bare and cased and len(text) <= _LONGEST and _BARE.fullmatch(text) and _person(text):
        return (text.strip(),)
    return ()


def _named_once(text: str) -> str:
    """``text`` without the name of a portrait before the byline: "Ada Finch Author: Ada Finch"."""
    before, colon, name = text.partition(":")
    name = name.strip()
    return text[len(name) :].lstrip() if colon and name and before.startswith(f"{name} ") else text


def signed_in(text: str) -> tuple[str, ...]:
    """The names in a byline as it is written in Chinese, Japanese and Korean."""
    if text.isascii():
        return ()
    signed = _SIGNED.fullmatch(text) or _SIGNED_BEHIND.fullmatch(text)
    if signed and text.lstrip().startswith("記者") and _FAMILY_AND_GIVEN.fullmatch(signed["names"]):
        return (signed["names"],)
    return people_in(signed["names"].replace(" ", "、").replace("·", "、")) if signed else ()


def people_and_places(text: str) -> tuple[tuple[str, ...], bool]:
    """The people of a line that is nothing but two or more names, and whether all have a place."""
    named: list[str] = []
    placed = 0
    for piece in _BETWEEN.split(text) if len(text) <= 2 * _LONGEST else ():
        words = piece.split()
        end = next((at for at, word in enumerate(words) if word in _FROM), len(words))
        name, place = " ".join(words[:end]), words[end + 1 :]
        if not (1 < end <= _MOST_OF_NAME and _BARE.fullmatch(name) and _person(name)):
            return (), False
        is_place = 0 < len(place) <= _MOST_OF_PLACE and not any(map(is_small, place))
        if len(words) > end and not is_place:
            return (), False
        named.append(name)
        placed += len(words) > end
    return (tuple(named), placed == len(named)) if len(named) > 1 else ((), False)


def _is_outlet(text: str) -> bool:
    """Whether each word of ``text`` may be one of a place's or an outlet's name: "g1 Norte"."""
    words = text.split()
    is_small_word = (is_small(word) and not any(map(str.isdigit, word)) for word in words)
    small_words = {word for word, small in zip(words, is_small_word, strict=True) if small}
    return small_words <= _SMALL_WORDS and len(small_words) < len(words)


def _named(text: str) -> tuple[str, ...]:
    """The people whom ``text`` names, if all that is written small in it may stand in a byline."""
    if is_agency(text) and not is_small(text.rpartition(" ")[2]):
        return (text.strip(),)
    words = text.split()
    small_words = {
        word
        for before, word in zip(("", *words), words, strict=False)
        if _is_small(word) and not (word in _ARTICLES and before in _FROM)
    }
    named = people_in(text, is_shown=False) if small_words <= _SMALL_WORDS else ()
    if not small_words.isdisjoint(_FROM) and any(" " not in name for name in named):
        return ()
    if len(named) > 1 and text.isascii() and not any(" " in name for name in named):
        return ()  # "by train and bus"; people who sign together do so with whole names
    return tuple(name for name in map(_person, named) if name)


def _is_small(word: str) -> bool:
    """Whether ``word`` is written small, and is no name with something small before it: d'Arc."""
    return is_small(word) and not (word[1:2] in ("'", "’") and word[2:3].isupper())


def _labelled(text: str) -> re.Match[str] | None:
    return _LABELLED.fullmatch(text) if ":" in text or "：" in text else None


def _person(name: str) -> str:
    """``name`` if it is written as people's names are; else empty."""
    name = name.strip(" .")
    parts = name.split()
    if not parts or len(parts) > 5 or _STAFF.fullmatch(name) or is_section(name):
        return ""
    if not _NO_NAMES.isdisjoint([part.lower() for part in parts]):
        return ""
    capitalised = all(not _is_small(part) or part.casefold() in _PARTICLES for part in parts)
    if not capitalised or is_small(parts[0]) or any(map(str.isdigit, name)):
        return ""
    return "" if name.isupper() and len(parts) == 1 and len(name) <= 8 else name


def introduced(text: str) -> bool:
    """Whether ``text`` begins with a word that introduces a byline, whoever it names."""
    if len(text) > 2 * _LONGEST:
        return False
    named = None if text.endswith(".") else _INTRODUCED.fullmatch(text)
    return bool(_labelled(text) or (named and not is_small(text[named.start("names") :])))


def begins_byline(text: str) -> int:
    """Where what a byline's word introduces begins in ``text``; 0 if it begins with none."""
    found = _BEGUN.match(text)
    return found.end() if found else 0


def introduces_source(text: str) -> bool:
    """Whether ``text`` is a byline that names a desk or an outlet and nobody else."""
    if len(text) > _LONGEST:
        return False
    found = _INTRODUCED.fullmatch(text) or _labelled(text)
    return found is not None and is_source(text[slice(*found.span("names"))])


def is_source(text: str) -> bool:
    """Whether ``text`` is the signature of a site, an agency or a desk."""
    return len(text) <= _LONGEST and bool(
        _SITE.fullmatch(text)
        or (_ACRONYM.fullmatch(text) and text.isupper())
        or (text.startswith("//") and " " not in text)
        or _STAFF.fullmatch(text)
    )


def is_desk(text: str) -> bool:
    """Whether ``text`` is the signature of a desk or a news agency, and no acronym."""
    return len(text) <= _LONGEST and (is_agency(text) or _STAFF.fullmatch(text) is not None)
