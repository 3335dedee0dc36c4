"""Carries out what needs a fresh Debian: the Containerfile's steps, and a server by hand.

``python -m tests.installing.chroot WHEEL [BASE]``, as root: no container engine is needed, but
debootstrap, unshare and nsenter, and some minutes. BASE is a folder in which a Debian of an earlier
run is, or is to stay. It says in the end what it didn't do.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from string import Template
from typing import NamedTuple

from tests.installing.containerfile import Stage, Step, parse
from tests.installing.documented import PROJECT, blocks, indented, lines

_MIRROR = "http://deb.debian.org/debian"
_INCLUDED = "python3,python3-venv,ca-certificates"
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_NEEDED = ("PIP_INDEX_URL", "PIP_CERT", "PIP_DEFAULT_TIMEOUT", "SSL_CERT_FILE", "https_proxy")
"""Settings of this machine that say how package indexes are reached."""
_CERTIFICATES = "etc/ssl/certs/ca-certificates.crt"
_IMAGE = re.compile(r"docker\.io/library/python:(3\.\d+)-slim-(\w+)")
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


def judge(process: int) -> str:
    """What a server with that number answers, asked in its own network."""
    command = ["nsenter", f"--net=/proc/{process}/ns/net", sys.executable]
    asked = [*command, "-m", "tests.installing.asking", "8000"]
    return subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def debian(suite: str, folder: Path) -> None:
    """A Debian in ``folder``, if none is there yet."""
    if not (folder / "usr" / "bin" / "python3").exists():
        say(f"debootstrap {suite}")
        options = ["--variant=minbase", f"--include={_INCLUDED}"]
        subprocess.run(["debootstrap", *options, suite, str(folder), _MIRROR], check=True)
    shutil.copy("/etc/resolv.conf", folder / "etc" / "resolv.conf")
    shutil.copy(f"/{_CERTIFICATES}", folder / _CERTIFICATES)


def fresh(base: Path, root: Path) -> Container:
    """A copy of the Debian in ``base``."""
    subprocess.run(["cp", "--archive", str(base), str(root)], check=True)
    needed = {key: os.environ[key] for key in _NEEDED if key in os.environ}
    return Container(root, {"PATH": _PATH, **needed})


def built(stage: Stage, container: Container, stages: dict[str, Container]) -> Container:
    """``container`` after the steps of ``stage``."""
    for step in stage.steps:
        if step.name == "ENV":
            known = Template(step.text).substitute(container.environment)
            environment = dict(one.split("=", 1) for one in shlex.split(known))
            container = container._replace(environment={**container.environment, **environment})
        elif step.name == "WORKDIR":
            (container.root / step.text.lstrip("/")).mkdir(parents=True, exist_ok=True)
            container = container._replace(folder=step.text)
        elif step.name == "USER":
            container = container._replace(user=step.text)
        elif step.name == "COPY":
            _copy(step, container, stages)
        elif step.name == "RUN":
            container.run(["sh", "-c", step.text], f"RUN {step.text}")
    return container


def _copy(step: Step, container: Container, stages: dict[str, Container]) -> None:
    say(f"COPY {step.text}")
    *sources, target = step.words
    origin = stages[step.flags["from"]].root if "from" in step.flags else PROJECT
    place = container.root / container.folder.lstrip("/") / target
    if target.startswith("/"):
        place = container.root / target.lstrip("/")
    for source in sources:
        found = origin / source.lstrip("/")
        if found.is_dir():
            ignored = None if "from" in step.flags else shutil.ignore_patterns("__pycache__")
            shutil.copytree(found, place, symlinks=True, dirs_exist_ok=True, ignore=ignored)
        else:
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(found, place)


def check_container(base: Path, work: Path) -> None:
    """The Containerfile's steps, and what the documentation does with the image."""
    stages: dict[str, Container] = {}
    last = None
    for number, stage in enumerate(parse((PROJECT / "Containerfile").read_text("utf-8"))):
        container = built(stage, fresh(base, work / f"stage{number}"), stages)
        last = stages[stage.name] = container
        final = stage
    assert last is not None
    steps = {step.name: step for step in final.steps}
    page = last.root / "srv" / "desk" / "source" / "story.txt"
    for line in indented("A container"):
        _, image, command = " ".join(line.split()).partition(" newsroom-feeds feeds ")
        if line.startswith("podman run") and image:
            last.run(["feeds", *shlex.split(command)], f"feeds {command}")
            shutil.copy(PROJECT / "source" / "special-adviser.txt", page)
            os.chown(page, *map(int, last.owner.split(":")))
    with last.serving(steps["CMD"].words) as process:
        answers = judge(process)
        health = steps["HEALTHCHECK"]
        asked = health._replace(text=health.text.removeprefix("CMD ")).words
        # in the server's network, where it is another process
        joined = ["nsenter", f"--net=/proc/{process}/ns/net", *last.within(asked)]
        code = subprocess.run(joined).returncode
        assert code == 0, f"the health check ended with {code}"
    say(f"the image's command serves as process 1 ({answers}), is healthy, and stops when told")


