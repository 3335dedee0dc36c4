"""Writes what the normaliser makes of tests/pages/NAME.txt (or .html) to NAME.expected.json.

After a change that is meant to change readings, or for a new page:

    python -m tests.unit.refresh_pages

Then read the diff, line by line: it is the only check that the new readings are right.
"""

from __future__ import annotations

import json
from pathlib import Path

from feeds.normalise import normalise
from feeds.readers import read
from feeds.show import reading_fields

PAGES = Path(__file__).parents[1] / "pages"


def sources() -> list[Path]:
    """The pages that have an expected reading beside them."""
    return sorted(path for path in PAGES.iterdir() if path.suffix in {".txt", ".html"})


def expected(page: Path) -> str:
    """What ``feeds read --json`` says of ``page``, but for what says nothing of its text."""
    reading = normalise(read(page.name, page.read_bytes()))
    found = reading_fields(reading)
    if reading.article and reading.article.content:
        found["content"] = reading.article.content.splitlines()
        found["updated"] = reading.article.updated.iso if reading.article.updated else None
    for name in ("page", "encoding", "reader_version"):
        del found[name]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for source in sources():
        source.with_suffix(".expected.json").write_text(expected(source), encoding="utf-8")
