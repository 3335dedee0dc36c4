"""The last look at a revision's documents before subscribers get them.

Pure: it is given the documents about to be published, those that are public, and what the
revision does to entries, and answers with objections, each of which concerns the revision
as a whole: nothing is published, and the documents of before stay. What is wrong with
single entries is ``objections``' business.

Rules
- A document that readers' programs can't read is never published. Every other objection may be
  a mistake of the gate: a person who means it overrides it by its name.
- What a newsroom does by hand is no accident: nothing is objected to because of fewer than
  ``FEW`` entries, but that a document would be empty, or that a partner would go on showing what
  other filters take out of its feed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from feeds.entries.cuts import begins
from feeds.entries.identity import substance
from feeds.entries.verdicts import IMPORTED
from feeds.model import ACCEPTABLE, Document, Entry, Kind
from feeds.model.problem import Problem
from feeds.syndication import contents
from feeds.syndication.contents import Item
from feeds.text.words import words

FEW = 6
"""One more than the small examples that people try first have; a person still sees all of them."""
_MANY_CORRECTIONS = 10
"""A desk mends a whole short list in one go, but hardly ten stories."""
_MOST_AT_FIRST = 200
"""More articles than a newsroom's current pages have: that is an archive."""
_LOST = 1 / 3  # of the entries that belong in a document: no filter or limit explains it
_REPEATED = 1 / 5  # of what is new: some headlines return every day
_REDATED = 1 / 2
_CORRECTED = 1 / 2
_EXAMPLES = 3
_SHOWN = 60


def objection(name: str, what: str) -> Problem:
    """Why nothing is published.

    ``name`` is one of ``ACCEPTABLE``; or "malformed" or "repeated", which nothing overrides.
    """
    remedy = "this is a fault of the program: please report it"
    if name in ACCEPTABLE:
        remedy = f"publish again with '--accept {name}' if this is meant"
    return Problem(name, what, remedy=remedy, weight="error")


class Arrival(NamedTuple):
    """An entry that is new."""

    title: str
    kind: Kind


class Change(NamedTuple):
    """What a revision does to entries.

    ``entered``: the entries that are new, without those that go to archives only;
    ``known_titles``: the words (``words.words``) of the distinctive headlines that entries had
    before this revision, as far as they are of about the same days and language;
    ``corrected``: entries as readers have them, and as they will be;
    ``clocked``: ids and guids of those of which only the day was known, and now the clock too;
    ``gone``: ids and guids of what is taken away on purpose (retracted, erased, merged, archived);
    ``aged``: what a feed of the last hours has no more for its age, by the feed's name, likewise;
    ``partners``: the names of partners' and keyed feeds whose settings are as they were, and of
    those of corrections. What these have and lack is by rules of their own, and no reason to keep
    news from readers;
    ``refiltered``: the names of partners' feeds whose filters were changed;
    ``limits``: how many of its newest entries a feed always has, by name; without the feeds whose
    rules of selection were changed, since other entries are to be expected there;
    ``is_first``: nothing was ever published, as far as is known.
    """

    entered: Sequence[Arrival] = ()
    known_titles: Collection[str] = frozenset()
    corrected: Sequence[tuple[Entry, Entry]] = ()
    clocked: Collection[str] = frozenset()
    gone: Collection[str] = frozenset()
    aged: Mapping[str, Collection[str]] = {}
    partners: Collection[str] = ()
    refiltered: Collection[str] = ()
    limits: Mapping[str, int] = {}
    is_first: bool = False


_NOTHING = Change()


def document_objections(
    made: Iterable[Document],
    before: Iterable[Document] = (),
    change: Change = _NOTHING,
    accepted: Collection[str] = (),
) -> list[Problem]:
    """Why ``made`` must not take the place of ``before``; empty if it may.

    ``accepted`` are names of objections that are not raised. An objection is raised once for a
    feed, by the first of its formats.
    """
    raised: dict[tuple[str, str], Problem] = {}
    parsed: list[tuple[Document, list[Item]]] = []
    for document in made:
        name = f"{document.feed}.{document.format}"
        try:
            items = contents.items(document)
        except contents.UNREADABLE as error:
            what = f"{name} is not well-formed: {error}"
            raised["malformed", name] = objection("malformed", what)
            continue
        parsed.append((document, items))
        for entry_id, count in Counter(item.id for item in items).items():
            if count > 1:
                what = f"{name} holds the id {entry_id} {count} times"
                raised[f"repeated {entry_id}", name] = objection("repeated", what)
    public = {(document.feed, document.format): document for document in before}
    shown = {item.id for _, items in parsed for item in items}
    reworded = {
        name
        for was, after in change.corrected
        for name in _names(after)
        if name in shown and _reworded(was, after)
    }
    for document, items in parsed:
        old = public.get((document.feed, document.format))
        is_compared = document.feed not in change.partners
        if old is not None and old.etag != document.etag and is_compared:
            limit = change.limits.get(document.feed, 0)
            aged = change.aged.get(document.feed, ())
            known = [item for item in _known(old) if item.id not in aged]
            found = [*_compared(known, items, limit, change, reworded)]
            if document.feed in change.refiltered:
                found += _filtered(known, items, change)
            for name, what in found:
                told = f"{document.feed}.{document.format} {what}"
                raised.setdefault((name, document.feed), objection(name, told))
    for name, what in _of_all(change):
        raised[name, ""] = objection(name, what)
    order = ("malformed", "repeated", *ACCEPTABLE)
    overridden = {name for name in ACCEPTABLE if name in accepted}
    return sorted(
        (problem for problem in raised.values() if problem.code not in overridden),
        key=lambda problem: order.index(problem.code),
    )


