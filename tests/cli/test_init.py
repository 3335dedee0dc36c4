"""``feeds init``: what it asks, what it makes of the answers, what it tells to do next."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path
from typing import Any

import pytest

from feeds.cli.instructions import instructions
from feeds.export import recipes
from feeds.newsroom import locate
from feeds.newsroom.site_file import load_site
from tests.newsrooms import FEEDS, PAGE, PROJECT, Ran, feeds, process

ANSWERS = (
    *("--title", 'Quay "Q" & Sons', "--site", "https://quay.org", "--timezone", "Asia/Baku"),
    *("--feeds-url", "https://quay.org/feeds/", "--authority", "quay.org,2026"),
)


def test_init_makes_a_newsroom_that_publishes(tmp_path: Path) -> None:
    home = tmp_path / "a desk"
    run = feeds(None, "init", home, *ANSWERS)
    assert run.returncode == 0, run.stderr
    site = load_site((home / "source" / "site.toml").read_text(), "site.toml")
    assert (site.title, site.site_url) == ('Quay "Q" & Sons', "https://quay.org/")
    (home / "source" / "bell.txt").write_text(PAGE)
    assert "revision 1" in feeds(None, "publish", "--source", home / "source").stdout
    assert (home / "instance" / "feeds.db").is_file()


def test_init_prints_lines_with_absolute_paths(tmp_path: Path) -> None:
    told = feeds(None, "init", tmp_path / "desk", *ANSWERS).stdout
    assert f"*/5 * * * * {FEEDS} publish --quiet --source {tmp_path}/desk/source" in told
    serve = f'ExecStart="{FEEDS}" serve --behind-proxy --port 8000'
    assert f'{serve} --source "{tmp_path}/desk/source"' in told
    assert "proxy_pass http://127.0.0.1:8000;" in told


def test_the_printed_commands_print_what_serves_finished_files(tmp_path: Path) -> None:
    told = feeds(None, "init", tmp_path / "a desk", *ANSWERS).stdout
    asked_for = re.findall(r"^  (\S+/feeds export --lines .+)", told, re.M)
    words = [shlex.split(command)[1:] for command in asked_for]
    lines = [feeds(None, *some) for some in words]
    assert [run.returncode for run in lines] == [0, 0, 0]
    nginx, caddy, cdn = (run.stdout for run in lines)
    assert f'root "{tmp_path}/a desk/export/current";' in nginx
    assert "file_server" in caddy
    assert "s3://BUCKET/PREFIX" in cdn


@pytest.mark.parametrize("target", ["export", "s3://desk-feeds/feeds"])
def test_whoever_has_no_server_gets_the_lines_for_files_at_once(
    tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = feeds(None, "init", "desk", *ANSWERS, "--export", target)
    whole = target if "://" in target else f"{tmp_path}/export"
    assert re.search(rf"^  \*/5 .* publish --quiet .* --export {whole}$", run.stdout, re.M)
    assert "systemd" not in run.stdout
    assert "proxy_pass" not in run.stdout
    site = load_site((tmp_path / "desk" / "source" / "site.toml").read_text(), "site.toml")
    some = [recipes.cdn] if "://" in target else [recipes.nginx, recipes.caddy]
    for lines in some:
        assert textwrap.indent(lines(site, whole), "  ") in run.stdout


def test_a_target_that_is_none_leaves_nothing(tmp_path: Path) -> None:
    run = feeds(None, "init", tmp_path / "desk", *ANSWERS, "--export", "ftp://desk.org/")
    assert (run.returncode, "no kind of store" in run.stderr) == (2, True)
    assert not (tmp_path / "desk").exists()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs Debian's systemd")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    title = ("--title", 'Quay 100% "Q" \\')
    told = feeds(None, "init", tmp_path / "a desk", *ANSWERS, *title).stdout
    lines = told.partition("systemctl enable --now feeds\n")[2].partition("\nnginx (")[0]
    unit = tmp_path / "feeds.service"
    unit.write_text(textwrap.dedent(lines), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)],  # noqa: S607 # the system's own
        capture_output=True,
        check=False,
        text=True,
    )
    # of the whole system's units, which it loads beside, others may be wrong
    assert [line for line in done.stderr.splitlines() if "feeds.service" in line] == []


def test_where_python_runs_the_package_so_do_the_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where it was installed into a folder of PYTHONPATH, without its command."""
    python = tmp_path / "my python"
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.setattr(sys, "argv", [str(PROJECT / "feeds" / "__main__.py")])
    site = load_site((PROJECT / "source" / "site.toml").read_text(), "site.toml")
    told = instructions(site, locate(str(tmp_path / "source")))
    assert f"*/5 * * * * '{python}' -m feeds publish --quiet" in told
    assert f'ExecStart="{python}" -m feeds serve' in told
    assert "__main__.py" not in told


