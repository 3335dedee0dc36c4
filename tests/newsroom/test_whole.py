"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from feeds.newsroom.whole import replacing, write_whole


def test_a_file_is_on_the_disk_before_it_takes_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text("before")
    seen = []

    def fsync(descriptor: int) -> None:
        what = Path(f"/proc/self/fd/{descriptor}").readlink()
        seen.append((what.is_dir(), file.read_text()))

    monkeypatch.setattr(os, "fsync", fsync)
    write_whole(file, b"after")
    assert seen == [(False, "before"), (True, "after")]
    assert list(tmp_path.iterdir()) == [file]


def test_what_fails_half_way_leaves_the_file_of_before_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text("before")

    def half() -> None:
        with replacing(file) as partial:
            partial.write_text("half")
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        half()
    assert (file.read_text(), list(tmp_path.iterdir())) == ("before", [file])
