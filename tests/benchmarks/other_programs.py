"""What is usually done with the same stories: a site by Hugo, feeds by a script with feedgen.

As a script, ``python -m tests.benchmarks.other_programs STORIES FOLDER`` writes the feeds of the
newest stories in the lines of JSON that are in STORIES.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks.processes import Cost, cost_of
from tests.generated import Story

HUGO = shutil.which("hugo")
_NEWEST = 30
_CONFIG = """\
baseURL = "https://tide.test/"
title = "Tide Desk"
disableKinds = ["taxonomy", "term"]
[services.rss]
limit = 30
"""
_LAYOUTS = {
    "single.html": "<h1>{{ .Title }}</h1>{{ .Content }}",
    "list.html": "{{ range first 30 .Pages }}<a href='{{ .Permalink }}'>{{ .Title }}</a>{{ end }}",
}


class Hugo:
    """A site of the same stories in the folder ``home``."""

    def __init__(self, home: Path, stories: Iterable[Story]) -> None:
        self.home = home
        self._content = home / "content" / "n"
        self._content.mkdir(parents=True)
        (home / "config.toml").write_text(_CONFIG, encoding="utf-8")
        layouts = home / "layouts" / "_default"
        layouts.mkdir(parents=True)
        for name, text in _LAYOUTS.items():
            (layouts / name).write_text(text, encoding="utf-8")
        for story in stories:
            self.add(story)

    def add(self, story: Story) -> None:
        """Puts one more story into the site."""
        front = {"title": story.title, "date": story.moment.isoformat(), "author": story.author}
        body = "\n\n".join(story.paragraphs)
        text = f"{json.dumps(front, ensure_ascii=False)}\n\n{body}\n"
        (self._content / f"{story.number}.md").write_text(text, encoding="utf-8")

    def build(self) -> Cost:
        """Builds the site: all of it, as Hugo does."""
        return cost_of([str(HUGO), "--quiet", "--source", self.home], {"HOME": str(self.home)})


def write_stories(file: Path, stories: Iterable[Story]) -> None:
    """Writes ``stories`` for the script."""
    with file.open("w", encoding="utf-8") as lines:
        for story in stories:
            fields = {
                "id": story.url,
                "title": story.title,
                "published": story.moment.isoformat(),
                "content": "".join(f"<p>{text}</p>" for text in story.paragraphs),
            }
            lines.write(json.dumps(fields, ensure_ascii=False) + "\n")


def script(stories: Path) -> Cost:
    """What the script costs."""
    return cost_of([sys.executable, "-m", __name__, stories, stories.parent], {})


def _write_feeds(stories: Path, folder: Path) -> None:
    from feedgen.feed import FeedGenerator

    with stories.open(encoding="utf-8") as lines:
        known = [json.loads(line) for line in lines]
    known.sort(key=lambda one: one["published"], reverse=True)
    made = FeedGenerator()
    made.id("https://tide.test/")
    made.title("Tide Desk")
    made.link(href="https://tide.test/")
    made.description("News from the tide.")
    for one in known[:_NEWEST]:
        entry = made.add_entry(order="append")
        entry.guid(one["id"], permalink=False)
        entry.id(one["id"])
        entry.title(one["title"])
        entry.link(href=one["id"])
        entry.published(one["published"])
        entry.updated(one["published"])
        entry.content(one["content"], type="CDATA")
    made.rss_file(str(folder / "feed.rss"))
    made.atom_file(str(folder / "feed.atom"))


if __name__ == "__main__":
    _write_feeds(*map(Path, sys.argv[1:]))
