"""A fresh Debian in a folder, and processes in it as a container has them, without an engine."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_INCLUDED = "python3,python3-venv,ca-certificates"
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_NEEDED = ("PIP_INDEX_URL", "PIP_CERT", "PIP_DEFAULT_TIMEOUT", "SSL_CERT_FILE", "https_proxy")
"""Settings of this machine that say how package indexes are reached."""
_CERTIFICATES = "etc/ssl/certs/ca-certificates.crt"
_STOP_SECONDS = 20
_ENTER = """\
mount --bind "$0" "$0"; mount -t proc proc "$0/proc"; [ ! "$LOOPBACK" ] || ip link set lo up
exec chroot --userspec="$OWNER" "$0" "$@"
"""


class Container(NamedTuple):
    """A root file system with what an image says of its processes."""

    root: Path
    environment: dict[str, str]
    folder: str = "/"
    user: str = "root"

    def within(self, command: Sequence[str], *, apart: bool = False) -> list[str]:
        """``command`` as the root of this machine runs it in there, as process 1.

        ``apart``: with a network of its own, in which nobody listens.
        """
        set_ = [f"{key}={value}" for key, value in self.environment.items()]
        entered = f"cd {shlex.quote(self.folder)} && exec {shlex.join(command)}"
        return [
            *("unshare", "--mount", "--pid", "--fork", "--kill-child"),
            *(["--net"] if apart else []),
            *("env", f"OWNER={self.owner}", f"LOOPBACK={'yes' if apart else ''}"),
            *("sh", "-euc", _ENTER, str(self.root)),
            *("env", "-i", *set_, "sh", "-c", entered),
        ]

    def run(self, command: Sequence[str], told: str) -> None:
        """Runs ``command``, after saying what it is; ends this program if it fails."""
        say(told)
        done = subprocess.run(self.within(command), stdin=subprocess.DEVNULL)
        if done.returncode:
            sys.exit(f"{told}: ended with {done.returncode}")

    @property
    def owner(self) -> str:
        """Numbers of user and group."""
        for line in (self.root / "etc" / "passwd").read_text(encoding="utf-8").splitlines():
            name, _, user, group, *_ = line.split(":")
            if name == self.user:
                return f"{user}:{group}"
        sys.exit(f"{self.user} is no user there")

    @contextmanager
    def serving(self, command: Sequence[str], *, stops: bool = True) -> Iterator[int]:
        """Runs a server in a network of its own; gives its process's number, and ends it.

        Whether it ``stops`` as process 1 when it is told to is its own business if it isn't ours.
        """
        with subprocess.Popen(self.within(command, apart=True)) as process:
            first = 0
            try:
                while not first:
                    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
                    first = int((children.read_text().split() or ["0"])[0])
                yield first
                if stops:
                    os.kill(first, signal.SIGTERM)
                    code = process.wait(_STOP_SECONDS)
                    assert code == 0, f"{shlex.join(command)} ended with {code}, after SIGTERM"
            finally:
                if first and process.poll() is None:
                    os.kill(first, signal.SIGKILL)  # unshare's end alone leaves it there
                process.kill()


def say(text: str) -> None:
    sys.stdout.write(f"$ {text}\n")
    sys.stdout.flush()


def debian(suite: str, folder: Path) -> None:
    """A Debian in ``folder``, if none is there yet."""
    if not (folder / "usr" / "bin" / "python3").exists():
        say(f"debootstrap {suite}")
        options = ["--variant=minbase", f"--include={_INCLUDED}"]
        subprocess.run(["debootstrap", *options, suite, str(folder)], check=True)
    shutil.copy("/etc/resolv.conf", folder / "etc" / "resolv.conf")
    shutil.copy(f"/{_CERTIFICATES}", folder / _CERTIFICATES)


def fresh(base: Path, root: Path) -> Container:
    """A copy of the Debian in ``base``."""
    subprocess.run(["cp", "--archive", str(base), str(root)], check=True)
    needed = {key: os.environ[key] for key in _NEEDED if key in os.environ}
    return Container(root, {"PATH": _PATH, **needed})
