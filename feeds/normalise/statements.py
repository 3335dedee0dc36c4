"""What someone wrote down about a page, laid over what was read in it, field by field.

Rules
- A statement is stronger the nearer it stands to the page: ``[[pages]]`` rules in their order,
  then the page's row in pages.csv, then its front matter. The strongest with a value wins.
- A value that can't be read is reported and not used: what the page itself shows stays. But
  what might have been meant to keep a page back (status, embargo, access, a key that looks like
  one of them, front matter that can't be read) holds the article until it is mended.
- An empty value says nothing. Several authors or categories in one text are separated by
  ``;`` or ``|``; a comma belongs to the name.
- Sound and video that are stated take the place of what the page has of the same kind.
- The language holds for the page's list too; everything else is the article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, get_args
from urllib.parse import urljoin

import msgspec

from feeds.model import (
    Access,
    Enclosure,
    Evidence,
    Reading,
    StatedDate,
    Statement,
    Story,
    Url,
)
from feeds.model.problem import Problem
from feeds.normalise.placing import placed, placed_headline
from feeds.normalise.recordings import read_recordings
from feeds.readers.front_matter import BROKEN, FIELDS, RECORDINGS, keeps_back, nearest_field
from feeds.text import characters, languages, urls
from feeds.text.dates import resolve
from feeds.text.images import image_of

_CODES = {**dict(zip(FIELDS, FIELDS, strict=True)), BROKEN: "broken"}
_STATUSES = ("published", "draft", "retracted")
_NAMES = {"author": "authors", "date": "published"}
_LISTS = {"authors", "categories"}
_MOST_NAMES = 100
_NO = (["false"], ["no"], ["off"], ["0"])
_OPEN = {"published", "publish", "public", "free", "open"}
_SEPARATOR = re.compile("[;|]")
ID = re.compile(r"(?:https?://|urn:|tag:)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{1,500}")
"""An id that Atom takes as well: a URI (RFC 4287, section 4.2.6)."""


class _UnreadableError(Exception):
    """A value that says nothing usable: what is wrong, and what would be right.

    ``rest`` is what can be used of it all the same.
    """

    def __init__(self, what: str, remedy: str, rest: Any = None) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.rest = rest


def with_statements(
    reading: Reading, outside: Sequence[Statement] = (), site_url: str = ""
) -> Reading:
    """``reading`` with all that was stated about it, as seen from ``site_url``.

    ``outside``, weakest first, is weaker than the page's own front matter. What can't be
    used is among the findings, ``file`` naming its source if that is not the page.
    """
    found: list[Problem] = []
    fields: dict[str, Any] = {}
    evidence: dict[str, Evidence] = {}
    bar: Problem | None = None
    own = reading.article.url if reading.article else None
    language = reading.article.language if reading.article else None
    for statement in _strongest((*outside, *reading.statements)):
        name = _NAMES.get(statement.field, statement.field)
        try:
            fields[name] = _value(
                statement, fields.get("url") or own, fields.get("language") or language or ""
            )
            evidence[name] = statement.evidence
        except _UnreadableError as error:
            where = statement.evidence
            if error.rest:
                fields[name], evidence[name] = error.rest, where
            file = where.file if where.file != reading.page else ""
            code = f"statement-{_CODES.get(statement.field, 'unknown')}"
            finding = Problem(code, error.what, where.line, error.remedy, file=file)
            if _keeps_back(statement):
                finding = msgspec.structs.replace(finding, weight="hold")
                bar = bar or finding
            found.append(finding)
    latest = reading.latest
    if language := fields.get("language"):
        latest = tuple(
            _with(story, {"language": language}, {"language": evidence["language"]})
            for story in latest
        )
    article = reading.article
    if article is None and (bar or fields.get("status") in {"draft", "retracted"}):
        # whoever takes a story back may have emptied its page; what is kept back may be a list
        source = evidence.get("status") or Evidence(reading.page, bar.line if bar else 1, "")
        article = Story("article", "", 1, evidence={"title": source})
    if article is not None:
        article = _with_recordings(article, fields, evidence)
        article = _with(_dated_by_embargo(article, fields, evidence), fields, evidence, bar)
        article = placed(article, site_url)
    origin = urls.origin((article.url if article else None) or site_url)
    latest = tuple(placed_headline(story, origin) for story in latest)
    findings = (*reading.findings, *found)
    return msgspec.structs.replace(reading, article=article, latest=latest, findings=findings)


def stated_text(statements: Iterable[Statement], field: str) -> str:
    """The text that ``statements`` give for ``field``, cleaned; empty if they say nothing.

    For normalisers: a page whose front matter gives its title has no headline to look for.
    """
    for statement in reversed(tuple(statements)):
        if statement.field == field and (texts := _texts(statement.value)):
            return texts[0]
    return ""


def _keeps_back(statement: Statement) -> bool:
    said_no = [text.casefold() for text in _texts(statement.value)] in _NO
    name = statement.field.casefold().rpartition(".")[2]
    if name == "published":
        return said_no
    if name != statement.field.casefold() and name in {"status", "access"}:
        # of another program's, which has words of its own
        return not said_no and str(statement.value).casefold() not in _OPEN
    return keeps_back(statement.field) and not (said_no and statement.field not in FIELDS)


def _strongest(statements: Sequence[Statement]) -> list[Statement]:
    """The last statement with a value for each field, in an order in which they can be read."""
    last: dict[str, Statement] = {}
    for statement in statements:
        if _texts(statement.value):
            last[_NAMES.get(statement.field, statement.field)] = statement
    # addresses of files may be relative to the URL, names of months are of a language
    return sorted(
        last.values(),
        key=lambda item: (item.field in {"image", *RECORDINGS}, item.field != "language"),
    )


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    parts = (value,) if isinstance(value, str) else value
    cleaned = map(characters.cleaned, parts)
    return tuple(part for part in cleaned if part)


def _value(statement: Statement, base: Url | None, language: str) -> Any:
    """What the statement says, addresses seen from ``base``; raises _UnreadableError.

    ``language`` is that of the page, in which months may have names.
    """
    texts = _texts(statement.value)
    field = _NAMES.get(statement.field, statement.field)
    if field in _LISTS:
        return _names(field, texts)
    if field == BROKEN:
        raise _UnreadableError(texts[0], "mend it, or delete it")
    if statement.field not in FIELDS:
        hint = nearest_field(statement.field)
        remedy = f"did you mean '{hint}'?" if hint else f"known: {', '.join(FIELDS)}"
        raise _UnreadableError(f"unknown key '{_short(statement.field)}'", remedy)
    if field in RECORDINGS:
        return _recordings(field, texts, base or "")
    if len(texts) > 1:
        raise _UnreadableError(f"{field} is a list", "write one text")
    if field in {"published", "updated", "embargo"}:
        return _date(statement.field, texts[0], language)
    if field == "url":
        return _url(field, texts[0])
    if field == "image":
        return image_of(_url(field, texts[0], base or ""))
    return _word(field, texts[0])


def _names(field: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    if len(texts) == 1:
        texts = tuple(_SEPARATOR.split(texts[0]))
    texts = tuple(dict.fromkeys(_texts(texts)))
    if len(texts) > _MOST_NAMES:
        what = f"{len(texts):,} {field} are more than a story may have ({_MOST_NAMES})"
        raise _UnreadableError(what, "write those that matter")
    return texts


def _word(field: str, text: str) -> str | None:
    """The value of a field that is neither date, URL nor list."""
    shown = _short(text)
    if field == "language":
        try:
            return languages.read_language(text) or None
        except ValueError as error:
            raise _UnreadableError(f"language '{shown}': {error}", "correct it") from error
    if field == "id" and not ID.fullmatch(text):
        raise _UnreadableError(
            f"id '{shown}' is no URI, and not used",
            "write one that begins with https://, tag: or urn:, or leave it out",
        )
    if field in {"access", "status"}:
        known = get_args(Access) if field == "access" else _STATUSES
        text = text.casefold()
        if text not in known:
            remedy = f"write {', '.join(known[:-1])} or {known[-1]}"
            raise _UnreadableError(f"{field} '{shown}' is unknown", remedy)
    return text


def _date(field: str, text: str, language: str) -> StatedDate:
    months = resolve.Settled(languages=resolve.language_of(language))
    recognised = resolve.read_any_date(text, months)
    if isinstance(recognised, StatedDate):
        return recognised
    raise _UnreadableError(
        f"{field} '{_short(text)}' can't be read as a date",
        "write it as 2026-01-09 or 2026-01-09 11:03",
    )


def _url(field: str, text: str, base: str = "") -> Url:
    try:
        return urls.checked(urljoin(base, text))
    except ValueError as error:
        raise _UnreadableError(
            f"{field} '{_short(text)}' is not used: {error}", "correct it"
        ) from (error)


def _recordings(field: str, texts: Sequence[str], base: str) -> tuple[Enclosure, ...]:
    try:
        made, wrong = read_recordings(field, texts, base)
    except ValueError as error:
        raise _UnreadableError(
            f"{field} '{_short(' '.join(texts))}' is not used: {error}", "correct it"
        ) from error
    if wrong:
        raise _UnreadableError(f"{field} {wrong}", "correct it", made)
    return made


def _with_recordings(
    article: Story, fields: dict[str, Any], evidence: dict[str, Evidence]
) -> Story:
    """``article`` with the sound and video that ``fields`` state, which are taken out of them."""
    stated = {field: fields.pop(field) for field in sorted(RECORDINGS) if fields.get(field)}
    if not stated:
        return article
    made = [enclosure for enclosures in stated.values() for enclosure in enclosures]
    known = {enclosure.url for enclosure in made}
    made += [one for one in article.enclosures if one.medium not in stated and one.url not in known]
    source = evidence[next(iter(stated))]
    return _with(article, {"enclosures": tuple(made)}, {"enclosures": source}, article.bar)


def _dated_by_embargo(
    article: Story, fields: dict[str, Any], evidence: dict[str, Evidence]
) -> Story:
    """``article``, published when its embargo ends if nobody states another date."""
    if fields.get("embargo") and not (fields.get("published") or article.published):
        note = {"published": evidence["embargo"]}
        return _with(article, {"published": fields["embargo"]}, note)
    return article


def _with(
    story: Story,
    fields: dict[str, Any],
    evidence: dict[str, Evidence],
    bar: Problem | None = None,
) -> Story:
    return msgspec.structs.replace(
        story, **fields, bar=bar, evidence={**story.evidence, **evidence}
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
