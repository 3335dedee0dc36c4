"""The answer to a request for a document, from what was finished when it was published.

Pure. The fast path and the Flask view both call ``answer``, so that they can't differ.

Rules
- Most requests repeat, word for word, what was sent to somebody before: those cost a look-up.
  Everything else is compared by werkzeug.
- Preconditions in the order of RFC 9110, section 13.2.2: If-Match, else If-Unmodified-Since;
  If-None-Match, else If-Modified-Since. Dates that no calendar has are ignored, and so are
  ranges, Accept, and queries.
- A tag is recognised whatever coding it was given for, and with what proxies append to it.
- Nothing is ever "not acceptable" (section 12.5.3 leaves that open): who refuses every coding
  gets none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from werkzeug.datastructures import Accept
from werkzeug.http import http_date, parse_accept_header, parse_date, parse_etags

from feeds.model import Format, Stored
from feeds.newsroom.site import Feed, Site
from feeds.syndication import licence
from feeds.web.caching import fresh_for, polling_cache_control

Headers = list[tuple[str, str]]

_CODINGS = {"br": ("br",), "gzip": ("gzip", "x-gzip"), "": ("identity",)}
"""Our codings, the best first, and what clients call them."""
_APPENDED = re.compile(r"(?:[-;:](?:gzip|br|deflate|zstd|df))+\Z")
_PARSED = (
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_RANGE",
    "HTTP_COOKIE",
)
"""The headers that this program, or a library that it uses, takes apart."""
_LONGEST_CACHED = 256
_AS_IS = ("X-Content-Type-Options", "nosniff")
_VARY = "Accept-Encoding"
PRIVATE = [("Referrer-Policy", "no-referrer"), ("X-Robots-Tag", "noindex")]
"""What is said with whatever is answered to who has a key, or says so."""
_NEVER_STORED = ("Cache-Control", "no-store")
_NOTHING = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "0"), _AS_IS]


class Answer(NamedTuple):
    """What is sent: the status line, the headers, the body, and the coding that this is in.

    It is for many requests: copy the headers.
    """

    status: str
    headers: Headers
    body: list[bytes]
    coding: str = ""


class Variant(NamedTuple):
    """A document in one coding: its tag, and the answers that there are."""

    tag: str
    found: Answer
    head: Answer
    unchanged: Answer


class Finished(NamedTuple):
    """A document that only has to be handed out. ``size`` is of all variants, in bytes."""

    etag: str
    modified: str
    last_modified: datetime | None
    variants: Mapping[str, Variant]
    size: int


def caching(site: Site, moments: Sequence[datetime]) -> str:
    """The Cache-Control of all documents of ``site``, which last brought news at ``moments``."""
    return polling_cache_control(moments, timedelta(minutes=site.ttl))


def told(site: Site, feed: Feed, form: Format) -> Headers:
    """The headers by which a document's hubs (WebSub, section 4) and its licence are found."""
    links = [f'<{hub}>; rel="hub"' for hub in site.hubs]
    if links:
        links.append(f'<{site.feeds_url}{feed.name}.{form}>; rel="self"')
    if site.rights is not None:
        links.append(licence.link(site))
    return [*([("Link", ", ".join(links))] if links else []), *licence.reservation(site)]


def of_stored(stored: Stored, cache_control: str, told: Sequence[tuple[str, str]]) -> Finished:
    """A document of the ledger with all that its answers need; ``told`` are further headers."""
    return _stored(stored, cache_control, told, _VARY)


def of_keyed(stored: Stored, moments: Sequence[datetime], site: Site) -> tuple[Finished, Finished]:
    """A document of a keyed feed for who has a password, and for who has an address of their own.

    Nobody else may keep it. ``moments`` are of the last revisions that brought news.
    """
    told = [*licence.headers(site), *PRIVATE]
    age = fresh_for(moments, timedelta(minutes=site.ttl))
    cache_control = f"private, max-age={int(age.total_seconds())}"
    by_password = _stored(stored, cache_control, told, f"{_VARY}, Authorization")
    return by_password, _stored(stored, cache_control, told, _VARY)


def _stored(
    stored: Stored, cache_control: str, told: Sequence[tuple[str, str]], vary: str
) -> Finished:
    document = stored.document
    bodies = {"": document.body, "gzip": stored.gzip, "br": stored.brotli}
    return finished(
        document.content_type,
        document.etag,
        stored.last_modified,
        bodies,
        cache_control,
        told,
        vary=vary,
    )


def finished(
    content_type: str,
    etag: str,
    last_modified: datetime | None,
    bodies: Mapping[str, bytes],
    cache_control: str,
    told: Sequence[tuple[str, str]] = (),
    *,
    vary: str = _VARY,
) -> Finished:
    """Something that is ready to be handed out in the codings of ``bodies``, "" among them.

    A body that is empty in a coding is not offered in it. ``told`` are headers besides its own.
    ``vary`` names what of a request makes another answer.
    """
    always = _always(cache_control, told, vary)
    modified = http_date(last_modified) if last_modified else ""
    return Finished(
        etag,
        modified,
        last_modified,
        {
            name: _variant(etag, content_type, name, body, modified, always)
            for name, body in bodies.items()
            if body or not name
        },
        sum(map(len, bodies.values())),
    )