def _compared(
    old: list[Item], new: list[Item], limit: int, change: Change, reworded: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Names of objections to a document, and what was seen, given its items before and after."""
    after = {item.id: item for item in new}
    missing = [item for item in old if item.id not in after and item.id not in change.gone]
    if missing and not new:
        corrected = {name for _, entry in change.corrected for name in _names(entry)}
        # a story that was put right may belong in another section
        if len(missing) >= FEW or any(item.id not in corrected for item in missing):
            yield "empty", f"would have none of its {len(old)} entries left"
        return
    kept = [item for item in old if item.id in after]
    fresh = after.keys() - {item.id for item in kept}
    looks = {look for item in new if item.id in fresh for look in _looks(item)}
    renamed = [item for item in missing if not looks.isdisjoint(_looks(item))]
    if _are_many(renamed, min(len(old), len(new)), _LOST):
        yield "ids", f"would give another id to {_of(renamed, old)}"
    belonging = _belonging(old, new[:limit], after)
    lost = [item for item in belonging if item.id not in after and item.id not in change.gone]
    if _are_many(lost, len(belonging), _LOST):
        yield "ids", f"would lack {_of(lost, belonging)} that belong in it"
    dated = [item for item in kept if item.date is not None and item.id not in change.gone]
    shifted = [item for item in dated if after[item.id].date != item.date]
    moved = [item for item in shifted if item.id not in change.clocked]
    if _are_many(moved, len(dated), _REDATED):
        yield "dates", f"would change the date of {_of(moved, dated)}"
    changed = [item for item in kept if item.id in reworded]
    if len(kept) >= _MANY_CORRECTIONS and _are_many(changed, len(kept), _CORRECTED):
        yield "corrections", f"would change the words of {_of(changed, kept)}"


def _filtered(old: list[Item], new: list[Item], change: Change) -> Iterator[tuple[str, str]]:
    """That other filters would take stories away which a partner has, and would not hear of."""
    after = {item.id: item for item in new}
    lost = [
        item
        for item in _belonging(old, new, after)
        if item.id not in after and item.id not in change.gone
    ]
    if lost:
        yield "filters", f"would lack {_of(lost, old)}, which the partner has, by its new filters"


def _belonging(old: list[Item], newest: list[Item], after: Mapping[str, Item]) -> list[Item]:
    """Those of ``old`` that are newer than the last one of it that is still among the ``newest``.

    Nothing but being taken away keeps them out; older ones may have been pushed out. What has
    got another date says nothing about its neighbours.
    """
    still = {item.id for item in newest}
    fixed = [item.id in still and after[item.id].date == item.date for item in old]
    return old[: len(fixed) - fixed[::-1].index(True)] if True in fixed else []


def _of_all(change: Change) -> Iterator[tuple[str, str]]:
    """Names of objections to what is new, and what was seen."""
    known = [entry for entry in change.entered if words(entry.title) in change.known_titles]
    if _are_many(known, len(change.entered), _REPEATED):
        told = _of(known, change.entered)
        yield "flood", f"known headlines would come again as new entries: {told}"
    articles = sum(entry.kind == "article" for entry in change.entered)
    if change.is_first and articles > _MOST_AT_FIRST:
        yield (
            "first-load",
            f"this first revision has {articles} articles, more than {_MOST_AT_FIRST}: "
            "old pages are better published with --as-archive",
        )


def _names(entry: Entry) -> set[str]:
    """What an entry is called in documents: RSS and JSON Feed say its guid, if it has one."""
    return {entry.id, entry.guid} - {""}


def _reworded(was: Entry, now: Entry) -> bool:
    """Whether words of an entry changed; a headline that gets its text is as it was.

    So is one that was cut short, and is whole now. What came with a feed that was taken over is
    completed by its first page: such a feed often has no more than excerpts.
    """
    before, after = substance(was), substance(now)
    if before[0] != after[0] and not begins(was.title, now.title):
        return True
    is_completed = _is_imported(was) and not _is_imported(now)
    return was.kind == "article" and before != after and not is_completed


def _is_imported(entry: Entry) -> bool:
    """Whether all that is known of an entry is from a feed that was taken over."""
    return bool(entry.evidence) and all(
        source.file.startswith(IMPORTED) for source in entry.evidence.values()
    )


def _looks(item: Item) -> list[tuple[str, str]]:
    """By what an item is taken for the same under another id."""
    title = words(item.title) or item.title
    return [(title, item.link), *([(title, item.date.isoformat())] if item.date else [])]


def _are_many(some: Sequence[object], among: int, share: float) -> bool:
    return len(some) >= FEW and len(some) > share * among


def _of(some: Sequence[Item] | Sequence[Arrival], among: Sequence[object]) -> str:
    """How many, and which for example."""
    titles = [item.title for item in some[:_EXAMPLES]]
    quoted = ", ".join(f"'{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}'" for text in titles)
    return f"{len(some)} of {len(among)} entries ({quoted}{', …' if len(some) > _EXAMPLES else ''})"


def _known(document: Document) -> list[Item]:
    """What is in a document that is public; nothing if that can't be told."""
    try:
        return contents.items(document)
    except contents.UNREADABLE:
        return []
