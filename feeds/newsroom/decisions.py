"""``source/decisions.toml``: what editors decreed, one ``[[decision]]`` table each.

Rules
- The file is written by the commands, line by line, and may be written by hand. It is only ever
  added to: what was decided once stays in force until something later undoes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec

from feeds.model import Rights, StatedDate
from feeds.model.problem import Problem
from feeds.text import dates

FILE = "decisions.toml"
Action = Literal[
    "retract", "restore", "correct", "merge", "keep-apart", "gone", "archive", "import"
]
CORRECTIONS = (
    "title", "published", "authors", "url", "categories", "image", "alt", "summary", "language",
    "rights",
)  # fmt: skip
"""What ``correct`` may say."""
ABOUT_PAGES = ("gone", "archive", "import")
"""What is decided of files, and of no entry."""

NEEDED: dict[str, tuple[str, ...]] = {
    "retract": ("entry",),
    "restore": ("entry",),
    "correct": ("entry",),
    "merge": ("entry", "duplicate"),
    "keep-apart": ("entry", "other"),
    "gone": ("path",),
    "archive": ("path",),
    "import": ("feed",),
}
"""What has to be said, by action; and, below, what may be."""
MORE: dict[str, tuple[str, ...]] = {
    "retract": ("notice", "erase", "day"),
    "restore": ("day",),
    "correct": (*CORRECTIONS, "notice", "day"),
    "import": ("address", "export", "exported"),
}
_UNDONE_BY: dict[str, Action] = {
    "correct": "correct",
    "keep-apart": "merge",
    "restore": "retract",
}
"""Which action takes back what another did, where that is not ``restore``."""
LISTS = ("authors", "categories")
"""Of these a correction may give several."""
MOMENTS = ("when", "exported")


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """One decree.

    ``when`` is in UTC, or naive and in the newsroom's zone; None if it was not written down.

    ``entry`` and ``duplicate`` name entries by id, URL or headline, the latter with its
    ``day`` (ISO 8601) if that is needed; so does ``other``, which is another story than ``entry``.
    ``image`` is an address, relative to the site's, ``undone`` the corrections that are taken back.
    ``export`` is what the file of an export was called, of the site at ``address``; ``exported``
    is when it was made, in UTC.
    ``mended_by`` is who corrected the table when it couldn't be understood. ``notice`` is public,
    ``reason`` is not. ``key`` names the decree itself; ``line`` is where it begins.
    """

    action: Action
    entry: str = ""
    duplicate: str = ""
    other: str = ""
    day: str = ""
    title: str = ""
    published: StatedDate | None = None
    authors: tuple[str, ...] = ()
    url: str = ""
    categories: tuple[str, ...] = ()
    image: str = ""
    alt: str = ""
    summary: str = ""
    language: str = ""
    rights: Rights = ""
    undone: tuple[str, ...] = ()
    notice: str = ""
    erase: bool = False
    path: str = ""
    feed: str = ""
    address: str = ""
    export: str = ""
    exported: datetime | None = None
    reason: str = ""
    who: str = ""
    mended_by: str = ""
    when: datetime | None = None
    key: str = ""
    line: int = 0

    @property
    def second(self) -> str:
        """The name of the second entry that it is about, empty if it is about one."""
        return self.duplicate or self.other


def as_toml(decision: Decision, headline: str = "") -> str:
    """``decision`` as TOML, to be put at the end of the file; ``headline`` is for people."""
    comment = [f"# {' '.join(headline.split())}"] if headline else []
    fields = (
        "action",
        *NEEDED[decision.action],
        *MORE.get(decision.action, ()),
        "when",
        "who",
        "reason",
    )
    values = [
        f"{key} = {_toml(value or '')}"
        for key in fields
        if (value := getattr(decision, key)) or key in decision.undone
    ]
    return "\n".join(["", "[[decision]]", *comment, *values, ""])


def _toml(value: Any) -> str:
    if isinstance(value, StatedDate):
        return _toml(value.iso)
    if isinstance(value, datetime):
        return dates.rfc3339(value)
    # a JSON text or list of texts is a TOML one as well
    return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")


def is_let_go(path: str, returned: datetime | None, gone: Mapping[str, datetime]) -> bool:
    """Whether the page at ``path`` is gone on purpose, as ``gone`` says of files and folders.

    What came, or came back, at ``returned``, after that was said, and went again did so unasked.
    """
    parts = path.split("/")
    names = ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
    said = [gone[name] for name in names if name in gone]
    return any(returned is None or when > returned for when in said)


def gone(decision: Decision, entry: str | None) -> Problem:
    """Says that ``decision``, which took effect on ``entry``, is no longer written down."""
    about = entry or decision.entry
    undoing = f'action = "{_UNDONE_BY.get(decision.action, "restore")}"'
    if decision.action == "correct":  # each field as its page has it
        said = [name for name in (*CORRECTIONS, "notice") if getattr(decision, name)]
        undoing += "".join(f", {name} = {'[]' if name in LISTS else _toml('')}" for name in said)
    return Problem(
        "decision-gone",
        f"a decision is gone ({decision.action} {about}), and stays in force",
        remedy=f"write it again, or undo it with another: {undoing}",
        file=FILE,
    )


def digest(decisions: Iterable[Decision]) -> str:
    """Changes with anything that was decreed."""
    return hashlib.sha256(msgspec.json.encode([item.key for item in decisions])).hexdigest()
