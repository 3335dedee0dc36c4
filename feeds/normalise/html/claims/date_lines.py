"""The dates that a line states, and what each of them is the date of.

Rules
- A date counts if it is all of the line, a label apart; or if the rest of the line is a byline,
  or stands apart from it by a divider.
- A line may state two: the label before a date, or the word right behind it, says which is that
  of a change. One without a label is that of publication.
- Two dates, of which no label says what the second is, are a span of time.
- A word with a colon that is no label known ("Deadline:") makes it a date of something else. So
  does one that says what is to come ("Next meeting • 9 May 2026"), or a second clock: until when.
- "until 9 May 2026" and "from 9 May 2026" bound something else, whoever calls them a date.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from feeds.model import StatedDate
from feeds.normalise.bylines import authors_in, introduced, is_desk
from feeds.normalise.html.claims import bounds
from feeds.normalise.words import PUBLISHED, UPDATED, vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text.dates import clocks, find, resolve, zones
from feeds.text.dates.names import weekday
from feeds.text.dates.resolve import Settled

Label = Literal["published", "updated", "as of", ""]
_SMALL = r"(?:\s+(?:on|at|am|le|il|el|em|na|den|dne|på|op|в|на|от))?[\W_]*\Z"
_UPDATED_BEFORE = Words(rf"(?<!\w){any_of(vocabulary.UPDATED)}{_SMALL}")
_PUBLISHED_BEFORE = Words(rf"(?<!\w){any_of(vocabulary.PUBLISHED)}{_SMALL}")
_AS_OF_BEFORE = Words(rf"(?<!\w){any_of(vocabulary.AS_OF)}{_SMALL}")
_UPDATED_BEHIND = Words(rf"[\W_]{{0,3}}{any_of(vocabulary.UPDATED)}[\W_]*(?:\Z|\|)")
_UPDATED_LAST = re.compile(r"\s?(?:更新|修改|修正|수정)$")
_DIVIDER_BEFORE = re.compile(r"(?:^|\s)(?:[|·•–—/»›-]|//)\s*$|[|·•]\s*$")
_DIVIDER_GAP = re.compile(r"\s*(?:[|·•–—/»›-]|//)\s|\s*[|·•]")
_DIVIDED = re.compile(r"\s+[|·•–—/»-]\s+|\s*[|·•]\s*")
_BY = Words(rf"{any_of(vocabulary.BYLINES)}\s")
_GLUED_LABEL = re.compile(r"(?<=[^\W\d]{3}):(?=\d{1,2}\D)")
_COUNT = (
    rf"(?:{any_of(vocabulary.READING_TIMES)}|\d[\d.,]{{0,9}}\s?[km]?\s"
    rf"{any_of(vocabulary.COUNTED, vocabulary.SHARED)}"
    rf"|{any_of(vocabulary.COUNTED)}\s*[:：]\s*\d[\d.,]{{0,9}})(?!\w)"
)
_COUNTS = Words(rf"[\W_]*{_COUNT}(?:[\W_]+{_COUNT}){{0,4}}[\W_]*")
_TO_COME = Words(rf"{any_of(vocabulary.TO_COME)}(?![\w-])")
_TO_COME_BEHIND = Words(rf"(?<![\w-]){any_of(vocabulary.TO_COME)}$")
_SPAN_BEFORE = re.compile(r"(?:[^\W\d]+\.?,? )?(?P<day>\d{1,2})\.?(?: (?:de )?[^\W\d]{3,12}\.?)?")
_SOURCE = Words(rf"{any_of(vocabulary.SOURCES)}\s*[:：]")
_SENTENCE = re.compile(r"(?<!\b[ap]\.m)[^\W\d]{2}[.!?。…]['\"”»]?$")
_SHORTEST, _MOST_DAYS = 3, 31
_LONGEST_REST, _LONGEST_ACCOUNT = 60, 40
_MOST_STAMPS = 4
_PLACE = re.compile(
    r"([^\W\d_][^\W\d_.'’-]*)(?:[ -](?:[^\W\d_]+[ '’-]){0,2}([^\W\d_]+))?"
    r"(?:,? (?:am|den|le|el|em|the))?"
)
EDGES = " \t|·•,–—-()/\u2022"
"""What may stand around a line and is none of it."""
_AROUND = EDGES + ".;:（）、，"


class Line(NamedTuple):
    """A date that a line states: what it is of, and how much says so.

    ``date`` is None if it may be one of two days. ``is_as_of``: the label says of when the text
    is, which is the day of its publication if nothing else is.
    """

    words: str
    date: StatedDate | resolve.Impossible | None
    is_update: bool
    is_labelled: bool
    zone: str
    is_as_of: bool = False


def is_label(words: str) -> bool:
    """Whether ``words`` are no more than what introduces a date."""
    words = words.strip(EDGES + ":")
    return len(words) < 20 and bool(PUBLISHED.fullmatch(words) or UPDATED.match(words))


def is_count(words: str) -> bool:
    """Whether ``words`` are how long a text takes to read, or how many did, and nothing else."""
    return _COUNTS.fullmatch(words) is not None


def ends_sentence(words: str) -> bool:
    """Whether ``words`` end as a sentence does, and not with an abbreviation."""
    return _SENTENCE.search(words) is not None


def label_before(words: str) -> Label:
    """What a date is labelled as by ``words`` before it."""
    if _UPDATED_BEFORE.search(words):
        return "updated"
    if _AS_OF_BEFORE.search(words):
        return "as of"
    return "published" if _PUBLISHED_BEFORE.search(words) else ""


def read_line(words: str, settled: Settled, *, is_called: bool = False) -> list[Line]:
    """The dates of a line; none if it is about something else."""
    words = _GLUED_LABEL.sub(": ", words.strip(EDGES))
    if not find.may_be_dated(words) or words[-1:] in "!?…":
        return []
    parts = _parts(words.rstrip("."), _MOST_STAMPS)
    stamps = [part for part in parts if isinstance(part, find.Stamp)]
    if not stamps or bounds.bounds(stamps[0], words, str(parts[0]), str(parts[2])):
        return []
    if not _is_a_line_of_dates(words, parts, is_called=is_called):
        return []
    lines: list[Line] = []
    for place, stamp in enumerate(parts):
        if not isinstance(stamp, find.Stamp):
            continue
        before, after = (
            part if isinstance(part, str) else ""
            for part in (parts[place - 1] if place else "", parts[place + 1])
        )
        behind = bool(place + 2 == len(parts) and _UPDATED_BEHIND.match(after))
        label = label_before(before)
        is_update = behind or label == "updated"
        stated = resolve.stated_date(stamp, _by_weekday(stamp, settled))
        zone = stamp.zone if resolve.is_zone_unsettled(stamp, settled) else ""
        lines.append(Line(words, stated, is_update, behind or bool(label), zone, label == "as of"))
    return lines


def _by_weekday(stamp: find.Stamp, settled: Settled) -> Settled:
    """What is ``settled``, or else what the weekday of ``stamp`` settles."""
    if settled.order != "unsettled" or stamp.weekday < 0:
        return settled
    order = resolve.settle_order([stamp], english=True).order
    return Settled(order, settled.years, settled.languages, settled.place)


def _parts(words: str, most: int) -> list[str | find.Stamp]:
    """``words`` with the stamps in them: text, stamp, text, stamp, text."""
    stamp = find.find_stamp(words) if words and most else None
    if stamp is None or not stamp.full:
        return [words]
    return [*_parts(stamp.before, most - 1), stamp, *_parts(stamp.after, most - 1)]


def _is_a_line_of_dates(words: str, parts: list[str | find.Stamp], *, is_called: bool) -> bool:
    """Whether what stands around the dates is a label, a byline, or apart from them."""
    first, last = str(parts[0]), str(parts[-1])
    span = _SPAN_BEFORE.fullmatch(first.strip(EDGES))
    if span is not None and int(span["day"]) <= _MOST_DAYS:
        return False  # "3 – 9 February 2026"
    between = [part for part in parts[1:-1] if isinstance(part, str)]
    if between and _UPDATED_BEHIND.match(last) and not between[-1].strip(_AROUND):
        del between[-1]
    if not all(map(label_before, between)):
        return False  # from the one to the other
    rest = without_label(first)
    if _is_of_an_event(parts, is_labelled=rest != first.strip()):
        return False
    if is_called and len(rest) <= _LONGEST_REST and len(last) <= _LONGEST_REST:
        return True
    if rest and not introduced(rest.rstrip(".")) and not is_desk(rest):
        gap = words[len(first) :] if rest == first else words[len(rest) :]
        if not _DIVIDER_GAP.match(gap):
            return False
    is_known = not last or _is_change(last) or is_count(last)
    is_known = is_known or weekday(last.strip(_AROUND)) is not None
    if not is_known and not _is_byline(last, rest != first.strip()):
        if ends_sentence(words) and " " in last:
            return False
        gap = words.rstrip(".")[: -len(last)]
        return _DIVIDER_BEFORE.search(gap) is not None or last.isdigit()
    return True


def _is_of_an_event(parts: list[str | find.Stamp], *, is_labelled: bool) -> bool:
    """Whether the words around a date say that it is of what is to come, or until when it is."""
    first, stamp, last = str(parts[0]), parts[-2], str(parts[-1])
    if not is_labelled and (is_to_come(first) or is_to_come(last)):
        return True
    if not find.may_be_dated(last) or not isinstance(stamp, find.Stamp):
        return False
    if UPDATED.match(last.strip(_AROUND)) or _is_change(last):
        return False
    clock = clocks.find(last)
    if clock is None or zones.at(last, clock.end)[0]:
        return False
    return bool(stamp.clock) or any(map(str.isalpha, last[: clock.start]))


def is_to_come(words: str) -> bool:
    """Whether ``words`` beside a date say that it is the day of something that is to come.

    Their first or last word does: "Next council meeting", "Deadline for entries". What begins a
    label of two words may only say which kind: "Concert review".
    """
    label = _DIVIDED.split(words[:_LONGEST_REST].strip(_AROUND))[-1].strip(_AROUND)
    if _TO_COME_BEHIND.search(label):
        return True
    return label.count(" ") > 1 and _TO_COME.match(label) is not None


def _is_change(words: str) -> bool:
    """Whether ``words``, behind a date, are the label of a change, or that and part of a date."""
    if _UPDATED_BEHIND.match(words):
        return True
    words = words.strip(_AROUND)
    if (label := _UPDATED_LAST.search(words)) is not None:
        return _is_part_of_a_date(words[: label.start()])
    return (label := UPDATED.match(words)) is not None and _is_part_of_a_date(words[label.end() :])


def is_incomplete(words: str) -> bool:
    """Whether ``words``, a whole line, are the label of a date and a clock, or part of a day."""
    words = words.strip(_AROUND)
    if len(words) > _LONGEST_REST or not find.may_be_dated(words):
        return False
    label = UPDATED.match(words) or PUBLISHED.match(words)
    return label is not None and _is_part_of_a_date(words[label.end() :])


def _is_part_of_a_date(words: str) -> bool:
    """Whether ``words`` are a clock, a day without its year, or a time before now."""
    stamp = find.find_stamp(words) or find.find_stamp_in_words(words)
    if stamp is None:
        first, _, rest = words.strip(_AROUND).partition(" ")
        if not rest:
            return False
        clock = clocks.at(rest, 0, introduced=True)
        is_clock = clock is not None and not rest[clock.end :].strip(_AROUND)
        return clocks.goes_with(first) and (is_clock or _is_part_of_a_date(rest))
    if stamp.after.strip(_AROUND):
        return False
    before = stamp.before.strip(_AROUND)
    return len(before) <= _SHORTEST or all(map(clocks.goes_with, before.split()))


def _is_byline(words: str, is_labelled: bool) -> bool:
    """Whether ``words``, behind a date, say who wrote it; behind a label be it an account."""
    words = _DIVIDED.split(words)[0].strip(EDGES)
    if authors_in(words, bare=False) or _SOURCE.match(words):
        return True
    return is_labelled and len(words) <= _LONGEST_ACCOUNT and bool(_BY.match(words))


def without_label(words: str) -> str:
    """``words`` without the label of a date at their end."""
    for label in (_UPDATED_BEFORE, _PUBLISHED_BEFORE):
        if match := label.search(words):
            return words[: match.start()].strip(EDGES + ":")
    return words


def without_name(words: str) -> str:
    """``words`` without the whole name before or behind a day and clock: "Ada Borg 9.1.2026 10.04".

    A day alone may be that of something else, with what is called like a person.
    """
    stamp = find.find_stamp(words)
    if stamp is None or not stamp.full or not stamp.clock:
        return words
    before, after = stamp.before.strip(EDGES), stamp.after.strip(EDGES)
    name = before or after
    if bool(before) == bool(after) or " " not in name or authors_in(name) != (name,):
        return words
    return words[len(stamp.before) :] if before else words[: -len(stamp.after)]


def without_place(words: str) -> str:
    """``words`` without the place and comma that may stand before a date: "Lisbon, 9 May 2026"."""
    stamp = find.find_stamp(words)
    if stamp is None or not stamp.full or stamp.after or is_to_come(stamp.before):
        return words
    place = _PLACE.fullmatch(stamp.before)
    if place is None or not all(word[0].isupper() for word in place.groups() if word):
        return words
    end = max(place.end(1), place.end(2))
    return words[len(stamp.before) :] if words[end] == "," else words
