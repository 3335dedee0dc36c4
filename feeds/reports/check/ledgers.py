"""What is wrong with the ledger: its file, its rows, its names, its last run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from feeds.entries import identity, recognise
from feeds.entries.identity import url_names
from feeds.entries.similarity import same_language
from feeds.ledger import aliases, integrity, lock, outbox, readings, settings
from feeds.ledger import holds as held_stories
from feeds.ledger.connect import Ledger
from feeds.model import Entry, Reading, Story
from feeds.model.names import Alias
from feeds.model.problem import Problem
from feeds.newsroom import CONFIGURATION
from feeds.newsroom.site import Site
from feeds.reports.check.remarks import Remark, Severity, capped, remarks
from feeds.reports.lookalikes import Brief
from feeds.text import urls

_RESTORE = "restore a copy made with 'feeds backup'; without one, ids can only be made anew"
_LATELY = timedelta(days=2)


class Survey(NamedTuple):
    """What one look at all entries brings: of those shown, what is needed to compare them.

    ``undated`` are articles, without their text; ``addressed`` has what is at each URL.
    """

    briefs: list[Brief]
    undated: list[Entry]
    addressed: dict[str, list[Brief]]
    damaged: list[Remark]


def survey(ledger: Ledger, site: Site) -> Survey:
    """Looks at every entry once."""
    found = Survey([], [], {}, [])
    with ledger.read() as connection:
        for name, entry, problem in integrity.each_entry(connection):
            if entry is None:
                what = f"this entry is damaged: {problem}"
                found.damaged.append(
                    Remark(
                        "ledger",
                        "error",
                        Problem("entry-damaged", what, remedy=_RESTORE, file=name),
                    )
                )
            elif not entry.hidden:
                _add(found, entry, site)
    return found


def _add(found: Survey, entry: Entry, site: Site) -> None:
    day = entry.stated.day if entry.stated else None
    live = entry.standing != "archived"
    brief = Brief(entry.id, entry.hash, entry.title, day, entry.language, live)
    found.briefs.append(brief)
    if entry.kind == "article" and entry.published is None:
        found.undated.append(msgspec.structs.replace(entry, content="", summary=""))
    if entry.url:
        url = urls.canonical(urls.rewritten(entry.url, site.former_urls, site.site_url))
        found.addressed.setdefault(url, []).append(brief)


def shared_urls(found: Survey) -> list[Remark]:
    """Entries that are at the same address: a reader opens one, and finds the other."""
    return capped(
        Remark(
            "ledger",
            "warning",
            Problem(
                "shared-url",
                f"{len(briefs)} entries are at this address: "
                + ", ".join(f"{brief.hash} '{brief.title}'" for brief in briefs[:5]),
                remedy=f"if they are one story: feeds merge {briefs[0].hash} {briefs[1].hash}; "
                "else give each an address of its own: feeds correct ENTRY --url URL",
                file=url,
                entries=(briefs[0].hash, briefs[1].hash),
            ),
        )
        for url, briefs in found.addressed.items()
        if len(briefs) > 1
    )


def file(ledger: Ledger) -> list[Remark]:
    """Whether the file is whole, by SQLite's own check."""
    with ledger.read() as connection:
        lines = integrity.file_faults(connection)
    return [
        Remark(
            "ledger",
            "error",
            Problem("damaged", f"damaged: {line}", remedy=_RESTORE, file=str(ledger.path)),
        )
        for line in lines
    ]


def orphans(ledger: Ledger) -> list[Remark]:
    """Rows that belong to nothing, and entries that nothing leads to."""
    place = str(ledger.path)
    with ledger.read() as connection:
        said = [
            Remark("ledger", "error", Problem("orphan", what, remedy=_RESTORE, file=place))
            for count, table, parent in integrity.orphans(connection)
            for what in [
                f"{count} {'row' if count == 1 else 'rows'} of '{table}' without their '{parent}'"
            ]
        ]
        unnamed = integrity.unnamed(connection)
    what = "nothing leads to this entry: its page would make a second one of it"
    return said + capped(
        Remark("ledger", "warning", Problem("nameless", what, remedy=_RESTORE, file=name))
        for name in unnamed
    )


def authority(ledger: Ledger, site: Site) -> list[Remark]:
    """Whether ids are minted under the authority of the configuration."""
    with ledger.read() as connection:
        stored = settings.find(connection, "authority")
    if stored in {None, site.authority}:
        return []
    what = f"authority: this ledger's ids are minted under '{stored}', not '{site.authority}'"
    remedy = f'write authority = "{stored}" again, or name another ledger with --database'
    return [
        Remark(
            "ledger", "error", Problem("authority-other", what, remedy=remedy, file=CONFIGURATION)
        )
    ]


