"""The first half of a publish: files that changed become readings in the ledger.

Rules
- Readings are kept in batches of their own, which the web never sees: a run that is
  stopped half-way has lost nothing, and the next one goes on where it stopped.
- What is wrong with a page is kept with it, and told once for each version of the file.
- A file that was written to a moment ago may not be finished. It is looked at again
  after a short while, and left for the next run if it has changed by then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from feeds.ledger import readings, settings
from feeds.ledger.connect import Ledger
from feeds.ledger.readings import Known, Record
from feeds.ledger.savepoints import savepoint
from feeds.model.guidance import Guidance
from feeds.model.problem import Problem
from feeds.newsroom import folder, folder_rules, machine
from feeds.newsroom.folder import SETTLED, Found
from feeds.newsroom.listing import Listing
from feeds.publish.failures import concerns_run
from feeds.publish.fatal import Deaths
from feeds.publish.order import Order, Source
from feeds.publish.page_reading import Made, Task, decoded, page_failure, read_tasks

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_BATCH = 200
_MANY, _MANY_BYTES = 40, 2_000_000
"""So many pages, of so many bytes, are worth processes: one reads them in half a second to three,
and starting processes takes a third of a second."""
_SPACE_FACTOR = 4  # a reading, its entry and the write-ahead log, generously


class FolderRead(NamedTuple):
    """What reading the folder came to.

    ``changed``: how many readings are new; ``present``: the pages that are there, as they
    are known; ``gone`` and ``returned``: those that were there before, or again; ``left``: that
    files were left for the next run.
    """

    changed: int
    present: Collection[str]
    gone: list[str]
    returned: list[str]
    left: list[Problem]

    @property
    def is_nothing(self) -> bool:
        """Whether all is as it was known."""
        return not (self.changed or self.gone or self.returned)


def read_folder(ledger: Ledger, order: Order, source: Source) -> FolderRead:
    """Reads the files that were found and are not what the ledger knows."""
    listed, found = source.listed, source.found
    guidance = source.outside.guidance
    # whoever names pages has nothing else looked at, and so nothing is known to be gone
    is_whole = listed.is_complete and len(found) == len(listed)
    chosen = {item.path for item in found}
    with ledger.read() as connection:
        known = readings.by_path(connection, None if is_whole else chosen)
    fresh = [item for item in found if _differs(item, known.get(item.path))]
    missing = {path for path, what in known.items() if what.missing_since is not None}
    gone = sorted(known.keys() - chosen - missing) if is_whole else []
    returned = sorted(missing & chosen)
    _note_rules(ledger, [*(item.path for item in fresh), *gone, *returned])
    if fresh:
        pages = sum(_size_as_page(order.newsroom.root, item) for item in fresh)
        ledger.kept_by.require_space(_SPACE_FACTOR * pages, "the pages that are new")
    changed = 0
    left: list[Problem] = []
    if fresh:
        deaths = Deaths(ledger.place)
        with deaths.watched(), closing(_read_all(order, fresh, known, guidance, deaths)) as made:
            while batch := list(islice(made, _BATCH)):
                changed += _store_batch(ledger, order, batch, known, left)
    present = listed if is_whole else Present(ledger, listed, chosen)
    return FolderRead(changed, present, gone, returned, left)


def _note_rules(ledger: Ledger, changed: Iterable[str]) -> None:
    """Has what is said outside of all pages looked at again if that is in one of those ``changed``.

    Before these are stored, so that a run that is stopped here leaves it to the next one.
    """
    if any(map(folder_rules.is_rule, changed)):
        with ledger.write() as connection:
            settings.drop(connection, "outside")


class Present(Collection[str]):
    """The pages that are there, as far as they count in a run that was to read the ``chosen``.

    One that was not looked at counts only as long as it is what the ledger knows: it is looked at
    when somebody asks for it.
    """

    def __init__(self, ledger: Ledger, listed: Listing, chosen: Collection[str]) -> None:
        self._ledger = ledger
        self._listed = listed
        self._chosen = chosen

    def __contains__(self, path: object) -> bool:
        if path in self._chosen:
            return True
        item = self._listed.find(path) if isinstance(path, str) else None
        return item is not None and not _differs(item, self._known([item.path]).get(item.path))

    def __iter__(self) -> Iterator[str]:
        known = self._known()
        for path, item in self._listed.everything.items():
            if path in self._chosen or not _differs(item, known.get(path)):
                yield path

    def _known(self, paths: Collection[str] | None = None) -> dict[str, Known]:
        with self._ledger.read() as connection:
            return readings.by_path(connection, paths)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _size_as_page(root: Path, item: Found) -> int:
    try:
        return folder.size_as_page(root, item)
    except BaseException as error:  # whatever it is, reading this page will say so
        if concerns_run(error):
            raise
        return 0


def taken_over(root: Path, feed: str) -> bytes | None:
    """The bytes of the ``feed`` that somebody decided to take over; None if it is not there.

    Raises FeedsError if it can't be read.
    """
    name = PurePosixPath(feed)
    if name.is_absolute() or ".." in name.parts:
        return None
    file = folder.beside(root, feed)
    return folder.read_file(root, file) if file else None


def _differs(item: Found, known: Known | None) -> bool:
    return known is None or known.signature != item.signature or known.missing_since is not None


def _store_batch(
    ledger: Ledger,
    order: Order,
    made: Sequence[tuple[Found, Record | None]],
    known: dict[str, Known],
    left: list[Problem],
) -> int:
    """Stores what was ``made`` of files in one transaction; returns how many readings are new.

    Adds to ``left`` that a file is changing just now.
    """
    root = order.newsroom.root
    if any(order.now - item.modified < SETTLED for item, _ in made if item.refusal is None):
        order.wait(SETTLED.total_seconds())
    records: list[Record] = []
    touched: list[Found] = []
    for item, made_of_it in made:
        if made_of_it is None or not (item.refusal or folder.unchanged(root, item)):
            left.append(folder.ChangedError(item.path).problem)
        elif made_of_it.sha256 is not None and made_of_it.sha256 == _sha256(known.get(item.path)):
            touched.append(item)
        else:
            records.append(made_of_it)
    if records or touched:
        with ledger.write() as connection:
            _save_all(connection, records, order.now)
            for item in touched:
                readings.touch(connection, item.path, item.signature)
    return len(records)


def _save_all(connection: Connection, records: Sequence[Record], now: datetime) -> None:
    try:
        with savepoint(connection):
            readings.save(connection, records, now, _alike(connection, records))
    except BaseException as error:  # whatever it is, it is one page's
        if concerns_run(error, connection):
            raise
        for record in records:
            _save(connection, record, now)


def _alike(connection: Connection, records: Sequence[Record]) -> set[str]:
    """The paths of captured lists that were made small since they were read, and say the same.

    To decide them anew would be to hear what they said long ago as if it were said now.
    """
    from feeds.normalise.alike import reads_alike  # late: mostly nothing is new

    found: set[str] = set()
    for record in records:
        reading = record.reading
        if reading is None or reading.fetched is None or not reading.fetched.is_list:
            continue
        before = readings.of_page(connection, record.path)
        if before is not None and reads_alike(before, reading):
            found.add(record.path)
    return found


def _save(connection: Connection, record: Record, now: datetime) -> None:
    """Stores ``record``; if what was read can't be stored, that it can't."""
    try:
        with savepoint(connection):
            readings.save(connection, [record], now)
    except BaseException as error:  # whatever it is, it is this page's
        if concerns_run(error, connection):
            raise
        failure = page_failure(record.path, error, "store what it read")
        readings.save(connection, [record._replace(reading=None, failure=failure)], now)


def _sha256(known: Known | None) -> str | None:
    return known.sha256 if known else None


def record_file(
    root: Path, item: Found, known: Known | None, guidance: Callable[[str], Guidance]
) -> Record | None:
    """The record of one file, its failure in it; None if the file is changing just now.

    ``guidance`` says for a path how to read the page. A file with the bytes that ``known`` has is
    not read, and its record has no reading.
    """
    task = _task(item, known, guidance)
    return _record(item, _read(root, task) if isinstance(task, Task) else task)


def _read_all(
    order: Order,
    items: Sequence[Found],
    known: dict[str, Known],
    guidance: Callable[[str], Guidance],
    deaths: Deaths,
) -> Generator[tuple[Found, Record | None], None, None]:
    """The same of ``items``, but for those at which ``deaths`` knows that the program ended."""
    failures = {item.path: failure for item in items if (failure := deaths.failure_of(item))}
    tasks = {
        item.path: Made(failure=failures[item.path])
        if item.path in failures
        else _task(item, known.get(item.path), guidance)
        for item in items
    }
    made = _make(order, [task for task in tasks.values() if isinstance(task, Task)], deaths)
    with closing(made):
        for item in order.watch(items, "reading pages"):
            task = tasks[item.path]
            yield item, _record(item, next(made) if isinstance(task, Task) else task)


def _make(order: Order, tasks: Sequence[Task], deaths: Deaths) -> Generator[Made, None, None]:
    """What is made of each of ``tasks``, by other processes if that is worth starting them."""
    root, done = order.newsroom.root, 0
    jobs = order.jobs or machine.processors()
    if order.start or (jobs > 1 and _is_much(tasks)):
        from feeds.publish import processes  # late: seldom is so much to be read

        start = order.start or processes.start_processes
        readers = processes.Readers(root, deaths, start, jobs)
        with suppress(processes.UnusableError):
            for made in readers.read(tasks):
                done += 1
                yield made
    for task in tasks[done:]:
        deaths.begin([task.item])
        made = _read(root, task)
        deaths.end()
        yield made


def _read(root: Path, task: Task) -> Made:
    [made] = read_tasks(root, [task])
    return decoded(made)


def _is_much(tasks: Sequence[Task]) -> bool:
    """Whether processes read ``tasks`` sooner than they are started."""
    return len(tasks) >= _MANY and sum(task.item.size for task in tasks) >= _MANY_BYTES


def _task(item: Found, known: Known | None, guidance: Callable[[str], Guidance]) -> Task | Made:
    """How to read ``item``; or what is made of it, if that needs no reading."""
    if item.refusal is not None:
        return Made(failure=item.refusal.problem)
    try:
        return Task(item, _sha256(known), guidance(item.path))
    except BaseException as error:  # whatever it is, it is this page's
        if concerns_run(error):
            raise
        return Made(failure=page_failure(item.path, error, "read this page"))


def _record(item: Found, made: Made) -> Record | None:
    if made.is_changing:
        return None
    return Record(item.path, item.signature, item.modified, made.sha256, made.reading, made.failure)
