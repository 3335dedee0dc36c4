"""Whatever is done in whatever order: after an export the target is what is published, exactly."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.export import run
from feeds.export.folder import Folder
from feeds.model import ACCEPTABLE
from feeds.model.errors import TargetError
from tests.export.exporting import compare, export
from tests.newsrooms import NOW, SITE
from tests.postgres import newsroom_on
from tests.thorough import COSTLY

TITLES = ("Tide stands higher than ever", "Crane falls on an empty quay", "Pilots want more pay")
STEPS = ("write", "reword", "date", "retract", "restore", "limit", "title", "away", "export")


class _Desk:
    """A newsroom to which something happens, step by step."""

    def __init__(self, engine: str, home: Path) -> None:
        self.newsroom = newsroom_on(engine, home / "desk", SITE.replace("limit = 30", "limit = 3"))
        self.target = home / "out"
        self.now = NOW
        self.count = 0

    def do(self, step: str, number: int) -> None:
        """Does one thing, and publishes it."""
        self.now += timedelta(minutes=10)
        newsroom, title = self.newsroom, TITLES[number]
        match step:
            case "write" | "reword" | "date":
                self.count += 1
                day = 10 + (self.count % 4 if step == "date" else number)
                words = f"It was seen {self.count} times." if step == "reword" else "It was seen."
                text = f"{title} since year {number}\n\n{words}\n\n{day}.Jan.2026\n"
                newsroom.page(f"{number}.txt", text, self.now - timedelta(minutes=5))
            case "retract" | "restore":
                found = newsroom.rows("SELECT id FROM entries ORDER BY sequence")
                if len(found) > number:
                    newsroom.decide(
                        f'action = "{step}"\nentry = "{found[number][0]}"\n'
                        f"when = {self.now:%Y-%m-%dT%H:%M:%SZ}"
                    )
            case "limit":
                text = SITE.replace("limit = 30", f"limit = {number + 1}")
                newsroom.configure(text)
            case "title":
                newsroom.configure(SITE.replace("Harbour Desk", f"Desk {number}"))
            case "away":
                with patch.object(Folder, "publish", side_effect=TargetError("gone")):
                    run.export(newsroom.place, str(self.target), lambda: self.now)
            case "export":
                self.exported()
        newsroom.publish(self.now, accept=ACCEPTABLE)

    def exported(self) -> None:
        """Exports, and looks at what is there."""
        export(self.newsroom, self.target, self.now)
        compare(self.newsroom, self.target, self.now)


@pytest.mark.engines(thorough=True)
@COSTLY
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2)), min_size=4, max_size=9))
def test_after_an_export_the_target_is_what_is_published(
    engine: str, steps: list[tuple[str, int]]
) -> None:
    with tempfile.TemporaryDirectory() as home:
        desk = _Desk(engine, Path(home))
        for title in range(3):
            desk.do("write", title)
        desk.exported()
        for step, number in steps:
            desk.do(step, number)
        desk.exported()
