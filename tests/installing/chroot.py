"""Carries out what needs a fresh Debian: the Containerfile's steps, and a server by hand.

``python -m tests.installing.chroot WHEEL [BASE]``, as root: no container engine is needed, but
debootstrap, unshare and nsenter, and some minutes. BASE is a folder in which a Debian of an earlier
run is, or is to stay. It says in the end what it didn't do.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from string import Template

from tests.installing.container import Container, debian, fresh, say
from tests.installing.containerfile import Stage, Step, parse
from tests.installing.documented import PROJECT, blocks, indented, lines

_IMAGE = re.compile(r"python:(3\.\d+)-slim-(\w+)")
_DATABASE = """\
echo 127.0.0.1 database >> /etc/hosts
install -d -o postgres -g postgres /var/run/postgresql
password=$(mktemp); echo "$PGPASSWORD" > "$password"; chown postgres "$password"
cd /; bin=$(echo /usr/lib/postgresql/*/bin)
runuser -u postgres -- "$bin/initdb" --pgdata /var/lib/postgresql/desk --username feeds \
    --auth scram-sha-256 --pwfile "$password" >/dev/null
runuser -u postgres -- "$bin/pg_ctl" --pgdata /var/lib/postgresql/desk --wait --silent \
    --log /var/lib/postgresql/log start
runuser -u feeds -- createdb --host database --username feeds feeds
"""
"""The service called database, as far as others see it."""


def judge(process: int) -> str:
    """What a server with that number answers, asked in its own network."""
    command = ["nsenter", f"--net=/proc/{process}/ns/net", sys.executable]
    asked = [*command, "-m", "tests.installing.asking", "8000"]
    return subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def base(image: str) -> tuple[str, str]:
    """The Python and the Debian of an ``image``; raises ValueError for one that has others."""
    found = _IMAGE.fullmatch(image)
    if found is None:
        raise ValueError(f"{image}: expected an image like python:3.13-slim-trixie")
    return found[1], found[2]


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


def check_container(base: Path, work: Path) -> Container:
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
    return last


def check_compose(image: Container) -> None:
    """compose.yaml as Compose reads it, and its services in one network, without an engine.

    It is asked through the app: nginx is run by ``make test``.
    """
    within = image._replace(user="root", folder="/srv/desk")
    (image.root / "srv" / "desk" / "source" / ".feeds-ledger.json").unlink()  # of another ledger
    shutil.copy(PROJECT / "compose.yaml", image.root / "srv" / "desk")
    packages = "docker-compose postgresql"
    apt = f"apt-get -q update && apt-get -q install -y --no-install-recommends {packages}"
    within.run(["sh", "-c", f"export DEBIAN_FRONTEND=noninteractive; {apt} >/dev/null"], apt)
    secret = {**image.environment, "POSTGRES_PASSWORD": "secret"}
    within = within._replace(environment=secret)
    read = "docker-compose -f compose.yaml config --format json"
    say(read)
    told = subprocess.run(
        within.within(["sh", "-c", read]), check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    services = json.loads(told)["services"]
    app, publish = services["app"], services["publish"]
    script = [_DATABASE]
    for command, end in ((publish["command"], "&"), (app["command"], "")):
        environment = [f"{key}={value}" for key, value in app["environment"].items()]
        set_ = shlex.join(["env", f"PATH={image.environment['PATH']}", *environment])
        source = f"FEEDS_SOURCE={image.environment['FEEDS_SOURCE']}"
        script.append(f"runuser -u feeds -- {set_} {source} {shlex.join(command)} {end}\n")
    started = within._replace(environment={**secret, **app["environment"]})
    with started.serving(["sh", "-euc", "".join(script)], stops=False) as process:
        answers = judge(process)
    say(f"the app of compose.yaml serves what its publisher wrote into PostgreSQL ({answers})")


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


def main(wheel: str, kept: str = "") -> None:
    """Does all of it."""
    version, suite = base(parse((PROJECT / "Containerfile").read_text("utf-8"))[-1].image)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(kept or f"{folder}/base").absolute()
        debian(suite, place)
        python = fresh(place, Path(folder) / "python")
        told = subprocess.run(
            python.within(["python3", "--version"]), check=True, stdout=subprocess.PIPE, text=True
        ).stdout.strip()
        assert told.startswith(f"Python {version}."), told
        check_compose(check_container(place, Path(folder)))
        check_debian(place, Path(folder), Path(wheel))
    sys.stdout.write(
        f"Not done: the image was not pulled (Debian {suite} with its own {told} stood in its\n"
        "place), nothing was built or run by an engine, no volume, port or user of the host was\n"
        "mapped, and systemd started nothing.\n"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
