"""What containers are made and run by says nothing that isn't there, as far as files show it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from feeds import __version__
from feeds.cli import cli
from feeds.newsroom.database import place_of
from tests.installing.chroot import base
from tests.installing.containerfile import Step, parse
from tests.installing.documented import PROJECT, blocks, indented, lines, sections

COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
STAGES = parse((PROJECT / "Containerfile").read_text(encoding="utf-8"))
FINAL = {step.name: step for step in STAGES[-1].steps}
KEYS = set(
    "image build command environment volumes depends_on restart healthcheck init ports".split()
)
"""Of a service, as the specification of Compose has them; of those, what is used here."""


def commands(text: str) -> Iterator[list[str]]:
    """Each ``feeds …`` in a text that somebody types, or that a file has."""
    for found in re.finditer(r"(?<!-u )(?<![\w/.-])feeds ((?=[a-z])(?:[^\n;|&`<>#]|\\\n)+)", text):
        yield shlex.split(found[1].replace("\\\n", " "))


def check(words: list[str]) -> None:
    """Has click look at a command of ours, without carrying it out; raises what it objects to."""
    command = cli.get_command(click.Context(cli), words[0])
    assert command is not None, words
    command.make_context(words[0], words[1:], resilient_parsing=False)


def healthcheck(step: Step) -> list[str]:
    return step._replace(text=step.text.removeprefix("CMD ")).words


def test_all_that_compose_names_is_there() -> None:
    assert set(COMPOSE) - {"services", "volumes"} == {"x-feeds"}
    for name, service in SERVICES.items():
        assert set(service) <= KEYS, name
        assert set(service.get("depends_on", {})) <= set(SERVICES)
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert source.startswith("./desk/") or (PROJECT / source).is_file()
            else:
                assert source in COMPOSE["volumes"]
        if build := service.get("build"):
            assert (PROJECT / build["context"] / build["dockerfile"]).is_file()
            assert service["image"] == "newsroom-feeds"
        else:
            assert re.fullmatch(r"\w+:\d[\w.-]+", service["image"])
    for volume in COMPOSE["volumes"]:
        assert any(volume in str(service.get("volumes")) for service in SERVICES.values())


def test_whoever_waits_for_a_service_to_be_healthy_waits_for_one_that_says_so() -> None:
    for service in SERVICES.values():
        for name, how in service.get("depends_on", {}).items():
            assert how["condition"] in {"service_healthy", "service_started"}
            if how["condition"] == "service_healthy":
                assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


def test_the_ledger_of_compose_is_one_of_ours_and_its_password_is_nowhere() -> None:
    for name in ("app", "publish"):
        environment = SERVICES[name]["environment"]
        address = place_of(environment["FEEDS_DATABASE"])
        assert str(address) == "postgresql://feeds@database/feeds"
        assert environment["PGPASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    database = SERVICES["database"]["environment"]
    assert (database["POSTGRES_USER"], database["POSTGRES_DB"]) == ("feeds", "feeds")
    assert database["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")


def test_what_is_served_and_published_is_in_the_volumes_of_the_image() -> None:
    source, instance = FINAL["VOLUME"].words
    environment = dict(one.split("=", 1) for one in FINAL["ENV"].words)
    assert environment["FEEDS_SOURCE"] == source
    assert Path(source).parent / "instance" == Path(instance)
    for name in ("app", "publish"):
        targets = [volume.split(":")[1] for volume in SERVICES[name]["volumes"]]
        assert targets == [source, instance]
    for line in indented("A container"):
        if line.startswith("podman run"):
            assert set(re.findall(r":(/[\w/]+)", line)) == {source, instance}


def test_the_check_without_an_engine_knows_each_image_by_its_python_and_its_debian() -> None:
    for stage in STAGES:
        python, debian = base(stage.image)
        assert re.fullmatch(r"3\.\d+", python)
        assert debian == "trixie"
    with pytest.raises(ValueError, match="alpine"):
        base("python:3.13-alpine")


def test_nothing_runs_as_root() -> None:
    assert FINAL["USER"].text == "feeds"
    made = next(step.text for step in STAGES[-1].steps if step.name == "RUN")
    number = re.search(r"--uid (\d+)", made)
    assert number
    for line in indented("A container"):
        assert line.count("chown") == line.count(f"chown -R {number[1]}:{number[1]}")


def test_an_image_is_built_in_the_one_format_that_has_a_health_check() -> None:
    """Podman's own is OCI's, in which it ignores HEALTHCHECK, with a warning."""
    assert "HEALTHCHECK" in FINAL
    containerfile = (PROJECT / "Containerfile").read_text(encoding="utf-8")
    told = [*indented("A container"), *containerfile.splitlines()]
    built = [line for line in told if "podman build" in line]
    assert len(built) == 2
    for line in built:
        assert "podman build --format docker " in line


def test_what_an_image_is_made_of_is_let_into_its_context() -> None:
    allowed = (PROJECT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    for stage in STAGES:
        for step in stage.steps:
            if step.name == "COPY" and not step.flags:
                for source in step.words[:-1]:
                    assert (PROJECT / source).exists()
                    assert f"!{source.rstrip('/')}" in allowed


@pytest.mark.parametrize(
    "text",
    [
        shlex.join(FINAL["CMD"].words),
        shlex.join(healthcheck(FINAL["HEALTHCHECK"])),
        shlex.join(SERVICES["app"]["command"]),
        SERVICES["publish"]["command"][-1],
    ],
)
def test_commands_are_commands_of_ours(text: str) -> None:
    found = list(commands(text))
    assert found
    for words in found:
        check(words)


def test_the_app_of_compose_is_that_of_the_image() -> None:
    assert SERVICES["app"]["command"] == FINAL["CMD"].words


def test_each_command_of_the_documentation_is_one_of_ours() -> None:
    told = [
        line for name in sections() for block in blocks(name) for line in block.text.split("\n")
    ]
    told += [line for name in sections() for line in indented(name)]
    found = [words for line in told for words in commands(line)]
    assert {words[0] for words in found} >= {"init", "publish", "serve", "healthcheck"}
    for words in found:
        check(words)


def test_the_documentation_names_the_file_that_is_built() -> None:
    named = {
        name for line in lines("pipx") for name in re.findall(r"newsroom_feeds-[\w.-]+whl", line)
    }
    assert named == {f"newsroom_feeds-{__version__}-py3-none-any.whl"}
