"""The command as people and cron use it: exit codes, one line on stderr."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from unittest.mock import Mock

import pytest

from feeds.ledger import lock
from feeds.syndication import gate
from tests.newsrooms import FEEDS, PAGE, PROJECT, SITE, TestNewsroom, feeds, process, publish_bell


def test_the_package_can_be_run_as_the_command(newsroom: TestNewsroom) -> None:
    run = process(newsroom, "-m", "feeds", "list", program=[sys.executable])
    assert run == process(newsroom, "list")


def test_cron_hears_nothing_when_all_is_well(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt")
    for _ in range(2):
        run = process(newsroom, "publish", "--quiet")
        assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_cron_hears_of_a_bad_page_once_and_status_keeps_listing_it(newsroom: TestNewsroom) -> None:
    newsroom.page("bad.txt", b"")
    first = process(newsroom, "publish", "--quiet")
    assert first.returncode == 1
    assert first.stderr == "bad.txt: the page is empty; save it again, or delete the file\n"
    second = feeds(newsroom, "publish", "--quiet")
    assert (second.returncode, second.stderr) == (0, "")
    for _ in range(2):
        status = feeds(newsroom, "status")
        assert status.returncode == 1
        assert "bad.txt: the page is empty" in status.stdout


def test_publish_tells_a_program_what_it_did(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt")
    told = json.loads(feeds(newsroom, "publish", "--json").stdout)
    assert told == {
        "revision": 1,
        "entered": 4,
        "corrected": 0,
        "problems": [],
        "notices": [],
        "changes": [],
        "retracted": 0,
        "erased": [],
        "begun": False,
        "exit_code": 0,
    }


def test_a_newsroom_can_be_named_before_or_after_the_command_or_by_the_environment(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("bell.txt")
    root = str(newsroom.root)
    assert "revision 1" in feeds(None, "publish", "--source", root).stdout
    assert "nothing new" in feeds(None, "--source", root, "publish").stdout
    assert "nothing new" in feeds(None, "publish", environment={"FEEDS_SOURCE": root}).stdout
    assert "nothing new" in process(None, "publish", cwd=newsroom.root.parent).stdout
    assert newsroom.database.is_file(), "the ledger lies beside the folder by default"


def test_status_tells_the_last_run_the_newest_story_and_what_is_held(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("bell.txt", PAGE.replace("09.Jan.2026", "09.Jan.2199"))
    feeds(newsroom, "publish")
    run = feeds(newsroom, "status", "--json")
    assert run.returncode == 1, "what is held needs somebody"
    told = json.loads(run.stdout)
    assert told["entries"] == 3
    assert told["last_run"]["said"] == "revision 1: 3 new, 0 corrected"
    assert told["newest"]["title"] == "Bell hangs in its tower again after nine years"
    assert told["next_release"] == "2199-01-09T00:00:00+04:00"
    assert told["held"][0].startswith("bell.txt:6: 'Pilot boat gets another engine' is held")


def test_status_before_the_first_publish_says_so(newsroom: TestNewsroom) -> None:
    run = feeds(newsroom, "status")
    assert (run.returncode, "none yet" in run.stdout) == (0, True)
    assert "progress    nothing is published yet\n" in f"{run.stdout}\n"
    assert "all pages are read" not in run.stdout
    assert not newsroom.database.parent.exists(), "looking makes nothing"


def stop_publishing(newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """As somebody does after the pages were read, and before they are published."""
    with monkeypatch.context() as patch:
        patch.setattr("feeds.publish.pages.decide", Mock(side_effect=KeyboardInterrupt))
        assert feeds(newsroom, "publish").returncode == 130


def test_status_tells_how_far_a_first_load_has_come(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        newsroom.page(f"{number}.txt", PAGE.replace("Bell", f"Bell {number}"))
    stop_publishing(newsroom, monkeypatch)
    stopped = feeds(newsroom, "status")
    assert stopped.returncode == 1, "somebody has to publish again"
    assert "last run    none has come to its end yet" in stopped.stdout
    read = "progress    nothing is published yet; 3 pages are read and still to be published; "
    assert f"{read}the next 'feeds publish' goes on from there" in stopped.stdout
    assert "all pages are read" not in stopped.stdout
    with lock.hold(newsroom.database):
        working = feeds(newsroom, "status")
        told = json.loads(feeds(newsroom, "status", "--json").stdout)
    assert working.returncode == 0
    assert f"{read}a 'feeds publish' is at work" in working.stdout
    assert (told["waiting"], told["at_work"], told["revisions"]) == (3, True, [])
    newsroom.publish()
    done = feeds(newsroom, "status").stdout
    assert ("progress" in done, "all pages are read" in done) == (False, True)


def test_status_tells_what_a_later_run_that_was_stopped_had_read(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    published.page("crane.txt", "Crane falls\n\nIt fell on Friday.\nNobody knows why.\n")
    stop_publishing(published, monkeypatch)
    run = feeds(published, "status")
    assert run.returncode == 1
    assert "progress    1 page is read and still to be published; the next" in run.stdout
    assert "all pages are read" not in run.stdout


def test_status_does_not_say_that_all_is_read_after_a_run_that_did_nothing(
    published: TestNewsroom,
) -> None:
    published.configure("title =")
    assert feeds(published, "publish").returncode == 2
    published.configure(SITE)
    assert "all pages are read" not in feeds(published, "status").stdout


def test_read_shows_where_each_value_came_from(newsroom: TestNewsroom) -> None:
    page = newsroom.page("bell.txt")
    run = feeds(None, "read", page)
    assert run.returncode == 0
    assert "published  unknown  <- the page states no date for the article" in run.stdout
    assert "authors    Nora Lind  <- line 5, byline below the text" in run.stdout
    assert "line 6    Latest news  <- heading of the list" in run.stdout


def test_read_prints_one_object_for_each_page_in_order(newsroom: TestNewsroom) -> None:
    good, bad = newsroom.page("bell.txt"), newsroom.page("bad.txt", b"")
    run = feeds(None, "read", "--json", good, bad, good)
    objects = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == 1
    assert [item["page"] for item in objects] == [str(good), str(bad), str(good)]
    assert objects[0]["captured"] == "2026-01-14"
    assert objects[1]["warnings"] == [
        f"{bad}: the page is empty; save it again, or delete the file"
    ]
    assert set(objects[1]) == set(objects[0])


@pytest.mark.parametrize("name", ["nowhere.txt", "."])
def test_read_names_what_is_no_file(tmp_path: Path, name: str) -> None:
    run = feeds(None, "read", tmp_path / name)
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("site", "line"),
    [
        ("[site", "not TOML"),
        (SITE.replace("timezone", "timezon"), "timezon: unknown key; did you mean 'timezone'?"),
        (SITE.replace("limit = 30", 'limit = "30"'), '"30": expected a whole number'),
        (SITE.replace("desk.test,2026", "news.example,2026"), "not yours"),
    ],
)
def test_a_broken_configuration_is_lines_with_the_place_and_no_traceback(
    newsroom: TestNewsroom, site: str, line: str
) -> None:
    newsroom.configure(site)
    run = feeds(newsroom, "publish")
    assert run.returncode == 2
    assert line in run.stderr
    assert f"{newsroom.root}/site.toml" in run.stderr
    assert "Traceback" not in run.stderr
    assert not newsroom.database.exists()


def test_a_folder_that_is_none_is_one_line_with_a_hint(tmp_path: Path) -> None:
    run = process(None, "publish", "--source", tmp_path / "nowhere")
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "feeds init" in run.stderr


def test_the_folder_above_the_pages_is_recognised_as_a_slip(newsroom: TestNewsroom) -> None:
    run = feeds(None, "publish", "--source", newsroom.root.parent)
    assert f"did you mean --source {newsroom.root}?" in run.stderr


@pytest.mark.parametrize("url", ["feeds.db", "mysql://localhost/feeds", "sqlite://"])
def test_a_database_url_that_is_none_of_ours_is_refused(newsroom: TestNewsroom, url: str) -> None:
    run = feeds(newsroom, "publish", "--database", url)
    assert run.returncode == 2
    assert "write sqlite:////" in run.stderr
    assert "/feeds.db" in run.stderr


def test_a_second_publish_at_the_same_time_is_one_line(newsroom: TestNewsroom) -> None:
    newsroom.publish()
    with lock.hold(newsroom.database):
        run = process(newsroom, "publish")
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "another 'feeds publish' is at work" in run.stderr


def test_who_has_read_enough_of_a_pipe_is_told_nothing_more(published: TestNewsroom) -> None:
    there, here = os.pipe()
    os.close(there)
    with open(here, "wb") as pipe:  # noqa: PTH123 - a descriptor has no Path
        run = subprocess.run(
            [FEEDS, "list"],
            env=published.environment(),
            stdout=pipe,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert run.stderr == b""


def test_what_the_gate_refuses_has_an_exit_code_of_its_own(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "_MOST_AT_FIRST", 0)
    newsroom.page("bell.txt")
    run = feeds(newsroom, "publish")
    assert (run.returncode, run.stdout) == (3, "")
    assert "--accept first-load" in run.stderr


def test_debug_shows_the_traceback(newsroom: TestNewsroom) -> None:
    newsroom.configure("[site")
    assert "Traceback" in process(newsroom, "publish", "--debug").stderr


def test_backup_copies_and_checks(newsroom: TestNewsroom, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    missing = feeds(newsroom, "backup", target)
    assert (missing.returncode, "'feeds publish' makes it" in missing.stderr) == (2, True)
    newsroom.publish()
    run = feeds(newsroom, "backup", target)
    assert (run.returncode, target.is_file()) == (0, True)


@pytest.mark.parametrize("command", ["backup", "report"])
def test_the_help_of_what_writes_unpublished_words_says_who_may_read_them(command: str) -> None:
    assert "0640" in feeds(None, command, "--help").stdout


@pytest.mark.parametrize("command", ["", "init", "publish", "serve", "read", "status", "backup"])
def test_help_teaches(command: str) -> None:
    run = feeds(None, *command.split(), "--help")
    assert run.returncode == 0
    assert len(run.stdout.splitlines()) > 8


def test_a_run_with_nothing_new_loads_neither_the_database_nor_the_web(
    newsroom: TestNewsroom,
) -> None:
    publish_bell(newsroom)
    code = (
        "import sys; from feeds import cli; sys.argv = ['feeds', 'publish']\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "heavy = {'sqlalchemy', 'alembic', 'flask', 'feedgen', 'dateutil'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = process(newsroom, "-c", code, program=[sys.executable])
    assert run.stdout == "nothing new\n[]\n"


def test_the_wheel_holds_everything_that_runs(tmp_path: Path) -> None:
    """Templates, styles and migrations are no modules, and easily left out."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        # whosever checkout this is
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "feeds"],  # noqa: S607
        cwd=PROJECT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    assert {name for name in names if name.startswith("feeds/")} == {*tracked.split("\0")} - {""}


def test_whoever_stops_it_before_it_has_begun_sees_no_traceback() -> None:
    code = """
import sys

class Stopped:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Stopped())
from feeds.__main__ import main
main()
"""
    ended = process(None, "-c", code, program=[sys.executable])
    assert ended == (130, "", "feeds: stopped\n")
