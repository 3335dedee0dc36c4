"""Front matter that was written for other programs, as what it means here.

Rules
- What keeps a page back counts, whatever stands beside it: of several days the last one.
- *Quiet* is what is understood: whoever writes ``unlisted: true`` means it. What only may keep a
  page
  back, or can't be read, holds it until somebody says what it means.
- A key that nobody knows holds a page if its value is yes or no, a day that is to come, or a word
  for
  keeping back; ``front_matter_ignore`` says that it means nothing. Of all others it is said that
  they aren't used.
- Of several keys for the same, the one that ``meanings`` has first is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import NamedTuple

from feeds.model import Evidence, StatedDate, Statement
from feeds.model.problem import Problem, Weight
from feeds.normalise.standings import (
    BACK,
    FROM_NOW,
    OUT,
    OVER,
    PAID,
    STRICT,
    TELLING,
    UNSET,
)
from feeds.readers import meanings
from feeds.readers.front_matter import BROKEN, FIELDS, NESTED, RECORDINGS, keeps_back, nearest_field
from feeds.readers.meanings import Meaning, plain
from feeds.text import characters
from feeds.text.dates import resolve
from feeds.text.switches import is_no, is_switch, is_yes

_SOURCES = ("../", "~", "@")
"""How the names of files begin that other programs make addresses of."""
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_SOME_DAY = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-](20\d\d)|(20\d\d)[./-]\d{1,2})(?!\d)")
_COMMA = re.compile("[;|,]")
_BY = re.compile(r"by\s+(?=\w)", re.IGNORECASE)
_LONGEST_DATE, _LONGEST_SHOWN = 60, 60
_SINGLE: frozenset[Meaning] = frozenset(
    ["title", "updated", "url", "permalink", "slug", "image", "alt", "summary", "language"]
)


class Until(NamedTuple):
    """A day or moment, and where it is stated; ``problem`` is what that holds the page for."""

    date: StatedDate
    evidence: Evidence
    problem: Problem | None = None


class Understood(NamedTuple):
    """What statements mean: ``fields`` are those that FIELDS has.

    ``foreign`` are the same of other programs' keys, and tags, former, slug, permalink, alt.
    ``releases`` and ``expiries``
    say from when and until when it may be read, ``waits`` what may be such a day; ``bars`` are what
    keeps it back, quiet ones of the weight *wait*; ``doubts`` all else that is to be told; ``paid``
    is who says that it has to be paid for.
    """

    fields: list[Statement]
    foreign: list[Statement]
    releases: list[Until]
    expiries: list[Until]
    waits: list[Until]
    bars: list[Problem]
    doubts: list[Problem]
    paid: list[Evidence]


def understand(
    statements: Iterable[Statement], page: str, ignored: Collection[str] = ()
) -> Understood:
    """What ``statements`` about the page at ``page`` mean, without keys that are ``ignored``."""
    reader = _Reader(page, frozenset(map(plain, ignored)))
    for statement in statements:
        if texts := texts_of(statement.value):
            reader.read(statement, texts)
    return reader.close()


def texts_of(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """The texts of a statement's value, cleaned; none that is empty."""
    parts = (value,) if isinstance(value, str) else value
    cleaned = map(characters.cleaned, parts)
    return tuple(part for part in cleaned if part)


