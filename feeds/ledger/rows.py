"""An entry to the columns of its row, and back."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from feeds.model import Enclosure, Entry, EntryId, Evidence, Image, StatedDate, Url

_Decoded = TypeVar("_Decoded")
_JSON = (
    "authors", "categories", "tags", "enclosures", "author_urls", "translations", "evidence",
    "trace",
)  # fmt: skip


def values(entry: Entry) -> dict[str, object]:
    """The columns of ``entry``, one for each of its fields and two to find it by."""
    found = msgspec.structs.asdict(entry) | {"hash": entry.hash, "ordered": entry.ordered}
    for field in _JSON:
        found[field] = json(found[field])
    for field in ("stated", "image"):
        found[field] = json(found[field]) if found[field] else None
    return found


def shown(row: sa.Row[Any]) -> Entry:
    """The entry as readers are shown it."""
    return Entry(
        id=EntryId(row.id),
        kind=row.kind,
        title=row.title,
        entered=row.entered,
        updated=row.updated,
        stated=_optional(row.stated, StatedDate),
        published=row.published,
        captured=row.captured,
        rank=row.rank,
        authors=msgspec.json.decode(row.authors, type=tuple[str, ...]),
        summary=row.summary,
        content=row.content or "",
        url=row.url,
        language=row.language,
        categories=msgspec.json.decode(row.categories, type=tuple[str, ...]),
        tags=msgspec.json.decode(row.tags, type=tuple[str, ...]),
        image=_optional(row.image, Image),
        enclosures=msgspec.json.decode(row.enclosures, type=tuple[Enclosure, ...]),
        author_urls=msgspec.json.decode(row.author_urls, type=dict[str, Url]),
        translations=msgspec.json.decode(row.translations, type=dict[str, Url]),
        evidence=msgspec.json.decode(row.evidence, type=dict[str, Evidence]),
        guid=row.guid,
        standing=row.standing,
        withdrawn=row.withdrawn,
        hidden=row.hidden,
        trace=msgspec.json.decode(row.trace, type=tuple[str, ...]),
    )


def told(row: sa.Row[Any]) -> Entry:
    """The entry as its pages tell it, whatever was decided about it."""
    if row.told is None:
        return shown(row)
    base = msgspec.json.decode(row.told, type=Entry)
    return msgspec.structs.replace(base, hidden=row.hidden)


def json(value: object) -> str:
    """``value`` as JSON text."""
    return msgspec.json.encode(value).decode()


def _optional(text: str | None, kind: type[_Decoded]) -> _Decoded | None:
    return msgspec.json.decode(text, type=kind) if text else None
