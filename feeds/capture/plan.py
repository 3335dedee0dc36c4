"""What of a site is to be fetched, and why: a decision about each address, which asks nothing.

Rules
- New is what isn't known; what the site says was changed since, if it says so; and for a while what
  it says nothing of, after pauses that grow with its age.
- What the site itself dates back further than so many days is let be, but for the newest few: a
  paper that is read once a month has feeds, too.
- What was fetched in vain waits, longer each time: a site that calls all its pages new each day
  costs no more than one that is right.
- A change that the site tells ends the wait for a look, and that for what was gone; and so does a
  sitemap that names again what it named no more.
- Newest first; what has no date, in the order in which it is named, behind what has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal, NamedTuple

from feeds.capture.discovery import Candidate
from feeds.capture.state import Known
from feeds.text import dates

Why = Literal["new", "changed", "again", "gone", "failed", "unlisted"]
"""Why something is fetched: *again* to see whether it changed; *gone* and *failed* to see whether
it still is; *unlisted*: its sitemap names it no more."""
LetBe = Literal["known", "waiting", "older", "taken-out"]
"""Why something is not."""

_FIRST_LOOK = timedelta(hours=1)
_LAST_LOOK = timedelta(days=7)
_IN_VAIN = timedelta(hours=1)
_LONGEST = timedelta(days=30)
_AFTER_FAILURE = timedelta(minutes=15)
GONE_AGAIN = timedelta(hours=6)
"""So long after a page was gone it is asked for once more, before it is said to be gone."""
GUESSED_AGAIN = timedelta(days=7)
"""So long after it was looked for where it usually is, and was not there."""
_DOUBLINGS = 12


class Wanted(NamedTuple):
    """An address that is to be fetched. ``day`` is the site's date of it, "" if there is none.

    ``is_dated``: a list or feed of the site has it among stories, with its date.
    """

    address: str
    why: Why
    day: str = ""
    changed: str = ""
    found_in: str = ""
    is_dated: bool = False


def day_of(candidate: Candidate) -> str:
    """The day, in ISO 8601, that its site says it is of, or was changed at; empty if unknown."""
    if candidate.published:
        return candidate.published.iso
    stated = dates.parse_machine_date(candidate.changed)
    return stated.iso if stated else ""


def tells(changed: str) -> bool:
    """Whether the site says when something changed, to the minute at least."""
    stated = dates.parse_machine_date(changed)
    return stated is not None and stated.precision != "day"


def is_after(changed: str, published: str, zone: tzinfo) -> bool:
    """Whether ``changed`` is a minute later than ``published`` at least, or a day if it has none.

    Sitemaps of many programs have the moment of publishing in the place of a change. Dates are in
    ISO 8601, those that say no offset in ``zone``; there is nothing to compare with an empty one.
    """
    stated = dates.parse_machine_date(changed)
    if not published or stated is None:
        return True
    if "T" not in published:
        return stated.iso[:10] > published[:10]
    moments = [datetime.fromisoformat(one) for one in (stated.iso, published)]
    later, before = (one if one.tzinfo else one.replace(tzinfo=zone) for one in moments)
    return later.replace(second=0, microsecond=0) > before


def judged(
    candidate: Candidate, address: str, known: Known | None, now: datetime
) -> Wanted | LetBe:
    """Whether what is at ``address`` is to be fetched, of which all that is known is ``known``."""
    is_dated = candidate.published is not None
    said = (day_of(candidate), candidate.changed, candidate.found_in, is_dated)
    wanted = Wanted(address, "new", *said)
    if known is None:
        return wanted
    if known.came == "taken-out":
        return "taken-out"
    if known.due and known.due > now and not _ends_wait(candidate, known, now):
        return "waiting"
    if known.came == "older":
        return "older" if candidate.found_in == known.found_in else wanted
    if known.came == "undated" and is_dated:
        return wanted
    if known.came in {"gone", "vanished"}:
        return wanted._replace(why="gone")
    if known.came == "failed":
        return wanted._replace(why="failed")
    if candidate.changed and candidate.changed != known.changed:
        return wanted._replace(why="changed")
    return "known"


def _ends_wait(candidate: Candidate, known: Known, now: datetime) -> bool:
    """Whether ``candidate`` says something of a page that need not wait until it is due."""
    is_changed = tells(candidate.changed) and candidate.changed not in {known.changed, known.said}
    if known.came in {"saved", "same"}:
        # of a page that was found on disk nobody knows what was said of it when it was fetched
        return is_changed and bool(known.changed) and known.again and not known.tries
    if known.came in {"gone", "vanished"} and known.asked:
        is_back = bool(candidate.found_in) and not known.found_in
        return (is_changed or is_back) and now >= after_failure(known.tries, known.asked)
    return False


def due(known: Iterable[Known], now: datetime) -> list[Wanted]:
    """What is to be asked for again though nothing names it."""
    found = []
    for one in known:
        if one.again and one.due and one.due <= now:
            why: Why = (
                "gone" if one.came == "gone" else "failed" if one.came == "failed" else "again"
            )
            said = one.said or one.changed
            found.append(Wanted(one.address, why, one.found.isoformat(), said, one.found_in))
    return found


def in_order(wanted: Iterable[Wanted]) -> list[Wanted]:
    """The newest first, then what has no date."""
    return sorted(wanted, key=lambda one: one.day, reverse=True)


def is_old(day: str, now: datetime, days: int) -> bool:
    """Whether the site itself dates something back further than ``days``."""
    return bool(day) and day[:10] < (now - timedelta(days=days)).date().isoformat()


def is_recent(found: datetime, now: datetime) -> bool:
    """Whether a page that was first seen at ``found`` is one that people still look for."""
    return now - found < _LONGEST


def since(day: str, now: datetime) -> datetime:
    """How old a page is at least that is seen for the first time: as the site dates it, if it does.

    Or all that is on a site when somebody looks first would be looked at again at once.
    """
    try:
        moment = datetime.fromisoformat(day)
    except ValueError:
        return now
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(moment.astimezone(UTC), now)


def next_look(found: datetime, now: datetime) -> datetime | None:
    """When to see again whether a page changed of which nobody says so; None for never.

    It is as old as ``found``.
    """
    age = now - found
    return None if age >= _LAST_LOOK else now + max(_FIRST_LOOK, age)


def after_vain(tries: int, now: datetime) -> datetime:
    """Until when a page is let be that was fetched ``tries`` times in a row without a change."""
    return now + min(_IN_VAIN * (1 << min(tries, _DOUBLINGS)), _LONGEST)


def after_failure(tries: int, now: datetime) -> datetime:
    """Until when an address is let be that failed ``tries`` times in a row."""
    return now + min(_AFTER_FAILURE * (1 << min(tries, _DOUBLINGS)), _LONGEST)


def is_current(newest: str, now: datetime) -> bool:
    """Whether a list that names things as new as ``newest`` stands for what the site has now."""
    return newest[:10] >= (now - _LAST_LOOK).astimezone(UTC).date().isoformat()
