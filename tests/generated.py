"""A newsroom of any number of stories, in words that nobody wrote, the same in every run.

Half of its pages are text, half are HTML or Markdown. Beside each stands the dated list that the
site had when the page was saved: the newest five to ten stories of its language, so that lists
overlap as they do on a site. Some stories are known from lists alone, some pages are saved twice or
a day late, some are kept back or say no date.
"""

from __future__ import annotations

import html
import os
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

LAST = date(2026, 1, 10)
"""The day of the newest stories."""
NOW = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
"""When all of them are there."""
PER_DAY = 20
SITE_URL = "https://tide.test/"
_LANGUAGES = "en en ru en de en az en en ru".split()
_MORNING = 5 * 60
_TOLD_BACK = 80
"""So many stories back a list may reach."""


class Tongue(NamedTuple):
    """What its words are made of, its small words, its months, what it calls a list."""

    syllables: list[str]
    small: list[str]
    months: list[str]
    heading: str


_TONGUES = {
    "en": Tongue(
        "ba ce di fo gu har len mir nos pel quay rin sto tor vel wen yar zo".split(),
        "the of and to in a for that with on was by at from".split(),
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
        "Latest news",
    ),
    "de": Tongue(
        "bach den feld gar heim kro lau mün nie rost sau tal wei zel".split(),
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein".split(),
        "Januar Februar März April Mai Juni Juli August September Oktober November "
        "Dezember".split(),
        "Aktuelle Nachrichten",
    ),
    "ru": Tongue(
        "бо ва гор дал ка лен мир нов пол рес сар тин чай".split(),
        "и в не на что с по это как из у за от для".split(),
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
        "Последние новости",
    ),
    "az": Tongue(
        "al bə çay dağ el gül xan kür lər mil nar öz qış şah uç".split(),
        "və bu ilə üçün bir də olan ki daha çox sonra həm".split(),
        "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr".split(),
        "Son xəbərlər",
    ),
}


class Story(NamedTuple):
    """A story: ``moment`` is when it came out, in UTC; ``saved`` the day of its page."""

    number: int
    language: str
    title: str
    moment: datetime
    saved: date
    author: str
    paragraphs: list[str]

    @property
    def url(self) -> str:
        """Its address on the site."""
        return f"{SITE_URL}n/{self.number}"


class Page(NamedTuple):
    """A file of the newsroom."""

    path: str
    data: bytes
    modified: datetime


