"""What the ledger knows of the stories of some pages, and what these pages change in it.

Rules
- Gather, decide, apply: what the stories of many pages may meet is asked of the ledger in a few
  queries; what one page changes, the next ones find here; in the end all is written at once.
- What was not gathered is asked for when it is needed: an index knows the same whatever was
  gathered, and however many pages it is for.
- Entries are as their pages tell them, whatever was decided about them.
- What its stories come to is collected here, and is the batch's: if that is undone, nobody has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from feeds.entries import identity
from feeds.ledger import changes, decisions, readings
from feeds.ledger import holds as held_stories
from feeds.ledger.changes import Changes, Settled, Written
from feeds.ledger.history import Happening
from feeds.ledger.holds import HeldStory
from feeds.ledger.readings import Pending
from feeds.model import Change, Entry, EntryId, PaidText, Reading
from feeds.model.names import Alias
from feeds.publish.effects import Effects, total
from feeds.publish.index.headlines import Headlines
from feeds.publish.index.lists import Lists
from feeds.publish.index.names import Names
from feeds.publish.index.stories import Stories

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Index:
    """What is known; whoever decides asks it, and tells it what became of the stories."""

    def __init__(self, connection: Connection, revision: int, now: datetime) -> None:
        """``revision`` is the one that is being made ``now``."""
        self._connection = connection
        self._revision = revision
        self._now = now
        self._stories = Stories(connection, revision)
        self._names = Names(connection)
        self._headlines = Headlines(connection)
        self._lists = Lists(connection)
        self._held: dict[str, list[HeldStory]] = {}
        self._settled: dict[str, Settled] = {}
        self._paid: dict[EntryId, PaidText | None] = {}
        self._apart: dict[EntryId, list[EntryId]] | None = None
        self._happened: list[Happening] = []
        self._effects: list[Effects] = []

    def gather_pages(self, paths: Collection[str]) -> list[Pending]:
        """The stored readings of the pages at ``paths``, in that order; asks for what they held."""
        found = readings.load_all(self._connection, paths)
        self._held |= {path: [] for path in paths}
        for story in held_stories.of_pages(self._connection, paths):
            self._held[story.path].append(story)
        self._lists.load(paths)
        return [found[path] for path in paths]

    def gather(self, asked: Iterable[Asked]) -> None:
        """Asks at once for what stories that are called so may be."""
        asked = list(asked)
        owners = self._names.owners(name for one in asked for name in one.names)
        self._stories.load(owners.values())
        self._names.load_pages(
            owners[name] for one in asked if one.is_article for name in one.names if name in owners
        )
        self._stories.ask_cut({one.span for one in asked if one.span})
        unknown = [one for one in asked if one.is_article or one.names[0] not in owners]
        self._headlines.ask(identity.title_key(one.title) for one in unknown)
        self._stories.ask_minted(one.minted for one in unknown)
        headed = [
            entry_id
            for one in unknown
            for entry_id in self._headlines.under(identity.title_key(one.title))
        ]
        self._stories.load(headed)
        self._names.load_pages(headed)

    def entry(self, entry_id: EntryId) -> Entry:
        """The entry called ``entry_id``, which there is."""
        return self._stories.entry(entry_id)

    def is_new(self, entry_id: EntryId) -> bool:
        """Whether an entry came in in this revision: readers never had it otherwise."""
        return self._stories.told(entry_id).revision == self._revision

    def called(self, name: str) -> Entry | None:
        """The entry whose id or guid is ``name``; None if there is none."""
        return self._stories.called(name)

    def named(self, names: Iterable[Alias]) -> dict[Alias, Entry]:
        """The entries that ``names`` lead to; the others are left out."""
        found = self._names.owners(names)
        return {name: self._stories.entry(owner) for name, owner in found.items()}

    def headed(self, title: str) -> list[Entry]:
        """The entries under the headline ``title``, oldest first; none if it isn't distinctive."""
        return self._stories.in_order(self._headlines.under(identity.title_key(title)))

    def pages_of(self, entry_id: EntryId) -> list[str]:
        """The paths of the pages whose article ``entry_id`` is."""
        return self._names.pages_of(entry_id)

    def kept_apart_from(self, found: Iterable[Entry | None]) -> list[Entry]:
        """The entries of which somebody said that they are others than some of those ``found``."""
        ids = dict.fromkeys(entry.id for entry in found if entry)
        if ids and self._apart is None:
            self._apart = defaultdict(list)
            for one, other in map(tuple, decisions.kept_apart(self._connection)):
                self._apart[one].append(other)
                self._apart[other].append(one)
        others = [other for one in ids for other in (self._apart or {}).get(one, ())]
        return self._stories.in_order(list(dict.fromkeys(others)))

    def is_minted(self, entry_id: EntryId) -> bool:
        """Whether ``entry_id`` was minted before, or another that ends like it."""
        return self._stories.is_minted(entry_id)

    def between(self, first: datetime, last: datetime, *, cut: bool) -> list[Entry]:
        """The entries of the time from ``first`` to ``last``, oldest first.

        ``cut``: only those whose headlines end in an ellipsis.
        """
        return self._stories.between(first, last, cut=cut)

    def shares_address(self, entry: Entry) -> bool:
        """Whether another entry has the address of ``entry``, too."""
        return self._stories.shares_address(entry)

    def stood_between(self, above: EntryId | None, below: EntryId | None, day: date) -> list[Entry]:
        """The entries of ``day`` that stood between ``above`` and ``below`` in some list, alone.

        None is the end of a list; both can't be. Some may be of another day.
        """
        # the ledger does not know of dates that were changed since
        wanted = None if self._stories.is_redated else day
        return self._stories.in_order(self._lists.between(above, below, wanted))

    def held(self, path: str) -> list[HeldStory]:
        """The held stories of the page at ``path``."""
        if path not in self._held:
            self._held[path] = held_stories.of_page(self._connection, path)
        return self._held[path]

    def reading(self, path: str) -> Reading | None:
        """The stored reading of the page at ``path``; None if it has none, or it is refused."""
        return readings.of_page(self._connection, path)

    def shown_to_readers(self, name: Alias) -> list[Entry]:
        """The entry that ``name`` leads to, as readers have it; none if they don't."""
        owners = self._names.owners([name]).values()
        seen = [self._stories.told(owner).seen for owner in owners]
        return [entry for entry in seen if not entry.hidden]

    def enter(self, entry: Entry) -> None:
        """Adds an entry that is new."""
        told = self._stories.enter(entry)
        self._names.know(entry.id)
        self._lists.know(entry.id)
        self._headlines.change(told, "")

    def replace(self, entry: Entry) -> None:
        """Puts ``entry``, as its pages tell it now, in the place of the one with its id."""
        before = self._stories.told(entry.id)
        self._headlines.change(self._stories.replace(entry), before.title_key)
        if before.entry.paid and not entry.paid:
            self._paid[entry.id] = None

    def keep(self, entry_id: EntryId, text: PaidText) -> None:
        """Notes what of ``entry_id`` is for those who pay."""
        self._paid[entry_id] = text

    def name(self, entry_id: EntryId, names: Iterable[Alias]) -> None:
        """Gives ``entry_id`` names that nothing has yet."""
        self._names.add(entry_id, names)

    def rename(self, name: Alias, entry_id: EntryId) -> None:
        """Takes ``name`` from the entry that has it, and gives it to ``entry_id``."""
        self._names.move(name, entry_id)

    def save_list(self, path: str, ordered: Sequence[EntryId]) -> None:
        """Notes what the list of the page at ``path`` has now, newest first."""
        self._lists.save(path, ordered)

    def settle(self, settled: Settled) -> None:
        """Notes that a page is decided, and what of it is held."""
        self._settled[settled.path] = settled
        self._held[settled.path] = list(settled.kept_out)

    def note(self, entry_id: EntryId, change: Change, what: str) -> None:
        """Notes what became of an entry, for its history."""
        self._happened.append(Happening(entry_id, change, what))

    def add(self, effects: Effects) -> None:
        """Adds to what the stories come to."""
        self._effects.append(effects)

    def write(self) -> Effects:
        """Writes what changed, and returns what it comes to; the index has done its work then."""
        made = Changes(
            [self._written(entry_id) for entry_id in self._stories.entered],
            [self._written(entry_id) for entry_id in self._stories.replaced],
            self._names.added,
            self._names.moved,
            self._lists.changed,
            list(self._settled.values()),
            self._happened,
            self._paid,
        )
        changes.apply(self._connection, made, self._revision, self._now)
        return total(self._effects)

    def _written(self, entry_id: EntryId) -> Written:
        told = self._stories.told(entry_id)
        return Written(told.entry, identity.fingerprints(told.entry), told.shown is not None)


class Asked(NamedTuple):
    """A story by what it may be known: its names, the one that its headline gives first.

    ``span`` is its day, from its first moment to its last.
    """

    names: Sequence[Alias]
    title: str
    minted: EntryId
    is_article: bool
    span: tuple[datetime, datetime] | None = None
