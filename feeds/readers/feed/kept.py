"""What was taken over of an export, as a JSON Feed: an empty ledger takes it over again.

Rules
- It says all that an item says, and nothing else: of what was left out there are the numbers.
- Read again, it gives the very same items.
- What JSON Feed has no field for stands in ``_newsroom``, as its standard allows.
- An export is kept in parts, none of which is large.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from feeds.model import Access
from feeds.model.problem import Problem
from feeds.readers.feed.attached import Attached
from feeds.readers.feed.items import Imported
from feeds.readers.feed.left_out import left_out_told

MORE = "_newsroom"
"""The field with what JSON Feed has no field for."""
_LONGEST = 8 * 1024 * 1024
"""So many bytes has an item at most."""
_PART = 4 * 1024 * 1024
"""So many bytes has a part, and an item more at most."""
_MOST_KINDS = 30
_NONE: Counter[str] = Counter()


class More(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an item says beside the fields of JSON Feed."""

    attached: tuple[Attached, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()
    access: Access = "free"
    left_out: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class _About(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a part says of the export; ``left_out`` counts, by kind, what was no published post."""

    left_out: dict[str, int] = {}
    odd: tuple[Problem, ...] = ()


class _Author(msgspec.Struct, omit_defaults=True):
    name: str
    url: str = ""


class _Item(msgspec.Struct, omit_defaults=True):
    id: str
    title: str
    url: str = ""
    content_html: str = ""
    summary: str = ""
    date_published: str = ""
    date_modified: str = ""
    authors: list[_Author] = []
    tags: tuple[str, ...] = ()
    language: str = ""
    more: More = msgspec.field(name=MORE, default=More())


def write_parts(items: Iterable[Imported], left_out: Counter[str]) -> Iterator[list[bytes]]:
    """The ``items``, each written out, so many at a time as are in a part.

    What is longer than any post is added to what is ``left_out``.
    """
    part: list[bytes] = []
    size = 0
    for item in items:
        written = msgspec.json.encode(_written(item))
        if len(written) > _LONGEST:
            left_out["too long"] += 1
            continue
        part.append(written)
        size += len(written)
        if size > _PART:
            yield part
            part, size = [], 0
    if part:
        yield part


def written_part(
    items: list[bytes], left_out: Counter[str] = _NONE, odd: Iterable[Problem] = ()
) -> bytes:
    """A part as a JSON Feed, with what is to be said of the export as a whole."""
    known = {kind: count for kind, count in left_out.most_common(_MOST_KINDS) if count}
    about = msgspec.json.encode(_About(known, tuple(odd)))
    head = b'{"version":"https://jsonfeed.org/version/1.1","title":"What was taken over","%s":%s,'
    return (head % (MORE.encode(), about)) + b'"items":[\n' + b",\n".join(items) + b"\n]}\n"


def _written(item: Imported) -> _Item:
    files = []
    if image := item.image:
        files.append(
            Attached(
                image.url, image.type, _number(image.length), image.alt, image.credit, "image",
                width=_number(image.width), height=_number(image.height),
                thumbnail=image.thumbnail or "",
            )
        )  # fmt: skip
    files += [
        Attached(
            one.url, one.type, _number(one.length), one.title, duration=_number(one.duration),
            width=_number(one.width), height=_number(one.height), thumbnail=one.thumbnail or "",
            is_enclosed=True,
        )
        for one in item.enclosures
    ]  # fmt: skip
    return _Item(
        item.guid,
        item.title,
        item.url or "",
        item.content,
        item.summary,
        _moment(item.published),
        _moment(item.updated),
        [_Author(name, item.author_urls.get(name, "")) for name in item.authors],
        item.categories,
        item.language or "",
        More(
            tuple(files),
            tuple(item.translations.items()),
            item.access,
            item.left_out,
            item.tags,
        ),
    )


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _number(value: int) -> str:
    return str(value) if value else ""


def more_in(value: Any) -> More:
    """What an item says beside the standard's fields; nothing, if it wasn't written here."""
    more: More = _converted(value, More)
    return more


def problems_in(value: Any) -> tuple[Problem, ...]:
    """What a part tells of its export: what was left out, and what is wrong with it."""
    about = _converted(value, _About)
    return (*left_out_told(about.left_out), *about.odd)


def _converted(value: Any, kind: Any) -> Any:
    if not isinstance(value, dict):
        return kind()
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        # somebody else's field of that name, or one that was edited: it shows no text
        return kind(access="paid") if kind is More and "access" in value else kind()