def test_init_says_who_may_read_what_is_not_public(tmp_path: Path) -> None:
    told = feeds(None, "init", tmp_path / "desk", *ANSWERS).stdout
    assert "alone may read it" in told
    assert "(0640)" in told
    service = told.partition("[Service]")[2].partition("[Install]")[0]
    assert "\n  Group=" in service
    assert "\n  UMask=0027\n" in service
    assert (tmp_path / "desk" / "instance").stat().st_mode & 0o777 == 0o750


def test_the_server_comes_back_whenever_the_ledger_does(tmp_path: Path) -> None:
    """However long it was away: systemd waits between two starts, and gives none up."""
    told = feeds(None, "init", tmp_path / "desk", *ANSWERS).stdout
    unit, _, rest = told.partition("[Unit]")[2].partition("[Service]")
    assert "\n  StartLimitIntervalSec=0\n" in unit
    assert "\n  Restart=on-failure\n  RestartSec=5\n" in rest.partition("[Install]")[0]


def asked(home: Path, typed: str, *options: str, **environment: str) -> Ran:
    """``feeds init`` in a terminal, with what somebody types there."""
    return feeds(None, "init", home, *options, typed=typed, columns=200, environment=environment)


def site_of(home: Path) -> dict[str, Any]:
    """What was configured."""
    text = (home / "source" / "site.toml").read_text(encoding="utf-8")
    made: dict[str, Any] = tomllib.loads(text)["site"]
    return made


def test_init_asks_for_what_no_option_gives(tmp_path: Path) -> None:
    typed = "Quay Desk\nhttps://www.quay.org/\naz\n\nAsia/Baku\n\n"
    run = asked(tmp_path / "desk", typed)
    assert run.returncode == 0, run.stderr
    site = site_of(tmp_path / "desk")
    assert site["feeds_url"] == "https://www.quay.org/feeds/"
    assert site["authority"].startswith("quay.org,20")
    assert site["language"] == "az"
    assert "authority" in run.stderr.lower()
    assert run.stderr.startswith("What is the newsroom called? Its website (https://…/): ")
    assert "reached? [https://www.quay.org/feeds/]: " in run.stderr


@pytest.mark.parametrize(
    ("locale", "proposed"),
    [
        ({"LC_ALL": "pt_BR.UTF-8", "LANG": "de_DE.UTF-8"}, "pt"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "az_AZ"}, "az"),
        ({"LC_ALL": "C.UTF-8", "LC_MESSAGES": "", "LANG": "POSIX"}, "en"),
    ],
)
def test_init_proposes_the_language_of_whoever_asks(
    tmp_path: Path, locale: dict[str, str], proposed: str
) -> None:
    run = asked(tmp_path / "desk", "\n", *ANSWERS, **locale)
    assert f"Its language [{proposed}]: " in run.stderr
    assert site_of(tmp_path / "desk")["language"] == proposed


@pytest.mark.parametrize(
    ("typed", "site_url"),
    [
        ("quay.org", "https://quay.org/"),
        (" www.quay.org/az ", "https://www.quay.org/az/"),
        ("http://quay.org", "http://quay.org/"),
        ("localhost:8000", "http://localhost:8000/"),
        ("127.0.0.1", "http://127.0.0.1/"),
        ("quay.org:8443/", "https://quay.org:8443/"),
    ],
)
def test_the_name_of_a_host_is_an_address(tmp_path: Path, typed: str, site_url: str) -> None:
    run = feeds(None, "init", tmp_path, *ANSWERS, "--site", typed)
    assert run.returncode == 0, run.stderr
    assert site_of(tmp_path)["site_url"] == site_url


def test_a_language_that_is_known_in_part_is_asked_for_again(tmp_path: Path) -> None:
    run = asked(tmp_path, "en-GBB\nen_GB.UTF-8\n", *ANSWERS)
    assert 'only "en" is known' in run.stderr
    assert site_of(tmp_path)["language"] == "en-GB"


def test_a_wrong_answer_is_asked_for_again(tmp_path: Path) -> None:
    run = asked(tmp_path, "klingonish\nuk_UA\n", *ANSWERS)
    assert 'expected a language tag such as "en"' in run.stderr
    assert site_of(tmp_path)["language"] == "uk-UA"


def test_init_offers_no_authority_that_it_would_refuse(tmp_path: Path) -> None:
    typed = "Quay Desk\nhttps://quay.example/\n\n\nAsia/Baku\n\nquay.org,2026\n"
    run = asked(tmp_path, typed)
    assert run.returncode == 0
    assert "quay.example,20" not in run.stderr
    assert site_of(tmp_path)["authority"] == "quay.org,2026"