class Generated:
    """Stories 0 to ``count`` - 1, the last of LAST; those after it are still to come."""

    def __init__(self, count: int, seed: int = 2026) -> None:
        self.count = count
        self.seed = seed
        chance = random.Random(seed)  # noqa: S311 - no secret is made of it
        self._words = {name: _vocabulary(tongue, chance) for name, tongue in _TONGUES.items()}
        self.story = lru_cache(2 * _TOLD_BACK)(self._story)

    def pages(self, numbers: Iterable[int] | None = None) -> Iterator[Page]:
        """The pages of the stories of these ``numbers``, of all that are there by default."""
        for number in range(self.count) if numbers is None else numbers:
            if number % 11 != 7:  # or it is known from lists alone
                made = self.page(number)
                yield made
                if number % 43 == 3:
                    yield made._replace(path=f"again/{Path(made.path).name}")

    def page(self, number: int, more: str = "") -> Page:
        """The page of a story, with ``more`` of text below it."""
        story = self.story(number)
        if more:
            story = story._replace(paragraphs=[*story.paragraphs, more])
        if number % 2 == 0:
            suffix, data = "txt", self._text(story)
        elif number % 14 == 5:
            suffix, data = "md", self._markdown(story)
        else:
            suffix, data = "html", self._markup(story)
        path = f"{story.moment:%Y/%m}/{number:07}.{suffix}"
        modified = datetime.combine(story.saved, time(18, number % 60), UTC)
        return Page(path, data.encode(), modified)

    def _story(self, number: int) -> Story:
        chance = random.Random(self.seed * 1_000_003 + number)  # noqa: S311 - as above
        language = _LANGUAGES[number % len(_LANGUAGES)]
        back, place = divmod(self.count - 1 - number, PER_DAY)
        day = LAST - timedelta(days=back)
        minute = _MORNING + (PER_DAY - 1 - place) * 45
        words = self._words[language]
        title = " ".join(chance.choices(words, k=chance.randint(6, 12)))
        title = title.title() if language == "en" else title.capitalize()
        if number % 53 == 4:  # told apart by a number alone
            title = f"{' '.join(words[-6:-2]).capitalize()} {chance.randint(3, 6)}.{number % 10}"
        elif number % 97 == 6:  # the same words each time
            title = " ".join(words[-3:]).capitalize()
        return Story(
            number,
            language,
            title,
            datetime.combine(day, time(minute // 60, minute % 60), UTC),
            day + timedelta(days=number % 9 == 1),
            " ".join(chance.choices(words, k=2)).title(),
            [self._paragraph(chance, language) for _ in range(chance.randint(4, 8))],
        )

    def _paragraph(self, chance: random.Random, language: str) -> str:
        small, words = _TONGUES[language].small, self._words[language]
        sentences = []
        for _ in range(3):
            pairs = zip(chance.choices(small, k=6), chance.choices(words, k=6), strict=True)
            sentences.append(" ".join(map(" ".join, pairs)).capitalize() + ".")
        return " ".join(sentences)

    def _listed(self, story: Story) -> list[Story]:
        """The newest of the story's language when its page was saved, without itself."""
        chance = random.Random(self.seed + story.number)  # noqa: S311 - as above
        late = PER_DAY // 2 if story.number % 9 == 1 else 0
        numbers = range(story.number + late, max(story.number - _TOLD_BACK, -1), -1)
        found = (
            number
            for number in numbers
            if _LANGUAGES[number % len(_LANGUAGES)] == story.language
            and number not in (story.number, self.count)
        )
        wanted = chance.randint(5, 10)
        return [self.story(number) for number, _ in zip(found, range(wanted), strict=False)]

    def _text(self, story: Story) -> str:
        tongue = _TONGUES[story.language]
        rows = "\n".join(
            f"{other.title}\n{_written(other.moment.date(), story.language)}"
            for other in self._listed(story)
        )
        lines = [story.title, ""]
        if story.number % 4:  # the others' day is told by lists
            lines[1:1] = [_written(story.moment.date(), story.language)]
        lines += [*story.paragraphs, story.author]
        lines += ["", tongue.heading, rows, "", _written(story.saved, story.language), ""]
        return "\n".join(lines)

    def _markup(self, story: Story) -> str:
        body = "\n".join(f"<p>{html.escape(text)}</p>" for text in story.paragraphs)
        rows = "\n".join(
            f'<li><a href="/n/{other.number}">{html.escape(other.title)}</a> '
            f"<span>{_written(other.moment.date(), story.language)}</span></li>"
            for other in self._listed(story)
        )
        picture = f'<meta property="og:image" content="{SITE_URL}p/{story.number}.jpg">'
        return f"""<!DOCTYPE html>
<html lang="{story.language}"><head><meta charset="utf-8"><title>{story.title} | Tide Desk</title>
<link rel="canonical" href="{story.url}">
<meta property="og:title" content="{story.title}"><meta property="og:site_name" content="Tide Desk">
<meta property="article:published_time" content="{story.moment.isoformat()}">
{picture if story.number % 3 == 0 else ""}
</head><body><header><nav><ul><li><a href="/">Tide Desk</a></li><li><a href="/about">About</a></li>
</ul></nav></header><main><article><h1>{story.title}</h1>
{body}
<p>{story.author}</p></article></main>
<aside><h2>{_TONGUES[story.language].heading}</h2><ul>{rows}</ul></aside>
<footer>Tide Desk</footer></body></html>
"""

    def _markdown(self, story: Story) -> str:
        keys = {
            "title": f'"{story.title}"',
            "date": story.moment.isoformat(),
            "author": story.author,
            "language": story.language,
            "categories": f"[{('Quay', 'Town', 'Sea')[story.number % 3]}]",
        }
        match story.number // 14 % 8:
            case 1:
                keys["status"] = "draft"
            case 3:
                keys["access"] = "paid"
                keys["summary"] = f'"{story.title} in short"'
            case 5:
                keys["id"] = f"tag:tide.test,2020:old-{story.number}"
            case 6:
                keys["embargo"] = (NOW + timedelta(days=story.number % 5 - 2)).isoformat()
        front = "\n".join(f"{key}: {value}" for key, value in keys.items())
        body = "\n\n".join(story.paragraphs)
        return f"---\n{front}\n---\n\n{body}\n"


def write(root: Path, pages: Iterable[Page]) -> list[Path]:
    """Puts ``pages`` into the folder ``root``, each last modified when it was saved."""
    written = []
    for page in pages:
        path = root / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.data)
        moment = page.modified.timestamp()
        os.utime(path, (moment, moment))
        written.append(path)
    return written


def feed(stories: Iterable[Story]) -> bytes:
    """``stories`` as an RSS feed that another program made, to be taken over."""
    items = "\n".join(
        f"<item><title>{html.escape(story.title)}</title><link>{story.url}</link>"
        f'<guid isPermaLink="false">other-{story.number}</guid>'
        f"<pubDate>{story.moment:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        f"<description>{html.escape(' '.join(story.paragraphs[:2]))}</description></item>"
        for story in stories
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Tide</title>'
        f"<link>{SITE_URL}</link><description>As it was</description>{items}</channel></rss>"
    ).encode()


def _vocabulary(tongue: Tongue, chance: random.Random) -> list[str]:
    count = 3000
    return ["".join(chance.choices(tongue.syllables, k=chance.randint(2, 4))) for _ in range(count)]


def _written(day: date, language: str) -> str:
    month = _TONGUES[language].months[day.month - 1]
    mark, dot = (".", "") if language == "en" else (" ", "." if language == "de" else "")
    return f"{day.day:02}{dot}{mark}{month}{mark}{day.year}"
