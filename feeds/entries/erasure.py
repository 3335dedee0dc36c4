"""No word left of a story: what is taken out of entries and readings when one is erased.

A story that is erased has to be known again, or the next list would bring it back. So
fingerprints of its headline and its paragraphs stay, from which nothing can be read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from feeds.entries import cuts, identity
from feeds.model import Entry, Reading, Story
from feeds.model.names import Alias
from feeds.newsroom.decisions import Decision


def erased(entry: Entry) -> Entry:
    """What stays of ``entry``: its id, its moments, its fingerprints."""
    return msgspec.structs.replace(
        entry,
        title="",
        authors=(),
        summary="",
        content="",
        url=None,
        language=None,
        categories=(),
        tags=(),
        image=None,
        enclosures=(),
        author_urls={},
        translations={},
        paid="",
        evidence={},
        hidden="erased",
        trace=entry.trace or identity.trace(entry),
    )


def has_text_of(text: Iterable[str], gone: Entry) -> bool:
    """Whether paragraphs, given as fingerprints, are half of what the erased ``gone`` had."""
    own, kept = _paragraphs(text), _paragraphs(gone.trace[1:])
    return bool(own) and 2 * len(own & kept) >= max(len(own), len(kept))


def has_more_than(entry: Entry, gone: Entry) -> bool:
    """Whether ``entry``, under another headline, has text which the erased ``gone`` had not."""
    title, *text = identity.trace(entry)
    return title not in gone.trace[:1] and not _paragraphs(text) <= _paragraphs(gone.trace[1:])


def _paragraphs(traced: Iterable[str]) -> set[str]:
    return {part for part in traced if not part.startswith(identity.BEGINNING)}


def is_trace_of(story: Story, entry: Entry) -> bool:
    """Whether ``story`` is the erased ``entry``: its headline and day, or half of its text.

    A headline that is not distinctive says nothing, and another day says that it is not.
    """
    title, *paragraphs = identity.traced(story.title, story.paragraphs)
    if has_text_of(paragraphs, entry):
        return True
    days_differ = (
        story.published is not None
        and entry.stated is not None
        and story.published.day != entry.stated.day
    )
    if days_differ:
        return False
    if story.published is not None and cuts.begins_erased(story.title, entry):
        return True
    if title not in entry.trace[:1]:
        return False
    return story.published is not None or identity.distinctive(story.title)


def muted(decision: Decision) -> Decision:
    """``decision``, about an erased entry, without any word of it."""
    return Decision(
        decision.action,
        day=decision.day,
        published=decision.published,
        undone=decision.undone,
        notice=decision.notice if decision.action == "retract" else "",
        erase=decision.erase,
        who=decision.who,
        when=decision.when,
        key=decision.key,
        line=decision.line,
    )


def is_line_of(story: Story, gone: Collection[Entry], names: Collection[Alias]) -> bool:
    """Whether ``story``, a line of a list, is of an entry in ``gone``.

    ``names`` are all that these ever had: a list may have one in words of before.
    """
    if identity.story_alias(story) in names:
        return True
    if story.url and identity.url_alias(story.url) in names:
        return True
    return any(is_trace_of(story, entry) for entry in gone)


def titles_in(
    reading: Reading, gone: Collection[Entry], names: Collection[Alias], *, is_page: bool
) -> set[str]:
    """The headlines that ``reading`` has of the stories in ``gone``; ``is_page``: it is of one."""
    article = reading.article
    own = {article.title} if article is not None and is_page else set()
    return own | {story.title for story in reading.latest if is_line_of(story, gone, names)}


def without(
    reading: Reading, gone: Collection[Entry], names: Collection[Alias] = frozenset()
) -> Reading:
    """``reading`` without any line of the stories in ``gone``, which are erased, nor ``names``."""
    article = reading.article
    if article is not None and any(is_trace_of(article, entry) for entry in gone):
        article = None
    is_gone = article is None and reading.article is not None
    lines = {part for entry in gone for part in entry.trace[1:]}
    titles = {part for entry in gone for part in entry.trace[:1]}

    def is_named(text: str) -> bool:
        (traced,) = identity.traced(text, ())
        return traced in lines or (traced in titles and identity.distinctive(text))

    return msgspec.structs.replace(
        reading,
        article=article,
        latest=tuple(story for story in reading.latest if not is_line_of(story, gone, names)),
        # all of these may be words of it
        dropped=() if is_gone else tuple(r for r in reading.dropped if not is_named(r.text)),
        findings=() if is_gone else reading.findings,
        statements=() if is_gone else reading.statements,
    )
