"""What commands print: as it is where another program reads it, laid out where a person does.

Rules
- What is printed is plain text, one line for each thing. In a terminal, a line that is too
  long goes on below one of its columns (two blanks or more part columns), and the words that say
  how bad something is have a colour. Nothing else is different there.
- Errors are not broken, nor what people copy from the screen: lines for crontab, JSON.
- Nothing from a page, not even a file's name, is obeyed by a terminal: control characters and
  those that change the direction of text are shown as what they are.
- No bar is left on the screen, however the command ends.
- rich is imported where somebody looks on alone; cron never waits for it.
- NO_COLOR, FORCE_COLOR and TERM=dumb are honoured.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, TypeVar

import click

from feeds.text import characters

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from feeds.model.watching import Watch

_Item = TypeVar("_Item")

_COLUMNS = re.compile("(?<=[^ ]) {2,}(?=[^ ])")
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
    "kept back": "cyan",
    "next": "cyan",
}
_UNBOUNDED = 10_000
_FEW = 20
"""So many things are done before a bar would be seen."""


def echo(text: str, *, err: bool = False, verbatim: bool = False) -> None:
    """Prints ``text``; laid out if a person sees it and it isn't ``verbatim``."""
    text = characters.shown(text)
    stream = sys.stderr if err else sys.stdout
    if not verbatim and (_is_seen(stream) or os.environ.get("FORCE_COLOR")):
        _lay_out(text, err=err)
    else:
        click.echo(text, err=err)


def can_be_asked() -> bool:
    """Whether somebody sits there who can answer."""
    return sys.stdin.isatty()


@contextmanager
def watching(*, quiet: bool = False) -> Iterator[Watch]:
    """A bar on standard error for a person who waits, unless ``quiet``; what to hand long work to.

    The bar vanishes when all is done, and at the latest when this ends, with an error or without.
    """
    with ExitStack() as bars:

        def watch(items: Sequence[_Item], doing: str) -> Iterable[_Item]:
            if quiet or len(items) < _FEW or not _is_seen(sys.stderr):
                return items
            bars.close()  # there is room for one, and who broke off the last one won't end it
            return bars.enter_context(closing(_shown(items, doing)))

        yield watch


def _shown(items: Sequence[_Item], doing: str) -> Generator[_Item, None, None]:
    from feeds.cli.bar import bar  # late: see above

    with bar(_console(err=True)) as shown:
        yield from shown.track(items, description=doing)


def _is_seen(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty()) and os.environ.get("TERM") != "dumb"


def _console(*, err: bool) -> Console:
    from rich.console import Console

    # colours that are forced upon a pipe: there is no width to keep to
    width = None if _is_seen(sys.stderr if err else sys.stdout) else _UNBOUNDED
    return Console(stderr=err, highlight=False, markup=False, emoji=False, width=width)


def _lay_out(text: str, *, err: bool) -> None:
    from rich.text import Text

    console = _console(err=err)
    made = [_coloured(line) if err else _hung(line, console) for line in text.split("\n")]
    console.print(Text("\n").join(made), soft_wrap=True)


def _hung(line: str, console: Console) -> Text:
    """``line``, broken between words where it is wider than the terminal."""
    from rich.cells import cell_len
    from rich.text import Text

    made = _coloured(line)
    if cell_len(line) <= console.width:
        return made
    starts = [found.end() for found in _COLUMNS.finditer(line)]
    near = [start for start in starts if cell_len(line[:start]) <= console.width // 2]
    start = max(near, default=_indent(line))
    margin = cell_len(line[:start])
    room = max(console.width - margin, 1)
    if any("://" in word and cell_len(word) > room for word in line.split()):
        return made  # people copy addresses
    parts = made[start:].wrap(console, room)
    for part in parts:
        part.rstrip()
    return made[:start] + Text("\n" + " " * margin).join(parts)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _coloured(line: str) -> Text:
    from rich.text import Text

    made = Text(line)
    start = _indent(line)
    for gap in [*_COLUMNS.finditer(line), None]:
        end = gap.start() if gap else len(line)
        if colour := _COLOURS.get(line[start:end]):
            made.stylize(colour, start, end)
        start = gap.end() if gap else end
    for found in _WHERE.finditer(line):
        made.stylize("bold", found.start(), found.end())
    return made
