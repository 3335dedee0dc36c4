"""The desk: it writes pages and decisions, and knows what readers should have."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from tests.newsrooms import SITE, TestNewsroom

FORMS: tuple[Form, ...] = ("md", "txt", "html")
LIST = "list.html"
BAD = "bad.html"
EXTRA = "extra"
"""The name of a feed that comes and goes."""

Form = Literal["md", "txt", "html", "list"]

_LEGIBLE = re.compile(r"Edition (\d+) of report (\d+) ")
_NUMBERED = re.compile(r"Report (\d+) on ")
_SYLLABLES = "ba co di fen gor hul jam kel lu mar nis pot qua rov sen tul vim wex yor zan".split()
_WRITTEN = timedelta(seconds=5)
"""So long ago pages were saved, so that no run waits for one to be finished."""
_SECOND_FEEDS = """
[[feeds]]
name = "articles"
title = "Articles"
kinds = ["article"]

[[feeds]]
name = "short"
title = "The newest"
limit = 5
archive = true
"""


@dataclass
class Story:
    """A story: as its page has it, and as readers should.

    ``title`` is what they see in the end; ``entry`` is its id once that was seen. They should have
    it from ``embargo`` on, in seconds since 1970, unless it was taken back: ``is_retracted`` by a
    decision, ``is_withdrawn`` by its page, ``is_erased`` for ever. ``is_restored``: a decision
    shows it again, which no page undoes. ``renamed``: its page has had so many other headlines, so
    that nobody can know from the pages which id it once got.
    """

    number: int
    form: Form
    headline: str
    date: datetime
    title: str
    version: int = 1
    embargo: int = 0
    is_retracted: bool = False
    is_withdrawn: bool = False
    is_restored: bool = False
    is_erased: bool = False
    renamed: int = 0
    entry: str = ""

    @property
    def file(self) -> str:
        """Its page."""
        return LIST if self.form == "list" else f"{self.number:04}.{self.form}"

    @property
    def is_public(self) -> bool:
        """Whether nobody took it back."""
        return not (self.is_retracted or self.is_withdrawn or self.is_erased)

    @property
    def moment(self) -> float:
        """When it came out, in seconds since 1970."""
        return max(self.date.timestamp(), self.embargo)

    @property
    def is_article(self) -> bool:
        """Whether it has a text."""
        return self.form != "list"


def edition(text: str) -> tuple[int, int] | None:
    """The number and the version of the story that has the ``text``."""
    found = _LEGIBLE.search(text)
    return (int(found[2]), int(found[1])) if found else None


def number_of(title: str) -> int | None:
    """The number of the story that is called ``title``, or once was."""
    found = _NUMBERED.match(title)
    return int(found[1]) if found else None


class Desk:
    """The editors of ``newsroom``; what they do depends on ``seed`` and on nothing else."""

    def __init__(self, newsroom: TestNewsroom, seed: int) -> None:
        self.newsroom = newsroom
        self.stories: list[Story] = []
        self.is_bad_page_there = False
        self._seed = seed
        self._gone: set[str] = set()
        self._title = 1
        self.configure()

    # what readers should have

    def visible(self, moment: float) -> dict[str, Story]:
        """What readers should have at that ``moment``, by title."""
        return {
            story.title: story
            for story in self.stories
            if story.is_public and story.embargo <= moment
        }

    def secrets(self, moment: float) -> dict[str, float]:
        """The headlines that nobody may know at that ``moment``, and until when."""
        return {story.headline: story.embargo for story in self.stories if story.embargo > moment}

    # what editors do

    def story(self, form: Form, embargo: int = 0, age: timedelta = _WRITTEN) -> Story:
        """A new story that is so old, on a page of its own or as a line of the list."""
        number = len(self.stories) + 1
        # a list whose stories are all of the same second was dated by a machine
        date = datetime.now(UTC).replace(microsecond=0) - age - timedelta(seconds=number % 60)
        words = self._words(number, 7)
        headline = f"Report {number} on {' '.join(words)}"
        made = Story(number, form, headline, date, headline, embargo=embargo)
        self.stories.append(made)
        self._write(made)
        return made

    def lines(self, count: int, age: timedelta = _WRITTEN) -> None:
        """New lines on top of the list, which are so old."""
        for _ in range(count):
            self.story("list", age=age)

    def correct(self, story: Story) -> None:
        """Another edition of the text."""
        story.version += 1
        self._write(story)

    def rename(self, story: Story) -> None:
        """Another headline on the page."""
        story.renamed += 1
        first, _, _ = story.headline.partition(", edited")
        story.headline = story.title = f"{first}, edited {story.renamed} times"
        self._write(story)

    def withdraw(self, story: Story) -> None:
        """The page takes its story back."""
        story.is_withdrawn = True
        self._write(story)

    def show_again(self, story: Story) -> None:
        """The page shows its story again."""
        story.is_withdrawn = False
        self._write(story)

    def configure(self, *, limit: int = 30, has_extra: bool = False) -> None:
        """Another configuration: the main feed gets another title every time."""
        site = SITE.replace("Harbour Desk: latest", f"Harbour Desk, configuration {self._title}")
        site = site.replace("limit = 30", f"limit = {limit}") + _SECOND_FEEDS
        if has_extra:
            site += f'\n[[feeds]]\nname = "{EXTRA}"\ntitle = "Extra"\nkinds = ["article"]\n'
        self._title += 1
        self.newsroom.configure(site)

    def put_bad_page(self) -> None:
        """A page that can't be read."""
        self.is_bad_page_there = True
        self.newsroom.page(BAD, b"\0\1\2\3" * 50, _saved())

    def remove_bad_page(self) -> None:
        """It is deleted again."""
        self.is_bad_page_there = False
        (self.newsroom.root / BAD).unlink(missing_ok=True)

    def remove_page(self, story: Story) -> None:
        """The page is deleted, which takes nothing back."""
        self._gone.add(story.file)
        (self.newsroom.root / story.file).unlink()

    def put_back(self) -> None:
        """Pages that were deleted are there again."""
        for story in self.stories:
            if story.file in self._gone:
                self._write(story)

    def is_there(self, story: Story) -> bool:
        """Whether the page of ``story`` is in the folder."""
        return story.file not in self._gone

    # how it is written down

    def _write(self, story: Story) -> None:
        self._gone.discard(story.file)
        if story.form == "list":
            listed = [one for one in reversed(self.stories) if one.form == "list"]
            self.newsroom.page(LIST, _list(listed), _saved())
        else:
            self.newsroom.page(story.file, _WRITERS[story.form](story, self._text(story)), _saved())

    def _text(self, story: Story) -> list[str]:
        words = iter(self._words(-story.number, 60))
        told = f"Edition {story.version} of report {story.number} tells of"
        return [f"{told} {_sentence(words, 20)}", *(_sentence(words, 20) for _ in range(2))]

    def _words(self, number: int, count: int) -> list[str]:
        chance = random.Random(f"{self._seed} {number}")  # noqa: S311 - the same words each time
        return ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(count)]


