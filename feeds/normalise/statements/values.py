"""The values of statements: what somebody wrote for a field, as the type that a story has for it.

Rules
- Several authors or categories in one text are separated by ``;`` or ``|``; a comma belongs to the
  name.
- An address from the site's root is placed there; what can't be used says what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, get_args
from urllib.parse import urljoin

from feeds.model import Access, Enclosure, StatedDate, Statement, Url
from feeds.normalise.recordings import read_recordings
from feeds.normalise.statements.understood import texts_of
from feeds.readers.front_matter import BROKEN, FIELDS, NOTICE, RECORDINGS, nearest_field
from feeds.text import languages, urls
from feeds.text.dates import resolve
from feeds.text.images import image_of
from feeds.text.rights import read_rights

NAMES = {"author": "authors", "date": "published"}
"""What a story calls what front matter calls otherwise."""
_STATUSES = ("published", "draft", "retracted")
_LISTS = {"authors", "categories", "tags"}
_MOST_NAMES = 100
_SEPARATOR = re.compile("[;|]")
_FROM_FIGURES = re.compile(r"\d.*")
ID = re.compile(r"(?:https?://|urn:|tag:)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{1,500}")
"""An id that Atom takes as well: a URI (RFC 4287, section 4.2.6)."""


class UnreadableError(Exception):
    """A value that says nothing usable: what is wrong, and what would be right.

    ``rest`` is what can be used of it all the same.
    """

    def __init__(self, what: str, remedy: str, rest: Any = None) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.rest = rest


def read_value(statement: Statement, base: Url | None, language: str) -> Any:
    """What the statement says, addresses seen from ``base``; raises UnreadableError.

    ``language`` is that of the page, in which months may have names.
    """
    texts = texts_of(statement.value)
    field = NAMES.get(statement.field, statement.field)
    if field in _LISTS:
        return _names(field, texts)
    if field == BROKEN:
        raise UnreadableError(texts[0], "mend it, or delete it")
    if field == NOTICE:
        raise _unsaid(texts[0], statement.evidence.file, language)
    if statement.field not in FIELDS:
        hint = nearest_field(statement.field)
        remedy = f"did you mean '{hint}'?" if hint else f"known: {', '.join(FIELDS)}"
        raise UnreadableError(f"unknown key '{_short(statement.field)}'", remedy)
    if field in RECORDINGS:
        return _recordings(field, texts, base or "")
    if len(texts) > 1:
        raise UnreadableError(f"{field} is a list", "write one text")
    if field in {"published", "updated", "embargo"}:
        return _date(statement.field, texts[0], language)
    if field == "url":
        return _url(field, texts[0])
    if field == "image":
        return image_of(_url(field, texts[0], base or ""))
    return _word(field, texts[0])


def _unsaid(line: str, page: str, language: str) -> UnreadableError:
    """That a ``line`` of the ``page`` may be meant to keep it back, and how to say so or not."""
    where = "pages.csv" if page.lower().endswith(".docx") else "its front matter or in pages.csv"
    months = resolve.Settled(languages=resolve.language_of(language))
    figures = _FROM_FIGURES.search(line)
    day = resolve.read_any_date(figures[0], months) if figures else None
    said = f"'embargo: {day.iso.replace('T', ' ')}'" if isinstance(day, StatedDate) else ""
    said = said or "'status: draft', or 'embargo:' and its day,"
    what = f"'{line}' may be meant to keep this page back"
    return UnreadableError(
        what, f"write {said} in {where}, and delete the line; or delete it alone if nothing waits"
    )


def _names(field: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    if len(texts) == 1:
        texts = tuple(_SEPARATOR.split(texts[0]))
    texts = tuple(dict.fromkeys(texts_of(texts)))
    if len(texts) > _MOST_NAMES:
        what = f"{len(texts):,} {field} are more than a story may have ({_MOST_NAMES})"
        raise UnreadableError(what, "write those that matter")
    return texts


def _word(field: str, text: str) -> str | None:
    """The value of a field that is neither date, URL nor list."""
    shown = _short(text)
    if field == "language":
        try:
            return languages.read_language(text) or None
        except ValueError as error:
            raise UnreadableError(f"language '{shown}': {error}", "correct it") from error
    if field == "id" and not ID.fullmatch(text):
        raise UnreadableError(
            f"id '{shown}' is no URI, and not used",
            "write one that begins with https://, tag: or urn:, or leave it out",
        )
    if field in {"rights", "image_rights"}:
        try:
            return read_rights(text)
        except ValueError as error:  # who wrote something there may have meant to keep it
            what = f"{field} '{shown}' is unknown, and taken for own-site: no partner gets it"
            raise UnreadableError(what, f"write {error}", "own-site") from error
    if field in {"access", "status"}:
        known = get_args(Access) if field == "access" else _STATUSES
        text = text.casefold()
        if text not in known:
            remedy = f"write {', '.join(known[:-1])} or {known[-1]}"
            raise UnreadableError(f"{field} '{shown}' is unknown", remedy)
    return text


def _date(field: str, text: str, language: str) -> StatedDate:
    months = resolve.Settled(languages=resolve.language_of(language))
    recognised = resolve.read_any_date(text, months)
    if isinstance(recognised, StatedDate):
        return recognised
    raise UnreadableError(
        f"{field} '{_short(text)}' can't be read as a date",
        "write it as 2026-01-09 or 2026-01-09 11:03",
    )


def _url(field: str, text: str, base: str = "") -> Url:
    try:
        return urls.checked(urljoin(base, text))
    except ValueError as error:
        raise UnreadableError(f"{field} '{_short(text)}' is not used: {error}", "correct it") from (
            error
        )


def _recordings(field: str, texts: Sequence[str], base: str) -> tuple[Enclosure, ...]:
    try:
        made, wrong = read_recordings(field, texts, base)
    except ValueError as error:
        raise UnreadableError(
            f"{field} '{_short(' '.join(texts))}' is not used: {error}", "correct it"
        ) from error
    if wrong:
        raise UnreadableError(f"{field} {wrong}", "correct it", made)
    return made


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
