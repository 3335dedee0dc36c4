"""The bar that somebody sees who waits: how far it is, how fast it goes, how long it will take."""

from __future__ import annotations

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text


class _Rate(ProgressColumn):
    """How many are done in a second; nothing until that is known."""

    def render(self, task: Task) -> Text:
        """What is shown of ``task``."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.{0 if speed >= 10 else 1}f}/s")


def bar(console: Console) -> Progress:
    """A bar on ``console`` that vanishes with the block it is for."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        refresh_per_second=5,
    )
