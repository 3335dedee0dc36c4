"""Writes what is read in tests/normalise/pages/NAME.txt (.html, .md) to NAME.expected.json.

After a change that is meant to change readings, or for a new page:

    python -m tests.normalise.refresh_pages

Then read the diff, line by line: it is the only check that the new readings are right.
"""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from feeds.normalise import normalise
from feeds.normalise.statements import with_statements
from feeds.readers import READERS, read_page
from feeds.reports.reading import reading_answer

PAGES = Path(__file__).with_name("pages")


def sources() -> list[Path]:
    """The pages in tests/normalise/pages, by name."""
    return sorted(path for path in PAGES.iterdir() if path.suffix in READERS)


def expected(page: Path) -> str:
    """What ``feeds read --json`` says of ``page``, but for what says nothing of its text."""
    reading = with_statements(normalise(read_page(page.name, page.read_bytes())))
    found = msgspec.to_builtins(reading_answer(reading))
    if reading.article and reading.article.content:
        found["content"] = reading.article.content.splitlines()
    for name in ("page", "encoding", "reader_version", "lines"):
        del found[name]
    for name in ("updated", "summary", "id", "enclosures", "author_urls", "translations"):
        if not found[name]:  # hardly any page says it
            del found[name]
    for name in ("width", "height", "thumbnail"):
        if found["image"] and not found["image"][name]:
            del found["image"][name]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for source in sources():
        source.with_suffix(".expected.json").write_text(expected(source), encoding="utf-8")
