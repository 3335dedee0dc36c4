"""Adding up lines: for each day, feed, format and client how often it polled, and for how many.

Rules
- A poll is a GET of a feed answered with 200 or 304. Everything else is other traffic, and what
  can't be taken apart is counted as unreadable; nothing raises.
- Two logs put together give what one log of both would, whatever their order: counts are added,
  of an aggregator's numbers the largest of the day counts, sketches of readers are merged.
  Intervals and repeats need the reader's poll before, and are lost where a log begins.
- Memory has a bound. Addresses are known while a log is being read and no longer; whoever would
  exceed the bound is counted, but no interval is known across that moment.
- A line costs a few look-ups, since most of its fields came before; what is remembered of fields
  is forgotten as a whole when it is too much.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from http import HTTPStatus
from typing import TypeVar

from feeds.audience import hyperloglog, logline
from feeds.audience.clients import Client, identify
from feeds.audience.groups import Counted, Day, Group, Key, Part, mark
from feeds.model.unexpected import failure_on

_REMEMBERED = 65_536
_LONG = 512
"""Bytes of a field; longer ones are not remembered."""
_GROUPS = 10_000
_TOLD = 10_000
_DAYS = 4_000
_PARTS = 7
# of what stands before a request, as in ``203.0.113.9 - - [14/Jan/2026:05:20:00 +0000] ``
_HEAD = slice(None, -28)
_STAMP = slice(-28, None)
_MINUTE = slice(-28, -11)
_END = slice(-11, None)
_BLANKS = 3
_LONGEST = 7 * 86_400
"""Seconds; longer intervals are none."""
_EXACT = 128
_COARSE = -32
"""Intervals of more seconds than these are rounded down to a multiple of 32."""
# instead of the size of an answer
_UNCHANGED = -1
_NO_POLL = -2
_NO_ANSWER = -3


_NO_GROUP = Group()
_AS_USER = "auth/"


class _Poller:
    """Who polls one document: on which day, when last, and the size of the last answer.

    ``mark`` is what check sums of its lines begin with.
    """

    __slots__ = ("client", "day", "group", "key", "last", "mark", "size", "who")

    def __init__(self, key: Key, client: Client, address: bytes, fields: logline.Fields) -> None:
        self.key = key
        self.client = client
        self.who = b"%b %b" % (address, fields.agent)
        self.mark = mark(fields.request, b"" if client.kind == "aggregator" else address)
        self.day: Day | None = None
        self.group = _NO_GROUP
        self.last = -_LONGEST
        self.size = -1


class Counter:
    """Counts the lines of one log.

    ``salts`` are those of days whose readers are to be told apart as before; other days' come
    from ``secret``, of at most 64 bytes. ``known``: marks to look for, by day.
    """

    def __init__(
        self,
        secret: bytes,
        salts: Mapping[str, bytes] | None = None,
        known: Mapping[str, frozenset[int]] | None = None,
    ) -> None:
        self._secret = secret
        self._salts = salts or {}
        self._known = known or {}
        self._days: dict[str, Day] = {}
        self._groups = 0
        self._others = 0
        self._beyond = 0
        self._unreadable = 0
        self._agents: dict[bytes, Client] = {}
        self._strangers: dict[bytes, None] = {}
        self._answers: dict[bytes, int] = {}
        self._forwarded: dict[bytes, bytes] = {}
        self._minutes: dict[bytes, tuple[Day, int]] = {}
        self._ends: dict[bytes, int] = {}
        self._pollers: dict[tuple[bytes, bytes, bytes], _Poller] = {}

    def add(self, some: Iterable[bytes]) -> None:
        """Counts lines, which come without their ends; one that makes trouble is unreadable."""
        lines = iter(some)
        while True:
            try:
                self._add(lines)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is this line's
                failure_on(error, "", "read a line of a log")
                self._unreadable += 1
            else:
                return

    def _add(self, some: Iterator[bytes]) -> None:  # noqa: C901 - see below
        # one long function, since each call would cost a tenth of what is done for a line
        crc32 = zlib.crc32
        pollers, strangers = self._pollers, self._strangers
        answers, when = self._answers, self._when
        last_stamp = b""
        day, second, moment = None, 0, b""
        for line in some:
            parts = line.split(b'"', _PARTS)
            poller = None
            if len(parts) >= _PARTS:
                before, request, told, _, _, agent = parts[:6]
                if request in strangers:
                    self._others += 1
                    continue
                if len(parts) == _PARTS:
                    poller = pollers.get((before[_HEAD], request, agent))
                if poller is None:
                    if request.find(b"feeds/") < 0:
                        self._others += 1
                        continue
                    head = self._whose(before, b'"'.join(parts[6:]))
                    poller = pollers.get((head, request, agent))
            if poller is None:
                fields = logline.fields(line)
                if fields is None:
                    self._unreadable += bool(line.strip())
                    continue
                before, told = fields.before, fields.answer
                poller = self._poller(fields)
                if poller is None:
                    self._others += 1
                    continue
            try:
                size = answers[told]
            except KeyError:
                size = _remember(answers, told, _outcome(logline.answer(told)))
            stamp = before[_STAMP]
            if stamp != last_stamp:
                day, second = when(before)
                moment = b"%d" % second
                last_stamp = stamp
            if size < _UNCHANGED or day is None:
                self._unreadable += size == _NO_ANSWER or day is None
                self._others += size == _NO_POLL and day is not None
                continue
            if poller.day is not day and not self._starts(poller, day):
                self._beyond += 1
                continue
            group = poller.group
            if size == _UNCHANGED:
                group.unchanged += 1
            else:
                group.full += 1
                group.size += size
                if size == poller.size:
                    group.repeats += 1
                else:
                    poller.size = size
            checksum = crc32(moment, poller.mark)
            if checksum <= day.limit:
                day.mark(checksum)
            gap = second - poller.last
            poller.last = second
            if 0 < gap < _LONGEST:
                if gap > _EXACT:
                    gap &= _COARSE
                try:
                    group.intervals[gap] += 1
                except KeyError:
                    group.intervals[gap] = 1

    def counted(self) -> Counted:
        """What was counted so far."""
        parts = tuple(
            Part(
                name,
                sum(group.polls for group in day.groups.values()),
                day.marks(),
                frozenset(day.seen),
                day.groups,
            )
            for name, day in sorted(self._days.items())
            if day.groups
        )
        polls = sum(part.polls for part in parts)
        return Counted(parts, polls, self._others, self._unreadable, self._beyond)

    def salt(self, day: str) -> bytes:
        """What readers of ``day`` are hashed with."""
        return (
            self._salts.get(day) or blake2b(day.encode(), digest_size=16, key=self._secret).digest()
        )

    def _when(self, before: bytes) -> tuple[Day | None, int]:
        """The day that ``before`` ends in, and the second.

        A minute that is written as usual is remembered, and how its end is written.
        """
        minute = self._minutes.get(before[_MINUTE])
        seconds = self._ends.get(before[_END])
        if minute and seconds is not None:
            day, start = minute
            return day, start + seconds
        stamp = before.rpartition(b"[")[2]
        found = logline.moment(stamp)
        if found is None:
            return None, 0
        if found.day not in self._days:
            if len(self._days) == _DAYS:
                return None, 0
            known = self._known.get(found.day, frozenset())
            self._days[found.day] = Day(self.salt(found.day), known)
        day = self._days[found.day]
        seconds = logline.seconds(stamp[_END])
        if seconds is not None and stamp == before[_STAMP]:
            _remember(self._minutes, stamp[_MINUTE], (day, found.second - seconds))
            _remember(self._ends, stamp[_END], seconds)
        return day, found.second

    def _whose(self, before: bytes, rest: bytes) -> bytes:
        """What a reader's lines have in common."""
        behind = self._forwarded.get(rest)
        if behind is None:
            behind = _remember(self._forwarded, rest, logline.forwarded(rest))
        if behind:
            return behind
        head = before[_HEAD]
        return head if head.count(b" ") == _BLANKS else logline.reader(before, b"")

    def _poller(self, fields: logline.Fields) -> _Poller | None:
        """Who polls there, new or found by other words before the address; None: nobody polls."""
        before, request, _, agent, rest = fields
        target = logline.target(request)
        if target is None:
            _remember(self._strangers, request, None)
            return None
        head = self._whose(before, rest)
        asked = request
        if target.feed.startswith(_AS_USER):  # which key it is, the request doesn't say
            name = target.feed.removeprefix(_AS_USER)
            target = target._replace(feed=f"k/{logline.user(before)}/{name}")
            asked = b"%b %b" % (target.feed.encode(), request)
            head = b"%b %b" % (head, target.feed.encode())
        if found := self._pollers.get((head, request, agent)):
            return found
        client = self._agents.get(agent) or _remember(self._agents, agent, identify(agent))
        # an aggregator is one, from however many addresses it polls by turns
        common = (b"", asked, agent)
        made = self._pollers.get(common) if client.kind == "aggregator" else None
        if made is None:
            made = _Poller(
                Key(*target, client.name, client.kind), client, logline.reader(before, rest), fields
            )
        if len(head) + len(request) + len(agent) <= _LONG:
            if len(self._pollers) >= _REMEMBERED:
                self._pollers.clear()
            self._pollers[head, request, agent] = made
            if client.kind == "aggregator":
                self._pollers[common] = made
        return made

    def _starts(self, poller: _Poller, day: Day) -> bool:
        """Notes a poller's first poll of ``day``; False if there is no room for its group."""
        group = day.groups.get(poller.key)
        if group is None:
            if self._groups == _GROUPS:
                return False
            self._groups += 1
            group = day.groups[poller.key] = Group()
        hyperloglog.add(group.readers, poller.who, day.salt)
        client = poller.client
        if client.subscribers is not None:
            told = group.told
            if client.group in told or len(told) < _TOLD:
                told[client.group] = max(told.get(client.group, 0), client.subscribers)
        poller.day, poller.group = day, group
        return True


_V = TypeVar("_V")


def _remember(kept: dict[bytes, _V], field: bytes, value: _V) -> _V:
    if len(kept) == _REMEMBERED:
        kept.clear()
    if len(field) <= _LONG:
        kept[field] = value
    return value


def _outcome(answer: logline.Answer | None) -> int:
    """The size of an answer that brought the feed, or what it is instead."""
    if answer is None:
        return _NO_ANSWER
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return _UNCHANGED
    return answer.size if answer.status == HTTPStatus.OK else _NO_POLL
