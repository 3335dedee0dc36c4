"""What publishing one more story costs a newsroom with many feeds and sections.

A ledger of 20,000 stories in 50 categories and 10 feeds, without sections and with them: CPU
seconds of one publish in this process, the median, and how many documents it wrote. Retracting a
story, after which its sections are looked up anew, is measured besides.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests.newsrooms import NOW, SITE, TestNewsroom

ENTRIES = 20_000
CATEGORIES = 50
FEEDS = 10
RUNS = 7


def main() -> None:
    """Measures and prints."""
    for name, switch in (("without sections", ""), ("with sections", "sections = true\n")):
        with tempfile.TemporaryDirectory() as folder:
            newsroom = _newsroom(Path(folder), switch)
            more = [_timed(newsroom, number, "published") for number in range(RUNS)]
            less = [_timed(newsroom, number, "retracted") for number in range(RUNS)]
        for what, found in (("one more story", more), ("one retracted", less)):
            seconds = statistics.median(seconds for seconds, _ in found)
            documents = statistics.median(count for _, count in found)
            sys.stdout.write(
                f"{name:18} {what:16} {seconds:.3f} s CPU, {documents:.0f} documents\n"
            )


def _newsroom(folder: Path, switch: str) -> TestNewsroom:
    made = TestNewsroom(folder)
    made.page("first.txt")
    made.publish()
    _fill(made)
    feeds = "".join(
        f'\n[[feeds]]\nname = "own-{number}"\ntitle = "Own {number}"\n'
        f'categories = ["Category {5 * number}"]\n'
        for number in range(1, FEEDS)
    )
    made.configure(SITE.replace("[site]\n", f"[site]\n{switch}") + feeds)
    start = time.process_time()
    made.publish()
    seconds = time.process_time() - start
    sys.stdout.write(f"{switch.strip() or 'no sections':18} all documents    {seconds:.3f} s CPU\n")
    return made


def _fill(newsroom: TestNewsroom) -> None:
    """Puts entries into the ledger, an hour from one to the next; the last categories are rare."""
    from feeds.ledger.connect import open_to_write
    from feeds.model import Entry, EntryId
    from feeds.publish.index import Index

    text = "<p>The office said so on the quay, and nobody had doubted it.</p>" * 40
    with open_to_write(newsroom.database).write() as connection:
        index = Index(connection, 2, NOW)
        for number in range(ENTRIES):
            moment = NOW - timedelta(hours=ENTRIES - number)
            category = number % (1 + number % CATEGORIES)
            entry = Entry(
                EntryId(f"tag:desk.test,2026:filled-{number}"),
                "article",
                f"Story {number} of the harbour in its long history",
                moment,
                moment,
                published=moment,
                content=text,
                language=("en", "az", "ru")[number % 3],
                categories=(f"Category {category}",),
            )
            index.enter(entry)
        index.write()


def _timed(newsroom: TestNewsroom, number: int, status: str) -> tuple[float, int]:
    """CPU seconds of publishing a page, and the documents that were written."""
    newsroom.page(
        f"more-{number}.md",
        f"---\ntitle: Story that is number {number} of those to be timed\nstatus: {status}\n"
        f"categories: [Category {7 * number}]\n---\nNobody on quay {number} had doubted it.\n",
    )
    start = time.process_time()
    newsroom.publish(NOW + timedelta(minutes=number))
    seconds = time.process_time() - start
    query = "SELECT documents FROM revisions ORDER BY number DESC LIMIT 1"
    return seconds, newsroom.rows(query)[0][0]


if __name__ == "__main__":
    main()
