"""Any bytes are a log, and one that is cut anywhere says the same in two pieces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from feeds.audience import clients, estimating, logline, parts
from feeds.audience.counting import Counter
from feeds.audience.groups import Part
from feeds.model.audience import Daily
from tests.audience.logs import AGENTS, START, address, line

SALT = {
    (START + timedelta(days=day)).date().isoformat(): b"salt of day %d" % day for day in range(4)
}
PIECES = st.sampled_from(
    [b'"', b"\\", b" ", b"[", b"] ", b"\n", b"- - [14/Jan/2026:05:20:00 +0000] ", b" 200 6316 ",
     b" 304 - ", b"GET /feeds/latest.rss HTTP/1.1", b"1.2.3.4", b"::1", b"9" * 40]
)  # fmt: skip
POLLS = st.lists(
    st.builds(
        lambda agent, number, at, form, status, size: line(
            agent, START + timedelta(seconds=at), address=address(number),
            path=f"/feeds/latest.{form}", status=status, size=size,
        ),
        st.sampled_from([*AGENTS, "Feedbin feed-id:7 - 2 subscribers"]), st.integers(0, 50),
        st.integers(0, 200_000), st.sampled_from(["rss", "atom", "json"]),
        st.sampled_from([200, 304, 404]), st.integers(1, 10_000),
    ),
    min_size=1,
    unique=True,
)  # fmt: skip


def log(some: Sequence[str], *others: Sequence[Part]) -> tuple[Part, ...]:
    known: dict[str, frozenset[int]] = {}
    for part in (part for other in others for part in other):
        known[part.day] = known.get(part.day, frozenset()).union(part.marks)
    counter = Counter(b"", SALT, known)
    counter.add([one.encode() for one in some])
    return counter.counted().parts


def totals(found: Sequence[Part]) -> list[Daily]:
    days = sorted({part.day for part in found})
    return [
        one
        for day in days
        for one in estimating.daily(
            day, parts.together(part.groups for part in found if part.day == day)
        )
    ]


@given(st.lists(st.one_of(st.binary(max_size=80), PIECES)).map(b"".join))
def test_no_bytes_are_too_strange(data: bytes) -> None:
    counter = Counter(b"")
    some = data.split(b"\n")
    counter.add(some)
    found = counter.counted()
    assert found.polls + found.others + found.unreadable == sum(bool(one.strip()) for one in some)
    for text in some:
        clients.identify(text)
        logline.moment(text)
        logline.address(text)
        logline.forwarded(text)


@given(POLLS, st.integers(0, 100))
def test_a_log_cut_anywhere_gives_the_same_totals(some: list[str], cut: int) -> None:
    whole = log(some)
    first = log(some[:cut])
    assert totals([*first, *log(some[cut:], first)]) == totals(whole)


@given(POLLS, st.randoms())
def test_the_order_of_lines_does_not_count(some: list[str], chance: object) -> None:
    other = some.copy()
    chance.shuffle(other)  # type: ignore[attr-defined]
    assert totals(log(other)) == totals(log(some))


@given(POLLS)
def test_a_log_given_twice_is_known(some: list[str]) -> None:
    first = log(some)
    assert [parts.place(part, [part.marks]).verdict for part in log(some, first)] == [
        "known" for _ in first
    ]
