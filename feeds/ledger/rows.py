"""An entry to the columns of its row, and back."""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sa

from feeds.model import Enclosure, Entry, EntryId, Evidence, Image, StatedDate, Url

# made once, since that takes longer than to read a few words by them
_TEXTS = msgspec.json.Decoder(tuple[str, ...]).decode
_CONTENT_AND_SUMMARY = msgspec.json.Decoder(tuple[str, str]).decode
_URLS = msgspec.json.Decoder(dict[str, Url]).decode
_ENCLOSURES = msgspec.json.Decoder(tuple[Enclosure, ...]).decode
_EVIDENCE = msgspec.json.Decoder(dict[str, Evidence]).decode
_STATED = msgspec.json.Decoder(StatedDate).decode
_IMAGE = msgspec.json.Decoder(Image).decode
_JSON = (
    "authors", "categories", "tags", "enclosures", "author_urls", "translations", "evidence",
    "trace",
)  # fmt: skip


def values(entry: Entry) -> dict[str, object]:
    """The columns of ``entry``: its texts, each of its other fields, and two to find it by."""
    found = msgspec.structs.asdict(entry) | {"hash": entry.hash, "ordered": entry.ordered}
    found["texts"] = json((found.pop("content"), found.pop("summary")))
    for field in _JSON:
        found[field] = json(found[field])
    for field in ("stated", "image"):
        found[field] = json(found[field]) if found[field] else None
    return found


def shown(row: sa.Row[Any]) -> Entry:
    """The entry as readers are shown it."""
    content, summary = _CONTENT_AND_SUMMARY(row.texts)
    return Entry(
        id=EntryId(row.id),
        kind=row.kind,
        title=row.title,
        entered=row.entered,
        updated=row.updated,
        stated=_STATED(row.stated) if row.stated else None,
        published=row.published,
        captured=row.captured,
        rank=row.rank,
        authors=_TEXTS(row.authors),
        summary=summary,
        content=content,
        url=row.url,
        language=row.language,
        categories=_TEXTS(row.categories),
        tags=_TEXTS(row.tags),
        image=_IMAGE(row.image) if row.image else None,
        enclosures=_ENCLOSURES(row.enclosures),
        author_urls=_URLS(row.author_urls),
        translations=_URLS(row.translations),
        access=row.access,
        paid=row.paid,
        rights=row.rights,
        evidence=_EVIDENCE(row.evidence),
        guid=row.guid,
        standing=row.standing,
        withdrawn=row.withdrawn,
        hidden=row.hidden,
        trace=_TEXTS(row.trace),
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
