"""What to write, and where, about something that ``feeds check`` remarks upon.

Pure. Remedies name commands; who has no shell writes the same down: front matter on the page, or a
decision at the end of ``decisions.toml``. Where only a person knows what is true, the line has
letters for them to replace: as they are, they are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from feeds import decisions
from feeds.checking.remarks import Remark
from feeds.config import Site
from feeds.decisions import Decision
from feeds.model import EntryId, Reading

_COMMAND = re.compile(
    r"feeds (merge|correct|retract|restore) ([0-9a-z]{6,40})(?: ([0-9a-z]{6,40}))?"
)
_DAY = "YYYY-MM-DD"
_STATED = (
    (re.compile("its date is unknown|its date .* is in the future"), f"date: {_DAY}"),
    (re.compile("no headline|characters that could not be read"), 'title: "HEADLINE"'),
    (re.compile("its status is draft"), "status: published"),
    (re.compile("^'.*' is held: status|^held: status"), "status: published"),
    (re.compile("embargo '"), f"embargo: {_DAY} HH:MM"),
)


class Lines(NamedTuple):
    """``text`` is to be written at ``where``."""

    where: str
    text: str


def entries_in(remark: Remark) -> list[str]:
    """The entries that the remedy of ``remark`` names, by the last parts of their ids."""
    return [name for found in _COMMAND.findall(remark.remedy) for name in found[1:] if name]


def of(remark: Remark, names: Mapping[str, tuple[EntryId, str]], site: Site | None) -> list[Lines]:
    """Each of these alone settles ``remark``; none if only its own remedy does.

    ``names`` has the ids and headlines of the entries that it names.
    """
    found = []
    for action, name, other in _COMMAND.findall(remark.remedy):
        if name not in names or (other and other not in names):
            continue
        if action == "correct" and "--published" in remark.remedy:
            found.append(Lines("front", f"---\ndate: {_DAY}\n---"))
        found.append(Lines("decisions", _decision(action, names, name, other)))
    for pattern, line in _STATED:
        if remark.area == "pages" and pattern.search(remark.what):
            found.append(Lines("front", f"---\n{line}\n---"))
            break
    if remark.area == "pages" and remark.severity == "error" and not found and site is not None:
        return []
    return found


def _decision(action: str, names: Mapping[str, tuple[EntryId, str]], name: str, other: str) -> str:
    entry, title = names[name]
    made = Decision("retract", entry=entry)
    if action == "merge":
        made = Decision("merge", entry=entry, duplicate=names[other][0])
        title = f"{title} = {names[other][1]}"
    elif action == "restore":
        made = Decision("restore", entry=entry)
    text = decisions.written(made, title).strip()
    if action == "correct":
        text = text.replace('action = "retract"', 'action = "correct"')
        text += f'\npublished = "{_DAY}"'
    return text


def understood(reading: Reading | None) -> str:
    """Front matter that says of an article what was understood, for a person to correct."""
    if reading is None or reading.article is None:
        return ""
    article = reading.article
    rows = ["---"]
    if article.title:
        rows.append(f"title: {_text(article.title)}")
    rows.append(f"date: {article.published.iso.replace('T', ' ') if article.published else _DAY}")
    if article.authors:
        rows.append(f"authors: [{', '.join(map(_text, article.authors))}]")
    return "\n".join([*rows, "---"])


def _text(value: str) -> str:
    return msgspec.json.encode(value).decode()  # a JSON text is a YAML one as well
