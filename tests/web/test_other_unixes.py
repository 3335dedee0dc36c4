"""What Linux has and other Unixes lack, macOS for one, is done without there."""

from __future__ import annotations

from pathlib import Path

from tests.newsrooms import PROJECT, TestNewsroom, process
from tests.web.asking import over_a_socket, port_of_ours, serving

LACKING = """
import os, resource, socket
for module, name in ((os, "sched_getaffinity"), (os, "O_TMPFILE"), (os, "posix_fallocate"),
                     (socket, "TCP_INFO")):
    delattr(module, name)
def refused(*_):
    raise ValueError("current limit exceeds maximum limit")
resource.setrlimit = refused
"""


def test_it_publishes_and_serves_without_what_only_linux_has(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(LACKING, encoding="utf-8")
    environment = {"PYTHONPATH": f"{tmp_path}:{PROJECT}"}
    newsroom.page("bell.txt")
    run = process(newsroom, "publish", environment=environment)
    assert (run.returncode, run.stderr) == (0, "")
    with (
        port_of_ours() as port,
        serving(newsroom, port, environment=environment),
    ):
        assert over_a_socket(port)("/feeds/latest.rss").status == 200
