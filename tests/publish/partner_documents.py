"""The documents of each partner, as they lie beside the newsroom that they are made of.

``python -m tests.publish.partner_documents`` makes them anew: read the diff.
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from tests.newsrooms import NOW, PROJECT, TestNewsroom, feeds
from tests.syndication.partner_rules import RULES

FOLDER = PROJECT / "tests/syndication/partners"
LATER = NOW + timedelta(hours=2)
"""When a story was taken back."""


def documents(home: Path) -> dict[str, bytes]:
    """The RSS of each partner's feed, by its profile: of two runs, the second of which retracts."""
    source = FOLDER / "source"
    newsroom = TestNewsroom(home, (source / "site.toml").read_text(encoding="utf-8"))
    for page in sorted(source.glob("*.md")):
        newsroom.page(page.name, page.read_bytes())
    newsroom.publish(NOW)
    feeds(newsroom, "retract", "--yes", "Rope walk of the old quay is to be torn down", now=LATER)
    return {name: newsroom.document(name).document.body for name in RULES}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        for name, body in documents(Path(home)).items():
            (FOLDER / f"{name}.rss").write_bytes(body)
