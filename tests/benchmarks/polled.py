"""The newsroom that is polled: full-text stories, which gzip packs about as well as English."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

from tests.newsrooms import NOW, SITE, TestNewsroom

STORIES = 30
FIRST = NOW - timedelta(days=STORIES)
_PARAGRAPHS = 14
_WORDS = 60
_OPENING = "b c d f g h k l m n p r s t v w th st tr".split()
_VOWELS = "a e i o u ea ou".split()
_CLOSING = ["", "n", "r", "s"]


class Writer:
    """Writes stories, the same ones each time; frequent words are frequent as in a language."""

    def __init__(self) -> None:
        self._chance = chance = random.Random(1)  # noqa: S311 - the same stories each time
        words = {self._word() for _ in range(3000)}
        self._words = sorted(words, key=lambda word: (len(word) + chance.random() * 6, word))
        self._weights = [1 / (rank + 2) for rank in range(len(self._words))]

    def story(self, published: datetime) -> str:
        """A page in Markdown that states when it was published."""
        headline = " ".join(self._chance.sample(self._words, 8)).capitalize()
        text = "\n\n".join(self._sentence() for _ in range(_PARAGRAPHS))
        stated = f"title: {headline}\ndate: {published.isoformat()}\nauthor: Nora Lind"
        return f"---\n{stated}\n---\n\n{text}\n"

    def _word(self) -> str:
        pick = self._chance.choice
        syllables = range(pick((1, 2, 2, 3)))
        return "".join(pick(_OPENING) + pick(_VOWELS) + pick(_CLOSING) for _ in syllables)

    def _sentence(self) -> str:
        return (
            " ".join(self._chance.choices(self._words, self._weights, k=_WORDS)).capitalize() + "."
        )


def newsroom(home: Path, writer: Writer, feeds_url: str = "") -> TestNewsroom:
    """A newsroom in ``home`` that has published STORIES stories, one a day."""
    made = TestNewsroom(home)
    if feeds_url:
        made.configure(SITE.replace("https://desk.test/feeds/", feeds_url))
    for number in range(STORIES):
        moment = FIRST + timedelta(days=number)
        made.page(f"{number:03}.md", writer.story(moment), moment)
    made.publish()
    return made
