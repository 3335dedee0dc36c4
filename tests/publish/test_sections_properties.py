"""Whatever a newsroom does: what a run leaves alone is what it would make anew."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.newsrooms import NOW, SITE, TestNewsroom
from tests.postgres import newsroom_on
from tests.thorough import COSTLY

ON = SITE.replace("[site]\n", "[site]\nsections = true\n")
SMALL = ON.replace("limit = 30", "limit = 1") + (
    '\n[[feeds]]\nname = "quay"\ntitle = "Quay"\nlimit = 2\ncategories = ["Quay"]\n'
    '\n[[feeds]]\nname = "bell"\ntitle = "Bell"\nlimit = 1\nkeywords = ["bell"]\n'
)
CATEGORIES = (("Quay",), ("quay", "Köpük"), ("QUAY",), ("Порт", "Quay"), ("Порт",), ("—",), ())
WORDS = ("bell", "ferry", "crane", "pilot", "lamp", "rope", "mast", "keel")


class Step(NamedTuple):
    """What is done to a page; ``hours`` after the last run comes one, or none if that is 0."""

    page: int
    action: str
    categories: tuple[str, ...]
    language: str
    day: int
    hours: int


STEPS = st.builds(
    Step,
    st.integers(0, len(WORDS) - 1),
    st.sampled_from(("put", "put", "put", "retract", "restore", "erase")),
    st.sampled_from(CATEGORIES),
    st.sampled_from(("", "", "az", "en")),
    st.integers(0, 9),
    st.sampled_from((0, 0, 0, 1, 20, 40, 70)),
)


def title(number: int) -> str:
    return f"Story number {number} of the long {WORDS[number]} in the harbour"


def put(newsroom: TestNewsroom, step: Step) -> None:
    lines = [
        "---",
        f"title: {title(step.page)}",
        f"categories: {list(step.categories)}",
        *([f"language: {step.language}"] if step.language else []),
        *([f"date: 2026-01-{step.day:02}"] if step.day else []),
        "---",
        f"What the {WORDS[step.page]} said on page {step.page} was heard by nobody at all.",
    ]
    newsroom.page(f"{step.page}.md", "\n".join(lines) + "\n")


def decide(newsroom: TestNewsroom, number: int, step: Step) -> None:
    path = newsroom.root / "decisions.toml"
    action = {"erase": "retract"}.get(step.action, step.action)
    lines = [
        "[[decision]]",
        f'action = "{action}"',
        f'entry = "{title(step.page)}"',
        f"when = 2026-01-01T00:{number:02}:00Z",
        *(["erase = true"] if step.action == "erase" else []),
    ]
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(before + "\n".join(lines) + "\n", encoding="utf-8")


def state(newsroom: TestNewsroom) -> tuple[object, ...]:
    """What subscribers have."""
    return (
        newsroom.rows("SELECT feed, format, etag FROM documents ORDER BY feed, format"),
        newsroom.rows("SELECT feed, position, entry FROM members ORDER BY feed, position"),
    )


def shown(newsroom: TestNewsroom) -> list[tuple[object, ...]]:
    return newsroom.rows(
        "SELECT DISTINCT documents.feed, title FROM documents"
        " LEFT JOIN members ON members.feed = documents.feed"
        " LEFT JOIN entries ON entries.id = entry ORDER BY documents.feed, title"
    )


MOVED_WHILE_HIDDEN = [
    Step(4, "put", ("QUAY",), "", 8, 70),
    Step(4, "retract", (), "", 0, 70),
    Step(4, "put", ("—",), "az", 6, 70),
]


@pytest.mark.engines(thorough=True)
@example(MOVED_WHILE_HIDDEN)
@COSTLY
@given(st.lists(STEPS, min_size=8, max_size=20))
def test_what_is_left_alone_is_what_would_be_made_anew(engine: str, steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        newsroom = newsroom_on(engine, Path(folder), SMALL)
        now = NOW
        for number, step in enumerate(steps):
            if step.action == "put":
                put(newsroom, step)
            else:
                decide(newsroom, number, step)
            if step.hours:
                now += timedelta(hours=step.hours)
                newsroom.publish(now, accept=("empty", "ids"))
        for _ in range(3):  # what was erased and is restored needs another run
            newsroom.publish(now, accept=("empty", "ids"))
        before = state(newsroom)
        _forget_key(newsroom)
        newsroom.publish(now)
        assert state(newsroom) == before


def _forget_key(newsroom: TestNewsroom) -> None:
    """Has the next run make everything anew."""
    newsroom.change("UPDATE revisions SET render_key = ''")
    newsroom.forget_run()


@COSTLY
@given(st.lists(STEPS, max_size=6, unique_by=lambda step: step.page), st.data())
def test_in_any_batches_the_sections_are_the_same(steps: list[Step], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole = TestNewsroom(Path(folder) / "whole", ON)
        batches = TestNewsroom(Path(folder) / "batches", ON)
        for step in steps:
            put(whole, step)
            put(batches, step)
            if data.draw(st.booleans()):
                batches.publish()
        whole.publish()
        batches.publish()
        assert shown(batches) == shown(whole)
