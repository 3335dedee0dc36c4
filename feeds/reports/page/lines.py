"""What to write, and where, about something that ``feeds check`` remarks upon.

Pure. Remedies name commands; who has no shell writes the same down: front matter on the page, or a
decision at the end of ``decisions.toml``. Where only a person knows what is true, the line has
letters for them to replace: as they are, they are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

from feeds.model import EntryId, Reading, Story
from feeds.newsroom import decisions
from feeds.newsroom.decisions import Decision
from feeds.readers import front_matter
from feeds.readers.front_matter import BROKEN
from feeds.reports.check.remarks import Remark

_COMMAND = re.compile(
    r"feeds (merge|correct|retract|restore) ([0-9a-z]{6,40})(?: ([0-9a-z]{6,40}))?"
)
_DAY = "YYYY-MM-DD"
_STATED = (
    (re.compile("its date is unknown|its date .* is in the future$"), "date", _DAY),
    (re.compile("no headline|characters that could not be read"), "title", "HEADLINE"),
    (re.compile("its status is draft"), "status", "published"),
    (re.compile("^'.*' is held: status|^held: status"), "status", "published"),
    (re.compile("embargo (?:'|is a list)|its embargo ends on"), "embargo", f"{_DAY} HH:MM"),
    (re.compile("access (?:'|is a list)"), "access", "free"),
    (re.compile("^date '.*' can't be read"), "date", _DAY),
    (re.compile("^updated '.*' can't be read"), "updated", _DAY),
)
_NO_DAY = re.compile("'(.+)' is no day of the calendar")
_DATELESS = re.compile("in the list has no full date")
_LEFT_OUT = re.compile(r" is left out(?:, and \d+ more)?$")
_ABOUT = (
    (re.compile("its date .* is in the future$"), "published"),
    (re.compile("its embargo ends on"), "embargo"),
    (re.compile("its status is"), "status"),
)


class Lines(NamedTuple):
    """``text`` is to be written at ``where``: a line of the page goes by its ``number``."""

    where: Literal["top", "front", "decisions", "instead", "below"]
    text: str
    number: int = 0


def front(source: Sequence[str], fields: Mapping[str, object]) -> Lines:
    """Front matter that says ``fields`` of the page with the lines ``source``.

    If the page has some already, they belong in it, in the place of what it says there.
    """
    there = front_matter.split_front_matter("", "\n".join(source)).length
    first = next((line.rstrip() for line in source if line.strip()), "")
    sign = " = " if there and first == "+++" else ": "
    rows = [f"{name}{sign}{_text(value)}" for name, value in fields.items()]
    if there:
        return Lines("front", "\n".join(rows))
    return Lines("top", "\n".join(["---", *rows, "---"]))


def _is_readable(source: Sequence[str]) -> bool:
    """Whether front matter can be written there: what can't be read is to be mended first."""
    said = front_matter.split_front_matter("", "\n".join(source)).statements
    return not any(statement.field == BROKEN for statement in said)


def entries_in(remark: Remark) -> list[str]:
    """The entries that the remedy of ``remark`` names, by the last parts of their ids."""
    return [name for found in _COMMAND.findall(remark.remedy) for name in found[1:] if name]


def doubted(remark: Remark, line: int, reading: Reading | None) -> int:
    """The line that has what ``remark`` objects to; it names ``line``, where the story begins."""
    story = _story(reading, line)
    if reading is None or story is None:
        return line
    if story.bar and story.bar.what in remark.what:
        return story.bar.line if story.bar.file in {"", reading.page} else line
    for pattern, field in _ABOUT:
        evidence = story.evidence.get(field)
        if pattern.search(remark.what) and evidence and evidence.file == reading.page:
            return evidence.line or line
    return line


def _story(reading: Reading | None, line: int) -> Story | None:
    stories = (reading.article, *reading.latest) if reading else ()
    return next((story for story in stories if story and story.line == line), None)


def lines_for(
    remark: Remark,
    names: Mapping[str, tuple[EntryId, str]],
    source: Sequence[str] = (),
    reading: Reading | None = None,
    line: int = 0,
) -> list[Lines]:
    """Each of these alone settles ``remark``; none if only its own remedy does.

    ``names`` has the ids and headlines of the entries that it names, ``source`` the lines of the
    page that it is about, none if it is not there; ``line`` is the one that it names, and
    ``reading`` what was read there.
    """
    story = _story(reading, line)
    if (story and story.kind == "headline") or _LEFT_OUT.search(remark.what):
        return _in_list(remark, source, reading, line)
    has_article = reading is not None and reading.article is not None
    is_page = has_article and bool(source) and _is_readable(source)
    found = []
    for action, name, other in _COMMAND.findall(remark.remedy):
        if name not in names or (other and other not in names):
            continue
        if is_page and action == "correct" and "--published" in remark.remedy:
            found.append(front(source, {"date": _DAY}))
        found.append(Lines("decisions", _decision(action, names, name, other)))
    for pattern, field, value in _STATED:
        if is_page and remark.area == "pages" and pattern.search(remark.what):
            found.append(front(source, {field: value}))
            break
    return found


def _in_list(
    remark: Remark, source: Sequence[str], reading: Reading | None, line: int
) -> list[Lines]:
    """What to write where a headline of the list has no date that can be; of a text alone."""
    if reading is None or not reading.page.endswith(".txt"):
        return []
    if _DATELESS.search(remark.what):
        return [Lines("below", _DAY, line)]
    at = doubted(remark, line, reading)
    no_day = _NO_DAY.search(remark.what)
    # a date that shares its line with words is not for replacing the line
    there = [text.strip() for text in source[at - 1 : at]]  # none if the page can't be quoted
    is_alone = there == [no_day[1]] if no_day else at != line
    return [Lines("instead", _DAY, at)] if is_alone else []


def _decision(action: str, names: Mapping[str, tuple[EntryId, str]], name: str, other: str) -> str:
    entry, title = names[name]
    made = Decision("retract", entry=entry)
    if action == "merge":
        made = Decision("merge", entry=entry, duplicate=names[other][0])
        title = f"{title} = {names[other][1]}"
    elif action == "restore":
        made = Decision("restore", entry=entry)
    text = decisions.as_toml(made, title).strip()
    if action == "correct":
        text = text.replace('action = "retract"', 'action = "correct"')
        text += f'\npublished = "{_DAY}"'
    return text


def understood(reading: Reading | None, source: Sequence[str]) -> Lines | None:
    """Front matter that says of an article what was understood, for a person to correct.

    None if that is nothing.
    """
    if reading is None or reading.article is None or not source or not _is_readable(source):
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
