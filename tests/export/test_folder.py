"""Exports to a directory: what is there is what is published, after whatever happened."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.export import run
from feeds.export.folder import Folder
from feeds.export.targets import MARK
from feeds.export.tree import CURRENT
from feeds.export.website import Answer, Website
from tests.export.exporting import CRANE, FORMATS, LATER, compare, export, files, retract
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds, process, publish_bell

RIGHTS = SITE.replace("[[feeds]]", "rights = []\n\n[[feeds]]")


def test_all_that_is_published_is_there(own: TestNewsroom, target: Path) -> None:
    done = export(own, target)
    assert (done.revision, done.removed) == (1, 0)
    compare(own, target)
    there = files(target)
    assert len([name for name in there if name.startswith("stories/")]) == 4
    published = int(own.document().last_modified.timestamp())
    assert there["latest.rss"].modified == published
    assert json.loads(there["healthz"].body) == {
        "epoch": 1,
        "revision": 1,
        "newest": "2026-01-14T09:30:00Z",
    }


def test_a_process_of_its_own_exports(tmp_path: Path, target: Path) -> None:
    # what pytest imports, a process as cron runs it doesn't
    newsroom = TestNewsroom(tmp_path / "desk")
    publish_bell(newsroom)
    ran = process(newsroom, "export", target)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "latest.rss" in files(target)


def test_what_did_not_change_is_not_written_again(own: TestNewsroom, target: Path) -> None:
    export(own, target)
    before = (target / CURRENT).readlink()
    done = export(own, target)
    assert (done.put, done.removed) == (0, 0)
    assert (target / CURRENT).readlink() == before


@pytest.mark.engines
def test_a_new_story_changes_what_leads_to_it_alone(own: TestNewsroom, target: Path) -> None:
    export(own, target)
    old = files(target)
    own.page("crane.txt", CRANE)
    own.publish(NOW + timedelta(hours=1))
    export(own, target)
    compare(own, target)
    new = files(target)
    changed = {name for name in old if old[name].body != new[name].body}
    assert {"latest.rss", "latest.html", "index.html", "healthz"} <= changed
    assert "static/style.css" not in changed
    untouched = set(old) - changed
    assert untouched
    assert {old[name].modified == new[name].modified for name in untouched} == {True}
    for name in untouched:
        assert (target / CURRENT / "feeds" / name).stat().st_nlink >= 1


def test_a_story_that_comes_goes_or_is_in_another_language_leads_to_other_ones(
    tmp_path: Path, target: Path
) -> None:
    newsroom = TestNewsroom(tmp_path / "desk")

    def write(name: str, day: int, language: str) -> None:
        text = "A crane fell on the quay at night, and nobody was hurt, as far as is known."
        front = f"title: The {name} is told\ndate: 2026-01-{day:02}\nlanguage: {language}"
        newsroom.page(f"{name}.md", f"---\n{front}\n---\n{text}\n")

    def exported(hours: int) -> None:
        newsroom.publish(NOW + timedelta(hours=hours))
        export(newsroom, target, LATER + timedelta(hours=hours))
        compare(newsroom, target, LATER + timedelta(hours=hours))

    # so many of another language that the first and the last are hardly near each other
    write("first", 1, "en")
    for number in range(19):
        write(f"bell {number}", 2, "az")
    write("last", 4, "en")
    exported(0)
    write("crane", 3, "az")
    exported(1)
    write("crane", 3, "en")
    exported(2)
    newsroom.decide('action = "retract"\nentry = "The crane is told"')
    exported(3)


def test_a_licence_is_there_as_long_as_there_are_rights(own: TestNewsroom, target: Path) -> None:
    for hour, site in enumerate((SITE, RIGHTS, SITE)):
        own.configure(site)
        own.publish(LATER + timedelta(hours=hour))
        export(own, target)
        compare(own, target)
        there = files(target)
        assert ("license.xml" in there) is (site is RIGHTS)
        assert (b'rel="license"' in there["latest.html"].body) is (site is RIGHTS)


@pytest.mark.engines
def test_what_is_retracted_is_gone_and_says_so(own: TestNewsroom, target: Path) -> None:
    export(own, target)
    name = retract(own, "Ferry")
    export(own, target)
    compare(own, target)
    there = files(target)
    assert f"stories/{name[0]}/{name[:2]}/{name}.html" not in there
    page = there[f"stories/{name[0]}/{name[:2]}/{name}.gone.html"].body.decode()
    assert "noindex" in page
    assert all(b"Ferry" not in found.body for found in there.values())


def test_documents_are_of_one_revision_also_if_another_comes_meanwhile(
    own: TestNewsroom, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(own, target)
    own.page("mole.txt", "Mole opens to the people of the town\n\nIt is long.\n\n12.Jan.2026\n")
    own.publish(NOW + timedelta(hours=1))
    answer, publish, shown = Website.answer, Folder.publish, []

    def answer_late(self: Website, address: str) -> Answer | None:
        if address == "latest.json" and not (own.root / "crane.txt").exists():
            own.page("crane.txt", CRANE)
            own.publish(NOW + timedelta(hours=2))
        return answer(self, address)

    def publish_and_look(self: Folder, *, last: bool = False) -> str:
        seal = publish(self, last=last)
        there = files(target)
        shown.append({b"Crane" in there[f"latest.{form}"].body for form in FORMATS})
        return seal

    monkeypatch.setattr(Website, "answer", answer_late)
    monkeypatch.setattr(Folder, "publish", publish_and_look)
    export(own, target)
    assert shown == [{True}]
    compare(own, target)


def test_a_feed_that_is_gone_says_so_and_a_renamed_one_works_at_its_old_address(
    own: TestNewsroom, target: Path
) -> None:
    extra = '\n[[feeds]]\nname = "news"\ntitle = "News"\n'
    own.configure(SITE + extra)
    own.publish(NOW + timedelta(hours=1))
    export(own, target)
    renamed = SITE.replace('name = "latest"', 'name = "all"\nformer_names = ["latest"]')
    own.configure(renamed + '\n[[feeds]]\nname = "news"\ntitle = "News"\ngone = true\n')
    own.publish(NOW + timedelta(hours=2))
    export(own, target)
    there = files(target)
    assert there["latest.rss"] == there["all.rss"]
    assert b'url=/feeds/all"' in there["latest.html"].body
    assert "news.rss" not in there
    assert "news.gone.html" in there


def test_other_addresses_are_another_tree(own: TestNewsroom, target: Path) -> None:
    export(own, target)
    own.configure(SITE.replace("https://desk.test/feeds/", "https://desk.test/news/feeds/"))
    own.publish(NOW + timedelta(hours=1))
    export(own, target)
    assert "latest.rss" in files(target, "news/feeds")
    assert not (target / CURRENT / "feeds").exists()


def test_a_target_of_others_is_refused(own: TestNewsroom, tmp_path: Path, target: Path) -> None:
    target.mkdir()
    (target / "precious.txt").write_text("theirs")
    done = run.export(own.place, str(target), lambda: LATER)
    assert done.problem
    assert "holds files of others" in done.problem.what
    assert [path.name for path in target.iterdir()] == ["precious.txt"]

    other = TestNewsroom(tmp_path / "other")
    publish_bell(other)
    export(other, tmp_path / "theirs")
    before = files(tmp_path / "theirs")
    done = run.export(own.place, str(tmp_path / "theirs"), lambda: LATER)
    assert done.problem
    assert "another newsroom's export" in done.problem.what
    assert files(tmp_path / "theirs") == before


def test_a_target_among_the_pages_is_refused(own: TestNewsroom) -> None:
    for command in ("export", own.root / "out"), ("publish", "--export", own.root / "out"):
        ran = feeds(own, *command)
        assert ran.returncode > 0
        assert "an export can't lie among the pages" in ran.stderr
        assert not (own.root / "out").exists()


def test_a_target_that_was_emptied_is_filled_again(own: TestNewsroom, target: Path) -> None:
    export(own, target)
    target.rename(target.with_name("elsewhere"))
    export(own, target)
    compare(own, target)


def test_what_somebody_meddled_with_is_found_and_mended(own: TestNewsroom, target: Path) -> None:
    export(own, target)
    good = files(target)
    there = (target / CURRENT / "feeds").resolve()
    (there / "latest.rss").write_text("meddled")
    (there / "latest.atom.gz").unlink()
    (there / "planted.html").write_text("not ours")
    next((there / "stories").glob("*/*/*.html")).unlink()
    assert export(own, target).put == 0  # nobody looked
    done = export(own, target, verify=True)
    assert done.put == 3
    compare(own, target)
    assert {name: found.body for name, found in files(target).items()} == {
        name: found.body for name, found in good.items()
    }
    assert files(target)["latest.rss"].modified > good["latest.rss"].modified


def test_old_revisions_are_removed_after_a_little(
    own: TestNewsroom, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(own, target)
    own.page("crane.txt", CRANE)
    own.publish(NOW + timedelta(hours=1))
    export(own, target)
    assert len(list((target / "revisions").iterdir())) == 2  # a server may be about to open it
    monkeypatch.setattr("feeds.export.folder._LINGERING_SECONDS", -1.0)
    export(own, target)
    assert len(list((target / "revisions").iterdir())) == 1
    compare(own, target)
    assert (target / MARK).is_file()


def test_of_what_was_taken_back_no_older_revision_stays(own: TestNewsroom, target: Path) -> None:
    export(own, target)
    retract(own, "Ferry")
    export(own, target)
    assert (target / CURRENT).resolve() == next((target / "revisions").iterdir())
    assert len(list((target / "revisions").iterdir())) == 1
    compare(own, target)


@pytest.mark.engines
def test_the_command_says_what_it_did_and_follows_what_publish_names(
    own: TestNewsroom, target: Path
) -> None:
    ran = feeds(own, "export", target)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "revision 1: " in ran.stdout
    assert "has all of revision 1" in feeds(own, "publish", "--export", target).stdout
    own.page("crane.txt", CRANE)
    ran = feeds(own, "publish")  # which names it no more
    assert "revision 2: " in ran.stdout.splitlines()[1]
    assert "has all of revision 2" in feeds(own, "status").stdout
    assert "not followed any more" in feeds(own, "export", "--forget", target).stdout
    assert feeds(own, "export", "--forget", target).returncode == 2


@pytest.fixture
def private() -> Iterator[None]:
    """What is made is for its owner alone, as far as the umask has a say."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("private")
