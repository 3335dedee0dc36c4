"""What commands print in a terminal, and what they print elsewhere."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import shlex
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from feeds.cli import cli
from feeds.syndication import gate
from feeds.text import characters
from tests.newsrooms import FEEDS, TestNewsroom, feeds, process

COMMANDS = {
    name: command for name in cli.commands if (command := cli.get_command(click.Context(cli), name))
}
ESCAPE = "\x1b"
MANY = 30
STOPPED = (
    "feeds: stopped; what was read and stored is kept, "
    "and the next 'feeds publish' goes on from there"
)
_WAIT = 60


def in_a_terminal(
    newsroom: TestNewsroom,
    *arguments: str,
    columns: int = 100,
    environment: Mapping[str, str] = {},
) -> str:
    """All that ``feeds`` writes to a terminal so wide, as far as this process can be one."""
    ran = feeds(newsroom, *arguments, columns=columns, environment=environment)
    return ran.stdout + ran.stderr


def in_a_real_terminal(
    newsroom: TestNewsroom,
    *arguments: str,
    columns: int = 100,
    program: Sequence[str | Path] = (FEEDS,),
    stop_at: bytes = b"",
    typed: bytes = b"",
) -> str:
    """All that ``feeds``, as a process of its own, writes to a terminal so wide.

    Once it has written ``stop_at``, somebody presses Ctrl-C there. ``typed`` is what was typed.
    """
    own, theirs = pty.openpty()
    os.write(own, typed)
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    with subprocess.Popen(
        [*program, *arguments],
        env={**newsroom.environment(), "TERM": "xterm-256color"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as running:
        os.close(theirs)
        written = b""
        while select.select([own], [], [], _WAIT)[0]:
            try:
                some = os.read(own, 65536)
            except OSError:  # the other end is closed
                break
            if not some:
                break
            written += some
            if stop_at and stop_at in written:
                running.send_signal(signal.SIGINT)
                stop_at = b""
        running.wait(_WAIT)
    os.close(own)
    return written.decode().replace("\r\n", "\n")


@pytest.fixture(autouse=True)
def _no_wish_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal of whoever runs the tests says nothing of colours or width."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def put_ferries(newsroom: TestNewsroom) -> None:
    """So many pages that a bar is worth while."""
    for number in range(MANY):
        newsroom.page(f"{number}.txt", f"Ferry {number} is late\n\nIt was {number} hours late.\n")


def plain(text: str) -> list[str]:
    """The lines of what a terminal shows, without colours."""
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).split("\n")]


def screen(text: str) -> list[str]:
    """The lines that are left on a terminal after ``text``; it knows what a bar writes."""
    lines = [""]
    row = 0
    for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|\r|\n|[^\x1b\r\n]+", text):
        if part == "\n":
            row += 1
            lines += [""] * (row == len(lines))
        elif part.endswith("A") and part.startswith(ESCAPE):
            row -= int(part[2:-1])
        elif part == "\x1b[2K":
            lines[row] = ""
        elif not part.startswith(ESCAPE) and part != "\r":
            lines[row] += part
    return [line for line in lines if line]


@pytest.mark.parametrize(
    ("shown", "columns"),
    [(in_a_real_terminal, 60), *((in_a_terminal, columns) for columns in (40, 60, 100, 200))],
)
def test_columns_are_lined_up_and_nothing_is_cut_off(
    published: TestNewsroom, shown: Callable[..., str], columns: int
) -> None:
    lines = plain(shown(published, "list", columns=columns))
    assert [line for line in lines if len(line) > columns] == []
    starts = {line.index("2026-01-0") for line in lines if "2026-01-0" in line}
    assert len(starts) == 1
    words = " ".join(" ".join(lines).split())
    missing = {
        word for entry in published.entries() for word in entry.title.split() if word not in words
    }
    assert not missing


def below(newsroom: TestNewsroom, title: str, columns: int) -> list[str]:
    """The lines in which ``feeds list`` tells ``title`` in a terminal so wide."""
    newsroom.page("a.md", f"---\ntitle: {title!r}\npublished: 2026-01-09\n---\nIt was so.\n")
    newsroom.publish()
    return [line for line in plain(in_a_terminal(newsroom, "list", columns=columns)) if line]


@pytest.mark.parametrize(
    "title",
    ["港口渡輪今天因為大風全部停航居民只好在碼頭過夜等待天氣好轉", "Cafe\u0301 " * 12 + "burnt"],
    ids=["wide", "combining"],
)
def test_wide_and_combining_characters_have_their_width(newsroom: TestNewsroom, title: str) -> None:
    lines = below(newsroom, title, 60)
    assert len(lines) > 1
    assert {len(line) - len(line.lstrip()) for line in lines[1:]} == {26}
    assert all(40 < cell_len(line) <= 60 for line in lines[:-1])
    assert "".join("".join(lines).split()).endswith("".join(title.split()))


def test_an_address_that_is_too_long_is_left_whole(published: TestNewsroom) -> None:
    address = "https://desk.example.org/" + "long-" * 20
    published.page("b.md", f"---\ntitle: Quay opens\nurl: {address}\n---\nIt did.\n")
    published.publish()
    assert address in in_a_terminal(published, "show", "Quay opens", columns=40)


def test_an_error_is_one_line_however_narrow_the_terminal_is(newsroom: TestNewsroom) -> None:
    newsroom.page("a.txt", b"")
    [line] = feeds(newsroom, "publish").stderr.splitlines()
    newsroom.page("a.txt", b"\n")
    assert line in plain(in_a_real_terminal(newsroom, "publish", columns=40))


def test_what_init_prints_is_to_be_copied_and_is_not_broken(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    answers = (
        *("--title", "Desk", "--site", "https://desk.org/", "--timezone", "UTC"),
        *("--feeds-url", "https://desk.org/feeds/", "--authority", "desk.org,2026"),
        *("--language", "en"),
    )
    seen = in_a_terminal(newsroom, "init", f"{tmp_path}/a", *answers, columns=40)
    piped = feeds(newsroom, "init", f"{tmp_path}/b", *answers).stdout
    assert plain(seen) == [line.replace(f"{tmp_path}/b", f"{tmp_path}/a") for line in plain(piped)]


def test_a_terminal_has_colours_and_a_pipe_has_none(published: TestNewsroom) -> None:
    assert ESCAPE in in_a_terminal(published, "check")
    assert ESCAPE not in feeds(published, "check").stdout


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_wants_no_colours_gets_none(
    published: TestNewsroom, environment: dict[str, str]
) -> None:
    shown = in_a_terminal(published, "check", environment=environment)
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", shown)
    assert "bell.txt" in shown


def test_a_pipe_gets_one_line_for_each_thing(published: TestNewsroom) -> None:
    shown = feeds(published, "list").stdout.splitlines()
    assert len(shown) == len(published.entries())


def test_what_a_page_has_is_no_markup_of_ours(newsroom: TestNewsroom) -> None:
    newsroom.page("a.md", "---\ntitle: '[bold]Fire[/bold] :smile: [link=x]'\n---\nIt burnt.\n")
    newsroom.publish()
    assert "[bold]Fire[/bold] :smile: [link=x]" in in_a_terminal(newsroom, "list", columns=200)


@pytest.mark.parametrize("seen", [True, False], ids=["terminal", "pipe"])
def test_a_file_name_tells_a_terminal_nothing(newsroom: TestNewsroom, seen: bool) -> None:
    newsroom.page("x\x1b]0;owned\x07\u202e.txt", b"%PDF-1.7\n1 0 obj\n")
    if seen:
        shown = in_a_terminal(newsroom, "publish")
    else:
        ran = feeds(newsroom, "publish")
        shown = ran.stdout + ran.stderr
    assert "\x1b]0;" not in shown
    assert "\u202e" not in shown
    assert "\\u001b]0;owned\\u0007\\u202e" in "".join(plain(shown))


@pytest.mark.parametrize("command", ["read", "check"])
def test_json_escapes_what_a_terminal_would_obey(newsroom: TestNewsroom, command: str) -> None:
    name = "x\x1b]0;owned\x07\u202e\x9b.txt"
    path = newsroom.page(name, b"%PDF-1.7\n1 0 obj\n")
    feeds(newsroom, "publish")
    told = feeds(newsroom, command, "--json", *([str(path)] if command == "read" else [])).stdout
    assert told.strip().isprintable()
    found = json.loads(told)
    page = found["page"] if command == "read" else found["findings"][0]["place"]
    assert name in page


@given(st.text())
def test_nothing_that_is_printed_is_obeyed(text: str) -> None:
    shown = characters.shown(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    if text.isprintable():
        assert shown == text


def test_a_person_who_waits_sees_a_bar_that_is_gone_at_the_end(newsroom: TestNewsroom) -> None:
    put_ferries(newsroom)
    shown = in_a_real_terminal(newsroom, "publish")
    assert "reading pages" in shown
    assert f"revision 1: {MANY} new, 0 corrected" in plain(shown.rpartition("\x1b[2K")[2])[0]


def test_who_stops_a_run_has_a_clean_screen(newsroom: TestNewsroom) -> None:
    put_ferries(newsroom)
    code = (
        "import signal, sys\n"
        "from feeds import cli\n"
        "from feeds.publish import readings\n"
        "readings.read_tasks = lambda *_: signal.pause()\n"
        "sys.argv = ['feeds', 'publish']\n"
        "cli.main()"
    )
    program = [sys.executable, "-c", code]
    shown = in_a_real_terminal(newsroom, program=program, stop_at=b"reading pages")
    assert " ".join(screen(shown)) == STOPPED
    assert shown.rpartition("\x1b[?25")[2].startswith("h"), "the cursor is seen again"


def test_a_run_that_fails_half_way_leaves_no_bar(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "_MOST_AT_FIRST", MANY - 1)
    put_ferries(newsroom)
    shown = in_a_terminal(newsroom, "publish", columns=200)
    assert "deciding pages" in shown
    assert "--accept first-load" in shown
    assert all(line.startswith("feeds: ") for line in screen(shown))


def test_who_wants_quiet_sees_no_bar(newsroom: TestNewsroom) -> None:
    put_ferries(newsroom)
    assert in_a_terminal(newsroom, "publish", "--quiet") == ""


@pytest.mark.parametrize(
    "arguments", [("check",), ("report", "{}/r.html")], ids=["check", "report"]
)
def test_who_waits_for_a_check_sees_a_bar(
    newsroom: TestNewsroom, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    put_ferries(newsroom)
    newsroom.publish()
    shown = in_a_terminal(newsroom, *(each.format(tmp_path) for each in arguments))
    assert "comparing headlines" in shown
    assert not any("comparing" in line for line in screen(shown))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), STOPPED),
        (("--reread",), "feeds: stopped"),
        (("--reread", "--preview"), "feeds: stopped"),
        (("--rebuild",), "feeds: stopped"),
    ],
)
def test_who_stops_a_run_is_told_whether_the_next_goes_on(
    newsroom: TestNewsroom, options: tuple[str, ...], told: str
) -> None:
    code = (
        "import signal, sys\n"
        "from feeds import cli\n"
        "import feeds.cli.publish\n"
        "command = sys.modules['feeds.cli.publish']\n"
        "command.publish_order = lambda *_, **__: signal.raise_signal(signal.SIGINT)\n"
        f"sys.argv = ['feeds', 'publish', *{options!r}]\n"
        "cli.main()"
    )
    ran = process(newsroom, "-c", code, program=[sys.executable])
    assert (ran.returncode, ran.stderr.strip()) == (130, told)


def test_colours_that_are_forced_upon_a_pipe_break_no_line(published: TestNewsroom) -> None:
    ran = feeds(published, "check", environment={"FORCE_COLOR": "1", "TERM": "xterm"})
    assert ESCAPE in ran.stdout
    assert len(plain(ran.stdout)) == len(plain(feeds(published, "check").stdout))


def test_cron_sees_no_bar_and_quiet_says_nothing(newsroom: TestNewsroom) -> None:
    put_ferries(newsroom)
    ran = feeds(newsroom, "publish", "--quiet")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "arguments",
    [("backup", "--quiet", "{}/b.db"), ("report", "--quiet", "{}/r.html"), ("publish", "--quiet")],
    ids=lambda arguments: arguments[0],
)
def test_quiet_commands_print_nothing_when_all_is_well(
    published: TestNewsroom, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    ran = feeds(published, *(each.format(tmp_path) for each in arguments))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_a_quiet_check_speaks_up_when_something_is_wrong(published: TestNewsroom) -> None:
    assert feeds(published, "check", "--quiet").stdout == ""
    published.page("x.txt", b"%PDF-1.7\n1 0 obj\n")
    feeds(published, "publish")
    assert "x.txt" in feeds(published, "check", "--quiet").stdout


def test_a_pipe_needs_no_rich(published: TestNewsroom) -> None:
    code = (
        "import sys; from feeds.cli import cli\n"
        "for line in (['publish'], ['list'], ['status'], ['check']):\n"
        "    try: cli(line)\n"
        "    except SystemExit: pass\n"
        "sys.exit('rich' in sys.modules)"
    )
    ran = process(published, "-c", code, program=[sys.executable])
    assert ran.returncode == 0


def test_the_help_lists_each_command_once_under_who_uses_it() -> None:
    modules = [value for name, value in sys.modules.items() if name.startswith("feeds.cli.")]
    written = [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, click.Command) and value is not cli
    ]
    groups = [one for one in written if isinstance(one, click.Group)]
    within = [one for group in groups for one in group.commands.values()]
    assert all(one in written for one in within)
    assert sorted(COMMANDS) == sorted({str(one.name) for one in written if one not in within})


@pytest.mark.parametrize("command", [cli, *COMMANDS.values()], ids=lambda one: one.name)
def test_no_line_of_the_help_is_wider_than_a_terminal(command: click.Command) -> None:
    with click.Context(command, info_name=command.name, terminal_width=80) as context:
        assert [line for line in command.get_help(context).splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_help_of_each_command_teaches_by_examples_that_are_right(name: str) -> None:
    command = COMMANDS[name]
    with click.Context(command, info_name=name) as context:
        text = command.get_help(context)
    examples = re.findall(rf"^ +feeds {name}\b((?:.*\\\n)*.*)", text, re.MULTILINE)
    assert examples
    for example in examples:
        words = shlex.split(
            example.replace("\\\n", " ").split("   ")[0].split("|")[0].split(">")[0]
        )
        one: click.Command | None = command
        while isinstance(one, click.Group) and words and not words[0].startswith("-"):
            _, one, words = one.resolve_command(context, words)
        assert one is not None
        parsed = one.make_context(name, words, resilient_parsing=True)
        assert not parsed.args, example


def test_a_name_that_is_nearly_right_is_recognised(newsroom: TestNewsroom) -> None:
    assert "Did you mean 'publish'?" in feeds(newsroom, "pubish").stderr


@pytest.mark.parametrize(("typed", "is_done"), [(b"\n", False), (b"n\n", False), (b"y\n", True)])
def test_whoever_sits_there_is_asked_whether_a_part_of_a_headline_means_that_one(
    newsroom: TestNewsroom, typed: bytes, is_done: bool
) -> None:
    newsroom.page("quay.txt", "Quay opens in the spring\n\nIt was shut for nine years.\n")
    newsroom.publish()
    shown = in_a_real_terminal(newsroom, "retract", "Quay", typed=typed)
    assert "Quay opens in the spring" in shown
    assert "[y/N]" in shown
    assert (newsroom.entries() == []) == is_done
    assert (newsroom.root / "decisions.toml").exists() == is_done
