"""Revisions of a directory: what they share, and that nothing is left of what is gone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from feeds.export.tree import Tree

FILES = ("latest.rss", "static/style.css", "stories/a/ab/abc.html", "stories/a/ac/acd.html")


class Desk:
    """A tree, and who changes files in it."""

    def __init__(self, root: Path) -> None:
        self.root = root / "out"
        self.staging = root / "staging"
        self.staging.mkdir()
        self.tree = Tree(self.root, "a")
        self.root.mkdir()
        self.tree.open()
        self._count = 0

    def write(self, *names: str, gone: tuple[str, ...] = (), base: str = "feeds") -> None:
        """Has readers see other files of these names, and none of those that are ``gone``."""
        changes: dict[str, Path | None] = dict.fromkeys(gone)
        for name in names:
            self._count += 1
            changes[name] = self.staging / str(self._count)
            (self.staging / str(self._count)).write_text(f"{self._count}")
        self.tree.switch(base, changes, lambda: None, only=True)

    def seen(self) -> dict[str, str]:
        """What readers see."""
        found = {}
        for place, _, files in os.walk(self.root / "current", followlinks=True):
            for name in files:
                path = Path(place, name)
                found[str(path.relative_to(self.root / "current"))] = path.read_text()
        return found

    def parts(self) -> set[str]:
        """The shared folders that there are."""
        return {path.name for path in (self.root / "parts").iterdir()}

    def needed(self) -> set[str]:
        """The shared folders to which something leads."""
        found = set()
        for place, folders, _ in os.walk(self.root / "revisions", followlinks=True):
            links = [Path(place, name) for name in folders if Path(place, name).is_symlink()]
            found |= {link.readlink().name for link in links}
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.write(*FILES)
    return made


def test_a_revision_has_a_folder_of_its_own_where_something_changed_alone(desk: Desk) -> None:
    before = desk.parts()
    desk.write("stories/a/ab/abd.html")
    new = {"2.a+feeds+stories", "2.a+feeds+stories+a", "2.a+feeds+stories+a+ab"}
    assert desk.parts() - before == new
    assert {name.removeprefix("feeds/") for name in desk.seen()} == {
        *FILES,
        "stories/a/ab/abd.html",
    }


def test_with_what_was_replaced_goes_what_it_alone_had(desk: Desk) -> None:
    desk.write("stories/a/ab/abc.html", gone=("static/style.css",))
    desk.write("latest.rss", gone=("stories/a/ac/acd.html", "stories/a/ac/acd.html.gz"))
    seen = desk.seen()
    assert sorted(seen) == ["feeds/latest.rss", "feeds/stories/a/ab/abc.html"]
    desk.tree.collect(3600.0)
    assert len(list((desk.root / "revisions").iterdir())) == 3
    desk.tree.collect(-1.0)
    assert [path.name for path in (desk.root / "revisions").iterdir()] == ["3.a"]
    assert desk.parts() == desk.needed()
    assert desk.seen() == seen


def test_what_one_that_was_killed_has_made_goes(desk: Desk) -> None:
    seen, parts = desk.seen(), desk.parts()
    desk.write("stories/b/ba/bab.html", "static/style.css")
    (desk.root / "current").unlink()
    (desk.root / "current").symlink_to("revisions/1.a")
    (desk.root / "current.b").symlink_to("revisions/2.a")
    (desk.root / "revisions" / "3.b.part").mkdir()
    (desk.root / "revisions" / "1.b").mkdir()
    desk.tree.open()
    assert not (desk.root / "current.b").is_symlink()
    assert [path.name for path in (desk.root / "revisions").iterdir()] == ["1.a"]
    assert desk.parts() == parts
    assert desk.seen() == seen


def test_at_another_address_nothing_of_before_is_there(desk: Desk) -> None:
    for base in ("news/feeds", "news", "feeds/news", "feeds"):
        desk.write(*FILES, base=base)
        assert sorted(desk.seen()) == sorted(f"{base}/{name}" for name in FILES)
        assert not desk.tree.has_others(base)
        assert desk.tree.has_others("elsewhere")
    desk.tree.collect(-1.0)
    assert desk.parts() == desk.needed()


@pytest.mark.parametrize("there", ["..", "../", "../../..", "../1.a+feeds", "/etc", "../a+b"])
def test_links_that_somebody_put_there_lead_nothing_away(desk: Desk, there: str) -> None:
    feeds = (desk.root / "current" / "feeds").resolve()
    (feeds / "planted").symlink_to(there)
    (feeds / "static" / "planted").symlink_to(there)
    (feeds / "latest.rss").unlink()
    (feeds / "latest.rss").symlink_to(there)
    desk.write("latest.rss", "static/style.css")
    assert {name.removeprefix("feeds/") for name in desk.seen()} == {*FILES}
    desk.tree.collect(-1.0)
    assert desk.parts() == desk.needed()
    assert {name.removeprefix("feeds/") for name in desk.seen()} == {*FILES}


def test_meanwhile_what_is_at_another_address_stays(desk: Desk) -> None:
    (desk.staging / "new").write_text("new")
    desk.tree.switch("news", {"latest.rss": desk.staging / "new"}, lambda: None, only=False)
    assert {"news/latest.rss", *(f"feeds/{name}" for name in FILES)} == set(desk.seen())
    assert desk.tree.has_others("news")


def test_without_lingering_what_was_replaced_goes_whatever_the_clocks_say(desk: Desk) -> None:
    old = (desk.root / "current").resolve()
    desk.write("latest.rss")
    ahead = (desk.root / "current").stat().st_mtime + 3600
    os.utime(old, (ahead, ahead))
    desk.tree.collect(0.0)
    assert not old.exists()
