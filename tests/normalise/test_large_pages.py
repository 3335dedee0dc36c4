"""The work that a page costs grows with its size and no faster: calls are counted, not seconds."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import _lru_cache_wrapper
from types import FrameType

import pytest
from lxml.html import HtmlElement

from feeds.normalise import normalise
from feeds.normalise.html import parsing
from feeds.normalise.labels import model, traits
from feeds.normalise.words.patterns import Words
from feeds.readers import read_page
from tests.benchmarks.large_pages import KINDS

SIZE = 6_000
MOST = 2.3  # times the calls for twice the size


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """Has all words of all languages compiled, which would be done once in some test or other."""
    for one in gc.get_objects():
        if isinstance(one, Words):
            one._taken = sys.maxsize
            assert one._all


def forget() -> None:
    """Empties what remembers lines, so that a page costs the same whichever was read before it."""
    for name, module in list(sys.modules.items()):
        for cached in vars(module).values() if name.startswith("feeds.") else ():
            if isinstance(cached, _lru_cache_wrapper) and cached.cache_parameters()["maxsize"]:
                cached.cache_clear()
    traits._known.clear()
    for sums in model.shipped_model()._sums:
        sums.clear()


def calls(text: str, name: str = "large.txt") -> int:
    """How many calls, of Python functions and of built-in ones, a page of ``text`` takes."""
    page = read_page(name, text.encode())
    count = 0
    forget()

    def seen(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        normalise(page)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_twice_the_page_is_twice_the_work(kind: Callable[[int], str]) -> None:
    for size in (SIZE, 2 * SIZE):
        calls(kind(size))  # what is loaded once, for one or the other, is loaded now
    assert calls(kind(2 * SIZE)) <= MOST * calls(kind(SIZE)) + 500


@pytest.mark.parametrize(
    "piece", ["a", "1", "- ", "a/", '"', "A: ", "9 January 2026 ", "10:30 ", "1.", "(", "\u0301"]
)
def test_a_line_of_a_megabyte_costs_no_more_calls_than_a_short_one(piece: str) -> None:
    long, short = (piece * (size // len(piece)) for size in (1_000_000, 10_000))
    calls(short)
    assert calls(long) <= calls(short) + 500


def test_twice_the_headlines_below_a_day_are_twice_the_work() -> None:
    def page(size: int) -> str:
        days = (
            f"<p>{day} January 2026</p><div>"
            + "".join(f'<p><a href="/{day}/{n}">Lamp {n} is lit again</a></p>' for n in range(size))
            + "</div>"
            for day in (9, 8)
        )
        return f"<html><body><h1>Lamps</h1><div>{''.join(days)}</div></body></html>"

    calls(page(100), "large.html")
    assert calls(page(600), "large.html") <= MOST * calls(page(300), "large.html")


@pytest.mark.parametrize(
    "piece", ['<a href="/{0}">Lamp {0}</a> ', "<span>{0} lamps, 9 January 2026</span> "]
)
def test_what_stands_in_a_box_is_not_counted_piece_by_piece(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = 0

    class Counting(HtmlElement):  # type: ignore[misc]
        def __len__(self) -> int:
            nonlocal counted
            size = sum(1 for _ in self.iterchildren())
            counted += size
            return size

    monkeypatch.setattr(parsing, "HtmlElement", Counting)
    size = 3000
    pieces = "".join(map(piece.format, range(size)))
    page = f"<html><body><h1>Lamps</h1><p>They are lit.</p><div>{pieces}</div></body></html>"
    normalise(read_page("large.html", page.encode()))
    assert counted <= 10 * size
