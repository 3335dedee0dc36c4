"""Exporters that stand still for longer than their claim, and targets that were left otherwise.

Whoever was overtaken ends with an error and undoes nothing of what the other did; what the ledger
knows of a target is trusted only as long as that is as the last export left it.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feeds.export import run
from feeds.export.claim import CLAIM
from feeds.export.folder import Folder
from feeds.export.run import Exported
from feeds.export.tree import CURRENT, Tree
from feeds.ledger.exports import File
from tests.export.exporting import CRANE, LATER, compare, export, files, retract
from tests.newsrooms import NOW, TestNewsroom

HOUR = timedelta(hours=1)
OVERTAKING = LATER + 2 * HOUR + CLAIM + timedelta(seconds=1)
TIDES = 30


class Standing:
    """An export in a thread of its own, which stands still somewhere; ``now`` is its clock."""

    def __init__(self, newsroom: TestNewsroom, target: Path, now: datetime) -> None:
        self.now = now
        self.stands, self.may_go = threading.Event(), threading.Event()
        self._done: list[Exported] = []
        self._thread = threading.Thread(
            target=lambda: self._done.append(
                run.export(newsroom.place, str(target), lambda: self.now)
            )
        )

    def stand(self) -> None:
        """Stands still, if it is this export's thread, and for the first time."""
        if threading.current_thread() is self._thread and not self.stands.is_set():
            self.stands.set()
            assert self.may_go.wait(60)

    @contextmanager
    def standing(self) -> Iterator[None]:
        """A block in which it stands."""
        self._thread.start()
        try:
            assert self.stands.wait(60)
            yield
        finally:
            self.may_go.set()
            self._thread.join(60)

    def done(self, now: datetime) -> Exported:
        """What it comes to, going on at ``now``."""
        self.now = now
        self.may_go.set()
        self._thread.join(60)
        return self._done[0]


def flood(newsroom: TestNewsroom) -> None:
    for number in range(TIDES):
        title = f"Tide {number} stands higher than before now"
        text = f"{title}\n\nIt was measured twice.\n\n{1 + number % 9:02}.Jan.2026\n"
        newsroom.page(f"tide-{number}.txt", text)
    newsroom.publish(NOW + HOUR, accept=("flood", "first-load"))


Patch = Callable[[type, str, Callable[[Any, int], None]], None]


@pytest.fixture
def after(monkeypatch: pytest.MonkeyPatch) -> Patch:
    """Has something be done after each call of a method, which is told the thread's how many-th."""

    def patched(kind: type, name: str, then: Callable[[Any, int], None]) -> None:
        method = getattr(kind, name)
        counts: dict[int, int] = {}

        def called(self: Any, *given: Any, **named: Any) -> Any:
            answer = method(self, *given, **named)
            thread = threading.get_ident()
            counts[thread] = counts.get(thread, 0) + 1
            then(self, counts[thread])
            return answer

        monkeypatch.setattr(kind, name, called)

    return patched


@pytest.mark.parametrize("clock", [OVERTAKING - CLAIM, OVERTAKING + HOUR])
def test_who_was_overtaken_switches_nothing_and_leaves_the_other_alone(
    own: TestNewsroom, target: Path, after: Patch, clock: datetime
) -> None:
    flood(own)
    first = Standing(own, target, LATER + 2 * HOUR)
    second = Standing(own, target, OVERTAKING)

    def then(_: object, count: int) -> None:
        if count == 5:
            first.stand()
        if count == 20:
            second.stand()

    after(Folder, "_put", then)
    with first.standing():
        gone = retract(own, "Ferry", LATER + 2 * HOUR)
        with second.standing():
            overtaken = first.done(clock)
            assert overtaken.problem
            assert "another export took over" in overtaken.problem.what
            assert not (target / CURRENT).exists()
            assert second.done(OVERTAKING).problem is None
    compare(own, target, OVERTAKING)
    assert f"stories/{gone[0]}/{gone[:2]}/{gone}.gone.html" in files(target)
    export(own, target, OVERTAKING + 2 * HOUR)
    compare(own, target, OVERTAKING + 2 * HOUR)


