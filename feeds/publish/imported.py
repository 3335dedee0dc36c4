"""Feeds that were taken over: their items become entries under the guids that they had.

Rules
- The feed lies in the newsroom's folder, and a decision names it: an empty ledger takes it over
  again, before any page is decided.
- What is known already keeps its id; the imported guid then is one more name of it.
- What comes in this way is no arrival: subscribers have it.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, MutableMapping, Sequence
from datetime import datetime
from functools import partial
from itertools import count

import msgspec

from feeds.entries import identity
from feeds.entries.identity import url_names
from feeds.ledger import decisions
from feeds.ledger.decisions import Record
from feeds.model import Entry, EntryId, Evidence, StatedDate
from feeds.model.errors import FeedsError
from feeds.model.names import Alias
from feeds.model.problem import Problem
from feeds.newsroom.decisions import Decision
from feeds.normalise import statements
from feeds.publish import later_exports
from feeds.publish.decisions import try_again
from feeds.publish.effects import Effects, total
from feeds.publish.failures import attempt_many, concerns_run, failure
from feeds.publish.index import Asked, Index
from feeds.publish.run import Run
from feeds.readers.feed import Imported, parse_feed
from feeds.readers.feed.items import CUT
from feeds.text import urls

MOST = 50


def take_over(run: Run, read: Callable[[str], bytes | None]) -> Effects:
    """Enters the items of every feed that was decided on and is not in the ledger yet.

    ``read`` gives the bytes of a feed by its path, None if it is not there, and raises FeedsError:
    it is asked for one at a time, since all of them may be large.
    """
    records = decisions.by_key(run.connection)
    outdated = later_exports.outdated(records)
    return total(
        _taken_over(run, key, record, read, is_outdated=key in outdated)
        for key, record in records.items()
        if record.decision.action == "import" and not record.done
    )


def _taken_over(
    run: Run, key: str, record: Record, read: Callable[[str], bytes | None], *, is_outdated: bool
) -> Effects:
    decision = record.decision
    try:
        data = read(decision.feed)
        if data is None:
            return Effects(problems=(_lost(decision),))
        found, odd = parse_feed(data, decision.address, decision.feed)
    except FeedsError as error:
        return Effects(problems=tuple(error.problems))
    except BaseException as error:  # whatever it is, it is this feed's
        if concerns_run(error, run.connection):
            raise
        return try_again(run, failure(error, decision.feed, "read this feed"))
    told = few([_in_export(one, decision) for one in odd])
    cut = tuple(one for one in told if one.code == CUT)
    others = tuple(one for one in told if one.code != CUT)
    effects = Effects(notices=others) + _enter_all(run, record, found, is_outdated=is_outdated)
    if effects.problems:
        return effects + try_again(run)
    decisions.mark_done(run.connection, key, told)
    return effects + Effects(problems=cut)


def _in_export(odd: Problem, decision: Decision) -> Problem:
    """What is ``odd`` of what was kept of an export, as it is of the editor's own file."""
    is_kept = decision.export and odd.file == decision.feed
    return msgspec.structs.replace(odd, file=decision.export) if is_kept else odd


def few(odd: Sequence[Problem], most: int = MOST) -> tuple[Problem, ...]:
    """``odd``, as far as anybody reads that."""
    more = len(odd) - most
    told = [Problem("more", f"… and {more:,} more like these")] if more > 0 else []
    return (*odd[:most], *told)


def _lost(decision: Decision) -> Problem:
    return Problem(
        "feed-missing",
        "this feed was taken over, and is not there",
        remedy="put it back",
        file=decision.feed,
    )


def _enter_all(
    run: Run, record: Record, found: Sequence[Imported], *, is_outdated: bool
) -> Effects:
    decision = record.decision
    dated = [item.published or item.updated for item in found]
    # one without any date is as old as the oldest: it must not come in as the newest
    oldest = min((moment for moment in dated if moment), default=record.decided)
    new: dict[EntryId, None] = {}
    in_order = sorted(found, key=lambda item: item.published or item.updated or oldest)

    def enter_some(some: Sequence[Imported]) -> tuple[int, Effects]:
        index = Index(run.connection, run.revision, run.now)
        items = [_Item(run, record, item, is_outdated=is_outdated) for item in some]
        index.gather(item.asked for item in items)
        made = ChainMap[EntryId, None]({}, new)
        known = sum(not _enter(run, index, item, oldest, made) for item in items)
        effects = index.write()
        new.update(made.maps[0])  # all of it is there now: what is undone raised
        return known, effects

    watched = run.order.watch(in_order, "taking items over")
    made = attempt_many(run, watched, enter_some, partial(_left_out, decision))
    effects = total(effects for _, effects in made)
    effects = msgspec.structs.replace(effects, notices=few(effects.notices))
    if known := sum(known for known, _ in made):
        told = Problem(
            "items-known",
            f"{known} of {len(found)} items are known here under other ids, which they keep",
            remedy="import a feed before its pages are published, and nobody sees one twice",
            file=decision.feed,
        )
        effects += Effects(notices=(told,))
    return effects