def test_init_without_a_terminal_asks_nothing_and_names_what_is_missing(tmp_path: Path) -> None:
    typed = "Quay Desk\nquay.org\n\n\n\n\n"
    for some in ((), ("--title", "Quay Desk"), ("--yes",)):
        run = process(None, "init", tmp_path / "desk", *some, typed=typed)
        assert (run.returncode, run.stdout) == (2, "")
        assert "--site" in run.stderr
        assert ("--title" in run.stderr) == ("--title" not in some)
        assert "run it in a terminal" in run.stderr
        assert ("no default that --yes could accept" in run.stderr) == (some == ("--yes",))
        assert not (tmp_path / "desk").exists()


def test_init_accepts_all_that_is_proposed_if_told_so(tmp_path: Path) -> None:
    run = asked(tmp_path, "", "--title", "Quay", "--site", "quay.org", "--yes", TZ="Asia/Baku")
    assert run.returncode == 0, run.stderr
    site = site_of(tmp_path)
    assert site["feeds_url"] == "https://quay.org/feeds/"
    assert site["timezone"] == "Asia/Baku"


def test_whoever_stops_answering_has_made_nothing(tmp_path: Path) -> None:
    run = asked(tmp_path / "desk", "Quay Desk\nquay.org\n")
    assert (run.returncode, run.stdout.strip()) == (2, "")
    assert "stopped" in run.stderr
    assert not (tmp_path / "desk").exists()


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    feeds(None, "init", tmp_path, *ANSWERS)
    before = (tmp_path / "source" / "site.toml").read_text()
    run = feeds(None, "init", tmp_path, *ANSWERS[:1], "Other", *ANSWERS[2:])
    assert (run.returncode, "already" in run.stderr) == (2, True)
    assert (tmp_path / "source" / "site.toml").read_text() == before


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--authority", "news.example,2026"),
        ("--authority", "quay"),
        ("--timezone", "Mars/Olympus"),
        ("--feeds-url", "https://quay.org/"),
        ("--site", "quay"),
        ("--language", "klingonish"),
        ("--language", "en-GBB"),
        ("--icon", "quay.png"),
    ],
)
def test_init_refuses_a_wrong_answer_and_makes_nothing(
    tmp_path: Path, option: str, value: str
) -> None:
    run = feeds(None, "init", tmp_path / "desk", *ANSWERS, option, value)
    assert run.returncode == 2
    assert value in run.stderr
    assert not (tmp_path / "desk").exists()


DATABASE = "postgresql+psycopg://desk:s3%25cret@db.internal:5433/desk?sslmode=require"


@pytest.mark.parametrize("export", [(), ("--export", "s3://desk-feeds/feeds")])
def test_all_lines_name_the_ledger_that_was_named_and_no_password(
    tmp_path: Path, export: tuple[str, ...]
) -> None:
    run = feeds(None, "init", tmp_path / "desk", *ANSWERS, *export, "--database", DATABASE)
    shown = "postgresql://desk@db.internal:5433/desk?sslmode=require"
    commands = re.findall(r".*\bfeeds\"? (?:publish|serve|export) .*", run.stdout)
    assert len(commands) == (3 if export else 7)
    assert all(shlex.split(line).count(shown) == 1 for line in commands)
    assert "s3%25cret" not in run.stdout + run.stderr
    assert "~/.pgpass" in run.stdout
    assert not (tmp_path / "desk" / "instance").exists()


def test_a_ledger_that_the_environment_names_is_named_in_the_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEEDS_DATABASE", f"sqlite:///{tmp_path}/50% here/feeds.db")
    told = feeds(None, "init", tmp_path / "desk", *ANSWERS).stdout
    named = f"{tmp_path}/50\\% here/feeds.db' \n".rstrip()
    assert f"--database 'sqlite:///{named}" in told
    assert f'--database "sqlite:///{tmp_path}/50%% here/feeds.db"' in told
    assert f"also in {tmp_path}/50% here (0750)" in told


def test_the_ledger_that_is_there_by_default_is_not_named(tmp_path: Path) -> None:
    default = f"sqlite:///{tmp_path}/desk/instance/feeds.db"
    told = feeds(None, "--database", default, "init", tmp_path / "desk", *ANSWERS).stdout
    assert "--database" not in told
    assert (tmp_path / "desk" / "instance").is_dir()


def test_a_ledger_that_is_none_leaves_nothing(tmp_path: Path) -> None:
    run = feeds(None, "init", tmp_path / "desk", *ANSWERS, "--database", "mysql://db/desk")
    assert (run.returncode, "no ledger this program can open" in run.stderr) == (2, True)
    assert not (tmp_path / "desk").exists()
