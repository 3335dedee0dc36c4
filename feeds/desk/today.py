"""What an editor wants to know first: what is wrong now, what readers have, what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from feeds.audience import charts
from feeds.desk.notes import Asked, Note, notes_on
from feeds.ledger import audience, holds, lock, members, revisions, shown
from feeds.ledger.connect import open_to_read
from feeds.ledger.holds import HeldStory
from feeds.model import Entry
from feeds.model.errors import FeedsError
from feeds.model.problem import Problem
from feeds.model.watching import Watch, unwatched
from feeds.newsroom import Newsroom
from feeds.newsroom.site import Site
from feeds.reports.check import Remark, check_newsroom
from feeds.reports.history import LINES, Logged, logged

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NEWEST = 10
_REVISIONS = 5
_MOST_WAITING = 20
_MOST_TOLD = 100
"""So many problems of a kind are shown."""
_YEAR = timedelta(days=366)
_NOTHING_WAITS: tuple[list[HeldStory], int] = ([], 0)


class Had(NamedTuple):
    """What readers have of a story: itself, and the feeds that have it."""

    entry: Entry
    feeds: tuple[str, ...]


class Today(NamedTuple):
    """What there is to see.

    ``stopped`` is the last run, if it did nothing, and ``since`` when something was published last.
    ``urgent`` breaks something, ``doubtful`` needs a person, ``quiet`` is good to know; ``merges``
    are entries that may be one story. ``waiting`` are held until a moment, ``held`` by what is
    wrong with them; ``more_held`` of both are not shown. ``audience`` has pictures of the last
    year. ``notes`` say what to write about each problem, where somebody asked for them.
    """

    stopped: lock.LastRun | None = None
    since: datetime | None = None
    urgent: Sequence[Problem] = ()
    doubtful: Sequence[Problem] = ()
    quiet: Sequence[Problem] = ()
    merges: Sequence[Problem] = ()
    newest: Sequence[Had] = ()
    waiting: Sequence[HeldStory] = ()
    held: Sequence[HeldStory] = ()
    more_held: int = 0
    runs: Sequence[Logged] = ()
    last_run: lock.LastRun | None = None
    audience: Markup = Markup()
    notes: Mapping[Problem, Note] = {}


def gather_today(
    newsroom: Newsroom,
    site: Site | None,
    now: datetime,
    watch: Watch = unwatched,
    *,
    with_notes: bool = False,
) -> Today:
    """What there is to see of ``newsroom`` as of ``now``; what is wrong with it is in it.

    ``with_notes``: for somebody who has to write what is to be mended.
    """
    remarks = check_newsroom(newsroom, now, watch)
    run = lock.last_run(newsroom.database)
    found = Today(
        urgent=_of(remarks, "error"),
        doubtful=_of(remarks, "warning"),
        quiet=_of(remarks, "hint"),
        merges=[one.problem for one in remarks if one.area == "merge"],
        last_run=run,
        stopped=run if run and run.exit_code > lock.PUBLISHED else None,
    )
    try:
        ledger = open_to_read(newsroom.database)
    except FeedsError:  # the check has said so
        return found
    if ledger is None:
        return found
    asked = Asked(ledger, [one.problem for one in remarks])
    found = _with_ledger(found, asked, site, now)
    if with_notes:
        kinds = (found.urgent, found.merges, found.doubtful, found.quiet)
        told = [one for kind in kinds for one in kind[:_MOST_TOLD]]
        found = found._replace(notes=notes_on(newsroom, site, told, asked))
    return found._replace(urgent=[*asked.damage, *found.urgent])


def _of(remarks: Sequence[Remark], severity: str) -> list[Problem]:
    return [one.problem for one in remarks if one.severity == severity and one.area != "merge"]


def _with_ledger(found: Today, asked: Asked, site: Site | None, now: datetime) -> Today:
    """``found``, and what the ledger has to say."""
    newest: list[revisions.Revision] = asked(
        lambda ledger: revisions.latest(ledger, _REVISIONS), []
    )
    waiting, many = asked(lambda ledger: holds.waiting(ledger, _MOST_WAITING), _NOTHING_WAITS)
    everywhere: list[HeldStory] = asked(lambda ledger: [*holds.everywhere(ledger)], [])
    held = [one for one in everywhere if one.until is None]
    had: list[Had] = asked(lambda ledger: having(ledger, _first(ledger)), [])
    done: list[Logged] = asked(lambda ledger: logged(ledger, newest, LINES), [])
    return found._replace(
        since=newest[0].committed if newest else None,
        newest=had,
        waiting=waiting,
        held=held[:_MOST_WAITING],
        more_held=many - len(waiting) + max(0, len(held) - _MOST_WAITING),
        runs=done,
        audience=asked(lambda ledger: _audience(ledger, site, now), Markup()),
    )


def _audience(connection: Connection, site: Site | None, now: datetime) -> Markup:
    """Pictures of the last year, as far as ``feeds audience --record`` has kept it."""
    since = (now - _YEAR).date().isoformat()
    former = {name: feed.name for feed in site.feeds for name in feed.former_names} if site else {}
    pictures = charts.section(audience.totals(connection, since), former)
    return Markup(pictures)  # noqa: S704 escaped where it is made


def _first(connection: Connection) -> list[Entry]:
    some = shown.newest(connection)
    return [entry for entry, _ in zip(some, range(_NEWEST), strict=False)]


def having(connection: Connection, entries: Sequence[Entry]) -> list[Had]:
    """``entries``, with the feeds that have each."""
    return [Had(one, tuple(sorted(members.feeds_with(connection, [one.id])))) for one in entries]
