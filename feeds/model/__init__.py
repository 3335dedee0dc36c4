"""The immutable types that one stage hands to the next; this module stands below all others."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date, datetime
from functools import lru_cache
from typing import Literal, NamedTuple, NewType

import msgspec

from feeds.model.media import Enclosure as Enclosure
from feeds.model.media import Image as Image
from feeds.model.media import Rights as Rights
from feeds.model.media import Url as Url
from feeds.model.problem import Problem

EntryId = NewType("EntryId", str)
"""A ``tag:`` URI (RFC 4151), minted once by ``identity.mint``, or the URI that a page claims."""
_MINTED = re.compile(r"tag:[^:/?#]+:[a-z0-9-]+")

Kind = Literal["article", "headline"]
Precision = Literal["day", "minute", "second"]
Format = Literal["rss", "atom", "json"]
Form = Literal["text", "html", "markdown"]
Access = Literal["free", "paid"]
Standing = Literal["live", "loaded", "archived"]
Hidden = Literal["", "retracted", "erased", "merged"]
Change = Literal[
    "entered",
    "imported",
    "reworded",
    "corrected",
    "enriched",
    "retracted",
    "erased",
    "merged",
    "restored",
]
"""What became of an entry; *reworded*: it says something else, *corrected*: all else."""

ACCEPTABLE = ("empty", "ids", "flood", "dates", "corrections", "filters", "first-load")
"""The gate's objections to documents that somebody may override, by name."""


class FormatName(NamedTuple):
    """What people call a format of feeds, and the media type of its documents."""

    title: str
    media_type: str


FORMATS: dict[Format, FormatName] = {
    "rss": FormatName("RSS", "application/rss+xml"),
    "atom": FormatName("Atom", "application/atom+xml"),
    "json": FormatName("JSON Feed", "application/feed+json"),
}


class StatedDate(msgspec.Struct, frozen=True, gc=False):
    """A date as a page states it.

    ``iso`` is ISO 8601, no more precise than the page (``2026-01-09``, ``2026-01-09T11:03``),
    without a time zone unless the page gives one.
    """

    iso: str
    precision: Precision

    @property
    def day(self) -> date:
        """The stated day, in whatever zone the page means."""
        return _day(self.iso[:10])


@lru_cache(1 << 12)
def _day(iso: str) -> date:
    return date.fromisoformat(iso)


