"""What is known of a site outlives whatever ends a run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from feeds.capture.state import FILE, Known, Origin, State

MOMENT = datetime(2026, 1, 14, tzinfo=UTC)


def opened(root: Path) -> State:
    (root / "captured").mkdir(exist_ok=True)
    return State(root)


def test_the_last_line_of_each_address_counts(tmp_path: Path) -> None:
    state = opened(tmp_path)
    state.put(Known("a", MOMENT))
    state.put(Origin("o", "User-agent: *"))
    state.put(Known("a", MOMENT, came="gone"))
    again = opened(tmp_path)
    assert again.pages == {"a": Known("a", MOMENT, came="gone")}
    assert again.origins == {"o": Origin("o", "User-agent: *")}


def test_half_a_line_costs_itself_alone(tmp_path: Path) -> None:
    opened(tmp_path).put(Known("a", MOMENT))
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"t":"a","address":"half')
    opened(tmp_path).put(Known("b", MOMENT))
    assert list(opened(tmp_path).pages) == ["a", "b"]


def test_what_another_release_wrote_is_passed_over(tmp_path: Path) -> None:
    opened(tmp_path).put(Known("a", MOMENT))
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"t":"z"}\nbell\n\xff\n')
    assert list(opened(tmp_path).pages) == ["a"]


def test_the_file_is_written_anew_when_most_of_it_is_no_longer_so(tmp_path: Path) -> None:
    state = opened(tmp_path)
    for number in range(1200):
        state.put(Known("a", MOMENT, tries=number))
    size = (tmp_path / FILE).stat().st_size
    state.tidy()
    assert (tmp_path / FILE).stat().st_size < size / 100
    assert opened(tmp_path).pages["a"].tries == 1199
