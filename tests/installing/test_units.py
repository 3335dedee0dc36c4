"""The units of docs/operating.md: systemd takes them, and they run what is installed."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import textwrap
from pathlib import Path

import pytest

from tests.installing.documented import PROJECT, lines
from tests.installing.test_files import check
from tests.newsrooms import FEEDS

_UNIT = re.compile(r"^`/etc/systemd/system/([\w.-]+)`[^\n]*:\n\n((?:    .*\n|\n(?=    ))+)", re.M)
UNITS = {
    name: textwrap.dedent(text)
    for name, text in _UNIT.findall((PROJECT / "docs" / "operating.md").read_text("utf-8"))
}
INSTALLED = next(
    words[2] for line in lines("Debian with systemd") if (words := shlex.split(line))[0] == "ln"
)
"""Where ``feeds`` is, of what root installed for all users."""


def test_each_unit_runs_a_command_of_ours_from_where_it_is_installed() -> None:
    services = [text for name, text in UNITS.items() if name.endswith(".service")]
    assert services
    for text in services:
        found = re.findall(r"^ExecStart=(.+)$", text, re.M)
        (words,) = map(shlex.split, found)
        assert words[0] == INSTALLED
        check(words[1:])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs Debian's systemd")
def test_systemd_understands_each_unit(tmp_path: Path) -> None:
    for name, text in UNITS.items():
        # it looks whether the program is there
        (tmp_path / name).write_text(text.replace(INSTALLED, str(FEEDS)), encoding="utf-8")
    units = [str(tmp_path / name) for name in UNITS]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        check=False,
        text=True,
    )
    # of the whole system's units, which it loads beside, others may be wrong
    assert [line for line in done.stderr.splitlines() if any(unit in line for unit in UNITS)] == []
