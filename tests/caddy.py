"""A real Caddy on a loopback port, with all its files in a folder of the test's."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.web.asking import HOST, answers, port_of_ours

PROGRAM = shutil.which("caddy")
"""Where it is, if it is installed; on Debian: apt install caddy."""
_START_SECONDS = 30


@contextmanager
def running(home: Path, site: str) -> Iterator[int]:
    """The port of a Caddy that keeps its files in ``home``, with ``site`` in the site's block.

    Needs PROGRAM.
    """
    assert PROGRAM is not None
    home.mkdir(parents=True, exist_ok=True)
    with port_of_ours() as port:
        file, log = home / "Caddyfile", home / "caddy.log"
        head = "{\n  admin off\n  auto_https off\n}\n"
        file.write_text(f"{head}http://{HOST}:{port} {{\n  bind {HOST}\n{site}\n}}\n")
        with log.open("w") as output:
            process = subprocess.Popen(
                [PROGRAM, "run", "--config", file, "--adapter", "caddyfile"],
                env={"HOME": str(home)},
                stderr=output,
            )
        try:
            last = time.monotonic() + _START_SECONDS
            while not answers(port):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < last, log.read_text()
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait()
