"""JSON Feed 1.0 and 1.1.

Rules
- A field of another type than the standard's is none, but for an id that is a number: that
  is to be read as text (JSON Feed 1.1, "id").
- An item without title or text is still given on; whether it is a story is decided for all formats.
- What ``kept`` writes beside the standard's fields is known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from feeds.model.errors import FeedImportError
from feeds.readers.feed import kept
from feeds.readers.feed.attached import Attached, joined
from feeds.readers.feed.items import NAME_A_FEED, Feed, Raw, Text

_LARGEST = 10**12


def parse_json_feed(text: str, file: str) -> Feed:
    """The feed in ``text``; raises FeedImportError if there is none."""
    try:
        document = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise FeedImportError(
            f"this is no JSON: {error}",
            file=file,
            remedy="save the feed again as its server sends it",
        ) from error
    if not _text(document, "version").startswith(("https://jsonfeed.org/", "http://jsonfeed.org/")):
        raise FeedImportError(
            "this is data in JSON, but no feed: it has no version of JSON Feed",
            file=file,
            remedy=NAME_A_FEED,
        )
    return Feed(
        [_raw(item) for item in _mappings(document, "items") if item],
        _text(document, "feed_url") or _text(document, "home_page_url"),
        _text(document, "language"),
        kept.problems_in(document.get(kept.MORE)),
        kept.MORE in document,
    )


def _raw(item: dict[str, Any]) -> Raw:
    marked_up = _text(item, "content_html")
    more = kept.more_in(item.get(kept.MORE))
    # 1.0 knew one author, 1.1 several
    authors = _mappings(item, "authors") or _mappings({"one": [item.get("author")]}, "one")
    tags = item["tags"] if isinstance(item.get("tags"), list) else []
    return Raw(
        line=0,
        guid=_id(item.get("id")),
        link=_text(item, "url"),
        title=Text(_text(item, "title")),
        summary=Text(_text(item, "summary")),
        content=Text(marked_up, True) if marked_up else Text(_text(item, "content_text")),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        authors=tuple(_text(author, "name") for author in authors),
        categories=tuple(tag for tag in tags if isinstance(tag, str)),
        language=_text(item, "language"),
        attached=more.attached or joined(_attached(item)),
        homes=tuple((_text(author, "name"), _text(author, "url")) for author in authors),
        translations=more.translations,
        access=more.access,
        left_out=more.left_out,
        tags=more.tags,
    )


def _attached(item: dict[str, Any]) -> Iterator[Attached]:
    for name in ("image", "banner_image"):
        if address := _text(item, name):
            yield Attached(address, medium="image")
    for attached in _mappings(item, "attachments"):
        yield Attached(
            _text(attached, "url"),
            _text(attached, "mime_type"),
            _number(attached.get("size_in_bytes")),
            _text(attached, "title"),
            duration=_number(attached.get("duration_in_seconds")),
            is_enclosed=True,
        )


def _number(value: Any) -> str:
    return f"{value:.0f}" if type(value) in (int, float) and 0 <= value < _LARGEST else ""


def _id(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _text(fields: Any, name: str) -> str:
    value = fields.get(name) if isinstance(fields, dict) else None
    return value if isinstance(value, str) else ""


def _mappings(fields: Any, name: str) -> list[dict[str, Any]]:
    value = fields.get(name) if isinstance(fields, dict) else None
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
