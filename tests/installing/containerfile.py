"""The steps of a Containerfile, as far as ours has them. Pure."""

from __future__ import annotations

import json
import re
import shlex
from typing import NamedTuple

_FLAG = re.compile(r"--([\w-]+)=(\S+)\s+")
_KNOWN = set("FROM WORKDIR COPY RUN ENV USER VOLUME EXPOSE HEALTHCHECK CMD".split())


class Step(NamedTuple):
    """One instruction: its ``flags`` (``--from=build``), and the rest as it is written."""

    name: str
    flags: dict[str, str]
    text: str

    @property
    def words(self) -> list[str]:
        """The rest as words, be it written as JSON or for a shell."""
        if self.text.startswith("["):
            found: list[str] = json.loads(self.text)
            return found
        return shlex.split(self.text)


class Stage(NamedTuple):
    """What begins with a FROM: the image, the stage's name (or ""), its steps."""

    image: str
    name: str
    steps: list[Step]


def parse(text: str) -> list[Stage]:
    """The stages of a Containerfile; raises ValueError for what this doesn't know."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    stages: list[Stage] = []
    for line in re.sub(r"\\\n\s*", " ", "\n".join(lines)).splitlines():
        if not line.strip():
            continue
        name, _, rest = line.strip().partition(" ")
        if name not in _KNOWN:
            raise ValueError(f"unknown instruction: {line}")
        rest, flags = rest.strip(), {}
        while found := _FLAG.match(rest):
            flags[found[1]] = found[2]
            rest = rest[found.end() :]
        if name == "FROM":
            image, _, called = rest.partition(" AS ")
            stages.append(Stage(image, called, []))
        else:
            stages[-1].steps.append(Step(name, flags, rest))
    return stages
