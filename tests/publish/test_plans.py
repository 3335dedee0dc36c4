"""One more story touches that story: nothing that a run asks goes through a large table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from feeds.model.outcome import Again
from tests.newsrooms import NOW, SITE, TestNewsroom
from tests.reports.test_plans import FEW, scans, statements

HELD = "Drum is back in the yard\n4 Jan 2027\n\nIt stands by the gate, they say.\n"
CRANE = "Crane falls onto the quay in the night"
STORY = CRANE + "\n{day} Jan 2026\n\nIt stopped on {day}.\n"
KNOWN = {"SELECT readings.path, readings.signature, readings.sha256, readings.missing_since"}
"""What every page was when it was read last: compared with the folder, in one pass."""
RESTATED = {
    "SELECT readings.path, readings.outside",
    "SELECT readings.path, readings.guided",
}
"""What was stated about every page: compared once rules have changed."""
KEPT = """\
---
embargo: 2027-01-0{number}
---
Gate number {number} is to be closed

It is said that it is {number} years old, and nobody ever went through it in all that time.
"""
WANTED = {"SELECT entries.id, entries.title"}
"""Headlines: looked through for the words by which an editor calls a story, in a new decision."""


def new(newsroom: TestNewsroom) -> None:
    newsroom.page("quay.txt", "Quay is painted blue\n6 Jan 2026\n\nBy Friday, they say.\n")


def corrected(newsroom: TestNewsroom) -> None:
    newsroom.page("crane.txt", STORY.format(day=5).replace("stopped", "ended"))


def held(newsroom: TestNewsroom) -> None:
    newsroom.page("later.txt", HELD.replace("Drum", "Horn"))


def vanished(newsroom: TestNewsroom) -> None:
    (newsroom.root / "crane.txt").unlink()


def retracted(newsroom: TestNewsroom) -> None:
    newsroom.decide(f'action = "retract"\nentry = "{CRANE}"')


def retracted_by_some_words(newsroom: TestNewsroom) -> None:
    newsroom.decide('action = "retract"\nentry = "onto the quay"')


def restored(newsroom: TestNewsroom) -> None:
    newsroom.decide('action = "restore"\nentry = "Ferry to run at night"')


def another_site(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("limit = 30", "limit = 20"))


def other_rules(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE + '\n[[pages]]\npath = "economy/*"\nlanguage = "az"\n')


def imported(newsroom: TestNewsroom) -> None:
    (newsroom.root / "old.rss").write_text(
        '<rss version="2.0"><channel><title>Old</title><item><title>Mast is up again</title>'
        "<guid>urn:1</guid></item></channel></rss>"
    )
    newsroom.decide('action = "import"\nfeed = "old.rss"')


@pytest.mark.parametrize("again", [None, Again(("feeds",), accept_new=True)])
def test_a_run_of_named_pages_asks_about_no_others(
    newsroom: TestNewsroom, again: Again | None
) -> None:
    newsroom.page("bell.txt")
    crane = newsroom.page("crane.txt", STORY.format(day=5))
    newsroom.publish()
    corrected(newsroom)
    if again:
        newsroom.publish()
    with statements() as asked:
        newsroom.publish(NOW + timedelta(hours=2), crane, again=again)
    assert len(asked) > 9
    for step, statement in scans(newsroom, asked):
        assert step.rpartition("INDEX ")[2] in FEW, (step, statement)


@pytest.mark.parametrize(
    ("happens", "besides"),
    [
        (new, set()),
        (corrected, set()),
        (held, set()),
        (vanished, set()),
        (retracted, set()),
        (retracted_by_some_words, WANTED),
        (restored, WANTED),
        (another_site, set()),
        (other_rules, RESTATED),
        (imported, set()),
    ],
)
def test_no_run_goes_through_a_large_table(
    happens: Callable[[TestNewsroom], None], besides: set[str], newsroom: TestNewsroom
) -> None:
    """Nor through an index that has all of its rows."""
    newsroom.page("bell.txt")
    newsroom.page("late.txt", HELD)
    for number in range(1, 9):  # more than are judged
        newsroom.page(f"gate/{number}.txt", KEPT.format(number=number))
    newsroom.page("crane.txt", STORY.format(day=5))
    newsroom.publish()
    newsroom.decide('action = "retract"\nentry = "Budget of the harbour office is passed"')
    newsroom.publish(NOW + timedelta(hours=1))
    happens(newsroom)
    with statements() as asked:
        newsroom.publish(NOW + timedelta(hours=2))
    assert len(asked) > 9
    for step, statement in scans(newsroom, asked):
        told = " ".join(statement.split())
        is_narrow = step.rpartition("INDEX ")[2] in FEW
        assert is_narrow or any(told.startswith(one) for one in KNOWN | besides), (step, told)
