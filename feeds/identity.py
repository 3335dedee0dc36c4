"""What an entry is called, and by what it is recognised again.

Rules
- An id is a tag URI (RFC 4151). Its last part is cut from a hash, in base32, of the day
  and the headline that a story first came with; once stored it is looked up, never made
  again. Nobody can read the headline off it: one day it may have to be withdrawn.
- An alias is a kind and a value by which the ledger recognises an entry. Fingerprints
  look at words alone: case, quotes, dashes and blanks are typography.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from typing import NamedTuple

from feeds.model import EntryId, Story

_WORD = re.compile(r"[a-z0-9]+")
_HASH_CHARACTERS = 12
_FEW_SIGNS = 100


class Alias(NamedTuple):
    """One name of an entry in the ledger; unique there."""

    kind: str
    value: str


def mint(authority: str, story: Story, attempt: int = 1) -> EntryId:
    """The id of ``story``; ``attempt`` counts up while the ledger has another of that id.

    An id that its page claims is taken as it is, at the first attempt.
    """
    if story.id and attempt == 1:
        return EntryId(story.id)
    day = story.published.day.isoformat() if story.published else "undated"
    specific = _digest(day, story.title, *([str(attempt)] if attempt > 1 else []))
    return EntryId(f"tag:{authority}:{specific[:_HASH_CHARACTERS]}")


def words(text: str) -> str:
    """The words of ``text`` in their order, without case, punctuation and spacing."""
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    return " ".join(folded(text).split())


def folded(text: str) -> str:
    """``text`` without case, and with blanks for all that is no part of a word but line feeds."""
    # a capital dotted I folds to i and a dot
    text = unicodedata.normalize("NFKC", text).casefold().replace("i\u0307", "i")
    # marks are letters' parts, in Hindi vowels
    others = [
        letter
        for letter in set(text)
        if not letter.isalnum() and letter != "\n" and unicodedata.category(letter)[0] != "M"
    ]
    if len(others) > _FEW_SIGNS:
        return text.translate(dict.fromkeys(map(ord, others), " "))
    for letter in others:  # what no other way does as fast
        text = text.replace(letter, " ")
    return text


def page_alias(path: str) -> Alias:
    """The article of the page at ``path`` (relative to the newsroom's folder)."""
    return Alias("page", path)


def explicit_alias(story: Story) -> Alias:
    """The id that a page claims for its article."""
    return Alias("explicit", story.id)


def story_alias(story: Story) -> Alias:
    """By what a story is known wherever it is seen again.

    A dated story by its headline and day, an undated article by its headline and first
    paragraph.
    """
    if story.published:
        title = words(story.title) or story.title
        return Alias("headline", _digest(story.published.day.isoformat(), title))
    first = story.paragraphs[0] if story.paragraphs else ""
    return Alias("opening", _digest(words(story.title) or story.title, words(first) or first))


def aliases(story: Story, path: str) -> tuple[Alias, ...]:
    """All names of ``story``, found in the page at ``path``: an article's page, and the story.

    After these comes the id that the page claims, if it does.
    """
    if story.kind == "article":
        explicit = (explicit_alias(story),) if story.id else ()
        return page_alias(path), story_alias(story), *explicit
    return (story_alias(story),)


def _digest(*parts: str) -> str:
    data = "\n".join(parts).encode("utf-8", "surrogatepass")
    return base64.b32encode(hashlib.sha256(data).digest()).decode().lower().rstrip("=")
