"""Loads, when it is imported, all of the program that is otherwise loaded when it is needed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ledger.member import PATHS, Deeds
from tests.newsrooms import TestNewsroom, publish_bell

with TemporaryDirectory() as _home:
    _newsroom = TestNewsroom(Path(_home) / "desk")
    publish_bell(_newsroom)
    _deeds = Deeds(_newsroom)
    _deeds.publish("Crane falls", "2026-01-15T12:00+00:00")
    for _command in ("retract bell", "check", "status", f"report {_home}/r", f"backup {_home}/c"):
        _deeds.run(arguments=_command)
    for _path in PATHS:
        _deeds.ask(_path)
