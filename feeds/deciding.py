"""The second half of a publish: readings become entries.

The shell around ``decide``: it asks the ledger what could be the same story, places new
stories in time, mints ids, and stores what ``decide`` says.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from feeds import dates, decide, identity, moments, statements
from feeds.config import Site
from feeds.errors import describe
from feeds.ledger import entries, readings
from feeds.ledger.readings import HeldStory, Pending
from feeds.model import Entry, Reading, Story
from feeds.outside import Outside

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Tally:
    """What a run has come to so far."""

    def __init__(self) -> None:
        self.entered = 0
        self.corrected = 0
        self.problems: list[str] = []
        self.notices: list[str] = []


class Run(NamedTuple):
    """What stays the same for every page of a run. ``present``: the pages that are there."""

    connection: Connection
    site: Site
    outside: Outside
    zone: ZoneInfo
    now: datetime
    revision: int
    present: set[str]
    tally: Tally

    @property
    def today(self) -> date:
        """The day of ``now`` in the newsroom's zone."""
        return self.now.astimezone(self.zone).date()

    def applied(self, reading: Reading) -> Reading:
        """``reading``, of a page of this newsroom, with all that was stated about it."""
        return statements.applied(reading, self.outside.of(reading.page))


def decide_page(run: Run, pending: Pending, *, again: bool = False) -> None:
    """Decides every story of one reading, and settles it.

    ``again``: the page is the same, and something else was stated about it.
    """
    pending = pending._replace(reading=run.applied(pending.reading))
    article = pending.reading.article
    _decide(run, pending, [article] if article else [], fresh=not again, settle=True)


def decide_held(run: Run, pending: Pending) -> None:
    """Tries the held stories of a reading again; what was decided before stays as it is."""
    pending = pending._replace(reading=run.applied(pending.reading))
    lines = {story.line for story in readings.held_of(run.connection, pending.path)}
    article = pending.reading.article
    # headlines are told apart by the ledger itself: one that is known stays as it is
    held = [article] if article and article.line in lines else []
    _decide(run, pending, held, fresh=False)


def decide_again(run: Run, pending: Pending, articles: list[Story]) -> None:
    """Settles a page that was read again, of whose articles only ``articles`` are undecided.

    Statements are applied to the reading in ``pending`` already.
    """
    _decide(run, pending, articles, fresh=False, settle=True)


def _decide(
    run: Run, pending: Pending, articles: list[Story], *, fresh: bool, settle: bool = False
) -> None:
    """Decides ``articles`` and the list of one reading; ``fresh``: for the first time.

    ``settle``: the page counts as decided even if no other story is held than before.
    """
    before = {story.line: story for story in readings.held_of(run.connection, pending.path)}
    kept_out: list[HeldStory] = []
    admitted: list[Story] = []
    for story in (*articles, *pending.reading.latest):
        if story.kind == "headline" and story.published is None:
            continue  # undated lines of a list stay out
        verdict = decide.hold(story, run.site.undated, run.now, run.zone)
        if verdict is None:
            admitted.append(story)
            continue
        if _is_out(run, pending.path, story):
            verdict = verdict._replace(remedy=f"{verdict.remedy}; what was published before stays")
        known = before.get(story.line)
        told = known is not None and known.why == verdict.why
        kept_out.append(
            HeldStory(
                path=pending.path,
                line=story.line,
                title=story.title,
                why=verdict.why,
                remedy=verdict.remedy,
                until=verdict.until,
                since=known.since if known is not None and told else run.now,
            )
        )
        if not told:
            run.tally.problems.append(
                describe(
                    f"held: {verdict.why}",
                    file=pending.path,
                    line=story.line,
                    remedy=verdict.remedy,
                )
            )
    _article(run, pending, [story for story in admitted if story.kind == "article"])
    headlines = [story for story in admitted if story.kind == "headline"]
    _latest(run, pending, headlines, fresh=fresh)
    if settle or {story.line: story for story in kept_out} != before:
        applied = run.outside.hash_of(pending.path)
        readings.settle(run.connection, pending.path, kept_out, applied)


def _is_out(run: Run, path: str, story: Story) -> bool:
    """Whether the article of the page at ``path`` was published before."""
    page = identity.page_alias(path)
    return story.kind == "article" and page in entries.find(run.connection, [page])


def _article(run: Run, pending: Pending, found: list[Story]) -> None:
    for story in found:
        names = identity.aliases(story, pending.path)
        known = entries.find(run.connection, names)
        by_page, by_story = (known.get(name) for name in names[:2])
        when = decide.Moments(run.now, _moment(run, pending, story), _captured(run, pending), 0)
        if claimed := _claimed(run, pending.path, story, known):
            verdict = decide.claimed(story, claimed, when)
            _apply(run, story, verdict, when, names, known)
            continue
        others = _other_pages(run, pending.path, by_story, story)
        verdict = decide.recognise(story, by_page, by_story, when, alone=not others)
        if isinstance(verdict, decide.Same) and verdict.entry is by_story and others:
            _name_duplicate(run, pending.path, story, verdict.entry, others[0])
        _apply(run, story, verdict, when, names, known)


