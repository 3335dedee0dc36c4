"""What readers must not see: stories that are kept back, and texts that have to be paid for.

Rules
- Of a page that the program fails on, all that was read is taken for kept back.
- Entries are compared with the secrets to which they have a clue, and with no others. Where as
  many are judged as there are secrets, all of these are loaded at once: that is sooner done.
- Clues are of what is stated about a page as it was decided. While something else is stated than
  when pages were decided last, all secrets are loaded.
- A page to which no clues can be found may stand in any entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from feeds.entries import holds, identity
from feeds.ledger import clues as stored
from feeds.ledger import secrets, settings
from feeds.ledger.secrets import Secretive
from feeds.model import Entry, EntryId, Reading, Story
from feeds.model.problem import Problem
from feeds.publish.failures import concerns_run
from feeds.publish.page_reading import page_failure
from feeds.publish.run import Run
from feeds.syndication import clues
from feeds.syndication.guard import Guard, Secret
from feeds.text import words

_SETTING = "clues"
_UNREADABLE = "its page can't be read now"


class Unspoken(NamedTuple):
    """Of what a headline is that nobody is to know yet, and of which day."""

    why: str
    day: date | None


class Known(NamedTuple):
    """Secrets, and the words of the headlines of what is kept back, however few."""

    guard: Guard
    unspoken: Mapping[str, Unspoken]


class Secrets:
    """All that is secret, loaded as far as need be; ``for_payers``: from those who pay as well.

    ``failed``: pages of which it isn't known what of them is, by their paths, with the reasons.
    """

    def __init__(self, run: Run, *, for_payers: bool = False) -> None:
        self._for_payers = for_payers
        self.failed: dict[str, Problem] = {}
        self._run = run
        self._asked = 0
        self._last: tuple[dict[EntryId, Entry], Known] | None = None
        self._all: Known | None = None
        _bring_up_to_date(run)
        if settings.find(run.connection, "outside") != run.source.outside.digest:
            self._all = self._known(None)
        else:  # what isn't known of them is to be told by each run
            self._known(stored.pages(run.connection, [clues.ANYTHING]))

    def touched_by(self, entries: Collection[Entry], links: Mapping[EntryId, str]) -> Known:
        """Those that may stand in ``entries``, at least. ``links``: where their items lead."""
        if self._all or not entries:
            return self._all or Known(Guard(), {})
        if self._last and all(self._last[0].get(entry.id) == entry for entry in entries):
            return self._last[1]
        self._asked += len(entries)
        if not secrets.are_more_than(self._run.connection, self._asked):
            self._all = self._known(None)
            return self._all
        wanted = set[int]()
        for entry in entries:
            found = clues.in_entry(entry, links[entry.id])
            if found is None:
                self._all = self._known(None)
                return self._all
            wanted |= found
        known = self._known(stored.pages(self._run.connection, wanted) if wanted else ())
        self._last = ({entry.id: entry for entry in entries}, known)
        return known

    def _known(self, paths: Iterable[str] | None) -> Known:
        """The secrets of the pages at ``paths`` (None: of all), in their order."""
        guard = Guard()
        unspoken: dict[str, Unspoken] = {}
        for page in secrets.load(self._run.connection, paths):
            found = _secret(self._run, page)
            if found is None:
                continue
            secret, story, is_kept = found
            if self._for_payers and not is_kept:
                continue
            try:
                guard.add(secret)
            except BaseException as error:  # its headline is looked for all the same
                if concerns_run(error, self._run.connection):
                    raise
                what = "look for what this page keeps back"
                self.failed[page.path] = page_failure(page.path, error, what)
            if is_kept and (said := words.words(story.title)):
                day = story.published.day if story.published else None
                unspoken[said] = Unspoken(f"what is {secret.why}", day)
        return Known(guard, unspoken)


def _secret(run: Run, page: Secretive) -> tuple[Secret, Story, bool] | None:
    """What is secret of a page, its article, and whether that is kept back; None if nothing is."""
    path, reading, is_refused = page
    story = _article(run, reading)
    if story is None:
        return None
    # what can't be asked of a page that the program fails on is taken for granted
    kept = None if is_refused else holds.kept_back(story, run.now, run.zone)
    if is_refused or kept:
        why = f"kept back ({path}): {kept.why if kept else _UNREADABLE}"
        return Secret(_text(story), why, "", story.title, _address(run, story)), story, True
    if story.access == "paid":
        shown = f"{story.title}\n{story.summary}"
        return Secret(_text(story), f"for those who pay ({path})", shown), story, False
    return None


def _bring_up_to_date(run: Run) -> None:
    """Finds the clues to all pages to which there are none as they are now."""
    site = run.site
    stated = (site.site_url, list(site.former_urls), list(site.front_matter_ignore))
    made_by = [*stated, *clues.made_by()]
    if settings.find_json(run.connection, _SETTING, list[object]) != made_by:
        stored.forget_all(run.connection)
        settings.put_json(run.connection, _SETTING, made_by)
    for paths in stored.wanting(run.connection):
        found = {path: set[int]() for path in paths}
        for page in secrets.load_any(run.connection, paths):
            found[page.path] = _clues(run, page)
        stored.save(run.connection, found)


def _clues(run: Run, page: Secretive) -> set[int]:
    if page.is_refused:  # whatever is stated of it by now, it isn't decided again
        return {clues.ANYTHING}
    try:
        story = run.applied(page.reading).article
        if story is None:
            return set()
        return clues.to_secret(_text(story), story.title, _address(run, story))
    except BaseException as error:  # whatever it is, it is this page's
        if concerns_run(error, run.connection):
            raise
        return {clues.ANYTHING}


def _article(run: Run, reading: Reading) -> Story | None:
    """The article of ``reading`` with what was stated of it; if that fails, without."""
    try:
        return run.applied(reading).article
    except BaseException as error:  # the page was refused for it, and its words count here
        if concerns_run(error, run.connection):
            raise
        return reading.article


def _address(run: Run, story: Story) -> str:
    return (identity.story_url(run.site, story.url) or "") if story.url else ""


def _text(story: Story) -> str:
    picture = (story.image.alt,) if story.image else ()
    heard = (enclosure.title for enclosure in story.enclosures)
    return "\n".join((story.title, story.summary, *story.paragraphs, *picture, *heard))
