"""Front matter that was written for other programs, as what it means here.

Rules
- What keeps a page back counts, whatever stands beside it (``withholding``).
- Of several keys for the same, the one that ``meanings`` has first is taken.
- Of tags and categories in one text, blanks part those of a page in ``_posts``, as Jekyll has it.
- A tag or a kind that is called like a draft may be one, and holds its page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from operator import itemgetter

from feeds.model import Statement
from feeds.normalise.statements.standings import BACK, OUT, PAID, TAGGED, is_paid
from feeds.normalise.statements.understood import Understood, Until, day_of, texts_of, until_of
from feeds.normalise.statements.withholding import HANDLERS, Withholding, shown
from feeds.readers import meanings
from feeds.readers.front_matter import BROKEN, FIELDS, NESTED, NOTICE, RECORDINGS
from feeds.readers.meanings import Meaning, plain
from feeds.text.switches import is_no, is_switch, is_yes

_SOURCES = ("../", "~", "@")
"""How the names of files begin that other programs make addresses of."""
_COMMA = re.compile("[;|,]")
_BY = re.compile(r"by\s+(?=\w)", re.IGNORECASE)
_RIGHTS: frozenset[Meaning] = frozenset(["rights", "image_rights"])
_SINGLE: frozenset[Meaning] = _RIGHTS | frozenset(
    ["title", "updated", "url", "permalink", "slug", "image", "alt", "summary", "language"]
)


def understand(
    statements: Iterable[Statement], page: str, ignored: Collection[str] = ()
) -> Understood:
    """What ``statements`` about the page at ``page`` mean, without keys that are ``ignored``."""
    is_jekylls = "_posts" in page.split("/")
    reader = _Reader(page, frozenset(map(plain, ignored)))
    for statement in statements:
        if texts := texts_of(statement.value):
            if is_jekylls and statement.field in {"tags", "categories"} and len(texts) == 1:
                texts = texts if _COMMA.search(texts[0]) else tuple(texts[0].split())
                statement = _restated(statement, texts)
            reader.read(statement, texts)
    return reader.close()


class _Reader:
    """Takes one statement after the other."""

    def __init__(self, page: str, ignored: frozenset[str]) -> None:
        self._ignored = ignored
        self._found = Understood([], [], [], [], [], [], [], [])
        self._back = Withholding(page, self._found)
        self._candidates: dict[Meaning, list[Statement]] = {}
        self._days: list[tuple[int, Meaning, Until]] = []

    def read(self, statement: Statement, texts: tuple[str, ...]) -> None:
        """Notes what ``statement`` means, whose value is ``texts``."""
        field = statement.field
        if field in {BROKEN, NOTICE} or field in RECORDINGS:
            self._found.fields.append(statement)
        elif field in FIELDS:
            self._own(statement, texts)
        elif not self._is_ignored(field):
            meaning = meanings.meaning_of(field)
            if texts == (NESTED,):
                if meaning == "unknown":
                    self._back.note_unknown(statement)
            elif meaning in HANDLERS:
                HANDLERS[meaning](self._back, statement, texts)
            elif meaning in {"dated", "date"}:
                self._dated(statement, texts, meaning)
            elif meaning != "layout":
                self._collect(meaning, statement, texts)
            elif meanings.is_kind(field):
                self._look_at_names(statement, texts)

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
        field, text = statement.field, texts[0] if len(texts) == 1 else ""
        value = ""
        if field in {"status", "access"}:
            if self._is_kept(statement, texts):
                return
            value = _as_out(field, text)
        elif field == "embargo":
            if all(map(is_no, texts)):
                return
            if until := until_of(statement, texts):
                self._found.releases.append(until)
        elif field in {"image", "summary"} and all(map(is_switch, texts)):
            return
        elif field == "image" and len(texts) > 1:
            value = texts[0]
        elif field in {"date", "updated"} and text.isdecimal():
            day = day_of(text)
            value = day.iso if day else ""
        elif field == "categories":
            self._look_at_names(statement, texts)
        self._found.fields.append(_restated(statement, value or statement.value))

    def _is_kept(self, statement: Statement, texts: tuple[str, ...]) -> bool:
        """Whether a status or access is one of other programs that keeps the page back."""
        words = set(map(plain, texts))
        if any(map(is_paid, texts)) or (statement.field == "access" and words & PAID):
            self._found.paid.append(statement.evidence)
        elif len(texts) == 1 and words & (BACK - {"draft"}):
            self._back.keep(statement, texts)
        else:
            return False
        return True

    def _look_at_names(self, statement: Statement, texts: tuple[str, ...]) -> None:
        """Holds the page if a tag, or what kind of page it is, is called like a draft."""
        for word in sorted({plain(text) for text in texts} & TAGGED):
            key = f"{statement.field}: {word}"
            if plain(key) not in self._ignored:
                self._back.doubt_name(statement, key)

    # what others call a field

    def _collect(self, meaning: Meaning, statement: Statement, texts: tuple[str, ...]) -> None:
        if meaning == "unsyndicated":
            said = "no" if is_yes(texts[0]) else "yes" if is_no(texts[0]) else texts[0]
            meaning, texts = "rights", (said,)
        elif meaning not in _RIGHTS and all(map(is_switch, texts)):
            if meaning == "permalink" and is_no(texts[0]):
                self._back.keep(statement, texts)
            return
        if meaning == "image" and texts[0].startswith(_SOURCES):
            what = f"'{shown(statement, texts)}' is a file of the site's own, at no known address"
            self._back.note_unknown(statement, what)
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
        if meaning in {"tags", "categories"}:
            self._look_at_names(statement, tuple(value))
        self._candidates.setdefault(meaning, []).append(
            Statement(statement.field, value, statement.evidence)
        )

    def _dated(self, statement: Statement, texts: tuple[str, ...], meaning: Meaning) -> None:
        if meaning == "dated" and any(map(is_no, texts)):
            self._back.keep(statement, texts)
        elif all(is_yes(text) or (meaning == "dated" and plain(text) in OUT) for text in texts):
            return
        elif until := until_of(statement, texts):
            rank = meanings.rank_of(statement.field) + (0 if meaning == "dated" else 100)
            self._days.append((rank, meaning, until))
        elif meaning == "dated":
            self._back.doubt_of(statement, texts)
        else:
            self._back.note_unknown(statement, f"{statement.field} is not read as a date")


def _top(statement: Statement) -> str:
    """The key of ``statement``, or that which it is in."""
    return statement.field.partition(".")[0]


def _as_out(field: str, text: str) -> str:
    """What we say for ``text`` if it says that a page is out; else nothing."""
    if field == "access":
        return "free" if plain(text) in OUT else ""
    return "published" if plain(text) in OUT or is_yes(text) else ""


def _restated(statement: Statement, value: str | tuple[str, ...]) -> Statement:
    return Statement(statement.field, value, statement.evidence)
