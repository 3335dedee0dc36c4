"""A week of captures, published step by step, is what one run makes of it from an empty ledger."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from feeds.capture import thinning
from feeds.model import ACCEPTABLE, Entry
from feeds.newsroom import captured
from tests import captures
from tests.captures import SITE, Article, article_page, list_page
from tests.newsrooms import TestNewsroom
from tests.thorough import COSTLY

MONDAY = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
WORDS = (
    "harbour bell ferry pilot engine budget island quay crane storm office tower captain market "
    "bridge school river winter council lighthouse"
).split()


def title_of(number: int) -> str:
    """A headline of six words, like no other's."""
    one, other = WORDS[number % len(WORDS)], WORDS[(7 * number + 3) % len(WORDS)]
    return f"The {one} of quay {number} gets another {other} after nine years"


def text_of(number: int) -> tuple[str, ...]:
    return tuple(
        f"Nobody at office {number} could say who had paid for crate {part} of the {word}, "
        "or where it had stood since."
        for part, word in enumerate(WORDS[:6])
    )


class Step(NamedTuple):
    """What happens next: what is done, to which story, after how many minutes."""

    act: str
    which: int
    minutes: int


ACTS = (
    "write", "write", "visit", "visit", "visit", "list", "list", "list", "section", "publish",
    "publish", "thin", "headline", "text", "date", "clock", "undate", "move", "next day",
)  # fmt: skip
STEPS = st.lists(
    st.builds(Step, st.sampled_from(ACTS), st.integers(0, 20), st.integers(1, 200)),
    min_size=3,
    max_size=45,
)


class Week:
    """The site as it changes, and what is captured of it into the newsroom's folder."""

    def __init__(self, newsroom: TestNewsroom) -> None:
        self.newsroom = newsroom
        self.now = MONDAY
        self.stories: list[Article] = []
        self.seen: dict[str, str] = {}
        self.captures = self.thinned = 0

    def take(self, step: Step) -> None:
        """Has ``step`` happen."""
        self.now += timedelta(minutes=step.minutes, seconds=7)
        if step.act == "next day":
            self.now += timedelta(hours=20)
        elif step.act == "write":
            number = len(self.stories)
            today = self.today.isoformat()
            date_stated = ("", today, f"{self.now:%Y-%m-%dT%H:%M:%S}+00:00")[step.which % 3]
            path = f"/economy/story-{number}"
            made = Article(path, title_of(number), text_of(number), date_stated, today)
            self.stories.insert(0, made)
        elif step.act == "publish":
            self.publish()
        elif step.act == "thin":
            lists = f"{SITE}/", f"{SITE}/economy/"
            self.thinned += thinning.thin(self.newsroom.root, lists, self.now + thinning.AGE)
        elif step.act == "list":
            self.capture(f"{SITE}/", list_page(self.stories[:8]), is_list=True)
        elif step.act == "section":
            self.capture(f"{SITE}/economy/", list_page(self.stories[::2][:5]), is_list=True)
        elif self.stories:
            number = step.which % len(self.stories)
            story = self.stories[number]
            if step.act == "visit":
                self.capture(story.address, article_page(story))
            else:
                self.stories[number] = changed(story, step, self.now, self.today)

    @property
    def today(self) -> date:
        """The day in Baku."""
        return (self.now + timedelta(hours=4)).date()

    def capture(self, address: str, markup: str, *, is_list: bool = False) -> None:
        """Saves the page, if it is another one than when it was seen last."""
        if self.seen.get(address) == markup:
            return
        self.seen[address] = markup
        self.captures += 1
        made = captures.captured(address, self.now, markup, is_list=is_list)
        path = captured.save(self.newsroom.root, made)
        moment = (self.now - timedelta(seconds=1)).timestamp()
        os.utime(self.newsroom.root / path, (moment, moment))

    def publish(self) -> None:
        """Publishes what was captured up to now."""
        self.now += timedelta(seconds=11)
        self.newsroom.publish(self.now, accept=ACCEPTABLE)


