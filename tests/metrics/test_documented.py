"""What docs/metrics.md says is there, is there; its lines are what Prometheus takes."""

from __future__ import annotations

import re
import shutil
import subprocess
import textwrap
from collections import Counter
from pathlib import Path

import pytest
import yaml

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


NEEDS_PROMTOOL = pytest.mark.skipif(
    PROMTOOL is None, reason="needs promtool (on Debian: apt install prometheus)"
)


def everything() -> bytes:
    """All figures that there can be."""
    counts = Counts(Counter({("200", "gzip"): 1}), 1, [Served(1, 1, NOW)])
    return Figures(lambda: counts, lambda: ALL).text()


def block(first: str) -> str:
    """The lines that are set in, from ``first`` on."""
    lines = TEXT[TEXT.index(f"    {first}") :].split("\n")
    until = next(
        number for number, line in enumerate(lines) if line and not line.startswith("    ")
    )
    return textwrap.dedent("\n".join(lines[:until]))


def test_all_figures_are_in_the_table_and_no_others() -> None:
    text = everything().decode()
    there = {re.split("[ {]", line)[0] for line in text.splitlines() if not line.startswith("#")}
    table = TEXT.partition("| name |")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines() for name in re.findall(r"`(feeds_\w+)`", row[:90])}
    assert named == there
    assert set(re.findall(r"feeds_\w+", block("groups:"))) - {"feeds_stories_held"} <= there


@NEEDS_PROMTOOL
def test_prometheus_has_nothing_to_say_about_the_names() -> None:
    done = subprocess.run(
        [str(PROMTOOL), "check", "metrics"], input=everything(), capture_output=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, b"")


# an alert, the series by which it is raised, and how they have to be instead
RAISED = [
    ("FeedsNotServed", 'up{job="feeds"}', "0", "1"),
    ("FeedsNotServed", "feeds_workers", "0", "2"),
    ("FeedsLedgerAway", "feeds_ledger_readable", "0", "1"),
    ("FeedsNotPublished", "feeds_publish_last_run_timestamp_seconds", "0", "7000"),
    ("FeedsNotPublished", "feeds_publish_last_exit_code", "3", "1"),
    ("FeedsNeedAPerson", "feeds_pages_failed", "1", "0"),
    ("FeedsNeedAPerson", "feeds_decisions_failed", "1", "0"),
    ("FeedsNeedAPerson", "feeds_documents_failed", "1", "0"),
    ("FeedsNeedAPerson", "feeds_hubs_given_up", "1", "0"),
    ("FeedsNeedAPerson", "feeds_exports_failing", "1", "0"),
    ("FeedsNeedAPerson", 'feeds_stories_held{problem="gate"}', "2", "0"),
    ("FeedsNeedAPerson", 'feeds_stories_held{problem="statement-embargo"}', "1", "0"),
]
MEANT = [f'feeds_stories_held{{problem="{one}"}}' for one in ("draft", "embargo", "expired")]


@NEEDS_PROMTOOL
def test_each_rule_wakes_somebody_by_what_it_is_for_and_by_nothing_else(tmp_path: Path) -> None:
    """Whatever else there is no figure of, as while the ledger is away."""
    (tmp_path / "rules.yml").write_text(block("groups:"), encoding="utf-8")
    (group,) = yaml.safe_load(block("groups:"))["groups"]
    told = {rule["alert"]: rule["annotations"] for rule in group["rules"]}
    assert told.keys() == {alert for alert, *_ in RAISED}
    tests = []
    for alert, series, wrong, well in RAISED:
        for value in (wrong, well):
            calm = [{"series": one, "values": "1x120"} for one in MEANT]
            labels = {"job": "feeds"} if "{job" in series else {}
            raised = {"exp_labels": labels, "exp_annotations": told[alert]}
            expected = [raised] if value == wrong else []
            found = {"eval_time": "2h", "alertname": alert, "exp_alerts": expected}
            values = [{"series": series, "values": f"{value}x120"}, *calm]
            tests.append({"interval": "1m", "input_series": values, "alert_rule_test": [found]})
    (tmp_path / "tests.yml").write_text(
        yaml.safe_dump({"rule_files": ["rules.yml"], "tests": tests}), encoding="utf-8"
    )
    command = [str(PROMTOOL), "test", "rules", str(tmp_path / "tests.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@NEEDS_PROMTOOL
@pytest.mark.parametrize(("first", "what"), [("groups:", "rules"), ("scrape_configs:", "config")])
def test_prometheus_takes_the_lines(tmp_path: Path, first: str, what: str) -> None:
    (tmp_path / "lines.yml").write_text(block(first), encoding="utf-8")
    command = [str(PROMTOOL), "check", what, str(tmp_path / "lines.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