def _sentence(words: Iterator[str], count: int) -> str:
    return " ".join(next(words) for _ in range(count)) + "."


def _saved() -> datetime:
    return datetime.now(UTC) - _WRITTEN


def _front_matter(story: Story) -> str:
    rows = {"title": story.headline, "date": story.date.isoformat(), "author": "Nora Lind"}
    if story.embargo:
        rows["embargo"] = datetime.fromtimestamp(story.embargo, UTC).isoformat()
    if story.is_withdrawn:
        rows["status"] = "retracted"
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in rows.items()) + "---\n"


def _marked(story: Story, text: list[str]) -> str:
    return f"{_front_matter(story)}\n" + "\n\n".join(text) + "\n"


def _plain(story: Story, text: list[str]) -> str:
    return f"{_front_matter(story)}{story.headline}\n\n" + "\n".join(text) + "\n"


def _html(story: Story, text: list[str]) -> str:
    paragraphs = "".join(f"<p>{html.escape(one)}</p>\n" for one in text)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{html.escape(story.headline)}</title>"
        f'<meta property="article:published_time" content="{story.date.isoformat()}"></head>\n'
        f"<body><article><h1>{html.escape(story.headline)}</h1>\n{paragraphs}</article></body></html>\n"
    )


def _list(listed: Iterable[Story]) -> str:
    rows = "".join(
        f'<li><a href="https://desk.test/n/{story.number}">{html.escape(story.headline)}</a> '
        f'<time datetime="{story.date.isoformat()}">{story.date:%d.%m.%Y}</time></li>\n'
        for story in listed
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Latest news</title>'
        f"</head>\n<body><h1>Latest news</h1>\n<ul>\n{rows}</ul></body></html>\n"
    )


_WRITERS = {"md": _marked, "txt": _plain, "html": _html}
