"""What an editor decides at the command line: a table in decisions.toml, then a publish.

The file is only ever added to, and replaced as a whole, so that a crash loses neither what was
decided before nor half of what is decided now.
"""

from __future__ import annotations

import getpass
import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from feeds import decisions, folder, sections, urls
from feeds.config import Site
from feeds.decisions import Decision
from feeds.errors import FeedsError
from feeds.ledger import archives, entries, lists, lock, members, revisions
from feeds.ledger.connect import open_to_read
from feeds.model import FORMATS, Entry
from feeds.newsroom import Newsroom
from feeds.readers import MAX_PAGE_BYTES
from feeds.storing import url_names

_MOST = 10


def named(newsroom: Newsroom, text: str) -> Entry:
    """The one entry that ``text`` names: by id, URL, or an unambiguous part of its headline.

    Raises FeedsError if there is none, or lists the candidates if there are more.
    """
    ledger = open_to_read(newsroom.database)
    if ledger is None:
        raise FeedsError("there is no ledger yet", remedy="'feeds publish' makes it")
    with ledger.read() as connection:
        found = entries.called(connection, text)
        if not found and "://" in text:
            names = url_names(newsroom.site(), text)
            ids = {entry.id for entry in entries.find(connection, names).values()}
            found = [item.entry for name in ids if (item := members.by_id(connection, name))]
    if len(found) == 1:
        return found[0]
    if not found:
        raise FeedsError(f"no entry is called '{text}'", remedy="'feeds list' shows what there is")
    lines = [f"  {line_of(entry)}" for entry in found[:_MOST]]
    if len(found) > _MOST:
        lines.append(f"  … and {len(found) - _MOST} more")
    raise _AmbiguousError(f"'{text}' can be {len(found)} entries; name one of them:", lines)


class _AmbiguousError(FeedsError):
    def __init__(self, what: str, lines: Sequence[str]) -> None:
        super().__init__(what)
        self._lines = lines

    def __str__(self) -> str:
        return "\n".join((self.what, *self._lines))


def line_of(entry: Entry) -> str:
    """An entry in one line: the name to call it by, its day, its headline."""
    day = entry.stated.iso[:10] if entry.stated else "undated   "
    title = entry.title or "(erased)"
    hidden = f" [{entry.hidden}]" if entry.hidden else ""
    return f"{entry.hash}  {day}  {title}{hidden}"


def user() -> str:
    """Who decides: the name that this person has on this machine."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def decide(newsroom: Newsroom, decision: Decision, headline: str = "") -> None:
    """Writes ``decision`` down, whole or not at all.

    Raises ConfigError if what is there already can't be read, LedgerBusyError while somebody
    publishes.
    """
    path = newsroom.root / folder.DECISIONS
    partial = path.with_name(f"{path.name}.part")
    try:
        newsroom.database.parent.mkdir(parents=True, exist_ok=True)
        with lock.hold(newsroom.database):
            data = path.read_bytes() if path.exists() else b""
            decisions.decoded(data, str(path))
            if data and not data.endswith(b"\n"):
                data += b"\n"
            with partial.open("wb") as file:
                file.write(data + decisions.written(decision, headline).encode())
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, partial)
            partial.replace(path)
    except OSError as error:
        raise FeedsError(
            f"can't be written: {error.strerror}",
            file=str(path),
            remedy="let this user write there; nothing was decided",
        ) from error


def correction(
    entry: Entry, title: str, published: str, authors: Sequence[str], url: str
) -> Decision:
    """The correction that options ask for. Raises ConfigError for what can't be read."""
    told = {"title": title, "published": published, "authors": list(authors), "url": url}
    given = {key: value for key, value in told.items() if value}
    rows = [f"{key} = {msgspec.json.encode(value).decode()}" for key, value in given.items()]
    text = "\n".join(["[[decision]]", 'action = "correct"', f'entry = "{entry.id}"', *rows])
    (made,) = decisions.parse(text, "the correction")
    return made


