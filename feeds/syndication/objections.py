"""Why single entries are held by the gate, while all others are published.

Pure, like the whole gate. It comes last, and trusts nothing that was done before: whatever
is wrong with an entry here was overlooked there.

Rules
- Addresses are absolute: an entry's link, its picture, and every link and picture in its text.
- No date is before the year 1000, or later than the time of the run and a day, or has the
  entry changed before it was published.
- A sentence that is embargoed, or has to be paid for, is in no public text (``leaks``). What
  readers had before is no secret any more, whoever writes it again.
- Two entries have neither one id nor one page in the app; the one that came first stays.
- An entry that readers have just as it is isn't judged again: what is out is out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple

import msgspec

from feeds.model import Entry, EntryId
from feeds.model.problem import Problem
from feeds.syndication import leaks
from feeds.syndication.leaks import Watch
from feeds.text import dates, markup, urls

_LEEWAY = timedelta(days=1)  # clocks and zones differ, and a stated day may end tomorrow
_SHOWN = 60
# Quoted values may hold anything. From wherever it starts, a match ends at the next "<" that is
# not quoted, so that broken markup takes no longer than whole one.
_START_TAG = re.compile(r"""<[a-z][^<>"']*+(?:(?:"[^"]*+"|'[^']*+')[^<>"']*+)*+>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?<![^\s"'/])(href|src|alt)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)|"[^"]*+"|'[^']*+'""",
    re.IGNORECASE,
)
_NO_PLACE = ("mailto:", "tel:")


class Secret(NamedTuple):
    """A story that is not to be read, or not as a whole.

    ``text`` is all of it, headline and paragraphs each on a line of its own; ``public`` what its
    own entry shows nevertheless, in the same form. ``why`` completes "a sentence that is …":
    "embargoed (b.txt) until 2026-11-24 09:00", "for those who pay (c.html)".
    """

    text: str
    why: str
    public: str = ""


def entry_objections(
    members: Sequence[Entry],
    published: Mapping[EntryId, Entry],
    links: Mapping[EntryId, str],
    secrets: Iterable[Secret],
    now: datetime,
    elsewhere: Iterable[Entry] = (),
) -> dict[EntryId, Problem]:
    """The entries among ``members`` that must not be published, and why, for their editor.

    Of several reasons the first has the code.

    ``members`` are those of all feeds, in any order, also several times; ``published`` the
    entries that readers have now, as they have them. ``links`` says for each member where
    its item leads. ``now`` is aware. Two entries of one id are both held. ``elsewhere`` is what
    readers have besides, and is looked at only if something is suspected.
    """
    fresh = {entry.id: entry for entry in members if published.get(entry.id) != entry}
    if not fresh:
        return {}
    leaking = _leaking(fresh.values(), chain(published.values(), elsewhere), secrets)
    doubled = _doubled(members, published)
    held = {}
    for entry_id, entry in fresh.items():
        whys = {
            "secret-sentence": leaking.get(entry_id, ""),
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
    for name, value in _attributes(entry.content):
        if name == "href" and not value.lower().startswith(_NO_PLACE):
            places.append(("its text links to", value))
        elif name == "src":
            places.append(("its text shows", value))
    for what, url in places:
        try:
            urls.checked(url)
        except ValueError as error:
            return f"{what} '{_short(url)}': {error}"
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


def _leaking(
    entries: Iterable[Entry], published: Iterable[Entry], secrets: Iterable[Secret]
) -> dict[EntryId, str]:
    watch = Watch()
    for secret in secrets:
        watch.add(_secret(secret), secret.why)
    if not watch:
        return {}
    suspected = [(entry, seen) for entry in entries if (seen := watch.found(_texts(entry)))]
    again = Watch()
    for _, seen in suspected:
        again.add((found.sentence for found in seen.values()), "")
    known = again.found(text for entry in published for text in _texts(entry)) if again else {}
    leaking = {}
    for entry, seen in suspected:
        told = [found for key, found in seen.items() if key not in known]
        if told:
            example = f"'{_short(told[0].sentence.text)}'"
            count = "a sentence that is" if len(told) == 1 else f"{len(told)} sentences, the first"
            leaking[entry.id] = f"it has {count} {told[0].why}: {example}"
    return leaking


def _secret(secret: Secret) -> list[leaks.Sentence]:
    all_of_it = list(leaks.sentences(secret.text))
    if not secret.public:
        return all_of_it
    own = Watch()
    own.add(all_of_it, "")
    public = own.found([secret.public])
    return [sentence for sentence in all_of_it if sentence.key not in public]


def _texts(entry: Entry) -> Iterator[str]:
    """All that is written in an entry."""
    yield entry.title
    yield entry.summary
    if entry.image is not None:
        yield entry.image.alt
        yield entry.image.credit
    yield markup.plain(entry.content)
    for name, value in _attributes(entry.content):
        if name == "alt":
            yield value


def _doubled(members: Iterable[Entry], published: Mapping[EntryId, Entry]) -> dict[EntryId, str]:
    """Entries whose id, or whose page in the app, another entry has that came before."""
    owners: dict[str, Entry] = {}
    doubled: dict[EntryId, str] = {}
    for entry in sorted(members, key=lambda entry: (entry.id not in published, entry.entered)):
        page = "" if entry.url else entry.hash
        for name, what in ((entry.id, "id"), (entry.guid, "guid"), (page, "page")):
            first = owners.setdefault(name, entry) if name else entry
            if first != entry:
                why = f"it has the {what} of '{_short(first.title)}' ({first.id})"
                doubled.setdefault(entry.id, why)
    return doubled


def _attributes(fragment: str) -> Iterator[tuple[str, str]]:
    """Where the links and images of an HTML fragment lead, and what stands for images."""
    for tag in _START_TAG.finditer(fragment):
        for name, value in _ATTRIBUTE.findall(tag[0]):
            if name:
                unquoted = value[1:-1] if value[0] in "\"'" else value
                yield name.lower(), html.unescape(unquoted)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
