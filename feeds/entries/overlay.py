"""Decisions laid over an entry: what its pages tell, below, is left as it is.

Rules
- Pure, and complete: the same pages and the same decisions give the same result, whichever came
  first. A later decision beats an earlier one, and each beats every page.
- Of a duplicate, the entry that is kept gets what it has not itself: text, date, link.
- Only what changes words of the title or the text moves ``updated``, and to the moment of the
  decision: a summary is the text of what has no other, and categories, pictures and the like are
  no words.
- Two that are kept apart are two, whatever merged them before; what merges them later counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from feeds.entries import identity, similarity
from feeds.model import Change, Entry, EntryId, Evidence, Hidden
from feeds.newsroom.decisions import Decision
from feeds.text import dates, urls
from feeds.text.images import image_of

_ABOUT = timedelta(days=3)
_GIVEN = (
    "authors", "author_urls", "summary", "content", "url", "categories", "tags", "image",
    "enclosures", "translations", "language",
)  # fmt: skip

_OF_TWO = {"merge", "keep-apart"}
_BESIDES = {"published": ("stated",), "categories": ("tags",)}
"""What is corrected together with a field."""


class Decreed(NamedTuple):
    """A decision about entries that are known. ``when`` is when it was made, in UTC."""

    decision: Decision
    when: datetime
    entry: EntryId
    duplicate: EntryId | None

    @property
    def is_apart(self) -> bool:
        """Whether it says that two entries are two."""
        return self.decision.action == "keep-apart"


def decree(
    decision: Decision, when: datetime, entry: EntryId | None, duplicate: EntryId | None
) -> Decreed | None:
    """What is decreed about the entries that ``decision`` names; None while one is not known."""
    if entry is None or (decision.action in _OF_TWO and duplicate is None):
        return None
    return Decreed(decision, when, entry, duplicate)


class Shown(NamedTuple):
    """An entry as readers are shown it, and why they are not.

    ``gone`` is when it went, None if its page alone says so; ``keeper`` is what it was merged into.
    """

    entry: Entry
    hidden: Hidden
    gone: datetime | None
    notice: str
    keeper: EntryId | None


def overlay(
    base: Mapping[EntryId, Entry], all_decreed: Sequence[Decreed], zone: ZoneInfo, site_url: str
) -> list[Shown]:
    """Every entry in ``base``, as the decisions in ``all_decreed``, oldest first, leave it.

    ``base`` holds all entries that they name; ``site_url`` is what addresses are seen from.
    """
    shown = {
        entry_id: Shown(entry, "retracted" if entry.withdrawn else "", None, "", None)
        for entry_id, entry in base.items()
    }
    for decreed in all_decreed:
        if decreed.decision.action == "correct":
            before, told = shown[decreed.entry], base[decreed.entry]
            if before.hidden != "erased":
                made = corrected(before.entry, told, decreed, zone, site_url)
                shown[decreed.entry] = before._replace(entry=made, notice=_notice(before, decreed))
        else:
            _decree(shown, decreed, base[decreed.entry])
    for entry_id in base:
        if shown[entry_id].hidden == "merged":
            _give(shown, entry_id, all_decreed)
    return [_finished(item) for item in shown.values()]


def _finished(item: Shown) -> Shown:
    # one that was erased has to be read again before there is anything to show
    hidden: Hidden = item.hidden if item.entry.title else "erased"
    return item._replace(hidden=hidden, entry=msgspec.structs.replace(item.entry, hidden=hidden))


def _as_told(entry: Entry, told: Entry) -> Entry:
    """``entry`` without a word of what was decided: what is erased takes that along."""
    return msgspec.structs.replace(
        told, stated=entry.stated, published=entry.published, updated=entry.updated
    )


def _decree(shown: dict[EntryId, Shown], decreed: Decreed, told: Entry) -> None:
    decision, when, entry_id, duplicate = decreed
    before = shown[entry_id]
    match decision.action:
        case "retract":
            erase = decision.erase or before.hidden == "erased"
            shown[entry_id] = before._replace(
                entry=_as_told(before.entry, told) if erase else before.entry,
                hidden="erased" if erase else "retracted",
                gone=when,
                notice=decision.notice,
                keeper=None,
            )
        case "restore":
            shown[entry_id] = before._replace(hidden="", gone=None, notice="", keeper=None)
        case "keep-apart" if duplicate is not None:
            for merged, keeper in ((entry_id, duplicate), (duplicate, entry_id)):
                if shown[merged].keeper == keeper:
                    parted = shown[merged]._replace(hidden="", gone=None, notice="", keeper=None)
                    shown[merged] = parted
        case "merge" if duplicate is not None and not _leads_to(shown, entry_id, duplicate):
            other = shown[duplicate]
            shown[duplicate] = other._replace(hidden="merged", gone=when, keeper=entry_id)


def _notice(before: Shown, decreed: Decreed) -> str:
    """What the public is told of an entry once it is corrected; of a hidden one, why it is."""
    is_new = not before.hidden and (decreed.decision.notice or "notice" in decreed.decision.undone)
    return decreed.decision.notice if is_new else before.notice


def _leads_to(shown: Mapping[EntryId, Shown], start: EntryId, end: EntryId) -> bool:
    """Whether ``start`` is, or was merged into, ``end``."""
    at: EntryId | None = start
    while at is not None:
        if at == end:
            return True
        at = shown[at].keeper
    return False


def corrected(entry: Entry, base: Entry, decreed: Decreed, zone: ZoneInfo, site_url: str) -> Entry:
    """``entry`` with what ``decreed`` corrects; ``base`` is what its pages tell.

    ``site_url`` is what addresses are seen from.
    """
    decision, when, _, _ = decreed
    fields = _fields(entry, decision, site_url)
    if decision.published and decision.published.day <= when.astimezone(zone).date():
        day = decision.published.precision == "day"
        moment = (
            min(dates.noon(decision.published.day, zone), when)
            if day
            else min(dates.stated_moment(decision.published, zone), when)
        )
        fields |= {"stated": decision.published, "published": moment}
    source = Evidence("decisions.toml", decision.line, f"decided by {decision.who or 'an editor'}")
    names = [name for name in fields if name != "stated"]
    evidence = {**entry.evidence, **dict.fromkeys(names, source)}
    for name in (one for one in decision.undone if one != "notice"):
        name = "image" if name == "alt" else name
        fields[name] = getattr(base, name)
        fields |= {other: getattr(base, other) for other in _BESIDES.get(name, ())}
        evidence.pop(name, None)
        evidence |= {name: base.evidence[name]} if name in base.evidence else {}
    made = msgspec.structs.replace(entry, **fields, evidence=evidence)
    updated = made.updated
    if identity.substance(made) != identity.substance(entry):
        updated = max(updated, when)
    return msgspec.structs.replace(made, updated=max(updated, made.published or updated))


def _fields(entry: Entry, decision: Decision, site_url: str) -> dict[str, object]:
    """The fields, but for dates, that ``decision`` gives ``entry``."""
    names = ("title", "authors", "url", "categories", "summary", "language", "rights")
    fields = {name: value for name in names if (value := getattr(decision, name))}
    image = entry.image
    if decision.image and (url := urls.absolute(site_url, decision.image)):
        image = image_of(url, decision.alt)
    elif decision.alt and image:
        image = msgspec.structs.replace(image, alt=decision.alt)
    if decision.categories and (tags := set(decision.categories) & set(entry.tags)):
        fields["tags"] = tuple(tag for tag in entry.tags if tag not in tags)
    return fields | ({"image": image} if image != entry.image else {})


def _give(shown: dict[EntryId, Shown], duplicate: EntryId, all_decreed: Sequence[Decreed]) -> None:
    """Gives what a duplicate has, and its keeper has not, to that keeper."""
    giver = shown[duplicate].entry
    keeper_id = shown[duplicate].keeper
    while keeper_id is not None and (further := shown[keeper_id].keeper):
        keeper_id = further
    if keeper_id is None:
        return
    if shown[keeper_id].hidden == "erased":  # it is the same story, and goes with it
        end = shown[keeper_id]
        shown[duplicate] = shown[duplicate]._replace(
            hidden="erased", gone=end.gone, notice=end.notice, keeper=None
        )
        return
    keeper = shown[keeper_id].entry
    has_text = bool(keeper.content)
    given = {
        name: getattr(giver, name)
        for name in _GIVEN
        if getattr(giver, name)
        and (not getattr(keeper, name) or (name == "summary" and not has_text))
    }
    evidence = {**{key: giver.evidence[key] for key in given if key in giver.evidence}}
    made = msgspec.structs.replace(keeper, **given)
    if given.get("content"):
        merges = (item for item in all_decreed if item.decision.action == "merge")
        when = max(item.when for item in merges if item.duplicate == duplicate)
        updated = max(made.updated, giver.updated, when)
        made = msgspec.structs.replace(made, kind="article", updated=updated)
    if keeper.published is None and giver.published is not None:
        made = msgspec.structs.replace(
            made,
            stated=giver.stated,
            published=giver.published,
            updated=max(made.updated, giver.published),
        )
        if "published" in giver.evidence:
            evidence["published"] = giver.evidence["published"]
    made = msgspec.structs.replace(made, evidence={**keeper.evidence, **evidence})
    shown[keeper_id] = shown[keeper_id]._replace(entry=made)


def comes_back(gone: Entry, other: Entry) -> bool:
    """Whether ``other``, under the headline of ``gone``, is that story in a list once more.

    An article of that headline is a new story, as is what is of another time or language.
    """
    return (
        other.kind == "headline"
        and (
            gone.stated is None
            or other.stated is None
            or abs(gone.stated.day - other.stated.day) <= _ABOUT
        )
        and similarity.same_language(gone.language, other.language)
    )


def cover(gone: Shown, other: Entry) -> Shown:
    """``other`` hidden as ``gone`` is, whose story it is."""
    return gone._replace(entry=msgspec.structs.replace(other, hidden=gone.hidden), keeper=None)


def succeed(before: Shown, after: Shown, now: datetime) -> Shown:
    """``after`` as it takes the place of ``before``: since when it is gone, or was updated.

    What was decided moves nothing that readers have in the same words, or get back.
    """
    if after.hidden:
        return after._replace(gone=after.gone or before.gone or now)
    entry, had = after.entry, before.entry.updated
    if not before.hidden:
        if identity.substance(before.entry) == identity.substance(entry):
            updated = max(had, entry.published or had)
        else:
            updated = entry.updated if entry.updated > had else now
        entry = msgspec.structs.replace(entry, updated=updated)
    return after._replace(entry=entry, gone=None)


def beneath(base: Entry, shown: Shown) -> Entry | None:
    """``base``, what pages tell, if that is not what is ``shown``; of an erased one it is not."""
    is_shown = not shown.hidden and base == msgspec.structs.replace(shown.entry, hidden=base.hidden)
    return None if is_shown or not base.title else base


class Became(NamedTuple):
    """What became of an entry for readers, and what there is to tell of it."""

    change: Change
    told: str


def outcome(before: Shown, after: Shown) -> Became | None:
    """What became of an entry for readers; None if that is nothing."""
    hidden = after.hidden
    if not hidden:
        if before.hidden:
            return Became("restored", "restored")
        if after.notice not in {before.notice, ""}:
            return Became("reworded", "corrected, with a notice")
        is_same = (after.entry, after.notice) == (before.entry, before.notice)
        return None if is_same else Became("reworded", "corrected")
    if (hidden, after.notice, after.gone) == (before.hidden, before.notice, before.gone):
        return None
    if hidden == "merged":
        return Became(hidden, f"merged into {after.keeper}")
    if hidden != before.hidden:
        return Became(hidden, hidden)
    other = "with another notice" if after.notice != before.notice else "at another time"
    return Became(hidden, f"{hidden}, {other}")