class _Reader:
    """Takes one statement after the other."""

    def __init__(self, page: str, ignored: frozenset[str]) -> None:
        self._page = page
        self._ignored = ignored
        self._found = Understood([], [], [], [], [], [], [], [])
        self._candidates: dict[Meaning, list[Statement]] = {}
        self._days: list[tuple[int, Meaning, Until]] = []

    def read(self, statement: Statement, texts: tuple[str, ...]) -> None:
        """Notes what ``statement`` means, whose value is ``texts``."""
        field = statement.field
        if field == BROKEN or field in RECORDINGS:
            self._found.fields.append(statement)
        elif field in FIELDS:
            self._own(statement, texts)
        elif not self._is_ignored(field):
            meaning = meanings.meaning_of(field)
            if texts == (NESTED,):
                if meaning == "unknown":
                    self._unknown(statement)
            elif meaning in _HANDLERS:
                _HANDLERS[meaning](self, statement, texts)
            elif meaning not in {"layout", "dated", "date"}:
                self._collect(meaning, statement, texts)
            elif meaning != "layout":
                self._dated(statement, texts, meaning)

    def close(self) -> Understood:
        """All that was read, each thing once."""
        found = self._found
        is_dated = any(one.field == "date" for one in found.fields)
        for number, (_, meaning, until) in enumerate(sorted(self._days, key=itemgetter(0))):
            if number == 0 and not is_dated:
                found.foreign.append(Statement("date", until.date.iso, until.evidence))
            elif meaning == "dated":
                found.releases.append(until)
        for meaning, candidates in self._candidates.items():
            ranked = sorted(candidates, key=lambda one: meanings.rank_of(one.field))
            if meaning in {"authors", "categories"}:  # each of those that are written alike
                ranked = [one for one in ranked if _top(one) == _top(ranked[0])]
            value = ranked[0].value
            if meaning not in _SINGLE:
                names = (text for one in ranked for text in texts_of(one.value))
                value = tuple(dict.fromkeys(names))
            found.foreign.append(Statement(meaning, value, ranked[0].evidence))
        return found

    def _is_ignored(self, field: str) -> bool:
        parts = {plain(part) for part in field.split(".")} | {plain(field)}
        return not self._ignored.isdisjoint(parts)

    # what is our own

    def _own(self, statement: Statement, texts: tuple[str, ...]) -> None:
        field, word = statement.field, plain(texts[0]) if len(texts) == 1 else ""
        is_back = word in BACK - {"draft"} and field in {"status", "access"}
        value: str | None = None
        if field == "access" and word in PAID:
            self._found.paid.append(statement.evidence)
            return
        if is_back:
            self._keep(statement, texts)
            return
        if field == "embargo":
            if all(map(is_no, texts)):
                return
            if until := self._until(statement, texts):
                self._found.releases.append(until)
        elif field in {"image", "summary"} and all(map(is_switch, texts)):
            return
        elif field == "image" and len(texts) > 1:
            value = texts[0]
        elif word in OUT:
            value = {"status": "published", "access": "free"}.get(field)
        self._found.fields.append(_restated(statement, value) if value else statement)

    # what others call a field

    def _collect(self, meaning: Meaning, statement: Statement, texts: tuple[str, ...]) -> None:
        if all(map(is_switch, texts)):
            if meaning == "permalink" and is_no(texts[0]):
                self._keep(statement, texts)
            return
        if meaning == "image" and texts[0].startswith(_SOURCES):
            what = f"'{_shown(statement, texts)}' is a file of the site's own, at no known address"
            self._unknown(statement, what)
            return
        value: str | tuple[str, ...] = texts
        if meaning == "tags":
            parts = _COMMA.split(texts[0]) if len(texts) == 1 else texts
            value = tuple(part.strip().lstrip("#") for part in parts)
        elif meaning in {"authors", "categories"} and len(texts) == 1:
            text = _BY.sub("", texts[0], count=1) if meaning == "authors" else texts[0]
            value = tuple(re.split("[;|]", text))
        elif meaning in _SINGLE:
            value = texts[0]
        self._candidates.setdefault(meaning, []).append(
            Statement(statement.field, value, statement.evidence)
        )

    def _dated(self, statement: Statement, texts: tuple[str, ...], meaning: Meaning) -> None:
        if meaning == "dated" and all(map(is_no, texts)):
            self._keep(statement, texts)
        elif all(is_yes(text) or (meaning == "dated" and plain(text) in OUT) for text in texts):
            return
        elif until := self._until(statement, texts):
            rank = meanings.rank_of(statement.field) + (0 if meaning == "dated" else 100)
            self._days.append((rank, meaning, until))
        elif meaning == "dated":
            self._doubt_of(statement, texts)
        else:
            self._unknown(statement, f"{statement.field} is not read as a date")

    # what keeps a page back

    def _keeps(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if any(map(is_yes, texts)):
            self._keep(statement, texts)
        elif all(is_no(text) or plain(text) in OVER or meanings.is_looks(text) for text in texts):
            return
        elif until := self._until(statement, texts):
            self._found.releases.append(until)
        elif any(plain(text) in BACK for text in texts):
            self._keep(statement, texts)
        else:
            self._doubt_of(statement, texts)

    def _lets(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if any(is_no(text) or plain(text) in BACK for text in texts):
            self._keep(statement, texts)
        elif all(is_yes(text) or plain(text) in OUT for text in texts):
            return
        elif until := self._until(statement, texts):
            self._found.releases.append(until)
        elif plain(statement.field.rpartition(".")[2]) in STRICT:
            self._doubt_of(statement, texts)
        else:
            self._unknown(statement)

    def _locks(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if not all(map(is_no, texts)):
            told = Statement(statement.field, "…", statement.evidence)  # it may be the word itself
            self._keep(told, ("…",))

    def _standing(self, statement: Statement, texts: tuple[str, ...]) -> None:
        words = list(map(plain, texts))
        if any(word in BACK for word in words) or any(map(is_no, texts)):
            self._keep(statement, texts)
        elif any(word in PAID for word in words):
            self._found.paid.append(statement.evidence)
        elif all(word in OUT for word in words) or all(map(is_yes, texts)):
            return
        elif until := self._until(statement, texts):
            self._found.releases.append(until)
        else:
            self._doubt_of(statement, texts)

    def _access(self, statement: Statement, texts: tuple[str, ...]) -> None:
        words = list(map(plain, texts))
        if any(word in BACK - PAID for word in words):
            self._keep(statement, texts)
        elif not all(word in OUT for word in words) and not all(map(is_no, texts)):
            self._found.paid.append(statement.evidence)

    def _release(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if all(is_yes(text) or plain(text) in FROM_NOW for text in texts):
            if "embargo" in plain(statement.field):
                self._doubt_of(statement, texts)
        elif all(map(is_no, texts)):
            if plain(statement.field.rpartition(".")[2]) not in UNSET:
                self._keep(statement, texts)
        elif until := self._until(statement, texts):
            self._found.releases.append(until)
        else:
            self._doubt_of(statement, texts)

    def _expiry(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if any(map(is_yes, texts)):
            self._keep(statement, texts)
        elif all(is_no(text) or plain(text) in OVER for text in texts):
            return
        elif until := self._until(statement, texts, is_first=True):
            self._found.expiries.append(until)
        else:
            self._doubt_of(statement, texts)

    def _pays(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if not all(map(is_no, texts)):
            self._found.paid.append(statement.evidence)

    def _frees(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if any(map(is_no, texts)):
            self._found.paid.append(statement.evidence)
        elif not all(is_yes(text) or plain(text) in OUT for text in texts):
            self._doubt_of(statement, texts)

    def _built(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if any(is_no(text) or plain(text) in {"never", "local"} for text in texts):
            self._keep(statement, texts)
        elif not all(is_yes(text) or plain(text) in {"always", "link"} for text in texts):
            self._doubt_of(statement, texts)

    # what is for search engines

    def _unindexed(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if not all(map(is_no, texts)):
            self._not_indexed(statement, texts)

    def _indexed(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if any(map(is_no, texts)):
            self._not_indexed(statement, texts)

    def _robots(self, statement: Statement, texts: tuple[str, ...]) -> None:
        said = {word for text in texts for word in re.split(r"[\s,;]+", text.casefold())}
        if not said.isdisjoint({"noindex", "none", "false", "no"}):
            self._not_indexed(statement, texts)

    def _not_indexed(self, statement: Statement, texts: Sequence[str]) -> None:
        what = f"'{_shown(statement, texts)}' keeps it from search engines, and not out of feeds"
        self._tell(statement, what, "write status: draft if it is not to be published")

    # what nobody knows

    def _strange(self, statement: Statement, texts: tuple[str, ...]) -> None:
        key = statement.field
        is_about_page = meanings.is_about_page(key)
        is_over = all(is_no(text) or plain(text) in OUT for text in texts)
        until = self._until(statement, texts, is_guess=True)
        if until and meanings.may_be_release(key):
            self._found.releases.append(until)
        elif (
            (any(map(is_switch, texts)) and is_about_page)
            or any(plain(text) in TELLING for text in texts)
            or ((keeps_back(key) or meanings.may_keep_back(key)) and not is_over)
        ):
            self._found.bars.append(self._guess(statement, texts))
        elif until:
            self._found.waits.append(until._replace(problem=self._guess(statement, texts)))
            if is_about_page:
                self._unknown(statement)
        elif is_about_page and not all(map(is_no, texts)):
            self._unknown(statement)

    def _unknown(self, statement: Statement, what: str = "") -> None:
        hint = nearest_field(statement.field)
        own = statement.field.partition(".")[0]
        remedy = f"did you mean '{hint}'?" if hint else _ignore(own)
        self._tell(statement, what or f"unknown key '{_short(statement.field)}'", remedy)

    # what comes of it

    def _until(
        self,
        statement: Statement,
        texts: Sequence[str],
        *,
        is_first: bool = False,
        is_guess: bool = False,
    ) -> Until | None:
        """The last day in ``texts``, or the first; None if one of them is none.

        ``is_guess``: nobody knows that they are to be days.
        """
        days = [_day_of(text, is_guess=is_guess) for text in texts]
        known = [day for day in days if day is not None]
        if not known or (len(known) < len(days) and not is_guess):
            return None
        chosen = min(known, key=moment_of) if is_first else max(known, key=moment_of)
        return Until(chosen, statement.evidence)

    def _keep(self, statement: Statement, texts: Sequence[str]) -> None:
        what = f"'{_shown(statement, texts)}' keeps it back"
        remedy = "take that out when it may be published"
        self._found.bars.append(self._problem(statement, "draft", what, remedy, "wait"))

    def _doubt_of(self, statement: Statement, texts: Sequence[str]) -> None:
        what = f"'{_shown(statement, texts)}' may keep it back, and can't be read"
        remedy = f"write status: draft, or embargo: and a date; or, {_ignore(statement.field)}"
        code = "statement-unknown"
        self._found.bars.append(self._problem(statement, code, what, remedy, "hold"))

    def _guess(self, statement: Statement, texts: Sequence[str]) -> Problem:
        key = _short(statement.field)
        hint = nearest_field(statement.field)
        what = f"unknown key '{key}', which may keep it back: '{_shown(statement, texts)}'"
        meant = f"did you mean '{hint}'? or, " if hint else ""
        remedy = f"{meant}{_ignore(statement.field)}"
        return self._problem(statement, "statement-unknown", what, remedy, "hold")

    def _tell(self, statement: Statement, what: str, remedy: str) -> None:
        problem = self._problem(statement, "statement-unknown", what, remedy, "doubt")
        self._found.doubts.append(problem)

    def _problem(
        self, statement: Statement, code: str, what: str, remedy: str, weight: Weight
    ) -> Problem:
        where = statement.evidence
        file = where.file if where.file != self._page else ""
        return Problem(code, what, where.line, remedy, weight, file=file)


_Handler = Callable[[_Reader, Statement, tuple[str, ...]], None]
_HANDLERS: dict[Meaning, _Handler] = {
    "keeps": _Reader._keeps,
    "lets": _Reader._lets,
    "locks": _Reader._locks,
    "standing": _Reader._standing,
    "access": _Reader._access,
    "release": _Reader._release,
    "expiry": _Reader._expiry,
    "paid": _Reader._pays,
    "free": _Reader._frees,
    "build": _Reader._built,
    "unindexed": _Reader._unindexed,
    "indexed": _Reader._indexed,
    "robots": _Reader._robots,
    "unknown": _Reader._strange,
}


def moment_of(stated: StatedDate) -> datetime:
    """A moment by which ``stated`` is compared with others; aware."""
    value = datetime.fromisoformat(stated.iso)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _day_of(text: str, *, is_guess: bool) -> StatedDate | None:
    if len(text) > _LONGEST_DATE or not any(map(str.isdigit, text)):
        return None
    if not is_guess and _EPOCH.fullmatch(text):
        moment = datetime.fromtimestamp(int(text[:10]), UTC)
        return StatedDate(moment.isoformat(timespec="seconds"), "second")
    found = resolve.read_any_date(text)
    if isinstance(found, StatedDate):
        return found
    if is_guess and (match := _SOME_DAY.fullmatch(text)):  # of which nobody knows the month
        return StatedDate(f"{match[1] or match[2]}-12-31", "day")
    return None


def _top(statement: Statement) -> str:
    """The key of ``statement``, or that which it is in."""
    return statement.field.partition(".")[0]


def _restated(statement: Statement, value: str) -> Statement:
    return Statement(statement.field, value, statement.evidence)


def _ignore(key: str) -> str:
    return (
        f'if it means nothing here, write front_matter_ignore = ["{_short(key)}"] below [site]'
        " in site.toml"
    )


def _shown(statement: Statement, texts: Sequence[str]) -> str:
    return _short(f"{statement.field}: {', '.join(texts)}")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
