"""The first half of a publish: files that changed become readings in the ledger.

Rules
- Readings are kept in batches of their own, which the web never sees: a run that is
  stopped half-way has lost nothing, and the next one goes on where it stopped.
- What is wrong with a page is kept with it, and told once for each version of the file.
- A file that was written to a moment ago may not be finished. It is looked at again
  after a short while, and left for the next run if it has changed by then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from feeds.ledger import readings
from feeds.ledger.connect import Ledger
from feeds.ledger.readings import Known, Record
from feeds.ledger.savepoints import savepoint
from feeds.model.errors import FeedsError, PageError
from feeds.model.guidance import Guidance
from feeds.model.problem import Problem
from feeds.newsroom import folder, space
from feeds.newsroom.decisions import Decision
from feeds.newsroom.folder import SETTLED
from feeds.newsroom.listing import Listing
from feeds.publish.failures import concerns_run, page_failure
from feeds.publish.fatal import Deaths
from feeds.publish.order import Order, Source

if TYPE_CHECKING:
    from sqlalchemy import Connection

_BATCH = 200
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
    with ledger.read() as connection:
        known = readings.by_path(connection)
    # whoever names pages has nothing else looked at, and so nothing is known to be gone
    is_whole = listed.is_complete and len(found) == len(listed)
    fresh = [item for item in found if _differs(item, known.get(item.path))]
    if fresh:
        pages = sum(_size_as_page(order.newsroom.root, item) for item in fresh)
        space.require(ledger.path, _SPACE_FACTOR * pages, "the pages that are new")
    changed = 0
    left: list[Problem] = []
    files = iter(order.watch(fresh, "reading pages"))
    deaths = Deaths(ledger.path)
    for _ in range(0, len(fresh), _BATCH):
        batch = islice(files, _BATCH)
        with deaths.watched():
            made = [
                (
                    item,
                    record_file(order.newsroom.root, item, known.get(item.path), deaths, guidance),
                )
                for item in batch
            ]
        changed += _store_batch(ledger, order, made, known, left)
    next(files, None)  # whoever watches is to know that this was the last
    chosen = {item.path for item in found}
    missing = {path for path, what in known.items() if what.missing_since is not None}
    return FolderRead(
        changed,
        listed if is_whole else Present(listed, known, chosen),
        sorted(known.keys() - chosen - missing) if is_whole else [],
        sorted(missing & chosen),
        left,
    )


class Present(Collection[str]):
    """The pages that are there, as far as they count in a run that was to read the ``chosen``.

    One that was not looked at counts only as long as it is what was ``known``: it is looked at
    when somebody asks for it.
    """

    def __init__(
        self, listed: Listing, known: Mapping[str, Known], chosen: Collection[str]
    ) -> None:
        self._listed = listed
        self._known = known
        self._chosen = chosen

    def __contains__(self, path: object) -> bool:
        if path in self._chosen:
            return True
        item = self._listed.find(path) if isinstance(path, str) else None
        return item is not None and not _differs(item, self._known.get(item.path))

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._listed if path in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _size_as_page(root: Path, item: folder.Found) -> int:
    try:
        return folder.size_as_page(root, item)
    except BaseException as error:  # whatever it is, reading this page will say so
        if concerns_run(error):
            raise
        return 0


def taken_over(root: Path, made: Sequence[Decision]) -> dict[str, bytes | FeedsError]:
    """The bytes of the feeds that ``made`` decided to take over, or why there are none."""
    found: dict[str, bytes | FeedsError] = {}
    for decision in made:
        if decision.action != "import":
            continue
        name = PurePosixPath(decision.feed)
        file = None
        if not name.is_absolute() and ".." not in name.parts:
            file = folder.beside(root, decision.feed)
        if file is not None:
            try:
                found[decision.feed] = folder.read_file(root, file)
            except FeedsError as error:
                found[decision.feed] = error
    return found


def _differs(item: folder.Found, known: Known | None) -> bool:
    return known is None or known.signature != item.signature or known.missing_since is not None


def _store_batch(
    ledger: Ledger,
    order: Order,
    made: Sequence[tuple[folder.Found, Record | None]],
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
    touched: list[folder.Found] = []
    for item, made_of_it in made:
        if made_of_it is None or not (item.refusal or folder.unchanged(root, item)):
            left.append(folder.ChangedError(item.path).problem)
        elif made_of_it.sha256 is not None and made_of_it.sha256 == _sha256(known.get(item.path)):
            touched.append(item)
        else:
            records.append(made_of_it)
    if records or touched:
        with ledger.write() as connection:
            _save_all(connection, records)
            for item in touched:
                readings.touch(connection, item.path, item.signature)
    return len(records)


def _save_all(connection: Connection, records: Sequence[Record]) -> None:
    try:
        with savepoint(connection):
            readings.save(connection, records)
    except BaseException as error:  # whatever it is, it is one page's
        if concerns_run(error, connection):
            raise
        for record in records:
            _save(connection, record)


def _save(connection: Connection, record: Record) -> None:
    """Stores ``record``; if what was read can't be stored, that it can't."""
    try:
        with savepoint(connection):
            readings.save(connection, [record])
    except BaseException as error:  # whatever it is, it is this page's
        if concerns_run(error, connection):
            raise
        failure = page_failure(record.path, error, "store what it read")
        readings.save(connection, [record._replace(reading=None, failure=failure)])


def _sha256(known: Known | None) -> str | None:
    return known.sha256 if known else None


def record_file(
    root: Path,
    item: folder.Found,
    known: Known | None,
    deaths: Deaths | None,
    guidance: Callable[[str], Guidance],
) -> Record | None:
    """The record of one file, its failure in it; None if the file is changing just now.

    ``guidance`` says for a path how to read the page. A file with the bytes that ``known`` has is
    not read, and its record has no reading. Nor is one at which ``deaths`` knows that the program
    ended.
    """
    from feeds.normalise import normalise  # late: a run with nothing new reads nothing
    from feeds.readers import read_page

    if deaths and (failure := deaths.failure_of(item)):
        return Record(item.path, item.signature, item.modified, None, None, failure)
    reading, failure, sha256 = None, None, None
    try:
        data = folder.read_file(root, item)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 != _sha256(known):
            if deaths:
                deaths.begin(item)
            reading = normalise(read_page(item.path, data), guidance=guidance(item.path))
    except folder.ChangedError:
        return None
    except PageError as error:
        failure = error.problem
    except BaseException as error:  # whatever it is, it is this page's
        if concerns_run(error):
            raise
        failure = page_failure(item.path, error, "read this page")
    return Record(item.path, item.signature, item.modified, sha256, reading, failure)
