"""What docs/metrics.md says is there, is there; its lines are what Prometheus takes."""

from __future__ import annotations

import re
import shutil
import subprocess
import textwrap
from collections import Counter
from pathlib import Path

import pytest

from feeds.ledger.lock import LastRun
from feeds.ledger.mark import Mark
from feeds.metrics.counts import Counts, Served
from feeds.metrics.facts import Facts, Hubs, Published
from feeds.metrics.figures import Figures
from tests.newsrooms import NOW, PROJECT

PROMTOOL = shutil.which("promtool")
TEXT = (PROJECT / "docs" / "metrics.md").read_text(encoding="utf-8")
ALL = Facts(
    LastRun(NOW, 0, "", seconds=1.0),
    Published(Mark("a", 1, 1), NOW, Counter(gate=1), Hubs(1, NOW, 1), 1),
)


def block(first: str) -> str:
    """The lines that are set in, from ``first`` on."""
    lines = TEXT[TEXT.index(f"    {first}") :].split("\n")
    until = next(
        number for number, line in enumerate(lines) if line and not line.startswith("    ")
    )
    return textwrap.dedent("\n".join(lines[:until]))


def test_all_figures_are_in_the_table_and_no_others() -> None:
    counts = Counts(Counter({("200", "gzip"): 1}), 1, [Served(1, 1, NOW)])
    text = Figures(lambda: counts, lambda: ALL).text().decode()
    there = {re.split("[ {]", line)[0] for line in text.splitlines() if not line.startswith("#")}
    table = TEXT.partition("| name |")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines() for name in re.findall(r"`(feeds_\w+)`", row[:90])}
    assert named == there
    assert set(re.findall(r"feeds_\w+", block("groups:"))) - {"feeds_stories_held"} <= there


@pytest.mark.skipif(PROMTOOL is None, reason="needs promtool (on Debian: apt install prometheus)")
@pytest.mark.parametrize(("first", "what"), [("groups:", "rules"), ("scrape_configs:", "config")])
def test_prometheus_takes_the_lines(tmp_path: Path, first: str, what: str) -> None:
    (tmp_path / "lines.yml").write_text(block(first), encoding="utf-8")
    command = [str(PROMTOOL), "check", what, str(tmp_path / "lines.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