def test_who_is_overtaken_while_it_makes_a_revision_shows_it_to_nobody(
    own: TestNewsroom, target: Path, after: Patch
) -> None:
    export(own, target)
    own.page("crane.txt", CRANE)
    own.publish(NOW + HOUR)
    first = Standing(own, target, LATER + 2 * HOUR)
    after(Tree, "_link", lambda _self, _count: first.stand())
    with first.standing():
        retract(own, "Crane", LATER + 2 * HOUR)
        export(own, target, OVERTAKING)
        shown = (target / CURRENT).readlink()
        overtaken = first.done(OVERTAKING)
        assert overtaken.problem
        assert "another export took over" in overtaken.problem.what
    assert (target / CURRENT).readlink() == shown
    compare(own, target, OVERTAKING)
    export(own, target, OVERTAKING + HOUR)
    compare(own, target, OVERTAKING + HOUR)


def test_who_is_overtaken_is_so_also_once_the_other_has_ended(
    own: TestNewsroom, target: Path, after: Patch
) -> None:
    first = Standing(own, target, LATER + 2 * HOUR)
    after(Folder, "_put", lambda _self, _count: first.stand())
    with first.standing():
        export(own, target, OVERTAKING)
        overtaken = first.done(OVERTAKING)
        assert overtaken.problem
        assert "another export took over" in overtaken.problem.what
    told = list(own.rows("SELECT since IS NOT NULL, due IS NOT NULL FROM targets"))
    assert told == [(1, 1)]
    export(own, target, OVERTAKING + HOUR)
    compare(own, target, OVERTAKING + HOUR)


def test_a_long_look_at_all_files_keeps_its_claim(
    own: TestNewsroom, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(own, target)
    now = LATER + HOUR
    asked = []

    def slowly(known: Iterator[File]) -> Iterator[File]:
        nonlocal now
        for file in known:
            now += CLAIM / 3
            yield file

    faults = Folder.faults

    def looked(self: Folder, known: Iterator[File]) -> list[str]:
        found = faults(self, slowly(known))
        asked.append(run.export(own.place, str(target), lambda: now))
        return found

    monkeypatch.setattr(Folder, "faults", looked)
    assert run.export(own.place, str(target), lambda: now, verify=True).problem is None
    assert [one.is_busy for one in asked] == [True]


def shows_crane(target: Path) -> bool:
    return any(b"Crane" in found.body for found in files(target).values())


def test_a_target_of_another_machine_by_the_same_name_is_looked_at_file_by_file(
    own: TestNewsroom, target: Path, tmp_path: Path
) -> None:
    disks = {"a": tmp_path / "disk-a", "b": tmp_path / "disk-b"}

    @contextmanager
    def mounted(disk: str) -> Iterator[None]:
        if disks[disk].exists():
            disks[disk].rename(target)
        yield
        target.rename(disks[disk])

    own.page("crane.txt", CRANE)
    own.publish(NOW + HOUR)
    for hour, disk in enumerate("ab"):
        with mounted(disk):
            export(own, target, LATER + hour * HOUR)
            compare(own, target, LATER + hour * HOUR)
            assert shows_crane(target)
    retract(own, "Crane", LATER + 3 * HOUR)
    for hour, disk in enumerate("abab", start=4):
        with mounted(disk):
            export(own, target, LATER + hour * HOUR)
            compare(own, target, LATER + hour * HOUR)


def test_a_target_that_was_put_back_from_a_copy_is_looked_at_file_by_file(
    own: TestNewsroom, target: Path, tmp_path: Path
) -> None:
    own.page("crane.txt", CRANE)
    own.publish(NOW + HOUR)
    export(own, target)
    shutil.copytree(target, tmp_path / "copy", symlinks=True)
    retract(own, "Crane", LATER + HOUR)
    export(own, target, LATER + 2 * HOUR)
    shutil.rmtree(target)
    (tmp_path / "copy").rename(target)
    assert shows_crane(target)
    export(own, target, LATER + 3 * HOUR)
    compare(own, target, LATER + 3 * HOUR)


def test_a_look_at_all_files_that_was_broken_off_is_taken_again(
    own: TestNewsroom, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(own, target)
    planted = (target / CURRENT / "feeds").resolve() / "planted.html"
    planted.write_text("not ours")
    with monkeypatch.context() as patched:
        patched.setattr(Tree, "switch", lambda *_given, **_named: (_ for _ in ()).throw(OSError))
        assert run.export(own.place, str(target), lambda: LATER + HOUR, verify=True).problem
    assert planted.exists()
    export(own, target, LATER + 2 * HOUR)
    compare(own, target, LATER + 2 * HOUR)
