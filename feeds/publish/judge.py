"""What the gate has against single entries: the shell around ``syndication.objections``.

Rules
- Whatever readers have is no secret any more, in archives as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from feeds.ledger import archives, members, revisions, settings
from feeds.model import Entry, EntryId
from feeds.model.problem import Problem
from feeds.publish.failures import concerns_run, entry_failure
from feeds.publish.run import Run
from feeds.publish.secrets import Secrets
from feeds.syndication import objections
from feeds.syndication.spoken import Spoken
from feeds.text import urls, words

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ABOUT = timedelta(days=3)
_SETTING = "spoken"
_MOST_KEPT = 20_000


class Judge:
    """What the gate has against single entries, knowing what readers have and must not have."""

    def __init__(
        self, run: Run, before: Connection, key: str, touched: Collection[EntryId]
    ) -> None:
        """``before`` is the ledger as readers have it, ``key`` that of the new configuration.

        ``touched`` are the entries that may be otherwise by now.
        """
        self._run = run
        self._before = before
        self._secrets = Secrets(run)
        newest = revisions.latest(before)
        self._is_same = bool(newest) and newest[0].render_key == key
        self._known = settings.find_json(run.connection, _SETTING, dict[str, bool]) or {}
        self._spoken = Spoken(self._elsewhere, self._known if self._is_same else None)
        filed = archives.public_entries(before, touched)
        self._filed = {entry.id: entry for entry in filed}

    @property
    def failed(self) -> list[Problem]:
        """Pages of which it doesn't know what readers must not have, with the reasons."""
        return [*self._secrets.failed.values()]

    def remember(self, published: Iterable[Entry]) -> None:
        """Stores what readers had of secrets, and will have with what is ``published`` now.

        Under another configuration they may have what nobody looked at: then nothing is.
        """
        known = self._spoken.after(published) if self._is_same else {}
        known = known if len(known) <= _MOST_KEPT else {}
        if known != self._known:
            settings.put_json(self._run.connection, _SETTING, known)

    def objections(self, judged: Sequence[Entry]) -> dict[EntryId, Problem]:
        """Why entries among ``judged`` must not be published.

        One that the program fails on is held, and all others are judged.
        """
        try:
            return self._objections(judged)
        except BaseException as error:  # whatever it is, it is an entry's
            if concerns_run(error, self._run.connection):
                raise
        held: dict[EntryId, Problem] = {}
        for entry in judged:
            try:
                self._objections([entry])
            except BaseException as error:  # as above
                if concerns_run(error, self._run.connection):
                    raise
                held[entry.id] = entry_failure(error, "judge whether it may go out")
        return held | self._objections([entry for entry in judged if entry.id not in held])

    def _links(self, judged: Iterable[Entry]) -> dict[EntryId, str]:
        site = self._run.site
        return {
            entry.id: urls.of_entry(entry, site.feeds_url, site.former_urls, site.site_url)
            for entry in judged
        }

    def _objections(self, judged: Sequence[Entry]) -> dict[EntryId, Problem]:
        links = self._links(judged)
        public = members.of_all_feeds(self._before, links.keys()) | self._filed
        fresh = [entry for entry in judged if public.get(entry.id) != entry]
        secrets = self._secrets.touched_by(fresh, links)
        found = objections.entry_objections(
            judged, public, links, secrets.guard, self._run.now, self._spoken
        )
        return found | {
            entry.id: objections.objection("secret-headline", f"it is the headline of {kept.why}")
            for entry in judged
            if entry.id not in public
            and (kept := secrets.unspoken.get(words.words(entry.title)))
            and (kept.day is None or abs(entry.ordered.date() - kept.day) <= _ABOUT)
        }

    def objections_for_payers(self, opened: Sequence[Entry]) -> dict[EntryId, Problem]:
        """Why entries that are ``opened``, with texts that have to be paid for, must not go out.

        What is kept back is so from who pays, too. All else was judged without these texts.
        """
        if not opened:
            return {}
        links = self._links(opened)
        kept_back = Secrets(self._run, for_payers=True).touched_by(opened, links)
        return objections.entry_objections(
            opened, {}, links, kept_back.guard, self._run.now, self._spoken
        )

    def _elsewhere(self) -> Iterator[Entry]:
        """All that readers have."""
        yield from members.of_all_feeds(self._before).values()
        yield from archives.public_entries(self._before)