def _claimed(run: Run, path: str, story: Story, known: dict[identity.Alias, Entry]) -> Entry | None:
    """The entry with the id that ``story`` claims; None if there is none, or it is another's."""
    if not story.id:
        return None
    entry = known.get(identity.explicit_alias(story)) or entries.by_id(run.connection, story.id)
    if entry is None:
        return None
    for page in entries.pages_of(run.connection, entry.id):
        reading = readings.find(run.connection, page) if page in run.present else None
        other = run.applied(reading).article if page != path and reading else None
        if other is not None and other.id == story.id:
            run.tally.problems.append(
                describe(
                    f"the id '{story.id}' is that of {page} already, and not used",
                    file=path,
                    line=story.evidence["id"].line,
                    remedy="give each story an id of its own, or none",
                )
            )
            return None
    return entry


def _name_duplicate(run: Run, path: str, story: Story, entry: Entry, other: str) -> None:
    same = decide.reads_as(story, entry)
    what = "published once" if same else "but in other words: that page's are published"
    remedy = "delete one of the two files"
    if not same:
        remedy = f"put the right words into {other}, and delete this file"
    told = run.tally.notices if same else run.tally.problems
    told.append(
        describe(f"the same article as {other}, {what}", file=path, line=story.line, remedy=remedy)
    )


def _other_pages(run: Run, path: str, entry: Entry | None, story: Story) -> list[str]:
    """The pages, other than the one at ``path``, that are there and hold the same article."""
    if entry is None:
        return []
    wanted = identity.story_alias(story)
    others = []
    for page in entries.pages_of(run.connection, entry.id):
        if page != path and page in run.present:
            # by now, another story may have been saved under that name
            reading = readings.find(run.connection, page)
            article = run.applied(reading).article if reading else None
            if article is None:
                continue
            name = identity.story_alias(article)
            named = entries.find(run.connection, [name]).get(name)
            if name == wanted or (named is not None and named.id == entry.id):
                others.append(page)
    return others


def _latest(run: Run, pending: Pending, found: list[Story], *, fresh: bool) -> None:
    """Enters the headlines of a list, its order kept by their moments."""
    unique: dict[identity.Alias, Story] = {}
    for story in found:
        first = unique.setdefault(identity.story_alias(story), story)
        if fresh and first.title != story.title:
            run.tally.notices.append(
                describe(
                    f"'{story.title}' has the words and the day of line {first.line}, "
                    "and is left out",
                    file=pending.path,
                    line=story.line,
                    remedy="if it is another story, write it in other words",
                )
            )
    known = entries.find(run.connection, unique)
    days: dict[date, list[identity.Alias]] = {}
    for alias, story in unique.items():
        if story.published:
            days.setdefault(story.published.day, []).append(alias)
    placed: dict[identity.Alias, datetime] = {}
    for day, names in days.items():
        when = [_known_moment(run, unique[name], known.get(name)) for name in names]
        placed |= zip(
            names, moments.place(day, when, pending.modified, run.now, run.zone), strict=True
        )
    for rank, (alias, story) in enumerate(unique.items(), start=1):
        moment = decide.Moments(run.now, placed.get(alias), None, rank)
        verdict = decide.recognise(story, None, known.get(alias), moment)
        _apply(run, story, verdict, moment, (alias,), known)


def _known_moment(run: Run, story: Story, entry: Entry | None) -> datetime | None:
    if entry is not None:
        return entry.published
    if story.published and story.published.precision != "day":
        return dates.stated_moment(story.published, run.zone)
    return None


def _moment(run: Run, pending: Pending, story: Story) -> datetime | None:
    if story.published is None:
        return None
    if story.published.precision == "day":
        moment = moments.anchor(story.published.day, pending.modified, run.now, run.zone)
    else:
        moment = dates.stated_moment(story.published, run.zone)  # not in the future: that is held
    return decide.released(moment, story, run.zone)


def _captured(run: Run, pending: Pending) -> datetime | None:
    reading: Reading = pending.reading
    if reading.captured is None:
        return None
    if line := decide.future_capture(reading, pending.path, run.today):
        run.tally.notices.append(line)
        return None
    return moments.anchor(reading.captured.day, pending.modified, run.now, run.zone)


def _apply(
    run: Run,
    story: Story,
    verdict: decide.Verdict,
    when: decide.Moments,
    names: tuple[identity.Alias, ...],
    known: dict[identity.Alias, Entry],
) -> None:
    """Stores what was decided; ``known`` are the entries that ``names`` name until now."""
    match verdict:
        case decide.New():
            attempt = 1
            while entries.exists(
                run.connection, minted := identity.mint(run.site.authority, story, attempt)
            ):
                attempt += 1
            entry = decide.enter(story, minted, when)
            entries.add(run.connection, entry, run.revision)
            run.tally.entered += 1
        case decide.Corrected(entry=entry):
            entries.replace(run.connection, entry)
            run.tally.corrected += 1
        case decide.Same(entry=entry):
            if entry not in known.values():  # nothing that readers see, but newer evidence
                entries.replace(run.connection, entry)
    entries.name(run.connection, entry.id, [name for name in names if name not in known])
    for name in names:
        # a page's alias follows its article; by any other, an entry stays known for ever
        if name.kind == "page" and name in known and known[name].id != entry.id:
            entries.rename(run.connection, entry.id, name)
