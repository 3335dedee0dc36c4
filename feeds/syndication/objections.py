"""Why single entries are held by the gate, while all others are published.

Pure, like the whole gate. It comes last, and trusts nothing that was done before: whatever
is wrong with an entry here was overlooked there.

Rules
- Addresses are absolute: an entry's link, its picture, and every link and picture in its text.
- No date is before the year 1000, or later than the time of the run and a day, or has the
  entry changed before it was published.
- Nothing that is embargoed, or has to be paid for, is in a public text or address (``guard``).
- Two entries have neither one id nor one page in the app; the one that came first stays.
- An entry that readers have just as it is isn't judged again: what is out is out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from feeds.model import Entry, EntryId
from feeds.model.problem import Problem
from feeds.syndication.guard import Guard, short
from feeds.syndication.spoken import Spoken
from feeds.syndication.written import attributes
from feeds.text import dates, urls

_LEEWAY = timedelta(days=1)  # clocks and zones differ, and a stated day may end tomorrow
_NO_PLACE = ("mailto:", "tel:")


def entry_objections(
    members: Sequence[Entry],
    published: Mapping[EntryId, Entry],
    links: Mapping[EntryId, str],
    guard: Guard,
    now: datetime,
    spoken: Spoken | None = None,
) -> dict[EntryId, Problem]:
    """The entries among ``members`` that must not be published, and why, for their editor.

    Of several reasons the first has the code.

    ``members`` are those of all feeds, in any order, also several times; ``published`` the
    entries that readers have now, as they have them. ``links`` says for each member where
    its item leads. ``now`` is aware. Two entries of one id are both held. ``spoken`` is what
    readers have, asked only if something is suspected; without it, that is ``published``.
    """
    fresh = {entry.id: entry for entry in members if published.get(entry.id) != entry}
    if not fresh:
        return {}
    leaking = guard.leaks(fresh.values(), links, spoken or Spoken(published.values))
    doubled = _doubled(members, published)
    held = {}
    for entry_id, entry in fresh.items():
        leak = leaking.get(entry_id)
        whys = {
            **({leak.code: leak.why} if leak else {}),
            "impossible-moment": _date(entry, now),
            "broken-address": _address(entry, links[entry_id]),
            "id-taken": doubled.get(entry_id, ""),
        }
        if found := {code: why for code, why in whys.items() if why}:
            held[entry_id] = objection(next(iter(found)), "; ".join(found.values()))
    return held


def objection(code: str, why: str) -> Problem:
    """That an entry is held, and ``why``."""
    remedy = "mend the page; all else is published"
    return Problem(code, why, remedy=remedy, weight="hold")


def told_of(entry: Entry, why: Problem) -> Problem:
    """What the gate has against ``entry``, with its headline."""
    return msgspec.structs.replace(why, what=f"'{entry.title}' is held: {why.what}")


def _address(entry: Entry, link: str) -> str:
    places = [("it leads to", link)]
    if entry.image is not None:
        places.append(("its picture is", entry.image.url))
    places += [("its enclosure is", enclosure.url) for enclosure in entry.enclosures]
    for name, value in attributes(entry.content):
        if name == "href" and not value.lower().startswith(_NO_PLACE):
            places.append(("its text links to", value))
        elif name == "src":
            places.append(("its text shows", value))
    for what, url in places:
        try:
            urls.checked(url)
        except ValueError as error:
            return f"{what} '{short(url)}': {error}"
    return ""


def _date(entry: Entry, now: datetime) -> str:
    dated = [("published", entry.published), ("updated", entry.updated)]
    for name, moment in dated:
        if moment is not None and moment > now + _LEEWAY:
            return f"it is {name} in the future, on {moment.date()}"
        if moment is not None and moment.year < dates.FIRST_YEAR:
            return f"it is {name} in the year {moment.year}"
    if entry.published is not None and entry.updated < entry.published:
        return f"it changed on {entry.updated.date()}, before it was published"
    return ""


def _doubled(members: Iterable[Entry], published: Mapping[EntryId, Entry]) -> dict[EntryId, str]:
    """Entries whose id, or whose page in the app, another entry has that came before."""
    owners: dict[str, Entry] = {}
    doubled: dict[EntryId, str] = {}
    for entry in sorted(members, key=lambda entry: (entry.id not in published, entry.entered)):
        page = "" if entry.url else entry.hash
        for name, what in ((entry.id, "id"), (entry.guid, "guid"), (page, "page")):
            first = owners.setdefault(name, entry) if name else entry
            if first != entry:
                why = f"it has the {what} of '{short(first.title)}' ({first.id})"
                doubled.setdefault(entry.id, why)
    return doubled
