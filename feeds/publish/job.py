"""The cron job: changed pages are read, decided, rendered, gated and committed.

Rules
- One publisher at a time. A run that changes nothing writes nothing to the ledger.
- Deciding, rendering, the gate and the commit are one transaction: subscribers see a
  whole revision or the one before it, whatever happens to the process.
- A page that can't be read stops no other. What is new and was not published makes the
  exit code 1, once; ``feeds status`` goes on listing it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from feeds.ledger import access, lock
from feeds.model import unexpected
from feeds.model.errors import ConfigError, FeedsError, GateError, LedgerError
from feeds.model.outcome import Outcome
from feeds.model.problem import Problem
from feeds.model.versions import READER_VERSION, SCHEMA_VERSION
from feeds.newsroom import folder
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.site import Site
from feeds.publish.order import Order, Source, render_key

if TYPE_CHECKING:
    from feeds.newsroom.decisions import Decision
    from feeds.publish.revision import Revised

_NOTHING = "nothing new"


def publish(order: Order, say: Callable[[Outcome], None] = lambda _: None) -> Outcome:
    """Does what ``order`` asks for: what is new in the newsroom's folder gets into its ledger.

    ``say`` is called with the outcome; until it has returned, another run will say it again.
    Raises FeedsError (ConfigError, LedgerError, GateError …) if the run as a whole can't be done;
    then nothing that was published has changed.
    """
    root, database = order.newsroom
    try:
        site = order.newsroom.site()
        _refuse_future_authority(site, root, order.now)
        listed = folder.pages(root)
        table = folder.beside(root, folder.TABLE)
        decreed = folder.beside(root, folder.DECISIONS)
    except FeedsError as error:
        lock.note_failure(database, order.now, error)
        raise
    found = _restricted(root, listed, order.only)
    seen = [*found, *(item for item in (table, decreed) if item)]
    _make_folder(database.parent)
    with lock.hold(database) as held:
        before = lock.last_run(database)
        is_whole = not (order.only or order.again or order.decisions_only)
        if is_whole and before and _same_as(before, site, seen, database, order.now):
            outcome = Outcome(None, 0, 0, [], [])
            say(outcome)
            ended = msgspec.structs.replace(before, finished=order.now, exit_code=0, said=_NOTHING)
            held.note(ended)
            return outcome
        from feeds.publish import revision  # late: it brings SQLAlchemy, and there is news

        if order.again and order.again.preview:
            source = Source(site, _outside(order, site, table), [], listed, found)
            outcome = revision.preview(order, source)
            say(outcome)
            return outcome
        try:
            outside = _outside(order, site, table)
            source = Source(site, outside, _decisions(order, decreed), listed, found)
            made = _revised(order, source)
        except FeedsError as error:
            # what was taken back all the same, hubs are to know at once
            due = order.now if isinstance(error, GateError) else None
            held.note(lock.LastRun(order.now, error.exit_code, str(error), due=due))
            raise
        except Exception as error:
            said = f"internal error: {unexpected.summary(error)}"
            held.note(lock.LastRun(order.now, FeedsError.exit_code, said))
            raise
        outcome = made.outcome
        say(outcome)
        if outcome.problems or outcome.notices:
            revision.said(database)
        is_settled = made.is_settled and not (order.only or order.decisions_only)
        state = _state(site, seen, database) if is_settled else ""
        ended = lock.LastRun(order.now, outcome.exit_code, summary(outcome), state, made.due)
        held.note(msgspec.structs.replace(ended, refused=made.refused))
        return outcome


def _revised(order: Order, source: Source) -> Revised:
    """The revision; if the gate refuses it, decisions take effect all the same, and it raises."""
    from feeds.publish import revision

    refusal = None
    try:
        return revision.revise(order, source)
    except GateError as error:
        refusal = error
    if source.decisions and not order.decisions_only and _has_published(order.newsroom.database):
        # a retraction does not wait for pages
        alone = order._replace(decisions_only=True, accept=())
        revision.revise(alone, source._replace(found=[]))
    raise refusal


def _outside(order: Order, site: Site, table: folder.Found | None) -> Outside:
    """What is said about pages outside of them; ``table`` is pages.csv, if there is one.

    Raises PageError if that can't be read, ConfigError if it can't be understood.
    """
    root = order.newsroom.root
    if table is None:
        return Outside(site.pages, root.as_posix())
    data = folder.read_settled(root, table, order.now, order.wait)
    return Outside(site.pages, root.as_posix(), data, str(root / table.path))


def _decisions(order: Order, file: folder.Found | None) -> list[Decision]:
    """What editors decided; ``file`` is decisions.toml, if there is one. Raises as above."""
    if file is None:
        return []
    from feeds.newsroom import decisions  # late: it brings python-dateutil

    root = order.newsroom.root
    data = folder.read_settled(root, file, order.now, order.wait)
    return decisions.decode_decisions(data, str(root / file.path))


def summary(outcome: Outcome) -> str:
    """What a run did, in one line."""
    if outcome.revision is None:
        return "nothing was published" if outcome.changes else _NOTHING
    if not (outcome.entered or outcome.corrected or outcome.retracted):
        return f"revision {outcome.revision}: the configuration changed"
    done = f"{outcome.entered} new, {outcome.corrected} corrected"
    if outcome.retracted:
        done += f", {outcome.retracted} retracted or restored"
    return f"revision {outcome.revision}: {done}"


def _has_published(database: Path) -> bool:
    """Whether subscribers have anything yet."""
    from feeds.ledger import revisions
    from feeds.ledger.connect import open_to_read

    ledger = open_to_read(database)
    if ledger is None:
        return False
    with ledger.read() as connection:
        return bool(revisions.latest(connection))


def _same_as(
    before: lock.LastRun, site: Site, seen: list[folder.Found], database: Path, now: datetime
) -> bool:
    """Whether the last run saw all this, so that the ledger need not even be opened."""
    if before.due and before.due <= now:
        return False
    return bool(before.state) and before.state == _state(site, seen, database)


def _state(site: Site, seen: list[folder.Found], database: Path) -> str:
    """Changes with the configuration, the program, any file, and the ledger itself."""
    try:
        ledger = folder.signature(database.stat())
    except FileNotFoundError:
        ledger = ""
    files = [(item.path, item.signature) for item in seen]
    parts = (READER_VERSION, SCHEMA_VERSION, render_key(site), ledger, files)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def _refuse_future_authority(site: Site, root: Path, now: datetime) -> None:
    if site.authority_since > now:
        raise ConfigError(
            [
                Problem(
                    "authority-future",
                    f"'{site.authority}' names a day that is still to come (RFC 4151 forbids it)",
                    remedy=f"write the current year, {now.year}, or an earlier one",
                    file=str(root / "site.toml"),
                    field="authority",
                )
            ]
        )


def _make_folder(folder_path: Path) -> None:
    try:
        access.make_folder(folder_path)
    except OSError as error:
        raise LedgerError(
            f"can't make the ledger's folder: {error.strerror}",
            file=str(folder_path),
            remedy="let the user who runs 'feeds publish' write there, "
            "or name another ledger with --database",
        ) from error


def _restricted(root: Path, found: list[folder.Found], only: Sequence[Path]) -> list[folder.Found]:
    """Those of ``found`` that ``only`` names; raises FeedsError for a name that is none."""
    if not only:
        return found
    chosen: dict[str, folder.Found] = {}
    base = root.resolve()
    for path in only:
        absolute = path.parent.resolve() / path.name if path.name else path.resolve()
        inside = absolute.relative_to(base).as_posix() if absolute.is_relative_to(base) else None
        matches = [
            item
            for item in found
            if inside == "." or item.path == inside or item.path.startswith(f"{inside}/")
        ]
        if inside is None or not matches:
            raise FeedsError(
                "no page of this newsroom",
                file=str(path),
                remedy=f"name files or folders in {root}",
            )
        chosen |= {item.path: item for item in matches}
    return sorted(chosen.values(), key=lambda item: item.path)
