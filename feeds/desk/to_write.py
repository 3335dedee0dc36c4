"""What to write, and where, about a problem that ``feeds check`` names.

Pure. Remedies name commands; who has no shell writes the same down: front matter on the page, or a
decision at the end of ``decisions.toml``. Where only a person knows what is true, the line has
letters for them to replace: as they are, they are refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

from feeds.model import EntryId, Reading, StatedDate, Story
from feeds.model.problem import Problem
from feeds.newsroom import decisions
from feeds.newsroom.decisions import Action, Decision
from feeds.readers import front_matter
from feeds.readers.front_matter import BROKEN, NOTICE

_DAY = "YYYY-MM-DD"
_STATED = {
    "undated": ("date", _DAY),
    "future": ("date", _DAY),
    "no-headline": ("title", "HEADLINE"),
    "undecoded-headline": ("title", "HEADLINE"),
    "draft": ("status", "published"),
    "embargo": ("embargo", f"{_DAY} HH:MM"),
    "statement-status": ("status", "published"),
    "statement-embargo": ("embargo", f"{_DAY} HH:MM"),
    "statement-access": ("access", "free"),
    "statement-date": ("date", _DAY),
    "statement-updated": ("updated", _DAY),
}
"""What front matter can say about a problem, by its code."""
_DECISIONS: dict[str, Action] = {
    "same-story": "merge",
    "shared-url": "merge",
    "names-lead-apart": "merge",
    "page-vanished": "retract",
    "published-undated": "correct",
}
"""What can be decided about the entries that a problem names."""
_OTHERWISE: dict[str, Action] = {
    "same-story": "keep-apart",
    "shared-url": "keep-apart",
    "names-lead-apart": "keep-apart",
    "page-vanished": "gone",
}
"""What can be decided instead, where all is as it should be."""
_LEFT_OUT = {"list-undated", "list-impossible-date"}
_ABOUT = {"future": "published", "embargo": "embargo", "draft": "status"}
"""The field of a story to which an objection is owed."""


class Lines(NamedTuple):
    """``text`` is to be written at ``where``: a line of the page goes by its ``number``."""

    where: Literal["top", "front", "decisions", "instead", "below"]
    text: str
    number: int = 0


def front(source: Sequence[str], fields: Mapping[str, object]) -> Lines | None:
    """Front matter that says ``fields`` of the page with the lines ``source``.

    If the page has some already, they belong in it, in the place of what it says there. None if
    that can't be read: it is to be mended first.
    """
    split = front_matter.split_front_matter("", "\n".join(source))
    if any(statement.field in {BROKEN, NOTICE} for statement in split.statements):
        return None
    there = split.length
    first = next((line.rstrip() for line in source if line.strip()), "")
    sign = " = " if there and first == "+++" else ": "
    rows = [f"{name}{sign}{_text(value)}" for name, value in fields.items()]
    if there:
        return Lines("front", "\n".join(rows))
    return Lines("top", "\n".join(["---", *rows, "---"]))


def doubted(problem: Problem, reading: Reading | None) -> int:
    """The line that has what ``problem`` objects to; it names the one where the story begins."""
    line, story = problem.line, _story(reading, problem.line)
    if reading is None or story is None:
        return line
    if story.bar and problem.weight == "hold":
        return story.bar.line if story.bar.file in {"", reading.page} else line
    evidence = story.evidence.get(_ABOUT.get(problem.code, ""))
    return (evidence.line or line) if evidence and evidence.file == reading.page else line


def _story(reading: Reading | None, line: int) -> Story | None:
    stories = (reading.article, *reading.latest) if reading else ()
    return next((story for story in stories if story and story.line == line), None)


def lines_for(
    problem: Problem,
    names: Mapping[str, tuple[EntryId, str]],
    source: Sequence[str] = (),
    reading: Reading | None = None,
) -> list[Lines]:
    """Each of these alone settles ``problem``; none if only its own remedy does.

    ``names`` has the ids and headlines of the entries that it names, ``source`` the lines of the
    page that it is about, none if it is not there; ``reading`` is what was read there.
    """
    story = _story(reading, problem.line)
    if (story and story.kind == "headline") or problem.code in _LEFT_OUT:
        return _in_list(problem, source, reading)
    has_article = reading is not None and reading.article is not None
    is_page = has_article and bool(source)
    found: list[Lines | None] = []
    action = _DECISIONS.get(problem.code)
    if action and problem.entries and all(name in names for name in problem.entries):
        if is_page and action == "correct":
            found.append(front(source, {"date": _DAY}))
        named = [names[n] for n in problem.entries]
        found.append(Lines("decisions", _decision(action, named)))
        if otherwise := _OTHERWISE.get(problem.code):
            found.append(Lines("decisions", _decision(otherwise, named, problem.file)))
    if is_page and problem.code in _STATED:
        field, value = _STATED[problem.code]
        found.append(front(source, {field: value}))
    return [lines for lines in found if lines]


def _in_list(problem: Problem, source: Sequence[str], reading: Reading | None) -> list[Lines]:
    """What to write where a headline of the list has no date that can be; of a text alone."""
    if reading is None or not reading.page.endswith(".txt"):
        return []
    if problem.code == "list-undated":
        return [Lines("below", _DAY, problem.line)]
    at = doubted(problem, reading)
    # a date that shares its line with words is not for replacing the line
    there = [text.strip() for text in source[at - 1 : at]]  # none if the page can't be quoted
    is_alone = there == [problem.value] if problem.value else at != problem.line
    return [Lines("instead", _DAY, at)] if is_alone else []


def _decision(action: Action, named: Sequence[tuple[EntryId, str]], file: str = "") -> str:
    entry, title = named[0]
    made = Decision(action, entry=entry)
    if action == "merge":
        made = Decision("merge", entry=entry, duplicate=named[1][0])
        title = f"{title} = {named[1][1]}"
    elif action == "keep-apart":
        made = Decision("keep-apart", entry=entry, other=named[1][0])
        title = f"{title} / {named[1][1]}"
    elif action == "gone":
        made = Decision("gone", path=file)
    elif action == "correct":
        made = Decision("correct", entry=entry, published=StatedDate(_DAY, "day"))
    return decisions.as_toml(made, title).strip()


def understood(reading: Reading | None, source: Sequence[str]) -> Lines | None:
    """Front matter that says of an article what was understood, for a person to correct.

    None if that is nothing.
    """
    if reading is None or reading.article is None or not source:
        return None
    article = reading.article
    if not (article.title or article.published or article.authors):
        return None
    fields: dict[str, object] = {"title": article.title} if article.title else {}
    fields["date"] = article.published.iso if article.published else _DAY
    if article.authors:
        fields["authors"] = article.authors
    return front(source, fields)


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()  # a text of JSON is one of YAML and TOML as well
