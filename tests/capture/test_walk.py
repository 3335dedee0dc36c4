"""The walk in docs/capture.md, from a website to a subscribed feed: its lines do as it says."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.clients.pollers import installed
from tests.newsrooms import FEEDS, PROJECT

HEADING = "## In five minutes"
WAITED_SECONDS = 60


class Step(NamedTuple):
    """A command as somebody types it, and what it prints, in which "…" stands for anything."""

    command: str
    printed: str


def steps() -> list[Step]:
    """The lines of the walk."""
    text = (PROJECT / "docs" / "capture.md").read_text(encoding="utf-8")
    walk = text.partition(f"\n{HEADING}\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"```console\n(.*?)```", walk, re.DOTALL)
    found = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [Step(*part.replace("\\\n", " ").split("\n", 1)) for part in found]


def free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        port: int = made.getsockname()[1]
        return port


def pattern(printed: str) -> re.Pattern[str]:
    """What matches that, whatever stands where there is an ellipsis."""
    return re.compile(".*?".join(map(re.escape, printed.split("…"))), re.DOTALL)


@contextmanager
def running(command: str, printed: str, environment: dict[str, str]) -> Iterator[None]:
    """A server that ``command`` starts, from when it has printed that; it is stopped."""
    process = subprocess.Popen(
        ["bash", "-c", f"exec {command}"],  # noqa: S607
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = ""
        while not pattern(printed).match(said):
            line = process.stdout.readline()
            assert line, said
            said += line
        _await(said)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=WAITED_SECONDS)


def _await(said: str) -> None:
    """Waits until the server listens whose address is ``said``: it says so a moment before."""
    found = re.search(r"127\.0\.0\.1:(\d+)", said)
    assert found, said
    for _ in range(WAITED_SECONDS * 10):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", int(found[1]))) == 0:
                return
        time.sleep(0.1)


def test_the_lines_lead_from_a_website_to_a_subscribed_feed(tmp_path: Path) -> None:
    installed("newsboat")
    ports = {"8080": str(free_port()), "8000": str(free_port())}
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("FEEDS_")},
        "PATH": f"{FEEDS.parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "no_proxy": "127.0.0.1",
    }
    walk = [Step(*(_at(text, ports) for text in step)) for step in steps()]
    assert len(walk) >= 6
    with ExitStack() as servers:
        for step in walk:
            if step.command.endswith("&"):
                started = running(step.command.rstrip("& "), step.printed, environment)
                servers.enter_context(started)
                continue
            done = subprocess.run(
                ["bash", "-c", step.command],  # noqa: S607
                cwd=PROJECT,
                env=environment,
                capture_output=True,
                text=True,
                timeout=WAITED_SECONDS,
            )
            assert done.returncode == 0, done.stderr
            assert pattern(step.printed).fullmatch(done.stdout), done.stdout


def _at(text: str, ports: dict[str, str]) -> str:
    """``text`` with ports that are free."""
    for usual, port in ports.items():
        text = re.sub(rf"(?<=127\.0\.0\.1:){usual}|(?<=[et] ){usual}", port, text)
    return text
