"""A slice of the fuzzing that ``python -m tests.fuzz`` does, and all that it found before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz import child, kinds
from tests.fuzz.child import Ask, asking, judged
from tests.fuzz.constructs import CONSTRUCTS
from tests.fuzz.minimising import minimised
from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import CORPUS, regressions
from tests.thorough import THOROUGH

SEED = 1
FILES = range(100) if THOROUGH else range(20)
FOUND = [(kind, path) for kind in kinds.KINDS for path in regressions(kind)]


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """A process that may hang or die."""
    with asking() as ask_it:
        yield ask_it


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_whatever_is_in_a_file_is_understood_or_refused(ask: Ask, kind: str) -> None:
    names = kinds.KINDS[kind].names
    for number in FILES:
        told = ask(kind, names[number % len(names)], mutated(kind, SEED, number))
        assert not told.wrong, f"{kind} {number}: {told.wrong} {told.where}"


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_whatever_is_in_a_file_costs_that_file_alone(ask: Ask, kind: str) -> None:
    for name in kinds.KINDS[kind].names:
        told = ask(kind, name, mutated(kind, SEED, 0), is_published=True)
        assert not told.wrong, f"{kind}: {told.wrong} {told.where}"


@pytest.mark.parametrize(
    ("kind", "path"), FOUND, ids=[str(path.relative_to(CORPUS)) for _, path in FOUND]
)
def test_what_was_too_much_once_is_not_any_more(ask: Ask, kind: str, path: Path) -> None:
    for name in kinds.KINDS[kind].names:
        told = ask(kind, name, path.read_bytes())
        assert not told.wrong, f"{told.wrong} {told.where}"


@pytest.mark.parametrize(
    ("kind", "construct"),
    [
        ("html", "many &"),
        ("html", "2000 b itemprop=author around <b>a</b>"),
        ("html", "2000 div around <i></i>"),
        ("markdown", "many '!['"),
        ("json", "content_html of &amp;"),
    ],
)
def test_what_took_minutes_takes_none(ask: Ask, kind: str, construct: str) -> None:
    data = CONSTRUCTS[kind][construct](500_000).encode()
    told = ask(kind, kinds.KINDS[kind].names[0], data)
    assert told.seconds < child.HANGS, f"{told.wrong} {told.where}"


def test_the_corpus_has_no_folder_that_is_no_kind() -> None:
    assert {path.name for path in CORPUS.iterdir()} <= {
        name.replace(" ", "-") for name in kinds.KINDS
    }


def test_a_seed_and_a_number_are_one_file() -> None:
    assert [mutated("html", 1, number) for number in range(5)] == [
        mutated("html", 1, number) for number in range(5)
    ]
    assert mutated("html", 1, 0) != mutated("html", 2, 0)


def test_a_fault_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(name: str, _: bytes) -> kinds.Made:
        raise ZeroDivisionError(name)

    monkeypatch.setitem(kinds.KINDS, "text", kinds.Kind(fails, ("page.txt",)))
    assert judged("text", "page.txt", b"a").wrong == "ZeroDivisionError: page.txt"


def test_what_minimising_leaves_still_does_it() -> None:
    assert minimised(b"a" * 500 + b"x" + b"b" * 500, lambda data: b"x" in data) == b"x"
