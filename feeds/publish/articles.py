"""The second half of a publish: readings become entries.

The shell around ``recognise``: it asks the index what could be the same story, places new
stories in time, mints ids, and tells the index what ``recognise`` says. Pages are decided one by
one in the order (captured, path), each by what is known by then and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from feeds.entries import holds, identity, placing, recognise, verdicts
from feeds.entries.identity import url_names
from feeds.ledger import doubts
from feeds.ledger.changes import Settled
from feeds.ledger.holds import HeldStory
from feeds.ledger.readings import Pending
from feeds.model import Entry, Reading, Story
from feeds.model.problem import Problem
from feeds.publish import latest
from feeds.publish.duplicates import claimed, name_duplicate, other_pages, unless_outdated
from feeds.publish.effects import Effects
from feeds.publish.index import Asked, Index
from feeds.publish.moments import Seen, seen
from feeds.publish.naming import name_article, tell_of_fights
from feeds.publish.run import Run
from feeds.publish.verdicts import (
    apply,
    local_alias,
    span_of,
)
from feeds.text import dates


def decide_page(run: Run, index: Index, pending: Pending, *, again: bool = False) -> None:
    """Decides every story of one reading, and settles it.

    Statements are applied to the reading in ``pending`` already. ``again``: the page is the same,
    and something else was stated about it.
    """
    article = pending.reading.article
    known = seen(pending, run.now, again=again)
    articles = [article] if article else []
    _decide(run, index, pending, known, articles, fresh=not again, settle=True)


def decide_held(run: Run, index: Index, pending: Pending) -> None:
    """Tries the held stories of a reading again; what was decided before stays as it is.

    Statements are applied to the reading in ``pending`` already.
    """
    lines = {story.line for story in index.held(pending.path)}
    article = pending.reading.article
    # headlines are told apart by the ledger itself: one that is known stays as it is
    held = [article] if article and article.line in lines else []
    _decide(run, index, pending, seen(pending, run.now, again=False), held, fresh=False)


def decide_again(run: Run, index: Index, pending: Pending, articles: list[Story]) -> None:
    """Settles a page that was read again, of whose articles only ``articles`` are undecided.

    Statements are applied to the reading in ``pending`` already.
    """
    known = seen(pending, run.now, again=True)
    _decide(run, index, pending, known, articles, fresh=False, settle=True)


def _decide(
    run: Run,
    index: Index,
    pending: Pending,
    when: Seen,
    articles: list[Story],
    *,
    fresh: bool,
    settle: bool = False,
) -> None:
    """Decides ``articles`` and the list of one reading; ``fresh``: for the first time.

    ``settle``: the page counts as decided even if no other story is held than before.
    """
    before = {story.line: story for story in index.held(pending.path)}
    is_old = run.source.listed.is_superseded(pending.path)
    kept_out: list[HeldStory] = []
    admitted: list[Story] = []
    for story in (*articles, *_list(run, pending)):
        verdict = holds.why_held(story, run.site.undated, run.now, run.zone)
        if verdict is None:
            admitted.append(story)
            continue
        if is_old:
            continue  # what keeps it out is its newest version's to say
        out = _published_before(index, pending.path, story)
        if out and verdict.code == holds.EXPIRED:  # readers had it, and are to have it no more
            admitted.append(msgspec.structs.replace(story, status="retracted"))
            continue
        is_meant = holds.is_meant(verdict.code, is_out=bool(out))
        if out:
            stays = "what was published before stays, unless you type"
            back = " and ".join(f"feeds retract {entry.hash}" for entry in out)
            verdict = verdict._replace(remedy=f"{stays}: {back}; {verdict.remedy}")
        known = before.get(story.line)
        told = known is not None and (known.code, known.until) == (verdict.code, verdict.until)
        kept_out.append(
            HeldStory(
                path=pending.path,
                line=story.line,
                title=story.title,
                code=verdict.code,
                why=verdict.why,
                remedy=verdict.remedy,
                until=verdict.until,
                since=known.since if known is not None and told else run.now,
            )
        )
        if not told:
            _tell(index, pending.path, story, verdict, is_meant=is_meant)
    for story in admitted:
        if story.kind == "article":
            _article(run, index, pending, story, when, fresh=fresh)
    headlines = [story for story in admitted if story.kind == "headline"]
    latest.decide_list(run, index, pending, headlines, when, fresh=fresh)
    if settle or {story.line: story for story in kept_out} != before:
        settled = _settled(run, pending, kept_out, is_old=is_old)
        index.settle(settled._replace(had_held=bool(before)))


def _settled(run: Run, pending: Pending, kept_out: list[HeldStory], *, is_old: bool) -> Settled:
    """What is noted of a page that was decided; ``is_old``: there is a newer version of it."""
    applied = run.source.outside.hash_of(pending.path)
    article = pending.reading.article
    if article is None or is_old:
        found = doubts.NOTHING if is_old else doubts.kept_of(pending.reading, unaddressed=False)
        return Settled(pending.path, kept_out, applied, secret=False, had_held=False, found=found)
    found = doubts.kept_of(pending.reading, unaddressed=identity.is_unaddressed(pending.reading))
    secret = holds.is_secret(article, run.now, run.zone)
    expires = holds.expires(article.expiry, run.zone) if article.expiry else None
    if expires and expires <= run.now:
        expires = None
    return Settled(pending.path, kept_out, applied, secret, False, found, expires)


def _tell(index: Index, path: str, story: Story, held: holds.Held, *, is_meant: bool) -> None:
    """Tells that ``story`` is held; ``is_meant``: which needs nobody."""
    told = Problem(held.code, f"held: {held.why}", story.line, held.remedy, "hold", file=path)
    if is_meant:
        what = f"kept back: {held.why}"
        told = msgspec.structs.replace(told, what=what, weight="wait")
        index.add(Effects(notices=(told,)))
    else:
        index.add(Effects(problems=(told,)))


def _list(run: Run, pending: Pending) -> list[Story]:
    """The lines of a page's list that may become entries: those with a date.

    The list beside an article that is kept back waits with it.
    """
    article = pending.reading.article
    if article is not None and holds.kept_back(article, run.now, run.zone):
        return []
    return [story for story in pending.reading.latest if story.published is not None]


def _published_before(index: Index, path: str, story: Story) -> list[Entry]:
    """The article of the page at ``path`` as readers have it, if they do."""
    if story.kind != "article":
        return []
    return index.shown_to_readers(identity.page_alias(path))


def asked(run: Run, pending: Pending) -> Iterator[Asked]:
    """By what the stories of a reading may be known, statements being applied to it."""
    article = pending.reading.article
    for story in (*([article] if article else []), *_list(run, pending)):
        is_article = story.kind == "article"
        names = [identity.story_alias(story)]
        if is_article:
            names.append(identity.page_alias(pending.path))
        if story.url and (url := identity.story_url(run.site, story.url)):
            names += url_names(run.site, url)
        if story.id:
            names.append(identity.explicit_alias(story))
        if local := local_alias(run, story):
            names.append(local)
        names += [name for url in story.former_urls for name in url_names(run.site, url)]
        minted = identity.mint(run.site.authority, story)
        yield Asked(names, story.title, minted, is_article, span_of(run, story))


def _article(
    run: Run, index: Index, pending: Pending, story: Story, seen: Seen, *, fresh: bool
) -> None:
    named = name_article(run, index, pending.path, story)
    story, known = named.story, named.known
    now = seen.of_story(story, run.zone)
    published = _moment(seen.modified, now, story, run.zone)
    when = verdicts.Moments(now, published, _captured(run, index, pending, seen), 0, run.zone)
    if owner := claimed(run, index, pending.path, story, named.found):
        verdict = verdicts.compare(story, owner, when, "the id that its page claims")
    else:
        accepted = recognise.accepted(story, known, run.zone)
        tell_of_fights(index, pending.path, story, accepted)
        others = other_pages(run, index, pending.path, known.headline, story)
        verdict = recognise.recognise(story, known, when, alone=not others)
        told = known.headline.id if known.headline is not None and others else None
        if isinstance(verdict, verdicts.Same) and verdict.entry.id == told:
            name_duplicate(index, pending.path, story, verdict.entry, others[0])
    if isinstance(verdict, verdicts.New) and not story.title:
        return  # retracted, and never known
    verdict = unless_outdated(run, index, pending, story, verdict, fresh=fresh)
    apply(run, index, pending.path, story, verdict, when, named.names, named.found)


def _moment(modified: datetime, now: datetime, story: Story, zone: ZoneInfo) -> datetime | None:
    if story.published is None:
        return None
    if story.published.precision == "day":
        moment = placing.anchor(story.published.day, modified, now, zone)
    else:
        moment = dates.stated_moment(story.published, zone)  # not in the future: that is held
    return holds.released(moment, story, zone)


def _captured(run: Run, index: Index, pending: Pending, seen: Seen) -> datetime | None:
    reading: Reading = pending.reading
    if reading.captured is None:
        return None
    if problem := holds.future_capture(reading, run.today):
        index.add(Effects(notices=(problem,)))
        return None
    if reading.fetched is not None:
        return seen.modified
    return placing.anchor(reading.captured.day, pending.modified, run.now, run.zone)
