"""However a newsroom's pages come in, in the order (captured, path), the ledger is the same.

Batch by batch, all at once, or anew from an empty ledger: the same ids, moments, content and
order, and the same of what editors decided.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from feeds.model import FORMATS
from feeds.publish import failures
from tests.newsrooms import SITE, TestNewsroom, said
from tests.postgres import newsroom_on
from tests.thorough import COSTLY

FIRST = date(2026, 3, 1)
AFTER = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
# distinctive ones, one that is cut short, one that is mended later, and a column that is not
TITLES = (
    "Harbour opens a second quay for the ferries",
    "Harbour opens a second quay for…",
    "Council of the old town votes against the bridge",
    "Council of the old town votes against a bridge",
    "Magnitude 4.1 earthquake felt along the whole coast",
    "Magnitude 4.3 earthquake felt along the whole coast",
    "Five fishermen wounded in the storm off the cape",
    "Five fishermen killed in the storm off the cape",
    "Lighthouse keeper retires after forty years of service",
    "Press review",
    "Market prices",
)
BODIES = (
    ("It was a quiet morning, the harbour master said.", "Nobody expected more than that."),
    ("The vote was taken late in the evening.", "Two members of the council were absent."),
    ("Windows broke in three streets of the town.", "No one was hurt, the mayor said later."),
)


REWORDED = {
    "Lighthouse keeper retires after forty years of service":
        "Lighthouse keeper retires after forty years of services",
    "Council of the old town votes against the bridge":
        "Council of the old town voted against the bridge",
}  # fmt: skip
Listed = list[tuple[str, date]]


class Made(NamedTuple):
    """A page: its name, what it says, the list in it, and when it was saved."""

    name: str
    text: str
    listed: Listed
    saved: datetime


@st.composite
def made_page(draw: st.DrawFn, number: int, listed: Listed) -> Made:
    day = FIRST + timedelta(days=number)
    body = draw(st.sampled_from(BODIES))
    clocks = draw(st.lists(st.sampled_from(("", "", ", 14:20", ", 07:05")), min_size=6))
    rows = "\n".join(
        f"{title}\n{when:%d.%b.%Y}{clock}"
        for (title, when), clock in zip(listed, clocks, strict=False)
    )
    title = draw(st.sampled_from((*TITLES, f"A story of page {number} that no list has")))
    matter = ""
    if draw(st.integers(0, 5)) == 0:
        clock = draw(st.sampled_from(("", " 06:30")))
        matter = f"---\ndate: {day}{clock}\nurl: https://desk.test/{draw(st.integers(0, 2))}\n---\n"
    text = f"{matter}{title}\n\n" + "\n".join(body) + "\nNora Lind\n"
    if rows:
        text += f"Latest news\n{rows}\n"
    text += f"\n{day:%d %b %Y}\n"
    saved = datetime(day.year, day.month, day.day, 8, number, tzinfo=UTC)
    return Made(f"{number:02}.txt", text, listed, saved)


@st.composite
def made_newsroom(draw: st.DrawFn) -> list[Made]:
    """Pages whose lists roll on from page to page, with a headline reworded now and then."""
    pages: list[Made] = []
    listed: Listed = []
    for number in range(draw(st.integers(1, 6))):
        day = FIRST + timedelta(days=number)
        new = draw(st.lists(st.sampled_from(TITLES), max_size=2, unique=True))
        listed = [*((title, day) for title in new), *listed]
        if draw(st.booleans()):
            listed = [(REWORDED.get(title, title), when) for title, when in listed]
        start = draw(st.integers(0, 1))
        pages.append(draw(made_page(number, listed[start : start + 6])))
    return pages


@st.composite
def made_decisions(draw: st.DrawFn, pages: list[Made]) -> list[str]:
    lines = sorted({line for page in pages for line in page.listed})
    made = []
    for number in range(draw(st.integers(0, 3)) if lines else 0):
        action = draw(st.sampled_from(("retract", "erase", "correct", "restore", "date", "merge")))
        title, day = draw(st.sampled_from(lines))
        rows = [
            "[[decision]]",
            f'action = "{ {"erase": "retract", "date": "correct"}.get(action, action) }"',
            f'entry = "{title}"',
            f"when = 2026-04-{number + 1:02}T10:00:00Z",
        ]
        rows += {
            "erase": ["erase = true"],
            "correct": ['title = "What the council really said about it"'],
            "date": ["published = 2026-02-20"],
            "merge": [f'duplicate = "{draw(st.sampled_from(lines))[0]}"'],
        }.get(action, [])
        if action != "merge":
            rows.append(f"day = {day}")
        made.append("\n".join(rows) + "\n")
    return made


def state(newsroom: TestNewsroom) -> tuple[object, ...]:
    """All that readers could tell apart, but for what is the ledger's own."""
    entries = newsroom.rows(
        "SELECT id, kind, title, stated, published, captured, rank, authors, texts,"
        " url, hidden, notice FROM entries ORDER BY id"
    )
    members = newsroom.rows("SELECT feed, position, entry FROM members ORDER BY feed, position")
    aliases = newsroom.rows(
        "SELECT aliases.kind, value, id FROM aliases JOIN entries ON sequence = entry ORDER BY 1, 2"
    )
    return entries, members, aliases