def keep_feed(newsroom: Newsroom, where: str, address: str) -> tuple[str, str]:
    """Fetches the feed at ``where`` and keeps it in the newsroom's folder.

    Returns its name there and the URL that it came from, empty for a file. Raises FeedsError if
    it can't be had, or is no feed.
    """
    from feeds import fetching, importing

    data, found = fetching.fetch(where)
    importing.parse(data, address or found, where)
    suffix = "json" if data.lstrip()[:1] == b"{" else "xml"
    name = f"{folder.IMPORTED}/{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"
    path = newsroom.root / name
    newsroom.site()  # raises, unless this is a newsroom
    if path.exists():
        raise FeedsError("this very feed was taken over before", file=where)
    try:
        path.parent.mkdir(exist_ok=True)
        partial = path.with_name(f"{path.name}.part")
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        raise FeedsError(
            f"can't be kept: {error.strerror}", file=str(path), remedy="let this user write there"
        ) from error
    return name, found


def inside(newsroom: Newsroom, paths: Sequence[Path]) -> list[str]:
    """``paths`` as they are named in decisions: relative to the newsroom's folder."""
    base = newsroom.root.resolve()
    found = []
    for path in paths:
        absolute = path.resolve()
        if not absolute.is_relative_to(base) or absolute == base or not absolute.exists():
            raise FeedsError(
                "no file or folder of this newsroom",
                file=str(path),
                remedy=f"name files or folders in {newsroom.root}",
            )
        found.append(absolute.relative_to(base).as_posix())
    return found


def archive(newsroom: Newsroom, paths: Sequence[Path], now: datetime) -> None:
    """Writes down that the pages at ``paths`` are for the archive, unless that is known."""
    path = newsroom.root / folder.DECISIONS
    before = decisions.decoded(path.read_bytes(), str(path)) if path.exists() else []
    known = {decision.path for decision in before if decision.action == "archive"}
    for name in inside(newsroom, paths):
        if name not in known:
            decide(newsroom, Decision("archive", path=name, when=now, who=user()))


def to_purge(newsroom: Newsroom, site: Site, entry: Entry) -> list[str]:
    """Where words of an erased entry may still be: addresses for a CDN, then files."""
    lines = ["purge these from your CDN and caches:"]
    base = site.feeds_url
    addresses = [base, f"{base}stories/{entry.hash}"]
    pages: set[str] = set()
    told, served = entry, list(site.feeds)
    ledger = open_to_read(newsroom.database)
    if ledger is not None:
        with ledger.read() as connection:
            told = entries.by_id(connection, entry.id) or entry
            whole = sections.widened(site, revisions.known_sections(connection).made)
            served += [*sections.of(entry, whole), *sections.of(told, whole)]
            pages |= {*entries.pages_of(connection, entry.id)}
            for feed in site.feeds:
                for number in sorted(archives.holding(connection, feed.first_name, {entry.id})):
                    paths = [f"{feed.name}/archive/{number}.{form}" for form in FORMATS]
                    addresses += [f"{base}{path}" for path in paths]
            pages |= {*lists.pages_with(connection, entry.id)}
    formats = ("", *(f".{form}" for form in FORMATS))
    for feed in served:
        for name in (feed.name, *feed.former_names):
            addresses += [f"{base}{name}{suffix}" for suffix in formats]
    addresses.append(f"{base}news-sitemap.xml")
    for one in (entry, told):
        if one.url:
            addresses += [one.url, urls.rewritten(one.url, site.former_urls, site.site_url)]
        if one.image:
            addresses.append(one.image.url)
    lines += [f"  {address}" for address in dict.fromkeys(addresses)]
    files = {newsroom.root / page for page in pages if (newsroom.root / page).is_file()}
    titles = {entry.title, told.title}
    files |= {path for path in newsroom.root.rglob("*") if _mentions(path, titles)}
    copies = newsroom.database.parent.glob(f"{newsroom.database.name}.before-*")
    if found := [*sorted(files), *sorted(copies)]:
        lines.append("its words are still in these files, which are yours to clean or delete:")
        lines += [f"  {file}" for file in found]
    lines.append("and in every backup of the ledger that was made before")
    return lines


def _mentions(path: Path, titles: Iterable[str]) -> bool:
    try:
        if not path.is_file() or path.stat().st_size > MAX_PAGE_BYTES:
            return False
        data = path.read_bytes()
    except OSError:
        return False
    return any(title.encode() in data for title in titles)
