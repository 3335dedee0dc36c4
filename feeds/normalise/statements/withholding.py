"""What in front matter of other programs keeps a page from readers, and from when or until when.

Rules
- *Quiet* is what is understood: whoever writes ``unlisted: true`` means it. What only may keep a
  page back, or can't be read, holds it until somebody says what it means.
- A key that nobody knows holds a page if its value is yes or no, a day that is to come, or a word
  for keeping back; ``front_matter_ignore`` says that it means nothing. Of all others it is said
  that they aren't used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from feeds.model import Statement
from feeds.model.problem import Problem, Weight
from feeds.normalise.statements.standings import (
    BACK,
    FROM_NOW,
    OUT,
    OVER,
    OVER_FROM,
    PAID,
    STRICT,
    TELLING,
    UNSET,
    is_paid,
)
from feeds.normalise.statements.understood import Understood, until_of
from feeds.readers import meanings
from feeds.readers.front_matter import keeps_back, nearest_field
from feeds.readers.meanings import Meaning, plain
from feeds.text.switches import is_no, is_switch, is_yes

_LONGEST_SHOWN = 60


class Withholding:
    """Notes in ``found`` what keeps the page at ``page`` back, one statement after the other."""

    def __init__(self, page: str, found: Understood) -> None:
        self._page = page
        self._found = found

    # what keeps a page back

    def _keeps(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if any(map(is_yes, texts)):
            self.keep(statement, texts)
        elif all(is_no(text) or plain(text) in OVER or meanings.is_looks(text) for text in texts):
            return
        elif until := until_of(statement, texts):
            is_over = plain(_last(statement)) in OVER_FROM
            (self._found.expiries if is_over else self._found.releases).append(until)
        elif any(plain(text) in BACK for text in texts):
            self.keep(statement, texts)
        else:
            self.doubt_of(statement, texts)

    def _lets(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if any(is_no(text) or plain(text) in BACK for text in texts):
            self.keep(statement, texts)
        elif all(is_yes(text) or plain(text) in OUT for text in texts):
            return
        elif until := until_of(statement, texts):
            self._found.releases.append(until)
        elif plain(_last(statement)) in STRICT:
            self.doubt_of(statement, texts)
        else:
            self.note_unknown(statement)

    def _locks(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if not all(map(is_no, texts)):
            told = Statement(statement.field, "…", statement.evidence)  # it may be the word itself
            self.keep(told, ("…",))

    def _standing(self, statement: Statement, texts: tuple[str, ...]) -> None:
        words = list(map(plain, texts))
        if any(word in BACK for word in words) or any(map(is_no, texts)):
            self.keep(statement, texts)
        elif any(word in PAID for word in words) or any(map(is_paid, texts)):
            self._found.paid.append(statement.evidence)
        elif all(word in OUT for word in words) or all(map(is_yes, texts)):
            return
        elif until := until_of(statement, texts):
            self._found.releases.append(until)
        else:
            self.doubt_of(statement, texts)

    def _access(self, statement: Statement, texts: tuple[str, ...]) -> None:
        words = list(map(plain, texts))
        if any(word in BACK - PAID for word in words):
            self.keep(statement, texts)
        elif not all(word in OUT for word in words) and not all(map(is_no, texts)):
            self._found.paid.append(statement.evidence)

    def _readership(self, statement: Statement, texts: tuple[str, ...]) -> None:
        words = list(map(plain, texts))
        if any(word in BACK - PAID for word in words):
            self.keep(statement, texts)
        elif any(word in PAID for word in words) or any(map(is_paid, texts)):
            self._found.paid.append(statement.evidence)
        elif not all(word in OUT for word in words):
            self._strange(statement, texts)

    def _release(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if all(is_yes(text) or plain(text) in FROM_NOW for text in texts):
            if "embargo" in plain(statement.field):
                self.doubt_of(statement, texts)
        elif all(map(is_no, texts)):
            if UNSET.isdisjoint(map(plain, statement.field.split("."))):
                self.keep(statement, texts)
        elif until := until_of(statement, texts):
            self._found.releases.append(until)
        else:
            self.doubt_of(statement, texts)

    def _expiry(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if any(map(is_yes, texts)):
            self.keep(statement, texts)
        elif all(is_no(text) or plain(text) in OVER for text in texts):
            return
        elif until := until_of(statement, texts, is_first=True):
            self._found.expiries.append(until)
        else:
            self.doubt_of(statement, texts)

    def _pays(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if not all(map(is_no, texts)):
            self._found.paid.append(statement.evidence)

    def _frees(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if any(map(is_no, texts)):
            self._found.paid.append(statement.evidence)
        elif not all(is_yes(text) or plain(text) in OUT for text in texts):
            self.doubt_of(statement, texts)

    def _built(self, statement: Statement, texts: tuple[str, ...]) -> None:
        if any(is_no(text) or plain(text) in {"never", "local"} for text in texts):
            self.keep(statement, texts)
        elif not all(is_yes(text) or plain(text) in {"always", "link"} for text in texts):
            self.doubt_of(statement, texts)

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
        what = f"'{shown(statement, texts)}' keeps it from search engines, and not out of feeds"
        self._tell(statement, what, "write status: draft if it is not to be published")

    # what nobody knows

    def _strange(self, statement: Statement, texts: tuple[str, ...]) -> None:
        key = statement.field
        is_about_page = meanings.is_about_page(key)
        is_over = all(is_no(text) or plain(text) in OUT for text in texts)
        until = until_of(statement, texts, is_guess=True)
        if until and meanings.may_be_release(key):
            self._found.releases.append(until)
        elif (
            (any(map(is_switch, texts)) and is_about_page)
            or any(plain(text) in TELLING or is_paid(text) for text in texts)
            or ((keeps_back(key) or meanings.may_keep_back(key)) and not is_over)
        ):
            self._found.bars.append(self._guess(statement, texts))
        elif until:
            self._found.waits.append(until._replace(problem=self._guess(statement, texts)))
            if is_about_page:
                self.note_unknown(statement)
        elif is_about_page and not all(map(is_no, texts)):
            self.note_unknown(statement)

    def note_unknown(self, statement: Statement, what: str = "") -> None:
        """Says that ``statement`` is not used."""
        hint = nearest_field(statement.field)
        own = statement.field.partition(".")[0]
        remedy = f"did you mean '{hint}'?" if hint else ignore(own)
        self._tell(statement, what or f"unknown key '{_short(statement.field)}'", remedy)

    # what comes of it

    def keep(self, statement: Statement, texts: Sequence[str]) -> None:
        """Keeps the page back, as whoever wrote that wants it."""
        what = f"'{shown(statement, texts)}' keeps it back"
        remedy = "take that out when it may be published"
        self._found.bars.append(self._problem(statement, "draft", what, remedy, "wait"))

    def doubt_of(self, statement: Statement, texts: Sequence[str]) -> None:
        """Holds the page, of which that may say that it is to be kept back."""
        what = f"'{shown(statement, texts)}' may keep it back, and can't be read"
        remedy = f"write status: draft, or embargo: and a date; or, {ignore(statement.field)}"
        code = "statement-unknown"
        self._found.bars.append(self._problem(statement, code, what, remedy, "hold"))

    def doubt_name(self, statement: Statement, key: str) -> None:
        """Holds the page for the ``key``: a field, and of its values that which is in doubt."""
        what = f"'{_short(key)}' may keep it back"
        remedy = f"write status: draft if it is one; or, {ignore(key)}"
        problem = self._problem(statement, "statement-unknown", what, remedy, "hold")
        self._found.bars.append(problem)

    def _guess(self, statement: Statement, texts: Sequence[str]) -> Problem:
        key = _short(statement.field)
        hint = nearest_field(statement.field)
        what = f"unknown key '{key}', which may keep it back: '{shown(statement, texts)}'"
        meant = f"did you mean '{hint}'? or, " if hint else ""
        remedy = f"{meant}{ignore(statement.field)}"
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


Handler = Callable[[Withholding, Statement, tuple[str, ...]], None]
HANDLERS: dict[Meaning, Handler] = {
    "keeps": Withholding._keeps,
    "lets": Withholding._lets,
    "locks": Withholding._locks,
    "standing": Withholding._standing,
    "access": Withholding._access,
    "readership": Withholding._readership,
    "release": Withholding._release,
    "expiry": Withholding._expiry,
    "paid": Withholding._pays,
    "free": Withholding._frees,
    "build": Withholding._built,
    "unindexed": Withholding._unindexed,
    "indexed": Withholding._indexed,
    "robots": Withholding._robots,
    "unknown": Withholding._strange,
}
"""What is done about statements of which meaning."""


def _last(statement: Statement) -> str:
    """The key of ``statement``, without those that it is in."""
    return statement.field.rpartition(".")[2]


def ignore(key: str) -> str:
    """What to do about a ``key`` that means nothing."""
    return (
        f'if it means nothing here, write front_matter_ignore = ["{_short(key)}"] below [site]'
        " in site.toml"
    )


def shown(statement: Statement, texts: Sequence[str]) -> str:
    """``statement`` as it was written, or about so."""
    return _short(f"{statement.field}: {', '.join(texts)}")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