def built(
    folder: Path,
    batches: Sequence[Sequence[Made]],
    decisions: Sequence[tuple[int, str]],
    engine: str = "sqlite",
) -> TestNewsroom:
    """A newsroom that published ``batches``; each decision is known from a batch on."""
    newsroom = newsroom_on(engine, folder, SITE.replace("limit = 30", "limit = 100"))
    text = ""
    for number, batch in enumerate(batches):
        for page in batch:
            newsroom.page(page.name, page.text, page.saved)
        text += "\n".join(told for since, told in decisions if since == number)
        if text:
            (newsroom.root / "decisions.toml").write_text(text, encoding="utf-8")
        newsroom.publish(AFTER + timedelta(hours=number))
    return newsroom


@COSTLY
@given(made_newsroom(), st.data())
def test_the_same_pages_and_decisions_make_the_same_ledger(
    pages: list[Made], data: st.DataObject
) -> None:
    decisions = data.draw(made_decisions(pages))
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(pages) - 1)), max_size=3)))
    batches = [pages[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True)]
    since = sorted(data.draw(st.integers(0, len(batches) - 1)) for _ in decisions)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("batches", "at_once"):
            (place / name).mkdir()
        whole = built(place / "at_once", [pages], [(0, told) for told in decisions])
        told = list(zip(since, decisions, strict=True))
        assert state(built(place / "batches", batches, told)) == state(whole)


@COSTLY
@given(made_newsroom(), st.data())
def test_both_engines_make_the_same_of_the_same_pages_and_decisions(
    pages: list[Made], data: st.DataObject
) -> None:
    told = [(number % 2, one) for number, one in enumerate(data.draw(made_decisions(pages)))]
    batches = [pages[: len(pages) // 2], pages]
    history = (
        "SELECT id, history.revision, what, change FROM history"
        " JOIN entries ON entries.sequence = entry ORDER BY history.sequence"
    )
    with tempfile.TemporaryDirectory() as folder:
        one, other = (
            built(Path(folder) / engine, batches, told, engine)
            for engine in ("sqlite", "postgresql")
        )
        assert one.entries() == other.entries()
        assert one.rows(history) == other.rows(history)
        for form in FORMATS:
            found, same = (newsroom.document(form=form) for newsroom in (one, other))
            assert found.document == same.document


@COSTLY
@given(made_newsroom(), st.data())
def test_the_same_pages_make_the_same_ledger_however_many_are_decided_at_once(
    pages: list[Made], data: st.DataObject
) -> None:
    """To the last moment, and in all that is told of it."""
    decisions = [(0, told) for told in data.draw(made_decisions(pages))]
    size = data.draw(st.integers(2, 6))
    made = []
    for number in (1, size):
        with tempfile.TemporaryDirectory() as folder, patch.object(failures, "BATCH", number):
            newsroom = TestNewsroom(Path(folder) / "desk", SITE)
            told = []
            for hour, some in enumerate((pages[: len(pages) // 2], pages)):
                for page in some:
                    newsroom.page(page.name, page.text, page.saved)
                text = "\n".join(decision for _, decision in decisions)
                (newsroom.root / "decisions.toml").write_text(text, encoding="utf-8")
                outcome = newsroom.publish(AFTER + timedelta(hours=hour))
                told.append((said(outcome.problems), said(outcome.notices)))
            history = newsroom.rows("SELECT entry, revision, what FROM history ORDER BY sequence")
            updated = newsroom.rows("SELECT id, updated, entered FROM entries ORDER BY sequence")
            held = newsroom.rows("SELECT * FROM held ORDER BY path, line")
            lists = newsroom.rows(
                "SELECT path, position, id FROM listed JOIN readings ON number = page"
                " JOIN entries ON sequence = entry ORDER BY 1, 2"
            )
            made.append((state(newsroom), updated, history, held, lists, told))
    assert made[0] == made[1]
