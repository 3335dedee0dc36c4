"""What of a story is for those alone who pay, apart from the entry, which everybody may have."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from feeds.model import PaidText, Story
from feeds.text import markup
from feeds.text.words import words

_LENGTH = 16


def paid_text(story: Story) -> PaidText | None:
    """The text of ``story``, with what belongs to it, if it has to be paid for; else None."""
    if story.access != "paid" or story.kind != "article":
        return None
    content = story.content or markup.from_paragraphs(story.paragraphs)
    if not content and not story.enclosures:
        return None
    said = _digest(words(markup.plain(content)).encode())
    whole = _digest(msgspec.json.encode((content, story.enclosures)))
    return PaidText(f"{said}-{whole}", content, story.enclosures)


def is_reworded(before: str, after: str) -> bool:
    """Whether two texts say something else, by their fingerprints; nothing is said by none."""
    said = [fingerprint.partition("-")[0] for fingerprint in (before, after)]
    return all(said) and said[0] != said[1]


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:_LENGTH]