def _left_out(decision: Decision, item: Imported, error: BaseException) -> tuple[int, Effects]:
    what = f"take over '{item.title}'"
    return 0, Effects(problems=(failure(error, decision.feed, what),))


class _Item:
    """An item by what it is called here: its ``url``, date, and ``names``."""

    def __init__(self, run: Run, record: Record, item: Imported, *, is_outdated: bool) -> None:
        self.record, self.item, site = record, item, run.site
        self.is_outdated = is_outdated
        url = urls.rewritten(item.url, site.former_urls, site.site_url) if item.url else None
        if url and (
            urls.is_home(url, site.site_url, site.former_urls) or url.startswith(site.feeds_url)
        ):
            url = None
        self.url = url
        self.stated: StatedDate | None = None
        if item.published:
            local = item.published.astimezone(run.zone)
            self.stated = StatedDate(local.isoformat(timespec="seconds"), "second")
        self.day = self.stated.day if self.stated else None
        self.names = [Alias("imported", item.guid)] if item.guid else []
        self.names += url_names(site, url) if url else ()
        if self.day:
            self.names.append(identity.headline_alias(item.title, self.day))
        self.is_id = bool(statements.ID.fullmatch(item.guid))
        self._authority = site.authority

    @property
    def asked(self) -> Asked:
        """By what the ledger may know the item."""
        return Asked(self.names, "", self.id(0 if self.is_id else 1), is_article=True)

    def id(self, attempt: int) -> EntryId:
        """What it may be called, at the ``attempt`` with this number."""
        if not attempt:
            return EntryId(self.item.guid)
        return identity.mint_for(self._authority, self.day, self.item.title, attempt)


def _enter(
    run: Run, index: Index, called: _Item, oldest: datetime, new: MutableMapping[EntryId, None]
) -> bool:
    """Enters an item, and its id into ``new``; False if it is there already under another id."""
    decision, item, names = called.record.decision, called.item, called.names
    taken = index.named(names)
    # one headline may stand twice in a feed: there, guids and links tell items apart
    own = {name for name, entry in taken.items() if name.kind == "headline" and entry.id in new}
    taken = {name: entry for name, entry in taken.items() if name not in own}
    if taken:
        entry = next(taken[name] for name in names if name in taken)
        free = [name for name in names[:2] if name not in taken]
        index.name(entry.id, free)
        if item.guid and names[0] in taken:
            later_exports.bring_up_to_date(
                run, index, entry, item, called.record, is_outdated=called.is_outdated
            )
        return not item.guid or item.guid in {entry.id, entry.guid}
    attempts = count(0 if called.is_id else 1)
    entry_id = next(made for one in attempts if not index.is_minted(made := called.id(one)))
    source = Evidence(decision.feed, 0, "an item of the feed that was taken over")
    fields = (
        "title", "published", "url", "authors", "author_urls", "content", "summary", "categories",
        "tags", "image", "enclosures", "translations",
    )  # fmt: skip
    is_paid = item.access == "paid"
    entry = Entry(
        id=entry_id,
        guid=item.guid if item.guid != entry_id else "",
        kind="article" if item.content or item.summary or is_paid else "headline",
        title=item.title,
        entered=run.now,
        updated=max(item.updated or oldest, item.published or oldest),
        stated=called.stated,
        published=item.published,
        captured=None if item.published else item.updated or oldest,
        authors=item.authors,
        summary=item.summary,
        content=item.content,
        url=called.url,
        language=item.language,
        categories=item.categories,
        tags=item.tags,
        image=item.image,
        enclosures=item.enclosures,
        author_urls=item.author_urls,
        translations=item.translations,
        access=item.access,
        evidence={name: source for name in (*fields, "updated") if getattr(item, name)},
        standing="loaded",
    )
    if item.updated is None:
        entry = run.spaced(entry, None)
    else:  # its subscribers have it
        run.updates.add(entry.updated)
    index.enter(entry)
    # the last of the URL's names are of where the site was before
    index.name(entry.id, [name for name in dict.fromkeys(names) if name not in own])
    new[entry.id] = None
    index.note(entry.id, "imported", f"taken over from {decision.feed}")
    index.add(Effects(entered=1, new=(entry.id,)))
    return True
