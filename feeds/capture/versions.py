"""Whether what came is worth keeping beside what is kept: it reads differently, or lists more.

Rules
- A new version of an article is what readers would be told: headline, text, dates, authors,
  pictures, standing, access, sections. What changes with each visit is none of it: lists and
  comments beside the text, advertising, counters, tokens in forms and in addresses of files.
- A page that has lost its article (a form to log in, an error) is no version of it.
- A list is worth keeping if it has a dated line that was not there: of other words, of another
  day, or that leads elsewhere.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from feeds.model import Reading, StatedDate, Story
from feeds.model.errors import PageError
from feeds.model.guidance import UNGUIDED, Guidance
from feeds.normalise import normalise
from feeds.readers import warc
from feeds.readers.warc import Capture
from feeds.text import urls
from feeds.text.words import words

_QUERY = re.compile(r"\?[^\"'\s<>]*")
_TOLD = (
    "title authors access rights status embargo expiry language categories tags "
    "dateline paragraphs summary"
).split()


class Line(NamedTuple):
    """A dated line of a list: its words, its date, where it leads."""

    title: str
    day: str
    address: str


def is_new(before: Capture | None, after: Capture, guidance: Guidance = UNGUIDED) -> bool:
    """Whether ``after``, of an article, has to be kept, where ``before`` is kept already.

    ``guidance`` is what an editor said of how to read it. Raises PageError if ``after`` is no page.
    """
    now = _reading(after, guidance)
    if before is None:
        return True
    if before.body == after.body and before.headers == after.headers:
        return False
    try:
        was = _reading(before, guidance)
    except PageError:
        return True
    if was.article is not None and not _has_story(now):
        return False
    return _substance(now) != _substance(was)


def story_of(capture: Capture, guidance: Guidance = UNGUIDED) -> Story | None:
    """The article on a page that was never kept, if it has any text, recording or date.

    ``guidance`` is as above. Raises PageError if ``capture`` is no page.
    """
    story = _reading(capture, guidance).article
    if story and (story.paragraphs or story.enclosures or story.published):
        return story
    return None


def has_new_lines(before: Capture | None, after: Capture, guidance: Guidance = UNGUIDED) -> bool:
    """Whether ``after``, of a list, has dated lines that ``before`` has not.

    Raises PageError if ``after`` is no page.
    """
    now = lines(after, guidance)
    if before is None:
        return bool(now)
    try:
        return not now <= lines(before, guidance)
    except PageError:
        return bool(now)


def lines(capture: Capture, guidance: Guidance = UNGUIDED) -> frozenset[Line]:
    """The dated lines of a list; raises PageError if it is no page."""
    found = _reading(capture._replace(is_list=True), guidance).latest
    return frozenset(
        Line(
            words(story.title),
            story.published.iso,
            urls.canonical(story.url) if story.url else "",
        )
        for story in found
        if story.published
    )


def _reading(capture: Capture, guidance: Guidance) -> Reading:
    return normalise(warc.page_of("", capture), guidance)


def _has_story(reading: Reading) -> bool:
    story = reading.article
    return story is not None and bool(story.paragraphs or story.summary)


def _substance(reading: Reading) -> tuple[object, ...]:
    """What of ``reading`` readers would be told, and what may keep it from them."""
    story = reading.article
    said = tuple((one.field, one.value) for one in reading.statements)
    return said if story is None else (*said, *_told(story))


def _told(story: Story) -> tuple[object, ...]:
    image = (
        msgspec.structs.replace(story.image, url=_file(story.image.url)) if story.image else None
    )
    played = tuple((_file(one.url), one.title) for one in story.enclosures)
    return (
        *(getattr(story, name) for name in _TOLD),
        _moment(story.published) if story.published else None,
        _QUERY.sub("", story.content),
        urls.canonical(story.url) if story.url else "",
        image,
        played,
    )


def _moment(stated: StatedDate) -> object:
    """What is stated, in whatever zone a clock is written."""
    if stated.precision == "day":
        return stated.iso
    moment = datetime.fromisoformat(stated.iso)
    return stated.precision, moment.astimezone(UTC) if moment.tzinfo else moment


def _file(url: str) -> str:
    """The address of a file without what servers sign it with, or name its size."""
    return url.partition("?")[0]
