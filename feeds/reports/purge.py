"""Where words of an erased entry may still be: caches, files and backups."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path

from feeds.ledger import aliases, archives, entries, exports, latest, mark, revisions
from feeds.ledger.connect import open_to_read
from feeds.ledger.engines import engine
from feeds.model import FORMATS, Enclosure, Entry, Image
from feeds.model.errors import LedgerError, PageError
from feeds.newsroom import Newsroom, captured, files
from feeds.newsroom.database import place_of
from feeds.newsroom.site import Site
from feeds.readers import warc
from feeds.syndication import sections
from feeds.text import urls


def to_purge(newsroom: Newsroom, site: Site, entry: Entry) -> list[str]:
    """Where words of an erased entry may still be: addresses for a CDN, then files."""
    lines = ["purge these from your CDN and caches:"]
    base = site.feeds_url
    addresses = [base, f"{base}stories/{entry.hash}"]
    pages: set[str] = set()
    buckets: list[str] = []
    told, served = entry, list(site.without_keyed.feeds)
    ledger = open_to_read(newsroom.database)
    if ledger is not None:
        with ledger.read() as connection:
            told = entries.by_id(connection, entry.id) or entry
            whole = sections.widened(site, revisions.sections(connection).made)
            served += [*sections.sections_of(entry, whole), *sections.sections_of(told, whole)]
            pages |= {*aliases.pages_of(connection, entry.id)}
            for feed in site.feeds:
                for number in sorted(
                    archives.numbers_with(connection, feed.first_name, {entry.id})
                ):
                    paths = [f"{feed.name}/archive/{number}.{form}" for form in FORMATS]
                    addresses += [f"{base}{path}" for path in paths]
            pages |= {*latest.pages_with(connection, entry.id)}
            buckets = [one.name for one in exports.all_targets(connection) if "://" in one.name]
    formats = ("", *(f".{form}" for form in FORMATS))
    for feed in served:
        for name in (feed.name, *feed.former_names):
            addresses += [f"{base}{name}{suffix}" for suffix in formats]
    addresses.append(f"{base}news-sitemap.xml")
    for one in (entry, told):
        if one.url:
            addresses += [one.url, urls.rewritten(one.url, site.former_urls, site.site_url)]
        addresses += _files(one)
    lines += [f"  {address}" for address in dict.fromkeys(addresses)]
    named = {newsroom.root / page for page in pages if files.is_file(newsroom.root / page)}
    titles = {entry.title, told.title}
    named |= {path for path in newsroom.root.rglob("*") if _mentions(path, titles)}
    # the program's own, which the run that erases deletes or cleans, but for other stories' pages
    named -= {newsroom.root / page for page in pages if captured.is_captured(page)}
    if found := [*sorted(named), *engine(newsroom.database).copies()]:
        lines.append("its words are still in these files, which are yours to clean or delete:")
        lines += [f"  {file}" for file in found]
    if buckets:
        lines.append("and in older versions of objects, if these keep them:")
        lines += [f"  {name}" for name in buckets]
    lines += _copies(newsroom)
    lines.append("and in every backup of the ledger that was made before")
    return lines


def _copies(newsroom: Newsroom) -> list[str]:
    """Where else this ledger is, as far as the pages' mark knows; a server isn't asked for it."""
    try:
        known = mark.copies(newsroom)
    except LedgerError:
        return []  # the mark can't be read, of which whoever publishes hears
    places = [place_of(address) for address in known]
    there = [place for place in places if not isinstance(place, Path) or place.exists()]
    lines = ["and in these ledgers, of which one is a copy of the other ('feeds copy-ledger'):"]
    return [*lines, *(f"  {place}" for place in there)] if there else []


def exports_behind(newsroom: Newsroom) -> list[str]:
    """Where finished files may still have what was just taken back, and what brings it there."""
    ledger = open_to_read(newsroom.database)
    if ledger is None:
        return []
    with ledger.read() as connection:
        behind = exports.behind(connection)
    lines = ["these exports may still show it:"] if behind else []
    for target in behind:
        remedy = f"run 'feeds export {shlex.quote(target.name)}'"
        again = "; each 'feeds publish' tries it again" if target.followed else ""
        lines.append(f"  {target.name}: {remedy}{again}")
    return lines


def _files(entry: Entry) -> list[str]:
    """Where the picture of ``entry`` is, and all else that goes with its text."""
    found: list[Enclosure | Image] = [*entry.enclosures]
    found += [entry.image] if entry.image else []
    return [address for one in found for address in (one.url, one.thumbnail) if address]


def _mentions(path: Path, titles: Iterable[str]) -> bool:
    try:
        data = files.read_regular(path)
        if path.name.endswith(captured.ENDING):
            capture = warc.read_capture("", data)
            data = b"" if capture.is_list else warc.content(capture)
    except (OSError, PageError):  # no file, or no page: none of its words was read
        return False
    return any(title.encode() in data for title in titles)