def changed(story: Article, step: Step, now: datetime, today: date) -> Article:
    """``story`` after its editor had another look at it."""
    match step.act:
        case "headline":
            if "another new" in story.title:
                return story._replace(title=story.title.replace("another new", "another"))
            return story._replace(title=story.title.replace("another", "another new"))
        case "text":
            added = f"At {now:%H:%M} on day {now:%d} somebody in room {step.which} knew better."
            return story._replace(paragraphs=(*story.paragraphs[:6], added))
        case "date":
            day = (today - timedelta(days=1 + step.which % 2)).isoformat()
            return story._replace(date=day, day=day)
        case "clock":
            return story._replace(date=f"{story.day}T0{step.which % 10}:17:00+04:00")
        case "undate":
            return story._replace(date="")
        case _:
            return story._replace(path=f"{story.path}-{step.which}")


def told(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.id, entry.kind, entry.title, entry.stated, entry.published, entry.updated,
        entry.captured, entry.entered, entry.rank, entry.content, entry.url, entry.summary,
        entry.hidden,
    )  # fmt: skip


def rebuilt(newsroom: TestNewsroom, home: Path, now: datetime) -> TestNewsroom:
    """Another newsroom of the same pages, whose files all have one time; and an empty ledger."""
    made = TestNewsroom(home)
    shutil.rmtree(made.root)
    shutil.copytree(newsroom.root, made.root)
    for path in (*made.root.glob(".feeds*"), *made.root.glob("feeds-*")):
        path.unlink()
    for path in made.root.rglob("*"):
        os.utime(path, (now.timestamp() - 60, now.timestamp() - 60))
    made.publish(now, accept=ACCEPTABLE, rebuild=True)
    return made


def steps_of(text: str) -> list[Step]:
    """Steps as they are written here: an act, which story, after how many minutes."""
    return [
        Step(act, int(which), int(minutes))
        for act, which, minutes in (one.strip().rsplit(" ", 2) for one in text.split(","))
    ]


REDATED_AND_THINNED = steps_of(
    "write 1 60, write 4 60, list 0 9, publish 0 9, date 0 9, list 0 9, visit 0 9, publish 0 9, "
    "thin 0 9, publish 0 9"
)
"""An old list that was decided anew would give a headline the link that its story has by now."""
ONE_SECOND = steps_of(
    "write 1 363, write 11 346, publish 9 242, write 3 349, publish 16 262, write 15 35, "
    "list 14 105, visit 0 89, publish 11 308, write 3 88, headline 16 102, write 17 169, "
    "move 14 6, list 5 378"
)
"""A story takes the second in which another was updated that was changed since."""


@COSTLY
@given(STEPS)
@example(REDATED_AND_THINNED)
@example(ONE_SECOND)
def test_a_rebuild_comes_to_the_same_as_the_week_did(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as home:
        live = TestNewsroom(Path(home, "live"))
        week = Week(live)
        for step in steps:
            week.take(step)
        week.publish()
        again = rebuilt(live, Path(home, "again"), week.now + timedelta(days=3))
        assert list(map(told, again.entries())) == list(map(told, live.entries()))


def test_a_week_has_what_it_is_about(tmp_path: Path) -> None:
    week = Week(TestNewsroom(tmp_path))
    acts = ("write", "list", "visit", "publish", "headline", "visit", "publish", "move", "visit")
    for act in chain(acts, ("undate", "text", "visit", "list", "publish")):
        week.take(Step(act, 1, 20))
    (entry,) = week.newsroom.entries()
    assert week.captures == 6
    assert entry.kind == "article"
    assert entry.title == title_of(0).replace("another", "another new")
    assert entry.url == f"{SITE}/economy/story-0-1"
    assert entry.published == MONDAY + timedelta(minutes=40, seconds=14)
