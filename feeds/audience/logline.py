"""One line of an access log, taken apart. Anything may stand in a log, so nothing raises.

Rules
- Fields are told by their quotation marks: "request", "referer", "agent". What stands before and
  behind them differs between servers and CDNs: a virtual host or a syslog header before the
  address, a content coding, times or forwarded addresses at the end.
- Everything stays bytes, and is looked at no further than a caller needs it, which keeps what it
  learnt of fields that come again: a line costs a few look-ups.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from feeds.model import FORMATS

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# A quotation mark within a field is escaped by a backslash, as Apache does.
_FIELDS = re.compile(
    rb'([^"]*)"((?:[^"\\]|\\.)*)"([^"]*)(?:"(?:[^"\\]|\\.)*"[^"]*"((?:[^"\\]|\\.)*)"(.*))?',
    re.DOTALL,
)
_FORWARDED = re.compile(
    rb'[^"]*"\s*((?:[0-9]{1,3}\.){3}[0-9]{1,3}|(?=[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:.]{2,45})[,"]'
)
_COMMON = re.compile(
    rb"([0-9]{2})/([A-Z][a-z]{2})/([0-9]{4}):([0-9]{2}):([0-9]{2}):([0-9]{2}) "
    rb"([+-])([0-9]{2})([0-9]{2})\] "
)
_END = re.compile(rb":([0-5][0-9]) ([+-])([0-9]{2})([0-9]{2})\] ")
_ISO = re.compile(rb"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(?:Z|[+-][0-9]{2}:[0-9]{2}))\] ")
_FEED = re.compile(
    rb"GET (?:https?://[^/ ]*)?/(?:[^ ?]*/)??feeds/"
    rb"((?:k/[a-z0-9-]{1,32}/|[A-Za-z0-9_~-]{1,64}/)?[A-Za-z0-9_~-]{1,64})"
    rb"\.(" + "|".join(FORMATS).encode() + rb")(?:\?[^ ]*)?(?: HTTP/[0-9.]+)?"
)
_KEY = re.compile(rb"[a-z0-9-]{1,32}")
_ANSWER = re.compile(rb" ?([0-9]{3}) ([0-9]{1,15}|-)(?: .*)? ?", re.DOTALL)
_V6_NETWORK = 4


class Fields(NamedTuple):
    """A line as it is: what stands before the request, the request, the answer behind it.

    ``agent`` is empty in logs without one, ``rest`` is all that comes behind it.
    """

    before: bytes
    request: bytes
    answer: bytes
    agent: bytes
    rest: bytes


class Target(NamedTuple):
    """Which feed was asked for, and in which format."""

    feed: str
    format: str


class Moment(NamedTuple):
    """When it was, as the log has it: the ``day`` as YYYY-MM-DD in the log's own zone.

    ``second`` counts from 1970 in UTC.
    """

    day: str
    second: int


class Answer(NamedTuple):
    """The answer's ``status``, and the bytes of its body, 0 where none were sent."""

    status: int
    size: int


def fields(line: bytes) -> Fields | None:
    """The fields of ``line``; None if it has no request, or is cut off within a field."""
    found = _FIELDS.fullmatch(line)
    return Fields(*found.groups(b"")) if found else None


def target(request: bytes) -> Target | None:
    """The feed that ``request`` polls; None for anything else, archives and HEAD included.

    Feeds are at ``/feeds/NAME.FORMAT`` below any path. One for who has a key is called
    ``k/KEY/NAME``, as the log has it, or ``auth/NAME`` where the key is the user: see ``user``.
    """
    found = _FEED.fullmatch(request)
    return Target(found[1].decode("ascii"), found[2].decode("ascii")) if found else None


def answer(text: bytes) -> Answer | None:
    """Status and size of what stands between request and referer; None if that is none."""
    found = _ANSWER.fullmatch(text)
    if not found:
        return None
    return Answer(int(found[1]), 0 if found[2] == b"-" else int(found[2]))


def moment(stamp: bytes) -> Moment | None:
    """The moment in ``stamp``, which ends in ``] ``; None if it is none.

    It has the logs' usual form, or that of ISO 8601.
    """
    if found := _COMMON.fullmatch(stamp):
        day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
        name = month.decode("ascii")
        if name not in _MONTHS:
            return None
        away = timedelta(hours=int(hours), minutes=int(minutes))
        try:
            at = datetime(
                int(year), _MONTHS.index(name) + 1, int(day), int(hour), int(minute),
                min(int(second), 59),  # a leap second
                tzinfo=timezone(-away if sign == b"-" else away),
            )  # fmt: skip
        except ValueError:
            return None
    elif found := _ISO.fullmatch(stamp):
        try:
            at = datetime.fromisoformat(found[1].decode("ascii"))
        except ValueError:
            return None
    else:
        return None
    try:
        seconds = (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
    except OverflowError:
        return None
    return Moment(at.date().isoformat(), seconds)


def seconds(end: bytes) -> int | None:
    """What ``end`` of a stamp, as in ``:09 +0400] ``, adds to its minute as it is written.

    That is the seconds, less what the zone is ahead of UTC; None if it is no such end.
    """
    found = _END.fullmatch(end)
    if not found:
        return None
    second, sign, hours, minutes = found.groups()
    away = 3600 * int(hours) + 60 * int(minutes)
    return int(second) + (away if sign == b"-" else -away)


def address(head: bytes) -> bytes:
    """The network address in what stands before the moment, ``ADDRESS IDENT USER``.

    Of an IPv6 address the half that stays when a device changes the other.
    """
    words = head.split()
    found = words[-3] if len(words) >= 3 else b"".join(words[:1])
    return _network(found)


def user(before: bytes) -> str:
    """The key that is the user in what stands before the request, ``-`` where there is none.

    A log that nobody told has what the client called itself, which may be anything, even a token.
    """
    words = before.rpartition(b"[")[0].split()
    is_name = len(words) >= 3 and _KEY.fullmatch(words[-1])
    return words[-1].decode("ascii") if is_name else "-"


def reader(before: bytes, rest: bytes) -> bytes:
    """The reader's address, by what stands before the request and behind the agent."""
    behind = forwarded(rest) if b'"' in rest else b""
    return behind or address(before.rpartition(b"[")[0])


def forwarded(rest: bytes) -> bytes:
    """The first address in a quoted field behind the agent, which a proxy wrote there, or b""."""
    found = _FORWARDED.match(rest)
    return _network(found[1]) if found else b""


def _network(address: bytes) -> bytes:
    if address[:1] == b"[":
        address = address[1:].partition(b"]")[0]  # a port is behind it
    if address.count(b":") < 2:
        return address.partition(b":")[0]
    if b"." in address:
        return address.rpartition(b":")[2]  # an IPv4 address, written as one of IPv6
    before, gap, after = address.lower().partition(b"::")
    groups = before.split(b":") if before else []
    if gap:
        behind = after.split(b":") if after else []
        groups += [b"0"] * (8 - len(groups) - len(behind)) + behind
    return b":".join(group.lstrip(b"0") or b"0" for group in groups[:_V6_NETWORK])