def last_run(database: Path, now: datetime) -> list[Remark]:
    """How the last publish ended, and when."""
    place = str(lock.path_for(database))
    run = lock.last_run(database)
    if run is None:
        what = "nothing was published yet, or the last run was never finished"
        severity: Severity = "warning"
        if lock.path_for(database).is_file() and database.is_file():
            what, severity = "how the last run ended is not known", "hint"
        return [
            Remark(
                "ledger",
                severity,
                Problem("never-published", what, remedy="run 'feeds publish'", file=place),
            )
        ]
    said = []
    if run.exit_code > 1:
        what = f"the last publish failed: {' '.join(run.said.split())}"
        said.append(
            Remark(
                "ledger",
                "error",
                Problem(
                    "last-run-failed",
                    what,
                    remedy="mend that, then run 'feeds publish'",
                    file=place,
                ),
            )
        )
    if run.finished > now + timedelta(minutes=1):
        what = f"the last publish was at {run.finished:%Y-%m-%d %H:%M} UTC, which is yet to come"
        said.append(
            Remark(
                "ledger",
                "warning",
                Problem("clock", what, remedy="set this machine's clock", file=place),
            )
        )
    elif now - run.finished > _LATELY:
        what = f"the last publish was {(now - run.finished).days} days ago"
        said.append(
            Remark(
                "ledger",
                "hint",
                Problem("last-run-old", what, remedy="see whether cron still runs it", file=place),
            )
        )
    return said


def given_up(ledger: Ledger) -> list[Remark]:
    """Hubs that take nothing, as they were told of when they were given up."""
    with ledger.read() as connection:
        return remarks("ledger", "warning", outbox.given_up(connection).values())


def fights(ledger: Ledger, site: Site, read: Iterable[Reading]) -> list[Remark]:
    """Articles whose names (path, address, headline) lead to different entries."""
    said = []
    with ledger.read() as connection:
        waiting = set(readings.pending(connection))
        held = {(story.path, story.line) for story in held_stories.everywhere(connection)}
        decided = [
            (reading.page, reading.article, _names(site, reading.page, reading.article))
            for reading in read
            if reading.article
            and reading.page not in waiting
            and (reading.page, reading.article.line) not in held
        ]
        everything = {name for _, _, named in decided for kind in named.values() for name in kind}
        ids = aliases.ids_named(connection, everything)
        for page, article, named in decided:
            names = [name for kind in named.values() for name in kind]
            if len({ids[name] for name in names if name in ids}) > 1:
                found = aliases.entries_named(connection, names)
                said += _fight(page, article, _leading(article, named, found))
    return capped(said)


def _names(site: Site, path: str, article: Story) -> dict[str, tuple[Alias, ...]]:
    """What an article is called, by kind."""
    url = article.url
    is_home = url is not None and urls.is_home(url, site.site_url, site.former_urls)
    return {
        "path": (identity.page_alias(path),),
        "address": url_names(site, url) if url and not is_home else (),
        "headline": (
            identity.story_alias(article),
            identity.story_alias(article, article.language or site.language),
        ),
    }


def _leading(
    article: Story, named: Mapping[str, tuple[Alias, ...]], found: Mapping[Alias, Entry]
) -> dict[str, Entry]:
    """The entry that each kind of name leads to, of those that readers are shown."""
    leading: dict[str, Entry] = {}
    for kind, names in named.items():
        for name in names:
            entry = found.get(name)
            if entry and not entry.hidden and same_language(entry.language, article.language):
                leading.setdefault(kind, entry)
    return leading


def _fight(page: str, article: Story, leading: Mapping[str, Entry]) -> list[Remark]:
    said = []
    first_kind, first = next(iter(leading.items()), ("", None))
    for kind, entry in leading.items():
        if first is None or entry.id == first.id:
            continue
        what = (
            f"the {first_kind} of '{article.title}' leads to {first.hash}, "
            f"its {kind} to {entry.hash} '{entry.title}'"
        )
        # what entered first has the id that readers have known for longer
        kept, other = sorted((first, entry), key=lambda one: (one.entered, one.id))
        remedy = f"if they are one story: feeds merge {kept.hash} {other.hash}"
        named: tuple[str, ...] = (kept.hash, other.hash)
        if kind == "address" and not recognise.is_still(article, entry):
            named = ()
            remedy = "give each story an address of its own, or none"
        said.append(
            Remark(
                "ledger",
                "warning",
                Problem("names-lead-apart", what, article.line, remedy, file=page, entries=named),
            )
        )
    return said