def test_everybody_may_read_it_whatever_the_umask(own: TestNewsroom, tmp_path: Path) -> None:
    target = tmp_path / "web" / "here" / "out"
    export(own, target)
    files(target)
    for folder in (target.parent.parent, target.parent, *folders(target)):
        assert folder.stat().st_mode & 0o777 == 0o755, folder
    assert (target / MARK).stat().st_mode & 0o777 == 0o644
    staging = next((target / "staging").iterdir(), target)
    assert staging.stat().st_mode & 0o777 == 0o755


def folders(target: Path) -> list[Path]:
    """All below ``target`` that a web server goes through."""
    return [Path(place) for place, _, _ in os.walk(target)]


def test_what_readers_were_kept_from_is_opened_and_a_lost_coding_made_again(
    own: TestNewsroom, target: Path
) -> None:
    export(own, target)
    feeds_folder = (target / CURRENT / "feeds").resolve()
    (feeds_folder / "latest.rss").chmod(0o600)
    (feeds_folder / "latest.atom.gz").chmod(0o600)
    (feeds_folder / "latest.json.br").unlink()
    for folder in folders(target)[1:]:
        folder.chmod(0o700)
    export(own, target, verify=True)
    compare(own, target)
    assert (target / CURRENT / "feeds" / "latest.json.br").is_file()
    assert {folder.stat().st_mode & 0o777 for folder in folders(target)} == {0o755}


