"""What an editor decides at the command line: a table in decisions.toml, then a publish.

The file is only ever added to, with a single write, so that neither a crash nor an editor who
has it open can lose what was decided before.
"""

from __future__ import annotations

import getpass
import hashlib
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from feeds import decisions, folder, urls
from feeds.config import Site
from feeds.decisions import Decision
from feeds.errors import FeedsError
from feeds.ledger import entries
from feeds.ledger.connect import open_to_read
from feeds.model import Entry
from feeds.newsroom import Newsroom

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
    """Writes ``decision`` down. Raises ConfigError if what is there already can't be read."""
    path = newsroom.root / folder.DECISIONS
    try:
        data = path.read_bytes() if path.exists() else b""
        decisions.decoded(data, str(path))
        text = decisions.written(decision, headline)
        if data and not data.endswith(b"\n"):
            text = "\n" + text
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        descriptor = os.open(path, flags, 0o644)
        try:
            os.write(descriptor, text.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
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
    for feed in site.feeds:
        formats = ("", ".rss", ".atom", ".json")
        addresses += [f"{base}{feed.name}{suffix}" for suffix in formats]
    if entry.url:
        addresses.append(urls.rewritten(entry.url, site.former_urls, site.site_url))
    lines += [f"  {address}" for address in addresses]
    ledger = open_to_read(newsroom.database)
    pages: list[str] = []
    if ledger is not None:
        with ledger.read() as connection:
            pages = entries.pages_of(connection, entry.id)
    files = [str(newsroom.root / page) for page in pages if (newsroom.root / page).exists()]
    copies = sorted(newsroom.database.parent.glob(f"{newsroom.database.name}.before-*"))
    if files or copies:
        lines.append("its words are still in these files, which are yours to delete:")
        lines += [f"  {file}" for file in (*files, *copies)]
    return lines
