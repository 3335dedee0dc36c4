"""What the gate has against single entries: the shell around ``syndication.objections``.

Rules
- Whatever readers have is no secret any more, in archives as well.
- Of a page that the program fails on, all that was read is taken for kept back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from feeds.entries import holds, identity
from feeds.ledger import archives, members, readings, revisions, settings
from feeds.model import Entry, EntryId, Reading, Story
from feeds.model.problem import Problem
from feeds.publish.failures import concerns_run, entry_failure
from feeds.publish.page_reading import page_failure
from feeds.publish.run import Run
from feeds.syndication import objections
from feeds.syndication.guard import Guard, Secret
from feeds.syndication.spoken import Spoken
from feeds.text import urls, words

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ABOUT = timedelta(days=3)
_SETTING = "spoken"
_MOST_KEPT = 20_000
_UNREADABLE = "its page can't be read now"


class Judge:
    """What the gate has against single entries, knowing what readers have and must not have.

    ``failed``: pages of which it doesn't know the latter, with the reasons.
    """

    def __init__(
        self, run: Run, before: Connection, key: str, touched: Collection[EntryId]
    ) -> None:
        """``before`` is the ledger as readers have it, ``key`` that of the new configuration.

        ``touched`` are the entries that may be otherwise by now.
        """
        self.failed: list[Problem] = []
        self._run = run
        self._before = before
        secrets, self._unspoken = _secrets(run)
        self._guard = Guard()
        for path, secret in secrets:
            try:
                self._guard.add(secret)
            except BaseException as error:  # its headline is looked for all the same
                if concerns_run(error, self._run.connection):
                    raise
                what = "look for what this page keeps back"
                self.failed.append(page_failure(path, error, what))
        newest = revisions.latest(before)
        self._is_same = bool(newest) and newest[0].render_key == key
        self._known = settings.find_json(run.connection, _SETTING, dict[str, bool]) or {}
        self._spoken = Spoken(self._elsewhere, self._known if self._is_same else None)
        filed = archives.public_entries(before, touched)
        self._filed = {entry.id: entry for entry in filed}

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

    def _objections(self, judged: Sequence[Entry]) -> dict[EntryId, Problem]:
        site = self._run.site
        links = {
            entry.id: urls.of_entry(entry, site.feeds_url, site.former_urls, site.site_url)
            for entry in judged
        }
        public = members.of_all_feeds(self._before, links.keys()) | self._filed
        found = objections.entry_objections(
            judged, public, links, self._guard, self._run.now, self._spoken
        )
        return found | {
            entry.id: objections.objection("secret-headline", f"it is the headline of {kept.why}")
            for entry in judged
            if entry.id not in public
            and (kept := self._unspoken.get(words.words(entry.title)))
            and (kept.day is None or abs(entry.ordered.date() - kept.day) <= _ABOUT)
        }

    def _elsewhere(self) -> Iterator[Entry]:
        """All that readers have."""
        yield from members.of_all_feeds(self._before).values()
        yield from archives.public_entries(self._before)


class _Unspoken(NamedTuple):
    """Of what a headline is that nobody is to know yet, and of which day."""

    why: str
    day: date | None


def _secrets(run: Run) -> tuple[list[tuple[str, Secret]], dict[str, _Unspoken]]:
    """What readers must not see: stories that are kept back, and texts that have to be paid for.

    With the pages that they are from. Also the words of the headlines of the former, however few,
    and what they are of.
    """
    found = []
    unspoken: dict[str, _Unspoken] = {}
    for path, reading, is_refused in readings.secrets(run.connection):
        story = _article(run, reading)
        if story is None:
            continue
        # what can't be asked of a page that the program fails on is taken for granted
        kept = None if is_refused else holds.kept_back(story, run.now, run.zone)
        if is_refused or kept:
            why = f"kept back ({path}): {kept.why if kept else _UNREADABLE}"
            address = story.url and identity.story_url(run.site, story.url)
            found.append((path, Secret(_text(story), why, "", story.title, address or "")))
            if said := words.words(story.title):
                day = story.published.day if story.published else None
                unspoken[said] = _Unspoken(f"what is {why}", day)
        elif story.access == "paid":
            shown = f"{story.title}\n{story.summary}"
            found.append((path, Secret(_text(story), f"for those who pay ({path})", shown)))
    return found, unspoken


def _article(run: Run, reading: Reading) -> Story | None:
    """The article of ``reading`` with what was stated of it; if that fails, without."""
    try:
        return run.applied(reading).article
    except BaseException as error:  # the page was refused for it, and its words count here
        if concerns_run(error, run.connection):
            raise
        return reading.article


def _text(story: Story) -> str:
    picture = (story.image.alt,) if story.image else ()
    heard = (enclosure.title for enclosure in story.enclosures)
    return "\n".join((story.title, story.summary, *story.paragraphs, *picture, *heard))