def test_links_that_lead_in_a_circle_are_not_followed(own: TestNewsroom, target: Path) -> None:
    export(own, target)
    there = (target / CURRENT / "feeds").resolve()
    for name in "abcdefgh":
        (there / name).symlink_to(".")
        (there / "static" / name).symlink_to(f"../{(there / 'static').readlink().name}")
    export(own, target, verify=True)
    compare(own, target)


def test_what_a_forgotten_target_has_stays_until_all_is_there_again(
    own: TestNewsroom, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(own, target)
    run.forget(own.place, str(target))
    planted = (target / CURRENT / "feeds").resolve() / "planted.html"
    planted.write_text("not ours")
    shown = []
    publish = Folder.publish

    def publish_and_look(self: Folder, *, last: bool = False) -> str:
        seal = publish(self, last=last)
        shown.append({"latest.rss", "index.html"} <= files(target).keys())
        return seal

    monkeypatch.setattr(Folder, "most", 2)
    monkeypatch.setattr(Folder, "publish", publish_and_look)
    export(own, target)
    assert len(shown) > 1
    assert all(shown)
    compare(own, target)


def test_a_theme_is_exported_and_its_change_changes_every_page(
    own: TestNewsroom, target: Path
) -> None:
    own.page("theme/theme.css", "p { margin: 0; }")
    own.page("theme/story.html", "<h1>{{ entry.title }}</h1>")
    own.publish(LATER)
    export(own, target)
    there = files(target)
    assert there["static/theme.css"].body == b"p { margin: 0; }"
    assert b"theme.css?v=" in there["index.html"].body
    stories = {name for name in there if name.startswith("stories/") and name.endswith(".html")}
    assert any(there[name].body.startswith(b"<h1>Bell hangs") for name in stories)
    (own.root / "theme" / "story.html").unlink()
    (own.root / "theme" / "theme.css").unlink()
    own.publish(LATER + timedelta(hours=1))
    export(own, target, LATER + timedelta(hours=1))
    after = files(target)
    assert "static/theme.css" not in after
    assert not any(one.body.startswith(b"<h1>Bell hangs") for one in after.values())
