"""Installs what was built with pipx, by docs/installing.md: ``python -m tests.installing.pipx``.

With an empty home, an empty folder and hardly an environment, each command of the section as it
is written; then the server is asked over a socket. Arguments: the program pipx, the Python to
install for, the wheel.
"""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.installing.asking import judge
from tests.installing.documented import PROJECT, lines

_ODD = ("html_jsonld_graph.html", "markdown.md", "front_matter.txt")
"""Pages by which what reads HTML, Markdown and YAML is loaded as well."""
_PYTHON = "$(pipx environment --value PIPX_LOCAL_VENVS)/newsroom-feeds/bin/python"
_NEEDED = ("PIP_", "SSL_", "REQUESTS_")
"""Settings of this machine that say how package indexes are reached."""


def main(pipx: str, python: str, wheel: str) -> None:
    """Does what the documentation says; raises what goes wrong."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copy(wheel, home)
        (home / "story.txt").write_bytes((PROJECT / "source" / "special-adviser.txt").read_bytes())
        needed = {key: value for key, value in os.environ.items() if key.startswith(_NEEDED)}
        environment = {
            **needed,
            "HOME": folder,
            "PATH": f"{home}/.local/bin:{home}/pipx:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "PIPX_DEFAULT_PYTHON": python,
            "PIP_CONSTRAINT": str(PROJECT / "requirements" / "test.txt"),
        }
        (home / "pipx").mkdir()
        (home / "pipx" / "pipx").symlink_to(pipx)
        *commands, serve = lines("pipx")
        for command in commands:
            run(command, home, environment)
            if "init" in command:
                pages = PROJECT / "tests" / "normalise" / "pages"
                for name in _ODD:
                    shutil.copy(pages / name, home / "desk" / "source")
                _speak_azerbaijani(home / "desk" / "source" / "site.toml")
        run(f"{_PYTHON} -c 'import psycopg, obstore'", home, environment)
        port = _free_port()
        with subprocess.Popen(
            ["/bin/bash", "-c", f"exec {serve} --port {port} --workers 1"],
            env=environment,
            cwd=home,
            stdout=subprocess.DEVNULL,
        ) as server:
            try:
                answers = judge(port, "Abunə olun")
            finally:
                server.terminate()
        sys.stdout.write(f"{python}: installed with pipx, published, served ({answers})\n")


def _speak_azerbaijani(file: Path) -> None:
    """Pages for people are in the site's language, if there is a translation."""
    text = file.read_text(encoding="utf-8")
    for_pages = 'language = "az"\nsections = true'
    file.write_text(text.replace('language = "en"', for_pages), encoding="utf-8")


def run(command: str, folder: Path, environment: dict[str, str]) -> None:
    """Runs a line of the documentation; ends this program if that fails."""
    sys.stdout.write(f"$ {command}\n")
    sys.stdout.flush()
    done = subprocess.run(
        ["/bin/bash", "-c", command], env=environment, cwd=folder, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        sys.exit(f"{shlex.quote(command)} ended with {done.returncode}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


if __name__ == "__main__":
    main(*sys.argv[1:])
