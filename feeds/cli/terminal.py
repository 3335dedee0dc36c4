"""What commands print: as it is where another program reads it, laid out where a person does.

Rules
- What is printed is plain text, one line for each thing. In a terminal its columns, which two
  blanks or more part, are lined up and wrapped, and the words that say how bad something is have
  a colour. Nothing else is different there.
- Nothing from a page, not even a file's name, is obeyed by a terminal: control characters and
  those that change the direction of text are shown as what they are.
- rich is imported where somebody looks on alone; cron never waits for it.
- NO_COLOR, FORCE_COLOR and TERM=dumb are honoured.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_Item = TypeVar("_Item")

_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_COLUMNS = re.compile(" {2,}")
_WHERE = re.compile(r"(?:^|(?<= ))[^\s:]+\.\w+:(?:\d+:)?(?= )")
_COLOURS = {
    "error": "bold red",
    "failed": "bold red",
    "given up": "bold red",
    "warning": "yellow",
    "held": "yellow",
    "vanished": "yellow",
    "doubtful": "yellow",
    "waiting": "cyan",
    "hint": "cyan",
    "next": "cyan",
}
_NARROW = 16
"""Columns up to this width, in characters, are never broken."""
_UNBOUNDED = 10_000
_FEW = 20
"""So many things are done before a bar would be seen."""


def printable(text: str) -> str:
    """``text`` without anything that a terminal would obey; lines and tabs stay."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def echo(text: str, *, err: bool = False) -> None:
    """Prints ``text``; laid out if a person sees it."""
    text = printable(text)
    stream = sys.stderr if err else sys.stdout
    if _is_seen(stream) or os.environ.get("FORCE_COLOR"):
        _lay_out(text, err=err)
    else:
        click.echo(text, err=err)


def watch(items: Sequence[_Item], doing: str) -> Iterable[_Item]:
    """``items``, with a bar on standard error for a person who waits; it vanishes at the end."""
    if len(items) < _FEW or not _is_seen(sys.stderr):
        return items
    from rich.progress import track  # late: see above

    return track(items, doing, console=_console(err=True), transient=True, refresh_per_second=5)


def _is_seen(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty()) and os.environ.get("TERM") != "dumb"


def _console(*, err: bool) -> Console:
    from rich.console import Console

    # colours that are forced upon a pipe: there is no width to keep to
    width = None if _is_seen(sys.stderr if err else sys.stdout) else _UNBOUNDED
    return Console(stderr=err, highlight=False, markup=False, emoji=False, width=width)


def _lay_out(text: str, *, err: bool) -> None:
    from rich.padding import Padding
    from rich.table import Table

    console = _console(err=err)
    for (indent, _), found in groupby(map(_cells, text.split("\n")), _shape):
        rows = [cells for _, cells in found]
        table = Table.grid(padding=(0, 2, 0, 0))
        for column in zip(*rows, strict=True):
            longest = max(map(len, column))
            narrow = longest if longest <= _NARROW else None
            table.add_column(min_width=narrow, overflow="fold")
        for cells in rows:
            table.add_row(*map(_coloured, cells))
        console.print(Padding(table, (0, 0, 0, indent), expand=False))


def _cells(line: str) -> tuple[int, list[str]]:
    """How far a line is indented, and its columns."""
    bare = line.lstrip(" ")
    return len(line) - len(bare), _COLUMNS.split(bare)


def _shape(row: tuple[int, list[str]]) -> tuple[int, int]:
    return row[0], len(row[1])


def _coloured(text: str) -> Text:
    from rich.text import Text

    made = Text(text, style=_COLOURS.get(text, ""))
    for found in _WHERE.finditer(text):
        made.stylize("bold", found.start(), found.end())
    return made