class _Always(NamedTuple):
    unchanged: Headers
    found: Headers


def _always(cache_control: str, told: Sequence[tuple[str, str]], vary: str) -> _Always:
    unchanged = [
        ("Cache-Control", cache_control),
        ("Vary", vary),
        ("Access-Control-Allow-Origin", "*"),
    ]
    exposed = ("Access-Control-Expose-Headers", "ETag, Link")
    return _Always(unchanged, [*unchanged, exposed, _AS_IS, *told])


def _variant(
    etag: str, content_type: str, name: str, body: bytes, modified: str, always: _Always
) -> Variant:
    tag = f'"{etag}-{name}"' if name else f'"{etag}"'
    found = [
        ("Content-Type", content_type),
        ("Content-Length", str(len(body))),
        ("ETag", tag),
        *always.found,
    ]
    if modified:
        found.append(("Last-Modified", modified))
    if name:
        found.append(("Content-Encoding", name))
    return Variant(
        tag,
        Answer("200 OK", found, [body], name),
        Answer("200 OK", found, [], name),
        Answer("304 Not Modified", [("ETag", tag), *always.unchanged], []),
    )


def refuses_stale(environ: Mapping[str, Any]) -> bool:
    """Whether a request wants nothing stale on an error (RFC 5861, section 4)."""
    asked = environ.get("HTTP_CACHE_CONTROL", "")
    return any(one.strip().lower() == "stale-if-error=0" for one in asked.split(","))


def exceeds(environ: Mapping[str, Any], most: int) -> bool:
    """Whether any header that is taken apart is longer than ``most``.

    To take one apart costs more than to send it, so whoever calls ``answer`` asks this before.
    """
    for name in _PARSED:  # noqa: SIM110 a generator would take twice as long
        if name in environ and len(environ[name]) > most:
            return True
    return False


def answer(document: Finished, environ: Mapping[str, Any]) -> Answer:
    """What a GET or HEAD for ``document`` is answered; ``environ`` is WSGI's."""
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    variant = document.variants[""]
    for name in _preferred(accepted) if len(accepted) <= _LONGEST_CACHED else ():
        if name in document.variants:
            variant = document.variants[name]
            break
    if (
        "HTTP_IF_MATCH" in environ or "HTTP_IF_UNMODIFIED_SINCE" in environ
    ) and not _precondition_holds(document, environ):
        kept = [header for header in variant.unchanged.headers if header[0] != "Cache-Control"]
        return Answer("412 Precondition Failed", [*kept, *_NOTHING, _NEVER_STORED], [])
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        unchanged = tags == variant.tag or _names(tags, document.etag)
    else:
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        unchanged = since is not None and (
            since == document.modified or _is_older(document.last_modified, since)
        )
    if unchanged:
        return variant.unchanged
    return variant.found if environ["REQUEST_METHOD"] == "GET" else variant.head


@lru_cache(maxsize=1024)
def _preferred(header: str) -> tuple[str, ...]:
    """Our codings that an Accept-Encoding header allows, the preferred one first."""
    accepted = parse_accept_header(header, Accept)
    given = {name.lower(): quality for name, quality in accepted}
    others = given.get("*", 0.0)
    found = []
    for rank, (name, called) in enumerate(_CODINGS.items()):
        named = [given[one] for one in called if one in given]
        # uncompressed is what anybody takes, and nobody prefers who doesn't say so
        quality = max(named) if named else others if name else 0.0001
        if quality > 0:
            found.append((-quality, rank, name))
    return tuple(name for _, _, name in sorted(found))


def _precondition_holds(document: Finished, environ: Mapping[str, Any]) -> bool:
    tags = environ.get("HTTP_IF_MATCH")
    if tags is not None:
        wanted = parse_etags(tags)
        ours = {one.tag.strip('"') for one in document.variants.values()}
        return wanted.star_tag or not ours.isdisjoint(wanted.as_set())
    since = _date(environ["HTTP_IF_UNMODIFIED_SINCE"])
    modified = document.last_modified
    return since is None or modified is None or modified <= since


def _names(tags: str, etag: str) -> bool:
    """Whether an If-None-Match header names the document; weak comparison (section 8.8.3.2)."""
    given = parse_etags(tags)
    return given.star_tag or any(
        _APPENDED.sub("", tag) == etag
        for tag in given.as_set(include_weak=True)
        if tag  # werkzeug makes None of an empty one
    )


def _is_older(moment: datetime | None, header: str) -> bool:
    since = _date(header)
    return since is not None and moment is not None and moment <= since


def _date(header: str) -> datetime | None:
    """A date of HTTP; None for what is none."""
    try:
        found = parse_date(header)
        return found.astimezone(UTC) if found else None
    except OverflowError:
        return None