def check_debian(base: Path, work: Path, wheel: Path) -> None:
    """A server by hand, then each of the other WSGI servers, by the lines of the documentation."""
    container = fresh(base, work / "debian")._replace(folder="/root")
    shutil.copy(wheel, container.root / "root")
    page = PROJECT / "source" / "special-adviser.txt"
    shutil.copy(page, container.root / "root" / "story.txt")
    for line in lines("Debian with systemd"):
        container.run(["sh", "-c", line], line)
    unit = _unit_of(container)
    (container.root / "etc" / "feeds.service").write_text(unit, encoding="utf-8")
    served = container._replace(user="feeds", folder="/srv/desk")
    command = re.findall(r"^ExecStart=(.+)", unit, re.M)[0]
    with served.serving(["sh", "-c", f"exec {command}"]) as process:
        say(f"the unit's command serves ({judge(process)})")
    for block in blocks("Another WSGI server"):
        *before, serve = block.text.strip().splitlines()
        for line in before:
            container.run(["sh", "-c", line], line)
        named, _, program = serve.partition(" ")
        started = ["sh", "-c", f"export {named}; exec {program}"]
        with served.serving(started, stops=False) as process:
            say(f"{block.name} serves ({judge(process)})")


def _unit_of(container: Container) -> str:
    """The unit that ``feeds init`` prints for what it made before, in another folder."""
    line = next(one for one in lines("Debian with systemd") if one.startswith("feeds init"))
    again = line.replace("/srv/desk", "/srv/desk-again")
    done = subprocess.run(
        container.within(["sh", "-c", again]), check=True, stdout=subprocess.PIPE, text=True
    )
    unit = done.stdout.partition("systemctl enable --now feeds\n")[2].partition("\nnginx (")[0]
    return "".join(f"{line.strip()}\n" for line in unit.splitlines()).replace("-again", "")


def main(wheel: str, base: str = "") -> None:
    """Does all of it."""
    found = _IMAGE.fullmatch(parse((PROJECT / "Containerfile").read_text("utf-8"))[-1].image)
    if found is None:
        sys.exit("the Containerfile begins with another image than this knows")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(base or f"{folder}/base").absolute()
        debian(found[2], place)
        python = fresh(place, Path(folder) / "python")
        told = subprocess.run(
            python.within(["python3", "--version"]), check=True, stdout=subprocess.PIPE, text=True
        ).stdout.strip()
        assert told.startswith(f"Python {found[1]}."), told
        check_container(place, Path(folder))
        check_debian(place, Path(folder), Path(wheel))
    sys.stdout.write(
        f"Not done: the image was not pulled (Debian {found[2]} with its own {told} stood in its\n"
        "place), nothing was built or run by an engine, no volume, port or user of the host was\n"
        "mapped, compose.yaml was not started, and systemd read no unit.\n"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