class Evidence(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Where a value came from. ``line`` counts from 1; 0 is the file as a whole.

    Of a value that is not ``is_known``, ``rule`` says why.
    """

    file: str
    line: int
    rule: str
    is_known: bool = True

    @property
    def told(self) -> Evidence:
        """The same for programs, for whom a rule says that the value is unknown."""
        return self if self.is_known else Evidence(self.file, self.line, f"unknown: {self.rule}")


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line of a page, cleaned and without surrounding blanks; ``number`` counts from 1.

    ``url`` is where the line's own link leads, absolute or relative; empty in plain text.
    """

    number: int
    text: str
    url: str = ""


class Statement(msgspec.Struct, frozen=True):
    """What someone wrote down about a page, rather than in it: one field and its value.

    ``field`` is a name that front matter may use; ``value`` is as it was written.
    """

    field: str
    value: str | tuple[str, ...]
    evidence: Evidence


CAPTURED_AT = "the moment of its capture (WARC-Date)"
CAPTURED_FROM = "the address that it was captured from (WARC-Target-URI)"
"""Rules of evidence that stands in a captured page's record, above its own lines."""


class Fetched(msgspec.Struct, frozen=True, omit_defaults=True):
    """That a page is as a web server answered at ``address``, at the ``moment`` (ISO 8601, UTC).

    ``local`` is the same moment where the newsroom was; ``language`` what the server said of the
    page. ``is_list``: it was fetched for its list alone.
    """

    address: Url
    moment: str
    local: str
    language: str = ""
    is_list: bool = False

    @property
    def when(self) -> datetime:
        """The moment."""
        return datetime.fromisoformat(self.moment)


class Page(msgspec.Struct, frozen=True):
    """One decoded file. ``path`` is as the caller named it; blank lines are kept.

    ``markup`` is the source of a page that is not plain text, whose ``lines`` are empty;
    ``statements`` are those of its front matter, whose lines are blank in lines and markup.
    ``fetched`` is what a captured page has, and no other.
    """

    path: str
    encoding: str
    lines: tuple[Line, ...]
    findings: tuple[Problem, ...] = ()
    form: Form = "text"
    markup: str = ""
    statements: tuple[Statement, ...] = ()
    fetched: Fetched | None = None


class Dropped(msgspec.Struct, frozen=True, gc=False):
    """A line that was recognised as no part of any story, and by which rule."""

    line: int
    text: str
    rule: str


class Waiting(msgspec.Struct, frozen=True):
    """That a story waits for ``until``, for what ``problem`` says of the key that states it."""

    until: StatedDate
    problem: Problem


class Story(msgspec.Struct, frozen=True, omit_defaults=True):
    """An article, which has a text, or a headline, which is one line of a page's list.

    ``published`` is what the page states for this very story, or None for unknown.
    ``paragraphs`` are its text, block by block and without markup; ``content`` the same as
    sanitised HTML, empty where paragraphs say it all. ``summary`` is empty unless somebody
    wrote one. ``status`` is as it was written; ``id`` an id that the page itself claims.
    ``bar`` is what keeps it from being published, or was written to and can't be read; so may be
    what it is ``waiting`` for. From ``expiry`` on readers are not to have it any more.
    ``former_urls``
    are where it was before.
    ``categories`` are the sections that it is in, and ``tags`` words that it was given besides.
    ``author_urls`` says where authors are at home, by name; ``translations`` where the same
    story is told in other languages, by language.
    """

    kind: Kind
    title: str
    line: int
    published: StatedDate | None = None
    updated: StatedDate | None = None
    dateline: str = ""
    authors: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    content: str = ""
    summary: str = ""
    access: Access = "free"
    rights: Rights = ""
    status: str = "published"
    embargo: StatedDate | None = None
    id: str = ""
    url: Url | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: Image | None = None
    enclosures: tuple[Enclosure, ...] = ()
    author_urls: dict[str, Url] = {}
    translations: dict[str, Url] = {}
    bar: Problem | None = None
    expiry: StatedDate | None = None
    waiting: Waiting | None = None
    former_urls: tuple[Url, ...] = ()
    evidence: dict[str, Evidence] = msgspec.field(default_factory=dict)


class Reading(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything the normaliser got out of a page as it was at one time.

    ``statements`` are those of its front matter, not applied yet: a reading is stored as
    the page has it, and ``statements.with_statements`` makes what is published of it.
    ``guided`` is the digest of the guidance by which it was read, empty without any.
    ``fetched`` is what a captured page has, and no other.
    """

    page: str
    encoding: str
    reader_version: int
    article: Story | None = None
    latest: tuple[Story, ...] = ()
    captured: StatedDate | None = None
    captured_evidence: Evidence | None = None
    dropped: tuple[Dropped, ...] = ()
    findings: tuple[Problem, ...] = ()
    statements: tuple[Statement, ...] = ()
    guided: str = ""
    fetched: Fetched | None = None


class Entry(msgspec.Struct, frozen=True):
    """A story as the ledger knows it. All moments are aware and in UTC.

    ``stated`` is the page's own date, ``published`` the moment made of it once;
    ``content`` is an HTML fragment, empty for a headline, and of what has to be paid for
    (``access``), which is in a ``PaidText`` of the fingerprint ``paid``; ``summary`` is plain text.
    ``guid`` is what RSS and JSON Feed call it where that is no URI, and empty if it is the id.

    ``standing``: *live* entries count as arrivals, *loaded* ones came with a feed that was
    taken over, *archived* ones are in no live feed. ``withdrawn``: its page says so.
    ``hidden`` is why nobody is shown it; of an erased one, ``trace`` is all that is left.
    """

    id: EntryId
    kind: Kind
    title: str
    entered: datetime
    updated: datetime
    stated: StatedDate | None = None
    published: datetime | None = None
    captured: datetime | None = None
    rank: int = 0
    authors: tuple[str, ...] = ()
    summary: str = ""
    content: str = ""
    url: Url | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: Image | None = None
    enclosures: tuple[Enclosure, ...] = ()
    author_urls: dict[str, Url] = {}
    translations: dict[str, Url] = {}
    access: Access = "free"
    paid: str = ""
    rights: Rights = ""
    evidence: dict[str, Evidence] = msgspec.field(default_factory=dict)
    guid: str = ""
    standing: Standing = "live"
    withdrawn: bool = False
    hidden: Hidden = ""
    trace: tuple[str, ...] = ()

    @property
    def ordered(self) -> datetime:
        """The moment that an entry is sorted by."""
        return self.published or self.captured or self.entered

    @property
    def is_erased(self) -> bool:
        """Whether all that is left is its trace."""
        return self.hidden == "erased" and bool(self.trace)

    @property
    def hash(self) -> str:
        """What names the entry's page."""
        return hash_of(self.id)


class PaidText(msgspec.Struct, frozen=True):
    """What of an entry is for those alone who pay. No entry has it, or it would get about.

    ``fingerprint`` is of its words, and behind a hyphen of all of it.
    """

    fingerprint: str
    content: str
    enclosures: tuple[Enclosure, ...] = ()


def hash_of(entry_id: EntryId) -> str:
    """The last part of an id that was minted, else as many characters made of all of it."""
    if _MINTED.fullmatch(entry_id):
        return entry_id.rpartition(":")[2]
    digest = hashlib.sha256(entry_id.encode()).digest()
    return base64.b32encode(digest).decode().lower()[:12]


class Tombstone(NamedTuple):
    """That an entry is gone (RFC 6721). ``notice`` is public, and may be empty."""

    id: EntryId
    when: datetime
    notice: str


class Document(msgspec.Struct, frozen=True):
    """A feed written out in one format, and what an HTTP answer needs besides."""

    feed: str
    format: Format
    content_type: str
    body: bytes
    etag: str


class Stored(msgspec.Struct, frozen=True):
    """A document that was published. ``last_modified``: since when it has had these bytes.

    ``gzip`` and ``brotli`` are its body in these codings, empty where that saves nothing.
    """

    document: Document
    last_modified: datetime
    revision: int
    gzip: bytes = b""
    brotli: bytes = b""
